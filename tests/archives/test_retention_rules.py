"""Retention: deadlines as an oracle walks them through the calendar, and the law's own examples."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_archives.rules.lifecycle import ACTIVE, INACTIVE, STATES
from leuit_archives.rules.retention import (
    STEPS,
    HeldRule,
    add_years,
    never_shorter,
    retention_of,
)
from tests.archives.oracle_retention import is_active, is_kept

KINDS = ("pensiun", "selesai", "terbit")
DAYS = st.one_of(
    st.dates(dt.date(2018, 1, 1), dt.date(2024, 12, 31)),
    st.sampled_from([dt.date(2020, 2, 29), dt.date(2024, 2, 29), dt.date(2023, 12, 31)]),
)
TRIGGERS = st.sampled_from(["", "", *KINDS, "pensiun+selesai", "selesai|terbit"])
YEARS = st.one_of(st.none(), st.integers(0, 7), st.integers(0, 7), st.integers(0, 7))
RULES = st.builds(
    HeldRule,
    st.just("000.1"),
    YEARS,
    TRIGGERS,
    YEARS,
    TRIGGERS,
    st.sampled_from(["musnah", "musnah", "permanen", "dinilai_kembali", ""]),
    st.sampled_from(["date", "year"]),
)
EVENTS = st.dictionaries(st.sampled_from(KINDS), DAYS)


def rule(active: int = 2, inactive: int = 3, **changes: Any) -> HeldRule:
    """A plain rule: years after closing, then destroyed."""
    return attrs.evolve(HeldRule("000.1", active, "", inactive, "", "musnah"), **changes)


def agrees(
    rules: Sequence[HeldRule],
    events: dict[str, dt.date],
    closed_on: dt.date | None,
    day: dt.date,
) -> None:
    """Compare both deadlines with the oracle, on a day and just around each deadline."""
    found = retention_of(rules, events, closed_on)
    days = [day]
    for deadline in (found.inactive_from, found.ends_on):
        if deadline is not None:
            days += [deadline - dt.timedelta(days=1), deadline]
    for one in days:
        told = found.inactive_from is not None and found.inactive_from <= one
        assert told != is_active(rules, events, closed_on, one), (one, found)
        told = found.ends_on is not None and found.ends_on <= one
        assert told != is_kept(rules, events, closed_on, one), (one, found)


def fixed_cases() -> list[tuple[list[HeldRule], dict[str, dt.date], dt.date, dt.date]]:
    """The same cases each time, over which seeded mistakes are caught."""
    leap, end = dt.date(2024, 2, 29), dt.date(2021, 12, 31)
    early, late = dt.date(2020, 3, 1), dt.date(2023, 6, 30)
    cases = []
    for counting in ("date", "year"):
        for trigger in ("", "pensiun", "pensiun+selesai", "selesai|terbit"):
            for own in ("", "terbit", "pensiun+terbit"):
                for events in (
                    {},
                    {"pensiun": leap},
                    {"pensiun": early, "selesai": late},
                    {"pensiun": late, "selesai": early, "terbit": leap},
                ):
                    one = rule(
                        2,
                        2,
                        active_trigger=trigger,
                        inactive_trigger=own,
                        counting=counting,
                    )
                    cases += [
                        ([one], events, end, dt.date(2026, 1, 1)),
                        ([one, rule(0, 5)], events, leap, dt.date(2026, 2, 28)),
                    ]
    return cases


@given(st.lists(RULES, max_size=3), EVENTS, st.one_of(st.none(), DAYS), DAYS)
def test_deadlines_are_those_of_the_law(
    rules: list[HeldRule], events: dict[str, dt.date], closed_on: dt.date | None, day: dt.date
) -> None:
    """On every day the rules and the calendar agree whether a file is active, and whether kept.

    A rule that is not understood keeps the whole file: then no deadline is told at all.
    """
    if any(one.active_years is None for one in rules):
        found = retention_of(rules, events, closed_on)
        assert (found.inactive_from, found.ends_on) == (None, None)
        return
    agrees(rules, events, closed_on, day)


def test_the_fixed_cases_agree() -> None:
    """Those by which mistakes are caught are right in the first place."""
    for case in fixed_cases():
        agrees(*case)


def test_by_date_from_the_event() -> None:
    """AR-17: event 2023-05-17, 2 + 3 years: inactive from 2025-05-17, due 2028-05-17."""
    one = rule(active_trigger="selesai")
    found = retention_of([one], {"selesai": dt.date(2023, 5, 17)}, dt.date(2023, 1, 2))
    assert found.inactive_from == dt.date(2025, 5, 17)
    assert found.ends_on == dt.date(2028, 5, 17)
    assert (found.next_step, found.due_on) == ("transfer", found.inactive_from)
    later = retention_of([one], {"selesai": dt.date(2023, 5, 17)}, dt.date(2023, 1, 2), INACTIVE)
    assert (later.next_step, later.due_on) == ("destroy", dt.date(2028, 5, 17))


def test_a_leap_day_becomes_the_28th() -> None:
    """AR-18: event 2024-02-29, 2 years: 2026-02-28; four years later it is itself again."""
    assert add_years(dt.date(2024, 2, 29), 2) == dt.date(2026, 2, 28)
    found = retention_of([rule(2, 2)], {}, dt.date(2024, 2, 29))
    assert found.inactive_from == dt.date(2026, 2, 28)
    assert found.ends_on == dt.date(2028, 2, 29)


def test_by_calendar_year() -> None:
    """AR-19: closed 2021, active 2: still active on 2023-12-31, inactive on 2024-01-01."""
    found = retention_of([rule(counting="year")], {}, dt.date(2021, 3, 4))
    assert found.inactive_from == dt.date(2024, 1, 1)
    assert found.ends_on == dt.date(2027, 1, 1)


def test_of_two_events_the_later_counts() -> None:
    """AR-20: budget year ended 2022-12-31 and follow-up done 2024-03-10, 2 years: 2026-03-10."""
    events = {"tahun_anggaran_berakhir": dt.date(2022, 12, 31)}
    one = rule(active_trigger="tahun_anggaran_berakhir+pemeriksaan_selesai")
    waits = retention_of([one], events, dt.date(2022, 12, 31))
    assert (waits.next_step, waits.waits_for) == ("event", ("pemeriksaan_selesai",))
    events["pemeriksaan_selesai"] = dt.date(2024, 3, 10)
    assert retention_of([one], events, dt.date(2022, 12, 31)).due_on == dt.date(2026, 3, 10)


@given(RULES, EVENTS, DAYS, st.sampled_from(sorted(STATES)))
def test_without_a_date_it_waits_and_is_never_due(
    one: HeldRule, events: dict[str, dt.date], closed_on: dt.date, state: str
) -> None:
    """AR-21: who waits for an event, a person or a closing has no day on which he is due."""
    for day in (closed_on, None):
        found = retention_of([one], events, day, state)
        assert found.next_step in {"", *STEPS}
        if found.next_step in {"", "close", "event"}:
            assert found.due_on is None
        assert bool(found.waits_for) == (found.next_step == "event")
        if day is None and state in {ACTIVE, INACTIVE}:
            assert found.next_step == "close"


@given(st.lists(RULES, min_size=1, max_size=3), RULES, EVENTS, DAYS)
def test_another_code_in_the_file_never_shortens(
    rules: list[HeldRule], more: HeldRule, events: dict[str, dt.date], closed_on: dt.date
) -> None:
    """The longest period wins: with one rule more nothing ends earlier, nothing more is burnt."""
    before = retention_of(rules, events, closed_on)
    after = retention_of([*rules, more], events, closed_on)
    for old, new in (
        (before.inactive_from, after.inactive_from),
        (before.ends_on, after.ends_on),
    ):
        assert new is None or (old is not None and old <= new)
    assert after.final_action != "musnah" or before.final_action == "musnah"


def test_final_actions_that_differ_are_weighed() -> None:
    """Musnah beside permanen is no destruction, but nor is it kept for ever: people decide."""
    mixed = [rule(), rule(final_action="permanen")]
    found = retention_of(mixed, {}, dt.date(2010, 1, 1), INACTIVE)
    assert (found.final_action, found.next_step) == ("dinilai_kembali", "appraise")
    joins = retention_of([rule(final_action="")], {}, dt.date(2010, 1, 1), INACTIVE)
    assert (joins.next_step, joins.due_on) == ("decide", dt.date(2015, 1, 1))


def test_a_rule_nobody_understood_is_decided_by_people() -> None:
    """No rule at all, open active years, open inactive years: never due for an end."""
    closed = dt.date(2001, 1, 1)
    assert retention_of([], {}, closed).next_step == "decide"
    assert retention_of([rule(), rule(active_years=None)], {}, closed).next_step == "decide"
    open_end = rule(inactive_years=None)
    assert retention_of([open_end], {}, closed).next_step == "transfer"
    assert retention_of([open_end], {}, closed, INACTIVE).next_step == "decide"


@pytest.mark.parametrize(
    "after,longer",
    [
        (rule(), True),
        (rule(5, 5), True),
        (rule(1, 3), False),
        (rule(2, 2), False),
        (rule(1, 9), False),
        (rule(final_action="permanen"), True),
        (rule(active_trigger="selesai"), True),
        (rule(5, inactive_years=None), True),
    ],
)
def test_what_shortens_is_told(after: HeldRule, longer: bool) -> None:
    """AR-31: from 2 + 3 to 5 + 5 nothing is shortened; a period less, or an earlier end, is."""
    closed = dt.date(2020, 1, 1)
    before = retention_of([rule()], {}, closed)
    assert never_shorter(before, retention_of([after], {}, closed)) is longer


def test_what_never_was_due_is_not_made_due() -> None:
    """A date where there was none, or destruction in place of keeping, shortens too."""
    closed = dt.date(2020, 1, 1)
    plain = retention_of([rule()], {}, closed)
    for before in (rule(final_action="permanen"), rule(active_trigger="selesai")):
        assert not never_shorter(retention_of([before], {}, closed), plain)
    decided = retention_of([rule(inactive_years=None)], {}, closed)
    assert not never_shorter(decided, plain)


@given(RULES, RULES, EVENTS, DAYS, DAYS)
def test_what_may_be_applied_keeps_at_least_as_long(
    held: HeldRule, later: HeldRule, events: dict[str, dt.date], closed_on: dt.date, day: dt.date
) -> None:
    """A changed rule that counts as no shorter keeps a file on every day on which it was kept."""
    before, after = (retention_of([one], events, closed_on) for one in (held, later))
    if not never_shorter(before, after):
        return
    assert after.final_action != "musnah" or before.final_action == "musnah"
    days = [day, *(one - dt.timedelta(days=1) for one in (before.ends_on, after.ends_on) if one)]
    for one in days:
        if is_kept([held], events, closed_on, one):
            assert is_kept([later], events, closed_on, one)
        if is_active([held], events, closed_on, one):
            assert is_active([later], events, closed_on, one)
