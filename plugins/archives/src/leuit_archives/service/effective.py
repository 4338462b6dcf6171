"""By what dossiers are kept as of now, for pages, lists, packages and programs alike.

Of several codes in one dossier the longest rule counts, by the edition under which its records were
filed or that was applied anew; years, final action and end are those that were reckoned, with what
an appraisal decided. A dossier that was never reckoned is told by the rule of its own code.
"""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import attrs

from leuit.values import Text, _
from leuit.work import View
from leuit_archives.models import Dossier
from leuit_archives.rules.final_actions import FINAL_ACTIONS
from leuit_archives.rules.lifecycle import (
    ACTIVE,
    HANDED_OVER,
    STATES,
    TO_DESTROY,
    TO_HAND_OVER,
)

from . import schedule
from .dossier_rules import KeptRule, kept_rules
from .moving import standings

_TONES = {TO_DESTROY: "tunggu", TO_HAND_OVER: "tunggu", HANDED_OVER: "daun"}


@attrs.frozen
class Effective:
    """What holds for a dossier: the rule that keeps it longest, and what was reckoned.

    `years` is the sum of both periods with what people added; None where no rule is understood.
    `ends_on` is None as long as no date follows. `state` is that of its retention; `held` tells
    whether a hold reaches it today, and `closed` whether it takes no more records.
    """

    active_years: int | None
    active_trigger: str
    inactive_years: int | None
    inactive_trigger: str
    final_action: str
    years: int | None = None
    ends_on: dt.date | None = None
    state: str = ACTIVE
    held: bool = False
    closed: bool = False

    def active(self, undecided: str) -> str:
        """The active period in words; `undecided` where there is none that is understood."""
        return schedule.told_period(self.active_years, self.active_trigger, undecided)

    def inactive(self, undecided: str) -> str:
        """The inactive period in words."""
        return schedule.told_period(self.inactive_years, self.inactive_trigger, undecided)

    @property
    def states(self) -> list[tuple[Text, str]]:
        """Where it stands, in words with the tone of each: a running one by whether it is open."""
        stands = STATES[self.state], _TONES.get(self.state, "abu")
        if self.state == ACTIVE:
            stands = (_("Ditutup"), "abu") if self.closed else (_("Terbuka"), "nila")
        return [stands, (_("Ditahan"), "bata")] if self.held else [stands]

    @property
    def final(self) -> str:
        """The final action in words, empty where none is known."""
        return str(FINAL_ACTIONS[self.final_action]) if self.final_action else ""


def effective_rules(view: View, dossiers: Sequence[Dossier]) -> dict[UUID, Effective]:
    """What holds for each of some dossiers."""
    ids = [one.id for one in dossiers]
    rules = kept_rules(view, ids)
    reckoned = {one.dossier.id: one for one in standings(view, ids)}
    found = {}
    for dossier in dossiers:
        standing, held = reckoned.get(dossier.id), rules.get(dossier.id)
        if standing is None or not held:
            found[dossier.id] = _own(dossier)
            continue
        kept = standing.retention
        longest = max((held[key] for key in sorted(held)), key=_length).rule
        found[dossier.id] = Effective(
            longest.active_years,
            longest.active_trigger,
            longest.inactive_years,
            longest.inactive_trigger,
            kept.final_action,
            kept.years,
            kept.ends_on,
            kept.state,
            standing.held,
            dossier.closed_on is not None,
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
        closed=dossier.closed_on is not None,
    )
