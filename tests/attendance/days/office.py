"""The world of these tests: a small regency with the usual figures, taps that come by file, and
looks at the stored days.
"""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import delete, select

from leuit.builtin.organisation import assign, create_person, create_position, create_unit, set_pin
from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import DEFINITIF, SYSTEM, Unit, rebuild_closure
from leuit.values import RecordRef
from leuit.work import AuditEntry, Leuit, Work, Worker
from leuit_attendance.data import seed_schedules, seed_shifts, seed_tables
from leuit_attendance.models import AttendanceDay, DayBasis, ShiftRow
from leuit_attendance.rules import DeductionTable, to_plain
from leuit_attendance.service.attlog_import import import_file
from leuit_attendance.service.compute import JUDGED, RECOMPUTE
from leuit_attendance.service.devices import register_device
from leuit_attendance.service.figures import (
    DEDUCTIONS,
    SCHEDULES,
    SHIFTS,
    ScheduleBook,
    ShiftBook,
)
from leuit_attendance.service.schedules import NewUse, give_schedule

SERIAL = "UJI0001"
START = dt.date(2026, 9, 1)
"""From when on posts, PINs, the schedule and the editions hold."""
TABLE = seed_tables()["tpp_umum"]
WEEK = seed_schedules()["schedule_permenpanrb_6_2018"]
RAMADAN = seed_schedules()["schedule_ramadan_5_hari"]
SHIFT_BOOK = ShiftBook(tuple(seed_shifts().values()))
BOOK = ScheduleBook({"kantor": WEEK, "ramadan": RAMADAN})
ID_NUMBERS = ("198503122010011001", "198704212011011002", "199006152014032003")
DAY = dt.timedelta(days=1)


@attrs.frozen
class Office:
    """Two units with a post each below the regency, and three people of the first unit."""

    app: Leuit
    root: UUID
    unit: UUID
    other: UUID
    post: UUID
    other_post: UUID
    people: tuple[UUID, ...]

    def work_off(self) -> int:
        """Do every job that waits."""
        return Worker(self.app, name="test").run_pending(raise_errors=True)

    def tap(self, *taps: tuple[int, str], settle: bool = True) -> None:
        """Taps of PINs at wall times ("2026-10-05 07:30:00"), by a file from a memory stick."""
        lines = "".join(f"{pin:>9}\t{at}\t1\t255\t1\t0\n" for pin, at in taps)
        import_file(self.app, SYSTEM, lines.encode(), "1_attlog.dat", SERIAL)
        if settle:
            self.work_off()

    def stored(self) -> dict[tuple[UUID, dt.date], tuple[Any, ...]]:
        """Every stored day by person and date, without the moment of computing.

        Last come the editions that decided it; that of shifts only where a shift was assigned, as
        the others' days do not follow its changes.
        """
        names = [
            column.name
            for column in AttendanceDay.__table__.columns
            if column.name not in ("person_id", "day", "computed_at", "basis_id")
        ]
        with self.app.read(SYSTEM) as view:
            rows = view.session.scalars(select(AttendanceDay)).all()
            bases = {basis.id: basis for basis in view.session.scalars(select(DayBasis))}
            assigned = view.session.execute(select(ShiftRow.person_id, ShiftRow.day)).all()
        shifts = {(row.person_id, row.day) for row in assigned}
        found = {}
        for row in rows:
            key, basis = (row.person_id, row.day), bases[row.basis_id]
            shift = basis.shifts_id if key in shifts else None
            editions = (basis.deductions_id, basis.schedules_id, shift)
            found[key] = (*(getattr(row, name) for name in names), editions)
        return found

    def day(self, number: int, day: int | dt.date) -> AttendanceDay:
        """The stored day of a person (0, 1, 2) in October, or on a date."""
        date = day if isinstance(day, dt.date) else dt.date(2026, 10, day)
        with self.app.read(SYSTEM) as view:
            return view.session.get_one(AttendanceDay, (self.people[number], date))

    def basis_of(self, number: int, day: int | dt.date) -> DayBasis:
        """The editions that a stored day was judged under."""
        row = self.day(number, day)
        with self.app.read(SYSTEM) as view:
            return view.session.get_one(DayBasis, row.basis_id)

    def computed_again(self) -> dict[tuple[UUID, dt.date], tuple[Any, ...]]:
        """The days when all is forgotten and computed once, at the end."""
        with self.app.change(SYSTEM) as work:
            work.session.execute(delete(AttendanceDay))
            work.audit(JUDGED, RecordRef(JUDGED, "test"))
            work.enqueue(RECOMPUTE, {"everyone": ["2000-01-01", "2100-01-01"]})
        self.work_off()
        return self.stored()

    def judged_entries(self) -> list[AuditEntry]:
        """The entries of the audit log about judged days, oldest first."""
        with self.app.read(SYSTEM) as view:
            query = select(AuditEntry).where(AuditEntry.action == JUDGED).order_by(AuditEntry.id)
            return list(view.session.scalars(query))


def put_in_force(work: Work, kind: str, figures: Any, since: dt.date = START) -> UUID:
    """An edition that the installation itself puts in force."""
    draft = Draft(f"{kind} {since}", "Perbup uji 1/2026", "unverified", since, to_plain(figures))
    return seed_edition(work, kind, draft)


def found_office(app: Leuit, people: int = 3) -> Office:
    """The office, with everything that was asked for done."""
    with app.change(SYSTEM) as work:
        root = Unit(code="36.02", name="Kabupaten", short="Kab", kind="kabupaten", valid_from=START)
        work.session.add(root)
        rebuild_closure(work.session)
        unit, other = (
            create_unit(work, code=code, name=code, kind="dinas", parent_id=root.id, on=START)
            for code in ("DINAS", "RSUD")
        )
        post = create_position(work, unit.id, "Pelaksana")
        other_post = create_position(work, other.id, "Perawat")
        register_device(work, SERIAL, unit.id, usb_id="1", name="Uji")
        put_in_force(work, SCHEDULES, BOOK)
        put_in_force(work, SHIFTS, SHIFT_BOOK)
        put_in_force(work, DEDUCTIONS, TABLE)
        give_schedule(work, NewUse("region", None, "kantor", START))
        ids = []
        for number, nip in enumerate(ID_NUMBERS[:people]):
            person = create_person(work, name=f"Pegawai {number}", nip=nip)
            assign(work, person.id, post.id, DEFINITIF, START)
            set_pin(work, person.id, str(number), START)
            ids.append(person.id)
        office = Office(app, root.id, unit.id, other.id, post.id, other_post.id, tuple(ids))
    office.work_off()
    return office


def cheaper(percent: str) -> DeductionTable:
    """The usual table with another percentage for TL1."""
    percents = tuple(
        attrs.evolve(entry, percent=Decimal(percent)) if entry.name == "TL1" else entry
        for entry in TABLE.percents
    )
    return attrs.evolve(TABLE, percents=percents)
