"""Worlds written by hand, one for each border that drawn worlds seldom meet to the second."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from attrs import evolve

from leuit_attendance.rules import (
    Absence,
    DatedSchedule,
    DayPattern,
    DeductionTable,
    Holiday,
    HolidayKind,
    Level,
    Punch,
    ShiftAssignment,
    WeekSchedule,
)
from tests.attendance.oracle.worlds import BASIS, PATTERNS, SHIFTS, World
from tests.attendance.rules.office import USUAL, at, tap, with_seconds

MONDAY = date(2026, 10, 5)
YEAR = date(2026, 1, 1)
OFFICE, FLEXI, TOLERANT, NIGHT = PATTERNS[0], PATTERNS[3], PATTERNS[4], PATTERNS[7]
LIBUR: HolidayKind = "libur"
CUTI_BERSAMA: HolidayKind = "cuti_bersama"
SECOND = timedelta(seconds=1)


def border_worlds() -> list[World]:
    """All of them: which hours hold, taps, documents, days still running, holidays and sums."""
    return [
        *_schedule_worlds(),
        *_tap_worlds(),
        *_absence_worlds(),
        *_running_worlds(),
        *_month_worlds(),
    ]


def _given(
    pattern: DayPattern, level: Level = "region", title: str = "Uji", distance: int = 0
) -> DatedSchedule:
    """The same pattern on every weekday."""
    monday = tuesday = wednesday = thursday = friday = pattern
    week = WeekSchedule(title, BASIS, monday, tuesday, wednesday, thursday, friday)
    return DatedSchedule(week, level, YEAR, distance=distance)


def _week(
    pattern: DayPattern, *punches: Punch, table: DeductionTable = USUAL, days: int = 2
) -> World:
    return World(
        tuple(MONDAY + timedelta(days=n) for n in range(days)),
        schedules=(_given(pattern),),
        punches=punches,
        editions=((YEAR, table),),
    )


def _schedule_worlds() -> list[World]:
    """The nearer unit, the more specific level, and the first title of two that are alike."""
    base = _week(OFFICE, tap(5, "08:15"), tap(5, "16:00"))
    region, unit = _given(NIGHT, "region", "A"), _given(OFFICE, "unit", "C", 1)
    parent = _given(FLEXI, "unit", "B", 2)
    person = _given(TOLERANT, "person", "D")
    override = evolve(_given(PATTERNS[2], "region", "E"), override=True)
    ended = evolve(person, valid_to=date(2026, 10, 6))
    begun = evolve(_given(PATTERNS[8], "region", "Z"), valid_from=date(2026, 10, 6))
    return [
        evolve(base, schedules=schedules)
        for schedules in (
            (region, parent, unit),
            (unit, parent, region),
            (region, unit, person),
            (person, override),
            (ended, region),
            (region, begun),
            (begun, region),
            (_given(NIGHT, title="B"), _given(OFFICE, title="A")),
        )
    ]


def _tap_worlds() -> list[World]:
    """Taps on the borders of windows, between neighbours, alone, repeated, all before or after."""
    middle = at(5, "11:45")  # of 07:30 to 16:00
    several = (
        [tap(5, "06:00"), tap(5, "07:30")],
        [tap(5, "06:00"), tap(5, "07:30:01")],
        [tap(5, "16:00"), tap(5, "17:00")],
        [tap(5, "15:59:59"), tap(5, "17:00")],
        [tap(5, "16:00:10"), tap(5, "16:01:10", 0)],
        [tap(5, "16:00:10"), tap(5, "16:01:11", 0)],
        [tap(5, "03:30"), tap(5, "21:59:59")],
        [tap(5, "03:29:59"), tap(5, "22:00")],
        [tap(5, "07:20", 255), tap(5, "07:20", 1), tap(5, "16:00", 1), tap(5, "16:00", 0)],
        [tap(5, "07:20", 2), tap(5, "16:10", 4)],
        [tap(5, "07:20"), tap(5, "16:10", 4)],
        [tap(5, "07:20", 1), tap(5, "07:20", 0), tap(5, "16:00", 0), tap(5, "16:00", 1)],
        [tap(5, "07:20"), tap(5, "07:21")],
        [tap(5, "07:50"), tap(5, "07:51")],
        [tap(5, "07:50"), tap(5, "07:51:01")],
    )
    worlds = [_week(OFFICE, *taps) for taps in several]
    worlds += [
        _week(OFFICE, Punch(middle + moved * SECOND, key))
        for key in (0, 1, 2, 5, 255)
        for moved in (-1, 0, 1)
    ]
    # night of the 5th until 07:00, siang of the 6th from 14:00: the middle is 10:30
    shifts = (
        ShiftAssignment(MONDAY, SHIFTS[0]),
        ShiftAssignment(date(2026, 10, 6), SHIFTS[2], on_holidays=False),
    )
    for clock in ("09:30", "10:00", "10:29:59", "10:30", "10:30:01", "11:00"):
        taps = (tap(5, "21:00"), tap(6, clock), tap(6, "21:00"))
        worlds.append(evolve(_week(OFFICE, *taps), schedules=(), shifts=shifts))
    for seconds in ("cut", "up"):
        table = with_seconds("cut" if seconds == "cut" else "up")
        for pattern in (OFFICE, FLEXI, TOLERANT):
            for clock in (
                "05:50",
                "05:59:30",
                "06:00",
                "07:00:30",
                "08:00",
                "08:00:30",
                "09:00",
                "09:00:30",
            ):
                worlds.append(_week(pattern, tap(5, clock), tap(5, "16:10"), table=table))
    return worlds


def _absence_worlds() -> list[World]:
    """Each pair of documents over one day, the last day, taps while away on one side only."""
    first, second = MONDAY, date(2026, 10, 6)
    documents = (
        Absence("izin", first, second),
        Absence("dinas_luar", first, first),
        Absence("tugas_belajar", first, first),
        Absence("cuti", second, second),
    )
    return [
        evolve(_week(OFFICE, tap(5, "07:20")), absences=(one, other))
        for one in documents
        for other in documents
    ]


def _running_worlds() -> list[World]:
    """Moments of asking before, on and after every border of a day, under three kinds of hours."""
    moments = [
        datetime.combine(MONDAY, time.fromisoformat(clock))
        for clock in ("03:30", "07:30", "11:45", "15:30", "16:00", "16:30", "17:00", "22:00")
    ]
    days: tuple[list[Punch], ...] = (
        [],
        [tap(5, "07:50")],
        [tap(5, "15:20", 0)],
        [tap(5, "07:50"), tap(5, "15:20", 0)],
        [tap(5, "06:50"), tap(5, "15:00")],
        [tap(5, "09:10"), tap(5, "15:59")],
    )
    return [
        evolve(_week(pattern, *taps, days=1), as_of=moment + moved * SECOND)
        for pattern in (OFFICE, FLEXI, TOLERANT)
        for taps in days
        for moment in moments
        for moved in (-1, 0, 1)
    ]


def _month_worlds() -> list[World]:
    """Late days of different weight under free days, caps and both bases; a holiday among them."""
    taps = (
        tap(5, "09:30"),
        tap(5, "15:00"),
        tap(6, "07:40"),
        tap(6, "16:00"),
        tap(7, "08:10"),
        tap(7, "15:50"),
        tap(8, "15:00"),
    )
    discipline = evolve(USUAL, base="discipline_part", part_percent=Decimal(40))
    shifts = tuple(
        ShiftAssignment(date(2026, 10, day), SHIFTS[1], on_holidays=day == 6) for day in (5, 6)
    )
    worlds = []
    for table in (USUAL, discipline):
        for free in (0, 1, 2, 5):
            for cap in (None, Decimal(0), Decimal(2), Decimal(4)):
                edition = evolve(table, free_late_days=free, cap_percent=cap)
                world = _week(OFFICE, *taps, table=edition, days=4)
                worlds.append(world)
    holidays = tuple(
        Holiday(date(2026, 10, day), kind, "Hari Uji", "SKB")
        for day, kind in ((5, LIBUR), (6, LIBUR), (7, CUTI_BERSAMA))
    )
    base = _week(OFFICE, *taps, days=4)
    return [
        *worlds,
        evolve(base, holidays=holidays),
        evolve(base, holidays=holidays, shifts=shifts),
    ]
