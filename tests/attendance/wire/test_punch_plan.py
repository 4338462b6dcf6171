"""Invented days: deterministic, mostly right, and wrong in the ways that were asked for."""

from collections import Counter
from datetime import date, datetime, timedelta

from leuit_attendance.testing import Odds, dates, night_hours, office_hours, plan_days, taps_of

MONDAY = date(2026, 10, 5)
PINS = [str(number) for number in range(1, 201)]
PLAN = plan_days(PINS, dates(MONDAY, 14))


def test_a_day_depends_on_seed_pin_and_date_alone() -> None:
    """Planning fewer people or days gives the same days for those planned."""
    alone = plan_days(["7"], [date(2026, 10, 8)])
    assert alone == [day for day in PLAN if day.pin == "7" and day.day == date(2026, 10, 8)]
    assert plan_days(PINS, dates(MONDAY, 14), seed=2) != PLAN


def test_weekends_are_off() -> None:
    """Office people have days from Monday to Friday and none else."""
    assert {day.day.weekday() for day in PLAN} == {0, 1, 2, 3, 4}
    assert len(PLAN) == 200 * 10


def test_mostly_punctual() -> None:
    """More than four days in five are punctual, and every other course occurs."""
    courses = Counter(day.course for day in PLAN)
    assert courses["punctual"] > 0.8 * len(PLAN)
    assert set(courses) == {"punctual", "late", "early", "no_in", "no_out", "absent"}


def test_courses_mean_what_they_say() -> None:
    """Late is after the start, early before the end, a missing side has no tap, absent has none."""
    for day in PLAN:
        start, end = day.hours
        if day.arrived is None or day.left is None:
            assert (day.course, day.taps) == ("absent", ())
            continue
        assert (day.arrived >= start + timedelta(minutes=1)) == (day.course == "late")
        assert (day.left < end) == (day.course == "early")
        moments = {tap.at for tap in day.taps}
        assert (day.arrived in moments) == (day.course != "no_in")
        assert (day.left in moments) == (day.course != "no_out")


def test_all_lateness_classes_occur() -> None:
    """Each class of lateness of the usual table occurs in two weeks of two hundred people."""
    minutes = [
        (day.arrived - day.hours[0]).total_seconds() // 60
        for day in PLAN
        if day.course == "late" and day.arrived
    ]
    assert {min(3, int(minute - 1) // 30) for minute in minutes} == {0, 1, 2, 3}


def test_second_taps_and_wrong_keys_occur() -> None:
    """Some days have a second tap within a minute, some a wrong key."""
    doubles = [day for day in PLAN if len(day.taps) > 2]
    wrong = [day for day in PLAN if any(tap.at == day.left and tap.status == 0 for tap in day.taps)]
    assert doubles
    assert wrong


def test_night_shifts_end_on_the_next_day() -> None:
    """A night's clock-out lies on the date after its own; two nights on, two off."""
    nights = plan_days(["102"], dates(MONDAY, 8), schedule=night_hours, odds=Odds(0, 0, 0, 0, 0))
    assert len(nights) == 4
    for night in nights:
        assert night.taps[0].at.date() == night.day
        assert night.taps[-1].at.date() == night.day + timedelta(days=1)


def test_friday_ends_later() -> None:
    """Office hours are those of PermenPANRB 6/2018: half an hour longer on Friday."""
    friday = date(2026, 10, 9)
    assert office_hours("1", friday) == (
        datetime(2026, 10, 9, 7, 30),
        datetime(2026, 10, 9, 16, 30),
    )


def test_taps_come_in_order() -> None:
    """All taps of a plan are in the order in which they happen."""
    taps = taps_of(PLAN)
    assert [tap.at for tap in taps] == sorted(tap.at for tap in taps)
    assert len(taps) == sum(len(day.taps) for day in PLAN)
