"""Lateness: whole minutes late and early, what flexi, tolerance and make-up do to them, and
classes.

Everything is decided on whole minutes, rounded by the edition's seconds rule; the figures and their
order stand in `DayPattern`. No minute is counted both as late and as early.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from .duty import Duty
from .edition import ClassWindow, SecondsRule

Shift = Literal["", "flexi", "tolerated"]


def minutes_after(moment: datetime, limit: datetime, seconds: SecondsRule) -> int:
    """Whole minutes from `limit` to `moment` (0 when not later), seconds cut or rounded up."""
    if moment <= limit:
        return 0
    gap = moment - limit
    total = gap.days * 86400 + gap.seconds
    return total // 60 if seconds == "cut" else -(-total // 60)


def judge_arrival(
    duty: Duty, check_in: datetime, seconds: SecondsRule
) -> tuple[int, datetime, Shift]:
    """Minutes late, the earliest permitted leaving, and what forgave a lateness or moved it."""
    if check_in <= duty.start:
        if duty.flexi_early_minutes:
            ahead = minutes_after(duty.start, check_in, "cut")
            credit = min(ahead, duty.flexi_early_minutes)
            if credit:
                return 0, duty.end - timedelta(minutes=credit), "flexi"
        return 0, duty.end, ""
    minutes = minutes_after(check_in, duty.start, seconds)
    if minutes == 0:
        return 0, duty.end, ""
    if minutes <= duty.flexi_late_minutes:
        return 0, duty.end + timedelta(minutes=minutes), "flexi"
    if minutes <= duty.tolerance_minutes:
        return 0, duty.end + timedelta(minutes=duty.make_up_minutes), "tolerated"
    return minutes, duty.end, ""


def class_of(windows: Sequence[ClassWindow], minutes: int) -> str | None:
    """The class of that many minutes; None for 0 and for minutes in no window."""
    for window in windows:
        if window.from_minutes <= minutes and (
            window.to_minutes is None or minutes < window.to_minutes
        ):
            return window.name
    return None
