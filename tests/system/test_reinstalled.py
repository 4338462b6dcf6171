"""Putting the attendance plugin into an installation with data, taking it out, putting it in."""

import contextlib
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, inspect, select

import leuit.plugins.host
from leuit.builtin import BUILTINS
from leuit.builtin.core import first_administrator
from leuit.cli.main import run
from leuit.identity import SYSTEM, Account, Identity, Person, Unit
from leuit.plugins import Host, load
from leuit.plugins.discovery import discover
from leuit.settings import Settings, write_first_settings
from leuit.storage import core_history, migrate, require_current
from leuit.values import ManualClock, SetupError
from leuit.work import Job, Leuit, Worker
from leuit_attendance.models import AttendanceDay, Device, PunchRow
from leuit_attendance.service.attlog_import import import_file
from leuit_attendance.service.sample import FIRST, SCHEDULE, found_sample
from leuit_attendance.service.schedules import NewUse, give_schedule
from tests.conftest import REGION
from tests.core.organisation.office import STAFF, UNITS, Office
from tests.support.client import Client
from tests.support.postgres import Server

from .browser_office import SAMPLES

pytestmark = pytest.mark.ci

NOW = dt.datetime(2026, 10, 16, 10, 30, tzinfo=dt.UTC)
DAY = dt.date(2026, 10, 5)
CORE_PAGES = ("/", "/organisation/units", "/organisation/people", "/jobs", "/health", "/calendar")
STAFF_WITH_PINS = re.sub(r",(\d),2024", r",9\1,2024", STAFF)  # the sample has 1 and 2
STAFF_WHILE_AWAY = f"""{STAFF.partition(chr(10))[0]}
198001012005011007,Orang Baru,DIN.A,Pelaksana Baru,,,97,2024-01-01,
"""
TAPS = "".join(
    f"91\t2026-10-05 {at}\t{way}\t1\t0\t0\t0\n" for at, way in (("07:10:00", 0), ("16:05:00", 1))
)
NEW_TAP = "97\t2026-10-06 07:20:00\t0\t1\t0\t0\t0\n"


def test_a_plugin_taken_out_and_put_in_again_finds_its_data(
    settings: Settings,
    host: Host,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Without attendance the core's pages and `leuit check` work and its jobs park with the reason;
    with it again data, pages and jobs are there as before.
    """
    clock.set(NOW)
    monkeypatch.setenv("LEUIT_DATA", str(settings.data))
    monkeypatch.setenv("LEUIT_DATABASE", settings.database_url)
    with _opened(settings, host, clock) as app:
        administrator = _administrator(app)
        with app.change(SYSTEM) as work:
            found_sample(work)
        Worker(app).run_pending(raise_errors=True)
        data = (SAMPLES / "1_attlog.dat").read_bytes()
        import_file(app, administrator, data, "1_attlog.dat", None)
        before = _stored(app)
        assert before["punches"] > 0
        waiting = _jobs(app, "waiting")
        assert "attendance.recompute" in waiting

    without = load(settings, BUILTINS, found=[])
    with _opened(settings, without, clock) as app:
        with Client(app, without) as client, client.as_(administrator):
            for path in ("/", "/organisation/units", "/organisation/people", "/jobs", "/health"):
                answer = client.get(path)
                assert answer.status_code == 200, path
                assert "Mesin absensi" not in answer.text
            for path in ("/attendance", "/attendance/devices", "/iclock/cdata?SN=UJI1"):
                assert client.get(path).status_code == 404, path
        Worker(app).run_pending(raise_errors=True)
        parked = _jobs(app, "parked")
        assert set(waiting) <= set(parked)
        assert all("tidak terpasang" in error for error in parked.values())
        with Client(app, without) as client, client.as_(administrator):
            assert "tidak terpasang" in client.get("/jobs?status=parked").text
    with monkeypatch.context() as gone:
        gone.setattr(leuit.plugins.host, "discover", list)
        capsys.readouterr()
        assert run(["check"]) == 0
        assert "Data plugin “attendance” masih tersimpan" in capsys.readouterr().out
        assert run(["plugins"]) == 0
        assert "attendance" not in capsys.readouterr().out

    with _opened(settings, host, clock) as app:
        migrate(app.database, (core_history(), *host.histories))
        assert _stored(app)["punches"] == before["punches"]
        assert _stored(app)["days"] == before["days"]
        assert Worker(app).run_pending(raise_errors=True) >= len(waiting)
        assert not _jobs(app, "parked")
        assert not _jobs(app, "waiting")
        with app.read(SYSTEM) as view:
            judged = view.session.execute(
                select(func.count())
                .select_from(AttendanceDay)
                .where(AttendanceDay.check_in.is_not(None))
            ).scalar_one()
        assert judged > 0
        with Client(app, host) as client, client.as_(administrator):
            assert client.get("/attendance/devices").status_code == 200
            assert client.get("/attendance/units/CONTOH/month?month=2026-10").status_code == 200
    assert run(["check"]) == 0


def test_a_plugin_put_into_a_core_with_data_is_used_taken_out_and_put_in_again(
    core_settings: Settings, clock: ManualClock
) -> None:
    """Units, people and accounts stored by the core alone are those whose days attendance judges
    once it is installed; without it the core goes on, and with it again every row is as it was.
    """
    settings = core_settings
    clock.set(NOW)
    core = load(settings, BUILTINS, found=[])
    plugin = load(settings, BUILTINS, found=[one for one in discover() if one.name == "attendance"])
    with _opened(settings, core, clock) as app:
        migrate(app.database, (core_history(), *core.histories))
        assert not _tables_of_attendance(app)
        first_administrator(app, "admin", "kata-sandi-uji-panjang")
        office = Office(app)
        office.bring_in("units", UNITS)
        office.bring_in("staff", STAFF_WITH_PINS)
        Worker(app).run_pending(raise_errors=True)
        administrator = office.identity("admin")
        _the_core_answers(app, core, administrator)
        stored_by_core = _rows(app, Unit, Person, Account)
        assert [len(rows) for rows in stored_by_core.values()] == [5, 6, 7]

    with _opened(settings, plugin, clock) as app:
        with pytest.raises(SetupError, match=r"attendance.*leuit migrate"):
            require_current(app.database, plugin.histories)
        migrate(app.database, (core_history(), *plugin.histories))
        require_current(app.database, plugin.histories)
        assert _tables_of_attendance(app)
        assert _rows(app, Unit, Person, Account) == stored_by_core
        unit = Office(app).unit("DIN")
        with app.change(SYSTEM) as work:
            found_sample(work)  # brings the editions that days are judged by
            give_schedule(work, NewUse("unit", unit, SCHEDULE, FIRST, NOW.date()))
        with Client(app, plugin) as client:
            device = {"serial": "BARU1", "unit": str(unit), "name": "Lobi"}
            _use(app, client, administrator, device)
            _attendance_answers(client, administrator)
        tables = (Unit, Person, Account, Device, PunchRow, AttendanceDay)
        before = _rows(app, *tables)
        assert len(before["attendance_punch"]) == 2
        person = Office(app).person(1)
        with app.read(SYSTEM) as view:
            day = view.session.get_one(AttendanceDay, (person, DAY))
            assert (day.check_in, day.check_out) == (
                dt.datetime(2026, 10, 5, 7, 10),
                dt.datetime(2026, 10, 5, 16, 5),
            )

    with _opened(settings, core, clock) as app:
        require_current(app.database, (core_history(), *core.histories))
        _the_core_answers(app, core, administrator)
        assert Worker(app).run_pending(raise_errors=True) == 0
        Office(app).bring_in("staff", STAFF_WHILE_AWAY)
        assert _rows(app, *tables[3:]) == {name: before[name] for name in list(before)[3:]}

    with _opened(settings, plugin, clock) as app:
        migrate(app.database, (core_history(), *plugin.histories))
        for name, rows in _rows(app, *tables).items():
            assert set(before[name]) <= set(rows), name
        Worker(app).run_pending(raise_errors=True)
        with Client(app, plugin) as client:
            _attendance_answers(client, administrator)
            assert _upload(client, "BARU1", TAPS) == "OK:2"
            assert _upload(client, "BARU1", NEW_TAP) == "OK:1"
        Worker(app).run_pending(raise_errors=True)
        after = _rows(app, *tables)
        assert len(after["attendance_punch"]) == 3, "what was sent again is stored once"
        with app.read(SYSTEM) as view:
            day = view.session.get_one(AttendanceDay, (Office(app).person(7), dt.date(2026, 10, 6)))
            assert day.check_in == dt.datetime(2026, 10, 6, 7, 20)
    with _opened(settings, core, clock) as app:
        _the_core_answers(app, core, administrator)


@pytest.fixture
def core_settings(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Settings]:
    """Settings of an installation over an empty database: nothing has been migrated."""
    write_first_settings(tmp_path, REGION)
    if engine == "sqlite":
        yield Settings.load(tmp_path, {"LEUIT_DATABASE": f"sqlite:///{tmp_path / 'leuit.db'}"})
        return
    server: Server = request.getfixturevalue("postgres")
    url = server.create_database()
    yield Settings.load(tmp_path, {"LEUIT_DATABASE": url})
    server.drop_database(url)


def _use(app: Leuit, client: Client, who: Identity, device: dict[str, str]) -> None:
    """Register a device on its page, let it send two taps, and do what follows."""
    with client.as_(who):
        answer = client.post_form("/attendance/devices/new", {**device, "usb_id": ""})
        assert answer.status_code == 303, answer.text
    assert _upload(client, device["serial"], TAPS) == "OK:2"
    Worker(app).run_pending(raise_errors=True)
    assert not _jobs(app, "waiting")
    assert not _jobs(app, "parked")


def _upload(client: Client, serial: str, taps: str) -> str:
    path = f"/iclock/cdata?SN={serial}&table=ATTLOG&Stamp=9999"
    answer = client.post(path, content=taps.encode())
    assert answer.status_code == 200
    return answer.text.strip()


def _the_core_answers(app: Leuit, core: Host, who: Identity) -> None:
    """Pages of the core work, and nothing of attendance can be reached."""
    with Client(app, core) as client:
        assert client.get("/iclock/cdata?SN=BARU1").status_code == 404
        with client.as_(who):
            for path in CORE_PAGES:
                answer = client.get(path)
                assert answer.status_code == 200, path
                assert "Mesin absensi" not in answer.text
            assert "Staf B" in client.get("/organisation/people").text
            assert client.get("/attendance/devices").status_code == 404


def _attendance_answers(client: Client, who: Identity) -> None:
    with client.as_(who):
        assert "BARU1" in client.get("/attendance/devices").text
        month = client.get("/attendance/units/DIN/month?month=2026-10")
        assert month.status_code == 200
        assert "Kepala Dinas" in month.text
        for path in CORE_PAGES:
            assert client.get(path).status_code == 200, path


def _tables_of_attendance(app: Leuit) -> set[str]:
    names = inspect(app.database.reader).get_table_names()
    return {name for name in names if name.startswith("attendance_")}


def _rows(app: Leuit, *models: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the tables, in the order of their keys."""
    with app.read(SYSTEM) as view:
        return {
            model.__tablename__: [
                tuple(row)
                for row in view.session.execute(
                    select(model.__table__).order_by(*model.__table__.primary_key)
                )
            ]
            for model in models
        }


@contextlib.contextmanager
def _opened(settings: Settings, host: Host, clock: ManualClock) -> Iterator[Leuit]:
    """An application that is closed at the end of the block."""
    app = Leuit(settings, host.vocabulary, clock=clock)
    try:
        yield app
    finally:
        app.close()


def _administrator(app: Leuit) -> Identity:
    first_administrator(app, "admin", "kata-sandi-uji-panjang")
    with app.read(SYSTEM) as view:
        account = view.session.scalars(select(Account.id)).one()
    return Identity("person", "Administrator", account_id=account, login="admin")


def _stored(app: Leuit) -> dict[str, int]:
    with app.read(SYSTEM) as view:
        return {
            name: view.session.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in (("punches", PunchRow), ("days", AttendanceDay))
        }


def _jobs(app: Leuit, status: str) -> dict[str, str]:
    with app.read(SYSTEM) as view:
        rows = view.session.execute(select(Job.kind, Job.error).where(Job.status == status)).all()
    return {row.kind: row.error or "" for row in rows}
