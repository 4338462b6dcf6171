"""The lines above and below a signature: by what right somebody signs, and how he is named.

*Plt.* and *Plh.* hold the post itself. *a.n.* (atas nama) is the official one level below the one
in whose name he signs, *u.b.* (untuk beliau) the one two levels below, by way of the official
between them; who delegates stays responsible. In regulations (pengaturan) a name stands without
academic titles and NIP, elsewhere with both. Source: annex of Permendagri 1/2023 (secondary
sources: domain file, 3.2 and 3.3; vector AR-43).
"""

import re

import attrs

OWN, ON_BEHALF, FOR_HIM = "", "a.n.", "u.b."
AUTHORITIES = (OWN, ON_BEHALF, FOR_HIM)
LEVELS = {OWN: 0, ON_BEHALF: 1, FOR_HIM: 2}
_ACTING = ("Plt.", "Plh.")
_BARE = "pengaturan"
_TITLE_BEFORE = re.compile(
    r"(?:Prof|Dr|dr|drg|drh|Drs|Dra|Ir|apt|Apt|Ns|Ners|ns)\.?(?:\s*\([A-Za-z.]+\))?\s+"
)


@attrs.frozen(kw_only=True)
class Signatory:
    """Who signs: post, how it is held (`definitif`, `Plt.`, `Plh.`), and the person."""

    title: str
    kind: str = "definitif"
    name: str = ""
    nip: str = ""

    @property
    def named(self) -> str:
        """The post as it is written for who holds it so."""
        return f"{self.kind} {self.title}" if self.kind in _ACTING else self.title


@attrs.frozen
class SignatureBlock:
    """`above` are the lines over the signature, the last one his own post; then name and NIP."""

    above: tuple[str, ...]
    name: str
    nip: str


def signature_block(
    who: Signatory, *, subgroup: str = "", principal: str = "", through: str = ""
) -> SignatureBlock:
    """The block of a letter of that subgroup of kinds, signed by own right or for a principal."""
    if not principal:
        above: tuple[str, ...] = (who.named,)
    elif not through:
        above = (f"a.n. {principal}", who.named)
    else:
        above = (f"a.n. {principal}", through, "u.b.", who.named)
    if subgroup == _BARE:
        return SignatureBlock(above, without_titles(who.name), "")
    return SignatureBlock(above, who.name, who.nip)


def without_titles(name: str) -> str:
    """A name without academic titles: those before it by a list, those after the first comma."""
    bare = name.partition(",")[0].strip()
    while found := _TITLE_BEFORE.match(bare):
        bare = bare[found.end() :]
    return bare or name


def level_below(depth: int, *, is_head: bool) -> int:
    """How many levels a post stands below the head of a unit that is `depth` units above its own.

    The head of a unit stands one level above its other posts.
    """
    return depth if is_head else depth + 1
