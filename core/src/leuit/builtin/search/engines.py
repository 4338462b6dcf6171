"""The few statements in which the engines differ."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, cast, column, select, table
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import TSQUERY

from .index import SearchIndex
from .query import Token

MERGE_PAGES = 500


def matching(
    connection: Connection,
    index: SearchIndex,
    wanted: Sequence[Token],
    unwanted: Sequence[Token],
    columns: Sequence[ColumnElement[Any]],
) -> tuple[Select[Any], ColumnElement[Any]]:
    """A SELECT over entries that have all wanted tokens and not all unwanted ones, and the column
    to sort and to go on by.
    """
    entry = index.entry
    if connection.dialect.name == "sqlite":
        full = table(index.full_text, column("rowid"), column(index.full_text))
        met = full.c[index.full_text].op("MATCH")(_fts5(wanted, unwanted))
        # The full text leads: its rows come in the order of ids, and a page ends early.
        return select(*columns).select_from(full).join(entry, entry.c.id == full.c.rowid).where(
            met
        ), full.c.rowid
    question = cast(_tsquery(wanted, unwanted), TSQUERY)
    return select(*columns).where(entry.c.words.op("@@")(question)), entry.c.id


def _fts5(wanted: Sequence[Token], unwanted: Sequence[Token]) -> str:
    def all_of(tokens: Sequence[Token]) -> str:
        return " AND ".join(f'"{one.text}"{"*" if one.beginning else ""}' for one in tokens)

    return f"({all_of(wanted)}) NOT ({all_of(unwanted)})" if unwanted else all_of(wanted)


def _tsquery(wanted: Sequence[Token], unwanted: Sequence[Token]) -> str:
    def all_of(tokens: Sequence[Token]) -> str:
        return " & ".join(f"'{one.text}'{':*' if one.beginning else ''}" for one in tokens)

    return f"{all_of(wanted)} & !({all_of(unwanted)})" if unwanted else all_of(wanted)


def stored_tokens(words: str) -> list[str]:
    """The tokens of an entry, as its engine gives them back."""
    return [one.strip("'") for one in words.split(" ")] if words else []


def add_rows(connection: Connection, index: SearchIndex, rows: Sequence[Mapping[str, Any]]) -> None:
    """Full text of new entries."""
    if connection.dialect.name == "sqlite":
        connection.execute(
            sql(f"INSERT INTO {index.full_text} (rowid, words) VALUES (:id, :words)"),  # noqa: S608 -- own name
            [{"id": row["id"], "words": row["words"]} for row in rows],
        )


def drop_rows(connection: Connection, index: SearchIndex, rows: Iterable[tuple[int, str]]) -> None:
    """Full text of entries that go, each with the tokens that it has now."""
    if connection.dialect.name != "sqlite":
        return
    # What is freed is overwritten; and so is a token, where SQLite can (from 3.42 on).
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    if connection.dialect.dbapi.sqlite_version_info >= (3, 42):  # type: ignore[union-attr]  # sqlite3
        _command(connection, index, "'secure-delete'", 1)
    connection.execute(
        sql(
            f"INSERT INTO {index.full_text} ({index.full_text}, rowid, words)"  # noqa: S608 -- own name
            " VALUES ('delete', :id, :words)"
        ),
        [{"id": number, "words": words} for number, words in rows],
    )


def merge_some(connection: Connection, index: SearchIndex, *, first: bool) -> bool:
    """Rewrite a part of SQLite's full text without what was deleted; False once all is done.

    PostgreSQL does that by its own vacuum.
    """
    if connection.dialect.name != "sqlite":
        return False
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    raw: Any = connection.connection.dbapi_connection
    before = raw.total_changes
    _command(connection, index, "'merge'", -MERGE_PAGES if first else MERGE_PAGES)
    return bool(raw.total_changes - before >= 2)


def _command(connection: Connection, index: SearchIndex, name: str, value: int) -> None:
    connection.exec_driver_sql(
        f"INSERT INTO {index.full_text} ({index.full_text}, rank) VALUES ({name}, {value})"  # noqa: S608 -- own names
    )
