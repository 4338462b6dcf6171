"""Stored days: read as the driver gives them, compared with what was judged, written where they
differ. Thousands of rows pass here at once, so they are plain tuples and statements are few.

SQLite takes ids as 32 hex digits and moments as text, as SQLAlchemy's own types write them, so that
every other reader may use the models. PostgreSQL takes rows by COPY and one INSERT from there.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import insert, select

from leuit.work import Work
from leuit_attendance.models import DayBasis

from .figures import DayFigures
from .judging import Judged
from .tables import table_of

Row = tuple[Any, ...]
COLUMNS = (
    "person_id",
    "day",
    "unit_id",
    "status",
    "schedule_start",
    "schedule_end",
    "check_in",
    "check_out",
    "late_minutes",
    "early_minutes",
    "classes",
    "deduction",
    "late_deduction",
    "flags",
    "basis_id",
)
_LIST = ", ".join(COLUMNS)
_SET = ", ".join(f"{name} = excluded.{name}" for name in (*COLUMNS[2:], "computed_at"))
_UPSERT = f"ON CONFLICT (person_id, day) DO UPDATE SET {_SET}"
_MARKS = ", ".join("?" * (len(COLUMNS) + 1))


@attrs.frozen
class Written:
    """How many days were written because they are new or differ, and taken out as non-existent."""

    changed: int = 0
    removed: int = 0


class DayRows:
    """Rows of one unit of work, in the form of its engine's driver."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._connection = work.session.connection()
        self._postgresql = work.database.dialect == "postgresql"
        self._bases: dict[tuple[UUID | None, ...], int] = {}
        self._texts: dict[Any, Any] = {}
        self._spans: dict[tuple[dt.date, dt.date], list[Any]] = {}
        self.id_of: Callable[[UUID], Any] = _same if self._postgresql else _hex
        self._text: Callable[[Any], Any] = _same if self._postgresql else self._remembered
        self._moment: Callable[[Any], Any] = _same if self._postgresql else _text

    def basis(self, figures: DayFigures) -> int:
        """The number of a combination of editions, stored when it is new."""
        ids = figures.ids
        known = self._bases.get(ids)
        if known is None:
            known = self._bases[ids] = self._basis(ids)
        return known

    def rows(self, judged: Judged) -> list[Row]:
        """The rows of some verdicts, without the moment of computing."""
        person, unit = self.id_of(judged.person_id), self.id_of(judged.unit_id)
        basis = self.basis(judged.figures)
        text, moment = self._text, self._moment
        return [
            (
                person,
                text(verdict.day),
                unit,
                verdict.status,
                text(verdict.starts),
                text(verdict.ends),
                moment(verdict.check_in),
                moment(verdict.check_out),
                verdict.late_minutes,
                verdict.early_minutes,
                " ".join(verdict.classes) if verdict.classes else "",
                verdict.late_deduction + verdict.early_deduction + verdict.absent_deduction,
                verdict.late_deduction,
                " ".join(verdict.flags) if verdict.flags else "",
                basis,
            )
            for verdict in judged.verdicts
        ]

    def stored(
        self, people: Sequence[UUID], first: dt.date, last: dt.date
    ) -> dict[tuple[Any, Any], Row]:
        """The stored rows of people over a range, by person and day as the driver tells them."""
        ids = [self.id_of(person) for person in people]
        if self._postgresql:
            where = "person_id = ANY(%s) AND day BETWEEN %s AND %s"
            parameters: tuple[Any, ...] = (ids, first, last)
        else:
            where = f"person_id IN ({', '.join('?' * len(ids))}) AND day BETWEEN ? AND ?"
            parameters = (*ids, first.isoformat(), last.isoformat())
        result = self._connection.exec_driver_sql(
            f"SELECT {_LIST} FROM attendance_day WHERE {where}",  # noqa: S608 - names above only
            parameters,
        )
        assert result.cursor is not None
        return {(row[0], row[1]): row for row in result.cursor.fetchall()}

    def days(self, first: dt.date, last: dt.date) -> list[Any]:
        """The dates of a range as they stand in rows."""
        known: list[Any] | None = self._spans.get((first, last))
        if known is None:
            length = (last - first).days + 1
            known = [self._text(first + dt.timedelta(days=number)) for number in range(length)]
            self._spans[first, last] = known
        return known

    def write(self, rows: Sequence[Row]) -> None:
        """Insert or replace days."""
        if not rows:
            return
        if not self._postgresql:
            now = self._work.now.astimezone(dt.UTC).replace(tzinfo=None)
            stamp = (now.isoformat(" ", "microseconds"),)
            self._connection.exec_driver_sql(
                f"INSERT INTO attendance_day ({_LIST}, computed_at)"  # noqa: S608 - names above only
                f" VALUES ({_MARKS}) {_UPSERT}",
                [row + stamp for row in rows],
            )
            return
        self._connection.exec_driver_sql(
            "CREATE TEMP TABLE IF NOT EXISTS attendance_day_fresh"
            " (LIKE attendance_day) ON COMMIT DELETE ROWS"
        )
        driver = self._connection.connection.driver_connection
        assert driver is not None
        stamped = (self._work.now,)
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY attendance_day_fresh ({_LIST}, computed_at) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row + stamped)
        self._connection.exec_driver_sql(
            f"INSERT INTO attendance_day ({_LIST}, computed_at)"  # noqa: S608 - names above only
            f" SELECT {_LIST}, computed_at FROM attendance_day_fresh {_UPSERT}"
        )
        self._connection.exec_driver_sql("TRUNCATE attendance_day_fresh")

    def remove(self, keys: Iterable[tuple[Any, Any]]) -> None:
        """Take out days that do not exist any more."""
        mark = "%s" if self._postgresql else "?"
        pairs = list(keys)
        if pairs:
            self._connection.exec_driver_sql(
                f"DELETE FROM attendance_day WHERE person_id = {mark} AND day = {mark}",  # noqa: S608 - a mark
                pairs,
            )

    def _basis(self, ids: tuple[UUID | None, UUID | None, UUID | None]) -> int:
        table = table_of(DayBasis)
        mark = "/".join(str(edition_id or "-") for edition_id in ids)
        found = select(table.c.id).where(table.c.mark == mark)
        known: int | None = self._connection.execute(found).scalar()
        if known is not None:
            return known
        names = ("deductions_id", "schedules_id", "shifts_id")
        values = {"mark": mark, **dict(zip(names, ids, strict=True))}
        if self._postgresql:
            from sqlalchemy.dialects.postgresql import insert as insert_once

            self._connection.execute(insert_once(table).values(values).on_conflict_do_nothing())
        else:
            self._connection.execute(insert(table), values)
        return self._connection.execute(found).scalar_one()

    def _remembered(self, value: Any) -> Any:
        known = self._texts.get(value)
        if known is None and value is not None:
            known = self._texts[value] = (
                _text(value) if isinstance(value, dt.datetime) else value.isoformat()
            )
        return known


def _same(value: Any) -> Any:
    return value


def _hex(value: UUID) -> str:
    return value.hex


def _text(value: dt.datetime | None) -> str | None:
    return None if value is None else value.isoformat(" ", "microseconds")
