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
_BUSY_STATES = {"40001", "40P01", "55P03", "57014"}  # serialization, deadlock, lock, statement time


@contextmanager
def explained() -> Iterator[None]:
    """Turn faults of the database's place into UnavailableError; let everything else through."""
    try:
        yield
    except PoolTimeoutError as error:
        raise UnavailableError(_("Server sedang penuh."), retry_after=2) from error
    except (OperationalError, InterfaceError) as error:
        raise explain(error) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise explain(error) from error
        raise
    except sqlite3.OperationalError as error:
        raise explain(error) from error


def explain(error: DBAPIError | sqlite3.Error) -> UnavailableError:
    """The sentence for one fault; what was being written has not been stored."""
    original = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(original, "sqlstate", None)
    code = getattr(original, "sqlite_errorcode", 0) & 0xFF
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
