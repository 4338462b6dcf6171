"""Storing taps: each once, in one statement, whatever comes again and in whatever order.

What is unique is device, PIN, wall time and key (attendance.md 6.2, reliability). A tap that is
known already changes nothing, but for `copies`, when one upload holds the line more often than any
before, and for a position that had not been told.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal
from uuid import UUID

import attrs
from sqlalchemy import delete, func, select

from leuit.values import new_id
from leuit.work import Work
from leuit_attendance.models import PunchRow, SetAsideRow
from leuit_attendance.wire import WireRecord

from .device_state import write_state
from .known_device import KnownDevice
from .put_taps import NewTap, Origin, move_taps, put_taps
from .tables import table_of
from .tap_rows import CHUNK, KEY, tap_rows

RECOMPUTE = "attendance.recompute"
RECEIVED = "attendance.punches.received"
_PUNCH = table_of(PunchRow)
Source = Literal["push", "file"]


@attrs.frozen
class Stored:
    """What became of an upload: records read, distinct taps, taps that were new."""

    upload_id: UUID
    count: int
    distinct: int
    new: int
    first: dt.datetime | None = None
    last: dt.datetime | None = None

    @property
    def known(self) -> int:
        """Taps that were stored before."""
        return self.distinct - self.new

    @property
    def repeats(self) -> int:
        """Records that stood more than once in this upload."""
        return self.count - self.distinct


def store_punches(
    work: Work,
    device: KnownDevice,
    records: Sequence[WireRecord],
    *,
    source: Source,
    state: Mapping[str, Any] | None = None,
    **details: Any,
) -> Stored:
    """Store the taps of one upload, with one audit entry, and have the days of new ones judged.

    `state` are columns of the device's state to be written with it; `details` go into the entry.
    """
    rows = tap_rows(records)
    upload_id = new_id()
    connection = work.connection
    new, changed = put_taps(connection, Origin(device.id, source, upload_id, work.now), rows)
    if changed:
        query = select(func.sum(_PUNCH.c.copies)).where(_PUNCH.c.device_id == device.id)
        counted = {"lines_stored": connection.execute(query).scalar()}
        write_state(work, device, {**(state or {}), **counted})
    else:
        write_state(work, device, state or {}, lines=sum(tap.copies for tap in new))
    times = [record.at for record in records]
    stored = Stored(
        upload_id,
        len(records),
        len(rows),
        len(new),
        min(times, default=None),
        max(times, default=None),
    )
    _tell(work, device, stored, source, new, details)
    return stored


def store_set_aside(work: Work, device: KnownDevice) -> Stored:
    """Move up to `CHUNK` taps that were set aside for the device's serial into its punches."""
    table = table_of(SetAsideRow)
    ids = list(
        work.session.execute(
            select(table.c.id)
            .where(table.c.serial == device.serial)
            .order_by(*(table.c[name] for name in KEY))
            .limit(CHUNK)
        ).scalars()
    )
    upload_id = new_id()
    origin = Origin(device.id, "push", upload_id, work.now)
    new = move_taps(work.connection, origin, ids)
    work.session.execute(delete(table).where(table.c.id.in_(ids)))
    write_state(work, device, {}, lines=sum(tap.copies for tap in new))
    days = [dt.datetime.fromisoformat(tap.at) for tap in new]
    stored = Stored(
        upload_id, len(ids), len(ids), len(new), min(days, default=None), max(days, default=None)
    )
    _tell(work, device, stored, "set_aside", new, {})
    return stored


def ask_to_judge(work: Work, taps: Iterable[NewTap]) -> None:
    """Have the days of taps judged again: PINs of equal first and last days go together."""
    spans: dict[str, tuple[str, str]] = {}
    for tap in taps:
        day = tap.day
        first, last = spans.get(tap.pin, (day, day))
        spans[tap.pin] = (min(first, day), max(last, day))
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for pin, span in spans.items():
        together[span].append(pin)
    if together:
        pins = [[first, last, sorted(some)] for (first, last), some in sorted(together.items())]
        work.enqueue(RECOMPUTE, {"pins": pins})


def _tell(
    work: Work,
    device: KnownDevice,
    stored: Stored,
    source: str,
    new: Sequence[NewTap],
    details: Mapping[str, Any],
) -> None:
    work.audit(
        RECEIVED,
        device.ref,
        **{
            "upload": stored.upload_id,
            "source": source,
            "count": stored.count,
            "new": stored.new,
            "from": stored.first,
            "to": stored.last,
            **details,
        },
    )
    ask_to_judge(work, new)
