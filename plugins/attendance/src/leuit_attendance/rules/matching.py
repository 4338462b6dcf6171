"""Matching: which taps belong to a duty, and which of them are the clock-in and the clock-out.

The rule and its reasons stand with its figures, in `MatchingRule`. Nothing is invented: a side
without a tap stays None. Order and exact repeats of the taps do not matter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter

from .duty import Duty
from .edition import MatchingRule
from .punch import OUT_KEYS, Punch

_in_order = attrgetter("at", "status")


def sort_punches(punches: Iterable[Punch]) -> list[Punch]:
    """By time, and by key within one second: the order that the other functions here expect."""
    return sorted(punches, key=_in_order)


def matching_window(
    duty: Duty, rule: MatchingRule, before: Duty | None, after: Duty | None
) -> tuple[datetime, datetime]:
    """[opens, closes) of a duty between its neighbours `before` and `after`."""
    opens = duty.start - rule.before
    closes = duty.end + rule.after
    if before is not None:
        middle = before.end + (duty.start - before.end) / 2
        opens = max(opens, middle)
    if after is not None:
        middle = duty.end + (after.start - duty.end) / 2
        closes = min(closes, middle)
    return opens, closes


def within(punches: Sequence[Punch], opens: datetime, closes: datetime) -> Sequence[Punch]:
    """The sorted punches of [opens, closes)."""
    first = bisect_left(punches, opens, key=_moment)
    return punches[first : bisect_left(punches, closes, lo=first, key=_moment)]


_moment = attrgetter("at")


def choose(
    duty: Duty, taps: Sequence[Punch], rule: MatchingRule
) -> tuple[Punch | None, Punch | None]:
    """Clock-in and clock-out among the sorted taps of one window."""
    if not taps:
        return None, None
    first, last = taps[0], taps[-1]
    if last.at - first.at <= rule.collapse:
        from_start = abs(first.at - duty.start)
        from_end = abs(first.at - duty.end)
        if from_end < from_start or (from_end == from_start and first.status in OUT_KEYS):
            return None, last
        return first, None
    if last.at <= duty.start:
        return first, None
    if first.at >= duty.end:
        return None, last
    return first, last


def count_taps(punches: Iterable[Punch], seconds: int) -> int:
    """How many taps these records of one person are, when a record within so many seconds
    (inclusive) of the first record of a tap of the same key is that tap again.
    """
    count = 0
    taps: dict[int, datetime] = {}
    for punch in sort_punches(punches):
        tap = taps.get(punch.status)
        if tap is None or (punch.at - tap).total_seconds() > seconds:
            count += 1
            taps[punch.status] = punch.at
    return count
