"""Shift assignments brought in by a file: one row a person and date, with a report for every row.

Columns: `nip` or `pin`, `date`, `shift`, and `on_holidays` (ya, the default, or tidak). The shift
is a code of the edition that holds on the date; `-` takes the assignment away, so that the schedule
holds again. Nothing is stored while a row is refused, unless refused rows are to be left out.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import delete, select

from leuit.builtin.organisation import Line, RefusedRowsError, Report, RowReport, read_table
from leuit.identity import Person, PersonPin
from leuit.storage import insert_into
from leuit.values import InvalidInputError, RecordRef, _, format_date, parse_date
from leuit.work import View, Work
from leuit_attendance.models import ShiftRow

from .compute import ask
from .duties import Post, posts_of
from .figures import Figures, figures_now
from .tables import table_of

IMPORT = "attendance.shift.import"
COLUMNS = ("nip", "pin", "date", "shift", "on_holidays")
REQUIRED = ("date", "shift")
TAKE_AWAY = "-"
_PART = 500
_YES = {"": True, "ya": True, "y": True, "1": True, "tidak": False, "t": False, "0": False}


@attrs.frozen
class Wanted:
    """What a row asks for: a shift's code (None takes the assignment away) of a person's date."""

    person_id: UUID
    day: dt.date
    code: str | None
    on_holidays: bool


@attrs.frozen
class ShiftPlan:
    """The report of a file, and what its rows that are not refused would change."""

    report: Report
    changes: tuple[Wanted, ...]


def plan_shifts(view: View, data: bytes) -> ShiftPlan:
    """What a file would do now, row by row; nothing is changed.

    Raises InvalidInputError or TooLargeError for a file that cannot be read at all.
    """
    view.require_anywhere(IMPORT)
    table = read_table(data, COLUMNS, REQUIRED)
    if "nip" not in table.columns and "pin" not in table.columns:
        raise InvalidInputError(
            _("Kolom nip atau pin tidak ditemukan."),
            advice=_("Sebutkan pegawai dengan nip, atau dengan pin pada mesin."),
        )
    reader = _Reader(view, table.lines)
    rows = [reader.read(line) for line in table.lines]
    reader.compare(rows)
    report = Report("shifts", tuple(row for row, _wanted in rows), table.ignored)
    changes = tuple(
        wanted for row, wanted in rows if wanted is not None and row.status in ("baru", "berubah")
    )
    return ShiftPlan(report, changes)


def import_shifts(
    work: Work, data: bytes, name: str, *, skip_bad: bool = False, digest: str | None = None
) -> Report:
    """Store the assignments of a file in this unit of work; returns the report of what was done.

    Raises RefusedRowsError when a row is refused and `skip_bad` is not set, InvalidInputError when
    the outcome is no longer the one whose digest was seen.
    """
    plan = plan_shifts(work, data)
    if digest is not None and digest != plan.report.digest:
        raise InvalidInputError(
            _("Data berubah sejak laporan ini dibuat."),
            advice=_("Periksa berkasnya sekali lagi, lalu simpan."),
        )
    if plan.report.refused and not skip_bad:
        raise RefusedRowsError(plan.report)
    store_shifts(work, plan.changes, name)
    return attrs.evolve(plan.report, applied=True)


def store_shifts(work: Work, changes: Iterable[Wanted], name: str) -> None:
    """Write assignments and have the days that they move judged again."""
    wanted = sorted(changes, key=lambda change: (change.person_id, change.day))
    if not wanted:
        return
    table = table_of(ShiftRow)
    connection = work.connection
    rows = [
        {
            "person_id": change.person_id,
            "day": change.day,
            "code": change.code,
            "on_holidays": change.on_holidays,
            "entered_by": work.identity.account_id,
            "entered_at": work.now,
        }
        for change in wanted
        if change.code is not None
    ]
    if rows:
        statement = insert_into(work.database.dialect, table)
        names = ("code", "on_holidays", "entered_by", "entered_at")
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["person_id", "day"],
                set_={column: statement.excluded[column] for column in names},
            ),
            rows,
        )
    for change in wanted:
        if change.code is None:
            connection.execute(
                delete(table).where(
                    table.c.person_id == change.person_id, table.c.day == change.day
                )
            )
    work.audit(
        "attendance.shifts.imported",
        RecordRef("attendance.shifts", name[:200], name[:200]),
        assignments=len(rows),
        taken_away=len(wanted) - len(rows),
        people=len({change.person_id for change in wanted}),
        first=min(change.day for change in wanted),
        last=max(change.day for change in wanted),
    )
    ask(work, [(each.person_id, each.day, each.day) for each in wanted], duties=True)


class _Reader:
    """Reads rows against people, posts, editions and what is assigned already."""

    def __init__(self, view: View, lines: Iterable[Line]) -> None:
        lines = list(lines)
        self._view = view
        self._nips: dict[str, tuple[UUID, str]] = {}
        self._pins: dict[str, list[Any]] = defaultdict(list)
        self._seen: dict[tuple[UUID, dt.date], int] = {}
        self._figures: Figures = figures_now(view)
        self._known_days: dict[dt.date, Any] = {}
        self._allowed = frozenset(view.session.scalars(view.units(IMPORT)))
        self._posts: dict[UUID, list[Post]] = {}
        for some in _parts({line.get("nip").replace(" ", "") for line in lines} - {""}):
            for row in view.session.execute(
                select(Person.id, Person.nip, Person.name).where(Person.nip.in_(some))
            ):
                self._nips[row.nip] = (row.id, row.name)
        for some in _parts({line.get("pin") for line in lines} - {""}):
            for held in view.session.execute(
                select(
                    PersonPin.pin,
                    PersonPin.valid_from,
                    PersonPin.valid_to,
                    Person.id,
                    Person.name,
                )
                .join(Person, Person.id == PersonPin.person_id)
                .where(PersonPin.pin.in_(some))
            ):
                self._pins[held.pin].append(held)
        people = {person_id for person_id, _name in self._nips.values()}
        people |= {row.id for rows in self._pins.values() for row in rows}
        for some in _parts(people):
            self._posts |= posts_of(view, some, dt.date.min, dt.date.max)

    def read(self, line: Line) -> tuple[RowReport, Wanted | None]:
        """The report of one row, and what it asks for when nothing is wrong with it."""
        key = line.get("nip").replace(" ", "") or line.get("pin")
        row = RowReport(line.number, key, f"{line.get('date')} {line.get('shift')}")
        day = self._day(row, line.get("date"))
        if day is None:
            return row, None
        person = self._person(row, line, day)
        code = self._code(row, line.get("shift"), day)
        on_holidays = _YES.get(line.get("on_holidays").lower())
        if on_holidays is None:
            row.refuse("on_holidays", _("Tulis ya atau tidak."))
        if person is None or row.faults:
            return row, None
        first = self._seen.setdefault((person, day), line.number)
        if first != line.number:
            row.refuse("date", _("Tanggal itu sudah disebut di baris %s.") % first)
            return row, None
        return row, Wanted(person, day, code, bool(on_holidays))

    def compare(self, rows: list[tuple[RowReport, Wanted | None]]) -> None:
        """Tell of each row what it would change."""
        wanted = [each for _row, each in rows if each is not None]
        known: dict[tuple[UUID, dt.date], tuple[str, bool]] = {}
        if wanted:
            first, last = min(w.day for w in wanted), max(w.day for w in wanted)
            for some in _parts({each.person_id for each in wanted}):
                for found in self._view.session.execute(
                    select(
                        ShiftRow.person_id, ShiftRow.day, ShiftRow.code, ShiftRow.on_holidays
                    ).where(ShiftRow.person_id.in_(some), ShiftRow.day.between(first, last))
                ):
                    known[found.person_id, found.day] = (found.code, found.on_holidays)
        for row, each in rows:
            if each is None:
                continue
            before = known.get((each.person_id, each.day))
            if each.code is None:
                if before is not None:
                    row.changed(_("Penugasan %s dihapus.") % before[0])
            elif before is None:
                row.changed(_("Sif %s.") % each.code, new=True)
            elif before != (each.code, each.on_holidays):
                row.changed(_("%s menjadi %s.") % (before[0], each.code))

    def _day(self, row: RowReport, text: str) -> dt.date | None:
        try:
            return parse_date(text)
        except InvalidInputError as error:
            row.refuse("date", error)
            return None

    def _person(self, row: RowReport, line: Line, day: dt.date) -> UUID | None:
        nip, pin = line.get("nip").replace(" ", ""), line.get("pin")
        found: tuple[UUID, str] | None = None
        if nip:
            found = self._nips.get(nip)
            if found is None:
                row.refuse("nip", _("Tidak ada pegawai dengan NIP ini."))
        elif pin:
            found = next((held for held in self._pin_holders(pin, day)), None)
            if found is None:
                row.refuse("pin", _("Tidak ada pegawai dengan PIN ini pada tanggal itu."))
        else:
            row.refuse("nip", _("Isi nip atau pin."))
        if found is None:
            return None
        person_id, name = found
        row.label = f"{name}, {row.label}"
        post = next((post for post in self._posts.get(person_id, ()) if post.covers(day)), None)
        if post is None:
            row.refuse("date", _("Pegawai ini tidak punya jabatan pada tanggal itu."))
        elif post.unit_id not in self._allowed:
            row.refuse("nip", _("Anda tidak berhak mengatur sif di unit pegawai ini."))
        return person_id

    def _pin_holders(self, pin: str, day: dt.date) -> Iterable[tuple[UUID, str]]:
        for held in self._pins.get(pin, ()):
            if held.valid_from <= day and (held.valid_to is None or day < held.valid_to):
                yield held.id, held.name

    def _code(self, row: RowReport, text: str, day: dt.date) -> str | None:
        if text == TAKE_AWAY:
            return None
        if day not in self._known_days:
            shifts = self._figures.on(day).shifts
            codes = shifts.figures.by_code if shifts else {}
            self._known_days[day] = {code.casefold(): code for code in codes}
        codes = self._known_days[day]
        known: str | None = codes.get(text.casefold())
        if known is None:
            told = ", ".join(sorted(codes.values())) or "–"
            row.refuse(
                "shift",
                _("Kode sif tidak ada pada edisi %s; yang ada: %s.") % (format_date(day), told),
            )
        return known


def _parts(values: Iterable[Any]) -> Iterable[list[Any]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), _PART):
        yield ordered[start : start + _PART]
