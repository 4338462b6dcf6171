"""One thing that the machine compared: what holds, what does not, what a person is asked about."""

from uuid import UUID

import attrs

from leuit.values import Text


@attrs.frozen
class MachineCheck:
    """One comparison: its title, whether it holds, and a word on what was compared.

    A `warning` holds no step, but whoever compares answers it, under the name `answer`. `detail`
    says what was found, `about` names the payment in which, where the reader may see it.
    """

    code: str
    title: Text
    ok: bool
    told: str
    warning: bool = False
    detail: str = ""
    about: UUID | None = None

    @property
    def answer(self) -> str:
        """Under which name a warning is answered; no item of a checklist has a dot in its code."""
        return f"warning.{self.code}"


def warn(code: str, title: Text, detail: str, about: UUID | None = None) -> MachineCheck:
    """A warning about what `detail` says."""
    return MachineCheck(code, title, False, detail, warning=True, detail=detail, about=about)
