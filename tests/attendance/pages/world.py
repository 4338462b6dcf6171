"""The world of these tests: the small regency of the organisation's tests with an October of taps,
seen from Monday 2 November 2026, 08.00 WIB.

Everybody taps 07.20 and 16.40 on working days, but: Staf A (4) comes at 07.45 on the 6th, 7th and
8th and leaves at 15.30 on the 8th, and moves from Bidang A to Bidang B on the 15th; Kepala B (3)
does not come on the 12th; Staf B (5) is on a duty trip on the 13th; Kepala A (2) forgets to tap out
on the 9th.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID

import attrs

from leuit.builtin.organisation import assign
from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import DEFINITIF, SYSTEM
from leuit.work import AuditEntry, Leuit, Worker
from leuit_attendance.data import seed_schedules, seed_tables
from leuit_attendance.rules import DeductionTable, to_plain
from leuit_attendance.service.absences import NewAbsence, enter_absence
from leuit_attendance.service.attlog_import import import_file
from leuit_attendance.service.devices import register_device
from leuit_attendance.service.figures import DEDUCTIONS, SCHEDULES, ScheduleBook
from leuit_attendance.service.schedules import NewUse, give_schedule
from tests.core.organisation.office import Office, open_office

START = dt.date(2026, 9, 1)
MOVED = dt.date(2026, 10, 15)
SERIAL = "UJI0001"
TABLE = attrs.evolve(seed_tables()["tpp_umum"], free_late_days=1, cap_percent=Decimal("2.25"))
"""One free late day and a cap, so that sums are more than the days' sums."""
WEEK = seed_schedules()["schedule_permenpanrb_6_2018"]
LATE, SHORT = ((6, "07:45:00"), (7, "07:45:00"), (8, "07:45:00")), (8, "15:30:00")


@attrs.frozen
class World:
    """The regency and what tests ask of it."""

    app: Leuit
    office: Office

    def work_off(self) -> None:
        """Do every job that waits."""
        Worker(self.app, name="test").run_pending(raise_errors=True)

    def tap(self, *taps: tuple[int, str]) -> None:
        """Taps of PINs at wall times, by a file; nothing is judged yet."""
        lines = "".join(f"{pin:>9}\t{at}\t1\t0\t1\t0\n" for pin, at in taps)
        import_file(self.app, SYSTEM, lines.encode(), "1_attlog.dat", SERIAL)

    def reads(self) -> list[str]:
        """What kind of reading of personal data was noted, in order."""
        with self.app.read(SYSTEM) as view:
            rows = view.session.query(AuditEntry).order_by(AuditEntry.id)
            return [row.ref_kind for row in rows if row.action == "core.personal_data.read"]

    def person(self, number: int) -> UUID:
        """The id of a person by his number."""
        return self.office.person(number)


def found_world(app: Leuit, table: DeductionTable = TABLE) -> World:
    """The regency with its October judged."""
    world = World(app, open_office(app))
    with app.change(SYSTEM) as work:
        for kind, figures in (
            (SCHEDULES, ScheduleBook({"kantor": WEEK})),
            (DEDUCTIONS, table),
        ):
            draft = Draft(
                f"Uji {kind}", "Perbup uji 1/2026", "unverified", START, to_plain(figures)
            )
            seed_edition(work, kind, draft)
        give_schedule(work, NewUse("region", None, "kantor", START))
        register_device(work, SERIAL, world.office.unit("DIN"), usb_id="1", name="Lobi")
        trip = dt.date(2026, 10, 13)
        enter_absence(work, NewAbsence(world.person(5), "dinas_luar", trip, trip, "SPT 094/5/2026"))
        assign(work, world.person(4), world.office.post("DIN.B", "Pelaksana"), DEFINITIF, MOVED)
    world.tap(*_taps())
    world.work_off()
    return world


def _taps() -> Iterator[tuple[int, str]]:
    late = dict(LATE)
    for number in range(1, 7):
        for day in range(1, 31):
            date = dt.date(2026, 10, day)
            if date.weekday() > 4 or (number, day) in ((3, 12), (5, 13)):
                continue
            come = late.get(day, "07:20:00") if number == 4 else "07:20:00"
            leave = SHORT[1] if (number, day) == (4, SHORT[0]) else "16:40:00"
            yield number, f"{date} {come}"
            if (number, day) != (2, 9):
                yield number, f"{date} {leave}"
