"""The server stops while it runs a command that was handed to it (SQLite: one process writes)."""

import json
import shutil
import signal
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select

from leuit.identity import SYSTEM, Person
from leuit.work import AuditEntry, Leuit
from leuit_archives.demo.people import MEMBERS as KEEPERS
from leuit_attendance.models import AttendanceDay, Device, PunchRow
from leuit_ecatalog.demo.buyers import BUYERS
from leuit_sp2d.demo.cast import MEMBERS

from .served import Site, site

DEMO = ("demo", "--people", "140", "--weeks", "1")


@pytest.mark.ci
@pytest.mark.parametrize("farewell", [signal.SIGKILL, signal.SIGTERM], ids=["kill", "term"])
def test_a_command_in_a_server_that_stops_says_so_and_can_be_repeated(
    farewell: signal.Signals, tmp_path: Path, sqlite_template: Path
) -> None:
    """The person at the command hears that it did not end, never a trace; the server starts again,
    and the same command, handed over once more, brings what is missing and nothing twice.
    """
    shutil.copyfile(sqlite_template, tmp_path / "leuit.db")
    with site(tmp_path, f"sqlite:///{tmp_path / 'leuit.db'}") as served:
        served.start()
        with served.begin(*DEMO) as command:
            _wait_for_devices(served)
            served.server.send_signal(farewell)
            out, err = command.communicate(timeout=60)
        assert command.returncode == 1, (out, err)
        assert "Traceback" not in out + err
        assert err.startswith("leuit: "), err
        served.server.wait(60)
        served.start()
        again = served.run(*DEMO)
        assert again.returncode == 0, again.stderr
        assert "Administrator" in again.stdout
        third = served.run(*DEMO)
        assert third.returncode == 0
        assert "tidak ada yang diubah" in third.stdout
        with served.opened() as app:
            _is_whole(app)


def _wait_for_devices(served: Site) -> None:
    waiting = threading.Event()
    with served.opened() as app:
        for _turn in range(3_000):
            with app.read(SYSTEM) as view:
                count = view.session.execute(
                    select(func.count()).select_from(PunchRow)
                ).scalar_one()
            if count:
                return
            waiting.wait(0.02)
    raise AssertionError(f"the command does not get on:\n{served.words()}")


def _is_whole(app: Leuit) -> None:
    with app.read(SYSTEM) as view:
        session = view.session
        people = session.execute(
            select(func.count()).select_from(Person).where(Person.name.not_like("%Contoh%"))
        ).scalar_one()
        manager = 1  # of the catalogue
        assert people == 140 + len(MEMBERS) + len(KEEPERS) + manager + len(BUYERS)
        serials = list(session.scalars(select(Device.serial).where(Device.serial.like("DEMO%"))))
        assert len(serials) >= 67
        assert session.execute(select(func.count()).select_from(AttendanceDay)).scalar_one() > 900
        received = [
            json.loads(body or b"")["details"]
            for body in session.scalars(
                select(AuditEntry.body).where(AuditEntry.action == "attendance.punches.received")
            )
        ]
        rows = session.execute(select(func.count()).select_from(PunchRow)).scalar_one()
        assert sum(entry["new"] for entry in received) == rows
