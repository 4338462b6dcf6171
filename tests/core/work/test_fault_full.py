"""No room left in the database: a clear sentence, reading goes on, and so does writing later."""

import contextlib

import pytest
from sqlalchemy import text

from leuit.plugins import Host
from leuit.settings import Settings
from leuit.values import UnavailableError
from leuit.work import Leuit

from . import faults

SENTENCE = "Penyimpanan server penuh. Perubahan ini belum tersimpan."
ADVICE = "Petugas perlu mengosongkan tempat, lalu coba lagi."
NO_LIMIT = 1_073_741_823
TRIGGER = """
CREATE SEQUENCE room;
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF nextval('room') > 20 THEN
    RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full';
  END IF; RETURN NEW; END $$;
CREATE TRIGGER no_room BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION no_room();
"""


def test_a_full_database_says_so_and_is_used_again_once_there_is_room(
    settings: Settings, host: Host, engine: str
) -> None:
    """SQLITE_FULL (and disk_full of PostgreSQL) refuses units with the reason and what to do; what
    was acknowledged stays, is read meanwhile, and the next units are stored once there is room.
    """
    lines: list[str] = []
    with contextlib.closing(faults.installation(settings, host)) as app:
        _set_limit(app)
        refusals: list[BaseException] = []
        for number in range(4_000):
            line, error = faults.told(app, f"{number:04}" + "x" * 30)
            lines.append(line)
            if error is not None:
                refusals.append(error)
            if len(refusals) == 5:
                break
        assert len(refusals) == 5
        for error in refusals:
            assert isinstance(error, UnavailableError)
            assert (error.code, error.status, error.retry_after) == ("unavailable", 503, 60)
            assert (error.sentence(), error.next_step()) == (SENTENCE, ADVICE)
        acknowledged, refused = faults.compare(app, lines)
        assert len(acknowledged) >= 5
        assert len(refused) == 5
        _lift_limit(app)
        for number in range(200):
            lines.append(faults.told(app, f"later-{number}")[0])
            assert lines[-1].startswith("ok")
    with contextlib.closing(faults.installation(settings, host)) as app:
        again, _refused = faults.compare(app, lines)
        assert len(again) == len(acknowledged) + 200
        assert faults.stored(app) == again
        if engine == "sqlite":
            with app.database.reader.connect() as connection:
                assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"


@pytest.mark.parametrize("step", range(1, faults.COMMIT))
def test_a_statement_that_finds_no_room_takes_the_whole_unit_back(
    settings: Settings, host: Host, engine: str, step: int
) -> None:
    """Whichever statement of a unit fills the database, the unit is refused whole."""
    with contextlib.closing(faults.installation(settings, host)) as app:
        assert faults.told(app, "before")[0].startswith("ok")
        with faults.faulty(app.database.writer, step, faults.full):
            line, error = faults.told(app, "full")
        assert line.startswith("no")
        assert str(error) == f"{SENTENCE} {ADVICE}"
        assert faults.told(app, "after")[0].startswith("ok")
    with contextlib.closing(faults.installation(settings, host)) as app:
        assert faults.stored(app) == {"before", "after"}


def _set_limit(app: Leuit) -> None:
    """Room for some units more, and no further."""
    with app.database.writer.connect() as connection:
        if app.database.dialect == "sqlite":
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            set_to = connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
            assert set_to.scalar_one() == pages + 4
        else:
            with connection.begin():
                connection.exec_driver_sql(TRIGGER)


def _lift_limit(app: Leuit) -> None:
    with app.database.writer.connect() as connection:
        if app.database.dialect == "sqlite":
            lifted = connection.exec_driver_sql(f"PRAGMA max_page_count = {NO_LIMIT}")
            assert lifted.scalar_one() >= NO_LIMIT
        else:
            with connection.begin():
                connection.exec_driver_sql("DROP TRIGGER no_room ON audit_entry")
