"""Letters out by page: written beside their picture, sent, initialled, signed by hand, numbered."""

import re
from uuid import UUID

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.values import new_id
from leuit.work import Leuit, store_file
from leuit_archives.inbox_letters_out import INBOX
from leuit_archives.models import LetterFile
from leuit_archives.service.drafting import create
from leuit_archives.service.sending_out import send_letter
from leuit_archives.service.signing import sign_by_hand
from tests.archives.outgoing_office import KIND, LetterOffice, letter_office
from tests.esign.letters import letter
from tests.sp2d.services import Accepting, with_ports, work_off
from tests.support.client import Client

pytestmark = pytest.mark.ci

HOME = "/archives/outgoing"
BLOCKS = "/archives/number-blocks"
PDF = ("pindaian.pdf", letter("Pindaian"), "application/pdf")


@pytest.fixture
def office(app: Leuit) -> LetterOffice:
    """An office without a service that signs."""
    with_ports(app)
    return letter_office(app)


def form(office: LetterOffice, **changes: object) -> dict[str, object]:
    """What somebody types for a new letter."""
    return {
        "kind": KIND,
        "key": str(new_id()),
        "unit": str(office.unit),
        "subject": "Undangan rapat",
        "body": "Kami mengundang:\n\nwaktu : pukul 09.00",
        "closing": "Terima kasih.",
        "to": ["Kepala · UNIT-B", ""],
        "to_outside": "PT Contoh",
        "place": "di tempat",
        "class_code": "000.1.2",
        "urgency": "segera",
        "secrecy": "B",
        "signer": "Kepala · UNIT-A",
        "paraf": ["Jabatan Sekretaris"],
        "mode": "wet",
        "act": "save",
        **changes,
    }


def id_in(location: str) -> UUID:
    """The letter of an address."""
    return UUID(location.rpartition("/")[2])


def tasks(office: LetterOffice, who: object) -> list[str]:
    """What the inbox tells somebody to do."""
    [source] = INBOX
    with office.app.read(who) as view:  # type: ignore[arg-type]  # an identity
        found = [task.verb for task in source.mine(view, 10)]
        assert source.count(view) == len(found)
        assert source.count_others(view) == len(list(source.others(view, 10)))
    return found


def test_a_letter_from_the_first_word_to_its_addressees(
    office: LetterOffice, client: Client
) -> None:
    """Written, sent for paraf, initialled, scanned and sent, each by its button."""
    with client.as_(office.writer):
        kinds = client.get(f"{HOME}/new").text
        assert f"{HOME}/new?kind=Surat%20Undangan" in kinds
        empty = client.get(f"{HOME}/new?kind={KIND}").text
        assert "Dalam rangka …" in empty
        missing = client.post_form(f"{HOME}/new", form(office, subject="", to=["Tidak ada"]))
        assert missing.status_code == 422
        assert "Tidak ada jabatan “Tidak ada”." in missing.text
        made = client.post_form(f"{HOME}/new", form(office))
        letter_id = id_in(made.headers["location"])
        path = f"{HOME}/{letter_id}"
        shown = client.get(path).text
        assert "Naskah surat disimpan." in shown
        assert "Kirim untuk paraf dan tanda tangan" in shown
        assert client.get(f"{path}/pages/1").content.startswith(b"\x89PNG")
        edit = client.get(f"{path}/edit").text
        assert 'value="Kepala · UNIT-B"' in edit
        assert ">PT Contoh</textarea>" in edit
        changed = {**form(office, subject="Undangan rapat kerja"), "version": "1", "note": "Judul"}
        assert client.post_form(f"{path}/edit", changed).status_code == 303
        versions = client.get(f"{path}/versions").text
        assert "ditambah:" in versions
        assert "kerja" in versions
        assert "Ini naskah pertama." in client.get(f"{path}/versions?n=1").text
        stale = client.post_form(f"{path}/start", {"version": "1"})
        assert stale.status_code == 422
        assert client.post_form(f"{path}/start", {"version": "2"}).status_code == 303
        work_off(office.app)
        assert "Menunggu paraf" in client.get(path).text
        assert tasks(office, office.writer) == []
    assert tasks(office, office.secretary) == ["Beri paraf"]
    with client.as_(office.secretary):
        page = client.get(path).text
        assert "Menunggu paraf Anda" in page
        step = re.search(r'name="step" value="([^"]+)"', page)
        assert step is not None
        back = client.post_form(f"{path}/paraf", {"step": step[1], "act": "back", "reason": ""})
        assert back.status_code == 422
        given = client.post_form(f"{path}/paraf", {"step": step[1], "note": "Sudah sesuai."})
        assert given.status_code == 303
    assert tasks(office, office.writer) == ["Cetak dan unggah"]
    with client.as_(office.writer):
        page = client.get(path).text
        assert "Sudah sesuai." in page
        assert "Unduh untuk dicetak" in page
        version = str(office.letter(letter_id).version)
        wrong = client.post_form(
            f"{path}/scan", {"version": version}, files={"file": ("x.txt", b"teks", "text/plain")}
        )
        assert "Unggah hasil pindaian sebagai PDF." in wrong.text
        none = client.post_form(f"{path}/scan", {"version": version})
        assert "Pilih berkas." in none.text
        sent = client.post_form(f"{path}/scan", {"version": version}, files={"file": PDF})
        assert sent.status_code == 303
        assert tasks(office, office.writer) == ["Kirim"]
        assert client.get(f"{path}/pages/1").content.startswith(b"\x89PNG")
        version = str(office.letter(letter_id).version)
        assert client.post_form(f"{path}/send", {"version": version}).status_code == 422
        told = {"version": version, "carried": "Kurir"}
        assert client.post_form(f"{path}/send", told).status_code == 303
        page = client.get(path).text
        assert "belum dibaca" in page
        assert "Kurir" in page
        assert client.get(f"{path}/pdf").content == PDF[1]
        listed = client.get(f"{HOME}?show=sent&q=rapat+kerja").text
        assert "B.000.1.2/1/UNIT-A/2026" in listed
        assert "Tidak ada surat di sini" in client.get(f"{HOME}?show=void").text
    [source] = INBOX
    with office.app.read(office.writer) as view:
        assert [task.verb for task in source.done(view, 5)] == ["Lihat"]
    with client.as_(office.cast.other_head):
        assert client.get(path).status_code == 200


def test_the_picture_follows_what_is_typed(office: LetterOffice, client: Client) -> None:
    """By the button without a script, by the route for the script; what is typed stays."""
    with client.as_(office.writer):
        page = client.post_form(f"{HOME}/new", form(office, act="preview")).text
        assert page.count("data:image/png;base64,") == 1
        assert 'value="Undangan rapat"' in page
        drawn = client.post_form(f"{HOME}/preview", form(office))
        assert [one[:22] for one in drawn.json()["pages"]] == ["data:image/png;base64,"]
        wrong = client.post_form(f"{HOME}/preview", form(office, signer="Tidak ada"))
        assert wrong.status_code == 422
        searched = client.post_form(f"{HOME}/new", form(office, act="search", class_q="dinas"))
        assert 'name="class_pick" value="000.1.2"' in searched.text
        picked = form(office, act="preview", class_code="", class_pick="000.1.2")
        assert 'name="class_code" value="000.1.2"' in client.post_form(f"{HOME}/new", picked).text
        letter_id = office.drafted()
        kept = {**form(office), "letter": str(letter_id), "version": "1"}
        assert client.post_form(f"{HOME}/preview", kept).status_code == 200
        answers = [client.post_form(f"{HOME}/preview", kept).status_code for _again in range(60)]
        assert answers[-1] == 429
    with client.as_(office.cast.other_head):
        foreign = client.post_form(f"{HOME}/preview", kept)
        assert foreign.status_code == 404
        other = client.post_form(f"{HOME}/preview", form(office))
        assert other.status_code == 403


def test_attachments_come_and_go_while_it_is_written(office: LetterOffice, client: Client) -> None:
    """And stay once it is on its way."""
    letter_id = office.drafted()
    path = f"{HOME}/{letter_id}"
    with client.as_(office.writer):
        assert (
            client.post_form(f"{path}/files", {"version": "1"}, files={"file": PDF}).status_code
            == 303
        )
        page = client.get(path).text
        found = re.search(rf'{path}/files/([0-9a-f-]+)"', page)
        assert found is not None
        assert client.get(f"{path}/files/{found[1]}").content == PDF[1]
        assert client.get(f"{path}/files/{new_id()}").status_code == 404
        gone = client.post_form(f"{path}/files/{found[1]}/remove", {"version": "2"})
        assert gone.status_code == 303
        assert client.get(f"{path}/files/{found[1]}").status_code == 404
        client.post_form(f"{path}/start", {"version": "3"})
        late = client.post_form(f"{path}/files", {"version": "4"}, files={"file": PDF})
        assert late.status_code == 422


def test_it_is_taken_back_and_voided_with_a_reason(office: LetterOffice, client: Client) -> None:
    """Each asks why; the page tells what became of it."""
    letter_id = office.started()
    path = f"{HOME}/{letter_id}"
    with client.as_(office.writer):
        assert client.post_form(f"{path}/recall", {"version": "2"}).status_code == 422
        told = {"version": "2", "reason": "Salah tanggal"}
        assert client.post_form(f"{path}/recall", told).status_code == 303
        page = client.get(path).text
        assert "Ditarik kembali:" in page
        assert "Salah tanggal" in page
        assert (
            client.post_form(f"{path}/void", {"version": "3", "reason": "Batal"}).status_code == 303
        )
        assert "Dibatalkan:" in client.get(path).text
        assert client.get(f"{path}/edit").status_code == 200
        kept = {**form(office), "version": "4"}
        assert client.post_form(f"{path}/edit", kept).status_code == 409


def test_an_electronic_letter_waits_at_the_service(office: LetterOffice, client: Client) -> None:
    """The page says where it is; one that no service took can be handed over again."""
    signing = Accepting()
    with_ports(office.app, sign_document=signing)
    letter_id = office.started(mode="electronic")
    path = f"{HOME}/{letter_id}"
    with client.as_(office.writer):
        assert "Layanan tanda tangan belum menerima surat ini." in client.get(path).text
        assert client.post_form(f"{path}/again", {"version": "2"}).status_code == 303
        work_off(office.app)
        page = client.get(path).text
        assert "menunggu di layanan tanda tangan elektronik" in page
        assert "Teruskan lagi" not in page
    assert len(signing.asked) == 1


def test_a_reply_begins_from_the_letter_that_it_answers(
    office: LetterOffice, client: Client
) -> None:
    """Its subject and the post that signed it; the answer shows what it answers."""
    asked = office.started()
    with client.as_(office.writer):
        begun = client.get(f"{HOME}/new?kind={KIND}&reply={asked}").text
        assert 'value="Tindak lanjut Undangan rapat data desa"' in begun
        assert 'value="Kepala · UNIT-A"' in begun
        made = client.post_form(f"{HOME}/new", form(office, reply=str(asked)))
        assert "Menjawab" in client.get(made.headers["location"]).text
    with client.as_(office.cast.other_head):
        assert client.get(f"{HOME}/new?kind={KIND}&reply={asked}").status_code == 404


def test_the_start_page_of_letters_shows_what_waits(office: LetterOffice, client: Client) -> None:
    """Parafs, signatures and signed letters have tiles; each list leads to the letter out."""
    letter_id = office.started(parafs=(office.post(office.secretary),))
    with client.as_(office.secretary):
        assert "Surat keluar menunggu paraf Anda" in client.get("/archives/letters").text
        page = client.get("/archives/letters/waiting/to-verify").text
        assert f"{HOME}/{letter_id}" in page
    with client.as_(office.cast.head):
        waiting = client.get("/archives/letters/waiting/to-sign").text
        assert f"{HOME}/{letter_id}" not in waiting
        agenda = client.get("/archives/letters/agenda").text
        assert f"{HOME}/{letter_id}" in agenda


def test_an_addressee_answers_from_the_letter(office: LetterOffice, client: Client) -> None:
    """Whoever may write letters is led to the form with the letter that he answers."""
    letter_id = office.started()
    work_off(office.app)
    file = store_file(office.app, PDF[1], "application/pdf", "x.pdf")
    with office.app.change(office.writer) as work:
        sign_by_hand(work, letter_id, office.letter(letter_id).version, file)
    with office.app.change(office.writer) as work:
        send_letter(work, letter_id, office.letter(letter_id).version)
    with client.as_(office.cast.other_head):
        page = client.get(f"/archives/letters/{letter_id}").text
        assert f"{HOME}/new?reply={letter_id}" in page
        kinds = client.get(f"{HOME}/new?reply={letter_id}").text
        assert f"reply={letter_id}" in kinds


def test_numbers_are_set_aside_entered_and_cancelled(office: LetterOffice, client: Client) -> None:
    """By forms of the registrar; the entered letter has a page with its scan."""
    with client.as_(office.registrar):
        assert "Belum ada nomor cadangan" in client.get(BLOCKS).text
        new = client.get(f"{BLOCKS}/new").text
        key = re.search(r'name="key" value="([^"]+)"', new)
        assert key is not None
        asked = {
            "key": key[1],
            "unit": str(office.unit),
            "kind": KIND,
            "count": "2",
            "reason": "Listrik padam",
        }
        assert client.post_form(f"{BLOCKS}/new", {**asked, "count": "x"}).status_code == 422
        first, again = (
            client.post_form(f"{BLOCKS}/new", asked).headers["location"] for _twice in range(2)
        )
        assert first == again
        assert "2 terbuka" in client.get(BLOCKS).text
        block = client.get(first).text
        one, two = dict.fromkeys(re.findall(r"numbers/([0-9a-f-]+)/enter", block))
        assert "Masukkan surat bernomor 1" in client.get(f"{BLOCKS}/numbers/{one}/enter").text
        typed = {"dated": "05/10/2026", "subject": "Surat kertas", "class_code": "000.1.2"}
        path = f"{BLOCKS}/numbers/{one}/enter"
        unsaid = client.post_form(path, typed, files={"file": PDF})
        assert (unsaid.status_code, "e-secrecy" in unsaid.text) == (422, True)
        entered = client.post_form(path, typed | {"secrecy": "B"}, files={"file": PDF})
        page = client.get(entered.headers["location"]).text
        assert "Memasukkan surat kertas" in page
        assert "B.000.1.2/1/UNIT-A/2026" in page
        assert client.get(f"{entered.headers['location']}/pdf").content == PDF[1]
        assert client.get(f"{entered.headers['location']}/versions").status_code == 404
        assert client.get(f"{BLOCKS}/numbers/{two}/cancel").status_code == 200
        gone = client.post_form(f"{BLOCKS}/numbers/{two}/cancel", {"reason": "Tidak dipakai"})
        assert gone.status_code == 303
        assert "Tidak dipakai" in client.get(first).text
        assert "Selesai" in client.get(BLOCKS).text


def test_the_same_form_twice_is_one_letter(office: LetterOffice, client: Client) -> None:
    """A second press, or a browser that sends again, finds the first letter."""
    with client.as_(office.writer):
        typed = form(office)
        first, second = (client.post_form(f"{HOME}/new", typed) for _twice in range(2))
        assert first.headers["location"] == second.headers["location"]
    assert office.actions().count("archives.letter.drafted") == 1


def test_a_key_of_somebody_else_shows_nothing(office: LetterOffice, client: Client) -> None:
    """Whoever guesses a key finds only what he may read."""
    key = new_id()
    with office.app.change(office.writer) as work:
        create(work, key, office.unit, KIND, office.content())
    with client.as_(office.cast.other_head):
        typed = form(office, key=str(key), unit=str(office.cast.sibling))
        assert client.post_form(f"{HOME}/new", typed).status_code == 404


@pytest.mark.parametrize(
    "name,data",
    [("pindaian.pdf", b"%PDF-1.7\n%scan\n"), ("surat.docx", b"PK\x03\x04"), ("a.pdf", b"<html>")],
)
def test_an_attachment_is_read_as_hostile(
    office: LetterOffice, client: Client, name: str, data: bytes
) -> None:
    """What is broken or not what its name says stays out of the letter, with a reason."""
    letter_id = office.drafted()
    with client.as_(office.writer):
        answer = client.post_form(
            f"/archives/outgoing/{letter_id}/files",
            {"version": "1"},
            files={"file": (name, data, "application/pdf")},
        )
    assert answer.status_code == 422
    with office.app.read(SYSTEM) as view:
        assert view.session.scalars(select(LetterFile)).all() == []
