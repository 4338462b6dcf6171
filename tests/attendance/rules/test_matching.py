"""Which taps belong to a duty, and which of them are the clock-in and the clock-out."""

from datetime import datetime, time

import pytest

from leuit_attendance.rules import (
    DayPattern,
    Duty,
    MatchingRule,
    Punch,
    choose,
    count_taps,
    matching_window,
    sort_punches,
)
from tests.attendance.rules.office import at, duty_on, tap

RULE = MatchingRule(before_minutes=240, after_minutes=360, collapse_seconds=60)
NIGHT = DayPattern(time(21), time(7))
EVENING = DayPattern(time(14), time(21))


def sides(*taps: Punch, duty: Duty | None = None) -> tuple[datetime | None, datetime | None]:
    """Clock-in and clock-out times of an office Monday, or of the given duty."""
    tap_in, tap_out = choose(duty or duty_on(5), sort_punches(taps), RULE)
    return tap_in.at if tap_in else None, tap_out.at if tap_out else None


def test_without_neighbours_the_edition_bounds_the_window() -> None:
    """Four hours before the start to six hours after the end."""
    window = matching_window(duty_on(5), RULE, None, None)
    assert window == (at(5, "03:30"), at(5, "22:00"))


def test_neighbours_bound_the_window_by_the_midpoints() -> None:
    """Between siang to 21:00 and malam from 21:00 the border is 21:00; each tap has one duty."""
    siang, malam = duty_on(5, EVENING), duty_on(5, NIGHT)
    assert matching_window(siang, RULE, None, malam)[1] == at(5, "21:00")
    assert matching_window(malam, RULE, siang, None)[0] == at(5, "21:00")
    next_night = duty_on(6, NIGHT)
    assert matching_window(malam, MatchingRule(1400, 1400), None, next_night)[1] == at(6, "14:00")


def test_the_midpoint_halves_the_gap_on_both_sides() -> None:
    """Nights end at 07:00 and begin at 21:00: both windows border at 14:00."""
    first, second = duty_on(5, NIGHT), duty_on(6, NIGHT)
    wide = MatchingRule(1400, 1400)
    assert matching_window(first, wide, None, second)[1] == at(6, "14:00")
    assert matching_window(second, wide, first, None)[0] == at(6, "14:00")


def test_a_far_neighbour_does_not_widen_the_window() -> None:
    """The midpoint only narrows."""
    window = matching_window(duty_on(7), RULE, duty_on(5), duty_on(9))
    assert window == (at(7, "03:30"), at(7, "22:00"))


def test_first_is_in_and_last_is_out_whatever_the_keys() -> None:
    """Break and overtime taps between or after do not matter, nor do wrong keys."""
    taps = (tap(5, "16:05", 0), tap(5, "12:01", 2), tap(5, "07:20", 1), tap(5, "12:58", 3))
    assert sides(*taps) == (at(5, "07:20"), at(5, "16:05"))


def test_a_single_tap_goes_to_the_nearer_end() -> None:
    """07:30-16:00 has its middle at 11:45: a second before is a clock-in, a second after an out."""
    assert sides(tap(5, "11:44:59", 1)) == (at(5, "11:44:59"), None)
    assert sides(tap(5, "11:45:01", 0)) == (None, at(5, "11:45:01"))


@pytest.mark.parametrize(
    "key,is_out",
    [(0, False), (1, True), (2, True), (3, False), (4, False), (5, True), (255, False)],
)
def test_the_key_only_breaks_a_tie(key: int, is_out: bool) -> None:
    """Exactly in the middle a leaving key makes a clock-out, any other a clock-in."""
    middle = at(5, "11:45")
    assert sides(Punch(middle, key)) == ((None, middle) if is_out else (middle, None))


def test_repeats_within_the_collapse_window_are_one_tap() -> None:
    """60 seconds apart is one clock-in; 61 seconds apart are two taps."""
    one = DayPattern(time(7, 30), time(16))
    assert sides(tap(5, "08:00:00"), tap(5, "08:01:00"), duty=duty_on(5, one)) == (
        at(5, "08:00:00"),
        None,
    )
    assert sides(tap(5, "08:00:00"), tap(5, "08:01:01")) == (at(5, "08:00:00"), at(5, "08:01:01"))


def test_a_repeated_clock_out_leaves_at_its_last_record() -> None:
    """The person was demonstrably still there at the last tap."""
    assert sides(tap(5, "16:00:10"), tap(5, "16:00:50")) == (None, at(5, "16:00:50"))
    assert sides(tap(5, "07:20"), tap(5, "15:59:50"), tap(5, "16:00:20")) == (
        at(5, "07:20"),
        at(5, "16:00:20"),
    )


def test_nobody_leaves_before_the_start_or_comes_after_the_end() -> None:
    """Two taps before the start are a clock-in; two after the end a clock-out (the latest)."""
    assert sides(tap(5, "07:20"), tap(5, "07:30")) == (at(5, "07:20"), None)
    assert sides(tap(5, "07:20"), tap(5, "07:30:01")) == (at(5, "07:20"), at(5, "07:30:01"))
    assert sides(tap(5, "16:00"), tap(5, "17:30")) == (None, at(5, "17:30"))
    assert sides(tap(5, "15:59:59"), tap(5, "17:30")) == (at(5, "15:59:59"), at(5, "17:30"))


def test_records_of_one_second_are_taken_by_key() -> None:
    """The clock-in takes the smallest key of its second, the clock-out the greatest."""
    taps = [tap(5, "07:20", key) for key in (1, 0)] + [tap(5, "16:05", key) for key in (1, 0)]
    for order in (taps, taps[::-1]):
        tap_in, tap_out = choose(duty_on(5), sort_punches(order), RULE)
        assert tap_in is not None
        assert tap_out is not None
        assert (tap_in.status, tap_out.status) == (0, 1)


def test_no_tap_is_no_side() -> None:
    """Nothing is invented."""
    assert sides() == (None, None)


def test_keys_are_counted_apart() -> None:
    """Leaving seconds after coming is another tap; only the same key repeats."""
    taps = [tap(5, "08:00:00", 0), tap(5, "08:00:20", 1), tap(5, "08:00:40", 0)]
    assert count_taps(taps, 60) == 2


def test_taps_are_counted_from_the_last_counted_one() -> None:
    """0, 50 and 100 seconds are two taps within 60 seconds: the third is a repeat of neither."""
    taps = [tap(5, "08:00:00"), tap(5, "08:00:50"), tap(5, "08:01:40")]
    assert count_taps(taps, 60) == 2
    assert count_taps(taps, 100) == 1
    assert count_taps([], 60) == 0


def test_a_punch_with_a_zone_is_refused() -> None:
    """Rules count local days, so a moment that names its zone is a mistake."""
    from datetime import UTC

    with pytest.raises(ValueError, match="tanpa zona"):
        Punch(datetime(2026, 10, 5, 7, tzinfo=UTC))
    with pytest.raises(ValueError, match="negatif"):
        MatchingRule(collapse_seconds=-1)
