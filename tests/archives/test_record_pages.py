"""Records by page: two taps file what is proposed, a search finds others, history is told."""

import re

import pytest

from leuit.work import Leuit
from leuit_archives.models import FILED, WAITING
from tests.archives.archive_room import PDF, Room, archive_room
from tests.support.client import Client

pytestmark = pytest.mark.ci

DESK, DOSSIERS = "/archives/records", "/archives/dossiers"


@pytest.fixture
def room(app: Leuit) -> Room:
    """A regency with its instruments in force."""
    return archive_room(app)


def ticked(page: str) -> list[str]:
    """The boxes of the desk that are ticked when it opens."""
    return re.findall(r'name="record" value="([^"]+)" checked', page)


def test_two_taps_file_what_is_proposed(room: Room, client: Client) -> None:
    """The desk opens with all that have a proposal ticked; one button files them."""
    room.handed("1")
    asing = room.handed("2", "uji.asing")
    with client.as_(room.archivist):
        page = client.get(DESK).text
        assert "000.1.2 · Perjalanan 2026" in page
        assert "Belum ada usul" in page
        values = ticked(page)
        assert len(values) == 1
        answer = client.post_form(f"{DESK}/file", {"record": values})
        assert answer.headers["location"] == DESK
        assert "1 arsip diberkaskan" in client.get(DESK).text
        again = client.post_form(f"{DESK}/file", {"record": [*values, f"{asing.id}:1"]})
        assert again.status_code == 422
        assert "sudah diberkaskan oleh" in again.text
        assert "Belum ada usul berkas" in again.text
        assert client.post_form(f"{DESK}/file", {}).status_code == 422
        assert "Surat 1" in client.get(f"{DESK}?state=filed").text
    assert [one.state for one in room.records()] == [FILED, WAITING]


def test_one_record_goes_where_it_is_proposed_or_elsewhere(room: Room, client: Client) -> None:
    """From its page: the proposal is chosen already; a search offers dossiers and codes."""
    first, second, third = (room.handed(key) for key in "123")
    asing = room.handed("4", "uji.asing")
    with client.as_(room.archivist):
        shown = client.get(f"{DESK}/{first.id}").text
        place = re.findall(rf'href="({DESK}/place\?[^"]+)"', shown)[0]
        chosen = re.findall(r'value="([^"]+)" checked', client.get(place).text)
        assert chosen == ["baru:000.1.2:Perjalanan 2026"]
        sent = {"record": f"{first.id}:1", "target": chosen[0]}
        address = client.post_form(f"{DESK}/place", sent).headers["location"]
        [dossier] = room.dossiers()
        assert address == f"{DOSSIERS}/{dossier.id}"
        asked = f"{DESK}/place?record={second.id}:1&record={third.id}:1"
        page = client.get(asked).text
        assert f'value="berkas:{dossier.id}" checked' in page
        other = client.get(f"{DESK}/place?record={asing.id}:1").text
        assert f'value="berkas:{dossier.id}"' in other
        assert "checked" not in other
        found = client.get(f"{asked}&q=rapat").text
        assert "baru:000.1.3:" in found
        assert f"berkas:{dossier.id}" not in found
        assert "Tidak ada berkas terbuka" in client.get(f"{asked}&q=zzz").text
        both = {"record": [f"{second.id}:1", f"{third.id}:1"], "target": "baru:000.1.3:"}
        refused = client.post_form(f"{DESK}/place", {**both, "title": "x" * 301})
        assert refused.status_code == 422
        for target in ("", "baru:", "berkas:lain"):
            assert client.post_form(f"{DESK}/place", {**both, "target": target}).status_code == 422
        answer = client.post_form(f"{DESK}/place", {**both, "title": "Rapat kerja"})
        assert "Rapat kerja" in client.get(answer.headers["location"]).text
        late = client.post_form(f"{DESK}/place", {**both, "title": "Rapat kerja"})
        assert late.status_code == 422
        assert "sudah diberkaskan oleh" in late.text
        assert client.get(asked).status_code == 404
        assert client.get(f"{DESK}/place").headers["location"] == DESK


def test_records_of_two_units_are_not_filed_together(room: Room, client: Client) -> None:
    """The page says so before anything is sent, and refuses what is sent anyway."""
    mine, other = room.handed("1"), room.handed("2", unit_id=room.other_unit)
    values = [f"{mine.id}:1", f"{other.id}:1"]
    with client.as_(room.office.identity("admin")):
        page = client.get(f"{DESK}/place?record={values[0]}&record={values[1]}").text
        assert "beberapa unit" in page
        sent = {"record": values, "target": "baru:000.1.3:Rapat"}
        refused = client.post_form(f"{DESK}/place", sent)
        assert (refused.status_code, "beberapa unit" in refused.text) == (422, True)


def test_a_record_shows_its_file_and_corrections(room: Room, client: Client) -> None:
    """The file as it was handed over; a correction with both words, its reason and who made it."""
    record = room.handed("1", secrecy="open")
    room.filed(record)
    path = f"{DESK}/{record.id}"
    with client.as_(room.archivist):
        file = client.get(f"{path}/files/1")
        assert file.content == PDF + b"1"
        assert file.headers["content-type"] == "application/pdf"
        for wrong in ("2", "x", "9999999"):
            assert client.get(f"{path}/files/{wrong}").status_code == 404
        form = client.get(f"{path}/correct").text
        sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
        dossier = re.findall(r'<option value="([^"]+)" selected>000', form)[0]
        sent |= {"title": "Surat <b>tugas</b>", "secrecy": "limited", "dossier": dossier}
        refused = client.post_form(f"{path}/correct", {**sent, "reason": ""})
        assert refused.status_code == 422
        answer = client.post_form(f"{path}/correct", {**sent, "reason": "Salah ketik"})
        assert answer.headers["location"] == path
        shown = client.get(path).text
        for words in (
            "Surat &lt;b&gt;tugas&lt;/b&gt;",
            "<del>Surat 1</del>",
            "<del>Biasa/Terbuka</del> menjadi <ins>Terbatas</ins>",
            "Salah ketik",
            "Staf A",
        ):
            assert words in shown
        stale = client.post_form(f"{path}/correct", {**sent, "reason": "Lagi", "title": "Lain"})
        assert stale.status_code == 422
        assert "baru saja diubah" in stale.text


def test_dossiers_are_listed_read_closed_and_opened_again(room: Room, client: Client) -> None:
    """Narrowed by year, code and words; the contents in their order; the retention in words."""
    room.filed(room.handed("1"), room.handed("2"))
    [dossier] = room.dossiers()
    path = f"{DOSSIERS}/{dossier.id}"
    with client.as_(room.archivist):
        for query, there in (("", 1), ("?year=2026&code=000.1&q=perjalanan", 1), ("?year=2025", 0)):
            page = client.get(f"{DOSSIERS}{query}").text
            assert (str(dossier.id) in page) == bool(there)
        shown = client.get(path).text
        assert "2 tahun setelah" in shown
        assert shown.index("Surat 1") < shown.index("Surat 2")
        assert "Surat 1" not in client.get(f"{path}?after=1").text
        form = client.get(f"{path}/close").text
        sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
        refused = client.post_form(f"{path}/close", {**sent, "on": "31/12/2026"})
        assert refused.status_code == 422
        assert client.post_form(f"{path}/close", sent).headers["location"] == path
        assert "5 Oktober 2026" in client.get(path).text
        again = {"reason": "Ada susulan", "version": "2"}
        assert client.post_form(f"{path}/reopen", again).headers["location"] == path
        assert "Masih terbuka" in client.get(path).text


def test_a_long_desk_turns_its_pages(room: Room, client: Client) -> None:
    """Fifty rows a page; the address of the next one keeps the filter."""
    file = room.stored().sha256
    for number in range(51):
        room.handed(f"{number:02}", "uji.asing", sha256=file)
    with client.as_(room.archivist):
        page = client.get(f"{DESK}?unit={room.unit}&q=surat").text
        assert page.count('name="record"') == 50
        address = re.findall(r'rel="next" href="([^"]+)"', page)[0].replace("&amp;", "&")
        rest = client.get(address).text
        assert rest.count('name="record"') == 1
        assert "Surat 50" in rest
        assert "51" in rest


def test_who_only_reads_sees_no_buttons(room: Room, client: Client) -> None:
    """The head of the unit reads the desk and the contents; nothing there files or closes."""
    record = room.handed("1")
    filed = room.handed("2", "uji.nota")
    with client.as_(room.office.staff(2)):
        for address in (
            DESK,
            f"{DESK}/{record.id}",
            f"{DESK}/{filed.id}",
            f"{DOSSIERS}/{filed.dossier_id}",
        ):
            page = client.get(address)
            assert page.status_code == 200
            for word in ("Berkaskan", "Perbaiki", "Tutup berkas", 'name="record"'):
                assert word not in page.text
    with client.as_(room.stranger):
        assert client.get(DESK).status_code == 403
