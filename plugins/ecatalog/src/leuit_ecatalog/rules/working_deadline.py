"""Deadlines in working days: the end of the last one, counted from the day after the event.

Working days are Monday to Friday but for days off of the region's calendar (national holidays and
cuti bersama).
"""

import datetime as dt
from collections.abc import Container


def last_day(event: dt.date, days: int, days_off: Container[dt.date]) -> dt.date:
    """The `days`-th working day after the day of the event; the deadline is the end of that day."""
    day, left = event, days
    while left:
        day += dt.timedelta(days=1)
        if day.weekday() < 5 and day not in days_off:
            left -= 1
    return day
