"""Official lists: dossiers, contents and registers of letters, as XLSX and PDF."""

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pypdfium2
import pytest

from leuit.identity import SYSTEM, Identity
from leuit.values import NotFoundError, RecordRef, TooLargeError
from leuit.work import Leuit
from leuit_archives.models import Addressee, Letter, Retention
from leuit_archives.service import list_files, official_lists
from leuit_archives.service.list_files import write_list
from leuit_archives.service.official_lists import (
    BY_RETENTION,
    CONTENTS,
    DOSSIERS,
    LETTERS_IN,
    LETTERS_OUT,
    Asked,
    OfficialList,
)
from tests.archives.archive_room import Room, archive_room, grant
from tests.core.organisation.office import DAY
from tests.support.client import Client

ALL = Asked()


@pytest.fixture
def room(app: Leuit) -> Room:
    """A regency with its instruments in force."""
    return archive_room(app)


def sheet(room: Room, who: Identity, wanted: OfficialList, asked: Asked = ALL) -> list[Any]:
    """The rows of a list's sheet by heading."""
    made = write_list(room.app, who, wanted, asked, "xlsx")
    with made.content as content:
        book = openpyxl.load_workbook(io.BytesIO(content_of(content)))
    heads, *rows = book.worksheets[0].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def content_of(content: Any) -> bytes:
    """The whole file."""
    content.seek(0)
    return bytes(content.read())


def text_of(pdf: bytes) -> str:
    """What all pages say, in one line."""
    document = pypdfium2.PdfDocument(pdf)
    told = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return " ".join(" ".join(told).split())


def printed(room: Room, wanted: OfficialList, asked: Asked = ALL) -> tuple[str, str, bytes]:
    """Name, media type and bytes of a list on paper."""
    made = write_list(room.app, room.archivist, wanted, asked, "pdf")
    with made.content as content:
        return made.name, made.media_type, content_of(content)


def registered(room: Room, *letters: dict[str, Any]) -> None:
    """Letters in the agenda of Bidang A, by its registrar."""
    with room.app.change(SYSTEM) as work:
        grant(work, room.office, 6, "archives.registrar", "DIN.A")
        for agenda, values in enumerate(letters, 1):
            told = {
                "direction": "in",
                "state": "sent",
                "unit_id": room.unit,
                "year": 2026,
                "agenda": agenda,
                "number": f"005/{agenda}",
                "subject": f"Hal {agenda}",
                "dated": DAY,
                "received_on": DAY,
                "sender": "Dinas Contoh",
                "secrecy": 1,
                "created_by": room.second.person_id,
                "created_at": work.now,
            }
            letter = Letter(**told | values)
            work.session.add(letter)
            work.session.flush()
            for place, part in enumerate(("to", "copy"), 1):
                name = f"Kepala {part}"
                work.session.add(Addressee(letter_id=letter.id, part=part, place=place, name=name))
        work.audit("core.token.created", RecordRef("uji.surat", "1"))


def test_dossiers_as_a_sheet(room: Room) -> None:
    """With their number, span, contents and retention, counted by the list itself."""
    room.filed(room.handed("1"), room.handed("2", date=dt.date(2026, 12, 1) - dt.timedelta(300)))
    room.filed(room.handed("3", "uji.asing"), code="000.1.3", title="=Rapat")
    first, second = sheet(room, room.archivist, DOSSIERS)
    assert (first["No."], second["No."]) == (1, 2)
    assert (first["Nomor berkas"], first["Uraian informasi"]) == ("000.1.3/1/2026", "=Rapat")
    assert (second["Jumlah"], second["Satuan"], second["Nasib akhir"]) == (2, "arsip", "Musnah")
    assert second["Retensi aktif"] == "2 tahun setelah Tahun anggaran berakhir"
    assert second["Kurun waktu"].startswith("4 Feb 2026 – ")
    assert second["Keterangan"] == "Terbuka"
    assert sheet(room, room.neighbour, DOSSIERS) == []


def test_dossiers_by_the_state_of_their_retention(room: Room) -> None:
    """Active, inactive and proposed to be destroyed are three lists; none has what another has."""
    states = {"active": "Surat", "inactive": "Rapat", "to_destroy": "Undangan"}
    made = {
        state: room.filed(room.handed(title, "uji.asing"), code="000.1.3", title=title)
        for state, title in states.items()
    }
    with room.app.change(SYSTEM) as work:
        for state, dossier in made.items():
            kept = work.session.get_one(Retention, dossier.id)
            kept.state, kept.ends_on = state, dt.date(2030, 1, 31)
        work.audit("core.token.created", RecordRef("uji.retensi", "1"))
    for state, title in states.items():
        [row] = sheet(room, room.archivist, BY_RETENTION[state])
        assert (row["Uraian informasi"], row["Retensi berakhir"]) == (title, "31 Jan 2030")
        assert sheet(room, room.neighbour, BY_RETENTION[state]) == []
    assert len(sheet(room, room.archivist, DOSSIERS)) == 3


def test_contents_hide_what_is_secret(room: Room) -> None:
    """Numbers run over what is told: no gap where another record lies."""
    secret = room.handed("1", "uji.rahasia")
    dossier = room.filed(room.handed("2"), title="Penyelidikan 2026")
    assert dossier.id == secret.dossier_id
    asked = Asked(dossier_id=dossier.id)
    [row] = sheet(room, room.archivist, CONTENTS, asked)
    assert (row["No."], row["Uraian informasi"], row["SKKAAD"]) == (1, "Surat 2", "Terbatas")
    assert (row["Jumlah"], row["Tingkat perkembangan"]) == (1, "Asli")
    assert [one["No."] for one in sheet(room, room.trusted, CONTENTS, asked)] == [1, 2]
    with pytest.raises(NotFoundError):
        sheet(room, room.neighbour, CONTENTS, asked)


def test_registers_of_letters(room: Room) -> None:
    """In the order of the agenda, with receivers; secret ones and drafts stay out."""
    registered(
        room,
        {"urgency": "segera"},
        {"secrecy": 3},
        {"direction": "out", "sender": "", "sent_at": None},
        {"direction": "out", "agenda": None, "state": "draft"},
        {"year": 2025},
    )
    with room.app.change(SYSTEM) as work:
        grant(work, room.office, 4, "archives.registrar", "DIN.A")
    found = sheet(room, room.archivist, LETTERS_IN)
    assert [(row["Nomor agenda"], row["Hal"]) for row in found] == [(5, "Hal 5"), (1, "Hal 1")]
    assert (found[1]["Kepada"], found[1]["Sifat"]) == ("Kepala to; Kepala copy", "segera")
    assert len(sheet(room, room.archivist, LETTERS_IN, Asked(year=2026))) == 1
    assert [row["Hal"] for row in sheet(room, room.archivist, LETTERS_OUT)] == ["Hal 3"]
    assert sheet(room, room.stranger, LETTERS_IN) == []


def test_pages_of_any_length_follow_each_other(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source gives everything once, whatever the size of its pages."""
    monkeypatch.setattr(official_lists, "PAGE", 2)
    dossier = room.filed(*(room.handed(str(number)) for number in range(5)))
    found = sheet(room, room.archivist, CONTENTS, Asked(dossier_id=dossier.id))
    assert [row["Uraian informasi"] for row in found] == [f"Surat {n}" for n in range(5)]
    registered(room, *({} for _ in range(5)))
    told = sheet(room, room.second, LETTERS_IN)
    assert [row["Nomor agenda"] for row in told] == [1, 2, 3, 4, 5]


def test_a_list_on_paper(room: Room) -> None:
    """With letterhead, title and every row; odd letters do not stop it."""
    room.filed(room.handed("1", title="Surat \u202e \U0001f600 Contoh"))
    name, media, pdf = printed(room, DOSSIERS)
    assert (name, media) == ("berkas-2026-10-05.pdf", "application/pdf")
    told = text_of(pdf)
    assert "DAFTAR BERKAS" in told
    assert "Perjalanan 2026" in told
    assert "PEMERINTAH" in told.upper() or "KABUPATEN" in told.upper()
    assert "Tidak ada isi" in text_of(printed(room, LETTERS_OUT)[2])


def test_a_long_list_is_split_and_a_longer_one_refused(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts in one ZIP, numbers going on; beyond their number the advice is XLSX."""
    monkeypatch.setattr(list_files, "ROWS_A_PDF", 2)
    monkeypatch.setattr(list_files, "MOST_PDFS", 2)
    dossier = room.filed(*(room.handed(str(number)) for number in range(3)))
    name, media, packed = printed(room, CONTENTS, Asked(dossier_id=dossier.id))
    assert (name, media) == ("isi-berkas-2026-10-05.zip", "application/zip")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        first, second = (text_of(archive.read(one)) for one in sorted(archive.namelist()))
    assert "Bagian 1 dari 2" in first
    assert ("Surat 2" in first, "Surat 2" in second) == (False, True)
    room.filed(*(room.handed(str(number)) for number in range(3, 5)))
    with pytest.raises(TooLargeError, match="4 baris"):
        printed(room, CONTENTS, Asked(dossier_id=dossier.id))


@pytest.mark.ci
def test_pages_offer_the_lists(room: Room, client: Client) -> None:
    """The buttons carry what the page is narrowed to; another form is refused."""
    dossier = room.filed(room.handed("1"))
    registered(room, {})
    with client.as_(room.archivist):
        shown = client.get("/archives/dossiers?code=000&year=2026").text
        assert "/archives/lists/dossiers?code=000&amp;year=2026&amp;format=pdf" in shown
        for path in (
            "/archives/lists/dossiers?format=xlsx&code=000",
            f"/archives/dossiers/{dossier.id}/list?format=pdf",
        ):
            answer = client.get(path)
            assert answer.status_code == 200
            assert int(answer.headers["content-length"]) == len(answer.content)
        assert client.get("/archives/lists/dossiers?format=doc").status_code == 422
        assert client.get("/archives/lists/letters/lain").status_code == 404
    with client.as_(room.second):
        assert (
            "/archives/lists/letters/in?format=xlsx" in client.get("/archives/letters/agenda").text
        )
        assert client.get("/archives/lists/letters/in").status_code == 200
