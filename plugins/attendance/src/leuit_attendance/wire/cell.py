"""Cell: one column of a record as text, read strictly and without a guess.

Only ASCII digits count as digits. Years run from 2000, where the clocks of the devices begin, to
2099; every time in between exists in UTC too, whatever the zone.
"""

from __future__ import annotations

import re
from datetime import datetime

from leuit.values import Text

from .line import JUNK_REASONS

MAX_CODE = 24
"""Characters of a PIN, a device number or a workcode."""
FIRST_YEAR, LAST_YEAR = 2000, 2099

_TIME = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})[ T]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})"
)
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")
_PIN = re.compile(rf"[!-%'-+\--<>-~]{{1,{MAX_CODE}}}")  # printable ASCII without space & , =
_CODE = re.compile(rf"[!-~]{{0,{MAX_CODE}}}")


class BadCellError(ValueError):
    """A column that cannot be read; `code` is a key of `JUNK_REASONS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def reason(self) -> Text:
        return JUNK_REASONS[self.code]


def read_pin(cell: str) -> str:
    """A PIN without the spaces that align it; letters and leading zeros belong to it."""
    pin = cell.strip(" ")
    if not _PIN.fullmatch(pin):
        raise BadCellError("bad_pin")
    return pin


def read_time(cell: str) -> datetime:
    """`YYYY-MM-DD HH:MM:SS`, naive: the wall time of the device."""
    match = _TIME.fullmatch(cell.strip(" "))
    if not match:
        raise BadCellError("bad_time")
    year, month, day, hour, minute, second = (int(part) for part in match.groups())
    try:
        at = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  wall time by design
    except ValueError:
        raise BadCellError("bad_time") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadCellError("time_out_of_range")
    return at


def read_number(cell: str, code: str) -> int | None:
    """A whole number of at most nine digits, None for an empty cell."""
    text = cell.strip(" ")
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise BadCellError(code)
    return int(text)


def read_code(cell: str, code: str) -> str:
    """A short code of printable ASCII, as it stands."""
    text = cell.strip(" ")
    if not _CODE.fullmatch(text):
        raise BadCellError(code)
    return text


def lenient_number(cell: str, low: int, high: int) -> int | None:
    """A number within bounds or None: for columns that must not cost a punch its record."""
    text = cell.strip(" ")
    if not _NUMBER.fullmatch(text):
        return None
    value = int(text)
    return value if low <= value <= high else None


def write_time(at: datetime) -> str:
    """The form that devices write and read."""
    return at.strftime("%Y-%m-%d %H:%M:%S")
