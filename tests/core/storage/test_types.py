"""Column types and files that behave the same on both engines and stores."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from leuit.identity import SYSTEM, SignInAttempt
from leuit.storage import Blobs
from leuit.values import NotFoundError, UnavailableError
from leuit.work import Leuit

WIB = dt.timezone(dt.timedelta(hours=7))


def test_instants_come_back_aware_and_in_utc(app: Leuit) -> None:
    """An instant given in any zone is stored and returned in UTC, to the microsecond."""
    moment = dt.datetime(2026, 10, 5, 6, 59, 59, 123456, tzinfo=WIB)
    with app.change(SYSTEM) as work:
        work.session.add(SignInAttempt(login="x", failures=1, last_at=moment))
    with app.read(SYSTEM) as view:
        stored = view.session.execute(select(SignInAttempt.last_at)).scalar_one()
        later = select(SignInAttempt).where(SignInAttempt.last_at > moment)
        assert view.session.execute(later).first() is None
    assert stored == moment
    assert stored.utcoffset() == dt.timedelta()


def test_naive_instants_are_refused(app: Leuit) -> None:
    """Guessing a zone would move a punch to another day."""
    naive = dt.datetime(2026, 10, 5)
    with pytest.raises(StatementError, match="time zone"), app.change(SYSTEM) as work:
        work.session.add(SignInAttempt(login="x", failures=1, last_at=naive))


def test_files_are_kept_by_content_and_checked(tmp_path: Path) -> None:
    """The same bytes are one file; a changed file is refused; a missing one is told."""
    blobs = Blobs(tmp_path.as_uri())
    name = blobs.put(b"daftar")
    assert blobs.put(b"daftar") == name
    assert blobs.get(name) == b"daftar"
    (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    kept.write_bytes(b"lain")
    with pytest.raises(UnavailableError, match="tidak cocok"):
        blobs.get(name)
    with pytest.raises(NotFoundError):
        blobs.get("0" * 64)
    assert not blobs.exists("0" * 64)
    with pytest.raises(ValueError, match="64"):
        blobs.get("../secret")


def test_a_file_is_read_piece_by_piece(tmp_path: Path) -> None:
    """Whole in pieces; that it changed is told after the last, that it is gone before the first."""
    blobs = Blobs(tmp_path.as_uri())
    data = bytes(range(256)) * 12_000
    name = blobs.put(data)
    pieces = list(blobs.pieces(name))
    assert b"".join(pieces) == data
    assert len(pieces) > 1
    assert blobs.fixity(name) == "sound"
    (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    kept.write_bytes(data[:-1] + b"x")
    assert blobs.fixity(name) == "changed"
    with pytest.raises(UnavailableError, match="tidak cocok"):
        list(blobs.pieces(name))
    kept.unlink()
    assert blobs.fixity(name) == "missing"
    with pytest.raises(NotFoundError):
        next(blobs.pieces(name))
