"""Worlds: the inputs of a few days of one person, likely ones and nasty ones, and their answers.

A world holds all that the rules read. Taps and moments of asking are mostly drawn beside the
borders that decide something: a duty's start and end, its window, the middle to a neighbour, the
ends of flexi, tolerance and classes. `answer` asks a set of rules (the engine or a mutant of it),
`expected` asks the oracle; both come out as plain values, so that answers of copies of the package
can be compared.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from types import ModuleType
from typing import Any

import attrs
from attrs import frozen
from hypothesis import strategies as st

from leuit_attendance.rules import (
    ABSENCE_PRIORITY,
    LEVELS,
    Absence,
    Basis,
    ClassPercent,
    ClassWindow,
    DatedSchedule,
    DayPattern,
    DayVerdict,
    DeductionTable,
    Duty,
    Holiday,
    LatenessClasses,
    MatchingRule,
    MonthSum,
    Punch,
    Rest,
    ShiftAssignment,
    ShiftPattern,
    WeekSchedule,
)
from leuit_attendance.rules.edition import Base
from tests.attendance.oracle import oracle

BASIS = Basis("Perbup 1/2026", "Pasal 3")
DAY = timedelta(days=1)


@frozen
class World:
    """A few days of one person. `editions` are tables with the first day each holds from."""

    days: tuple[date, ...]
    schedules: tuple[DatedSchedule, ...] = ()
    shifts: tuple[ShiftAssignment, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    absences: tuple[Absence, ...] = ()
    punches: tuple[Punch, ...] = ()
    editions: tuple[tuple[date, DeductionTable], ...] = ()
    as_of: datetime | None = None

    @property
    def roster_days(self) -> list[date]:
        """The days and one beyond both ends, so that every day has its neighbours."""
        return [self.days[0] - DAY, *self.days, self.days[-1] + DAY]

    def table_on(self, day: date) -> int:
        """Place of the edition that holds on a day: the last that has begun."""
        return max(n for n, (first, _table) in enumerate(self.editions) if first <= day)


def plain(value: object) -> Any:
    """Duties, verdicts and sums as comparable dicts; reasons and the wording of Rest left out.

    Flags have no order, and the label of a day without any schedule is wording, not a rule.
    """
    found = attrs.asdict(value)  # type: ignore[arg-type]  # every answer is an attrs value
    found["type"] = type(value).__name__
    found.pop("reasons", None)
    if "flags" in found:
        found["flags"] = sorted(found["flags"])
    if found["type"] == "Rest" and not found["article"]:
        found.pop("label")
    return found


def expected(world: World) -> dict[str, Any]:
    """What the oracle says about a world."""
    shifts = {shift.day: shift for shift in world.shifts}
    duties = {
        day: oracle.duty_on(day, world.schedules, shifts.get(day)) for day in world.roster_days
    }
    verdicts: list[DayVerdict] = []
    for place, (_first, table) in enumerate(world.editions):
        verdicts += oracle.verdicts_of(
            [day for day in world.days if world.table_on(day) == place],
            duties,
            world.punches,
            table,
            holidays={holiday.day: holiday for holiday in world.holidays},
            absences=world.absences,
            as_of=world.as_of,
        )
    return _answer(duties, verdicts, oracle.month_of(verdicts, world.editions[-1][1]))


def answer(rules: ModuleType, world: World, explain: bool = False) -> dict[str, Any]:
    """What a set of rules says about a world; it is given values of its own classes."""
    shifts = {shift.day: translated(rules, shift) for shift in world.shifts}
    schedules = [translated(rules, schedule) for schedule in world.schedules]
    duties = {day: rules.resolve_duty(day, schedules, shifts.get(day)) for day in world.roster_days}
    punches = [translated(rules, punch) for punch in world.punches]
    absences = [translated(rules, absence) for absence in world.absences]
    holidays = {holiday.day: translated(rules, holiday) for holiday in world.holidays}
    tables = [translated(rules, table) for _first, table in world.editions]
    verdicts: list[Any] = []
    for place, table in enumerate(tables):
        verdicts += rules.judge_days(
            [day for day in world.days if world.table_on(day) == place],
            duties,
            punches,
            table,
            holidays=holidays,
            absences=absences,
            as_of=world.as_of,
            explain=explain,
        )
    month = rules.sum_month(list(reversed(verdicts)), tables[-1])
    return _answer(duties, verdicts, month)


def translated(rules: ModuleType, value: Any) -> Any:
    """The value in the classes of that copy of the rules."""
    if isinstance(value, tuple):
        return tuple(translated(rules, part) for part in value)
    if not attrs.has(type(value)):
        return value
    given = {
        field.name: translated(rules, getattr(value, field.name))
        for field in attrs.fields(type(value))
        if field.init
    }
    return getattr(rules, type(value).__name__)(**given)


def _answer(
    duties: dict[date, Duty | Rest], verdicts: list[DayVerdict], month: MonthSum
) -> dict[str, Any]:
    found = {f"duty {day}": plain(duty) for day, duty in duties.items()}
    found |= {f"verdict {verdict.day}": plain(verdict) for verdict in verdicts}
    return found | {"month": plain(month)}


def difference(one: dict[str, Any], other: dict[str, Any]) -> str:
    """The first figure in which two answers differ, empty when they agree."""
    for key, value in one.items():
        if value != other.get(key):
            return f"{key}:\n  {value}\n  {other.get(key)}"
    return "" if one.keys() == other.keys() else f"{one.keys() ^ other.keys()}"


# --------------------------------------------------------------------------------------- strategies

PATTERNS = (
    DayPattern(time(7, 30), time(16), 60),
    DayPattern(time(7, 30), time(16, 30), 90),
    DayPattern(time(8), time(15), 30),  # Ramadan
    DayPattern(time(7, 30), time(17), 45, flexi_early_minutes=90, flexi_late_minutes=90),
    DayPattern(time(7, 30), time(16), 60, tolerance_minutes=30, make_up_minutes=30),
    DayPattern(time(7, 30), time(16), 60, tolerance_minutes=15),
    DayPattern(
        time(8),
        time(16, 1),
        tolerance_minutes=30,
        make_up_minutes=20,
        flexi_early_minutes=10,
        flexi_late_minutes=10,
    ),
    DayPattern(time(21), time(7)),
    DayPattern(time(7), time(14)),
    DayPattern(time(14), time(21)),
    DayPattern(time(7), time(7)),
    DayPattern(time(22, 15), time(6, 4), flexi_late_minutes=5, tolerance_minutes=20),
)
SHIFTS = (
    ShiftPattern("malam", "Malam", BASIS, PATTERNS[7]),
    ShiftPattern("pagi", "Pagi", BASIS, PATTERNS[8]),
    ShiftPattern("siang", "Siang", BASIS, PATTERNS[9]),
    ShiftPattern("piket", "Piket 24 jam", BASIS, PATTERNS[10]),
    ShiftPattern("off", "Lepas jaga", BASIS),
)
USUAL_LATE = (
    ClassWindow("TL1", 1, 31),
    ClassWindow("TL2", 31, 61),
    ClassWindow("TL3", 61, 91),
    ClassWindow("TL4", 91),
)
USUAL_EARLY = tuple(
    ClassWindow(w.name.replace("TL", "PSW"), w.from_minutes, w.to_minutes) for w in USUAL_LATE
)
GAPS = (ClassWindow("TL1", 5, 20), ClassWindow("TL2", 25, 60), ClassWindow("TL4", 91, 240))
OFFSETS = (-3600, -1860, -61, -60, -59, -30, -1, 0, 0, 1, 30, 59, 60, 61, 299, 300, 301, 1859, 5400)
BASES: tuple[Base, ...] = ("tpp", "discipline_part")
STATUS_KEYS = (0, 1, 2, 3, 4, 5, 255)

patterns = st.sampled_from(PATTERNS + PATTERNS[3:7]) | st.builds(
    DayPattern,
    start=st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 59])),
    end=st.builds(time, st.integers(0, 23), st.sampled_from([0, 7, 30])),
    tolerance_minutes=st.sampled_from([0, 30]),
    flexi_late_minutes=st.sampled_from([0, 15]),
)


@st.composite
def weeks(draw: st.DrawFn, title: str) -> WeekSchedule:
    """Five like days and two others, or a pattern (or none) for each day."""
    usual = draw(patterns)
    other, saturday, sunday = (draw(st.none() | patterns) for _n in range(3))
    return WeekSchedule(title, BASIS, usual, usual, other, usual, usual, saturday, sunday)


@st.composite
def schedules(draw: st.DrawFn, first: date) -> tuple[DatedSchedule, ...]:
    """Up to four at once: ordinary and Ramadan, on every level, some begun or ended meanwhile."""
    titles = draw(st.permutations("ABCD"))[: draw(st.sampled_from([1, 1, 2, 3, 4]))]
    found = []
    for title in titles:
        level = draw(st.sampled_from(LEVELS))
        begun = draw(st.sampled_from([first - 300 * DAY, first, first, first + 2 * DAY]))
        held = draw(st.none() | st.integers(1, 3))
        found.append(
            DatedSchedule(
                draw(weeks(title)),
                level,
                begun,
                None if held is None else max(begun, first) + held * DAY,
                override=draw(st.sampled_from([False, False, True])),
                distance=draw(st.integers(0, 2)) if level == "unit" else 0,
                on_holidays=draw(st.booleans()),
            )
        )
    return tuple(found)


@st.composite
def tables(draw: st.DrawFn) -> DeductionTable:
    """Editions: usual and gappy classes, both seconds rules, narrow and wide windows, caps."""
    missing = draw(st.booleans())
    classes = LatenessClasses(
        draw(st.sampled_from([USUAL_LATE, USUAL_LATE, GAPS])),
        USUAL_EARLY,
        "TL4" if missing else None,
        "PSW4" if missing else None,
        seconds=draw(st.sampled_from(["cut", "up"])),
    )
    listed = draw(st.sampled_from([classes.names, classes.names[1:], classes.names[:-1]]))
    base: Base = draw(st.sampled_from(BASES))
    return DeductionTable(
        "Uji",
        BASIS,
        classes,
        tuple(ClassPercent(name, Decimal(25 * n + 50) / 100) for n, name in enumerate(listed)),
        base,
        Decimal(40) if base == "discipline_part" else Decimal(100),
        draw(st.sampled_from([None, None, Decimal(0), Decimal("1.5"), Decimal(4)])),
        draw(st.integers(0, 3)),
        MatchingRule(
            draw(st.sampled_from([0, 60, 240, 240, 900])),
            draw(st.sampled_from([0, 45, 360, 360, 900])),
            draw(st.sampled_from([0, 60, 60, 300])),
        ),
    )


def borders(duties: list[Duty], rule: MatchingRule) -> list[datetime]:
    """The moments at which something is decided."""
    found = []
    for duty in duties:
        minutes = {0, 1, 31, 91, duty.flexi_late_minutes, duty.tolerance_minutes}
        found += [duty.start + timedelta(minutes=n) for n in minutes]
        found += [duty.end - timedelta(minutes=n) for n in (0, 1, 31, duty.flexi_early_minutes)]
        found += [duty.end + timedelta(minutes=duty.make_up_minutes)]
        found += [duty.start - rule.before, duty.end + rule.after]
        found += [duty.start - timedelta(minutes=duty.flexi_early_minutes)]
        found += [duty.start + (duty.end - duty.start) / 2]
    found += [a.end + (b.start - a.end) / 2 for a, b in pairwise(duties)]
    return [moment.replace(microsecond=0) for moment in found]


def _graces(duty: Duty) -> list[int]:
    """Minutes after the start, or before it, at which forgiving begins or ends; none twice."""
    minutes = {duty.flexi_late_minutes, duty.tolerance_minutes, -duty.flexi_early_minutes}
    return sorted(minutes - {0})


@st.composite
def taps(draw: st.DrawFn, duties: list[Duty], rule: MatchingRule) -> tuple[Punch, ...]:
    """Honest pairs, single taps, taps on borders to the second, repeats and wrong keys."""
    offsets, keys = st.sampled_from(OFFSETS), st.sampled_from(STATUS_KEYS)
    found: list[Punch] = []
    for duty in duties:
        shape = draw(st.sampled_from(["pair", "pair", "in", "out", "border", "none"]))
        if shape in ("pair", "in"):
            grace = draw(st.sampled_from([0, 0, *_graces(duty)]))
            late = timedelta(minutes=grace, seconds=draw(offsets))
            found.append(Punch(duty.start + late, draw(st.sampled_from([0, 0, 1, 255]))))
        if shape in ("pair", "out"):
            late = timedelta(seconds=draw(offsets))
            found.append(Punch(duty.end + late, draw(st.sampled_from([1, 1, 0, 255]))))
        if shape == "border":
            moment = draw(st.sampled_from(borders([duty], rule)))
            found.append(Punch(moment + timedelta(seconds=draw(offsets)), draw(keys)))
    if duties:
        everywhere = borders(duties, rule)
        for _n in range(draw(st.integers(0, 4))):
            moment = draw(st.sampled_from(everywhere)) + timedelta(seconds=draw(offsets))
            found.append(Punch(moment, draw(keys)))
    for _n in range(draw(st.integers(0, 2)) if found else 0):
        again = draw(st.sampled_from(found))
        later = draw(st.sampled_from([0, 0, 1, 59, 60, 61]))
        found.append(Punch(again.at + timedelta(seconds=later), draw(keys)))
    return tuple(draw(st.permutations(found)))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Two to five days of one person, over a weekend or not, under one or two editions."""
    first = draw(st.sampled_from([date(2026, 10, 5), date(2026, 10, 8), date(2026, 12, 30)]))
    days = tuple(first + n * DAY for n in range(draw(st.integers(2, 5))))
    given = draw(schedules(first))
    rostered = draw(st.sampled_from([0, 0, 0, 5, 9]))  # of ten days, by shift
    shifts = tuple(
        ShiftAssignment(day, draw(st.sampled_from(SHIFTS)), draw(st.booleans()))
        for day in [first - DAY, *days, days[-1] + DAY]
        if draw(st.integers(0, 9)) < rostered
    )
    editions = [(first - 300 * DAY, draw(tables()))]
    if draw(st.integers(0, 3)) == 0:
        editions.append((first + DAY, draw(tables())))
    by_day = {shift.day: shift for shift in shifts}
    duties = [oracle.duty_on(day, given, by_day.get(day)) for day in days]
    worked = [duty for duty in duties if isinstance(duty, Duty)]
    rule = editions[0][1].matching
    punches = draw(taps(worked, rule))
    as_of = None
    running = draw(st.booleans())
    if running and worked:
        moments = borders(worked, rule) + [punch.at for punch in punches]
        moment = draw(st.sampled_from(moments))
        as_of = moment + timedelta(seconds=draw(st.sampled_from([-1, 0, 0, 1, 7200])))
    kinds = st.sampled_from(ABSENCE_PRIORITY)
    absences = []
    for _n in range(draw(st.sampled_from([0, 0, 0, 1, 2, 3]))):
        start = draw(st.sampled_from(days))
        absences.append(Absence(draw(kinds), start, start + draw(st.integers(0, 1)) * DAY))
    holidays = tuple(
        Holiday(day, draw(st.sampled_from(["libur", "cuti_bersama"])), "Hari Uji")
        for day in days
        if draw(st.integers(0, 7)) == 0
    )
    return World(days, given, shifts, holidays, tuple(absences), punches, tuple(editions), as_of)
