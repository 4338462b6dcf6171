"""Old files that came in with a folder: nothing ends them before somebody checked their schedule."""

from pathlib import Path
from uuid import UUID

import pytest

from leuit.identity import SYSTEM
from leuit.values import ConflictError, RecordRef
from leuit.work import Leuit
from leuit_archives.models import Record
from leuit_archives.service.filing import file_records
from leuit_archives.service.folder_import import apply_folder, try_folder
from leuit_archives.service.folder_source import FolderSource
from leuit_archives.service.reckoning import RECKON
from tests.archives.archive_room import chosen
from tests.archives.ending import Ending, ending
from tests.archives.folders import folder, row, text_file


@pytest.fixture
def end(app: Leuit) -> Ending:
    """A regency with its instruments in force, and everybody who takes part."""
    return ending(app)


def brought_in(end: Ending, path: Path, *, count: int = 1, dossier: str = "") -> list[Record]:
    """Meetings of 2011 out of a folder, into a dossier of that title or to the desk."""
    made = folder(
        path,
        [
            row(one, date=f"2011-01-0{one}", code="000.1.3", dossier=dossier)
            for one in range(1, count + 1)
        ],
        {f"surat-{one}.txt": text_file(one) for one in range(1, count + 1)},
    )
    source = FolderSource(made)
    plan = try_folder(end.app, end.room.archivist, source, "DIN.A")
    assert apply_folder(end.app, end.room.archivist, source, plan) == count
    return [one for one in end.room.records() if one.legacy_unverified]


def shelved(end: Ending, path: Path) -> UUID:
    """An old dossier into which somebody filed by hand what a folder brought to the desk."""
    [record] = brought_in(end, path)
    dossier = end.dossier(closed=None)
    with end.app.change(end.room.archivist) as work:
        file_records(work, chosen(record), dossier)
    return dossier


def test_filed_by_hand_it_is_not_proposed(end: Ending, tmp_path: Path) -> None:
    """AR-26: the edition of the day on which somebody filed it does not make it checked."""
    dossier = shelved(end, tmp_path / "lama")
    end.closed(dossier)
    end.transferred(dossier)
    assert end.records_of(dossier)[2].retention_edition is not None
    assert end.retention(dossier).legacy
    with pytest.raises(ConflictError, match="Warisan"):
        end.proposed(dossier)


def test_a_night_finds_what_an_earlier_one_overlooked(end: Ending) -> None:
    """Also in a dossier that is on a list already, so that the last check leaves it out."""
    dossier = end.dossier()
    [disposal] = end.proposed(dossier)
    with end.app.change(SYSTEM) as work:
        record = work.session.get_one(Record, end.records_of(dossier)[0].id)
        record.legacy_unverified = True
        work.enqueue(RECKON, {})
        work.audit("archives.retention.reckoned", RecordRef("uji.retensi", "1"))
    end.work_off()
    assert end.retention(dossier).legacy
    end.through(disposal)
    end.work_off()
    assert end.state(dossier) == "inactive"
    assert [one.outcome for one in end.items(disposal)] == ["legacy_unverified"]
