"""Where benchmarks run: migrated databases on a real disk with fsync, and servers of their own."""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leuit.builtin import BUILTINS
from leuit.plugins import Host, load
from leuit.settings import Region, Settings, write_first_settings
from leuit.storage import Database, core_history, migrate
from tests.support.postgres import start_server

REPOSITORY = Path(__file__).parents[2]
ENGINES = ("sqlite", "postgresql")
REGION = Region("Kabupaten Lebak", "36.02", "Asia/Jakarta")


def installed() -> Host:
    """Every builtin and installed plugin."""
    return load(Settings(data=Path("unused"), region=REGION), BUILTINS)


@contextmanager
def installation(engine: str, host: Host) -> Iterator[Settings]:
    """Settings of a fresh migrated installation on a real disk."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        write_first_settings(data, REGION)
        if engine == "sqlite":
            yield _migrated(Settings.load(data, {}), host)
            return
        server = start_server(durable=True)
        try:
            url = server.create_database()
            yield _migrated(Settings.load(data, {"LEUIT_DATABASE": url}), host)
        finally:
            server.close()


@contextmanager
def served(module: str, *arguments: str) -> Iterator[int]:
    """The port of `python -m module PORT arguments…` in a process of its own, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with subprocess.Popen(
        [sys.executable, "-m", module, str(port), *arguments],
        cwd=REPOSITORY,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _wait(port, process)
            yield port
        finally:
            process.terminate()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _attempt in range(1_200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            raise RuntimeError("a server of the benchmark ended before it answered")
        time.sleep(0.05)
    raise RuntimeError("a server of the benchmark does not answer")


def _migrated(settings: Settings, host: Host) -> Settings:
    database = Database(settings.database_url)
    migrate(database, (core_history(), *host.histories))
    database.close()
    return settings
