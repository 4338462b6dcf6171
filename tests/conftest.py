"""Fixtures of every test: an installation of its own, on each engine, in its own state folder."""

import datetime as dt
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import hypothesis
import pytest
import structlog

from leuit.builtin import BUILTINS
from leuit.plugins import Host, load
from leuit.settings import Region, Settings, write_first_settings
from leuit.storage import Database, core_history, migrate
from leuit.values import ManualClock
from leuit.work import Leuit
from tests.support.client import Client
from tests.support.postgres import Server, start_server
from tests.support.statements import equal_dialects, share_statements

pytest_plugins = [
    "tests.support.engine_counts",
    "tests.support.house_rules",
    "tests.support.in_memory",
]

START = dt.datetime(2026, 10, 5, 0, 0, tzinfo=dt.UTC)
REGION = Region(name="Kabupaten Lebak", code="36.02", zone="Asia/Jakarta")
ENGINES = ("sqlite", "postgresql")


# A busy machine must not decide what a test says: examples may take as long as they need.
hypothesis.settings.register_profile(
    "leuit", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("leuit")
equal_dialects()

# Plain tracebacks: the ones for terminals print local variables and take seconds to draw.
structlog.configure(
    processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()]
)


@pytest.fixture(autouse=True)
def logs() -> Iterator[None]:
    """Each test finds logs as they were: a command that it runs sets them for the whole process."""
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers, root.level
    yield
    structlog.configure(**before)
    root.handlers, root.level = handlers, level


@pytest.fixture(scope="session")
def host() -> Host:
    """Every builtin and installed plugin, loaded once."""
    return load(Settings(data=Path("unused"), region=REGION), BUILTINS)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One PostgreSQL server for the whole run, in memory, without fsync."""
    server = start_server()
    yield server
    server.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, host: Host) -> Path:
    """A migrated SQLite file to copy from."""
    path = tmp_path_factory.mktemp("template") / "leuit.db"
    migrated(f"sqlite:///{path}", host)
    return path


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The engine a test runs on: each test that asks for it runs on both."""
    name: str = request.param
    return name


@pytest.fixture
def clock() -> ManualClock:
    """Monday 5 October 2026, 07.00 WIB."""
    return ManualClock(START)


@pytest.fixture
def database_url(
    engine: str, tmp_path: Path, host: Host, request: pytest.FixtureRequest
) -> Iterator[str]:
    """A fresh migrated database on the engine of the test."""
    if engine == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        shutil.copyfile(template, tmp_path / "leuit.db")
        yield f"sqlite:///{tmp_path / 'leuit.db'}"
        return
    server: Server = request.getfixturevalue("postgres")
    template = server.template("migrated", lambda url: migrated(url, host))
    url = server.create_database(template)
    yield url
    server.drop_database(url)


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings of the test's installation, with a secret key."""
    write_first_settings(tmp_path, REGION)
    loaded = Settings.load(tmp_path, {"LEUIT_DATABASE": database_url})
    # Parts are timed by the wall clock; a busy test machine must not decide what a page shows.
    patient = attrs.evolve(
        loaded.server,
        card_milliseconds=20_000,
        inbox_milliseconds=20_000,
        count_milliseconds=20_000,
    )
    return attrs.evolve(loaded, server=patient)


@pytest.fixture
def app(settings: Settings, host: Host, clock: ManualClock) -> Iterator[Leuit]:
    """An installation with every plugin, an empty migrated database and a clock that stands."""
    leuit = Leuit(settings, host.vocabulary, clock=clock)
    share_statements(leuit.database.writer, leuit.database.reader)
    yield leuit
    leuit.close()


@pytest.fixture
def client(app: Leuit, host: Host) -> Iterator[Client]:
    """A browser-like client of the application in this process."""
    with Client(app, host) as opened:
        yield opened


def migrated(url: str, host: Host) -> None:
    """Bring an empty database to the newest schema of everything installed."""
    database = Database(url)
    migrate(database, (core_history(), *host.histories))
    _fold_journal(database)
    database.close()


def _fold_journal(database: Database) -> None:
    """Bring SQLite's WAL into the file, so that copying one file copies everything."""
    if database.dialect == "sqlite":
        with database.writer.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
