"""Statements on which many wait: compiled once for each engine, run without more bookkeeping.

SQLAlchemy works out anew at each call what a statement becomes, which is cheap beside a page and
dear inside a transaction that others wait for. It still writes the SQL, turns values into the
driver's and back, hears errors and tells its listeners; what is left out is its result and its
caches.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs
from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Update

_Convert = Callable[[Any], Any] | None
_Statement = Insert | Update | Delete | Select[*tuple[Any, ...]]


@attrs.define
class _Compiled:
    """One statement for one engine: `places` are names with what turns a value into the driver's;
    `fixed` are the values that stand in the statement, and the scalar defaults of columns.
    `reads` are what turns the driver's values into ours, known with the first answer.
    """

    sql: str
    places: Sequence[tuple[str, _Convert]]
    fixed: Mapping[str, Any]
    is_positional: bool
    reads: Sequence[_Convert] | None = None

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
    """A statement that always gets the same names, none of which is a list that expands.

    What a call leaves out of an INSERT is NULL or the column's scalar default; a default that is
    worked out, like an id, is the caller's. Rows of a SELECT are named tuples. Errors are those of
    SQLAlchemy.
    """

    def __init__(self, statement: _Statement) -> None:
        self._statement = statement
        self._compiled: dict[tuple[str, frozenset[str]], _Compiled] = {}
        self._row: Any = None
        if isinstance(statement, Select):
            names = statement.selected_columns.keys()
            # Its fields are known only here.
            self._row = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # noqa: PYI024

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

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """All rows that a SELECT finds."""
        made = self._for(connection, values)
        cursor = connection.connection.cursor()
        try:
            _send(connection, cursor, made.sql, made.parameters(values))
            found = cursor.fetchall()
            if not found:
                return []
            reads = made.reads or self._reads(made, connection.dialect, cursor)
        finally:
            cursor.close()
        return [
            self._row._make(
                [read(value) if read else value for read, value in zip(reads, row, strict=True)]
            )
            for row in found
        ]

    def first(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """The first row that a SELECT finds, None without one."""
        found = self.rows(connection, values)
        return found[0] if found else None

    def _reads(self, made: _Compiled, dialect: Dialect, cursor: Any) -> Sequence[_Convert]:
        assert isinstance(self._statement, Select)
        columns = zip(self._statement.selected_columns, cursor.description, strict=True)
        made.reads = [
            column.type.dialect_impl(dialect).result_processor(dialect, described[1])
            for column, described in columns
        ]
        return made.reads

    def _for(self, connection: Connection, values: Mapping[str, Any]) -> _Compiled:
        key = (connection.dialect.name, frozenset(values))
        if (known := self._compiled.get(key)) is None:
            known = self._compiled[key] = _compile(self._statement, connection.dialect, values)
        return known


def _compile(statement: _Statement, dialect: Dialect, values: Mapping[str, Any]) -> _Compiled:
    fixed: dict[str, Any] = {}
    if isinstance(statement, Insert):
        for column in statement.table.columns:
            if column.key not in values and column.default is not None:
                if not column.default.is_scalar:
                    raise TypeError(f"{column} has no value, and its default is worked out")
                fixed[column.key] = column.default.arg  # type: ignore[attr-defined]  # is_scalar
    names = None if isinstance(statement, Select) else [*values, *fixed]
    compiled: Any = statement.compile(dialect=dialect, column_keys=names)
    # Lists that stand in the statement are written out.
    state = compiled.construct_expanded_state({**dict.fromkeys(values), **fixed})
    fixed |= {
        name: value
        for name, value in state.parameters.items()
        if name not in values and name not in fixed
    }
    types = {name: bind.type for bind, name in compiled.bind_names.items()}
    types |= {
        part: types[name] for name, parts in state.parameter_expansion.items() for part in parts
    }
    places = [
        (name, types[name].dialect_impl(dialect).bind_processor(dialect))
        for name in (state.positiontup if dialect.positional else state.parameters)
    ]
    return _Compiled(state.statement, places, fixed, dialect.positional)


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
