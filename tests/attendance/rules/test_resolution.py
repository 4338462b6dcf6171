"""Which pattern holds for a person on a date."""

from datetime import date, datetime, time

import pytest
from attrs import evolve

from leuit_attendance.rules import (
    DatedSchedule,
    DayPattern,
    Duty,
    Level,
    Rest,
    ShiftAssignment,
    WeekSchedule,
    pick_schedule,
    resolve_duty,
)
from tests.attendance.rules.office import BASIS, OFFICE, OFFICE_WEEK, SCHEDULES, SHIFTS

MONDAY = date(2026, 3, 2)
NEW_YEAR = date(2026, 1, 1)


def given(
    title: str,
    level: Level,
    *,
    since: date = NEW_YEAR,
    until: date | None = None,
    override: bool = False,
    distance: int = 0,
) -> DatedSchedule:
    """The office week under another title, so that the winner can be told by name."""
    week = evolve(OFFICE_WEEK, title=title)
    return DatedSchedule(week, level, since, until, override, distance)


def winner(*schedules: DatedSchedule, day: date = MONDAY) -> str:
    """The title that wins in every order of asking."""
    titles = set()
    for order in (schedules, tuple(reversed(schedules))):
        picked = pick_schedule(day, order)
        assert picked is not None
        titles.add(picked.week.title)
    (title,) = titles
    return title


def test_the_more_specific_level_wins() -> None:
    """Person beats position, position beats unit, unit beats region."""
    person, position = given("person", "person"), given("position", "position")
    unit, region = given("unit", "unit"), given("region", "region")
    assert winner(region, unit, position, person) == "person"
    assert winner(region, unit, position) == "position"
    assert winner(region, unit) == "unit"


def test_the_nearest_unit_of_the_tree_wins() -> None:
    """A unit's own schedule beats that of the unit above it."""
    assert winner(given("parent", "unit", distance=1), given("own", "unit")) == "own"


def test_an_override_beats_every_ordinary_schedule() -> None:
    """Ramadan hours of the region hold even for a person with hours of his own."""
    ramadan = given("ramadan", "region", override=True)
    assert winner(given("person", "person"), ramadan) == "ramadan"
    assert winner(given("unit ramadan", "unit", override=True), ramadan) == "unit ramadan"


def test_the_later_of_two_on_one_level_wins() -> None:
    """A newer schedule replaces an older one; of twins the first by title, so that order is no
    matter.
    """
    old, new = given("a", "region"), given("b", "region", since=date(2026, 2, 1))
    assert winner(old, new) == "b"
    assert winner(given("x", "region"), given("w", "region")) == "w"


def test_validity_includes_its_first_day_and_excludes_its_last() -> None:
    """An override from the 1st to the 3rd holds on the 1st and 2nd only."""
    short = given("short", "region", since=date(2026, 3, 2), until=date(2026, 3, 4), override=True)
    base = given("base", "region")
    found = [winner(base, short, day=date(2026, 3, day)) for day in (1, 2, 3, 4)]
    assert found == ["base", "short", "short", "base"]


def test_an_assigned_shift_beats_even_an_override() -> None:
    """Ramadan does not shorten a night shift; the duty belongs to the date it starts."""
    ramadan = DatedSchedule(SCHEDULES["schedule_ramadan_5_hari"], "region", NEW_YEAR, override=True)
    shift = ShiftAssignment(MONDAY, SHIFTS["malam"])
    duty = resolve_duty(MONDAY, [OFFICE, ramadan], shift)
    assert isinstance(duty, Duty)
    assert (duty.day, duty.start, duty.end) == (
        MONDAY,
        datetime(2026, 3, 2, 21),
        datetime(2026, 3, 3, 7),
    )
    assert (duty.on_holidays, duty.label) == (True, "Sif malam")


def test_shift_off_is_rest_although_the_office_works() -> None:
    """Lepas jaga on a Monday leaves no duty."""
    off = resolve_duty(MONDAY, [OFFICE], ShiftAssignment(MONDAY, SHIFTS["off"]))
    assert off == Rest(MONDAY, "Lepas jaga", SHIFTS["off"].basis.label)


def test_a_day_without_pattern_is_rest_and_no_weaker_schedule_is_asked() -> None:
    """The Saturday of the winning five-day week stays free although the region works six days."""
    saturday = date(2026, 3, 7)
    pattern = DayPattern(time(7), time(12))
    six = DatedSchedule(WeekSchedule("enam", BASIS, saturday=pattern), "region", NEW_YEAR)
    own = given("lima", "unit")
    assert resolve_duty(saturday, [six, own]) == Rest(saturday, "lima", OFFICE_WEEK.basis.label)
    assert isinstance(resolve_duty(saturday, [six]), Duty)


def test_without_any_schedule_there_is_rest_that_says_so() -> None:
    """Nobody is absent from hours that nobody set."""
    rest = resolve_duty(date(2025, 12, 31), [OFFICE])
    assert isinstance(rest, Rest)
    assert "Belum ada jadwal" in rest.label


def test_a_duty_carries_the_whole_pattern_and_its_basis() -> None:
    """Tolerance, make-up, flexi, break and the legal basis reach the duty unchanged."""
    pattern = DayPattern(time(7, 30), time(16), 60, 30, 20, 10, 15)
    week = WeekSchedule("uji", BASIS, monday=pattern)
    duty = resolve_duty(MONDAY, [DatedSchedule(week, "unit", NEW_YEAR, on_holidays=True)])
    assert duty == Duty(
        MONDAY,
        datetime(2026, 3, 2, 7, 30),
        datetime(2026, 3, 2, 16),
        60,
        30,
        20,
        10,
        15,
        True,
        "uji",
        BASIS.label,
    )


def test_a_shift_of_another_date_is_refused() -> None:
    """A roster row used for the wrong date is a mistake of the caller, not a silent duty."""
    with pytest.raises(ValueError, match="2026-03-03"):
        resolve_duty(MONDAY, [], ShiftAssignment(date(2026, 3, 3), SHIFTS["pagi"]))
