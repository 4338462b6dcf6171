"""Whatever comes in whatever order, the stored days are those of computing once at the end."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random
from typing import Any

import attrs
import pytest

from leuit.builtin.calendar import set_holiday
from leuit.builtin.organisation import assign
from leuit.identity import DEFINITIF, SYSTEM, Unit
from leuit.work import Work
from leuit_attendance.rules import DeductionTable, MatchingRule, WeekSchedule
from leuit_attendance.service.absences import NewAbsence, enter_absence
from leuit_attendance.service.figures import DEDUCTIONS, SCHEDULES, SHIFTS, ScheduleBook, ShiftBook
from leuit_attendance.service.recap import recap
from leuit_attendance.service.schedules import NewUse, give_schedule
from leuit_attendance.service.shifts import Wanted, store_shifts

from .office import SHIFT_BOOK, TABLE, WEEK, Office, cheaper, put_in_force

Change = Callable[[Work], object]


def october(day: int) -> dt.date:
    """A date of October 2026."""
    return dt.date(2026, 10, day)


def changes(office: Office) -> Iterator[Change]:
    """One change of each sort, and several of those that meet each other."""
    first, second, third = office.people
    for day, title in ((8, "Libur"), (20, "Cuti bersama")):
        kind = "libur" if title == "Libur" else "cuti_bersama"
        yield lambda work, day=day, kind=kind: set_holiday(  # type: ignore[misc]  # defaults bind
            work, october(day), kind=kind, title="Uji", legal_basis="SKB"
        )
    yield lambda work: put_in_force(work, DEDUCTIONS, cheaper("0.9"), october(12))
    yield lambda work: put_in_force(
        work,
        DEDUCTIONS,
        attrs.evolve(TABLE, matching=MatchingRule(before_minutes=600, after_minutes=600)),
        october(19),
    )
    later = week_with(tolerance_minutes=10)
    yield lambda work: put_in_force(
        work, SCHEDULES, ScheduleBook({"kantor": later, "ramadan": WEEK}), october(15)
    )
    yield lambda work: put_in_force(work, SHIFTS, later_night(), october(6))
    yield lambda work: give_schedule(
        work, NewUse("unit", office.unit, "ramadan", october(13), october(16), override=True)
    )
    yield lambda work: give_schedule(work, NewUse("person", second, "ramadan", october(26)))
    yield lambda work: enter_absence(
        work, NewAbsence(first, "cuti", october(6), october(9), "Cuti 1")
    )
    yield lambda work: enter_absence(
        work, NewAbsence(third, "dinas_luar", october(15), october(15), "SPT 2")
    )
    yield lambda work: assign(work, third, office.other_post, DEFINITIF, october(14))
    for days, code in (((5, 6, 12), "malam"), ((7, 13), "siang"), ((8, 14), "off")):
        yield lambda work, days=days, code=code: store_shifts(  # type: ignore[misc]  # defaults bind
            work, [Wanted(second, october(day), code, False) for day in days], code
        )


def later_night() -> ShiftBook:
    """The usual shifts, the night half an hour later."""
    night = SHIFT_BOOK.by_code["malam"]
    assert night.pattern is not None
    pattern = attrs.evolve(night.pattern, start=dt.time(21, 30), end=dt.time(7, 30))
    others = (shift for shift in SHIFT_BOOK.shifts if shift.code != "malam")
    return ShiftBook((*others, attrs.evolve(night, pattern=pattern)))


def taps(dice: Random) -> list[tuple[int, str]]:
    """A month of three people: mornings, evenings and nights, some missing, in one heap."""
    found = []
    for person in range(3):
        for day in range(1, 31):
            for hour in (7, 16, 21):
                if dice.random() < 0.6:
                    minute, second = dice.randrange(60), dice.randrange(60)
                    found.append((person, f"2026-10-{day:02} {hour:02}:{minute:02}:{second:02}"))
    dice.shuffle(found)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_order_does_not_matter(office: Office, seed: int) -> None:
    """Taps in random files between random changes give what one computation at the end gives."""
    dice = Random(seed)
    heap = taps(dice)
    steps: list[Change | list[tuple[int, str]]] = list(changes(office))
    steps += [heap[start : start + 20] for start in range(0, len(heap), 20)]
    dice.shuffle(steps)
    for step in steps:
        if isinstance(step, list):
            office.tap(*step, settle=False)
        else:
            with office.app.change(SYSTEM) as work:
                step(work)
        if dice.random() < 0.4:
            office.work_off()
    office.work_off()
    found = office.stored()
    assert found == office.computed_again()
    assert {row[1] for row in found.values()} >= {
        *("hadir", "tanpa_keterangan", "bebas", "libur", "cuti_bersama", "cuti", "dinas_luar")
    }


def week_with(**figures: Any) -> WeekSchedule:
    """The usual week with some figures of its Mondays and Tuesdays changed."""
    assert WEEK.monday is not None
    assert WEEK.tuesday is not None
    return attrs.evolve(
        WEEK,
        monday=attrs.evolve(WEEK.monday, **figures),
        tuesday=attrs.evolve(WEEK.tuesday, **figures),
    )


TAPS = (
    *((0, f"2026-10-05 {at}") for at in ("08:15:30", "14:00:00")),
    *((0, f"2026-10-06 {at}") for at in ("07:40:30", "16:00:10")),
    (0, "2026-10-07 07:20:00"),
    (0, "2026-10-08 16:20:00"),
    *((0, f"2026-10-12 {at}") for at in ("03:00:00", "16:10:00")),
    *((0, f"2026-10-13 {at}") for at in ("07:20:00", "22:30:00")),
    *((0, f"2026-10-14 {at}") for at in ("07:31:00", "07:32:30")),
)
"""Taps at which each figure of the usual table decides something."""


def variants() -> Iterator[tuple[str, DeductionTable]]:
    """The usual table with one figure changed at a time."""
    for place, entry in enumerate(TABLE.percents):
        other = attrs.evolve(entry, percent=entry.percent + 1)
        percents = (*TABLE.percents[:place], other, *TABLE.percents[place + 1 :])
        if entry.name in ("TL1", "TL2", "TL4", "PSW4", "TK"):
            yield f"percent {entry.name}", attrs.evolve(TABLE, percents=percents)
    classes = TABLE.classes
    for name, kept in (
        ("missing_in", attrs.evolve(classes, missing_in="TL1")),
        ("missing_out", attrs.evolve(classes, missing_out="PSW1")),
        ("seconds", attrs.evolve(classes, seconds="up")),
        ("late", attrs.evolve(classes, late=(attrs.evolve(classes.late[0], to_minutes=5),))),
        ("early", attrs.evolve(classes, early=(attrs.evolve(classes.early[0], to_minutes=5),))),
    ):
        percents = tuple(entry for entry in TABLE.percents if entry.name in kept.names)
        yield name, attrs.evolve(TABLE, classes=kept, percents=percents)
    for name, minutes in (
        ("before_minutes", 300),
        ("after_minutes", 400),
        ("collapse_seconds", 120),
    ):
        rule = attrs.evolve(TABLE.matching, **{name: minutes})
        yield name, attrs.evolve(TABLE, matching=rule)


VARIANTS = dict(variants())


@pytest.mark.parametrize("figure", VARIANTS)
def test_each_figure_moves_the_result(office: Office, figure: str) -> None:
    """An edition that changes one figure changes some stored day, and keeps its own id there."""
    office.tap(*TAPS)
    before = office.stored()
    with office.app.change(SYSTEM) as work:
        edition = put_in_force(work, DEDUCTIONS, VARIANTS[figure], dt.date(2026, 10, 1))
    office.work_off()
    after = office.stored()
    told = {key for key in after if after[key][:-1] != before[key][:-1]}
    assert told
    assert {person for person, _day in told} <= set(office.people)
    assert office.basis_of(0, 5).deductions_id == edition
    assert office.basis_of(0, dt.date(2026, 9, 30)).deductions_id != edition


HOURS: dict[str, dict[str, Any]] = {
    "start": {"start": dt.time(7, 0)},
    "end": {"end": dt.time(15, 0)},
    "tolerance": {"tolerance_minutes": 15},
    "make_up": {"tolerance_minutes": 15, "make_up_minutes": 30},
    "flexi_late": {"flexi_late_minutes": 60},
    "flexi_early": {"flexi_early_minutes": 90},
}


@pytest.mark.parametrize("figure", HOURS)
def test_each_figure_of_the_hours_moves_the_result(office: Office, figure: str) -> None:
    """A schedule's edition that changes one figure of the hours changes some stored day.

    Make-up is compared with the same tolerance without it.
    """
    office.tap(*TAPS, (0, "2026-10-19 06:00:00"), (0, "2026-10-19 15:00:00"))
    if figure == "make_up":
        hours = week_with(tolerance_minutes=15)
        with office.app.change(SYSTEM) as work:
            put_in_force(work, SCHEDULES, ScheduleBook({"kantor": hours}), october(1))
        office.work_off()
    before = office.stored()
    with office.app.change(SYSTEM) as work:
        book = ScheduleBook({"kantor": week_with(**HOURS[figure])})
        edition = put_in_force(work, SCHEDULES, book, october(2))
    office.work_off()
    after = office.stored()
    changed = {
        day for (person, day) in after if after[person, day][1:-1] != before[person, day][1:-1]
    }
    assert changed
    assert all(day.weekday() < 2 and day >= october(2) for day in changed)
    assert office.basis_of(0, 5).schedules_id == edition


@pytest.mark.parametrize("figure", ["start", "end"])
def test_each_figure_of_a_shift_moves_the_result(office: Office, figure: str) -> None:
    """A shifts' edition that moves the night's start or end changes that night, at month's end."""
    night = SHIFT_BOOK.by_code["malam"]
    assert night.pattern is not None
    with office.app.change(SYSTEM) as work:
        store_shifts(work, [Wanted(office.people[0], october(31), "malam", True)], "uji")
    office.tap((0, "2026-10-31 21:05:00"), (0, "2026-11-01 06:55:00"))
    row = office.day(0, 31)
    assert (row.check_in, row.check_out) == (
        dt.datetime(2026, 10, 31, 21, 5),
        dt.datetime(2026, 11, 1, 6, 55),
    )
    assert (row.late_minutes, row.early_minutes) == (5, 5)
    assert office.day(0, dt.date(2026, 11, 1)).check_in is None
    moved: dict[str, Any] = {figure: dt.time(21 if figure == "start" else 7, 2)}
    pattern = attrs.evolve(night.pattern, **moved)
    other = ShiftBook((attrs.evolve(night, pattern=pattern),))
    with office.app.change(SYSTEM) as work:
        put_in_force(work, SHIFTS, other, october(31))
    office.work_off()
    row = office.day(0, 31)
    assert (row.late_minutes, row.early_minutes) == ((3, 5) if figure == "start" else (5, 7))


@pytest.mark.parametrize(
    "figures", [{"free_late_days": 1}, {"cap_percent": Decimal("0.5")}], ids=["free", "cap"]
)
def test_figures_of_the_month_move_the_recap(office: Office, figures: dict[str, Any]) -> None:
    """Free late days and the month's cap change no day but the recap of the month."""
    office.tap(*TAPS)
    before, sums = office.stored(), month_of(office)
    with office.app.change(SYSTEM) as work:
        put_in_force(work, DEDUCTIONS, attrs.evolve(TABLE, **figures), october(1))
    office.work_off()
    after = office.stored()
    assert {key: row[:-1] for key, row in after.items()} == {
        key: row[:-1] for key, row in before.items()
    }
    assert month_of(office) < sums


def month_of(office: Office) -> int:
    """What October deducts of the first person, in 1/100 percent."""
    with office.app.read(SYSTEM) as view:
        found = recap(view, view.session.get_one(Unit, office.root), october(1))
    return next(each.sums.deduction for each in found.people if each.person_id == office.people[0])
