"""Drift: how far the clock of a device is from the server's.

A tap reaches the server some time after it was made, never before: received = true time + delay,
delay >= 0. So the lead of one record, its own instant minus the instant of receipt, is the clock's
drift minus that delay, a lower bound of the drift. The newest record of an upload has the least
delay, and of several uploads the one with the greatest lead has. Hence:

- the lead of an upload is the greatest lead of its records;
- the drift is the greatest lead of the last uploads (`WINDOW`), rounded to whole seconds.

A clock that is ahead shows at once and for certain: nothing comes from the future. A clock that is
behind looks like a slow line; it counts as behind only where at least `LEAST` uploads agree, as a
realtime device always has one that came without delay. Uploads that a device was asked to repeat
(back-fill, Stamp=0) are old by nature: do not hand them in. When the clock is set (operation 21),
or its handshake changed the zone, begin anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Literal

from attrs import frozen

from .punch_record import WireRecord

WINDOW = 20
"""Uploads that an estimate looks back on."""
LEAST = 5
"""Uploads that must agree before a clock counts as behind."""
TOLERANCE_SECONDS = 60
"""Drift that is not worth a word: lateness is counted in minutes."""

State = Literal["right", "ahead", "behind", "unknown"]


@frozen
class ClockDrift:
    """`seconds`: positive is ahead. `unknown`: it looks behind, but too few uploads say so."""

    seconds: int
    uploads: int
    state: State


def record_lead(received: datetime, at: datetime, offset_seconds: int) -> timedelta:
    """Instant of a record minus the instant of its receipt.

    `received` is aware, `at` the naive wall time of the device, `offset_seconds` its zone's.
    """
    zone = timezone(timedelta(seconds=offset_seconds))
    return at.replace(tzinfo=zone) - received


def upload_lead(
    received: datetime, records: Iterable[WireRecord], zone_offset_seconds: int
) -> timedelta | None:
    """Greatest lead of a realtime upload, None without records.

    Records that tell no offset are in the zone that the handshake gave to the device.
    """
    newest: dict[int | None, datetime] = {}
    for record in records:
        known = newest.get(record.offset_seconds)
        if known is None or record.at > known:
            newest[record.offset_seconds] = record.at
    return max(
        (
            record_lead(received, at, zone_offset_seconds if offset is None else offset)
            for offset, at in newest.items()
        ),
        default=None,
    )


def estimate_drift(
    leads: Sequence[timedelta], *, tolerance_seconds: int = TOLERANCE_SECONDS
) -> ClockDrift | None:
    """The drift by the leads of uploads, oldest first; None without any."""
    recent = leads[-WINDOW:]
    if not recent:
        return None
    seconds = round(max(recent).total_seconds())
    state: State
    if abs(seconds) <= tolerance_seconds:
        state = "right"
    elif seconds > 0:
        state = "ahead"
    else:
        state = "behind" if len(recent) >= LEAST else "unknown"
    return ClockDrift(seconds, len(recent), state)
