"""A change judges again what it touches, and nothing else."""

import datetime as dt
from collections.abc import Callable

import attrs
import pytest

from leuit.builtin.calendar import set_holiday
from leuit.builtin.organisation import apply_import, assign, move_unit, receive, set_pin
from leuit.identity import DEFINITIF, SYSTEM
from leuit.values import ManualClock
from leuit_attendance.service import compute
from leuit_attendance.service.absences import NewAbsence, cancel_absence, enter_absence
from leuit_attendance.service.day_rows import Written
from leuit_attendance.service.figures import DEDUCTIONS, SHIFTS, ShiftBook
from leuit_attendance.service.judging import Target
from leuit_attendance.service.schedules import NewUse, give_schedule
from leuit_attendance.service.shifts import Wanted, store_shifts

from .office import SHIFT_BOOK, START, Office, cheaper, put_in_force

JudgedDays = list[tuple[int, dt.date]]


@pytest.fixture
def judged(office: Office, monkeypatch: pytest.MonkeyPatch) -> JudgedDays:
    """Every (person, day) that is judged from now on, in order."""
    seen: JudgedDays = []
    whole: Callable[..., Written] = compute.recompute

    def noted(work: object, targets: list[Target]) -> Written:
        for target in targets:
            number = office.people.index(target.person_id)
            length = (target.last - target.first).days + 1
            seen.extend((number, target.first + dt.timedelta(days=n)) for n in range(length))
        return whole(work, targets)

    monkeypatch.setattr(compute, "recompute", noted)
    return seen


def october(number: int, *days: int) -> JudgedDays:
    """Days of October of one person."""
    return [(number, dt.date(2026, 10, day)) for day in days]


def test_days_exist_from_the_post_to_today(office: Office) -> None:
    """Everybody has one day for each date from the start of his post to today, and no other."""
    stored = office.stored()
    days = [dt.date(2026, 9, 1) + dt.timedelta(days=n) for n in range(63)]
    assert sorted(stored) == sorted((person, day) for person in office.people for day in days)


def test_new_taps_touch_a_day_around(office: Office, judged: JudgedDays) -> None:
    """Taps of one PIN judge that person's days around them."""
    office.tap((1, "2026-10-06 07:29:00"), (1, "2026-10-06 16:10:00"))
    assert judged == october(1, 5, 6, 7)
    assert office.day(1, 6).status == "hadir"


def test_the_same_file_again_touches_nothing(office: Office, judged: JudgedDays) -> None:
    """A file that comes twice judges nothing the second time."""
    office.tap((1, "2026-10-06 07:29:00"))
    before = len(judged)
    office.tap((1, "2026-10-06 07:29:00"))
    assert len(judged) == before


def test_only_days_that_differ_are_written(office: Office, clock: ManualClock) -> None:
    """Of three judged days only the one with another outcome is written anew, and told so."""
    before = office.day(1, 5).computed_at
    clock.advance(dt.timedelta(hours=1))
    office.tap((1, "2026-10-06 07:29:00"))
    assert office.day(1, 5).computed_at == office.day(1, 7).computed_at == before
    assert office.day(1, 6).computed_at > before
    assert b'"changed":1' in (office.judged_entries()[-1].body or b"")


def test_judging_again_writes_nothing(office: Office) -> None:
    """Asking for days that stand already leaves no trace, neither rows nor audit."""
    entries = len(office.judged_entries())
    with office.app.change(SYSTEM) as work:
        work.enqueue(compute.RECOMPUTE, {"everyone": ["2026-10-01", "2026-10-31"]})
    office.work_off()
    assert len(office.judged_entries()) == entries


def test_a_holiday_touches_its_date_for_everybody(office: Office, judged: JudgedDays) -> None:
    """A new holiday judges that date of each person and no other."""
    with office.app.change(SYSTEM) as work:
        set_holiday(work, dt.date(2026, 10, 7), kind="libur", title="Uji", legal_basis="SKB uji")
    office.work_off()
    assert sorted(judged) == [*october(0, 7), *october(1, 7), *october(2, 7)]
    assert office.day(0, 7).status == "libur"


def test_an_edition_touches_from_its_date(office: Office, judged: JudgedDays) -> None:
    """A new deduction table judges from its effective date to today."""
    with office.app.change(SYSTEM) as work:
        put_in_force(work, DEDUCTIONS, cheaper("0.75"), dt.date(2026, 10, 30))
    office.work_off()
    assert {day for _person, day in judged} == {
        dt.date(2026, 10, 30) + dt.timedelta(days=n) for n in range(4)
    }
    assert len(judged) == 12


def test_an_earlier_edition_touches_until_the_next(office: Office, judged: JudgedDays) -> None:
    """An edition put in between judges only until the one after it begins."""
    with office.app.change(SYSTEM) as work:
        put_in_force(work, DEDUCTIONS, cheaper("0.75"), dt.date(2026, 10, 20))
    office.work_off()
    judged.clear()
    with office.app.change(SYSTEM) as work:
        put_in_force(work, DEDUCTIONS, cheaper("0.6"), dt.date(2026, 10, 18))
    office.work_off()
    assert {day.day for _person, day in judged} == {18, 19}


def with_later_night() -> ShiftBook:
    """The usual shifts, the night an hour later."""
    night = SHIFT_BOOK.by_code["malam"]
    assert night.pattern is not None
    later = attrs.evolve(night, pattern=attrs.evolve(night.pattern, start=dt.time(22, 0)))
    return ShiftBook(tuple(later if each is night else each for each in SHIFT_BOOK.shifts))


def test_an_edition_of_shifts_touches_those_who_work_shifts(
    office: Office, judged: JudgedDays
) -> None:
    """New shift hours judge whoever is assigned shifts from their date on, around his own days;
    who works by a schedule gets no job, and nobody does where no shift follows.
    """
    with office.app.change(SYSTEM) as work:
        wanted = [
            *(Wanted(office.people[0], dt.date(2026, 10, day), "malam", True) for day in (5, 20)),
            Wanted(office.people[1], dt.date(2026, 10, 9), "malam", True),
        ]
        store_shifts(work, wanted, "uji")
    office.work_off()
    judged.clear()
    with office.app.change(SYSTEM) as work:
        put_in_force(work, SHIFTS, with_later_night(), dt.date(2026, 10, 12))
    office.work_off()
    assert judged == october(0, 19, 20, 21)
    assert office.day(0, 20).schedule_start == dt.datetime(2026, 10, 20, 22, 0)
    assert office.day(0, 5).schedule_start == dt.datetime(2026, 10, 5, 21, 0)
    assert office.stored() == office.computed_again()
    judged.clear()
    with office.app.change(SYSTEM) as work:
        put_in_force(work, SHIFTS, SHIFT_BOOK, dt.date(2026, 10, 26))
    office.work_off()
    assert judged == []


def test_an_earlier_edition_of_shifts_touches_until_the_next(
    office: Office, judged: JudgedDays
) -> None:
    """Shift hours put in between judge only shifts before the edition after them begins."""
    with office.app.change(SYSTEM) as work:
        put_in_force(work, SHIFTS, SHIFT_BOOK, dt.date(2026, 10, 12))
        wanted = [
            Wanted(office.people[0], dt.date(2026, 10, day), "malam", True) for day in (2, 6, 20)
        ]
        store_shifts(work, wanted, "uji")
    office.work_off()
    judged.clear()
    with office.app.change(SYSTEM) as work:
        put_in_force(work, SHIFTS, with_later_night(), dt.date(2026, 10, 4))
    office.work_off()
    assert judged == october(0, 5, 6, 7)


def test_tomorrows_shift_bounds_today(office: Office, judged: JudgedDays) -> None:
    """New hours of a shift that starts tomorrow judge today, whose window it bounds."""
    with office.app.change(SYSTEM) as work:
        store_shifts(work, [Wanted(office.people[0], dt.date(2026, 11, 3), "malam", True)], "uji")
    office.work_off()
    judged.clear()
    with office.app.change(SYSTEM) as work:
        put_in_force(work, SHIFTS, with_later_night(), dt.date(2026, 11, 1))
    office.work_off()
    assert judged == [(0, dt.date(2026, 11, 2))]


def test_an_absence_touches_its_own_days(office: Office, judged: JudgedDays) -> None:
    """An absence entered and cancelled judges exactly its days of that person."""
    first, last = dt.date(2026, 10, 13), dt.date(2026, 10, 14)
    with office.app.change(SYSTEM) as work:
        row = enter_absence(
            work, NewAbsence(office.people[2], "dinas_luar", first, last, "SPT 1/2026")
        )
    office.work_off()
    assert judged == october(2, 13, 14)
    assert office.day(2, 13).status == "dinas_luar"
    judged.clear()
    with office.app.change(SYSTEM) as work:
        cancel_absence(work, row.id, row.version, "keliru")
    office.work_off()
    assert judged == october(2, 13, 14)
    assert office.day(2, 13).status == "tanpa_keterangan"


def test_a_shift_touches_its_neighbours(office: Office, judged: JudgedDays) -> None:
    """Shifts on two dates apart judge each with the days beside it, not what lies between."""
    with office.app.change(SYSTEM) as work:
        store_shifts(
            work,
            [Wanted(office.people[0], dt.date(2026, 10, day), "malam", True) for day in (5, 20)],
            "uji",
        )
    office.work_off()
    assert judged == october(0, 4, 5, 6, 19, 20, 21)


def test_a_late_duty_of_a_whole_day_is_reached_two_days_on(
    office: Office, judged: JudgedDays
) -> None:
    """A duty of 24 hours from 22.00 still takes the tap of leaving in the second night after it;
    that tap judges the duty's day, and the days come out as if computed at once.
    """
    night = SHIFT_BOOK.by_code["malam"]
    assert night.pattern is not None
    whole = attrs.evolve(night.pattern, start=dt.time(22, 0), end=dt.time(22, 0))
    book = ShiftBook((*SHIFT_BOOK.shifts, attrs.evolve(night, code="jaga", pattern=whole)))
    with office.app.change(SYSTEM) as work:
        put_in_force(work, SHIFTS, book, dt.date(2026, 10, 1))
        wanted = [Wanted(office.people[0], dt.date(2026, 10, 5), "jaga", True)]
        wanted += [Wanted(office.people[0], dt.date(2026, 10, day), "off", True) for day in (6, 7)]
        store_shifts(work, wanted, "uji")
    office.work_off()
    judged.clear()
    office.tap((0, "2026-10-05 21:50:00"))
    office.tap((0, "2026-10-07 01:30:00"))
    assert (0, dt.date(2026, 10, 5)) in judged[-4:]
    duty = office.day(0, 5)
    assert duty.check_in == dt.datetime(2026, 10, 5, 21, 50)
    assert duty.check_out == dt.datetime(2026, 10, 7, 1, 30)
    assert office.stored() == office.computed_again()


def test_a_transfer_touches_from_its_date(office: Office, judged: JudgedDays) -> None:
    """Another post judges that person from the day before it on; earlier days keep their unit."""
    with office.app.change(SYSTEM) as work:
        assign(work, office.people[1], office.other_post, DEFINITIF, dt.date(2026, 10, 15))
    office.work_off()
    assert {number for number, _day in judged} == {1}
    assert min(day for _number, day in judged) == dt.date(2026, 10, 14)
    assert office.day(1, 14).unit_id == office.unit
    assert office.day(1, 15).unit_id == office.other


def test_a_moved_unit_touches_from_its_date(office: Office, judged: JudgedDays) -> None:
    """A unit below another one has that one's schedule from the day of the move on, and only its
    people are judged, by page or by file.
    """
    day = dt.date(2026, 10, 15)
    with office.app.change(SYSTEM) as work:
        give_schedule(work, NewUse("unit", office.other, "ramadan", START, override=True))
        assign(work, office.people[2], office.other_post, DEFINITIF, START)
    office.work_off()
    judged.clear()
    with office.app.change(SYSTEM) as work:
        move_unit(work, office.unit, office.other, day)
    office.work_off()
    assert {number for number, _day in judged} == {0, 1}
    assert min(day for _number, day in judged) == dt.date(2026, 10, 14)
    assert office.day(1, 14).schedule_start == dt.datetime(2026, 10, 14, 7, 30)
    assert office.day(1, 15).schedule_start == dt.datetime(2026, 10, 15, 8, 0)
    judged.clear()
    lines = b"code,name,parent_code,effective\nDINAS,DINAS,36.02,2026-10-22\n"
    kept = receive(office.app, SYSTEM, "units", "unit.csv", lines)
    imported = apply_import(office.app, SYSTEM, kept)
    office.work_off()
    assert imported.applied
    assert {number for number, _day in judged} == {0, 1}
    assert office.day(1, 21).schedule_start == dt.datetime(2026, 10, 21, 8, 0)
    assert office.day(1, 22).schedule_start == dt.datetime(2026, 10, 22, 7, 30)


def test_taps_follow_the_pin_of_their_date(office: Office) -> None:
    """When a PIN passes to another person, taps belong to whoever had it on their date."""
    with office.app.change(SYSTEM) as work:
        set_pin(work, office.people[0], None, dt.date(2026, 10, 12))
        set_pin(work, office.people[1], "0", dt.date(2026, 10, 12))
    office.work_off()
    office.tap((0, "2026-10-09 07:20:00"), (0, "2026-10-12 07:20:00"))
    assert office.day(0, 9).check_in == dt.datetime(2026, 10, 9, 7, 20)
    assert office.day(0, 12).check_in is None
    assert office.day(1, 12).check_in == dt.datetime(2026, 10, 12, 7, 20)
    assert office.day(1, 9).check_in is None
