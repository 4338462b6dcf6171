"""The statements that put taps among the punches: what is new goes in, what is known gains.

PostgreSQL takes all rows of a chunk in one statement, which saves the way there and back. SQLite
has no way to save: there plain inserts through the driver cost two thirds of that statement, so
known taps are looked for only where an insert found one.
"""

import datetime as dt
import functools
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Connection, Uuid, bindparam, func, literal_column, or_, select

from leuit.storage import insert_into
from leuit_attendance.models import PunchRow, SetAsideRow

from .tables import table_of
from .tap_rows import COLUMNS, KEY, Row, chunks, from_json

_PUNCH, _SET_ASIDE = table_of(PunchRow), table_of(SetAsideRow)
_ORIGIN = ("device_id", "source", "upload_id", "received_at")


@attrs.frozen
class Origin:
    """Where taps come from: the device, `push` or `file`, the upload, and the instant."""

    device: UUID
    source: str
    upload: UUID
    now: dt.datetime

    @property
    def binds(self) -> dict[str, Any]:
        """The parameters of the statements of this module."""
        return {f"from_{name}": value for name, value in self.columns.items()}

    @property
    def columns(self) -> dict[str, Any]:
        """Values of the columns that all taps of an upload have in common."""
        return dict(zip(_ORIGIN, attrs.astuple(self), strict=True))


@attrs.frozen
class NewTap:
    """A tap that was not stored before; `at` is its wall time as ISO 8601."""

    pin: str
    at: str
    copies: int

    @property
    def day(self) -> str:
        """The calendar day of the tap as ISO 8601."""
        return self.at[:10]


def put_taps(
    connection: Connection, origin: Origin, rows: Sequence[Row]
) -> tuple[list[NewTap], bool]:
    """Store rows of `tap_rows`; returns the new ones, and whether a known one gained something."""
    if connection.dialect.name == "sqlite":
        return _put_singly(connection, origin, rows)
    returned: list[Any] = []
    for taps in chunks(rows):
        returned += connection.execute(_from_json("postgresql"), {**origin.binds, "taps": taps})
    new = _new(returned)
    return new, len(new) < len(returned)


def move_taps(connection: Connection, origin: Origin, ids: Sequence[int]) -> list[NewTap]:
    """Copy taps that were set aside, by their ids; returns the new ones."""
    statement = _from_set_aside(connection.dialect.name)
    return _new(connection.execute(statement, {**origin.binds, "ids": ids}).all())


def _put_singly(
    connection: Connection, origin: Origin, rows: Sequence[Row]
) -> tuple[list[NewTap], bool]:
    if not rows:
        return [], False
    shared = tuple(_as_driver(connection, name, value) for name, value in origin.columns.items())
    inserted = connection.exec_driver_sql(_INSERT, [row + shared for row in rows]).rowcount
    if inserted == len(rows):
        return [NewTap(row[0], row[1], row[5]) for row in rows], False
    gained = 0
    for taps in chunks(rows):
        gained += len(
            connection.execute(_from_json("sqlite"), {**origin.binds, "taps": taps}).all()
        )
    if not inserted:
        return [], bool(gained)
    times = [dt.datetime.fromisoformat(row[1]) for row in rows]
    mine = select(_PUNCH.c.pin, _PUNCH.c.at, _PUNCH.c.copies).where(
        _PUNCH.c.device_id == origin.device,
        _PUNCH.c.at.between(min(times), max(times)),
        _PUNCH.c.upload_id == origin.upload,
    )
    return [_tap(row) for row in connection.execute(mine)], bool(gained)


_INSERT = (  # names of our own columns only; every value is bound
    f"INSERT INTO {_PUNCH.name} ({', '.join((*COLUMNS, *_ORIGIN))})"  # noqa: S608  # see above
    f" VALUES ({', '.join('?' * len((*COLUMNS, *_ORIGIN)))})"
    f" ON CONFLICT ({', '.join(('device_id', *KEY))}) DO NOTHING"
)


def _as_driver(connection: Connection, name: str, value: Any) -> Any:
    dialect = connection.dialect
    process = _PUNCH.c[name].type.dialect_impl(dialect).bind_processor(dialect)
    return value if process is None else process(value)


def _new(returned: Sequence[Any]) -> list[NewTap]:
    return [_tap(row) for row in returned if row.is_new]


def _tap(row: Any) -> NewTap:
    return NewTap(row.pin, row.at.isoformat(" "), row.copies)


@functools.cache
def _from_json(dialect: str) -> Any:
    source, columns = from_json(dialect)
    chosen = select(*columns, *_shared()).select_from(source).where(literal_column("1 = 1"))
    return _upsert(dialect, chosen)


@functools.cache
def _from_set_aside(dialect: str) -> Any:
    chosen = (
        select(*(_SET_ASIDE.c[name] for name in COLUMNS), *_shared())
        .where(_SET_ASIDE.c.id.in_(bindparam("ids", expanding=True)))
        .order_by(*(_SET_ASIDE.c[name] for name in KEY))
    )
    return _upsert(dialect, chosen)


def _shared() -> list[Any]:
    return [bindparam(f"from_{name}", type_=_PUNCH.c[name].type) for name in _ORIGIN]


def _upsert(dialect: str, chosen: Any) -> Any:
    statement = insert_into(dialect, _PUNCH).from_select([*COLUMNS, *_ORIGIN], chosen)
    more = statement.excluded.copies > _PUNCH.c.copies
    place = _PUNCH.c.latitude.is_(None) & statement.excluded.latitude.is_not(None)
    greatest = func.greatest if dialect == "postgresql" else func.max
    return statement.on_conflict_do_update(
        index_elements=["device_id", *KEY],
        set_={
            "copies": greatest(_PUNCH.c.copies, statement.excluded.copies),
            "latitude": func.coalesce(_PUNCH.c.latitude, statement.excluded.latitude),
            "longitude": func.coalesce(_PUNCH.c.longitude, statement.excluded.longitude),
        },
        where=or_(more, place),
    ).returning(
        _PUNCH.c.pin,
        _PUNCH.c.at,
        _PUNCH.c.copies,
        (_PUNCH.c.upload_id == bindparam("from_upload_id", type_=Uuid())).label("is_new"),
    )
