"""Taking the attendance plugin out of an installation with data, and putting it in again."""

import contextlib
import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

import leuit.plugins.host
from leuit.builtin import BUILTINS
from leuit.builtin.core import first_administrator
from leuit.cli.main import run
from leuit.identity import SYSTEM, Account, Identity
from leuit.plugins import Host, load
from leuit.settings import Settings
from leuit.storage import core_history, migrate
from leuit.values import ManualClock
from leuit.work import Job, Leuit, Worker
from leuit_attendance.models import AttendanceDay, PunchRow
from leuit_attendance.service.attlog_import import import_file
from leuit_attendance.service.sample import found_sample
from tests.support.client import Client

from .browser_office import SAMPLES

NOW = dt.datetime(2026, 10, 16, 10, 30, tzinfo=dt.UTC)


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
