"""A letter whose record is destroyed: nothing of its content is left, and that it was there is."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import column, func, inspect, select, table

from leuit.builtin.organisation import grant_role
from leuit.builtin.search import count, parse
from leuit.identity import SYSTEM, Identity
from leuit.storage import Blob
from leuit.values import ConflictError, RecordRef, new_id
from leuit.work import Leuit, StoredFile, Worker, files_in_use, released_files, store_file
from leuit_archives.models import (
    INDEX,
    Addressee,
    Disposition,
    Letter,
    LetterFile,
    Receiver,
    Record,
    TombstoneFile,
)
from leuit_archives.service.dispositions import Instructed, instruct, report, settle
from leuit_archives.service.dossiers import close_dossier
from leuit_archives.service.filing import ChosenRecord, file_records
from leuit_archives.service.letter_course import course_of
from leuit_archives.service.letter_ending import end_letters
from leuit_archives.service.letter_tiles import TILES
from leuit_archives.service.letter_turns import turns_of
from leuit_archives.service.letters_in import Incoming, register_letter, send_letter
from tests.archives.archive_room import put_in_force
from tests.archives.ending import CLOSED, Ending, ending
from tests.archives.keepers import sample
from tests.archives.letter_office import LetterOffice, letter_office
from tests.archives.letter_pdf import NUMBER, SUBJECT, letter_pdf

WORD = "Zirkonium"


def _found(app: Leuit, words: str) -> int:
    """How many entries of the index answer to words."""
    Worker(app, name="test").run_pending(raise_errors=True)
    with app.read(SYSTEM) as view:
        return count(view, INDEX, parse(words), INDEX.entry.c.grade < 5)


def test_files_and_words_of_a_destroyed_letter_are_gone(app: Leuit) -> None:
    """Its file is named no more and no search finds its words; its number and course stay."""
    office = letter_office(app)
    file = office.file(letter_pdf(), "undangan.pdf")
    letter_id = office.came(number=NUMBER, subject=SUBJECT, files=[(file, 1)])
    secret_id = office.came(grade=3, number="R-1/Insp/2026", subject="Pemeriksaan alat kesehatan")
    office.instruct(letter_id, "staf")
    assert _found(app, "mengundang saudara") == 1  # words of the file alone
    assert _found(app, "pemeriksaan") == 1
    with app.change(SYSTEM) as work:
        end_letters(work, [letter_id, secret_id])
        work.audit("archives.letter.settled", RecordRef("archives.letter", str(letter_id)))
    for words in ("mengundang saudara", SUBJECT, "pemeriksaan", NUMBER):
        assert _found(app, words) == 0
    with app.read(SYSTEM) as view:
        assert view.session.scalar(select(func.count()).select_from(LetterFile)) == 0
        letter = view.session.get_one(Letter, letter_id)
        secret = view.session.get_one(Letter, secret_id)
    assert (letter.number, letter.subject, letter.ended_at is not None) == (NUMBER, SUBJECT, True)
    assert (secret.number, secret.sender) == ("", "")
    assert "alat" not in secret.subject
    assert office.got(letter_id, "staf").state == "new"


@pytest.fixture
def end(app: Leuit) -> Ending:
    """A regency in which records end, and a registrar of Bidang A."""
    made = ending(app)
    put_in_force(app, "secrecy", sample("keamanan_akses.csv"))
    office = made.room.office
    with app.change(SYSTEM) as work:
        account_id = office.account(office.nip(2))
        grant_role(
            work, "archives.registrar", made.room.unit, account_id=account_id, valid_from=work.today
        )
    return made


def _pdf(app: Leuit, name: str) -> StoredFile:
    """A file with words and a name that nothing else has."""
    return store_file(app, letter_pdf() + f"% {name}".encode(), "application/pdf", f"{WORD}.pdf")


def _course(end: Ending) -> Letter:
    """A letter of 2011 with all that may be told about it: note, reports with files, outcome."""
    app, office = end.app, end.room.office
    head, chief, neighbour = (office.staff(number) for number in (2, 1, 3))
    day = dt.date(2011, 1, 5)
    with app.change(head) as work:
        told = Incoming(
            sender="Dinas Kesehatan",
            subject="Undangan",
            received_on=day,
            dated=day,
            secrecy="B",
            to=("Kepala Dinas · DIN",),
            copies=("Kepala Bidang B",),
            attached=WORD,
        )
        files = [(_pdf(app, "surat"), 1), (_pdf(app, "lampiran"), 1)]
        letter = register_letter(work, end.room.unit, told, files, key=new_id())
        send_letter(work, letter.id, letter.version)
    with app.change(chief) as work:
        receivers = (office.post("DIN.A", "Kepala Bidang A"),)
        told_on = Instructed(receivers=receivers, note=f"Pelajari {WORD}")
        instruct(work, _part(app, letter, "to"), told_on, key=new_id())
    for number in (1, 2):
        with app.change(head) as work:
            got = work.session.scalars(select(Receiver)).one()
            file = _pdf(app, f"laporan {number}")
            report(work, got.id, f"{WORD} {number}", got.version, done=number == 2, file=file)
    with app.change(neighbour) as work:
        settle(work, _part(app, letter, "copy"), f"Sudah tahu {WORD}")
    return letter


def _part(app: Leuit, letter: Letter, part: str) -> UUID:
    with app.read(SYSTEM) as view:
        query = select(Addressee.id).where(Addressee.letter_id == letter.id, Addressee.part == part)
        return view.session.scalars(query).one()


def _cells(app: Leuit) -> Iterator[tuple[str, str]]:
    """Everything that any table holds, by table, but for the pages of the full text, which keep
    tokens until a job has gone over them: what the index finds is asked of it.
    """
    with app.read(SYSTEM) as view:
        names = inspect(view.connection).get_table_names()
        for name in names:
            if "search" in name:
                continue
            columns: list[Any] = [
                column(one["name"]) for one in inspect(view.connection).get_columns(name)
            ]
            rows = view.connection.execute(select(*columns).select_from(table(name))).all()
            for value in (value for row in rows for value in row):
                yield name, str(value)


def test_no_byte_and_no_word_of_a_letter_is_left(end: Ending) -> None:
    """AR-29: files, reports, notes and outcomes go with the record, and each file has a tombstone.

    Who told whom and when it ended stays.
    """
    app = end.app
    letter = _course(end)
    dossier = end.dossier(records=0, closed=None)
    with app.change(SYSTEM) as work:
        [record] = work.session.scalars(select(Record)).all()
        file_records(work, [ChosenRecord(record.id, record.version)], dossier)
    with app.change(SYSTEM) as work:
        close_dossier(work, dossier, 1, CLOSED)
    end.transferred(dossier)
    Worker(app, name="uji").run_pending(raise_errors=True)
    hashes = [_pdf(app, name).sha256 for name in ("surat", "lampiran", "laporan 1", "laporan 2")]
    with app.read(SYSTEM) as view:
        assert count(view, INDEX, parse("mengundang saudara"), INDEX.entry.c.grade < 5) == 1
        assert released_files(view, 9) == [hashes[2]]  # the earlier report's, which nobody names
    assert {name for name, text in _cells(app) if WORD in text} >= {
        "archives_letter_file",
        "archives_disposition",
        "archives_disposition_receiver",
        "archives_addressee",
    }
    [disposal] = end.proposed(dossier)
    end.through(disposal)
    end.work_off()
    assert not [one for one in hashes if app.blobs.exists(one)]
    assert [name for name, text in _cells(app) if WORD in text] == []
    assert _found(app, "mengundang saudara") == 0
    with app.read(SYSTEM) as view:
        assert files_in_use(view, hashes, (TombstoneFile.__tablename__,)) == {}
        stones = view.session.scalars(select(TombstoneFile)).all()
        assert {one.sha256 for one in stones} == {hashes[0], hashes[1], hashes[3]}
        assert all(one.gone_at for one in stones)
        assert {view.session.get_one(Blob, one).name for one in hashes} == {""}
        [sheet] = view.session.scalars(select(Disposition)).all()
        [got] = view.session.scalars(select(Receiver)).all()
        ended = view.session.get_one(Letter, letter.id)
    assert (sheet.person_id, sheet.note, sheet.instructions) == (
        end.room.office.staff(1).person_id,
        "",
        [],
    )
    assert (got.state, got.ended_by, got.report) == (
        "done",
        end.room.office.staff(2).person_id,
        "",
    )
    assert (ended.subject, ended.ended_at is not None) == ("Undangan", True)


def test_a_file_that_another_letter_has_stays(end: Ending) -> None:
    """A report replaced by another lets its file go, but not while something else names it."""
    app = end.app
    _course(end)
    shared = _pdf(app, "laporan 2")
    with app.change(end.room.office.staff(2)) as work:
        day = dt.date(2011, 1, 6)
        told = Incoming(
            sender="X", subject="Lain", received_on=day, secrecy="B", to=("Kepala Dinas · DIN",)
        )
        second = register_letter(work, end.room.unit, told, [(shared, 1)], key=new_id())
        send_letter(work, second.id, second.version)
    with app.change(end.room.office.staff(1)) as work:
        receivers = (end.room.office.post("DIN.A", "Kepala Bidang A"),)
        told_on = Instructed(receivers=receivers, note="Pelajari")
        sheet = instruct(work, _part(app, second, "to"), told_on, key=new_id())
        sheet_id = sheet.id
    for name in ("laporan 2", "lain"):
        with app.change(end.room.office.staff(2)) as work:
            query = select(Receiver).where(Receiver.disposition_id == sheet_id)
            got = work.session.scalars(query).one()
            report(work, got.id, "Sudah", got.version, done=False, file=_pdf(app, name))
    with app.read(SYSTEM) as view:
        assert shared.sha256 not in released_files(view, 9)


def test_nothing_waits_in_a_destroyed_letter(app: Leuit) -> None:
    """No tile counts it, nobody is offered anything, and nothing can be told about it any more."""
    office = letter_office(app)
    letter_id = office.came()
    office.instruct(letter_id, "staf")
    other_id = office.came()
    with app.change(SYSTEM) as work:
        end_letters(work, [letter_id, other_id])
        work.audit("archives.letter.settled", RecordRef("archives.letter", str(letter_id)))
    for label in ("kadis", "staf"):
        assert _waiting(app, office.who[label]) == 0
        with app.read(office.who[label]) as view:
            letter = office.letter(letter_id)
            assert turns_of(view, letter, course_of(view, letter_id)) == []
    _refused(office, letter_id, other_id)


def _waiting(app: Leuit, who: Identity) -> int:
    with app.read(who) as view:
        return sum(tile.count(view) + len(tile.rows(view, 0, 9)) for tile in TILES)


def _refused(office: LetterOffice, letter_id: UUID, other_id: UUID) -> None:
    with pytest.raises(ConflictError):
        office.report(letter_id, "staf", "Kata baru")
    with pytest.raises(ConflictError):
        office.hand_on(letter_id, "staf", "registrar")
    with pytest.raises(ConflictError):
        office.instruct(other_id, "staf")
    part_id = office.part(other_id).id
    with pytest.raises(ConflictError), office.app.change(office.who["kadis"]) as work:
        settle(work, part_id, "Kata baru")
