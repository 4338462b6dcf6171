"""A dossier as a BagIt package: judged by the `bagit` library, and by what it must not tell."""

import csv
import io
import json
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path
from uuid import UUID

import bagit  # type: ignore[import-untyped]  # it ships no types
import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM, Identity
from leuit.plugins import Host
from leuit.values import NotFoundError, RecordRef, TooLargeError
from leuit.work import AuditEntry, Leuit, register_file, store_file
from leuit_archives.models import Dossier
from leuit_archives.rules.bag_names import LONGEST, safe_name
from leuit_archives.service.bags import ChangedFileError, write_bag
from tests.archives.archive_room import PDF, Room, archive_room
from tests.archives.test_fixity import corrupt, lying
from tests.support.client import Client
from tests.support.command_line import runner

ODD = "../CON \u202e%41 surat\r\n: \u201ctanya\u201d? é.pdf"


@pytest.fixture
def room(app: Leuit) -> Room:
    """A regency with its instruments in force."""
    return archive_room(app)


def packed(room: Room, who: Identity, dossier: UUID, folder: Path) -> Path:
    """The unpacked package as somebody gets it."""
    out = io.BytesIO()
    name = write_bag(room.app, who, dossier, out)
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    [only] = folder.iterdir()
    assert f"{only.name}.zip" == name
    return only


def filed(room: Room) -> Dossier:
    """Three records in a dossier."""
    return room.filed(*(room.handed(key) for key in "123"))


def test_bagit_judges_the_package_valid(room: Room, tmp_path: Path) -> None:
    """Every file with both hashes, sizes counted, metadata as JSON and CSV beside the payload."""
    dossier = filed(room)
    folder = packed(room, room.archivist, dossier.id, tmp_path / "bag")
    bag = bagit.Bag(str(folder))
    bag.validate()
    assert set(bag.algorithms) == {"sha256", "sha512"}
    assert bag.info["External-Identifier"] == "000.1.2/1/2026"
    assert bag.info["Payload-Oxum"] == f"{sum(len(PDF) + 1 for _ in '123')}.3"
    told = json.loads((folder / "metadata/records.json").read_text())
    assert told["dossier"]["final_action"] == "musnah"
    assert told["dossier"]["retention_edition"] == "Contoh (Perbup contoh)"
    assert [one["title"] for one in told["records"]] == ["Surat 1", "Surat 2", "Surat 3"]
    for one in told["records"]:
        [file] = one["files"]
        assert bag.entries[file["path"]]["sha256"] == file["sha256"]
    with (folder / "metadata/records.csv").open(newline="") as table:
        rows = list(csv.DictReader(table))
    assert [row["sha256"] for row in rows] == [one["files"][0]["sha256"] for one in told["records"]]


def test_one_byte_more_makes_it_invalid(room: Room, tmp_path: Path) -> None:
    """AR-42: a byte appended to a payload file fails by Payload-Oxum."""
    folder = packed(room, room.archivist, filed(room).id, tmp_path / "bag")
    with next((folder / "data").rglob("*.pdf")).open("ab") as file:
        file.write(b"x")
    with pytest.raises(bagit.BagValidationError, match="Payload-Oxum validation failed"):
        bagit.Bag(str(folder)).validate()
    command = [sys.executable, "-m", "bagit", "--validate", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Payload-Oxum validation failed" in done.stderr


def test_secret_records_are_for_who_reads_them(room: Room, tmp_path: Path) -> None:
    """For others neither file nor gap nor count; whoever reads them is noted."""
    secret = room.handed("2", "uji.rahasia")
    dossier = room.filed(room.handed("3"), title="Penyelidikan 2026")
    assert dossier.id == secret.dossier_id
    found = {}
    for name, who in (("little", room.archivist), ("all", room.trusted)):
        folder = packed(room, who, dossier.id, tmp_path / name)
        told = json.loads((folder / "metadata/records.json").read_text())
        found[name] = [(one["item"], one["title"]) for one in told["records"]]
        assert ("Surat 2" in str(told)) == (name == "all")
    assert found == {
        "little": [(1, "Surat 3")],
        "all": [(1, "Surat 2"), (2, "Surat 3")],
    }
    with room.app.read(SYSTEM) as view:
        refs = list(
            view.session.scalars(
                select(AuditEntry.ref_id).where(AuditEntry.action == "core.personal_data.read")
            )
        )
    assert refs.count(str(secret.id)) == 1
    assert refs.count(str(dossier.id)) == 2


def test_a_changed_file_stops_it_and_is_named(room: Room, host: Host, tmp_path: Path) -> None:
    """No package of half a dossier: not in memory, not on disk."""
    dossier = filed(room)
    corrupt(lying(room, "2"))
    with pytest.raises(ChangedFileError, match="Surat 2"):
        write_bag(room.app, room.archivist, dossier.id, io.BytesIO())
    run = runner(room.app, host, "archives", "bag", folder=tmp_path)
    status, _out, err = run(str(dossier.id), "--to", "berkas.zip")
    assert status != 0
    assert "Surat 2" in err
    assert list(tmp_path.glob("*.zip")) == []
    assert list(tmp_path.glob(".leuit-*")) == []


def test_strangers_and_large_ones_are_refused(room: Room) -> None:
    """A dossier of another unit is none; more than was allowed is told before anything is read."""
    dossier = filed(room)
    with pytest.raises(NotFoundError):
        write_bag(room.app, room.neighbour, dossier.id, io.BytesIO())
    with pytest.raises(TooLargeError, match="terlalu besar"):
        write_bag(room.app, room.archivist, dossier.id, io.BytesIO(), most=10)


def test_names_are_safe_and_nothing_is_lost(room: Room, tmp_path: Path) -> None:
    """Odd names of files become plain ones; the bag stays valid."""
    file = store_file(room.app, PDF, "application/pdf", ODD)
    with room.app.change(SYSTEM) as work:
        register_file(work, file)
        work.audit("core.token.created", RecordRef("uji.berkas", "1"))
    dossier = room.filed(room.handed("1", sha256=file.sha256))
    folder = packed(room, room.archivist, dossier.id, tmp_path / "bag")
    bagit.Bag(str(folder)).validate()
    [path] = (folder / "data").rglob("*.pdf")
    assert path.name == "01 _CON _41 surat _ “tanya”_ é.pdf"


@pytest.mark.parametrize(
    "name, safe",
    [
        ("", "berkas"),
        ("..", "berkas"),
        ("con.pdf", "berkas_con.pdf"),
        ("a/b\\c.pdf", "a_b_c.pdf"),
        ("x" * 300 + ".pdf", "x" * (LONGEST - 4) + ".pdf"),
        ("x" * 300, "x" * LONGEST),
        ("e\u0301.pdf", "é.pdf"),
        ("50%.pdf", "50_.pdf"),
    ],
)
def test_a_name_leads_nowhere(name: str, safe: str) -> None:
    """One plain part of a path that every system takes."""
    assert safe_name(name) == safe


def test_memory_does_not_grow_with_files(room: Room, tmp_path: Path) -> None:
    """Twelve megabytes of payload pass in pieces of one."""
    blocks = [bytes([number]) * (4 * 1024 * 1024) for number in range(3)]
    found = [
        room.handed(str(number), sha256=room.stored(PDF + block).sha256)
        for number, block in enumerate(blocks)
    ]
    dossier = room.filed(*found)
    del blocks
    with (tmp_path / "bag.zip").open("w+b") as out:
        tracemalloc.start()
        write_bag(room.app, room.archivist, dossier.id, out)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


@pytest.mark.ci
def test_it_is_downloaded_by_page(room: Room, client: Client, tmp_path: Path) -> None:
    """The dossier's page has the button; what comes is the package."""
    dossier = filed(room)
    with client.as_(room.archivist):
        address = f"/archives/dossiers/{dossier.id}/bag"
        assert address in client.get(f"/archives/dossiers/{dossier.id}").text
        answer = client.get(address)
    assert answer.headers["content-type"] == "application/zip"
    assert int(answer.headers["content-length"]) == len(answer.content)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        archive.extractall(tmp_path / "bag")
    [folder] = (tmp_path / "bag").iterdir()
    bagit.Bag(str(folder)).validate()
