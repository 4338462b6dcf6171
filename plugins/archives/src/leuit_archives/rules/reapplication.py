"""How another edition of the schedule treats a dossier that runs: longer, shorter, not at all."""

from collections.abc import Mapping
from typing import Literal

from leuit.values import Text, _

from .final_actions import DESTROY, KEEP
from .retention import Retention, never_shorter

Verdict = Literal["same", "longer", "shorter", "open", "fixed"]

VERDICTS: Mapping[Verdict, Text] = {
    "longer": _("Lebih lama"),
    "shorter": _("Lebih pendek"),
    "open": _("Tidak dipahami"),
    "fixed": _("Tidak disentuh"),
    "same": _("Tetap"),
}
"""Verdicts and their titles."""


def verdict(before: Retention, after: Retention, *, held: bool) -> Verdict:
    """What an edition does to a dossier.

    Fixed is what a hold or the decision of an appraisal keeps as it is: a changed schedule does not
    act on what is decided. Open is one for which the edition has no rule that is understood. What
    had no date and would get one counts as shorter, as does what would be destroyed instead of
    kept; everything else that changes is longer.
    """
    if after == before:
        return "same"
    if held or is_decided(before):
        return "fixed"
    if after.years is None or after.next_step == "decide":
        return "open"
    return "longer" if never_shorter(before, after) else "shorter"


def is_decided(one: Retention) -> bool:
    """Whether an appraisal has decided how it ends; an extension has not."""
    return one.appraised in (DESTROY, KEEP)
