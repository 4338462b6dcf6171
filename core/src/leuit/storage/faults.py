"""What the database says when it cannot serve, in words for people.

Only faults of the place are translated (full disk, lost server, unreadable file, lock held too
long). A broken rule of the data (IntegrityError) is for the service that caused it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from leuit.values import UnavailableError, _

_FULL_STATES = {"53100"}  # PostgreSQL disk_full
# Faults of the place, by primary result code; others, such as a wrong statement, are ours.
_PLACE_CODES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB,
}
_BUSY_STATES = {"40001", "40P01", "55P03", "57014"}  # serialization, deadlock, lock, statement time


@contextmanager
def explained() -> Iterator[None]:
    """Turn faults of the database's place into UnavailableError; let everything else through."""
    try:
        yield
    except PoolTimeoutError as error:
        raise UnavailableError(_("Server sedang penuh."), retry_after=2) from error
    except DBAPIError as error:
        if _is_of_the_place(error):
            raise explain(error) from error
        raise


def _is_of_the_place(error: DBAPIError) -> bool:
    if error.connection_invalidated or isinstance(error, InterfaceError):
        return True
    if isinstance(error.orig, sqlite3.Error):
        return _code(error.orig) in _PLACE_CODES
    return isinstance(error, OperationalError)


def _code(original: BaseException | None) -> int:
    return getattr(original, "sqlite_errorcode", 0) & 0xFF


def explain(error: DBAPIError) -> UnavailableError:
    """The sentence for one fault; what was being written has not been stored."""
    original = error.orig
    state = getattr(original, "sqlstate", None)
    code = _code(original)
    if state in _FULL_STATES or code == sqlite3.SQLITE_FULL:
        return UnavailableError(
            _("Penyimpanan server penuh. Perubahan ini belum tersimpan."),
            advice=_("Petugas perlu mengosongkan tempat, lalu coba lagi."),
            retry_after=60,
        )
    if state in _BUSY_STATES or code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return UnavailableError(
            _("Basis data sedang sibuk. Perubahan ini belum tersimpan."),
            advice=_("Coba lagi sebentar lagi."),
            retry_after=2,
        )
    return UnavailableError(
        _("Basis data tidak dapat dipakai. Perubahan ini belum tersimpan."),
        advice=_("Coba lagi beberapa saat lagi; bila tetap gagal, hubungi petugas."),
        retry_after=15,
    )
