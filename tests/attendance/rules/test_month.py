"""Month sums: free late days, the cap, and the base of a deduction."""

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from leuit_attendance.rules import DayVerdict, MonthSum, judge_day, sum_month
from tests.attendance.oracle.oracle import amount_of
from tests.attendance.rules.office import USUAL, at, duty_on, tap

FREE_TWO = evolve(USUAL, free_late_days=2)


def day(number: int, check_in: str | None = "07:20", check_out: str = "16:05") -> DayVerdict:
    """A judged office day of October 2026; without clock-in only the clock-out was tapped."""
    taps = [tap(number, check_out)] + ([tap(number, check_in)] if check_in else [])
    return judge_day(date(2026, 10, number), duty_on(number), taps, USUAL)


def test_a_month_counts_days_minutes_and_classes() -> None:
    """Each figure adds up over the days; nothing becomes a day out of minutes."""
    absent = judge_day(date(2026, 10, 8), duty_on(8), [], USUAL)
    total = sum_month(
        [day(5), day(6, "08:01"), day(7, "07:31", "15:00"), absent, day(9, None)], USUAL
    )
    assert total == MonthSum(
        statuses={"hadir": 4, "tanpa_keterangan": 1},
        classes={"TL2": 1, "TL1": 1, "PSW2": 1, "TK": 1, "TL4": 1},
        late_days=2,
        early_days=1,
        missing_in=1,
        late_minutes=32,
        early_minutes=60,
        gross=100 + 50 + 100 + 300 + 150,
    )
    assert total.deduction_percent == Decimal(7)


def test_one_minute_makes_a_late_or_early_day() -> None:
    """Days are counted from the first minute on."""
    total = sum_month([day(5, "07:31"), day(6, "07:20", "15:59"), day(7)], USUAL)
    assert (total.late_days, total.early_days) == (1, 1)


def test_the_first_late_days_by_date_are_free() -> None:
    """Two free days forgive the lateness of the 5th and 6th, however the days arrive."""
    days = [day(7, "09:05"), day(6, "08:01"), day(5, "07:31")]
    total = sum_month(days, FREE_TWO)
    assert (total.free_late_days, total.waived, total.deduction) == (2, 150, 150)
    assert total.late_minutes == 1 + 31 + 95


def test_early_leaving_on_a_free_day_still_counts() -> None:
    """Only the lateness part of the day is forgiven."""
    total = sum_month([day(5, "08:01", "15:00")], FREE_TWO)
    assert (total.gross, total.waived, total.deduction) == (200, 100, 100)


def test_a_missing_clock_in_is_no_free_day() -> None:
    """No clock-in counts as TL4 but is not a late day to be forgiven."""
    total = sum_month([day(5, None), day(6, "08:01")], FREE_TWO)
    assert (total.free_late_days, total.deduction) == (1, 150)


def test_the_cap_limits_what_remains() -> None:
    """The cap applies after the free days and never adds."""
    days = [day(5, "09:05"), day(6, "09:05"), day(7, "09:05")]
    capped = evolve(USUAL, cap_percent=Decimal(2), free_late_days=1)
    total = sum_month(days, capped)
    assert (total.gross, total.waived, total.capped, total.deduction) == (450, 150, 100, 200)
    loose = evolve(USUAL, cap_percent=Decimal(100))
    assert sum_month(days, loose).capped == 0
    assert sum_month(days, evolve(USUAL, cap_percent=Decimal(0))).deduction == 0


def test_open_days_are_counted_and_not_summed() -> None:
    """A day still running shows as belum; its lateness enters the month when the day is over."""
    running = judge_day(
        date(2026, 10, 5), duty_on(5), [tap(5, "08:01")], USUAL, as_of=at(5, "12:00")
    )
    total = sum_month([running], FREE_TWO)
    assert running.late_minutes == 31
    assert total == MonthSum(statuses={"belum": 1})


def test_a_date_judged_twice_is_refused() -> None:
    """Counting one date twice would deduct twice."""
    with pytest.raises(ValueError, match="dua kali"):
        sum_month([day(5), day(5, "08:01")], USUAL)


def test_the_base_is_the_whole_or_the_discipline_part() -> None:
    """Vector 13: a month with one absent day is 3 percent of its edition's base; of 5,000,000 that
    is 150,000 of the whole and 60,000 of the 40 percent part. The product knows no TPP and tells
    percent and base only, so the amount is the oracle's.
    """
    part = evolve(USUAL, base="discipline_part", part_percent=Decimal(40))
    for table, amount in ((USUAL, 150_000), (part, 60_000)):
        month = sum_month([judge_day(date(2026, 10, 8), duty_on(8), [], table)], table)
        assert month.deduction_percent == 3
        assert amount_of(Decimal(5_000_000), month.deduction, table) == amount
