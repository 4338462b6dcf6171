"""Dated rows to be written by an import: collected first, then written many at a time."""

import datetime as dt
from collections.abc import Hashable
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

import attrs
from sqlalchemy import Table, bindparam, insert, update
from sqlalchemy.orm import DeclarativeBase

from leuit.values import new_id
from leuit.work import Work

from .series import Span, Step, set_from

Value = TypeVar("Value", bound=Hashable)


@attrs.define
class Ledger(Generic[Value]):
    """New and changed rows of one table, whose dated value stands in column `column`."""

    table: Table
    column: str
    opened: dict[UUID, dict[str, Any]] = attrs.field(factory=dict)
    changed: dict[UUID, dict[str, Any]] = attrs.field(factory=dict)

    def set(
        self,
        spans: list[Span[Value]],
        value: Value,
        day: dt.date,
        until: dt.date | None = None,
        **owner: Any,
    ) -> Step[Value]:
        """Make `value` hold from `day` on in `spans` (changed in place) and note what to write.

        `owner` are the other columns of a new row. Raises LaterChangeError.
        """
        step = set_from(spans, value, day, until)
        if step.kind == "same":
            return step
        old = step.span
        if old is not None:
            values: dict[str, Any] = {"valid_to": day if step.kind == "open" else until}
            if step.kind == "correct":
                values[self.column] = value
            spans[spans.index(old)] = Span(
                old.id, values.get(self.column, old.value), old.valid_from, values["valid_to"]
            )
            target = self.opened.get(old.id)
            if target is None:
                target = self.changed.setdefault(old.id, {})
            target.update(values)
        if step.kind == "open":
            span = Span(new_id(), value, day, until)
            spans.append(span)
            self.opened[span.id] = {
                "id": span.id,
                self.column: value,
                "valid_from": day,
                "valid_to": until,
                **owner,
            }
        return step

    def write(self, work: Work) -> None:
        """Insert and update, one statement for each shape of row."""
        if self.opened:
            work.connection.execute(insert(self.table), list(self.opened.values()))
        update_many(work, self.table, self.changed)


def metadata_table(model: type[DeclarativeBase]) -> Table:
    """The table of a model: bulk statements go around the ORM."""
    return cast("Table", model.__table__)


def update_many(work: Work, table: Table, changed: dict[UUID, dict[str, Any]]) -> None:
    """Update rows by id; rows that change the same columns go in one statement."""
    shapes: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row_id, values in changed.items():
        shapes.setdefault(tuple(sorted(values)), []).append(
            {"row_id": row_id, **{f"new_{name}": value for name, value in values.items()}}
        )
    for names, rows in shapes.items():
        statement = (
            update(table)
            .where(table.c.id == bindparam("row_id"))
            .values({name: bindparam(f"new_{name}") for name in names})
        )
        work.connection.execute(statement, rows)
