"""What the samples mean: their punches, the schedule, the shifts and the usual deduction table.

The parser here is a small one of its own, so that the rules are tested without the import.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

from attrs import evolve

from leuit_attendance.data import seed_schedules, seed_shifts, seed_tables
from leuit_attendance.rules import (
    Basis,
    DatedSchedule,
    DayPattern,
    DayVerdict,
    DeductionTable,
    Duty,
    Punch,
    Rest,
    SecondsRule,
    ShiftAssignment,
    WeekSchedule,
    judge_days,
    resolve_duty,
)

SAMPLES = Path(__file__).parents[1] / "samples"
FIRST, LAST = date(2026, 10, 5), date(2026, 10, 16)
SCHEDULES = seed_schedules()
OFFICE_WEEK = SCHEDULES["schedule_permenpanrb_6_2018"]
OFFICE = DatedSchedule(OFFICE_WEEK, "region", date(2026, 1, 1))
USUAL = seed_tables()["tpp_umum"]
SHIFTS = seed_shifts()
BASIS = Basis("Perbup 1/2026", "Pasal 3")
NIGHTS = dict.fromkeys((5, 6, 12, 13, 16), "malam")
ROSTER_102 = NIGHTS | {8: "pagi", 15: "pagi", 9: "siang", 7: "off", 14: "off"}


def read_sample(name: str) -> dict[str, list[Punch]]:
    """Punches by PIN; lines without a TAB are header, trailer or junk."""
    punches: dict[str, list[Punch]] = {}
    for line in (SAMPLES / name).read_bytes().decode("ascii").splitlines():
        if "\t" in line:
            pin, at, device, status, verify, _workcode = line.split("\t")
            moment = datetime.strptime(at, "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - devices tell no zone
            punch = Punch(moment, int(status), len(punches), device, int(verify))
            punches.setdefault(pin.strip(), []).append(punch)
    return punches


def sample_days() -> list[date]:
    """The twelve dates of the sample's two weeks, the weekend included."""
    return [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def duties_of(pin: str) -> Mapping[date, Duty | Rest]:
    """PIN 102 works the shifts of section 8, everybody else the office week."""
    if pin != "102":
        return {day: resolve_duty(day, [OFFICE]) for day in sample_days()}
    shifts = {
        date(2026, 10, day): ShiftAssignment(date(2026, 10, day), SHIFTS[code])
        for day, code in ROSTER_102.items()
    }
    return {day: resolve_duty(day, [], shifts.get(day)) for day in sample_days()}


def judge_sample(
    pin: str, table: DeductionTable = USUAL, name: str = "1_attlog.dat"
) -> dict[int, DayVerdict]:
    """The verdicts of one PIN of a sample by day of October."""
    verdicts = judge_days(sample_days(), duties_of(pin), read_sample(name)[pin], table)
    return {verdict.day.day: verdict for verdict in verdicts}


def with_seconds(rule: SecondsRule) -> DeductionTable:
    """The usual table under another seconds rule."""
    return evolve(USUAL, classes=evolve(USUAL.classes, seconds=rule))


def at(day: int, clock: str) -> datetime:
    """A moment of October 2026."""
    return datetime.combine(date(2026, 10, day), time.fromisoformat(clock))


def tap(day: int, clock: str, status: int = 255) -> Punch:
    """A tap of October 2026."""
    return Punch(at(day, clock), status)


def duty_on(day: int, pattern: DayPattern | None = None, on_holidays: bool = False) -> Duty:
    """An office duty of October 2026, or one of the given pattern."""
    if pattern is None:
        pattern = DayPattern(time(7, 30), time(16), 60)
    mon = tue = wed = thu = fri = sat = sun = pattern
    week = WeekSchedule("Uji", BASIS, mon, tue, wed, thu, fri, sat, sun)
    schedule = DatedSchedule(week, "region", date(2026, 1, 1), on_holidays=on_holidays)
    duty = resolve_duty(date(2026, 10, day), [schedule])
    assert isinstance(duty, Duty)
    return duty
