"""Storing taps: each once, in one statement, whatever comes again and in whatever order.

What is unique is device, PIN, wall time and key (attendance.md 6.2, reliability). A tap that is
known already changes nothing, but for `copies`, when one upload holds the line more often than any
before, and for a position that had not been told.
"""

import datetime as dt
import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal
from uuid import UUID

import attrs
from sqlalchemy import (
    String,
    Uuid,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from leuit.storage import Instant
from leuit.values import new_id
from leuit.work import Work
from leuit_attendance.models import DeviceState, PunchRow, SetAsideRow
from leuit_attendance.wire import WireRecord

from .known_device import KnownDevice
from .tables import table_of
from .tap_rows import CHUNK, COLUMNS, KEY, chunks, from_json, tap_rows

RECOMPUTE = "attendance.recompute"
RECEIVED = "attendance.punches.received"
_STATE = table_of(DeviceState)
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
    table = table_of(PunchRow)
    fixed = {"device": device.id, "source": source, "upload": upload_id, "now": work.now}
    returned: list[Any] = []
    connection = work.session.connection()
    for taps in chunks(rows):
        statement = _from_json(work.database.dialect)
        returned += connection.execute(statement, {**fixed, "taps": taps})
    new = [row for row in returned if row.is_new]
    changes: dict[str, Any] = dict(state or {})
    if len(new) < len(returned):
        query = select(func.sum(table.c.copies)).where(table.c.device_id == device.id)
        changes["lines_stored"] = connection.execute(query).scalar()
    elif new:
        changes["lines_stored"] = _STATE.c.lines_stored + sum(row.copies for row in new)
    if changes:
        connection.execute(update(_STATE).where(_STATE.c.device_id == device.id).values(changes))
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
    fixed = {"device": device.id, "source": "push", "upload": upload_id, "now": work.now}
    returned = work.session.execute(
        _from_set_aside(work.database.dialect), {**fixed, "ids": ids}
    ).all()
    work.session.execute(delete(table).where(table.c.id.in_(ids)))
    new = [row for row in returned if row.is_new]
    work.session.execute(
        update(table_of(DeviceState))
        .where(DeviceState.device_id == device.id)
        .values(lines_stored=DeviceState.lines_stored + sum(row.copies for row in new))
    )
    times = [row.at for row in new]
    stored = Stored(
        upload_id, len(ids), len(ids), len(new), min(times, default=None), max(times, default=None)
    )
    _tell(work, device, stored, "set_aside", new, {})
    return stored


def ask_to_judge(work: Work, taps: Iterable[tuple[str, dt.date, dt.date]]) -> None:
    """Have the days of PINs judged again: (PIN, first day, last day)."""
    spans: dict[str, tuple[dt.date, dt.date]] = {}
    for pin, first, last in taps:
        known = spans.get(pin, (first, last))
        spans[pin] = (min(known[0], first), max(known[1], last))
    if spans:
        pins = [
            [pin, first.isoformat(), last.isoformat()]
            for pin, (first, last) in sorted(spans.items())
        ]
        work.enqueue(RECOMPUTE, {"pins": pins})


def _tell(
    work: Work,
    device: KnownDevice,
    stored: Stored,
    source: str,
    new: Sequence[Any],
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
    ask_to_judge(work, ((row.pin, row.at.date(), row.at.date()) for row in new))


@functools.cache
def _from_json(dialect: str) -> Any:
    source, columns = from_json(dialect)
    chosen = select(*columns, *_fixed()).select_from(source).where(literal_column("1 = 1"))
    return _upsert(dialect, chosen)


@functools.cache
def _from_set_aside(dialect: str) -> Any:
    table = table_of(SetAsideRow)
    chosen = (
        select(*(table.c[name] for name in COLUMNS), *_fixed())
        .where(table.c.id.in_(bindparam("ids", expanding=True)))
        .order_by(*(table.c[name] for name in KEY))
    )
    return _upsert(dialect, chosen)


_FIXED = ("device_id", "source", "upload_id", "received_at")


def _fixed() -> list[Any]:
    return [
        bindparam("device", type_=Uuid()),
        bindparam("source", type_=String()),
        bindparam("upload", type_=Uuid()),
        bindparam("now", type_=Instant()),
    ]


def _upsert(dialect: str, chosen: Any) -> Any:
    table = table_of(PunchRow)
    make = postgresql_insert if dialect == "postgresql" else sqlite_insert
    statement = make(table).from_select([*COLUMNS, *_FIXED], chosen)
    more = statement.excluded.copies > table.c.copies
    place = table.c.latitude.is_(None) & statement.excluded.latitude.is_not(None)
    greatest = func.greatest if dialect == "postgresql" else func.max
    return statement.on_conflict_do_update(
        index_elements=["device_id", *KEY],
        set_={
            "copies": greatest(table.c.copies, statement.excluded.copies),
            "latitude": func.coalesce(table.c.latitude, statement.excluded.latitude),
            "longitude": func.coalesce(table.c.longitude, statement.excluded.longitude),
        },
        where=or_(more, place),
    ).returning(
        table.c.pin,
        table.c.at,
        table.c.copies,
        (table.c.upload_id == bindparam("upload", type_=Uuid())).label("is_new"),
    )
