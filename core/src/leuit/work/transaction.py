"""One SQL transaction, whose answer is true: what was acknowledged is stored, nothing else is.

What can go wrong, and what is done:

- Nested units in one thread would wait for each other: the second raises at once.
- SQLite has one writer: a mutex orders the threads; waiting longer than the limit is
  UnavailableError, with nothing written.
- SQLite rolls a transaction back by itself on a full disk or an I/O error; a statement after that
  would commit alone. Every statement of a unit and the commit check that the transaction stands.
- psycopg answers a COMMIT of a failed transaction with a silent rollback: the status is checked.
- After any error of COMMIT the connection is thrown away; the caller hears that the outcome is
  unknown unless the engine says that nothing was written.
"""

import functools
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError, IntegrityError

from leuit.storage import Database, explain, explained
from leuit.values import LeuitError, UnavailableError, _

_WRITE = re.compile(
    r"\b(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE(?!\s+(?:SET|SKIP|NOWAIT|OF)\b)"
    r"|DELETE\s+FROM|REPLACE\s+INTO)\s+\"?(\w+)",
    re.IGNORECASE,
)
_MARK = "leuit_written_tables"
_BEGUN = "leuit_begun"
WAIT_SECONDS = 15.0


class NestedUnitError(LeuitError):
    """A unit of work was opened inside another one of the same thread."""

    code = "nested_unit"
    status = 500


class LostTransactionError(UnavailableError):
    """The engine gave the transaction up in the middle of the unit; nothing was stored."""

    code = "lost_transaction"


class UnknownOutcomeError(UnavailableError):
    """COMMIT failed in a way that leaves open whether the change was stored."""

    code = "unknown_outcome"


class Writer:
    """Gives writing transactions, one at a time on SQLite, pooled on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._mutex = threading.Lock() if database.dialect == "sqlite" else None
        self._here = threading.local()
        event.listen(database.writer, "before_cursor_execute", _watch)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection inside a transaction, committed when the block ends without an error."""
        if getattr(self._here, "busy", False):
            raise NestedUnitError(_("Satu unit kerja dibuka di dalam unit kerja lain."))
        self._here.busy = True
        try:
            if self._mutex is None:
                with explained(), self._begun() as connection:
                    yield connection
                return
            if not self._mutex.acquire(timeout=WAIT_SECONDS):
                raise UnavailableError(_("Antrean penulisan sedang penuh."), retry_after=2)
            try:
                with explained(), self._begun() as connection:
                    yield connection
            finally:
                self._mutex.release()
        finally:
            self._here.busy = False

    @contextmanager
    def _begun(self) -> Iterator[Connection]:
        connection = self._database.writer.connect()
        try:
            transaction = connection.begin()
            connection.info[_MARK] = set()
            connection.info[_BEGUN] = False
            try:
                yield connection
                # psycopg begins with the first statement: a unit without any has nothing to lose.
                begun = self._mutex is not None or connection.info[_BEGUN]
                if begun and not is_open(connection):
                    raise _lost()
            except BaseException:
                _roll_back(connection)
                raise
            try:
                transaction.commit()
            except BaseException as error:
                connection.invalidate()
                raise _uncommitted(error) from error
        finally:
            connection.info.pop(_MARK, None) if not connection.invalidated else None
            connection.close()


def written_tables(connection: Connection) -> set[str]:
    """Names of the tables that the present unit has written to."""
    tables: set[str] = connection.info[_MARK]
    return tables


def is_open(connection: Connection) -> bool:
    """Whether the engine still holds the transaction open and able to commit."""
    raw: Any = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite":
        return bool(raw.in_transaction)
    return raw.info.transaction_status.name == "INTRANS"  # type: ignore[no-any-return]  # a str


def _watch(
    connection: Connection,
    _cursor: Any,
    statement: str,
    _parameters: Any,
    _context: Any,
    _many: Any,
) -> None:
    tables = connection.info.get(_MARK)
    if tables is None:
        return
    head, written = _read(statement)
    # psycopg begins with the first statement; from the second on the transaction must stand, but
    # for the way back to a savepoint out of a failed statement.
    begun = connection.dialect.name == "sqlite" or connection.info.get(_BEGUN)
    if begun and head != "ROLLBA" and not is_open(connection):
        raise _lost()
    connection.info[_BEGUN] = True
    tables.update(written)


@functools.lru_cache(maxsize=1_000)
def _read(statement: str) -> tuple[str, frozenset[str]]:
    """How a statement begins, and the tables that it writes to."""
    head = statement.lstrip()[:6].upper()
    if head in ("SELECT", "SAVEPO", "RELEAS", "ROLLBA"):
        return head, frozenset()
    return head, frozenset(name.lower() for name in _WRITE.findall(statement))


def _roll_back(connection: Connection) -> None:
    try:
        connection.rollback()
    except DBAPIError:
        connection.invalidate()


def _lost() -> LostTransactionError:
    return LostTransactionError(
        _("Basis data membatalkan perubahan ini. Tidak ada yang tersimpan."),
        advice=_("Coba lagi; bila tetap gagal, petugas perlu memeriksa penyimpanan server."),
        retry_after=15,
    )


def _uncommitted(error: BaseException) -> BaseException:
    if not isinstance(error, DBAPIError) or isinstance(error, IntegrityError):
        return error  # a deferred constraint refuses the whole change: the outcome is known
    told = explain(error)
    if told.retry_after in (2, 60):  # busy or full: the engine says that nothing was written
        return told
    return UnknownOutcomeError(
        _("Belum pasti apakah perubahan ini tersimpan."),
        advice=_("Periksa dahulu sebelum mengulang."),
        retry_after=15,
    )
