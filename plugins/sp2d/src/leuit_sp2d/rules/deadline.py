"""Legal time limits of a step: so many calendar or working days after what it waits for arrived.

PP 12/2019 Pasal 149 says “hari”, older rules “hari kerja”; so each limit names its unit. The day on
which the document arrives is not counted, the limit is kept until the end of the last day.
"""

import datetime as dt
from collections.abc import Container
from typing import Literal

Unit = Literal["calendar", "working"]
WEEKEND = frozenset({5, 6})


def last_day(received: dt.date, days: int, unit: Unit, off: Container[dt.date]) -> dt.date:
    """The last day that keeps the limit; `off` are holidays, weekends are known."""
    day = received
    left = days
    while left > 0:
        day += dt.timedelta(days=1)
        if unit == "calendar" or (day.weekday() not in WEEKEND and day not in off):
            left -= 1
    return day
