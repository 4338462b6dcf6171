"""The port `archive_record`: every whole record is taken once, and filed by rule or by hand."""

import datetime as dt
import threading
from typing import Any
from uuid import UUID, uuid4

import attrs
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from leuit.contracts import ArchiveRequest
from leuit.identity import SYSTEM
from leuit.storage import Blob
from leuit.values import InvalidInputError, RecordRef
from leuit.work import Leuit
from leuit_archives.models import FILED, WAITING, RecordFile
from leuit_archives.service.dossiers import close_dossier
from leuit_archives.service.records import (
    RecordFileToTake,
    RecordToTake,
    archive_record,
    take_record,
)
from tests.archives.archive_room import Room, archive_room, put_in_force
from tests.archives.keepers import table
from tests.core.organisation.office import DAY


@pytest.fixture
def room(app: Leuit) -> Room:
    """A regency with its instruments in force."""
    return archive_room(app)


def test_a_record_with_a_rule_is_filed_at_once(room: Room) -> None:
    """The unit's dossier of code, year and title is opened once, under the editions of the day."""
    first = room.handed("1", "uji.nota")
    second = room.handed("2", "uji.nota", date=dt.date(2026, 10, 1))
    [dossier] = room.dossiers()
    assert (dossier.title, dossier.class_code, dossier.serial) == ("Nota Oktober 2026", "900.1", 1)
    assert (dossier.year, dossier.unit_id, dossier.closed_on) == (2026, room.unit, None)
    assert (first.state, first.dossier_id, first.place) == (FILED, dossier.id, 1)
    assert (second.dossier_id, second.place) == (dossier.id, 2)
    assert (first.class_code, first.class_title) == ("900.1", "Anggaran")
    assert first.filed_by is None
    assert first.classification_edition == dossier.classification_edition
    assert first.retention_edition == dossier.retention_edition is not None
    assert dossier.active_years is None  # "Selama Berlaku" waits for a person
    assert (dossier.inactive_years, dossier.final_action) == (9, "permanen")
    assert room.actions() == [
        "archives.record.taken",
        "archives.dossier.opened",
        "archives.record.filed",
        "archives.record.taken",
        "archives.record.filed",
    ]


def test_another_month_year_or_unit_has_another_dossier(room: Room) -> None:
    """Serials count from 1 for each unit, code and year."""
    several: Any = (
        {},
        {"date": dt.date(2026, 9, 30)},
        {"date": dt.date(2025, 10, 5)},
        {"unit_id": room.other_unit},
    )
    for number, changes in enumerate(several):
        room.handed(str(number), "uji.nota", **changes)
    told = [(one.unit_id, one.year, one.serial, one.title) for one in room.dossiers()]
    assert told == [
        (room.unit, 2026, 1, "Nota Oktober 2026"),
        (room.unit, 2026, 2, "Nota September 2026"),
        (room.unit, 2025, 1, "Nota Oktober 2025"),
        (room.other_unit, 2026, 1, "Nota Oktober 2026"),
    ]


@pytest.mark.parametrize("source", ["uji.surat", "uji.asing", "uji.tanpa_kode"])
def test_what_no_rule_files_waits(room: Room, source: str) -> None:
    """Only proposed, of no known source, or of a code that is none: it lies on the desk, whole."""
    waits = room.handed("1", source)
    assert (waits.state, waits.dossier_id, waits.class_code) == (WAITING, None, None)
    assert room.dossiers() == []
    assert room.actions() == ["archives.record.taken"]


def test_without_any_instrument_records_are_taken(app: Leuit) -> None:
    """An installation that has none yet loses nothing."""
    bare = archive_room(app, tables=False)
    assert bare.handed("1", "uji.nota").state == WAITING


def test_a_closed_dossier_is_not_opened_behind_its_archivist(room: Room) -> None:
    """A late record of its month waits for a person, who decides where it goes."""
    room.handed("1", "uji.nota")
    [dossier] = room.dossiers()
    with room.app.change(room.archivist) as work:
        close_dossier(work, dossier.id, dossier.version, work.today)
    assert room.handed("2", "uji.nota").state == WAITING
    assert len(room.dossiers()) == 1


def test_the_same_key_gives_the_first_answer(room: Room) -> None:
    """Whatever else is in the request, even a file that is not known."""
    request = room.request("1", "uji.nota")
    answers = []
    for asked in (
        request,
        request,
        attrs.evolve(request, title="", sha256="0" * 64, unit_id=uuid4()),
    ):
        with room.app.change(SYSTEM) as work:
            answers.append(archive_record(work, asked))
            work.audit("core.token.created", request.ref)
    assert len(set(answers)) == 1
    assert answers[0].kind == "archives.record"
    assert len(room.records()) == 1


def test_sixteen_with_one_key_make_one_record(room: Room) -> None:
    """All at once they get the same answer; one record, one place, one entry of it."""
    request = room.request("1", "uji.nota")
    ready, answers, faults = threading.Barrier(16), [], []

    def ask() -> None:
        ready.wait()
        try:
            with room.app.change(SYSTEM) as work:
                answers.append(archive_record(work, request))
                work.audit("core.token.created", request.ref)
        except BaseException as error:  # noqa: BLE001 -- told by the assertion below
            faults.append(error)

    threads = [threading.Thread(target=ask) for _number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(answers) == 16
    assert len(set(answers)) == 1
    assert len(room.records()) == len(room.dossiers()) == 1
    assert room.actions().count("archives.record.taken") == 1


def test_many_at_once_open_one_dossier_without_a_gap(room: Room) -> None:
    """Different records of one rule share the dossier, each with a place of its own."""
    requests = [room.request(str(number), "uji.nota") for number in range(12)]
    ready, faults = threading.Barrier(len(requests)), []

    def ask(request: ArchiveRequest) -> None:
        ready.wait()
        try:
            with room.app.change(SYSTEM) as work:
                archive_record(work, request)
                work.audit("core.token.created", request.ref)
        except BaseException as error:  # noqa: BLE001 -- told by the assertion below
            faults.append(error)

    threads = [threading.Thread(target=ask, args=(request,)) for request in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(room.dossiers()) == 1
    assert sorted(one.place or 0 for one in room.records()) == list(range(1, 13))


@pytest.mark.parametrize(
    "changes",
    [
        {"key": ""},
        {"key": "k" * 201},
        {"title": "  "},
        {"number": "9" * 201},
        {"sha256": "0" * 64},
        {"unit_id": UUID(int=1)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_is_no_whole_record_is_refused(room: Room, changes: dict[str, Any]) -> None:
    """Without key or title, of an unknown file or unit: nothing is stored."""
    request = attrs.evolve(room.request("1"), **changes)
    with pytest.raises(InvalidInputError), room.app.change(SYSTEM) as work:
        archive_record(work, request)
    assert list(room.records()) == []


def test_a_unit_of_work_that_fails_takes_nothing(room: Room) -> None:
    """The record, its dossier and its entries are the caller's change, or none."""
    request = room.request("1", "uji.nota")
    with pytest.raises(RuntimeError), room.app.change(SYSTEM) as work:
        archive_record(work, request)
        raise RuntimeError
    assert list(room.records()) == []
    assert list(room.dossiers()) == []
    assert room.actions() == []


@pytest.mark.parametrize(
    "source,given,grade",
    [
        ("uji.asing", None, 2),
        ("uji.asing", "open", 1),
        ("uji.nota", "open", 2),
        ("uji.nota", "top_secret", 4),
        ("uji.rahasia", None, 3),
        ("uji.rahasia", "limited", 3),
    ],
)
def test_the_stricter_of_two_grades_counts(
    room: Room, source: str, given: str | None, grade: int
) -> None:
    """What the service says against what the rule says; Terbatas where neither does."""
    assert room.handed("1", source, secrecy=given).secrecy == grade


def test_a_letter_brings_kind_code_and_attachments(room: Room) -> None:
    """The rule of its kind of naskah goes before that of its service; files keep their order."""
    put_in_force(
        room.app,
        "filing",
        table(
            "Surat Tugas,000.1,Tugas {tahun},,ya",
            "archives.letter,900.1,Surat {tahun},,ya",
            heading="source,code,title,secrecy,automatic",
        ),
        DAY,
    )
    files = [room.stored(b"%PDF surat"), room.stored(b"%PDF lampiran")]
    asked = RecordToTake(
        key="archives.letter:1",
        ref=RecordRef("archives.letter", "1", "Surat tugas"),
        title="Surat tugas",
        files=(
            RecordFileToTake(files[0].sha256, "surat-tugas.pdf"),
            RecordFileToTake(files[1].sha256),
        ),
        date=DAY,
        unit_id=room.unit,
        signed=True,
        kind="Surat Tugas",
        code="000.1.2",
    )
    with room.app.change(room.archivist) as work:
        take_record(work, asked)
    [record] = room.records()
    [dossier] = room.dossiers()
    assert (dossier.class_code, dossier.title) == ("000.1", "Tugas 2026")
    assert (record.class_code, record.kind, record.filed_by) == ("000.1.2", "Surat Tugas", None)
    with room.app.read(SYSTEM) as view:
        rows = view.session.scalars(select(RecordFile).order_by(RecordFile.place)).all()
        assert [(one.sha256, one.name) for one in rows] == [
            (files[0].sha256, "surat-tugas.pdf"),
            (files[1].sha256, "surat.pdf"),
        ]
    with pytest.raises(InvalidInputError), room.app.change(SYSTEM) as work:
        take_record(work, attrs.evolve(asked, key="archives.letter:2", files=()))


def test_a_file_of_a_record_cannot_be_taken_off_the_register(room: Room) -> None:
    """The database refuses to forget a file that a record has."""
    record = room.handed("1")
    with room.app.read(SYSTEM) as view:
        sha256 = view.session.scalars(
            select(RecordFile.sha256).where(RecordFile.record_id == record.id)
        ).one()
    with pytest.raises(IntegrityError), room.app.change(SYSTEM) as work:
        work.session.delete(work.session.get_one(Blob, sha256))
        work.session.flush()
