"""Migrations: one history for the core and one for each plugin, each with its own version table.

With a shared version table, taking one plugin away would stop all. The core goes first; a plugin
may name the least core revision it needs. Nothing migrates by itself: `leuit migrate` does, and a
server refuses to start on an old schema.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from sqlalchemy import Connection, MetaData, inspect, text

from leuit.values import SetupError, _

from .database import Database, maintenance_engine

if TYPE_CHECKING:
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

VERSION_TABLE = "alembic_version_"


@attrs.frozen
class History:
    """One line of migrations: `folder` holds `versions/`, `metadata` the tables it should make."""

    owner: str
    folder: Path
    metadata: MetaData = attrs.field(eq=False, repr=False)

    @property
    def version_table(self) -> str:
        return f"{VERSION_TABLE}{self.owner}"


@attrs.frozen
class HistoryState:
    """Where a history stands; `current` is None before its first migration."""

    owner: str
    current: str | None
    head: str | None

    @property
    def is_current(self) -> bool:
        return self.current == self.head


def core_history() -> History:
    """The core's own history."""
    from .base import CoreBase

    return History("core", Path(__file__).parent / "migrations", CoreBase.metadata)


def migrate(database: Database, histories: Iterable[History]) -> list[HistoryState]:
    """Bring every history to its head, the core first; each migration is one transaction.

    On SQLite foreign keys are off while a table is rebuilt and checked before the commit; a
    dangling row stops the migration and leaves the schema as it was.
    """
    engine = maintenance_engine(database)
    try:
        return [_upgrade(engine.connect(), history) for history in _core_first(histories)]
    finally:
        engine.dispose()


def states(database: Database, histories: Iterable[History]) -> list[HistoryState]:
    """Where each history stands, without changing anything."""
    with database.reader.connect() as connection:
        return [_state(connection, history) for history in _core_first(histories)]


def owners(database: Database) -> list[str]:
    """Whose tables the database holds: the core, and plugins, of which some may have left."""
    names = inspect(database.reader).get_table_names()
    return sorted(
        name.removeprefix(VERSION_TABLE) for name in names if name.startswith(VERSION_TABLE)
    )


def require_current(database: Database, histories: Iterable[History]) -> None:
    """Raise SetupError when a history is behind or ahead of the installed code."""
    for state in states(database, histories):
        if not state.is_current:
            raise SetupError(
                _("Skema basis data “%(owner)s” berada di %(current)s, seharusnya %(head)s."),
                advice=_("Jalankan leuit migrate."),
                owner=state.owner,
                current=state.current or _("awal"),
                head=state.head or "-",
            )


def _core_first(histories: Iterable[History]) -> list[History]:
    return sorted(histories, key=lambda history: (history.owner != "core", history.owner))


def _scripts(history: History) -> "ScriptDirectory":
    from alembic.config import Config  # late: only needed while migrating
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(history.folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def _state(connection: Connection, history: History) -> HistoryState:
    current = None
    if inspect(connection).has_table(history.version_table):
        query = text(f"SELECT version_num FROM {history.version_table}")  # noqa: S608 -- own name
        current = connection.execute(query).scalar()
    head = _scripts(history).get_current_head()
    return HistoryState(history.owner, current, head)


def _upgrade(connection: Connection, history: History) -> HistoryState:
    from alembic.runtime.environment import EnvironmentContext

    scripts = _scripts(history)

    def steps(revision: Any, _context: Any) -> Sequence[Any]:
        return scripts._upgrade_revs("head", revision)  # noqa: SLF001 -- what `alembic upgrade` calls

    with (
        connection,
        EnvironmentContext(
            _config_of(scripts), scripts, fn=steps, destination_rev="head"
        ) as environment,
    ):
        environment.configure(
            connection=connection,
            target_metadata=history.metadata,
            version_table=history.version_table,
            transaction_per_migration=True,
            render_as_batch=connection.dialect.name == "sqlite",
            on_version_apply=_check_foreign_keys,
        )
        with environment.begin_transaction():
            environment.run_migrations()
        connection.rollback()
        state = _state(connection, history)
        connection.rollback()
        return state


def _config_of(_scripts: "ScriptDirectory") -> Any:
    from alembic.config import Config

    return Config()


def _check_foreign_keys(
    ctx: "MigrationContext", step: Any, heads: Collection[Any], run_args: Mapping[str, Any]
) -> None:
    """Called by Alembic, by these names, after each step and before its commit."""
    del step, heads, run_args
    connection = ctx.connection
    if connection is None or connection.dialect.name != "sqlite":
        return
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if dangling:
        raise SetupError(
            _("Migrasi dihentikan: %(count)s baris di tabel %(table)s kehilangan induknya."),
            advice=_("Skema tetap seperti semula. Laporkan ini kepada pembuat plugin."),
            count=len(dangling),
            table=dangling[0][0],
        )
