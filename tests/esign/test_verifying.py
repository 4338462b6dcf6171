"""Verifying by file: whole documents of an office, looked at through the public page."""

import html
import re
from uuid import UUID

import httpx2
import pytest

from leuit.contracts import Verification
from leuit.identity import SYSTEM
from leuit.values import RecordRef
from leuit.work import register_file, store_file
from leuit_esign.models import Document, Step
from tests.esign.attacks import signed, updated
from tests.esign.attacks_content import CORPUS as CONTENT
from tests.esign.letters import Pen, letter
from tests.esign.test_chain import Office, office
from tests.support.client import Client

pytestmark = pytest.mark.ci

__all__ = ["office"]  # the fixture of the services' tests

ATTACKS = {one.name: one for one in CONTENT.attacks}
GENUINE, OUTDATED = "Ya, asli dan berlaku", "Asli, tetapi tidak berlaku lagi"
ALTERED, UNREGISTERED = "Tidak asli: isinya sudah diubah", "Tidak terdaftar"
OPEN = "Belum dapat dipastikan"


def upload(client: Client, pdf: bytes, code: str = "") -> httpx2.Response:
    """Send a file by the form of the page."""
    fields = {"code": code} if code else {}
    return client.post_form("/verifikasi", fields, files={"file": ("surat.pdf", pdf)})


def heading(answer: httpx2.Response) -> str:
    """The answer of a page: the heading in its verdict."""
    assert answer.status_code == 200, answer.text
    found = re.search(r'<h2 class="verdict-answer">(.*?)</h2>', answer.text)
    assert found is not None
    return html.unescape(found[1])


def told(client: Client, pdf: bytes, code: str = "") -> str:
    """The answer about a file."""
    return heading(upload(client, pdf, code))


def done(office: Office, *signers: str) -> UUID:
    """A letter with the signatures of these, one after the other."""
    signers = signers or ("bupati",)
    letter_id = office.send(*((one, "sign", number) for number, one in enumerate(signers, 1)))
    for one in signers:
        office.sign(one, letter_id)
    assert office.document(letter_id).state == "done"
    return letter_id


def change(office: Office, document_id: UUID, **values: object) -> None:
    """Set columns of a document, as later life of a document will."""
    with office.app.change(SYSTEM) as work:
        document = work.session.get_one(Document, document_id)
        for name, value in values.items():
            setattr(document, name, value)
        ref = RecordRef("esign.document", str(document_id))
        work.audit("esign.document.reopened", ref)


def code_of(office: Office, document_id: UUID) -> str:
    """The code of a document."""
    return office.document(document_id).code


def test_the_last_version_is_genuine(office: Office, client: Client) -> None:
    """The file we keep, and no other with the same page: not the letter before it was signed."""
    letter_id = done(office, "kadis", "bupati")
    pdf = office.pdf(letter_id)
    page = upload(client, pdf)
    assert heading(page) == GENUINE
    for words in ("SITI CONTOH, S.E., M.Si.", "ANI CONTOH, S.Kom.", "Kepala Dinas", "Sah", "Surat"):
        assert words in page.text
    document = office.document(letter_id)
    assert told(client, office.app.blobs.get(document.source_sha256)) == UNREGISTERED


def test_a_version_before_the_last_is_told(office: Office, client: Client) -> None:
    """On its way it is not finished; afterwards it is not the last version."""
    letter_id = office.send(("kadis", "sign", 1), ("bupati", "sign", 2))
    office.sign("kadis", letter_id)
    first = office.pdf(letter_id)
    running = upload(client, first)
    assert heading(running) == OPEN
    assert "belum selesai" in running.text
    assert code_of(office, letter_id) not in running.text.replace("-", "")
    office.sign("bupati", letter_id)
    earlier = upload(client, first)
    assert heading(earlier) == OUTDATED
    assert "bukan versi terakhir" in earlier.text


def test_a_document_that_was_stopped_is_a_stranger(office: Office, client: Client) -> None:
    """Its signatures are good, but it never was a document of ours."""
    letter_id = office.send(("kadis", "sign", 1), ("bupati", "sign", 2))
    office.sign("kadis", letter_id)
    change(office, letter_id, state="refused", reason="Salah tanggal")
    page = upload(client, office.pdf(letter_id))
    assert heading(page) == UNREGISTERED
    assert "Tanda tangan di dalamnya sah" in page.text
    assert "Salah tanggal" not in page.text


def test_a_superseded_document_leads_to_the_newer_one(office: Office, client: Client) -> None:
    """Genuine, no longer in force, with a link to what took its place."""
    old, new = done(office), done(office)
    change(office, new, replaces_id=old, number="800/12/2026")
    change(office, old, state="superseded")
    page = upload(client, office.pdf(old))
    assert heading(page) == OUTDATED
    assert f'href="/verifikasi/{code_of(office, new)}"' in page.text
    assert "800/12/2026" in page.text
    assert told(client, office.pdf(new)) == GENUINE


def test_a_revoked_document_says_why(office: Office, client: Client) -> None:
    """Genuine, revoked, and the reason."""
    letter_id = done(office)
    change(office, letter_id, state="revoked", reason="Ada kekeliruan dasar hukum")
    page = upload(client, office.pdf(letter_id))
    assert heading(page) == OUTDATED
    assert "Ada kekeliruan dasar hukum" in page.text


def test_a_revoked_document_does_not_come_back(office: Office, client: Client, pen: Pen) -> None:
    """Brought again and registered as another document, with or without one more signature."""
    old = done(office)
    change(office, old, state="revoked", reason="Keliru")
    for pdf in (office.pdf(old), pen.sign(office.pdf(old), "kadis", "TTE9")):
        again = done(office)
        sha256 = _stored(office, pdf)
        change(office, again, current_sha256=sha256)
        page = upload(client, pdf)
        assert heading(page) == OUTDATED
        assert "Keliru" in page.text


def test_a_document_may_replace_what_it_contains(office: Office, client: Client, pen: Pen) -> None:
    """The same file signed once more as its own successor is in force."""
    old, new = done(office), done(office)
    pdf = pen.sign(office.pdf(old), "kadis", "TTE9")
    change(office, old, state="superseded")
    change(office, new, current_sha256=_stored(office, pdf), replaces_id=old)
    assert told(client, pdf) == GENUINE


def test_a_paraf_alone_registers_nothing(office: Office, client: Client) -> None:
    """Whoever brings a file and approves it himself has not made it a document of ours."""
    letter_id = done(office)
    with office.app.change(SYSTEM) as work:
        step = work.session.query(Step).filter_by(document_id=letter_id).one()
        step.kind, step.field = "paraf", None
        work.audit("esign.step.paraf", RecordRef("esign.document", str(letter_id)))
    assert told(client, office.pdf(letter_id)) == UNREGISTERED
    assert client.get(f"/verifikasi/{code_of(office, letter_id)}").status_code == 404


@pytest.mark.parametrize("name", ["content_replaced", "cover_freed"])
def test_an_attack_on_a_letter_is_told(office: Office, client: Client, pen: Pen, name: str) -> None:
    """Shadow attacks through the page: what is shown was changed after it was signed."""
    page = upload(client, ATTACKS[name].build(pen))
    assert heading(page) == ALTERED
    assert "Tidak sah" in page.text
    assert office.app is client.leuit


def test_our_document_with_something_added(office: Office, client: Client, pen: Pen) -> None:
    """Signatures hidden: altered. A good signature more: not confirmed. A ruin: not confirmed."""
    pdf = office.pdf(done(office))
    assert told(client, _without_form(pdf)) == ALTERED
    more = upload(client, pen.sign(pdf, "kadis", "TTE9"))
    assert heading(more) == OPEN
    assert "ditambah sesudahnya" in more.text
    assert told(client, pdf + b"\n") in (OPEN, ALTERED)


def test_files_of_others(office: Office, client: Client, pen: Pen) -> None:
    """A valid signature of anybody makes no document of ours; trust problems keep their names."""
    page = upload(client, signed(pen))
    assert heading(page) == UNREGISTERED
    assert "Tanda tangan di dalamnya sah" in page.text
    foreign = upload(client, signed(pen, "asing"))
    assert heading(foreign) == OPEN
    assert "Mengaku sebagai PENYAMAR CONTOH" in foreign.text
    assert "tidak dikenal" in foreign.text
    assert told(client, signed(pen, "dicabut")) == UNREGISTERED
    assert told(client, signed(pen, "habis")) == OPEN
    assert told(client, letter()) == UNREGISTERED
    assert told(client, signed(pen).replace(b"Surat Uji", b"Surat Lain", 1)) in (ALTERED, OPEN)


def test_a_file_is_compared_with_a_code(office: Office, client: Client, pen: Pen) -> None:
    """The document of the code, another one of ours, a code of nobody, somebody else's file."""
    mine, other = done(office), done(office)
    pdf, code = office.pdf(mine), code_of(office, mine)
    same = upload(client, pdf, code.lower())
    assert heading(same) == GENUINE
    assert "cocok dengan kode" in same.text
    wrong = upload(client, pdf, code_of(office, other))
    assert heading(wrong) == OPEN
    assert "bukan dokumen dengan kode" in wrong.text
    assert told(client, pdf, "000000000000") == OPEN
    strange = upload(client, signed(pen), code)
    assert heading(strange) == UNREGISTERED
    assert "bukan dokumen dengan kode" in strange.text


def test_without_a_list_of_trust_nothing_is_sure(client: Client, pen: Pen) -> None:
    """An installation that trusts nobody yet answers, and confirms nothing."""
    assert told(client, signed(pen)) == OPEN


def test_the_port_tells_of_the_signatures(office: Office, pen: Pen) -> None:
    """`verify_document` gives the verdict as a value, for what is in the file never an error."""
    verify = office.app.vocabulary.ports["verify_document"]
    found = verify(office.app, signed(pen))
    assert isinstance(found, Verification)
    assert (found.verdict, found.reason_code) == ("VALID", "valid")
    assert found.signatures[0].signer == "SITI CONTOH, S.E., M.Si."
    for pdf, word in (
        (b"", "TIDAK DAPAT DIVERIFIKASI"),
        (b"bukan", "TIDAK DAPAT DIVERIFIKASI"),
        (letter(), "TIDAK ADA TANDA TANGAN"),
    ):
        assert verify(office.app, pdf).verdict == word


def test_programs_ask_by_json(office: Office, client: Client, pen: Pen) -> None:
    """The PDF as a file of a form; the verdict, the answer, the document."""
    letter_id = done(office)
    address = "/api/esign/v1/verifications"
    pdf = office.pdf(letter_id)
    files = {"file": ("surat.pdf", pdf)}
    assert client.post(address, files=files).status_code == 401
    client.sign_in(office.who["kadis"])
    answer = client.post(address, files=files)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["verdict"], found["answer"]) == ("VALID", "genuine")
    assert found["signatures"][0]["signer"] == "SITI CONTOH, S.E., M.Si."
    assert found["registered"] == {
        "code": code_of(office, letter_id),
        "number": "",
        "title": "Surat",
        "state": "done",
    }
    strange = client.post(address, files={"file": ("surat.pdf", signed(pen))}).json()
    assert (strange["verdict"], strange["answer"]) == ("VALID", "unregistered")
    assert strange["registered"] is None
    files = {"other": ("x.pdf", pdf)}
    for wrong in (
        client.post(address),
        client.post(address, json={}),
        client.post(address, files=files),
    ):
        assert wrong.status_code == 422
        assert wrong.json()["code"] == "invalid_input"


def _stored(office: Office, pdf: bytes) -> str:
    file = store_file(office.app, pdf, "application/pdf", "x.pdf")
    with office.app.change(SYSTEM) as work:
        sha256 = register_file(work, file)
        work.audit("esign.file.signed", RecordRef("core.blob", sha256))
    return sha256


def _without_form(pdf: bytes) -> bytes:
    """The file with an update whose catalogue has no form: no reader finds a signature."""
    root = int(re.findall(rb"/Root (\d+) 0 R", pdf)[-1])
    pages = re.findall(rb"/Pages (\d+) 0 R", pdf)[-1]
    return updated(pdf, {root: b"<</Type/Catalog/Pages %s 0 R>>" % pages})
