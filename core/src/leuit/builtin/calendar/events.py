"""What listeners are told of the calendar."""

import datetime as dt
from typing import ClassVar

import attrs


@attrs.frozen
class HolidaysChanged:
    """Days from `first` to `last` (both included) were taken into or out of the calendar, or are
    now explained by another decree. Days that follow one another are told in one event, days apart
    in several, so that nothing between them is worked out anew.
    """

    event_name: ClassVar[str] = "core.holidays_changed"
    version: ClassVar[int] = 1

    first: dt.date
    last: dt.date
