"""`kill -9` of the server and the worker under mixed load over real HTTP, again and again.

After every kill the book of acknowledged answers is compared with what a new process finds in the
database. On SQLite the server is the worker too; on PostgreSQL either or both are killed.
"""

import random
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from leuit.plugins import Host
from tests.conftest import ENGINES, migrated
from tests.support.postgres import Server, start_server

from .load import Book, let_flow, load
from .served import site
from .truth import compare, jobs_are_done

SEED = 20_261_124
VICTIMS = ("all", "worker", "server")
"""Whom the rounds kill in turn on PostgreSQL, from the second on."""


@pytest.fixture(scope="module")
def durable() -> Iterator[Server]:
    """A PostgreSQL server on disk with fsync, as durability is what is tested."""
    server = start_server(durable=True)
    yield server
    server.close()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "rounds",
    [
        pytest.param(10, marks=pytest.mark.ci),
        pytest.param(100, marks=pytest.mark.soak),
    ],
)
def test_what_was_acknowledged_outlives_a_kill(
    engine: str,
    rounds: int,
    tmp_path: Path,
    sqlite_template: Path,
    host: Host,
    request: pytest.FixtureRequest,
) -> None:
    """No acknowledged write is lost, doubled or half-done; each has its entry; jobs finish."""
    seed = SEED + rounds
    chance = random.Random(f"{engine} {seed}")
    if engine == "sqlite":
        shutil.copyfile(sqlite_template, tmp_path / "leuit.db")
        url = f"sqlite:///{tmp_path / 'leuit.db'}"
    else:
        server: Server = request.getfixturevalue("durable")
        url = server.create_database()
        migrated(url, host)
    book = Book()
    with site(tmp_path, url) as served:
        served.start()
        with load(served, book):
            for number in range(1, rounds + 1):
                which = "all" if served.is_sqlite else VICTIMS[number % len(VICTIMS)]
                pause = chance.uniform(0.3, 2.5)
                let_flow(book)
                threading.Event().wait(pause)
                served.kill(which)
                acknowledged = book.copy()
                with served.opened() as app:
                    stored = compare(app, acknowledged)
                _tell(f"{engine} seed {seed} round {number}: {which} after {pause:.2f} s {stored}")
                assert not book.wrong, book.wrong[:5]
                served.start()
            let_flow(book)
        served.kill()
        with served.opened() as app:
            stored = compare(app, book)
        served.finish_jobs()
        with served.opened() as app:
            compare(app, book)
            _tell(f"{engine}: {jobs_are_done(app)} jobs, acknowledged {book.counts()}, {stored}")
    assert not book.wrong, book.wrong[:5]
    assert min(book.counts()[name] for name in ("taps", "holidays", "absences", "devices")) > rounds


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
