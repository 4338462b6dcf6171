"""Faults of the machine: what was acknowledged is stored whole, what was not is not half stored."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM, Unit
from leuit.plugins import Host
from leuit.settings import Settings, write_first_settings
from leuit.values import UnavailableError
from leuit.work import Leuit
from tests.conftest import REGION, migrated
from tests.support import writer_program
from tests.support.postgres import Server, start_server

from .faults import compare

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def durable() -> Iterator[Server]:
    """A PostgreSQL server on disk with fsync, as durability is what is tested."""
    server = start_server(durable=True)
    yield server
    server.close()


def run_program(
    settings: Settings, url: str, run: str, fault: str = "", kill_after: int = 0
) -> list[str]:
    """Lines of a writing program that ran to its end, or was killed after so many lines."""
    arguments = [str(settings.data), run, *([fault] if fault else [])]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.writer_program", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "LEUIT_DATABASE": url},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _count in range(kill_after)]
        if kill_after:
            process.send_signal(signal.SIGKILL)
        lines += process.stdout.readlines()
    assert process.returncode == (-signal.SIGKILL if kill_after else 0)
    return lines


def test_kill_9_loses_nothing_that_was_acknowledged(
    settings: Settings, database_url: str, app: Leuit, engine: str
) -> None:
    """Killing the writer twice under load leaves exactly whole units, all acknowledged included."""
    lines: list[str] = []
    for run in ("one", "two"):
        lines += run_program(settings, database_url, run, kill_after=120)
    acknowledged, _refused = compare(app, lines)
    assert len(acknowledged) >= 240


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("fault,codes", [("full", {"unavailable"}), ("io", set())])
def test_a_full_disk_and_a_failing_disk_are_told(
    settings: Settings, database_url: str, app: Leuit, fault: str, codes: set[str]
) -> None:
    """SQLITE_FULL and SQLITE_IOERR refuse units with a clear error, and later writes work again."""
    with contextlib.closing(app.database.writer.raw_connection()):
        pass  # makes the write-ahead log whose growth the fault limits
    lines = run_program(settings, database_url, "one", fault)
    acknowledged, refused = compare(app, lines)
    assert acknowledged
    assert refused
    told = {line.split()[2] for line in lines if line.startswith("no")}
    assert told <= {"unavailable", "lost_transaction", "unknown_outcome"}
    assert codes <= told
    lines += run_program(settings, database_url, "two", "interrupt")
    assert compare(app, lines)[0] > acknowledged


def test_an_interrupt_in_the_middle_of_a_unit_takes_it_back(
    settings: Settings, database_url: str, app: Leuit, engine: str
) -> None:
    """A KeyboardInterrupt inside a unit leaves nothing of it, and the writer free for the next."""
    acknowledged, refused = compare(app, run_program(settings, database_url, "one", "interrupt"))
    assert (len(acknowledged), len(refused)) == (160, 80)


def test_a_database_that_is_gone_is_told_and_comes_back(
    durable: Server, tmp_path: Path, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While PostgreSQL is down units answer with an error; once it is back they work again."""
    url = durable.create_database()
    monkeypatch.setenv("LEUIT_DATABASE", url)
    write_first_settings(tmp_path, REGION)
    migrated(url, host)
    with contextlib.closing(writer_program.installation(tmp_path)) as app:
        writer_program.write(app, "before", interrupt=False)
        durable.kill()
        for _attempt in range(20):
            with pytest.raises(UnavailableError), app.change(SYSTEM) as work:
                work.session.execute(select(Unit.id))
        durable.start()
        for attempt in range(20):
            writer_program.write(app, f"after-{attempt}", interrupt=False)
        with app.read(SYSTEM) as view:
            rows = set(view.session.execute(select(Unit.code)).scalars())
    assert {"before", "after-19"} <= rows
