"""Taps on their way into a table: one row for each key, in one statement, on both engines.

Rows travel as one JSON array, since a statement with a fixed text is compiled once, and since
drivers return no rows from many small statements. They are sorted by their key, so that two
uploads that overlap lock rows in the same order.
"""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import JSON, ColumnElement, FromClause, Text, bindparam, cast, func, literal_column

from leuit_attendance.wire import WireRecord

COLUMNS = ("pin", "at", "status", "verify", "workcode", "copies", "latitude", "longitude")
KEY = ("at", "pin", "status")
CHUNK = 2_000
"""Rows of one statement."""

Row = tuple[Any, ...]
_TYPES = ("TEXT", "TIMESTAMP", "INTEGER", "INTEGER", "TEXT", "INTEGER", "FLOAT", "FLOAT")


def tap_rows(records: Iterable[WireRecord]) -> list[Row]:
    """One row for each key, sorted; `copies` counts how often the key occurs among `records`.

    Of several records with one key, the first that tells a position gives the row.
    """
    kept: dict[tuple[dt.datetime, str, int], WireRecord] = {}
    copies: dict[tuple[dt.datetime, str, int], int] = {}
    for record in records:
        key = (record.at, record.pin, record.status)
        known = kept.get(key)
        if known is None:
            kept[key] = record
            continue
        copies[key] = copies.get(key, 1) + 1
        if known.latitude is None and record.latitude is not None:
            kept[key] = record
    return [
        (
            record.pin,
            record.at.isoformat(" ") + ".000000",  # as SQLAlchemy writes it on SQLite
            record.status,
            record.verify,
            record.workcode,
            copies.get(key, 1),
            record.latitude,
            record.longitude,
        )
        for key, record in sorted(kept.items())
    ]


def chunks(rows: Sequence[Row]) -> Iterable[str]:
    """The rows as JSON arrays of at most `CHUNK` rows each."""
    for start in range(0, len(rows), CHUNK):
        yield json.dumps(rows[start : start + CHUNK], separators=(",", ":"))


def from_json(dialect: str) -> tuple[FromClause, list[ColumnElement[Any]]]:
    """What to select from, and the columns in the order of `COLUMNS`; the bind is `taps`."""
    given = bindparam("taps", type_=Text())
    if dialect == "postgresql":
        source = func.json_array_elements(cast(given, JSON())).table_valued("value").alias("tap")
        return source, [
            literal_column(f"CAST(tap.value->>{index} AS {kind})")
            for index, kind in enumerate(_TYPES)
        ]
    table = func.json_each(given).table_valued("value").alias("tap")
    return table, [
        literal_column(f"json_extract(tap.value, '$[{index}]')") for index in range(len(_TYPES))
    ]
