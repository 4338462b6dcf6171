"""Statuses: holidays, rest, absences, absence without reason, days still open, and the flags."""

from datetime import date, time

import pytest
from attrs import evolve

from leuit_attendance.rules import (
    Absence,
    AbsenceKind,
    DayPattern,
    Duty,
    Holiday,
    LatenessClasses,
    Rest,
    judge_day,
    judge_days,
)
from tests.attendance.rules.office import USUAL, at, duty_on, tap

DAY = date(2026, 10, 5)
LIBUR = Holiday(DAY, "libur", "Hari Uji Nasional", "SKB 3 Menteri 2026")
TAPS = [tap(5, "08:01", 0), tap(5, "15:00", 1)]


def absence(kind: AbsenceKind, first: int = 5, last: int = 5) -> Absence:
    """An approved absence in October 2026."""
    return Absence(kind, date(2026, 10, first), date(2026, 10, last), f"Dok {kind}")


def test_a_holiday_cancels_the_duty() -> None:
    """Taps on a holiday are not judged and the window is not told."""
    verdict = judge_day(DAY, duty_on(5), TAPS, USUAL, holiday=LIBUR)
    assert (verdict.status, verdict.starts, verdict.check_in) == ("libur", None, None)
    assert (verdict.classes, verdict.deduction) == ((), 0)


def test_cuti_bersama_is_its_own_status() -> None:
    """Cuti bersama is told apart from a national holiday."""
    day_off = Holiday(DAY, "cuti_bersama", "Cuti Bersama", "Keppres 7/2026")
    assert judge_day(DAY, duty_on(5), [], USUAL, holiday=day_off).status == "cuti_bersama"


def test_a_duty_that_stands_on_holidays_is_judged() -> None:
    """Shift workers assigned to a national holiday are present, late or absent as on any day."""
    duty = duty_on(5, on_holidays=True)
    assert judge_day(DAY, duty, TAPS, USUAL, holiday=LIBUR).classes == ("TL2", "PSW2")
    assert judge_day(DAY, duty, [], USUAL, holiday=LIBUR).status == "tanpa_keterangan"


def test_no_duty_is_bebas_and_on_a_holiday_libur() -> None:
    """A weekend or a shift off is free, also within leave; a holiday is told as such."""
    rest = Rest(DAY, "Lepas jaga", "Roster 10/2026")
    for duty in (rest, None):
        assert judge_day(DAY, duty, TAPS, USUAL, absences=[absence("cuti")]).status == "bebas"
        assert judge_day(DAY, duty, [], USUAL, holiday=LIBUR).status == "libur"


def test_absences_are_ranked() -> None:
    """Holiday, cuti, tugas belajar, dinas luar, izin, then presence, then without reason."""
    kinds: list[AbsenceKind] = ["izin", "dinas_luar", "tugas_belajar", "cuti"]
    while kinds:
        every = [absence(kind) for kind in kinds]
        for order in (every, every[::-1]):
            found = judge_day(DAY, duty_on(5), TAPS, USUAL, absences=order)
            assert found.status == kinds[-1]
            with_holiday = judge_day(DAY, duty_on(5), [], USUAL, absences=order, holiday=LIBUR)
            assert with_holiday.status == "libur"
        kinds.pop()
    assert judge_day(DAY, duty_on(5), TAPS, USUAL).status == "hadir"
    assert judge_day(DAY, duty_on(5), [], USUAL).status == "tanpa_keterangan"


def test_an_absence_covers_both_its_ends() -> None:
    """From the 5th to the 7th covers the 5th, 6th and 7th, and neither the 4th nor the 8th."""
    trip = [absence("dinas_luar", 5, 7)]
    statuses = [
        judge_day(date(2026, 10, day), duty_on(day), [], USUAL, absences=trip).status
        for day in (4, 5, 6, 7, 8)
    ]
    assert statuses == ["tanpa_keterangan", *["dinas_luar"] * 3, "tanpa_keterangan"]
    with pytest.raises(ValueError, match="Hari terakhir"):
        absence("izin", 6, 5)


def test_an_absence_covers_a_night_shift_by_its_start() -> None:
    """Leave on the 5th covers the whole shift from 21:00 of the 5th to 07:00 of the 6th."""
    night = duty_on(5, DayPattern(time(21), time(7)))
    found = judge_day(DAY, night, [tap(6, "07:05")], USUAL, absences=[absence("cuti")])
    assert (found.status, found.check_out) == ("cuti", at(6, "07:05"))


def test_taps_of_a_covered_day_are_shown_and_not_judged() -> None:
    """Who taps on a duty trip is neither late nor early, and the page says that there were taps."""
    verdict = judge_day(DAY, duty_on(5), TAPS, USUAL, absences=[absence("dinas_luar")])
    assert (verdict.check_in, verdict.check_out) == (at(5, "08:01"), at(5, "15:00"))
    assert (verdict.late_minutes, verdict.early_minutes, verdict.deduction) == (0, 0, 0)
    assert (verdict.flags, verdict.earliest_out) == (("punched_while_away",), None)
    for one in TAPS:
        single = judge_day(DAY, duty_on(5), [one], USUAL, absences=[absence("izin")])
        assert single.flags == ("punched_while_away",)
    assert judge_day(DAY, duty_on(5), [], USUAL, absences=[absence("izin")]).flags == ()


def test_absence_without_reason_has_its_class_and_deduction() -> None:
    """TK at 3 percent in the usual table, and no minutes."""
    verdict = judge_day(DAY, duty_on(5), [], USUAL)
    assert (verdict.classes, verdict.absent_deduction, verdict.deduction) == (("TK",), 300, 300)
    assert (verdict.late_minutes, verdict.early_minutes, verdict.flags) == (0, 0, ())


def test_late_and_early_deductions_add_up() -> None:
    """31 minutes late and 60 early: TL2 and PSW2, 1 percent each."""
    verdict = judge_day(DAY, duty_on(5), TAPS, USUAL)
    assert (verdict.late_minutes, verdict.early_minutes) == (31, 60)
    assert verdict.classes == ("TL2", "PSW2")
    assert (verdict.late_deduction, verdict.early_deduction) == (100, 100)
    assert str(verdict.deduction_percent) == "2"


def test_a_missing_side_may_be_without_class() -> None:
    """When the regulation says nothing, the missing tap is flagged and costs nothing."""
    silent = evolve(
        USUAL, classes=evolve(USUAL.classes, missing_in=None, missing_out=None), percents=()
    )
    verdict = judge_day(DAY, duty_on(5), [tap(5, "07:00")], silent)
    assert (verdict.status, verdict.classes, verdict.flags) == ("hadir", (), ("missing_out",))
    assert verdict.deduction == 0


def test_a_class_without_percentage_is_told_without_deduction() -> None:
    """The class stays visible although the table lists no figure for it."""
    bare = evolve(USUAL, percents=())
    verdict = judge_day(DAY, duty_on(5), TAPS, bare)
    assert (verdict.classes, verdict.deduction) == (("TL2", "PSW2"), 0)
    absent = judge_day(DAY, duty_on(5), [], bare)
    assert (absent.classes, absent.deduction) == (("TK",), 0)


@pytest.mark.parametrize(
    "first,last,flagged",
    [
        (0, 1, False),
        (255, 255, False),
        (1, 1, True),
        (0, 0, True),
        (2, 1, True),
        (5, 5, True),
        (0, 3, True),
        (0, 4, True),
        (4, 5, False),
    ],
)
def test_a_wrong_key_is_flagged_once(first: int, last: int, flagged: bool) -> None:
    """A coming tap with a leaving key or the reverse is flagged, and changes nothing else."""
    taps = [tap(5, "07:20", first), tap(5, "16:05", last)]
    verdict = judge_day(DAY, duty_on(5), taps, USUAL)
    assert verdict.flags == (("wrong_key",) if flagged else ())
    assert (verdict.status, verdict.deduction) == ("hadir", 0)


def test_a_future_day_is_belum() -> None:
    """Before its window opens (03:30) nothing is told of a day, not even a strange tap."""
    verdict = judge_day(DAY, duty_on(5), [tap(5, "07:20")], USUAL, as_of=at(5, "03:29"))
    assert (verdict.status, verdict.check_in, verdict.classes) == ("belum", None, ())
    assert verdict.starts == at(5, "07:30")
    opened = judge_day(DAY, duty_on(5), [tap(5, "07:20")], USUAL, as_of=at(5, "03:30"))
    assert (opened.status, opened.check_in) == ("belum", at(5, "07:20"))


def test_a_running_day_judges_the_arrival_only() -> None:
    """At noon a late arrival is known; nobody is early or without clock-out yet."""
    for taps in (TAPS[:1], [TAPS[0], tap(5, "11:58", 0)]):
        verdict = judge_day(DAY, duty_on(5), taps, USUAL, as_of=at(5, "12:00"))
        assert (verdict.status, verdict.check_in) == ("belum", at(5, "08:01"))
        assert (verdict.classes, verdict.early_minutes, verdict.flags) == (("TL2",), 0, ())


def test_a_day_without_taps_is_absent_only_after_its_window() -> None:
    """At 21:59 it may still come; from 22:00, when the window has closed, it is without reason."""
    for moment, status in (("09:00", "belum"), ("21:59", "belum"), ("22:00", "tanpa_keterangan")):
        verdict = judge_day(DAY, duty_on(5), [], USUAL, as_of=at(5, moment))
        assert verdict.status == status
        assert verdict.classes == (("TK",) if status != "belum" else ())


def test_no_clock_out_waits_for_the_window() -> None:
    """After the end but before 22:00 a missing clock-out is not yet one."""
    taps = [tap(5, "07:20")]
    early = judge_day(DAY, duty_on(5), taps, USUAL, as_of=at(5, "16:30"))
    late = judge_day(DAY, duty_on(5), taps, USUAL, as_of=at(5, "22:00"))
    assert (early.status, early.flags) == ("belum", ())
    assert (late.status, late.flags) == ("hadir", ("missing_out",))


def test_a_full_day_is_judged_from_its_end() -> None:
    """With both taps the day is hadir from 16:00 on; a second before the end it is open."""
    taps = [tap(5, "07:20"), tap(5, "15:59")]
    open_day = judge_day(DAY, duty_on(5), taps, USUAL, as_of=at(5, "15:59:59"))
    full_day = judge_day(DAY, duty_on(5), taps, USUAL, as_of=at(5, "16:00"))
    assert (open_day.status, open_day.check_out) == ("belum", at(5, "15:59"))
    assert (full_day.status, full_day.early_minutes) == ("hadir", 1)


def test_a_made_up_day_is_judged_from_its_moved_end() -> None:
    """With an end moved to 16:30 a tap at 16:10 is no early leaving at 16:20."""
    pattern = DayPattern(time(7, 30), time(16), 60, tolerance_minutes=30, make_up_minutes=30)
    taps = [tap(5, "07:40"), tap(5, "16:10")]
    open_day = judge_day(DAY, duty_on(5, pattern), taps, USUAL, as_of=at(5, "16:20"))
    full_day = judge_day(DAY, duty_on(5, pattern), taps, USUAL, as_of=at(5, "16:30"))
    assert (open_day.status, open_day.early_minutes) == ("belum", 0)
    assert (full_day.status, full_day.early_minutes) == ("hadir", 20)


def test_holidays_and_absences_are_known_in_advance() -> None:
    """A future holiday, rest or approved leave is told although the day has not come."""
    moment = at(1, "08:00")
    assert judge_day(DAY, duty_on(5), [], USUAL, holiday=LIBUR, as_of=moment).status == "libur"
    leave = [absence("cuti")]
    assert judge_day(DAY, duty_on(5), [], USUAL, absences=leave, as_of=moment).status == "cuti"
    assert judge_day(DAY, None, [], USUAL, as_of=moment).status == "bebas"


def test_values_of_another_date_are_refused() -> None:
    """A duty or holiday of another date is a mistake of the caller."""
    with pytest.raises(ValueError, match="2026-10-06"):
        judge_day(DAY, duty_on(6), [], USUAL)
    with pytest.raises(ValueError, match="2026-10-05"):
        judge_day(date(2026, 10, 6), duty_on(6), [], USUAL, holiday=LIBUR)
    with pytest.raises(ValueError, match="sebelum akhirnya"):
        Duty(DAY, at(5, "16:00"), at(5, "16:00"))


def test_many_days_are_judged_as_one_by_one_with_their_neighbours() -> None:
    """The neighbours of a date are the duties next to it, rest between them or not."""
    night = DayPattern(time(21), time(7))
    duties: dict[date, Duty | Rest] = {
        date(2026, 10, 5): duty_on(5, night),
        date(2026, 10, 6): Rest(date(2026, 10, 6)),
        date(2026, 10, 7): duty_on(7),
    }
    taps = [tap(5, "20:50"), tap(6, "07:05"), tap(7, "07:10"), tap(7, "16:02")]
    found = judge_days(list(duties), duties, taps, USUAL)
    first, last = duties[date(2026, 10, 5)], duties[date(2026, 10, 7)]
    assert isinstance(first, Duty)
    assert isinstance(last, Duty)
    assert found == [
        judge_day(first.day, first, taps, USUAL, after=last),
        judge_day(date(2026, 10, 6), duties[date(2026, 10, 6)], taps, USUAL),
        judge_day(last.day, last, taps, USUAL, before=first),
    ]
    assert [verdict.status for verdict in found] == ["hadir", "bebas", "hadir"]


def test_a_date_without_any_duty_value_is_bebas() -> None:
    """A date that the mapping does not know has no duty."""
    (verdict,) = judge_days([DAY], {}, TAPS, USUAL)
    assert verdict.status == "bebas"


def test_editions_of_classes_name_each_class_once() -> None:
    """Missing taps that count as TL4 do not list TL4 twice."""
    assert USUAL.classes.names == (
        *("TL1", "TL2", "TL3", "TL4", "PSW1", "PSW2", "PSW3", "PSW4"),
        "TK",
    )
    assert LatenessClasses().names == ("TK",)
