"""Who reads records: by unit, secret ones by a right of their own, in every list and count."""

import pytest

from leuit.identity import SYSTEM, Identity
from leuit.values import NotFoundError, PermissionDeniedError
from leuit.work import Leuit
from leuit_archives.inbox_filing import INBOX
from leuit_archives.models import FILED, WAITING
from leuit_archives.service.correcting import Correction, correct_record
from leuit_archives.service.dossiers import close_dossier
from leuit_archives.service.filing import file_as_proposed, waiting_records
from leuit_archives.service.record_access import find_dossier, find_record
from leuit_archives.service.record_files import read_file
from leuit_archives.service.record_listing import (
    DossierFilter,
    RecordFilter,
    contents,
    count_records,
    dossiers,
    listed_dossier,
    open_dossiers,
    records,
    units_with_records,
)
from tests.archives.archive_room import Room, archive_room, chosen
from tests.core.regulations.office import entries

FILES, WAITS = RecordFilter(), RecordFilter(state=WAITING)


@pytest.fixture
def room(app: Leuit) -> Room:
    """A plain, a secret and a foreign record on the desk, and a dossier with both grades."""
    made = archive_room(app)
    made.handed("1")
    made.handed("2", secrecy="secret")
    made.handed("3", unit_id=made.other_unit)
    made.handed("4", "uji.rahasia")
    made.handed("5", "uji.rahasia", secrecy="top_secret")
    with app.change(made.trusted) as work:  # so that the dossier has something for everybody
        [one] = [r for r, _unit in records(work, RecordFilter(state=FILED, text="surat 4"), 5)]
        correct_record(work, one.id, one.version, Correction(secrecy="limited"), "Dibuka")
    return made


def titles(room: Room, who: Identity, *lists: RecordFilter) -> list[str]:
    """What somebody finds in both lists, or in some, after their counts were compared."""
    every: list[str] = []
    with room.app.read(who) as view:
        for wanted in lists or (FILES, WAITS):
            found = [record.title for record, _unit in records(view, wanted, 50)]
            assert count_records(view, wanted) == len(found)
            every += found
    return sorted(every)


def test_lists_and_counts_hold_what_one_may_read(room: Room) -> None:
    """The unit's for its archivist, its secrets for who has that right, nothing for strangers.

    The head of the dinas, who is trusted with secrets of Bidang A, reads those of Bidang B too.
    """
    assert titles(room, room.archivist) == ["Surat 1", "Surat 4"]
    assert titles(room, room.trusted) == [f"Surat {number}" for number in range(1, 6)]
    assert titles(room, room.neighbour) == ["Surat 3"]
    assert titles(room, room.stranger) == []
    assert titles(room, SYSTEM) == [f"Surat {number}" for number in range(1, 6)]
    head = room.office.staff(2)
    assert titles(room, head) == ["Surat 1", "Surat 4"]
    assert titles(room, room.archivist, WAITS) == ["Surat 1"]


def test_contents_and_their_count_leave_out_what_is_secret(room: Room) -> None:
    """The dossier is there for its unit; how much lies in it is told by what one may read."""
    [dossier] = room.dossiers()
    for who, count in ((room.archivist, 1), (room.trusted, 2)):
        with room.app.read(who) as view:
            found = find_dossier(view, dossier.id)
            assert listed_dossier(view, found).count == count
            assert len(contents(view, dossier.id, 50)) == count
            [listed] = dossiers(view, DossierFilter(), 50)
            assert listed.count == count
    for who in (room.neighbour, room.stranger):
        with room.app.read(who) as view:
            assert dossiers(view, DossierFilter(), 50) == []
            assert list(open_dossiers(view, room.unit, "", 50)) == []
            with pytest.raises(NotFoundError):
                find_dossier(view, dossier.id)


def test_one_record_and_its_file_follow_the_same_rule(room: Room) -> None:
    """Whoever may not read it is not told that it exists; a reading is in the access log."""
    by_title = {one.title: one for one in room.records()}
    secret = by_title["Surat 2"]
    for who in (room.archivist, room.neighbour, room.stranger, room.office.staff(2)):
        with room.app.read(who) as view:
            with pytest.raises(NotFoundError):
                find_record(view, secret.id)
            with pytest.raises(NotFoundError):
                read_file(view, secret.id, 1)
    with room.app.read(room.trusted) as view:
        assert find_record(view, secret.id).title == "Surat 2"
        assert read_file(view, secret.id, 1).media_type == "application/pdf"
        with pytest.raises(NotFoundError):
            read_file(view, secret.id, 2)
    [noted] = entries(room.app, "core.personal_data.read")
    assert noted["ref"]["id"] == str(secret.id)
    assert noted["actor"]["person"] == str(room.trusted.person_id)


def test_only_those_who_may_file_do(room: Room) -> None:
    """The head reads but does not file; a secret is filed by whoever may read it."""
    by_title = {one.title: one for one in room.records()}
    plain, secret = by_title["Surat 1"], by_title["Surat 2"]
    [dossier] = room.dossiers()
    head = room.office.staff(2)
    with pytest.raises(NotFoundError), room.app.change(head) as work:
        file_as_proposed(work, chosen(plain))
    with pytest.raises(PermissionDeniedError), room.app.change(head) as work:
        correct_record(work, plain.id, 1, Correction(title="Lain"), "Alasan")
    with pytest.raises(PermissionDeniedError), room.app.change(head) as work:
        close_dossier(work, dossier.id, 1, work.today)
    with pytest.raises(NotFoundError), room.app.change(room.archivist) as work:
        file_as_proposed(work, chosen(plain, secret))
    with room.app.read(room.archivist) as view:
        found = waiting_records(view, [plain.id, secret.id])
        assert [one.title for one in found] == ["Surat 1"]
    with room.app.change(room.trusted) as work:
        assert file_as_proposed(work, chosen(plain, secret)).filed == 2


def test_the_inbox_counts_desks_of_ones_own(room: Room) -> None:
    """One task for each unit in which something waits for the reader; its address shows it."""
    [source] = INBOX
    for who, told in (
        (room.archivist, ["1 arsip menunggu diberkaskan"]),
        (room.trusted, ["2 arsip menunggu diberkaskan"]),
        (room.neighbour, ["1 arsip menunggu diberkaskan"]),
        (room.office.staff(2), []),
        (room.stranger, []),
    ):
        with room.app.read(who) as view:
            tasks = list(source.mine(view, 10))
            assert [task.title for task in tasks] == told
            assert source.count(view) == len(told)
            assert list(source.others(view, 10)) == []
            assert source.count_others(view) == 0
    with room.app.read(room.archivist) as view:
        assert next(iter(source.mine(view, 10))).path.endswith(f"?unit={room.unit}")
        assert [name for _id, name in units_with_records(view)] == ["Bidang A"]
        assert list(source.done(view, 10)) == []
    by_title = {one.title: one for one in room.records()}
    with room.app.change(room.archivist) as work:
        file_as_proposed(work, chosen(by_title["Surat 1"]))
    with room.app.read(room.archivist) as view:
        assert [task.title for task in source.done(view, 10)] == ["Surat 1"]
        assert source.count(view) == 0


def test_lists_narrow_and_turn_their_pages(room: Room) -> None:
    """By state, unit, year, source and words; each page begins behind the last row."""
    with room.app.read(SYSTEM) as view:
        for wanted, found in (
            (RecordFilter(WAITING, text="SURAT 3"), ["Surat 3"]),
            (RecordFilter(text="4/2026"), ["Surat 4"]),
            (RecordFilter(text="100%"), []),
            (RecordFilter(text="\x00"), []),
            (RecordFilter(WAITING, unit_id=room.other_unit), ["Surat 3"]),
            (RecordFilter(year=2025), []),
            (RecordFilter(year=2026, source="uji.rahasia"), ["Surat 5", "Surat 4"]),
            (RecordFilter(WAITING, year=2026, source="uji.rahasia"), []),
            (WAITS, ["Surat 1", "Surat 2", "Surat 3"]),
        ):
            assert [record.title for record, _unit in records(view, wanted, 50)] == found
        first = records(view, WAITS, 1)
        rest = records(view, WAITS, 50, after=first[0][0].id)
        assert [record.title for record, _unit in rest] == ["Surat 2", "Surat 3"]
        newest = records(view, FILES, 1)
        assert newest[0][0].title == "Surat 5"
        assert len(records(view, FILES, 50, after=newest[0][0].id)) == 1
        [listed] = dossiers(view, DossierFilter(2026, "000.1", "penyelidikan", room.unit), 5)
        for none in (
            DossierFilter(year=2025),
            DossierFilter(code="9"),
            DossierFilter(text="lain"),
            DossierFilter(unit_id=room.other_unit),
        ):
            assert dossiers(view, none, 5) == []
        assert dossiers(view, DossierFilter(), 5, after=listed.dossier.id) == []
        assert [one.place for one in contents(view, listed.dossier.id, 5, after=1)] == [2]
