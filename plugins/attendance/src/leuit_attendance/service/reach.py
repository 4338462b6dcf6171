"""How far a change on one date reaches: which other dates it may judge differently.

A tap counts for a duty whose window holds it, and a duty bounds the windows of its neighbours. How
far windows go is a matter of the editions; with the usual figures everything reaches one day, with
duties that begin late and last a whole day it may be more.
"""

import datetime as dt
from collections.abc import Iterable

import attrs

from leuit_attendance.rules import DayPattern

from .figures import Figures

_DAY = 1440


@attrs.frozen
class Reach:
    """Whole days: a tap may count for a duty that starts `back` days earlier or `ahead` later; a
    duty bounds windows of duties up to `neighbours` days away. None of them is below one.
    """

    back: int = 1
    ahead: int = 1
    neighbours: int = 1

    def of_taps(self, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
        """The days that taps of the range may change."""
        return first - dt.timedelta(days=self.back), last + dt.timedelta(days=self.ahead)

    def of_duties(self, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
        """The days that duties of the range may change."""
        days = dt.timedelta(days=self.neighbours)
        return first - days, last + days

    def around(self, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
        """The dates of taps that days of the range may look at."""
        return first - dt.timedelta(days=self.ahead), last + dt.timedelta(days=self.back)


def reach_of(figures: Figures) -> Reach:
    """The reach of all editions together."""
    patterns = list(_patterns(figures))
    rules = [edition.figures.matching for edition in figures.deductions]
    if not patterns or not rules:
        return Reach()
    begins = min(pattern.start.hour * 60 + pattern.start.minute for pattern in patterns)
    ends = max(
        pattern.start.hour * 60 + pattern.start.minute + pattern.window_minutes
        for pattern in patterns
    )
    before = max(rule.before_minutes for rule in rules)
    after = max(rule.after_minutes for rule in rules)
    return Reach(
        back=_days_below(ends + after),
        ahead=_days_below(_DAY + before - begins),
        neighbours=_days_below(ends - begins + 2 * max(before, after)),
    )


def _days_below(minutes: int) -> int:
    """The greatest number of days that is less than so many minutes, at least one."""
    return max(1, -(-minutes // _DAY) - 1)


def _patterns(figures: Figures) -> Iterable[DayPattern]:
    for edition in figures.schedules:
        for week in edition.figures.schedules.values():
            yield from (day for day in week.days if day is not None)
    for edition in figures.shifts:
        for shift in edition.figures.shifts:
            if shift.pattern is not None:
                yield shift.pattern
