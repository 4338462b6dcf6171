"""PunchPlan: invented taps of invented people, day by day, the same for the same seed.

Most people are punctual. Some days go wrong in the ways that real offices know: late by class (1 to
30, 31 to 60, 61 to 90 minutes, more), leaving early, a forgotten tap, a second tap within seconds,
the wrong key, not coming at all. How often is told by `Odds`; each person has a habit of his own
that makes his odds smaller or greater. A day of one person depends on the seed, his PIN and the
date alone, not on who else is planned. Night shifts are days whose end is on the next date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Literal

from attrs import frozen

from .dice import dice

Hours = tuple[datetime, datetime]
"""Begin and end of a duty, naive local time."""
Schedule = Callable[[str, date], Hours | None]
"""Hours of a PIN on a date, None for a day off."""
Course = Literal["punctual", "late", "early", "no_in", "no_out", "absent"]
"""What becomes of a day; `late` and `early` exclude each other, to be told apart in a test."""

IN_KEY, OUT_KEY = 0, 1


@frozen
class PlannedTap:
    """One tap as it truly happens: `at` is right local time, whatever the device's clock says."""

    pin: str
    at: datetime
    status: int
    verify: int = 1


@frozen
class PlannedDay:
    """A day of one person: its course, the true arrival and departure, the taps."""

    pin: str
    day: date
    course: Course
    hours: Hours
    arrived: datetime | None
    left: datetime | None
    taps: tuple[PlannedTap, ...]


@frozen
class Odds:
    """Chances of one day, before a person's habit multiplies them."""

    absent: float = 0.015
    late: float = 0.10
    early: float = 0.05
    no_in: float = 0.01
    no_out: float = 0.02
    double_tap: float = 0.05
    wrong_key: float = 0.02
    careless_people: float = 0.12
    """Share of people whose days go wrong four times as often; the others' half as often."""


_LATE_MINUTES = ((0.68, 1, 30), (0.18, 31, 60), (0.08, 61, 90), (0.06, 91, 170))
_VERIFY = ((0.7, 1), (0.25, 15), (0.05, 4))


def office_hours(_pin: str, day: date) -> Hours | None:
    """Monday to Thursday 07:30 to 16:00, Friday to 16:30 (PermenPANRB 6/2018)."""
    if day.weekday() > 4:
        return None
    end = time(16, 30) if day.weekday() == 4 else time(16)
    return datetime.combine(day, time(7, 30)), datetime.combine(day, end)


def night_hours(_pin: str, day: date) -> Hours | None:
    """A hospital's malam shift, 21:00 to 07:00, two nights on and two off."""
    if day.toordinal() % 4 > 1:
        return None
    start = datetime.combine(day, time(21))
    return start, start + timedelta(hours=10)


def plan_days(
    pins: Iterable[str],
    days: Sequence[date],
    *,
    schedule: Schedule = office_hours,
    seed: int = 1,
    odds: Odds | None = None,
) -> list[PlannedDay]:
    """The days of all people, by date, then in the order of `pins`; days off are left out."""
    chances = odds or Odds()
    people = [(pin, _habit(pin, seed, chances)) for pin in pins]
    planned = (
        _plan_day(pin, day, hours, habit, chances, dice(seed, "day", pin, day))
        for day in days
        for pin, habit in people
        if (hours := schedule(pin, day)) is not None
    )
    return list(planned)


def taps_of(days: Iterable[PlannedDay]) -> list[PlannedTap]:
    """All taps in the order in which they happen."""
    taps = [tap for day in days for tap in day.taps]
    return sorted(taps, key=lambda tap: (tap.at, tap.pin, tap.status))


def dates(first: date, count: int) -> list[date]:
    """So many dates from `first` on, days off included."""
    return [first + timedelta(days=step) for step in range(count)]


def _habit(pin: str, seed: int, odds: Odds) -> float:
    return 4.0 if dice(seed, "habit", pin).random() < odds.careless_people else 0.5


def _plan_day(
    pin: str, day: date, hours: Hours, habit: float, odds: Odds, chance: Random
) -> PlannedDay:
    course = _course(habit, odds, chance)
    if course == "absent":
        return PlannedDay(pin, day, course, hours, None, None, ())
    start, end = hours
    if course == "late":
        arrived = start + timedelta(minutes=_minutes(chance), seconds=chance.randrange(60))
    else:
        arrived = start - timedelta(seconds=chance.randint(30, 25 * 60))
    if course == "early":
        left = end - timedelta(minutes=_minutes(chance), seconds=chance.randrange(60))
    else:
        left = end + timedelta(seconds=chance.randint(20, 45 * 60))
    verify = _pick(_VERIFY, chance.random())
    taps: list[PlannedTap] = []
    for at, key, side in ((arrived, IN_KEY, "no_in"), (left, OUT_KEY, "no_out")):
        if course == side:
            continue
        pressed = 1 - key if chance.random() < odds.wrong_key * habit else key
        taps.append(PlannedTap(pin, at, pressed, verify))
        if chance.random() < odds.double_tap:
            again = at + timedelta(seconds=chance.randint(0, 50))
            taps.append(PlannedTap(pin, again, pressed, verify))
    return PlannedDay(pin, day, course, hours, arrived, left, tuple(taps))


def _course(habit: float, odds: Odds, chance: Random) -> Course:
    drawn = chance.random()
    table: tuple[tuple[Course, float], ...] = (
        ("absent", odds.absent),
        ("late", odds.late),
        ("early", odds.early),
        ("no_in", odds.no_in),
        ("no_out", odds.no_out),
    )
    for course, odd in table:
        drawn -= odd * habit
        if drawn < 0:
            return course
    return "punctual"


def _minutes(chance: Random) -> int:
    drawn = chance.random()
    for share, low, high in _LATE_MINUTES:
        drawn -= share
        if drawn < 0:
            return chance.randint(low, high)
    return 1


def _pick(table: tuple[tuple[float, int], ...], drawn: float) -> int:
    for share, value in table:
        drawn -= share
        if drawn < 0:
            return value
    return table[0][1]
