"""Letters by HTTP: from the upload to the report, hostile files and forms, and forms sent twice."""

import html
import io
import re
from typing import Any

import httpx2
import pikepdf
import pytest
from sqlalchemy import func, select

from leuit.identity import SYSTEM
from leuit.pdf_pages import texts_of
from leuit.values import new_id
from leuit.work import Leuit
from leuit_archives.models import BroughtFile, Disposition, Letter
from tests.archives import office_files
from tests.archives.letter_office import LetterOffice, letter_office
from tests.archives.letter_pdf import NUMBER, SUBJECT, letter_pdf
from tests.support.client import Client

pytestmark = pytest.mark.ci
NEW = "/archives/letters/new"
PDF = "application/pdf"


@pytest.fixture
def office(app: Leuit) -> LetterOffice:
    """The office, nothing registered yet."""
    return letter_office(app)


@pytest.fixture
def desk(client: Client, office: LetterOffice) -> Client:
    """The registrar, signed in."""
    client.sign_in(office.who["registrar"])
    return client


def upload(client: Client, office: LetterOffice, data: bytes, name: str) -> httpx2.Response:
    """Send the first form with a file."""
    fields = {"unit": str(office.units["DIN"])}
    return client.post_form(NEW, fields, files={"file": (name, data, PDF)})


def values(page: str) -> dict[str, str]:
    """What the fields of a page hold by name; of choices the one that is marked."""
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = (re.search(rf'\b{one}="([^"]*)"', tag) for one in ("name", "value"))
        chosen = "checked" in tag or not re.search(r'type="(radio|checkbox|file)"', tag)
        if name and value and chosen:
            found.setdefault(name[1], html.unescape(value[1]))
    for name, text in re.findall(r'<textarea[^>]*\bname="([^"]*)"[^>]*>([^<]*)', page):
        found.setdefault(name, html.unescape(text))
    return found


def count(office: LetterOffice, table: Any) -> int:
    """How many rows there are."""
    with office.app.read(SYSTEM) as view:
        return int(view.session.scalar(select(func.count()).select_from(table)) or 0)


def paper_form(client: Client, office: LetterOffice, **changes: str) -> tuple[str, dict[str, str]]:
    """Address and answers of the second form for a letter on paper, in order otherwise."""
    path = f"{NEW}/paper"
    page = client.get(f"{path}?unit={office.units['DIN']}").text
    answers = values(page) | {"sender": "Camat Contoh", "subject": "Permohonan data"}
    return path, answers | changes


def test_from_the_upload_to_the_report(client: Client, office: LetterOffice, desk: Client) -> None:
    """Proposals are shown with their lines and confirmed; three people do the rest on pages."""
    answer = upload(desk, office, letter_pdf(), "surat.pdf")
    assert answer.status_code == 303
    second = answer.headers["location"]
    page = html.unescape(desk.get(second).text)
    shown = values(page)
    assert shown["number"] == NUMBER
    assert shown["subject"] == SUBJECT
    assert shown["dated"] == "01/10/2026"
    assert shown["urgency"] == "segera"
    assert shown["to-0"] == "Kepala Dinas · DIN"
    assert page.count("Terbaca dari") >= 4
    assert "Terbaca dari: “Nomor" in page
    assert desk.get(f"{second}/pages/1?w=360").headers["content-type"].startswith("image/")
    registered = desk.post_form(second, {**shown, "attached": "1 berkas"})
    assert registered.status_code == 303
    path = registered.headers["location"].partition("?")[0]
    again = desk.post_form(second, {**shown, "attached": "1 berkas"})
    assert again.headers["location"].partition("?")[0] == path
    assert (count(office, Letter), count(office, BroughtFile)) == (1, 0)
    letter_id = path.rpartition("/")[2]
    with office.app.read(SYSTEM) as view:
        letter = view.session.scalars(select(Letter)).one()
        assert (letter.number, letter.urgency, letter.agenda) == (NUMBER, "segera", 1)
        assert str(letter.id) == letter_id
        assert letter.state == "registered"
    for _twice in range(2):
        sent = desk.post_form(f"{path}/send", {"version": str(letter.version)})
        assert sent.status_code == 303
    with client.as_(office.who["kadis"]):
        assert SUBJECT in html.unescape(client.get("/archives/letters/waiting/unread").text)
        page = client.get(path).text
        assert SUBJECT not in client.get("/archives/letters/waiting/unread").text
        form = {
            "row": str(office.part(letter.id).id),
            "kind": "addressee",
            "key": values(page)["key"],
            "receivers": [str(office.posts["kabid"]), str(office.posts["staf"])],
            "instructions": ["lapor"],
        }
        for _twice in range(2):
            assert client.post_form(f"{path}/dispositions", form).status_code == 303
        assert count(office, Disposition) == 1
    with client.as_(office.who["kabid"]):
        assert "Laporkan hasilnya" in client.get(path).text
        row = office.got(letter.id, "kabid")
        told = {
            "row": str(row.id),
            "version": str(row.version),
            "report": "Data siap.",
            "done": "ya",
        }
        file = {"report_file": ("data.pdf", letter_pdf(), PDF)}
        assert client.post_form(f"{path}/report", told, files=file).status_code == 303
        assert "Data siap." in client.get(path).text
        assert client.get(f"{path}/reports/{row.id}").content.startswith(b"%PDF")
    with client.as_(office.who["kadis"]):
        [sheet] = texts_of(client.get(f"{path}/disposition.pdf").content)
        assert "Data siap." in sheet
        back = {"row": str(office.got(letter.id, "staf").id)}
        assert client.post_form(f"{path}/recall", back).status_code == 303
    with client.as_(office.who["staf"]):
        for inner in ("", "/files/1", "/files/1/pages/1", "/disposition.pdf", f"/reports/{row.id}"):
            assert client.get(path + inner).status_code == 404, inner


def hostile() -> dict[str, tuple[str, bytes]]:
    """Files that must not come in, by what is wrong with them."""
    pdf = letter_pdf()
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(locked, encryption=pikepdf.Encryption(owner="kunci", user="sandi"))
    return {
        "a program under the name of a PDF": ("surat.pdf", b"MZ\x90\x00" + bytes(200)),
        "a page of the web": ("surat.pdf", b"<html><script>alert(1)</script></html>"),
        "a PDF that one cannot open": ("surat.pdf", locked.getvalue()),
        "a PDF that is cut off": ("surat.pdf", b"%PDF-1.7\n%"),
        "an archive that unfolds": (
            "surat.docx",
            office_files.docx("isi", {"word/x.xml": bytes(20_000_000)}),
        ),
        "an archive of anything": ("surat.docx", office_files.package({"a.txt": "isi"})),
        "nothing at all": ("surat.pdf", b""),
    }


def test_a_hostile_file_is_refused_with_a_reason(desk: Client, office: LetterOffice) -> None:
    """Each gives the form again, with a fault at the file, and leaves nothing behind."""
    for what, (name, data) in hostile().items():
        answer = upload(desk, office, data, name)
        assert answer.status_code == 422, what
        assert 'class="fault"' in answer.text, what
        assert str(office.units["DIN"]) in answer.text
    assert count(office, BroughtFile) == 0
    path = f"/archives/letters/{office.register()}"
    for what, (name, data) in hostile().items():
        answer = desk.post_form(f"{path}/files", {}, files={"file": (name, data, PDF)})
        assert (answer.status_code, 'id="e-file"' in answer.text) == (422, True), what


def test_a_report_with_a_hostile_file_keeps_its_words(client: Client, office: LetterOffice) -> None:
    """The file is refused with a reason; what was typed stands in the form, nothing is stored."""
    letter_id = office.came()
    office.instruct(letter_id, "kabid")
    client.sign_in(office.who["kabid"])
    path = f"/archives/letters/{letter_id}"
    client.get(path)
    row = office.got(letter_id, "kabid")
    told = {"row": str(row.id), "version": str(row.version), "report": "Panjang sekali."}
    for name, data in list(hostile().values())[:-1]:
        file = {"report_file": (name, data, PDF)}
        answer = client.post_form(f"{path}/report", told, files=file)
        assert answer.status_code == 422
        assert ">Panjang sekali.</textarea>" in answer.text
    assert office.got(letter_id, "kabid").state == "read"


def test_nothing_typed_is_lost(desk: Client, office: LetterOffice) -> None:
    """A form with faults comes back with every answer, also of rows not shown at first."""
    path, answers = paper_form(desk, office)
    wrong = answers | {
        "subject": "",
        "sender": "Camat <b>Contoh</b>",
        "attached": "2 lembar",
        "received_on": "31/02/2026",
        "to-7": "Jabatan Tak Ada",
        "cc-1": "SIB",
    }
    answer = desk.post_form(path, wrong)
    assert answer.status_code == 422
    shown = values(answer.text)
    for name in ("sender", "attached", "received_on", "to-0", "to-7", "cc-1"):
        assert shown[name] == wrong[name], name
    assert count(office, Letter) == 0
    unknown = desk.post_form(path, answers | {"to-0": "Jabatan Tak Ada"})
    assert unknown.status_code == 422
    assert "Tidak ada jabatan" in html.unescape(unknown.text)


def test_a_letter_that_is_known_is_asked_about(desk: Client, office: LetterOffice) -> None:
    """The same number and date come back with the question, and go through with its answer."""
    path, first = paper_form(desk, office, number="1/X")
    assert desk.post_form(path, first).status_code == 303
    path, other = paper_form(desk, office, number="1/X")
    answer = desk.post_form(path, other)
    assert answer.status_code == 422
    assert "sudah tercatat dengan nomor agenda 1" in html.unescape(answer.text)
    assert desk.post_form(path, other | {"again": "ya"}).status_code == 303
    assert desk.post_form(path, other | {"again": "ya"}).status_code == 303
    assert count(office, Letter) == 2


_ROWS = ("to-99999", "to-x", "to-", "to--1", "to-²", "cc-0000", "to-00" + "9" * 5_000, "to-1e3")
_IDS = ("", "x", "0", "None", "%00", "../..", "1" * 400)
_VERSIONS = ("", "x", "-1", "9" * 40, "1.5", "²")


def test_garbage_in_a_form_is_never_a_fault_of_the_house(
    client: Client, office: LetterOffice, desk: Client
) -> None:
    """Ids, versions and names of rows that nobody typed give a page with a reason, never a 500."""
    path, answers = paper_form(desk, office)
    for name in _ROWS:
        given = {**answers, name: "DIN", "key": str(new_id())}
        assert desk.post_form(path, given).status_code in (303, 404, 422), name[:9]
        del given["to-0"]
        assert desk.post_form(path, given | {"key": str(new_id())}).status_code in (303, 422)
    for key in _IDS:
        assert desk.post_form(path, answers | {"key": key}).status_code in (303, 404, 422)
        assert desk.post_form(f"{NEW}/{new_id()}", answers | {"key": key}).status_code == 404
    letter_id = office.register()
    own = f"/archives/letters/{letter_id}"
    for version in _VERSIONS:
        for inner in ("send", "edit"):
            answer = desk.post_form(f"{own}/{inner}", answers | {"version": version})
            assert answer.status_code in (404, 409, 422), (inner, version)
    assert office.letter(letter_id).version == 1
    office.send(letter_id)
    part = str(office.part(letter_id).id)
    client.sign_in(office.who["kadis"])
    good = {"row": part, "key": str(new_id()), "receivers": str(office.posts["kabid"])}
    for garbage in _IDS:
        for inner, fields in (
            ("dispositions", good | {"row": garbage}),
            ("dispositions", good | {"receivers": garbage}),
            ("dispositions", good | {"coordinator": garbage or "x"}),
            ("dispositions", good | {"key": garbage or "x"}),
            ("dispositions", good | {"kind": "receiver", "version": garbage}),
            ("dispositions", good | {"due": garbage or "32/13/2026"}),
            ("settle", {"row": garbage}),
            ("recall", {"row": garbage}),
            ("report", {"row": garbage, "version": "1"}),
        ):
            answer = client.post_form(f"{own}/{inner}", fields)
            assert answer.status_code in (404, 422), (inner, fields)
    with office.app.read(SYSTEM) as view:
        assert view.session.scalars(select(Disposition)).all() == []
    for address in ("files/0", "files/x", "files/1/pages/x", f"reports/{new_id()}", "reports/x"):
        assert client.get(f"{own}/{address}").status_code == 404
    for query in ("year=x", "year=" + "9" * 30, "unit=x", "direction=zz", "state=zz", "page=-1"):
        assert client.get(f"/archives/letters/agenda?{query}").status_code in (200, 404, 422), query
    assert client.get("/archives/letters/waiting/nothing").status_code == 404
