"""Who is acting."""

from typing import Literal
from uuid import UUID

import attrs


@attrs.frozen
class Identity:
    """The one on whose behalf a unit of work runs.

    `person` and `service` have an account and exactly the rights granted; `external` has an account
    from outside and what is given to those for themselves; `system` is the installation itself
    (jobs, commands) and may do everything; `device` and `anonymous` have no rights at all beyond
    the routes open to them. `only` narrows a token to some permissions.
    """

    kind: Literal["person", "service", "external", "system", "device", "anonymous"]
    name: str
    account_id: UUID | None = None
    person_id: UUID | None = None
    login: str = ""
    only: frozenset[str] | None = None

    @property
    def signed_in(self) -> bool:
        return self.kind in ("person", "service", "external")

    @property
    def works_here(self) -> bool:
        """Whether it is of the region's own people and programs, not somebody from outside."""
        return self.kind in ("person", "service")

    @property
    def initials(self) -> str:
        """Up to two letters for the round badge."""
        words = [word for word in self.name.split() if word[:1].isalpha()]
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"

    def as_actor(self) -> dict[str, str]:
        """How the audit log names the actor: ids and the login, never the person's name."""
        actor: dict[str, str] = {"kind": self.kind}
        if self.account_id:
            actor["account"] = str(self.account_id)
        if self.person_id:
            actor["person"] = str(self.person_id)
        if self.kind in ("system", "device"):
            actor["name"] = self.name
        return actor


SYSTEM = Identity(kind="system", name="sistem")
ANONYMOUS = Identity(kind="anonymous", name="")
