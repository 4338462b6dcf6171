"""Time is asked from an injected clock; instants are aware and in UTC, dates of law are local.

A day of the regency is the local day: 06.59 WIB of 5 October is 4 October in UTC and still
belongs to the 5th (`public-service.md` PS-12).
"""

import datetime as dt
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Anything that tells the present instant."""

    def now(self) -> dt.datetime:
        """The present as an aware datetime in UTC."""


class SystemClock:
    """The clock of the machine."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)


class ManualClock:
    """A clock that stands still until it is moved: for tests and for demonstration data."""

    def __init__(self, start: dt.datetime) -> None:
        self._now = _aware(start)

    def now(self) -> dt.datetime:
        return self._now

    def set(self, instant: dt.datetime) -> None:
        """Jump to an aware instant, forwards or backwards."""
        self._now = _aware(instant)

    def advance(self, step: dt.timedelta) -> None:
        """Move by `step`."""
        self._now += step


def _aware(instant: dt.datetime) -> dt.datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(dt.UTC)


def local_time(instant: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The aware instant as wall time of the zone."""
    return _aware(instant).astimezone(zone)


def local_day(instant: dt.datetime, zone: ZoneInfo) -> dt.date:
    """The local date on which an aware instant lies."""
    return local_time(instant, zone).date()


def to_utc(wall: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The instant of a naive wall time of the zone."""
    if wall.tzinfo is not None:
        raise ValueError("a wall time has no time zone")
    return wall.replace(tzinfo=zone).astimezone(dt.UTC)
