"""The line above a signature: by what right the signer signs.

*Plt.* and *Plh.* hold the position itself. *a.n.* (atas nama) is the official one level below,
*u.b.* (untuk beliau) the one below him; the delegating official stays responsible. Source: the
annex of Permendagri 1/2023 on lines of authority (secondary sources).
"""

import attrs

ACTING = ("Plt.", "Plh.")


@attrs.frozen
class Post:
    """A position, and how its signer or holder holds it: `definitif`, `Plt.` or `Plh.`"""

    title: str
    kind: str = "definitif"

    @property
    def named(self) -> str:
        """The title as it is written for who holds it so."""
        return f"{self.kind} {self.title}" if self.kind in ACTING else self.title


def name_lines(signer: Post, principal: str = "", through: str = "") -> tuple[str, ...]:
    """The lines from the top: for oneself, for a principal, or for him by way of another."""
    if not principal:
        return (signer.named,)
    if not through:
        return (f"a.n. {principal}", signer.named)
    return (f"a.n. {principal}", through, "u.b.", signer.named)


def in_one_line(lines: tuple[str, ...]) -> str:
    """The same for lists and timelines: `a.n. Bupati, Sekretaris Daerah, u.b. Asisten`."""
    return ", ".join(lines).replace("u.b., ", "u.b. ")
