"""Minutes late and early, flexi, tolerance, make-up, and the classes they fall into."""

from datetime import datetime, time

import pytest

from leuit_attendance.rules import (
    ClassWindow,
    DayPattern,
    DayVerdict,
    LatenessClasses,
    SecondsRule,
    class_of,
    judge_arrival,
    judge_day,
    minutes_after,
)
from tests.attendance.rules.office import USUAL, at, duty_on, tap, with_seconds

KEMENPANRB = DayPattern(time(7, 30), time(16), 60, tolerance_minutes=30, make_up_minutes=30)
KEMENKEU = DayPattern(time(7, 30), time(17), 45, flexi_early_minutes=90, flexi_late_minutes=90)


def judged(
    check_in: str, check_out: str, pattern: DayPattern | None = None, seconds: SecondsRule = "cut"
) -> DayVerdict:
    """The verdict of Monday 5 October with these two taps."""
    duty = duty_on(5, pattern)
    taps = [tap(5, check_in), tap(5, check_out)]
    return judge_day(duty.day, duty, taps, with_seconds(seconds))


@pytest.mark.parametrize(
    "minutes,name",
    [(0, None), (1, "1"), (30, "1"), (31, "2"), (60, "2"), (61, "3"), (90, "3"), (91, "4")],
)
def test_the_usual_windows_hold_at_their_borders(minutes: int, name: str | None) -> None:
    """Vector 12, late and early alike; a window includes its first and excludes its last minute."""
    late = class_of(USUAL.classes.late, minutes)
    early = class_of(USUAL.classes.early, minutes)
    assert late == (name and f"TL{name}")
    assert early == (name and f"PSW{name}")


def test_a_missing_tap_has_the_class_that_the_edition_names() -> None:
    """Vector 12: no clock-in counts as TL4, no clock-out as PSW4, without any minutes."""
    duty = duty_on(5)
    no_in = judge_day(duty.day, duty, [tap(5, "16:05")], USUAL)
    no_out = judge_day(duty.day, duty, [tap(5, "07:05")], USUAL)
    assert (no_in.classes, no_in.late_minutes, no_in.late_deduction) == (("TL4",), 0, 150)
    assert (no_out.classes, no_out.early_minutes, no_out.early_deduction) == (("PSW4",), 0, 150)


@pytest.mark.parametrize(
    "seconds,after,minutes",
    [
        ("cut", "08:00:59", 30),
        ("up", "08:00:59", 31),
        ("cut", "07:30:59", 0),
        ("up", "07:30:01", 1),
        ("up", "07:31:00", 1),
        ("cut", "07:30:00", 0),
        ("up", "07:00:00", 0),
    ],
)
def test_seconds_are_cut_or_begin_a_minute(seconds: SecondsRule, after: str, minutes: int) -> None:
    """08:00:59 is 30 minutes after 07:30 when cut and 31 when rounded up."""
    assert minutes_after(at(5, after), at(5, "07:30"), seconds) == minutes


def test_a_gap_of_days_keeps_all_its_minutes() -> None:
    """A clock-in on the next date of a long shift is not only its clock difference late."""
    assert minutes_after(at(6, "08:30"), at(5, "07:30"), "cut") == 1500
    assert minutes_after(at(6, "08:30"), at(5, "07:30"), "up") == 1500


def test_the_tolerated_lateness_is_made_up_by_a_fixed_time() -> None:
    """Vector 5: in at 07:35, the earliest leaving is 16:30, whatever the lateness was."""
    verdict = judged("07:35", "16:30", KEMENPANRB)
    assert verdict.earliest_out == at(5, "16:30")
    assert (verdict.late_minutes, verdict.early_minutes, verdict.classes) == (0, 0, ())
    assert verdict.flags == ("tolerated",)
    assert judged("08:00", "16:30", KEMENPANRB).earliest_out == at(5, "16:30")


def test_a_lateness_that_is_not_made_up_is_early_leaving() -> None:
    """In 07:35 and out 16:00 under a make-up of 30 minutes: 30 minutes early, not late."""
    verdict = judged("07:35", "16:00", KEMENPANRB)
    assert (verdict.late_minutes, verdict.early_minutes, verdict.classes) == (0, 30, ("PSW1",))


def test_beyond_the_tolerance_the_whole_lateness_counts_and_the_end_stays() -> None:
    """31 minutes with a tolerance of 30 are 31 minutes late, and leaving at 16:00 is not early."""
    verdict = judged("08:01", "16:00", KEMENPANRB)
    assert (verdict.late_minutes, verdict.early_minutes) == (31, 0)
    assert verdict.earliest_out == at(5, "16:00")


def test_the_tolerance_is_weighed_in_rounded_minutes() -> None:
    """08:00:30 is tolerated when seconds are cut and 31 minutes late when they are not."""
    assert judged("08:00:30", "17:00", KEMENPANRB).late_minutes == 0
    assert judged("08:00:30", "17:00", KEMENPANRB, "up").late_minutes == 31
    assert judged("07:30:30", "16:00", KEMENPANRB).flags == ()
    assert judged("07:30:30", "16:00", KEMENPANRB, "up").flags == ("tolerated",)


@pytest.mark.parametrize(
    "check_in,earliest",
    [
        ("05:59", "15:30"),
        ("06:00", "15:30"),
        ("06:30", "16:00"),
        ("06:59:30", "16:30"),
        ("07:29:30", "17:00"),
        ("07:30", "17:00"),
        ("08:15", "17:45"),
        ("09:00", "18:30"),
        ("09:01", "17:00"),
    ],
)
def test_flexi_moves_the_end_by_as_much_within_90_minutes(check_in: str, earliest: str) -> None:
    """PMK 221/2021: up to 90 minutes early or late move the end; beyond the window nothing does."""
    duty = duty_on(5, KEMENKEU)
    late, end, _shift = judge_arrival(duty, at(5, check_in), "cut")
    assert end == at(5, earliest)
    assert late == (91 if check_in == "09:01" else 0)


def test_leaving_before_the_moved_end_is_early_by_the_difference() -> None:
    """In 09:00 and out 17:00 under flexi: 90 minutes are not made up."""
    verdict = judged("09:00", "17:00", KEMENKEU)
    assert (verdict.late_minutes, verdict.early_minutes, verdict.flags) == (0, 90, ("flexi",))
    assert judged("06:00", "15:30", KEMENKEU).early_minutes == 0
    assert judged("06:00", "15:29", KEMENKEU).early_minutes == 1


def test_tolerance_acts_beyond_the_flexi_window() -> None:
    """With flexi 10 and tolerance 20: 10 minutes are flexi, 11 tolerated, 21 late."""
    pattern = DayPattern(time(7, 30), time(16), 60, 20, 0, 0, 10)
    shifts = [judge_arrival(duty_on(5, pattern), at(5, f"07:{m}"), "cut") for m in (40, 41, 51)]
    assert shifts == [
        (0, at(5, "16:10"), "flexi"),
        (0, at(5, "16:00"), "tolerated"),
        (21, at(5, "16:00"), ""),
    ]


def test_minutes_in_no_window_have_no_class() -> None:
    """PMK 221/2021 begins at minute 91: 90 minutes have no class, and a gap has none either."""
    windows = (ClassWindow("TL1", 91, 121), ClassWindow("TL3", 151))
    assert [class_of(windows, m) for m in (90, 91, 121, 150, 151, 9999)] == [
        None,
        "TL1",
        None,
        None,
        "TL3",
        "TL3",
    ]


def test_windows_that_overlap_or_are_empty_are_refused() -> None:
    """A minute belongs to one class at most, and a window holds at least one minute."""
    with pytest.raises(ValueError, match="bertumpang"):
        LatenessClasses((ClassWindow("A", 1, 31), ClassWindow("B", 30)))
    with pytest.raises(ValueError, match="bertumpang"):
        LatenessClasses(early=(ClassWindow("A", 1), ClassWindow("B", 31)))
    with pytest.raises(ValueError, match="menit ke-1"):
        ClassWindow("A", 0)
    with pytest.raises(ValueError, match="Batas akhir"):
        ClassWindow("A", 5, 5)


def test_an_arrival_on_time_leaves_the_end_alone() -> None:
    """Without flexi, coming early gives nothing."""
    arrival: tuple[int, datetime, str] = judge_arrival(duty_on(5), at(5, "06:00"), "cut")
    assert arrival == (0, at(5, "16:00"), "")
