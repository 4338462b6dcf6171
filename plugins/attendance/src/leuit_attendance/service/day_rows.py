"""Stored days: read as the driver gives them, compared with what was judged, written where they
differ. Thousands of rows pass here at once, so they are plain tuples and statements are few.

SQLite takes ids as 32 hex digits and moments as text, as SQLAlchemy's own types write them, so that
every other reader may use the models. PostgreSQL takes rows by COPY. Whoever writes has locked the
people and read their days after that, so he knows which rows to take out before he puts others in.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.storage import insert_into
from leuit.work import Work
from leuit_attendance.models import DayBasis

from .figures import DayFigures
from .judging import Judged
from .tables import table_of

Row = tuple[Any, ...]
Stored = dict[tuple[Any, Any], Row]
"""Rows by person and day."""
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
_MARKS = ", ".join("?" * (len(COLUMNS) + 1))


@attrs.frozen
class Written:
    """How many days were written because they are new or differ, and taken out as non-existent."""

    changed: int = 0
    removed: int = 0


class DayRows:
    """Rows of one unit of work, in the form of its engine's driver; a context manager.

    On PostgreSQL the server takes rows in while the next ones are judged: one COPY stays open from
    the first `put` to the end of the block. Only a statement of this object may come between.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._now = work.now.isoformat()
        self._open = ExitStack()
        self._copy: Any = None
        self._lines: list[str] = []
        self._words = _Words()
        self._waiting: list[Row] = []
        self._connection = work.connection
        self._postgresql = work.database.dialect == "postgresql"
        self._bases: dict[tuple[UUID | None, ...], int] = {}
        self._spans: dict[tuple[dt.date, dt.date], list[Any]] = {}
        self.id_of: Callable[[UUID], Any] = _same if self._postgresql else _hex
        self._texts: dict[Any, Any] = _Same() if self._postgresql else _Texts()
        self._moment: Callable[[Any], Any] = _same if self._postgresql else _text

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._end()
        else:
            self._open.__exit__(kind, error, trace)

    def basis(self, figures: DayFigures) -> int:
        """The number of a combination of editions, stored when it is new."""
        ids = figures.ids
        known = self._bases.get(ids)
        if known is None:
            self._end()
            known = self._bases[ids] = self._basis(ids)
        return known

    def rows(self, judged: Judged) -> list[Row]:
        """The rows of some verdicts, without the moment of computing."""
        person, unit = self.id_of(judged.person_id), self.id_of(judged.unit_id)
        basis = self.basis(judged.figures)
        texts, moment = self._texts, self._moment
        return [
            (
                person,
                texts[verdict.day],
                unit,
                verdict.status,
                texts[verdict.starts],
                texts[verdict.ends],
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

    def stored(self, people: Sequence[UUID], first: dt.date, last: dt.date) -> Stored:
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
            known = [self._texts[first + dt.timedelta(days=number)] for number in range(length)]
            self._spans[first, last] = known
        return known

    def take_out(self, keys: Sequence[tuple[Any, Any]]) -> None:
        """Take out the days of these keys."""
        mark = "%s" if self._postgresql else "?"
        if keys:
            self._connection.exec_driver_sql(
                f"DELETE FROM attendance_day WHERE person_id = {mark} AND day = {mark}",  # noqa: S608 - a mark
                list(keys),
            )

    def put(self, rows: Sequence[Row]) -> None:
        """Put in days that do not stand; they are there when the block of this object ends."""
        if not self._postgresql:
            self._waiting += rows
            return
        if self._copy is None and rows:
            driver = self._connection.connection.driver_connection
            assert driver is not None
            cursor = self._open.enter_context(driver.cursor())
            into = f"COPY attendance_day ({_LIST}, computed_at) FROM STDIN"
            self._copy = self._open.enter_context(cursor.copy(into))
        self._lines += self._written(rows)
        if len(self._lines) >= _BATCH:
            self._send()

    def _end(self) -> None:
        """Everything that was put stands; other statements may follow."""
        if self._copy is not None:
            self._send()
            self._copy = None
            self._open.close()
        if self._waiting:
            stamp = (_text(self._work.now.astimezone(dt.UTC).replace(tzinfo=None)),)
            self._connection.exec_driver_sql(
                f"INSERT INTO attendance_day ({_LIST}, computed_at) VALUES ({_MARKS})",  # noqa: S608 - names above only
                [row + stamp for row in self._waiting],
            )
            self._waiting = []

    def _send(self) -> None:
        self._copy.write("".join(self._lines))
        self._lines = []

    def _written(self, rows: Sequence[Row]) -> list[str]:
        """Rows in COPY's text form; the driver's own writing of rows takes three times as long."""
        words, now = self._words, self._now
        return [
            f"{words[person]}\t{words[day]}\t{words[unit]}\t{status}\t{words[begins]}\t"
            f"{words[ends]}\t{came or NULL}\t{left or NULL}\t{late}\t{early}\t"
            f"{words[classes]}\t{deduction}\t{for_late}\t{flags}\t{basis}\t{now}\n"
            for (
                person,
                day,
                unit,
                status,
                begins,
                ends,
                came,
                left,
                late,
                early,
                classes,
                deduction,
                for_late,
                flags,
                basis,
            ) in rows
        ]

    def _basis(self, ids: tuple[UUID | None, UUID | None, UUID | None]) -> int:
        table = table_of(DayBasis)
        mark = "/".join(str(edition_id or "-") for edition_id in ids)
        found = select(table.c.id).where(table.c.mark == mark)
        known: int | None = self._connection.execute(found).scalar()
        if known is not None:
            return known
        names = ("deductions_id", "schedules_id", "shifts_id")
        values = {"mark": mark, **dict(zip(names, ids, strict=True))}
        once = insert_into(self._connection.dialect.name, table).on_conflict_do_nothing()
        self._connection.execute(once, values)
        number: int = self._connection.execute(found).scalar_one()
        return number


class _Texts(dict[Any, Any]):
    """Dates and the moments of duties as SQLite keeps them; few differ, so each is written once."""

    def __init__(self) -> None:
        super().__init__({None: None})

    def __missing__(self, value: dt.date) -> str | None:
        written = _text(value) if isinstance(value, dt.datetime) else value.isoformat()
        self[value] = written
        return written


NULL = "\\N"
_BATCH = 500
"""Lines sent at once: enough to be worth a call, few enough to keep the server at work."""


class _Words(dict[Any, str]):
    """Values that many rows share, in COPY's text form."""

    def __init__(self) -> None:
        super().__init__({None: NULL})

    def __missing__(self, value: Any) -> str:
        told = str(value)
        for plain, escaped in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
            told = told.replace(plain, escaped)
        self[value] = told
        return told


class _Same(dict[Any, Any]):
    """PostgreSQL's driver takes them as they are."""

    def __missing__(self, value: Any) -> Any:
        return value


def _same(value: Any) -> Any:
    return value


def _hex(value: UUID) -> str:
    return value.hex


def _text(value: dt.datetime | None) -> str | None:
    return None if value is None else value.isoformat(" ", "microseconds")
