"""Statements on which many wait: compiled once for each engine, run without more bookkeeping.

SQLAlchemy works out anew at each call what a statement becomes, which is cheap beside a page and
dear inside a transaction that others wait for. It still writes the SQL, turns values into the
driver's, hears errors and tells its listeners; what is left out is its result and its caches.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs
from sqlalchemy import Connection, Delete, Dialect, Insert, Update

_Convert = Callable[[Any], Any] | None


@attrs.frozen
class _Compiled:
    """One statement for one engine: `places` are names with what turns a value into the driver's;
    `fixed` are the values that stand in the statement, and the scalar defaults of columns.
    """

    sql: str
    places: Sequence[tuple[str, _Convert]]
    fixed: Mapping[str, Any]
    is_positional: bool

    def parameters(self, values: Mapping[str, Any]) -> Any:
        given = {**self.fixed, **values}
        if self.is_positional:
            return tuple(
                convert(given[name]) if convert else given[name] for name, convert in self.places
            )
        return {
            name: convert(given[name]) if convert else given[name] for name, convert in self.places
        }


class Prepared:
    """An INSERT, UPDATE or DELETE that always gets the same names, without parts that expand.

    What a call leaves out is NULL or the column's scalar default; a default that is worked out,
    like an id, is the caller's. Errors are those of SQLAlchemy.
    """

    def __init__(self, statement: Insert | Update | Delete) -> None:
        self._statement = statement
        self._compiled: dict[tuple[str, frozenset[str]], _Compiled] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Run it once; how many rows it touched."""
        made = self._for(connection, values)
        cursor = connection.connection.cursor()
        try:
            _send(connection, cursor, made.sql, made.parameters(values))
            return int(cursor.rowcount)
        finally:
            cursor.close()

    def scalar(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """Run it once; the driver's first value of the first row of RETURNING, None without one."""
        made = self._for(connection, values)
        cursor = connection.connection.cursor()
        try:
            _send(connection, cursor, made.sql, made.parameters(values))
            row = cursor.fetchone()
            return row[0] if row else None
        finally:
            cursor.close()

    def run_many(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run it for each of the rows, which all have the same names."""
        if len(rows) == 1:
            self.run(connection, rows[0])
            return
        made = self._for(connection, rows[0])
        cursor = connection.connection.cursor()
        try:
            _send(connection, cursor, made.sql, [made.parameters(row) for row in rows], many=True)
        finally:
            cursor.close()

    def _for(self, connection: Connection, values: Mapping[str, Any]) -> _Compiled:
        key = (connection.dialect.name, frozenset(values))
        if (known := self._compiled.get(key)) is None:
            known = self._compiled[key] = _compile(self._statement, connection.dialect, values)
        return known


def _compile(
    statement: Insert | Update | Delete, dialect: Dialect, values: Mapping[str, Any]
) -> _Compiled:
    fixed: dict[str, Any] = {}
    if isinstance(statement, Insert):
        for column in statement.table.columns:
            if column.key not in values and column.default is not None:
                if not column.default.is_scalar:
                    raise TypeError(f"{column} has no value, and its default is worked out")
                fixed[column.key] = column.default.arg  # type: ignore[attr-defined]  # is_scalar
    compiled: Any = statement.compile(dialect=dialect, column_keys=[*values, *fixed])
    fixed |= {
        name: value
        for name, value in compiled.params.items()
        if name not in values and name not in fixed
    }
    binds = {name: bind for bind, name in compiled.bind_names.items()}
    places = [
        (name, binds[name].type.dialect_impl(dialect).bind_processor(dialect))
        for name in (compiled.positiontup if dialect.positional else binds)
    ]
    return _Compiled(str(compiled), places, fixed, dialect.positional)


def _send(
    connection: Connection, cursor: Any, sql: str, parameters: Any, *, many: bool = False
) -> None:
    """Hand it to the driver, as SQLAlchemy does: listeners hear of it, errors are wrapped."""
    dialect = connection.dialect
    for listener in connection.dispatch.before_cursor_execute:
        sql, parameters = listener(connection, cursor, sql, parameters, None, many)
    try:
        if many:
            dialect.do_executemany(cursor, sql, parameters)
        else:
            dialect.do_execute(cursor, sql, parameters)
    except dialect.loaded_dbapi.Error as error:
        # The one place that knows how errors are wrapped, told, and connections thrown away.
        connection._handle_dbapi_exception(error, sql, parameters, cursor, None)  # noqa: SLF001
