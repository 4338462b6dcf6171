"""Verbs that prepare or run the installation: init, migrate, serve, plugins, check, worker."""

import json
import sys
from typing import Annotated

import attrs
from cyclopts import App, Parameter

from leuit.builtin import BUILTINS
from leuit.builtin.core import VERSION, first_administrator, health_answers
from leuit.plugins import Host, load
from leuit.settings import (
    SETTINGS_FILE,
    Region,
    Settings,
    data_folder,
    write_first_settings,
)
from leuit.storage import Database, core_history, migrate, require_current
from leuit.values import LeuitError, SetupError, _
from leuit.work import Leuit

from .lock import WriterLock

VERBS = frozenset({"init", "migrate", "serve", "worker", "plugins", "check", "--version", "--help"})


def app() -> App:
    """A parser with the verbs of the floor."""
    root = App(
        name="leuit", version=VERSION, help="Layanan digital daerah.", version_flags="--version"
    )
    for verb in (init, migrate_schema, serve, worker, plugins, check):
        root.command(verb, name="migrate" if verb is migrate_schema else verb.__name__)
    return root


def init(
    *,
    region: str = "Kabupaten Lebak",
    code: str = "36.02",
    zone: str = "Asia/Jakarta",
    admin: str = "admin",
    password: Annotated[str | None, Parameter(env_var="LEUIT_ADMIN_PASSWORD")] = None,
    if_missing: bool = False,
) -> int:
    """Make the state folder (LEUIT_DATA), the database and the first administrator.

    Prints the administrator's password once, unless LEUIT_ADMIN_PASSWORD gave it. Running it again
    changes nothing; with --if-missing it then says nothing either.
    """
    data = data_folder()
    new = not (data / SETTINGS_FILE).exists()
    write_first_settings(data, Region(region, code, zone))
    settings = Settings.load(data)
    host = load(settings, BUILTINS)
    leuit = Leuit(settings, host.vocabulary)
    try:
        with WriterLock.for_database(settings.data, leuit.database.dialect):
            _migrate(leuit.database, host)
            made = first_administrator(leuit, admin, password)
    finally:
        leuit.close()
    if made is None:
        if not if_missing:
            print(_("%s sudah siap; tidak ada yang diubah.") % data)
        return 0
    if new:
        print(_("Pengaturan: %s") % (data / SETTINGS_FILE))
    print(_("Akun administrator: %s") % admin)
    if password is None:
        print(_("Kata sandi (hanya ditampilkan sekali): %s") % made)
    return 0


def migrate_schema() -> int:
    """Bring the schema of the core and of every active plugin to its newest revision."""
    settings = Settings.load(data_folder())
    host = load(settings, BUILTINS)
    database = Database(settings.database_url)
    try:
        with WriterLock.for_database(settings.data, database.dialect):
            _migrate(database, host)
    finally:
        database.close()
    return 0


def serve(*, host: str | None = None, port: int | None = None, workers: int = 1) -> int:
    """Serve pages and APIs; on SQLite the jobs run in the same process.

    Refuses to start on an old schema. --workers needs PostgreSQL.
    """
    from .server import serve as run  # late: uvicorn and the web are not needed by other verbs

    return run(data_folder(), host=host, port=port, workers=workers)


def worker(*, threads: int = 2) -> int:
    """Do jobs in a process of its own; needs PostgreSQL, as SQLite has one writing process."""
    from .server import work

    return work(data_folder(), threads=threads)


def plugins(*, json_output: Annotated[bool, Parameter(name="--json")] = False) -> int:
    """List installed plugins with their states; a failed one with its reason."""
    loaded = load(_relaxed(), BUILTINS)
    if json_output:
        told = attrs.filters.exclude("error")
        states = [attrs.asdict(state, filter=told) for state in loaded.states]
        print(json.dumps(states, ensure_ascii=False, indent=2))
        return 0
    if not loaded.states:
        print(_("Tidak ada plugin terpasang."))
    for state in loaded.states:
        print(f"{state.name:<14} {state.state:<9} {state.version:<10} {state.title}")
        if state.reason:
            print(f"{'':<14} {state.stage}: {state.reason}")
    return 0


def check() -> int:
    """Check settings, plugins, database and schema; exit status 0 only when all is well.

    Data of a plugin that is not installed is told of and is no fault: it waits for its plugin. So
    is what the health page would say.
    """
    faults: list[str] = []
    left: list[str] = []
    settings = Settings.load(data_folder())
    loaded = load(attrs.evolve(settings, required=frozenset()), BUILTINS)
    faults += [f"{state.name}: {state.stage}: {state.reason}" for state in loaded.failed]
    for step in (
        lambda: loaded.require_required(settings.required),
        settings.secret_key,
        lambda: left.extend(_check_schema(settings, loaded)),
    ):
        try:
            step()
        except LeuitError as error:
            faults.append(str(error))
    for fault in faults:
        sys.stderr.write(f"- {fault}\n")
    for sentence in () if faults else _unwell(settings, loaded):
        print(f"- {sentence}")
    for name in left:
        print(_("Data plugin “%s” masih tersimpan; pluginnya tidak terpasang.") % name)
    print(_("%s masalah ditemukan.") % len(faults) if faults else _("Semua beres."))
    return 1 if faults else 0


def _unwell(settings: Settings, loaded: Host) -> list[str]:
    """What the health checks find wrong with a running installation."""
    leuit = Leuit(settings, loaded.vocabulary)
    try:
        answers = health_answers(loaded, leuit)
    finally:
        leuit.close()
    return [f"{one['title']}: {one['answer'].sentence}" for one in answers if not one["answer"].ok]


def _check_schema(settings: Settings, loaded: Host) -> list[str]:
    """Names of plugins that left data here and are not installed."""
    database = Database(settings.database_url)
    try:
        require_current(database, (core_history(), *loaded.histories))
        return loaded.left_behind(database)
    finally:
        database.close()


def _relaxed() -> Settings:
    """Settings in which nothing is required, so that failed plugins can be listed."""
    try:
        settings = Settings.load(data_folder())
    except SetupError:
        return Settings(data=data_folder())
    return attrs.evolve(settings, required=frozenset())


def _migrate(database: Database, host: Host) -> None:
    for state in migrate(database, (core_history(), *host.histories)):
        print(_("Skema %(owner)s: %(head)s") % {"owner": state.owner, "head": state.current})
