"""Old files out of a folder: nothing ends them before somebody checked their schedule."""

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest

from leuit.identity import SYSTEM
from leuit.values import ConflictError, InvalidInputError, PermissionDeniedError, RecordRef
from leuit.work import Leuit
from leuit_archives.models import Dossier, Record
from leuit_archives.service.dossiers import reopen_dossier
from leuit_archives.service.filing import file_records
from leuit_archives.service.folder_import import apply_folder, try_folder
from leuit_archives.service.folder_source import FolderSource
from leuit_archives.service.legacy import check_schedule
from leuit_archives.service.reapplying import reapply
from leuit_archives.service.reckoning import RECKON
from tests.archives.archive_room import chosen, put_in_force
from tests.archives.ending import CLOSED, Ending, ending
from tests.archives.folders import folder, row, text_file
from tests.archives.keepers import table
from tests.support.client import Client

pytestmark = pytest.mark.ci


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


def brought(end: Ending, path: Path, count: int = 2) -> UUID:
    """A dossier that the folder named."""
    brought_in(end, path, count=count, dossier="Rapat lama")
    [found] = [one for one in end.room.dossiers() if one.title == "Rapat lama"]
    return found.id


def checked(
    end: Ending, dossier: UUID, who: str = "first_member", reason: str = "JRA 2010"
) -> None:
    with end.app.change(end.who[who]) as work:
        check_schedule(work, dossier, reason)


def test_old_files_are_closed_on_their_real_day(end: Ending, tmp_path: Path) -> None:
    """From the newest record on, not from the import; it was opened with its first record."""
    dossier = brought(end, tmp_path / "lama")
    for day in (dt.date(2011, 1, 1), dt.date(2030, 1, 1)):
        with pytest.raises(InvalidInputError, match="2 Januari 2011"):
            end.closed(dossier, day)
    end.closed(dossier, dt.date(2011, 1, 2))
    with end.app.read(SYSTEM) as view:
        found = view.session.get_one(Dossier, dossier)
    assert (found.opened_on, found.closed_on) == (dt.date(2011, 1, 1), dt.date(2011, 1, 2))


def test_what_joined_old_files_later_is_not_closed_before(end: Ending, tmp_path: Path) -> None:
    """A record of this service in it: not before its date, and not before the import."""
    dossier = brought(end, tmp_path / "lama")
    end.closed(dossier, dt.date(2011, 1, 2))
    with end.app.change(end.room.archivist) as work:
        reopen_dossier(work, dossier, 2, "Bertambah")
    end.filed_into(dossier)
    with pytest.raises(InvalidInputError):
        end.closed(dossier, dt.date(2011, 1, 2))
    end.closed(dossier, dt.date(2011, 1, 9))


def test_a_checked_dossier_goes_the_usual_way(end: Ending, tmp_path: Path) -> None:
    """By the schedule of the day, for a reason, by the committee; then it ends as others do."""
    dossier = brought(end, tmp_path / "lama")
    end.closed(dossier, CLOSED)
    assert (end.retention(dossier).legacy, end.retention(dossier).next_step) == (True, "decide")
    with (
        pytest.raises(ConflictError, match="memperpendek"),
        end.app.change(end.who["proposer"]) as work,
    ):
        reapply(work, dossier)
    for who in ("proposer", "executor", "legal"):
        with pytest.raises(PermissionDeniedError):
            checked(end, dossier, who)
    with pytest.raises(InvalidInputError):
        checked(end, dossier, reason=" ")
    checked(end, dossier)
    kept = end.retention(dossier)
    assert (kept.legacy, kept.years, kept.ends_on) == (False, 5, dt.date(2017, 5, 17))
    assert not any(one.legacy_unverified for one in end.records_of(dossier))
    with pytest.raises(ConflictError, match="sudah jelas"):
        checked(end, dossier)
    end.transferred(dossier)
    [disposal] = end.proposed(dossier)
    end.through(disposal)
    end.work_off()
    assert end.state(dossier) == "destroyed"
    assert "archives.retention.legacy_checked" in end.room.actions()


def test_checking_shortens_nothing_that_has_an_edition(end: Ending, tmp_path: Path) -> None:
    """The other records of the dossier keep theirs: what was longer stays longer."""
    dossier = shelved(end, tmp_path / "lama")
    end.closed(dossier)
    before = {one.id: one.retention_edition for one in end.records_of(dossier)[:2]}
    heading = "code,title,raw_active,raw_inactive,raw_final_action"
    shorter = table("000.1.3,Rapat,1 Tahun,1 Tahun,Musnah", heading=heading)
    put_in_force(end.app, "retention", shorter, dt.date(2026, 9, 1))
    checked(end, dossier)
    assert {one.id: one.retention_edition for one in end.records_of(dossier)[:2]} == before
    assert end.retention(dossier).years == 5


def test_what_rests_is_not_checked(end: Ending, tmp_path: Path) -> None:
    """Held it stays as it is; nor is it checked by a schedule that says nothing of it."""
    dossier = brought(end, tmp_path / "lama")
    end.closed(dossier, CLOSED)
    heading = "code,title,raw_active,raw_inactive,raw_final_action"
    silent = table("900,Keuangan,1 Tahun,1 Tahun,Musnah", heading=heading)
    put_in_force(end.app, "retention", silent, dt.date(2026, 9, 1))
    with pytest.raises(ConflictError, match="tidak dipahami"):
        checked(end, dossier)
    assert end.retention(dossier).legacy
    end.hold("1/Pdt/2026", dossier)
    with pytest.raises(ConflictError, match="ditahan"):
        checked(end, dossier)


def test_the_card_offers_the_check(end: Ending, client: Client, tmp_path: Path) -> None:
    """To who may check, with what it means; afterwards the button is gone."""
    dossier = brought(end, tmp_path / "lama")
    end.closed(dossier, CLOSED)
    path = f"/archives/dossiers/{dossier}"
    with client.as_(end.room.archivist):
        card = client.get(f"{path}/retention").text
    assert ("Belum ada yang memeriksa" in card, "check-schedule" in card) == (True, False)
    with client.as_(end.who["first_member"]):
        assert "check-schedule" in client.get(f"{path}/retention").text
        assert client.post_form(f"{path}/check-schedule", {"reason": ""}).status_code == 422
        answer = client.post_form(f"{path}/check-schedule", {"reason": "JRA 2010"})
        assert answer.headers["location"] == f"{path}/retention"
        card = client.get(f"{path}/retention").text
    assert "Belum ada yang memeriksa" not in card
    assert "check-schedule" not in card
