"""When a dossier has to be transferred and when its end is due, from its rules and its events.

A period is "N years after EVENT"; without an event it counts from the day on which the dossier was
closed. Of events joined by `dan` the later date counts, by `atau` the first. Without a date the
clock does not run: the dossier waits for its event and is never due. By date, 29 February becomes
28 February; by calendar year a period is over when `year + years < this year`. The inactive period
follows the active one: an event of its own may begin it later, never earlier. Of several codes in
one dossier the longest period wins, and final actions that differ are weighed by people.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import attrs

from leuit.values import Text, _

from .final_actions import APPRAISE, DESTROY, JOINS, KEEP
from .lifecycle import ACTIVE, INACTIVE

Counting = Literal["date", "year"]
Step = Literal["", "close", "decide", "event", "transfer", "destroy", "hand_over", "appraise"]

STEPS: Mapping[Step, Text] = {
    "close": _("Berkas ditutup dahulu"),
    "decide": _("Aturannya diputuskan orang"),
    "event": _("Menunggu peristiwa"),
    "transfer": _("Dipindahkan ke unit kearsipan"),
    "destroy": _("Diusulkan musnah"),
    "hand_over": _("Diserahkan sebagai arsip statis"),
    "appraise": _("Dinilai kembali"),
}
"""What comes next for a dossier; nothing by itself once it lies on a list or has ended."""

AT_THE_END: Mapping[str, Step] = {
    DESTROY: "destroy",
    KEEP: "hand_over",
    APPRAISE: "appraise",
    JOINS: "decide",
}
"""What comes when both periods are over, by final action."""


@attrs.frozen
class HeldRule:
    """The rule of one code as a dossier keeps it; years of None: the wording was not understood.

    A trigger is as `rules.triggers` counts it: `a`, `a+b` for dan, `a|b` for atau, empty for none;
    an event that is `lain` is `lain:` with its words, since each has a date of its own.
    """

    code: str
    active_years: int | None
    active_trigger: str
    inactive_years: int | None
    inactive_trigger: str
    final_action: str
    counting: Counting = "date"

    @property
    def years(self) -> int | None:
        """Both periods together, by which the approving authority is told."""
        if self.active_years is None or self.inactive_years is None:
            return None
        return self.active_years + self.inactive_years


@attrs.frozen
class Retention:
    """Where a dossier stands. `due_on` is the day of `next_step`, None where no date follows.

    `inactive_from` is the first day after the active period, `ends_on` that after both; `years`
    the longest sum of both; `waits_for` the kinds of events without a date, in order. `appraised`
    is the decision of people that holds (`rules.appraisal`), empty where there is none.
    """

    next_step: Step
    due_on: dt.date | None
    inactive_from: dt.date | None
    ends_on: dt.date | None
    final_action: str
    years: int | None
    waits_for: tuple[str, ...] = ()
    appraised: str = ""


@attrs.frozen
class _Course:
    """Both deadlines of one rule, and the kinds of events that each still lacks."""

    inactive_from: dt.date | None
    ends_on: dt.date | None
    lacks: tuple[str, ...]
    lacks_later: tuple[str, ...]


def retention_of(
    rules: Sequence[HeldRule],
    events: Mapping[str, dt.date],
    closed_on: dt.date | None,
    state: str = ACTIVE,
) -> Retention:
    """Where a dossier of these rules stands; `events` are the dates that hold, by kind,
    of `lain` by `rules.triggers.event_key`.

    A dossier without a rule, and one in which any rule is not understood, is for people to decide.
    """
    final, years = _final_action(rules), _longest(rules)
    known = rules and None not in {rule.active_years for rule in rules}
    courses = [_course(rule, events, closed_on) for rule in rules] if known and closed_on else []
    inactive_from = _latest([one.inactive_from for one in courses])
    ends_on = _latest([one.ends_on for one in courses])
    lacks = _kinds(kind for one in courses for kind in one.lacks)
    later = _kinds(kind for one in courses for kind in one.lacks_later)
    step: Step
    due_on: dt.date | None = None
    waits_for: tuple[str, ...] = ()
    if state not in {ACTIVE, INACTIVE}:
        step = ""
    elif closed_on is None:
        step = "close"
    elif not known:
        step = "decide"
    elif state == ACTIVE:
        step, due_on, waits_for = ("event" if lacks else "transfer"), inactive_from, lacks
    elif years is None:
        step = "decide"
    elif lacks or later:
        step, waits_for = "event", tuple(dict.fromkeys((*lacks, *later)))
    else:
        step, due_on = AT_THE_END[final], ends_on
    return Retention(step, due_on, inactive_from, ends_on, final, years, waits_for)


def add_years(day: dt.date, years: int) -> dt.date:
    """The same day some years later; of 29 February, 28 February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def over(day: dt.date, years: int, counting: Counting) -> dt.date:
    """The first day on which a period of whole years since a day is over."""
    if counting == "year":
        return dt.date(day.year + years + 1, 1, 1)
    return add_years(day, years)


def counting_of(rules: Sequence[HeldRule]) -> Counting:
    """How years that people add are counted: by calendar years, which end later, if any rule is."""
    return "year" if any(rule.counting == "year" for rule in rules) else "date"


def kinds_of(trigger: str) -> tuple[str, ...]:
    """The kinds of events in a stored trigger."""
    return tuple(kind for kind in trigger.replace("|", "+").split("+") if kind)


def never_shorter(before: Retention, after: Retention) -> bool:
    """Whether another set of rules ends nothing earlier than before, and destroys nothing more.

    What had no date may not get one, since it was not due at all; what is kept for good may not be
    left to people, who could decide to destroy it.
    """
    deadlines = ((before.inactive_from, after.inactive_from), (before.ends_on, after.ends_on))
    sooner = any(new is not None and (old is None or new < old) for old, new in deadlines)
    shorter = after.years is not None and (before.years is None or after.years < before.years)
    harsher = after.final_action == DESTROY and before.final_action != DESTROY
    looser = before.final_action == KEEP and after.final_action != KEEP
    return not (sooner or shorter or harsher or looser)


def _course(rule: HeldRule, events: Mapping[str, dt.date], closed_on: dt.date | None) -> _Course:
    begun, lacks = _date_of(rule.active_trigger, events, closed_on)
    own, lacks_later = _date_of(rule.inactive_trigger, events, None)
    active, inactive = rule.active_years, rule.inactive_years
    if begun is None or active is None:
        return _Course(None, None, lacks, lacks_later)
    inactive_from = over(begun, active, rule.counting)
    if inactive is None or lacks_later:
        return _Course(inactive_from, None, lacks, lacks_later)
    # Both periods are counted at once from the one event: 29 February + 2 + 2 years is 29 February.
    ends_on = over(begun, active + inactive, rule.counting)
    if own is not None:
        ends_on = max(ends_on, over(own, inactive, rule.counting))
    return _Course(inactive_from, ends_on, lacks, lacks_later)


def _date_of(
    trigger: str, events: Mapping[str, dt.date], without: dt.date | None
) -> tuple[dt.date | None, tuple[str, ...]]:
    """The date from which a period counts, or the kinds of events that it lacks."""
    kinds = kinds_of(trigger)
    if not kinds:
        return without, ()
    known = [events[kind] for kind in kinds if kind in events]
    if "|" in trigger:
        return (min(known), ()) if known else (None, kinds)
    missing = tuple(kind for kind in kinds if kind not in events)
    return (None, missing) if missing else (max(known), ())


def _kinds(keys: Iterable[str]) -> tuple[str, ...]:
    """The kinds of events, each once; what one that is `lain` is called stands in its rule."""
    return tuple(dict.fromkeys(key.partition(":")[0] for key in keys))


def _latest(days: Sequence[dt.date | None]) -> dt.date | None:
    """The latest of all days; None as soon as one of them is not known."""
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _final_action(rules: Sequence[HeldRule]) -> str:
    found = {rule.final_action for rule in rules}
    if len(found) > 1:
        return APPRAISE
    return next(iter(found), JOINS)


def _longest(rules: Sequence[HeldRule]) -> int | None:
    sums: list[int] = list(_sums(rules))
    return max(sums) if sums and len(sums) == len(rules) else None


def _sums(rules: Sequence[HeldRule]) -> Iterator[int]:
    for rule in rules:
        if rule.years is not None:
            yield rule.years
