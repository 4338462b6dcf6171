"""The PostgreSQL that tests run on: separate databases, and nothing left behind."""

import os
import select
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from tests.support.postgres import Server, start_server

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server of this module's own, since some tests stop it."""
    server = start_server()
    yield server
    server.close()


def run(url: str, statement: str) -> list[object]:
    """Rows of one statement, first column, on a connection that is closed afterwards."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        result = connection.execute(text(statement))
        return list(result.scalars()) if result.returns_rows else []


def test_copies_of_a_template_are_alone(server: Server) -> None:
    """A database made from a template has its rows; what one test writes no other sees."""

    def build(url: str) -> None:
        run(url, "CREATE TABLE note (word text)")
        run(url, "INSERT INTO note VALUES ('from the template')")

    name = server.template("notes", build)
    first, second = server.create_database(name), server.create_database(name)
    run(first, "INSERT INTO note VALUES ('mine')")
    assert run(first, "SELECT word FROM note ORDER BY 1") == ["from the template", "mine"]
    assert run(second, "SELECT word FROM note") == ["from the template"]


def test_a_template_is_built_once(server: Server) -> None:
    """Asking for a template again does not build it again."""
    built: list[str] = []
    assert server.template("once", built.append) == server.template("once", built.append)
    assert len(built) == 1


@pytest.mark.parametrize("end", [Server.stop, Server.kill])
def test_the_database_can_go_and_come_back(server: Server, end: object) -> None:
    """After an ordered stop or a kill nothing answers; after start the rows are there again."""
    assert callable(end)
    url = server.create_database()
    run(url, "CREATE TABLE kept AS SELECT 1 AS one")
    end(server)
    with pytest.raises(OperationalError):
        run(url, "SELECT 1")
    server.start()
    assert run(url, "SELECT one FROM kept") == [1]


def test_a_dropped_database_is_gone_despite_connections(server: Server) -> None:
    """Dropping does not wait for whoever is still connected."""
    url = server.create_database()
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        server.drop_database(url)
        with pytest.raises(OperationalError, match="terminating connection"):
            connection.execute(text("SELECT 1"))
    with pytest.raises(OperationalError, match="does not exist"):
        run(url, "SELECT 1")


def test_the_server_ends_with_its_parent() -> None:
    """`kill -9` of the test process ends the server and removes its folder."""
    script = """
        import sys
        from tests.support.postgres import start_server
        server = start_server()
        print(server.folder, server._guarded._process.pid, flush=True)
        sys.stdin.read()
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        folder, guard = parent.stdout.readline().split()
        assert Path(folder, "data", "postmaster.pid").exists()
        watched = os.pidfd_open(int(guard))
        parent.send_signal(signal.SIGKILL)
        wait_for_exit(watched)
    assert not Path(folder).exists()


def wait_for_exit(watched: int) -> None:
    """Block until the process behind a pidfd has ended, at most 30 seconds."""
    readable, _, _ = select.select([watched], [], [], 30)
    os.close(watched)
    assert readable, "the guard outlived its parent"
