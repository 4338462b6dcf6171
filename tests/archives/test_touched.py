"""A new table of codes says how much that still runs it is about."""

from leuit.identity import SYSTEM
from leuit.values import RecordRef
from leuit.work import Leuit
from leuit_archives.models import Retention
from leuit_archives.service.correcting import Correction, correct_record
from leuit_archives.service.instrument_import import receive, try_import
from leuit_archives.service.instruments import INSTRUMENTS
from leuit_archives.service.touched import touched_notes
from tests.archives.archive_room import TABLES, Room, archive_room

CHANGED = ("3 Tahun,Musnah", "5 Tahun,Musnah")


def _notes(room: Room, name: str, change: tuple[str, str]) -> list[str]:
    """What a file says that is the edition of today with one text changed."""
    instrument = INSTRUMENTS[name]
    with room.app.read(SYSTEM) as view:
        day = view.today
    data = TABLES[name].decode().replace(*change)
    received = receive(room.app, instrument, data.encode(), f"{name}.csv")
    with room.app.read(SYSTEM) as view:
        return [note for note in try_import(view, received, day).notes if "belum berakhir" in note]


def test_open_dossiers_of_changed_codes_are_counted(app: Leuit) -> None:
    """Those of other codes and those that have ended are not; without a change nothing is said."""
    room = archive_room(app)
    room.filed(room.handed("1"), room.handed("2"))
    room.filed(room.handed("3", "uji.asing"), code="000.1.3", title="Rapat")
    told = "Menyangkut 1 berkas yang belum berakhir, berisi 2 arsip."
    assert _notes(room, "retention", CHANGED) == [told]
    assert _notes(room, "retention", ("x-x", "x")) == []
    with app.change(SYSTEM) as work:
        for kept in work.session.query(Retention):
            kept.state = "destroyed"
        work.audit("core.token.created", RecordRef("uji.retensi", "1"))
    assert _notes(room, "retention", CHANGED) == []


def test_a_finer_code_in_a_dossier_is_counted_and_no_secret_is(app: Leuit) -> None:
    """By the codes of records, whatever dossier they lie in; of secret ones nothing is told."""
    room = archive_room(app)
    finer = [room.handed(key, "uji.asing") for key in "12"]
    dossier = room.filed(*finer, code="000.1", title="Umum")
    for record in finer[:1]:
        with app.change(SYSTEM) as work:
            wanted = Correction(code="000.1.2")
            correct_record(work, record.id, room.record(record.id).version, wanted, "Salah")
    told = "Menyangkut 1 berkas yang belum berakhir, berisi 1 arsip."
    assert _notes(room, "retention", CHANGED) == [told]
    secret = room.handed("3", "uji.rahasia")
    assert secret.dossier_id != dossier.id
    both = "Menyangkut 2 berkas yang belum berakhir, berisi 2 arsip."
    for who, sentence in ((room.stranger, told), (room.trusted, both)):
        with app.read(who) as view:
            assert touched_notes(view, {"000.1.2"}) == [sentence]
