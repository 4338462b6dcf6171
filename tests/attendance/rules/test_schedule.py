"""Schedules: weekly sums, warnings, and patterns that are refused."""

from datetime import date, time

import pytest

from leuit_attendance.rules import (
    RAMADAN_WEEK_MINUTES,
    Basis,
    DatedSchedule,
    DayPattern,
    ShiftPattern,
    WeekSchedule,
)
from leuit_attendance.service.figures import SCHEDULES as SCHEDULES_KIND
from leuit_attendance.service.figures import ScheduleBook, kinds
from tests.attendance.rules.office import BASIS, SCHEDULES


def week(
    usual: DayPattern, friday: DayPattern, saturday: DayPattern | None = None, expected: int = 2250
) -> WeekSchedule:
    """Monday to Thursday alike, a Friday of its own, perhaps a Saturday."""
    return WeekSchedule(
        "Uji", BASIS, usual, usual, usual, usual, friday, saturday, expected_minutes=expected
    )


def pattern(start: str, end: str, pause: int) -> DayPattern:
    """A day with its break in minutes."""
    return DayPattern(time.fromisoformat(start), time.fromisoformat(end), pause)


def test_the_common_five_day_week_sums_to_37_and_a_half_hours() -> None:
    """Vector 1: 2250 minutes and nothing to warn of; the shipped schedule is that one."""
    built = week(pattern("07:30", "16:00", 60), pattern("07:30", "16:30", 90))
    assert (built.week_minutes, built.warnings()) == (2250, ())
    assert SCHEDULES["schedule_permenpanrb_6_2018"].days == built.days


def test_the_ramadan_week_sums_to_32_and_a_half_hours() -> None:
    """Vector 2: 1950 minutes, as Ramadan asks; the shipped schedule is that one."""
    built = week(
        pattern("08:00", "15:00", 30),
        pattern("08:00", "15:30", 60),
        expected=RAMADAN_WEEK_MINUTES,
    )
    assert (built.week_minutes, built.warnings()) == (1950, ())
    assert SCHEDULES["schedule_ramadan_5_hari"].days == built.days


def test_a_week_that_misses_the_sum_is_warned_of_and_accepted() -> None:
    """Vector 3: the six-day Ramadan week of 33 hours stands, with one warning naming both sums;
    the kind of regulation tells a drafter the same, with the code of the schedule.
    """
    usual = pattern("07:15", "13:15", 30)
    built = week(usual, pattern("07:15", "13:45", 60), usual, RAMADAN_WEEK_MINUTES)
    assert built.week_minutes == 1980
    (warning,) = built.warnings()
    assert "33 jam" in warning
    assert "32 jam 30 menit" in warning
    (kind,) = (each for each in kinds() if each.name == SCHEDULES_KIND)
    (told,) = kind.warnings(ScheduleBook({"ramadan 6 hari": built}))
    assert told == f"Jadwal “ramadan 6 hari”: {warning}"
    assert kind.warnings(kind.example) == []


def test_a_long_break_on_friday_is_taken_off() -> None:
    """Vector 4: the Kemenkeu week is 42.75 hours, so it is warned of under the general rule."""
    built = week(pattern("07:30", "17:00", 45), pattern("07:30", "17:00", 105))
    assert built.week_minutes == 42.75 * 60
    assert len(built.warnings()) == 1


def test_a_sum_that_no_law_fixes_is_not_warned_of() -> None:
    """Without expected minutes any week passes silently."""
    usual = pattern("07:00", "11:00", 0)
    assert week(usual, usual, expected=0).warnings() == ()


def test_an_end_at_or_before_the_start_is_the_next_day() -> None:
    """21:00-07:00 is ten hours across midnight, 07:00-07:00 is a duty of 24 hours."""
    night, whole = pattern("21:00", "07:00", 0), pattern("07:00", "07:00", 0)
    assert (night.crosses_midnight, night.window_minutes) == (True, 600)
    assert (whole.crosses_midnight, whole.window_minutes) == (True, 1440)
    assert not pattern("07:00", "14:00", 0).crosses_midnight


def test_a_tolerance_hidden_by_the_flexi_window_is_warned_of() -> None:
    """A tolerance within the flexi window never acts, and the editor is told."""
    hidden = DayPattern(time(7, 30), time(16), 60, tolerance_minutes=30, flexi_late_minutes=30)
    acting = DayPattern(time(7, 30), time(16), 60, tolerance_minutes=31, flexi_late_minutes=30)
    assert len(week(hidden, hidden, expected=0).warnings()) == 1
    assert week(acting, acting, expected=0).warnings() == ()


@pytest.mark.parametrize(
    "fields,sentence",
    [
        ({"start": time(7, 30, 1)}, "jam dan menit"),
        ({"end": time(16, 0, 0, 5)}, "jam dan menit"),
        ({"break_minutes": -1}, "antara 0 dan 1439"),
        ({"break_minutes": 510}, "lebih pendek"),
        ({"tolerance_minutes": 1440}, "antara 0 dan 1439"),
        ({"flexi_early_minutes": -1}, "antara 0 dan 1439"),
        ({"flexi_late_minutes": 2000}, "antara 0 dan 1439"),
        ({"make_up_minutes": 30}, "tolerance_minutes"),
    ],
)
def test_a_pattern_that_cannot_be_worked_is_refused(
    fields: dict[str, object], sentence: str
) -> None:
    """Seconds, negative or endless figures, all-day breaks and make-up without tolerance fail."""
    whole: dict[str, object] = {"start": time(7, 30), "end": time(16)} | fields
    with pytest.raises(ValueError, match=sentence):
        DayPattern(**whole)  # type: ignore[arg-type]  # wrong figures on purpose


def test_schedules_without_sense_are_refused() -> None:
    """A week without any day, a validity that ends before it begins, a shift without a code."""
    one = WeekSchedule("Uji", BASIS, monday=pattern("07:30", "16:00", 60))
    with pytest.raises(ValueError, match="satu hari kerja"):
        WeekSchedule("Kosong", BASIS)
    with pytest.raises(ValueError, match="masa berlaku"):
        DatedSchedule(one, "unit", date(2026, 1, 2), date(2026, 1, 2))
    with pytest.raises(ValueError, match="Kode sif"):
        ShiftPattern(" pagi", "Pagi", BASIS)


def test_a_basis_without_article_has_a_label_without_idle_space() -> None:
    """The label is source and article, or the source alone."""
    assert Basis("Perbup 1/2026").label == "Perbup 1/2026"
    assert BASIS.label == "Perbup 1/2026 Pasal 3"
