"""Corrections: with a reason, told before and after, and never of a file."""

import datetime as dt
import json

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.values import ConflictError, InvalidInputError, NotFoundError, StaleEditError
from leuit.work import AuditEntry, Leuit
from leuit_archives.models import Dossier, Record
from leuit_archives.service.correcting import Correction, correct_record, history_of
from leuit_archives.service.dossiers import close_dossier
from tests.archives.archive_room import Room, archive_room


@pytest.fixture
def room(app: Leuit) -> Room:
    """A regency with its instruments in force."""
    return archive_room(app)


def corrected(room: Room, record: Record, reason: str = "Salah ketik", **wanted: object) -> Record:
    """Correct a record as it stands now."""
    version = room.record(record.id).version
    with room.app.change(room.archivist) as work:
        correct_record(work, record.id, version, Correction(**wanted), reason)  # type: ignore[arg-type]  # fields of each call
    return room.record(record.id)


def test_a_correction_is_told_before_and_after(room: Room) -> None:
    """Only what changed, with the reason and who did it; the code brings its title and edition."""
    record = room.handed("1")
    room.filed(record, code="000.1", title="Tata usaha")
    changed = corrected(room, record, title="Surat tugas", number="", code="000.1.3")
    assert (changed.title, changed.number, changed.class_code) == ("Surat tugas", "", "000.1.3")
    assert changed.class_title == "Rapat"
    with room.app.read(room.archivist) as view:
        taken, filed, told = history_of(view, changed)
    assert [taken.action, filed.action, told.action] == [
        "archives.record.taken",
        "archives.record.filed",
        "archives.record.corrected",
    ]
    assert told.details == {
        "before": {"title": "Surat 1", "number": "1/2026", "code": "000.1"},
        "after": {"title": "Surat tugas", "number": "", "code": "000.1.3"},
        "reason": "Salah ketik",
    }
    assert [taken.actor, filed.actor, told.actor] == ["sistem", "Staf A", "Staf A"]
    with room.app.read(SYSTEM) as view:
        body = view.session.scalars(
            select(AuditEntry.body).where(AuditEntry.action == "archives.record.corrected")
        ).one()
    assert json.loads(body or "")["details"] == told.details


def test_one_that_waits_is_corrected_too(room: Room) -> None:
    """What its service told wrongly is put right before it is filed."""
    record = room.handed("1")
    changed = corrected(room, record, secrecy="open", date=dt.date(2025, 2, 3), code="900.1")
    assert (changed.secrecy, changed.date, changed.class_code) == (1, dt.date(2025, 2, 3), "900.1")
    assert changed.state == "waiting"


@pytest.mark.parametrize(
    "wanted,field",
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 1001}, "title"),
        ({"number": "x" * 201}, "number"),
        ({"date": dt.date(2026, 10, 6)}, "date"),
        ({"secrecy": "cosmic"}, "secrecy"),
        ({"code": "123"}, "code"),
        ({"reason": ""}, "reason"),
    ],
    ids=lambda wanted: next(iter(wanted)) if isinstance(wanted, dict) else "",
)
def test_a_wrong_correction_changes_nothing(
    room: Room, wanted: dict[str, object], field: str
) -> None:
    """The field is named, and without a reason there is no correction."""
    record = room.handed("1")
    room.filed(record)
    with pytest.raises(InvalidInputError) as refused:
        corrected(room, record, **{"title": "Baru", **wanted})  # type: ignore[arg-type]  # as in each case
    assert [fault.path for fault in refused.value.fields] == [field]
    assert room.record(record.id).title == "Surat 1"


def test_one_that_changes_nothing_leaves_no_trace(room: Room) -> None:
    """Neither version nor log move; a stale one is refused before."""
    record = room.handed("1")
    assert corrected(room, record, title="Surat 1").version == 1
    assert "archives.record.corrected" not in room.actions()
    with pytest.raises(StaleEditError), room.app.change(room.archivist) as work:
        correct_record(work, record.id, 5, Correction(title="Lain"), "Alasan")


def test_moving_closes_the_gap(room: Room) -> None:
    """Into another open dossier, as its last; those behind it move up, and the move is told."""
    found = [room.handed(str(number)) for number in range(4)]
    first = room.filed(*found)
    second = room.filed(room.handed("9"), title="Perjalanan lain")
    corrected(room, found[1], dossier_id=second.id)
    places = {one.title: (one.dossier_id, one.place) for one in room.records()}
    assert places == {
        "Surat 0": (first.id, 1),
        "Surat 2": (first.id, 2),
        "Surat 3": (first.id, 3),
        "Surat 9": (second.id, 1),
        "Surat 1": (second.id, 2),
    }
    with room.app.read(room.archivist) as view:
        moved = history_of(view, room.record(found[1].id))[-1]
    assert moved.details["before"] == {"dossier": "000.1.2/1/2026 Perjalanan 2026"}
    assert moved.details["after"] == {"dossier": "000.1.2/2/2026 Perjalanan lain"}


def test_a_correction_never_puts_a_record_where_it_does_not_fit(room: Room) -> None:
    """Not by its code or date, not into or out of a closed dossier, not into another unit's."""
    record = room.handed("1")
    room.filed(record)
    for wanted in ({"code": "900.1"}, {"date": dt.date(2025, 1, 1)}):
        with pytest.raises(ConflictError):
            corrected(room, record, **wanted)
    other = room.filed(room.handed("2", date=dt.date(2025, 1, 1)), code="900.1", title="Uang")
    with pytest.raises(ConflictError):
        corrected(room, record, dossier_id=other.id)
    moved = corrected(room, record, dossier_id=other.id, code="900.1")
    assert (moved.dossier_id, moved.place) == (other.id, 2)
    with room.app.change(room.archivist) as work:
        close_dossier(work, other.id, 1, work.today)
    third = room.filed(room.handed("3", date=dt.date(2025, 1, 1)), code="900.1", title="Lain")
    with pytest.raises(ConflictError, match="asal"):
        corrected(room, record, dossier_id=third.id)
    assert corrected(room, record, title="Tetap dapat diperbaiki").title.startswith("Tetap")
    foreign = foreign_dossier(room)
    with pytest.raises(NotFoundError):
        corrected(room, record, dossier_id=foreign.id)


def foreign_dossier(room: Room) -> Dossier:
    """A dossier of Bidang B."""
    room.handed("7", "uji.nota", unit_id=room.other_unit)
    [found] = [one for one in room.dossiers() if one.unit_id == room.other_unit]
    return found
