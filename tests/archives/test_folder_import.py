"""A folder of old files with a table: every row is told, nothing is made twice, nothing is lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from leuit.builtin.organisation import RefusedRowsError
from leuit.identity import SYSTEM
from leuit.plugins import Host
from leuit.settings import Settings
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
)
from leuit.work import AuditEntry, Leuit
from leuit_archives.models import FILED, WAITING, Record
from leuit_archives.service.correcting import history_of
from leuit_archives.service.folder_import import FolderPlan, apply_folder, try_folder
from leuit_archives.service.folder_source import FolderSource
from leuit_archives.service.taking_many import IMPORTED
from tests.archives import office_files as office
from tests.archives.archive_room import Room, archive_room
from tests.archives.folders import folder, many, row, text_file
from tests.bench.places import REPOSITORY
from tests.support.command_line import runner

pytestmark = pytest.mark.ci


@pytest.fixture
def room(app: Leuit) -> Room:
    """A regency with its instruments in force."""
    return archive_room(app)


def tried(room: Room, path: Path) -> FolderPlan:
    """What a folder would become for Bidang A."""
    return try_folder(room.app, room.archivist, FolderSource(path), "DIN.A")


def applied(room: Room, path: Path) -> int:
    """How many records a folder makes."""
    return apply_folder(room.app, room.archivist, FolderSource(path), tried(room, path))


def faults(plan: FolderPlan) -> dict[int, set[tuple[str, str]]]:
    """Columns and codes of faults by row."""
    return {
        one.number: {(fault.path, fault.code) for fault in one.faults}
        for one in plan.report.refused
    }


def test_a_folder_becomes_records_in_dossiers(room: Room, tmp_path: Path) -> None:
    """Filed with code and dossier, waiting without; from elsewhere, under no schedule yet."""
    path = folder(
        tmp_path / "lama",
        [
            row(1),
            row(2, sifat="segera, rahasia", date="5 Maret 2019"),
            row(3, code="", dossier="", sifat="undangan", signed=""),
            row(4, code="000.1.3", dossier="", sifat="penting"),
        ],
        {f"surat-{number}.txt": text_file(number) for number in range(1, 5)},
    )
    plan = tried(room, path)
    assert plan.report.counts == {"baru": 4, "berubah": 0, "sama": 0, "ditolak": 0}
    assert room.records() == []
    assert applied(room, path) == 4
    first, second, third, fourth = room.records()
    assert [one.state for one in room.records()] == [FILED, FILED, WAITING, WAITING]
    assert (first.place, second.place, first.signed, third.signed) == (1, 2, True, False)
    assert [one.secrecy for one in room.records()] == [2, 3, 2, 2]
    assert (third.kind, third.class_code, fourth.class_code) == ("undangan", None, "000.1.3")
    assert all(one.legacy_unverified for one in room.records())
    assert first.retention_edition is None
    assert first.classification_edition is not None
    [dossier] = room.dossiers()
    assert (dossier.title, dossier.year, dossier.serial) == ("Perjalanan lama", 2019, 1)
    with room.app.read(room.archivist) as view:
        [event] = history_of(view, first)
    assert event.action == IMPORTED
    assert event.details["dossier"] == "000.1.2/1/2019 Perjalanan lama"
    assert room.app.blobs.get(room_file(room, first)) == text_file(1)


def room_file(room: Room, record: Record) -> str:
    """The hash of a record's file."""
    from leuit_archives.models import RecordFile

    with room.app.read(SYSTEM) as view:
        return view.session.get_one(RecordFile, (record.id, 1)).sha256


def test_a_second_run_makes_nothing_twice(room: Room, tmp_path: Path) -> None:
    """Also where rows were put in between: what is there already is `sama`."""
    path = many(tmp_path / "lama", 3)
    assert applied(room, path) == 3
    assert tried(room, path).report.counts["sama"] == 3
    assert applied(room, path) == 0
    folder(path, [row(9), row(0), row(2), row(1), row(1)], {"surat-9.txt": text_file(9)})
    plan = tried(room, path)
    assert [one.status for one in plan.report.rows] == ["baru", "sama", "sama", "sama", "baru"]
    assert apply_folder(room.app, room.archivist, FolderSource(path), plan) == 2
    assert len(room.records()) == 5


@pytest.mark.parametrize("where", ["between", "inside"])
def test_what_was_killed_is_begun_again_without_doubles(
    room: Room, settings: Settings, database_url: str, tmp_path: Path, where: str
) -> None:
    """After the first batch, or with a second one not committed: the rest comes in, once."""
    path = many(tmp_path / "lama", 8)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.archives.import_program",
            str(settings.data),
            str(path),
            where,
        ],
        cwd=REPOSITORY,
        env={**os.environ, "LEUIT_DATABASE": database_url},
        check=False,
        timeout=240,
    )
    assert done.returncode == -9
    assert [one.title for one in room.records()] == [f"Surat lama {n}" for n in range(3)]
    assert tried(room, path).report.counts == {"baru": 5, "berubah": 0, "sama": 3, "ditolak": 0}
    assert applied(room, path) == 5
    assert sorted(one.title for one in room.records()) == [f"Surat lama {n}" for n in range(8)]
    assert sorted(one.place or 0 for one in room.records()) == list(range(1, 9))
    assert len(room.dossiers()) == 1
    with room.app.read(SYSTEM) as view:
        query = select(func.count(AuditEntry.ref_id.distinct()), func.count())
        told = view.session.execute(query.where(AuditEntry.action == IMPORTED)).one()
    assert tuple(told) == (8, 8)


def test_every_broken_row_is_told_and_nothing_comes_in(room: Room, tmp_path: Path) -> None:
    """All reasons of all rows at once; good rows wait for the mended table."""
    bad = [
        row(1),
        row(2, date="31/11/2019"),
        row(3, title="", date="2031-01-01"),
        row(4, code="999.9"),
        row(5, code="", dossier="Tanpa kode"),
        row(6, secrecy="B", sifat="rahasia"),
        row(7, sifat="entah"),
        row(8, signed="mungkin"),
        row(9, file="tidak-ada.txt"),
        row(10, file="../rahasia.txt"),
        row(11, file="/etc/passwd"),
        row(12, file="taut.txt"),
        row(13, title="x" * 1_001, dossier="y" * 301),
        [*row(14), "lebih"],
        row(15)[:-2],
        row(16, file="subfolder"),
    ]
    files = {f"surat-{number}.txt": text_file(number) for number in range(1, 17)}
    (tmp_path / "rahasia.txt").write_bytes(b"bukan milik folder")
    path = folder(tmp_path / "lama", bad, files | {"subfolder/lain.txt": b"isi"})
    (path / "taut.txt").symlink_to(tmp_path / "rahasia.txt")
    plan = tried(room, path)
    assert faults(plan) == {
        3: {("date", "no_date")},
        4: {("title", "required"), ("date", "out_of_range")},
        5: {("code", "unknown")},
        6: {("code", "required")},
        7: {("sifat", "differs")},
        8: {("sifat", "unknown")},
        9: {("signed", "unknown")},
        **{number: {("file", "invalid")} for number in (10, 11, 12, 13)},
        14: {("title", "too_long"), ("dossier", "too_long")},
        **{number: {("file", "invalid")} for number in (15, 16, 17)},
    }
    assert len(plan.report.rows) == len(bad)
    assert any("subfolder/lain.txt" in note for note in plan.notes)
    with pytest.raises(RefusedRowsError):
        applied(room, path)
    assert room.records() == []


def test_hostile_files_are_refused_by_what_they_are(room: Room, tmp_path: Path) -> None:
    """As letters are: macros, passwords, another type under a good name, nothing at all."""
    hostile = {
        "program.txt": b"MZ\x90\x00" + bytes(60),
        "nama.pdf": b"hanya teks",
        "makro.docx": office.docx("isi", {"word/vbaProject.bin": b"x"}),
        "kosong.txt": b"",
        "alat.exe": b"MZ",
    }
    rows = [row(number, file=name) for number, name in enumerate(hostile)]
    plan = tried(room, folder(tmp_path / "lama", rows, hostile))
    assert faults(plan) == {
        2: {("file", "unknown_type")},
        3: {("file", "wrong_name")},
        4: {("file", "macros")},
        5: {("file", "empty")},
        6: {("file", "unknown_type")},
    }


def test_odd_names_come_in_whole(room: Room, tmp_path: Path) -> None:
    """Letters of any script, composed or not, and folders written with either slash."""
    names = {
        "satu/dua/a b.txt": "satu\\dua\\a b.txt",
        "e\u0301tude “x”.txt": "\u00e9tude “x”.txt",
        "'; DROP TABLE--.txt": "'; DROP TABLE--.txt",
        "%41%0a.txt": "%41%0a.txt",
        "\u65e5\u672c \U0001f600.txt": "\u65e5\u672c \U0001f600.txt",
        '=1+1,"a".txt': '=1+1,"a".txt',
    }
    files = {name: text_file(number) for number, name in enumerate(names)}
    rows = [row(number, file=told, title=told) for number, told in enumerate(names.values())]
    path = folder(tmp_path / "lama", rows, files)
    assert tried(room, path).report.refused == ()
    assert applied(room, path) == len(names)
    assert [one.title for one in room.records()] == list(names.values())


@pytest.mark.parametrize(
    "table, words",
    [
        (b"", "wajib"),
        (b"file,title\na,b\n", "date"),
        (b"file,title,date\n", "satu baris"),
        (b"file,title,date,date\na,b,c,d\n", "dua kali"),
        (b'file,title,date\na,b,2019-01-01\n"a,b', "rusak sesudah baris"),
        (b"file,title,date\na,\xff,2019-01-01\n", "baris 2"),
    ],
)
def test_what_is_no_table_is_told(room: Room, tmp_path: Path, table: bytes, words: str) -> None:
    """With the reason, and where it breaks."""
    path = folder(tmp_path / "lama", [], {})
    (path / "arsip.csv").write_bytes(table)
    with pytest.raises(InvalidInputError, match=words):
        tried(room, path)


def test_a_file_that_changes_after_the_trial_stops_it(room: Room, tmp_path: Path) -> None:
    """What was read is what comes in, or nothing of that batch."""
    path = many(tmp_path / "lama", 2)
    plan = tried(room, path)
    (path / "surat-1.txt").write_bytes(b"lain")
    with pytest.raises(ConflictError, match=r"surat-1\.txt"):
        apply_folder(room.app, room.archivist, FolderSource(path), plan)
    assert room.records() == []


def test_only_who_files_for_the_unit_brings_in(room: Room, tmp_path: Path) -> None:
    """Another unit's archivist is refused, an unknown unit is told."""
    source = FolderSource(many(tmp_path / "lama", 1))
    with pytest.raises(PermissionDeniedError):
        try_folder(room.app, room.neighbour, source, "DIN.A")
    with pytest.raises(NotFoundError, match="XX"):
        try_folder(room.app, room.archivist, source, "XX")


def test_the_command_tries_then_takes(room: Room, host: Host, tmp_path: Path) -> None:
    """Without --apply nothing is there; the report is for programs too."""
    many(tmp_path / "lama", 2)
    run = runner(room.app, host, "archives", "import", folder=tmp_path)
    status, out, _err = run("lama", "--unit", "DIN.A")
    assert (status, "2 baru" in out, room.records()) == (0, True, [])
    status, out, _err = run("lama", "--unit", "DIN.A", "--apply", "--json")
    assert (status, json.loads(out)["applied"]) == (0, True)
    assert len(room.records()) == 2
    status, out, _err = run("lama", "--unit", "DIN.A", "--apply")
    assert "0 arsip masuk" in out
    folder(tmp_path / "lama", [row(1, date="x")], {})
    assert run("lama", "--unit", "DIN.A", "--apply")[0] == 1
