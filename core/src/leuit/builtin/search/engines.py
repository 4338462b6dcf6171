"""The few statements in which the engines differ."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, cast, column, literal, select, table
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import TSQUERY

from .index import FullText
from .query import Token

MERGE_PAGES = 500


def matching(
    connection: Connection,
    index: FullText,
    wanted: Sequence[Token],
    unwanted: Sequence[Token],
    columns: Sequence[ColumnElement[Any]],
) -> tuple[Select[Any], ColumnElement[Any]]:
    """A SELECT over entries that have all wanted tokens and not all unwanted ones, and the column
    to sort and to go on by.
    """
    dialect = connection.dialect.name
    asked = literal(token_query(dialect, wanted, unwanted))
    return matched_by(dialect, index, asked, columns)


def matched_by(
    dialect: str,
    index: FullText,
    asked: ColumnElement[str],
    columns: Sequence[ColumnElement[Any]],
) -> tuple[Select[Any], ColumnElement[Any]]:
    """As `matching`, for a text that `token_query` gives: so the statement may be made once."""
    entry = index.entry
    if dialect == "sqlite":
        full = table(index.full_text, column("rowid"), column(index.full_text))
        met = full.c[index.full_text].op("MATCH")(asked)
        # The full text leads: its rows come in the order of ids, and a page ends early.
        return select(*columns).select_from(full).join(entry, entry.c.id == full.c.rowid).where(
            met
        ), full.c.rowid
    question = cast(asked, TSQUERY)
    # By a sum, as an index of ids alone would be taken for it instead of that of words.
    return select(*columns).where(entry.c.words.op("@@")(question)), entry.c.id + 0


def token_query(dialect: str, wanted: Sequence[Token], unwanted: Sequence[Token] = ()) -> str:
    """A text that asks an engine for all wanted tokens and not all unwanted ones."""
    return _fts5(wanted, unwanted) if dialect == "sqlite" else _tsquery(wanted, unwanted)


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


def add_rows(connection: Connection, index: FullText, rows: Sequence[Mapping[str, Any]]) -> None:
    """Full text of new entries."""
    if connection.dialect.name == "sqlite":
        connection.execute(
            sql(f"INSERT INTO {index.full_text} (rowid, words) VALUES (:id, :words)"),  # noqa: S608 -- own name
            [{"id": row["id"], "words": row["words"]} for row in rows],
        )


@contextlib.contextmanager
def overwritten(connection: Connection) -> Iterator[None]:
    """SQLite overwrites with zeroes what is deleted in this block."""
    if connection.dialect.name != "sqlite":
        yield
        return
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")


def drop_rows(connection: Connection, index: FullText, rows: Iterable[tuple[int, str]]) -> None:
    """Full text of entries that go, each with the tokens that it has now."""
    if connection.dialect.name != "sqlite":
        return
    # Tokens are taken out at once where SQLite can, from 3.42 on.
    if connection.dialect.dbapi.sqlite_version_info >= (3, 42):  # type: ignore[union-attr]  # sqlite3
        _command(connection, index, "'secure-delete'", 1)
    connection.execute(
        sql(
            f"INSERT INTO {index.full_text} ({index.full_text}, rowid, words)"  # noqa: S608 -- own name
            " VALUES ('delete', :id, :words)"
        ),
        [{"id": number, "words": words} for number, words in rows],
    )


def count_up(connection: Connection, index: FullText, counts: Sequence[tuple[str, int]]) -> None:
    """Add to how many documents words stand in; one that is new begins with the number."""
    name = index.word.name
    raised = f" ON CONFLICT (word) DO UPDATE SET documents = {name}.documents + excluded.documents"
    begin = f"INSERT INTO {name} (word, length, documents)"
    rows = [(word, len(word), number) for word, number in counts]
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"{begin} VALUES (?, ?, ?){raised}", rows)
        return
    columns = tuple(list(column) for column in zip(*rows, strict=True))
    given = "unnest(%s::text[], %s::int[], %s::int[])"
    connection.exec_driver_sql(f"{begin} SELECT * FROM {given}{raised}", columns)  # noqa: S608 -- own name


@contextlib.contextmanager
def full_text_first(connection: Connection) -> Iterator[None]:
    """PostgreSQL begins with the index of words.

    Its planner takes a look at a row's words for cheap and would look at every row; each look
    unpacks all words of a document.
    """
    if connection.dialect.name == "sqlite":
        yield
        return
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    try:
        yield
    finally:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on")


def merge_some(connection: Connection, index: FullText, *, first: bool) -> bool:
    """Rewrite a part of SQLite's full text without what was deleted; False once all is done.

    PostgreSQL does that by its own vacuum.
    """
    if connection.dialect.name != "sqlite":
        return False
    raw: Any = connection.connection.dbapi_connection
    before = raw.total_changes
    with overwritten(connection):
        _command(connection, index, "'merge'", -MERGE_PAGES if first else MERGE_PAGES)
    return bool(raw.total_changes - before >= 2)


def _command(connection: Connection, index: FullText, name: str, value: int) -> None:
    connection.exec_driver_sql(
        f"INSERT INTO {index.full_text} ({index.full_text}, rank) VALUES ({name}, {value})"  # noqa: S608 -- own names
    )
