"""The retention schedule (JRA) as a table: its faults, its open questions, and what it changes.

A rule binds a code to an active and an inactive period and a final action. What the wording leaves
open is no fault of the row but a question to a person; until it is answered, no period runs.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import attrs

from .codes import is_code, parents_of, sort_key
from .faults import (
    BAD_CODE,
    DUPLICATE_CODE,
    LONG_PHRASE,
    LONG_TITLE,
    MOST_PHRASE,
    MOST_TITLE,
    UNKNOWN_FINAL_ACTION,
    UNKNOWN_TRIGGER,
    WRONG_YEARS,
    RowFault,
)
from .final_actions import FINAL_ACTIONS, final_action_of
from .periods import MOST_YEARS, Period, parse_period
from .phrases import plain
from .triggers import OTHER, TRIGGERS

Column = Literal["active", "inactive", "final_action"]


@attrs.frozen
class ScheduleLine:
    """One rule of a schedule, beside the phrases as they were published.

    A period is None where it could not be read. `final_action` is empty for a file that joins
    another, and for a phrase that was not understood.
    """

    code: str
    title: str
    active: Period | None
    inactive: Period | None
    final_action: str
    raw_active: str
    raw_inactive: str
    raw_final_action: str


@attrs.frozen
class Undecided:
    """A cell that a person has to decide: the index of its row, from 0, and its phrase."""

    index: int
    code: str
    phrase: str


@attrs.frozen
class ChangedPeriods:
    """A code with other periods than before, each as active and inactive."""

    code: str
    before: tuple[Period | None, Period | None]
    after: tuple[Period | None, Period | None]


@attrs.frozen
class ChangedFinalAction:
    """A code with another final action than before; empty as in `ScheduleLine`."""

    code: str
    before: str
    after: str


@attrs.frozen
class ScheduleDifferences:
    """What one schedule has against another, in the order of codes."""

    added: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    changed_periods: tuple[ChangedPeriods, ...] = ()
    changed_final_action: tuple[ChangedFinalAction, ...] = ()


@attrs.frozen
class Coverage:
    """How a schedule fits a classification, in the order of codes.

    `unknown` are its codes that the classification lacks; `without_rule` are leaves of the
    classification that it does not bind.
    """

    unknown: tuple[str, ...]
    without_rule: tuple[str, ...]


def read_line(
    code: str, title: str, raw_active: str, raw_inactive: str, raw_final_action: str
) -> ScheduleLine:
    """The rule that published phrases state."""
    return ScheduleLine(
        code,
        title,
        parse_period(raw_active),
        parse_period(raw_inactive),
        final_action_of(raw_final_action) or "",
        raw_active,
        raw_inactive,
        raw_final_action,
    )


def faults_of(lines: Sequence[ScheduleLine]) -> list[RowFault]:
    """Everything wrong with the rows, in their order; of a duplicate, each row after the first.

    Two rules of one code are never merged: which of them holds only the regulation tells.
    """
    seen: set[str] = set()
    faults = []
    for index, line in enumerate(lines):
        kinds = [DUPLICATE_CODE] if line.code in seen else []
        kinds += _faults_of_line(line)
        faults += [RowFault(index, kind, line.code) for kind in kinds]
        seen.add(line.code)
    return faults


def _faults_of_line(line: ScheduleLine) -> Iterator[str]:
    if not is_code(line.code):
        yield BAD_CODE
    if len(line.title) > MOST_TITLE:
        yield LONG_TITLE
    if max(map(len, (line.raw_active, line.raw_inactive, line.raw_final_action))) > MOST_PHRASE:
        yield LONG_PHRASE
    periods = [period for period in (line.active, line.inactive) if period]
    if any(not 0 <= period.years <= MOST_YEARS for period in periods):
        yield WRONG_YEARS
    triggers = [period.trigger for period in periods if period.trigger]
    if any(kind not in TRIGGERS for trigger in triggers for kind in trigger.kinds):
        yield UNKNOWN_TRIGGER
    if line.final_action not in FINAL_ACTIONS:
        yield UNKNOWN_FINAL_ACTION


def unparsed_of(lines: Sequence[ScheduleLine]) -> Mapping[Column, tuple[Undecided, ...]]:
    """What a person has to decide, by column; a file that joins another needs no final action."""
    rows = list(enumerate(lines))
    return {
        "active": tuple(
            Undecided(index, line.code, line.raw_active) for index, line in rows if not line.active
        ),
        "inactive": tuple(
            Undecided(index, line.code, line.raw_inactive)
            for index, line in rows
            if not line.inactive
        ),
        "final_action": tuple(
            Undecided(index, line.code, line.raw_final_action)
            for index, line in rows
            if not line.final_action and final_action_of(line.raw_final_action) is None
        ),
    }


def differences(
    before: Iterable[ScheduleLine], after: Iterable[ScheduleLine]
) -> ScheduleDifferences:
    """What the later schedule changed; both are without faults.

    Another wording of the same rule is no change. An undecided cell changes with its phrase.
    """
    old = {line.code: line for line in before}
    new = {line.code: line for line in after}
    both = [(old[code], new[code]) for code in sorted(old.keys() & new.keys(), key=sort_key)]
    return ScheduleDifferences(
        added=tuple(sorted(new.keys() - old.keys(), key=sort_key)),
        closed=tuple(sorted(old.keys() - new.keys(), key=sort_key)),
        changed_periods=tuple(
            ChangedPeriods(was.code, (was.active, was.inactive), (now.active, now.inactive))
            for was, now in both
            if _periods(was) != _periods(now)
        ),
        changed_final_action=tuple(
            ChangedFinalAction(was.code, was.final_action, now.final_action)
            for was, now in both
            if _final(was) != _final(now)
        ),
    )


def against_classification(lines: Iterable[ScheduleLine], codes: Iterable[str]) -> Coverage:
    """How the schedule fits the codes of a classification."""
    bound = {line.code for line in lines}
    known = set(codes)
    leaves = known.difference(*map(parents_of, known))
    return Coverage(
        unknown=tuple(sorted(bound - known, key=sort_key)),
        without_rule=tuple(sorted(leaves - bound, key=sort_key)),
    )


def _periods(line: ScheduleLine) -> tuple[tuple[int | None, str, str], ...]:
    return _meaning(line.active, line.raw_active), _meaning(line.inactive, line.raw_inactive)


def _meaning(period: Period | None, raw: str) -> tuple[int | None, str, str]:
    """Years and events, without the wording unless only the wording tells the event."""
    if period is None:
        return None, "", plain(raw)
    if period.trigger is None:
        return period.years, "", ""
    text = period.trigger.text
    return period.years, text, period.trigger.label if OTHER in period.trigger.kinds else ""


def _final(line: ScheduleLine) -> tuple[str, str]:
    if line.final_action or final_action_of(line.raw_final_action) is not None:
        return line.final_action, ""
    return "", plain(line.raw_final_action)
