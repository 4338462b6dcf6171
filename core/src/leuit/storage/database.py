"""The two ways to a database: one for writing, one for reading.

SQLite: WAL, `synchronous=FULL`, foreign keys on. The driver's own transaction handling is switched
off, as it begins late and lost updates in read-then-write units; writers begin with
`BEGIN IMMEDIATE` on the single writing connection, readers with a plain `BEGIN` on connections
that cannot write.
PostgreSQL: writers are READ COMMITTED, readers REPEATABLE READ and READ ONLY, each from its pool.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool, QueuePool

from leuit.values import SetupError, _

BUSY_MILLISECONDS = 15_000


class Database:
    """Engines over one database; `dialect` is `sqlite` or `postgresql`."""

    def __init__(self, url: str, *, readers: int = 24, writers: int = 16) -> None:
        self.url = _known_url(url)
        self.dialect = self.url.get_backend_name()
        if self.dialect == "sqlite":
            if not self.url.database or self.url.database == ":memory:":
                raise SetupError(_("SQLite perlu sebuah berkas, bukan basis data di memori."))
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
            self.writer = self._sqlite("BEGIN IMMEDIATE", _sqlite_writer, pool_size=1)
            self.reader = self._sqlite("BEGIN", _sqlite_reader, pool_size=readers)
        else:
            self.writer = self._postgresql(pool_size=writers, read_only=False)
            self.reader = self._postgresql(pool_size=readers, read_only=True)

    @property
    def file(self) -> Path:
        """The SQLite file; an error on PostgreSQL."""
        if self.dialect != "sqlite" or not self.url.database:
            raise SetupError(_("Basis data ini bukan berkas SQLite."))
        return Path(self.url.database)

    def close(self) -> None:
        """Close every connection; the object can be used again afterwards."""
        self.writer.dispose()
        self.reader.dispose()

    def _sqlite(
        self, begin: str, prepare: Callable[[sqlite3.Connection], None], *, pool_size: int
    ) -> Engine:
        engine = create_engine(
            self.url,
            hide_parameters=True,  # errors are logged, values may be personal
            poolclass=QueuePool,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=BUSY_MILLISECONDS / 1000,
            connect_args={"check_same_thread": False, "timeout": BUSY_MILLISECONDS / 1000},
        )

        @event.listens_for(engine, "connect")
        def _connect(connection: sqlite3.Connection, _record: object) -> None:
            connection.isolation_level = None
            prepare(connection)

        def _begin(connection: Any) -> None:
            connection.execute(begin)

        # The dialect's own step does nothing; here errors are wrapped as those of statements are.
        engine.dialect.do_begin = _begin  # type: ignore[method-assign, assignment]  # of this engine
        return engine

    def _postgresql(self, *, pool_size: int, read_only: bool) -> Engine:
        engine = create_engine(
            self.url,
            hide_parameters=True,  # errors are logged, values may be personal
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=BUSY_MILLISECONDS / 1000,
            pool_pre_ping=False,
            pool_use_lifo=True,
            connect_args={
                "application_name": "leuit",
                "connect_timeout": 5,
                "options": f"-c timezone=UTC -c lock_timeout={BUSY_MILLISECONDS}"
                " -c statement_timeout=60000 -c idle_in_transaction_session_timeout=120000",
            },
        )
        event.listen(engine, "handle_error", _without_values)
        if read_only:

            @event.listens_for(engine, "connect")
            def _connect(connection: Any, _record: object) -> None:
                from psycopg import IsolationLevel  # late: SQLite installations do without

                connection.isolation_level = IsolationLevel.REPEATABLE_READ
                connection.read_only = True

        return engine


def _without_values(context: ExceptionContext) -> None:
    """PostgreSQL repeats the refused row in lines below the first: they may hold personal data, and
    what an error says is logged and shown to operators.
    """
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])


def maintenance_engine(database: Database) -> Engine:
    """An engine without a pool for migrations: on SQLite without foreign keys in force.

    `batch_alter_table` of a parent would delete the CASCADE children otherwise; the migration
    runner calls `foreign_key_check` before it commits.
    """
    if database.dialect == "postgresql":
        return create_engine(database.url, poolclass=NullPool, hide_parameters=True)
    engine = create_engine(database.url, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _sqlite_writer(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA temp_store = MEMORY")
    # 16 MB of log before pages move to the file: each move costs two syncs, which writers wait for.
    connection.execute("PRAGMA wal_autocheckpoint = 4000")


def _sqlite_reader(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute("PRAGMA cache_size = -16384")
    connection.execute("PRAGMA mmap_size = 268435456")
    connection.execute("PRAGMA query_only = ON")


def _known_url(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError:
        raise SetupError(_("Alamat basis data di pengaturan tidak dapat dibaca.")) from None
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite":
        return url
    raise SetupError(
        _("Basis data “%(name)s” tidak didukung."),
        advice=_("Pakai sqlite atau postgresql."),
        name=url.get_backend_name(),
    )
