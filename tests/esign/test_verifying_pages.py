"""The public page as strangers use it: codes, hostile files, crowds, and what stays hidden."""

import contextlib
import datetime as dt
import html
import re
import threading
import zlib
from collections.abc import Iterator

import pytest
from sqlalchemy import event

from leuit.identity import SYSTEM
from leuit.storage import Blob
from leuit.testing import cast
from leuit.values import ManualClock, RecordRef, shown_paper_code
from leuit.work import AuditEntry, Leuit
from leuit_esign.models import SIGN, Document, Step
from leuit_esign.pages import verifying as pages
from leuit_esign.rules import Examination
from leuit_esign.service import results, verifying
from leuit_esign.service.desk import Desk
from leuit_esign.service.documents import bring, receive
from tests.esign.letters import letter, pdf_of
from tests.esign.test_verifying import OPEN, UNREGISTERED, heading, upload
from tests.support.client import Client

ACCIDENTS = ("Traceback", "sqlalchemy", 'File "', "Exception", "site-packages")


@pytest.fixture
def code(app: Leuit) -> str:
    """The code of a document in force, signed by one official."""
    people = cast(app)
    received = receive(app, letter(), "surat.pdf")
    with app.change(people.member) as work:
        document = bring(work, "Undangan rapat <b>", received)
        document.state, document.current_sha256 = "done", document.pdf_sha256
        document.number, document.ended_at = "800/12/2026", work.now
        assert people.member.person_id
        work.session.add(
            Step(
                document_id=document.id,
                number=1,
                kind=SIGN,
                position_id=people.unit,
                title="Kepala Dinas",
                field="TTE1",
                state="done",
                decided_at=work.now,
                person_id=people.member.person_id,
                acting="Plt.",
                acted_as="Plt. Kepala Dinas",
            )
        )
        return document.code


def become(app: Leuit, code: str, **values: object) -> None:
    """Set columns of the document."""
    with app.change(SYSTEM) as work:
        document = work.session.query(Document).filter_by(code=code).one()
        for name, value in values.items():
            setattr(document, name, value)
        work.audit("esign.document.reopened", RecordRef("esign.document", str(document.id)))


def stored(app: Leuit) -> tuple[int, ...]:
    """How many files, documents and audit entries there are."""
    with app.read(SYSTEM) as view:
        return tuple(view.session.query(model).count() for model in (Blob, Document, AuditEntry))


def test_a_code_alone_says_registered(app: Leuit, client: Client, code: str) -> None:
    """Number, date, subject and signer, with a warning, and never that the letter is genuine."""
    page = client.get(f"/verifikasi/{code}")
    assert heading(page) == "Terdaftar"
    text = html.unescape(page.text)
    for words in ("800/12/2026", "5 Oktober 2026", "Plt. Kepala Dinas", "belum membuktikan"):
        assert words in text
    assert "Undangan rapat &lt;b&gt;" in page.text
    assert "Ya, asli" not in text
    assert "Situs resmi Pemerintah" in text
    assert "set-cookie" not in page.headers
    assert 'content="noindex"' in page.text


@pytest.mark.parametrize("state, word", [("revoked", "dicabut"), ("superseded", "diganti")])
def test_a_code_of_a_document_that_ended(
    app: Leuit, client: Client, code: str, state: str, word: str
) -> None:
    """Registered, no longer in force: the heading says so."""
    become(app, code, state=state, reason="Keliru")
    page = client.get(f"/verifikasi/{code}")
    assert heading(page) == "Terdaftar, tetapi tidak berlaku lagi"
    assert word in page.text
    assert ("Keliru" in page.text) == (state == "revoked")


def test_codes_are_read_as_they_were_meant(client: Client, code: str) -> None:
    """Typed in small letters with dashes, or with O and I, one comes to the same page."""
    typed = shown_paper_code(code).lower().replace("0", "o").replace("1", "l")
    answer = client.get("/verifikasi", params={"code": typed})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/verifikasi/{code}")
    assert client.post_form("/verifikasi", {"code": typed}).headers["location"].endswith(code)
    assert heading(client.get(f"/verifikasi/{typed}")) == "Terdaftar"
    wrong = client.get("/verifikasi", params={"code": "7Q4K-92"})
    assert wrong.status_code == 422
    assert 'value="7Q4K-92"' in wrong.text
    assert "12 huruf dan angka" in wrong.text


@pytest.mark.parametrize("state", ["draft", "running", "refused"])
def test_what_is_not_for_the_public_is_like_nothing(
    app: Leuit, client: Client, code: str, state: str
) -> None:
    """Word for word and query for query the answer about a code that nobody has."""
    become(app, code, state=state)
    asked: list[str] = []
    found = []
    for one in (code, "ZZZZZZZZZZZZ"):
        with queries(app) as made:
            page = client.get(f"/verifikasi/{one}")
        assert page.status_code == 404
        text = re.sub(r"[0-9A-F]{8}", "", page.text)
        found.append(text.replace(shown_paper_code(one), "KODE").replace(one, "KODE"))
        asked.append(str(made))
    assert found[0] == found[1]
    assert asked[0] == asked[1]


@contextlib.contextmanager
def queries(app: Leuit) -> Iterator[list[str]]:
    """The statements that readers send in the block."""
    made: list[str] = []

    def sent(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        made.append(statement)

    event.listen(app.database.reader, "before_cursor_execute", sent)
    try:
        yield made
    finally:
        event.remove(app.database.reader, "before_cursor_execute", sent)


@pytest.mark.parametrize(
    "path", ["/verifikasi/%3Cscript%3E", "/verifikasi/..%2f..%2fx", "/verifikasi/" + "x" * 4000]
)
def test_a_strange_address_is_answered_like_an_unknown_code(client: Client, path: str) -> None:
    """Whatever stands in a forged QR code: not registered, and nothing of it is run."""
    page = client.get(path)
    assert page.status_code == 404
    assert "<script>" not in page.text
    assert len(page.text) < 20_000


BOMB = pdf_of(
    [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>\nstream\n%s\nendstream"
        % (len(packed := zlib.compress(zlib.compress(bytes(300_000_000), 9), 9)), packed),
    ]
)
HOSTILE = {
    "a bomb": BOMB,
    "no PDF": b"<html><script>alert(1)</script>",
    "only the mark": b"%PDF-1.7\n",
    "half a letter": letter()[:300],
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "marks without end": b"%PDF-1.7\n" + b"%%EOF\n" * 200_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_an_answer(app: Leuit, client: Client, name: str) -> None:
    """No fault of ours, no trace of the program, nothing stored, never genuine."""
    before = stored(app)
    page = upload(client, HOSTILE[name])
    assert heading(page) in (OPEN, UNREGISTERED)
    assert not [word for word in ACCIDENTS if word in page.text]
    assert stored(app) == before


def test_files_that_are_refused(client: Client) -> None:
    """No file, an empty one, one too large: the form again with the code, and what to do."""
    for files, status, words in (
        ({}, 422, "Pilih berkas PDF."),
        ({"file": ("x.pdf", b"")}, 422, "Berkas ini kosong."),
        ({"file": ("x.pdf", b"%PDF-" + bytes(21 * 1024 * 1024))}, 413, "paling besar 20 MB"),
    ):
        page = client.post_form("/verifikasi", {"code": "7q4k-92"}, files=files)
        assert page.status_code == status, page.text
        assert words in page.text
        assert 'value="7q4k-92"' in page.text
    page = client.post_form("/verifikasi", {}, files={"file": ("x.pdf", bytes(23 * 1024 * 1024))})
    assert page.status_code == 413
    broken = client.post(
        "/verifikasi",
        content=b"--x\r\nContent-Disposition: form-data; name=file; filename=x\r\n\r\n%PDF",
        headers={
            "Content-Type": "multipart/form-data; boundary=x",
            "Sec-Fetch-Site": "same-origin",
        },
    )
    assert broken.status_code == 422


def test_a_form_of_another_site_is_refused(client: Client) -> None:
    """Strangers post without cookies, but from our own page."""
    files = {"file": ("x.pdf", letter())}
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/verifikasi", files=files, headers=headers).status_code == 403
    assert client.post("/verifikasi", files=files).status_code == 200


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk whose examiner finds nothing, at once."""

    class Quick:
        def examine(self, *_given: object) -> Examination:
            return Examination()

    monkeypatch.setattr(pages, "PUBLIC_DESK", Quick())


@pytest.mark.usefixtures("quick")
def test_one_network_sends_so_many_files(app: Leuit, client: Client, clock: ManualClock) -> None:
    """The thirty-first within ten minutes is told when to come again, with the code kept."""
    for _one in range(30):
        assert upload(client, letter()).status_code == 200
    page = upload(client, letter(), "7q4k-92")
    assert page.status_code == 429
    assert page.headers["Retry-After"] == "20"
    assert 'value="7q4k-92"' in page.text
    assert client.get("/verifikasi/ZZZZZZZZZZZZ").status_code == 404
    clock.advance(dt.timedelta(seconds=20))
    assert upload(client, letter()).status_code == 200
    with client.as_(cast(app).member):
        for _one in range(5):
            assert upload(client, letter()).status_code == 200


def test_a_file_that_ran_into_a_limit_counts_tenfold(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three such files use up what thirty others would."""

    class Held:
        def examine(self, *_given: object) -> Examination:
            return Examination(failure="time_out")

    monkeypatch.setattr(pages, "PUBLIC_DESK", Held())
    for _one in range(3):
        page = upload(client, letter())
        assert heading(page) == OPEN
        assert "terlalu lama" in page.text
    assert upload(client, letter()).status_code == 429


def test_a_full_desk_hinders_nobody_else(
    app: Leuit, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond its places: come back in a moment, with the code kept; services are served on."""
    entered, leave = threading.Event(), threading.Event()
    desk = Desk(1)

    def held(*_given: object) -> Examination:
        entered.set()
        assert leave.wait(60)
        return Examination()

    monkeypatch.setattr(desk._examiner, "examine", held)
    monkeypatch.setattr(pages, "PUBLIC_DESK", desk)
    first: list[int] = []
    waiting = threading.Thread(
        target=lambda: first.append(upload(client, letter()).status_code), daemon=True
    )
    waiting.start()
    try:
        assert entered.wait(60)
        page = upload(client, letter(), "7q4k-92")
        assert page.status_code == 503
        assert int(page.headers["Retry-After"]) > 0
        assert "Coba lagi sebentar lagi" in page.text
        assert 'value="7q4k-92"' in page.text
        verify = app.vocabulary.ports["verify_document"]
        assert verify(app, letter()).verdict == "TIDAK ADA TANDA TANGAN"
    finally:
        leave.set()
        waiting.join(60)
    assert first == [200]
    assert upload(client, letter()).status_code == 200


def test_desks_are_not_where_signatures_are_checked() -> None:
    """A file of the public holds neither the process of signers nor that of services."""
    examiners = {
        id(one)
        for one in (
            results._examiner,
            verifying.PUBLIC_DESK._examiner,
            verifying.OFFICE_DESK._examiner,
        )
    }
    assert len(examiners) == 3
