"""Filing by hand: proposals, many at once, once for ever, in dossiers that take what fits them."""

import datetime as dt
import threading

import pytest

from leuit.identity import SYSTEM
from leuit.values import (
    ConflictError,
    InvalidInputError,
    LeuitError,
    NotFoundError,
    StaleEditError,
)
from leuit.work import Leuit
from leuit_archives.models import FILED, WAITING
from leuit_archives.service.dossiers import close_dossier, reopen_dossier
from leuit_archives.service.filing import (
    MOST_AT_ONCE,
    ChosenRecord,
    NewDossier,
    file_as_proposed,
    file_records,
)
from leuit_archives.service.proposals import Proposing
from tests.archives.archive_room import Room, archive_room, chosen
from tests.core.organisation.office import DAY


@pytest.fixture
def room(app: Leuit) -> Room:
    """A regency with its instruments in force."""
    return archive_room(app)


def test_a_proposal_names_code_and_dossier(room: Room) -> None:
    """By the rule of its source; a new dossier first, the open one after; None without a rule."""
    surat, asing = room.handed("1"), room.handed("2", "uji.asing")
    with room.app.read(room.archivist) as view:
        proposing = Proposing(view)
        found = proposing.of(surat)
        assert found is not None
        assert (found.held.code, found.title, found.year) == ("000.1.2", "Perjalanan 2026", 2026)
        assert (found.dossier, found.was_closed) == (None, False)
        assert proposing.of(asing) is None
    dossier = room.filed(surat)
    late = room.handed("3")
    with room.app.read(room.archivist) as view:
        found = Proposing(view).of(late)
        assert found is not None
        assert found.dossier is not None
        assert found.dossier.id == dossier.id


def test_proposals_are_followed_and_the_rest_is_told(room: Room) -> None:
    """In one go: those with a proposal are filed, others stay with the reason."""
    found = [room.handed("1"), room.handed("2", "uji.asing"), room.handed("3")]
    with room.app.change(room.archivist) as work:
        outcome = file_as_proposed(work, chosen(*found))
    assert outcome.filed == 2
    [(title, reason)] = outcome.left
    assert (title, "usul" in reason) == ("Surat 2", True)
    states = [room.record(one.id).state for one in found]
    assert states == [FILED, WAITING, FILED]
    [dossier] = room.dossiers()
    assert dossier.title == "Perjalanan 2026"
    assert {room.record(one.id).filed_by for one in (found[0], found[2])} == {
        room.archivist.person_id
    }


def test_a_new_dossier_takes_the_year_of_the_oldest(room: Room) -> None:
    """And the rule of the schedule for its code; a second of one name goes into the same."""
    old, new = room.handed("1", date=dt.date(2025, 12, 30)), room.handed("2")
    dossier = room.filed(old, new, title="Perkara Contoh")
    assert (dossier.year, dossier.serial) == (2025, 1)
    assert (dossier.active_years, dossier.inactive_years, dossier.final_action) == (2, 3, "musnah")
    assert dossier.active_trigger == "tahun_anggaran_berakhir"
    again = room.filed(room.handed("3", date=dt.date(2025, 5, 1)), title="Perkara Contoh")
    assert again.id == dossier.id
    assert [one.place for one in room.records()] == [1, 2, 3]


def test_a_dossier_takes_only_what_fits_it(room: Room) -> None:
    """Not of another unit, not older than its year, not when it is closed; nothing is half done."""
    dossier = room.filed(room.handed("1"))
    old = room.handed("2", date=dt.date(2025, 12, 31))
    fits = room.handed("3")
    with pytest.raises(ConflictError, match="tua"), room.app.change(room.archivist) as work:
        file_records(work, chosen(fits, old), dossier.id)
    assert room.record(fits.id).state == WAITING
    with room.app.change(room.archivist) as work:
        close_dossier(work, dossier.id, 1, work.today)
    with pytest.raises(ConflictError, match="ditutup"), room.app.change(room.archivist) as work:
        file_records(work, chosen(fits), dossier.id)
    elsewhere = room.handed("4", unit_id=room.other_unit)
    with pytest.raises(NotFoundError), room.app.change(room.archivist) as work:
        file_records(work, chosen(elsewhere), dossier.id)
    with pytest.raises(ConflictError, match="unit"), room.app.change(SYSTEM) as work:
        file_records(work, chosen(fits, elsewhere), NewDossier("000.1.2", "Campur"))
    with pytest.raises(ConflictError, match="unit lain"), room.app.change(SYSTEM) as work:
        reopen_dossier(work, dossier.id, 2, "Uji")
        file_records(work, chosen(elsewhere), dossier.id)


@pytest.mark.parametrize(
    "code,title,field", [("111", "Ada", "code"), ("", "", "code"), ("000.1.2", "x" * 301, "title")]
)
def test_a_new_dossier_needs_a_code(room: Room, code: str, title: str, field: str) -> None:
    """One of the classification of today, and a title that is not too long; the field is named."""
    found = room.handed("1")
    with pytest.raises(InvalidInputError) as refused, room.app.change(room.archivist) as work:
        file_records(work, chosen(found), NewDossier(code, title))
    assert [fault.path for fault in refused.value.fields] == [field]


def test_a_new_dossier_without_a_title_is_named_after_its_code(room: Room) -> None:
    """Without the examples that its name goes on with, and with the year."""
    dossier = room.filed(room.handed("1"), title=" ")
    assert (dossier.title, dossier.class_code) == ("Perjalanan Dinas 2026", "000.1.2")


def test_filed_is_final(room: Room) -> None:
    """Filing it again, anywhere, is refused and tells where it lies and who put it there."""
    found = room.handed("1")
    room.filed(found)
    for version in (found.version, room.record(found.id).version):
        with pytest.raises(ConflictError) as refused, room.app.change(room.second) as work:
            file_records(work, [ChosenRecord(found.id, version)], NewDossier("000.1.3", "Lain"))
        assert "Staf A" in str(refused.value)
        assert "000.1.2/1/2026" in str(refused.value)
    assert len(room.dossiers()) == 1


def test_what_was_corrected_meanwhile_is_looked_at_again(room: Room) -> None:
    """Filing names the version that was seen."""
    found = room.handed("1")
    with pytest.raises(StaleEditError), room.app.change(room.archivist) as work:
        file_records(work, [ChosenRecord(found.id, 9)], NewDossier("000.1.2", "Perjalanan"))
    with room.app.change(room.archivist) as work:
        outcome = file_as_proposed(work, [ChosenRecord(found.id, 9)])
    assert (outcome.filed, len(outcome.left)) == (0, 1)


def test_none_twice_or_too_many_are_refused(room: Room) -> None:
    """One tap files from one to two hundred, each once."""
    found = room.handed("1")
    one = ChosenRecord(found.id, 1)
    for asked in ([], [one, one], [one] * (MOST_AT_ONCE + 1)):
        with pytest.raises(InvalidInputError), room.app.change(room.archivist) as work:
            file_records(work, asked, NewDossier("000.1.2", "Perjalanan"))


def test_of_two_archivists_one_wins(room: Room) -> None:
    """At once, into different dossiers: one files, the other hears where it lies."""
    found = room.handed("1")
    ready, said = threading.Barrier(2), []

    def file(who: int) -> None:
        identity = (room.archivist, room.second)[who]
        ready.wait()
        try:
            with room.app.change(identity) as work:
                dossier = file_records(work, chosen(found), NewDossier("000.1.2", f"Berkas {who}"))
                told = dossier.title
        except LeuitError as error:
            told = str(error)
        said.append(told)

    threads = [threading.Thread(target=file, args=(who,)) for who in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [dossier] = room.dossiers()
    lost = [told for told in said if told != dossier.title]
    assert len(lost) == 1
    assert "sudah diberkaskan oleh" in lost[0]
    assert room.actions().count("archives.record.filed") == 1


def test_archivists_who_use_the_same_dossiers_do_not_wait_in_a_circle(room: Room) -> None:
    """Each files into both dossiers, in opposite order, while records are moved between them."""
    first = room.filed(room.handed("a"), code="000.1.2", title="Perjalanan 2026")
    second = room.filed(room.handed("b"), code="900.1", title="Nota Oktober 2026")
    surat = [room.handed(f"s{number}") for number in range(8)]
    with room.app.change(room.archivist) as work:
        close_dossier(work, second.id, second.version, work.today)
    nota = [room.handed(f"n{number}", "uji.nota") for number in range(8)]  # wait, as it is closed
    with room.app.change(room.archivist) as work:
        reopen_dossier(work, second.id, second.version + 1, "Uji")
    ready, faults = threading.Barrier(8), []

    def file(number: int) -> None:
        pair = [surat[number], nota[number]]
        ready.wait()
        try:
            with room.app.change((room.archivist, room.second)[number % 2]) as work:
                file_as_proposed(work, chosen(*(pair if number % 2 else reversed(pair))))
        except BaseException as error:  # noqa: BLE001 -- told by the assertion below
            faults.append(error)

    threads = [threading.Thread(target=file, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    places = [(one.dossier_id, one.place) for one in room.records()]
    for dossier in (first, second):
        inside = sorted(place or 0 for one, place in places if one == dossier.id)
        assert inside == list(range(1, 10))


def test_a_dossier_is_closed_on_a_day_and_opened_for_a_reason(room: Room) -> None:
    """Once, of the version that was seen, on no day to come; both are in the audit log."""
    dossier = room.filed(room.handed("1"))

    def close(version: int, on: dt.date) -> None:
        with room.app.change(room.archivist) as work:
            close_dossier(work, dossier.id, version, on)

    def reopen(version: int, reason: str) -> None:
        with room.app.change(room.archivist) as work:
            reopen_dossier(work, dossier.id, version, reason)

    with pytest.raises(StaleEditError):
        close(7, DAY)
    for day in (DAY + dt.timedelta(days=1), DAY - dt.timedelta(days=1)):
        with pytest.raises(InvalidInputError):
            close(1, day)
    with pytest.raises(ConflictError):
        reopen(1, "Salah")
    close(1, DAY)
    with pytest.raises(ConflictError):
        close(2, DAY)
    for version, reason, fault in ((1, "Salah", StaleEditError), (2, " ", InvalidInputError)):
        with pytest.raises(fault):
            reopen(version, reason)
    [closed] = room.dossiers()
    assert (closed.closed_on, closed.closed_by) == (DAY, room.archivist.person_id)
    reopen(2, "Ada surat susulan")
    [opened] = room.dossiers()
    assert (opened.closed_on, opened.closed_by, opened.version) == (None, None, 3)
    assert room.actions()[-2:] == ["archives.dossier.closed", "archives.dossier.reopened"]
