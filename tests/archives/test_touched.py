"""A new table of codes says how much that still runs it is about."""

from leuit.identity import SYSTEM
from leuit.values import RecordRef
from leuit.work import Leuit
from leuit_archives.models import Retention
from leuit_archives.service.instrument_import import receive, try_import
from leuit_archives.service.instruments import INSTRUMENTS
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
