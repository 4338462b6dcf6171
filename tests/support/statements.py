"""Statements compiled once in a run, though every test has engines of its own.

SQLAlchemy keeps what it compiled by dialect, and each engine has one: with some thousand engines in
a run a quarter of the time went into compiling the same statements. Engines of one kind speak the
same language here, so their dialects count as equal and share what was compiled.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

_COMPILED: dict[Any, Any] = {}


def equal_dialects() -> None:
    """Let dialects of one class be equal; once for a process."""
    for kind in (PGDialect_psycopg, SQLiteDialect_pysqlite):
        kind.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign]  # in tests alone
        kind.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]  # as above


def share_statements(*engines: Engine) -> None:
    """Give the engines what others of their kind have compiled."""
    for engine in engines:
        engine.update_execution_options(compiled_cache=_COMPILED)
