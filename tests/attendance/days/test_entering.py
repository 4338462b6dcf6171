"""Shifts, absences and schedules as people and programs enter them, and who may."""

import datetime as dt

import pytest
from sqlalchemy import select

from leuit.builtin.organisation import RefusedRowsError
from leuit.identity import SYSTEM, Account, Grant, Identity
from leuit.values import ConflictError, InvalidInputError, PermissionDeniedError, RecordRef
from leuit_attendance.models import AbsenceRow, ScheduleUse, ShiftRow
from leuit_attendance.service.absences import NewAbsence, enter_absence
from leuit_attendance.service.schedules import NewUse, end_schedule, give_schedule
from leuit_attendance.service.shifts import import_shifts, plan_shifts
from tests.support.client import Client

from .office import ID_NUMBERS, START, Office

FILE = (
    "pin,nip,date,shift,on_holidays\n"
    "0,,2026-10-05,malam,\n"
    f",{ID_NUMBERS[1]},06/10/2026,Pagi,tidak\n"
)


def officer(office: Office, role: str, *, login: str = "petugas") -> Identity:
    """Somebody with the role on the first unit."""
    with office.app.change(SYSTEM) as work:
        account = Account(login=login, kind="person", created_at=work.now)
        work.session.add(account)
        work.session.flush()
        work.session.add(
            Grant(
                role=role,
                unit_id=office.unit,
                account_id=account.id,
                valid_from=dt.date(2026, 1, 1),
            )
        )
        work.audit("core.account.created", RecordRef("core.account", str(account.id), login))
        return Identity("person", login, account.id, None, login)


def assigned(office: Office) -> list[tuple[int, int, str, bool]]:
    """Every stored assignment: person, day of October, code, whether on holidays."""
    with office.app.read(SYSTEM) as view:
        rows = view.session.scalars(select(ShiftRow).order_by(ShiftRow.day)).all()
    return [
        (office.people.index(row.person_id), row.day.day, row.code, row.on_holidays) for row in rows
    ]


def test_shifts_come_by_pin_and_by_nip(office: Office) -> None:
    """A file assigns by PIN or NIP, in any case of the code; sent again it changes nothing."""
    with office.app.change(SYSTEM) as work:
        report = import_shifts(work, FILE.encode(), "sif.csv")
    assert report.counts == {"baru": 2, "berubah": 0, "sama": 0, "ditolak": 0}
    assert assigned(office) == [(0, 5, "malam", True), (1, 6, "pagi", False)]
    with office.app.change(SYSTEM) as work:
        assert import_shifts(work, FILE.encode(), "sif.csv").counts["sama"] == 2


def test_a_dash_takes_the_assignment_away(office: Office) -> None:
    """`-` removes an assignment, and the schedule holds on that day again."""
    with office.app.change(SYSTEM) as work:
        import_shifts(work, FILE.encode(), "sif.csv")
    with office.app.change(SYSTEM) as work:
        import_shifts(work, b"pin,date,shift\n0,2026-10-05,-\n", "sif.csv")
    office.work_off()
    assert assigned(office) == [(1, 6, "pagi", False)]
    assert office.day(0, 5).schedule_start == dt.datetime(2026, 10, 5, 7, 30)


def test_refused_rows_store_nothing(office: Office) -> None:
    """Every fault of every row is told with its column, and nothing is stored."""
    text = (
        "pin,date,shift,on_holidays\n0,2026-10-05,malam,\n9,2026-10-05,malam,\n"
        "0,31/02/2026,malam,\n0,2026-10-06,subuh,mungkin\n0,2026-10-05,pagi,\n1,2020-01-01,pagi,\n"
    )
    with pytest.raises(RefusedRowsError) as refused, office.app.change(SYSTEM) as work:
        import_shifts(work, text.encode(), "sif.csv")
    report = refused.value.report
    assert [row.number for row in report.refused] == [3, 4, 5, 6, 7]
    assert {fault.path for row in report.refused for fault in row.faults} == {
        *("pin", "date", "shift", "on_holidays")
    }
    assert assigned(office) == []


def test_shifts_of_other_units_are_refused(office: Office) -> None:
    """An officer assigns shifts in the units of his role only."""
    with office.app.read(officer(office, "attendance.officer")) as view:
        assert plan_shifts(view, FILE.encode()).report.counts["ditolak"] == 0
    with (
        pytest.raises(PermissionDeniedError),
        office.app.read(officer(office, "core.role_keeper", login="lain")) as view,
    ):
        plan_shifts(view, FILE.encode())


def test_absences_never_share_a_day(office: Office) -> None:
    """An overlap with an absence in force is refused and names it; the day after is free."""
    person = office.people[0]

    def enter(first: int, last: int) -> None:
        days = (dt.date(2026, 10, first), dt.date(2026, 10, last))
        with office.app.change(SYSTEM) as work:
            enter_absence(work, NewAbsence(person, "cuti", *days, "Cuti 1"))

    enter(5, 7)
    for first, last in ((7, 8), (1, 5), (6, 6), (1, 30)):
        with pytest.raises(ConflictError, match="Cuti 1"):
            enter(first, last)
    enter(8, 9)


def test_an_absence_tells_every_fault(office: Office) -> None:
    """Kind, range and document are judged together."""
    first, last = dt.date(2026, 10, 7), dt.date(2026, 10, 6)
    with pytest.raises(InvalidInputError) as refused, office.app.change(SYSTEM) as work:
        enter_absence(work, NewAbsence(office.people[0], "libur", first, last, " "))
    assert {fault.path for fault in refused.value.fields} == {"kind", "last_day", "document"}


def test_a_schedule_reaches_the_subtree_until_it_ends(office: Office) -> None:
    """An override of the root unit changes days while it lasts and gives them back when ended."""
    with office.app.change(SYSTEM) as work:
        row = give_schedule(
            work, NewUse("unit", office.root, "ramadan", dt.date(2026, 10, 5), override=True)
        )
    office.work_off()
    assert office.day(2, 20).schedule_start == dt.datetime(2026, 10, 20, 8, 0)
    with office.app.change(SYSTEM) as work:
        end_schedule(work, row.id, dt.date(2026, 10, 12), row.version)
    office.work_off()
    assert office.day(2, 9).schedule_start == dt.datetime(2026, 10, 9, 8, 0)
    assert office.day(2, 20).schedule_start == dt.datetime(2026, 10, 20, 7, 30)


def test_the_personnel_office_enters_by_page(office: Office, client: Client) -> None:
    """The form refuses with every fault, then stores; the list shows it and its reader is noted."""
    identity = officer(office, "attendance.personnel")
    fields = {"who": ID_NUMBERS[0], "kind": "dinas_luar", "first_day": "13/10/2026"}
    with client.as_(identity):
        refused = client.post_form("/attendance/absences/new", fields)
        assert refused.status_code == 422
        assert ID_NUMBERS[0] in refused.text
        stored = client.post_form(
            "/attendance/absences/new",
            {**fields, "last_day": "14/10/2026", "document": "SPT 094/2026"},
        )
        assert stored.status_code == 303
        listed = client.get("/attendance/absences")
        assert "SPT 094/2026" in listed.text
    with office.app.read(SYSTEM) as view:
        row = view.session.scalars(select(AbsenceRow)).one()
    with client.as_(identity):
        gone = client.post_form(
            f"/attendance/absences/{row.id}/cancel", {"version": "1", "reason": "Keliru"}
        )
        assert gone.status_code == 303
        assert "Keliru" in client.get("/attendance/absences").text
    office.work_off()
    assert office.day(0, 13).status == "tanpa_keterangan"


def test_schedules_are_given_and_ended_by_page(office: Office, client: Client) -> None:
    """The form tells what lacks, gives to a unit or a person, and ending names the last day."""
    address = "/attendance/schedules"
    fields = {"code": "ramadan", "valid_from": "05/10/2026", "override": "ya"}
    with client.as_(officer(office, "attendance.personnel")):
        assert 'value="region"' not in client.get(f"{address}/new").text
        nobody = {"level": "person", "who": "9"}
        for lacking in ({}, {"level": "unit"}, {"level": "person"}, nobody):
            refused = client.post_form(f"{address}/new", {**fields, **lacking})
            assert refused.status_code == 422
            assert 'value="05/10/2026"' in refused.text
        given = client.post_form(
            f"{address}/new",
            {**fields, "level": "person", "who": ID_NUMBERS[0], "valid_to": "20/10/2026"},
        )
        assert given.status_code == 303
        listed = client.get(address)
        assert "Pegawai 0" in listed.text
        assert "20 Oktober 2026" in listed.text
        twice = client.post_form(
            f"{address}/new", {**fields, "level": "person", "who": ID_NUMBERS[0]}
        )
        assert twice.status_code == 422
    office.work_off()
    assert office.day(0, 9).schedule_start == dt.datetime(2026, 10, 9, 8, 0)
    assert office.day(0, 21).schedule_start == dt.datetime(2026, 10, 21, 7, 30)
    with office.app.read(SYSTEM) as view:
        row = view.session.scalars(select(ScheduleUse).where(ScheduleUse.level == "person")).one()
    with client.as_(officer(office, "attendance.personnel", login="lain")):
        ended = client.post_form(
            f"{address}/{row.id}/end", {"version": str(row.version), "last": "09/10/2026"}
        )
        assert ended.status_code == 303
        whole = client.post_form(f"{address}/{row.id}/end", {"version": "99", "last": "09/10/2026"})
        assert whole.status_code == 422
    office.work_off()
    assert office.day(0, 9).schedule_start == dt.datetime(2026, 10, 9, 8, 0)
    assert office.day(0, 12).schedule_start == dt.datetime(2026, 10, 12, 7, 30)


def test_schedules_of_others_are_not_shown(office: Office, client: Client) -> None:
    """Whoever gives schedules in one unit sees and ends only those of it and its people."""
    with office.app.change(SYSTEM) as work:
        foreign = give_schedule(work, NewUse("unit", office.other, "ramadan", START))
    with client.as_(officer(office, "attendance.personnel")):
        assert "RSUD" not in client.get("/attendance/schedules").text
        end = f"/attendance/schedules/{foreign.id}/end"
        assert client.get(end).status_code == 403
        assert client.post_form(end, {"version": "1", "last": "09/10/2026"}).status_code == 403
        assert client.get(end.replace(str(foreign.id), str(office.unit))).status_code == 404


def test_programs_enter_by_json(office: Office, client: Client) -> None:
    """The JSON route enters and cancels; an unknown NIP and an overlap are refused."""
    identity = officer(office, "attendance.personnel")
    body = {
        "nip": ID_NUMBERS[0],
        "kind": "cuti",
        "first_day": "2026-10-13",
        "last_day": "2026-10-14",
        "document": "Cuti 7",
        "record": {"kind": "documents.letter", "id": "7"},
    }
    headers = {"Sec-Fetch-Site": "same-origin"}
    with client.as_(identity):
        made = client.post("/api/attendance/v1/absences", json=body, headers=headers)
        assert made.status_code == 201
        again = client.post("/api/attendance/v1/absences", json=body, headers=headers)
        assert again.status_code == 409
        unknown = client.post(
            "/api/attendance/v1/absences", json={**body, "nip": "1"}, headers=headers
        )
        assert unknown.status_code == 404
        assert len(client.get("/api/attendance/v1/absences").json()["items"]) == 1
        cancelled = client.post(
            f"/api/attendance/v1/absences/{made.json()['id']}/cancel",
            json={"version": 1, "reason": "Keliru"},
            headers=headers,
        )
        assert cancelled.json()["cancelled"] is True


def test_shifts_come_by_page(office: Office, client: Client) -> None:
    """The page tries a file without storing it, then stores it, with a report each time."""
    address = "/attendance/shifts/import"
    with client.as_(officer(office, "attendance.officer")):
        files = {"file": ("sif.csv", FILE.encode(), "text/csv")}
        tried = client.post_form(address, {"what": "try"}, files=files)
        assert tried.status_code == 200
        assert "Pegawai 0" in tried.text
        assert assigned(office) == []
        stored = client.post_form(address, {"what": "store"}, files=files)
        assert stored.status_code == 200
        assert len(assigned(office)) == 2
