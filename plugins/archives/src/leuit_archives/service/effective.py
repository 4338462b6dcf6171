"""By what dossiers are kept as of now, for pages, lists, packages and programs alike.

Of several codes in one dossier the longest rule counts, by the edition under which its records were
filed or that was applied anew; years, final action and end are those that were reckoned, with what
an appraisal decided. A dossier that was never reckoned is told by the rule of its own code.
"""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.work import View
from leuit_archives.models import Dossier, Retention
from leuit_archives.rules.final_actions import FINAL_ACTIONS

from . import schedule
from .dossier_rules import KeptRule, kept_rules


@attrs.frozen
class Effective:
    """What holds for a dossier: the rule that keeps it longest, and what was reckoned.

    `years` is the sum of both periods with what people added; None where no rule is understood.
    `ends_on` is None as long as no date follows.
    """

    active_years: int | None
    active_trigger: str
    inactive_years: int | None
    inactive_trigger: str
    final_action: str
    years: int | None = None
    ends_on: dt.date | None = None

    def active(self, undecided: str) -> str:
        """The active period in words; `undecided` where there is none that is understood."""
        return schedule.told_period(self.active_years, self.active_trigger, undecided)

    def inactive(self, undecided: str) -> str:
        """The inactive period in words."""
        return schedule.told_period(self.inactive_years, self.inactive_trigger, undecided)

    @property
    def final(self) -> str:
        """The final action in words, empty where none is known."""
        return str(FINAL_ACTIONS[self.final_action]) if self.final_action else ""


def effective_rules(view: View, dossiers: Sequence[Dossier]) -> dict[UUID, Effective]:
    """What holds for each of some dossiers."""
    ids = [one.id for one in dossiers]
    rules = kept_rules(view, ids)
    reckoned = {
        row.dossier_id: row
        for row in view.session.scalars(select(Retention).where(Retention.dossier_id.in_(ids)))
    }
    found = {}
    for dossier in dossiers:
        kept, held = reckoned.get(dossier.id), rules.get(dossier.id)
        if kept is None or not held:
            found[dossier.id] = _own(dossier)
            continue
        longest = max((held[key] for key in sorted(held)), key=_length).rule
        found[dossier.id] = Effective(
            longest.active_years,
            longest.active_trigger,
            longest.inactive_years,
            longest.inactive_trigger,
            kept.final_action,
            kept.years,
            kept.ends_on,
        )
    return found


def _length(one: KeptRule) -> tuple[bool, int]:
    """What nobody understood keeps a dossier longest."""
    return one.rule.years is None, one.rule.years or 0


def _own(dossier: Dossier) -> Effective:
    return Effective(
        dossier.active_years,
        dossier.active_trigger,
        dossier.inactive_years,
        dossier.inactive_trigger,
        dossier.final_action,
    )
