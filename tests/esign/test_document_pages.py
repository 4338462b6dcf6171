"""Bringing a document and placing signatures on it, as its owner does in a browser."""

import io
import re
from typing import Any
from uuid import UUID

import httpx2
import pikepdf
import pytest

from leuit.identity import SYSTEM
from leuit.pdf_pages import picture_of
from leuit.testing import Cast, cast
from leuit.values import InvalidInputError
from leuit.work import AuditEntry, Leuit
from leuit_esign.models import Document, PlaceRow
from leuit_esign.service.documents import bring, receive
from leuit_esign.service.places import add_preset, move_places, place_of
from tests.esign.letters import Pen, letter, with_fields
from tests.support.client import Client


@pytest.fixture
def office(app: Leuit) -> Cast:
    """A small regency."""
    return cast(app)


@pytest.fixture
def owner(client: Client, office: Cast) -> Client:
    """A member of staff, signed in."""
    client.sign_in(office.member)
    return client


def upload(client: Client, pdf: bytes, title: str = "Undangan rapat") -> httpx2.Response:
    """Send the upload form."""
    files = {"file": ("surat.pdf", pdf, "application/pdf")}
    return client.post_form("/esign/new", {"title": title}, files=files)


def brought(client: Client, pdf: bytes) -> str:
    """The address of a document that was taken in."""
    answer = upload(client, pdf)
    assert answer.status_code == 303, answer.text
    path: str = answer.headers["location"]
    return path


def version(client: Client, path: str) -> str:
    """The version that the page's forms carry."""
    found = re.search(r'name="version" value="(\d+)"', client.get(path).text)
    assert found is not None
    return found[1]


def test_a_letter_comes_in_and_is_sent(owner: Client, app: Leuit) -> None:
    """Upload, a usual place, a signer, sending: the PDF has its field where it was put."""
    path = brought(owner, letter("Hormat kami # selesai", pages=2).replace(b"#", b"#", 1))
    page = owner.get(path)
    assert page.status_code == 200
    assert "Undangan rapat" in page.text
    form = {"version": version(owner, path), "spot": "bottom_right", "page": "2"}
    assert owner.post_form(f"{path}/places", form).status_code == 303
    assert owner.post_form(f"{path}/prepare", {"version": version(owner, path)}).status_code == 303
    assert "Menentukan penanda tangan" in owner.get(path).text
    assert owner.post_form(f"{path}/reopen", {"version": version(owner, path)}).status_code == 303
    assert "Belum dikirim" in owner.get(path).text
    for inner, fields in (
        ("prepare", {}),
        ("steps", {"position": "UNIT-A", "kind": "sign", "number": "1"}),
        ("start", {}),
    ):
        form = {"version": version(owner, path), **fields}
        assert owner.post_form(f"{path}/{inner}", form).status_code == 303
    data = owner.get(f"{path}/pdf").content
    with pikepdf.open(io.BytesIO(data)) as pdf:
        [field] = pdf.Root.AcroForm.Fields
        assert (str(field.FT), str(field.T)) == ("/Sig", "TTE1")
        assert [round(float(side)) for side in field.Rect] == [379, 56, 539, 126]
        assert str(field.TU) == "Tanda tangan elektronik Kepala"
        assert field.P.objgen == pdf.pages[1].obj.objgen
    with app.read(SYSTEM) as view:
        actions = [
            row.action
            for row in view.session.query(AuditEntry).order_by(AuditEntry.id)
            if row.action.startswith("esign.")
        ]
    assert actions == [
        "esign.document.brought",
        "esign.document.placed",
        "esign.document.prepared",
        "esign.document.reopened",
        "esign.document.prepared",
        "esign.step.added",
        "esign.document.sending",
        "esign.document.started",
    ]


def test_a_mark_must_stand_once(owner: Client) -> None:
    """ES-18: one character, found exactly once; the box begins where it stands."""
    path = brought(owner, letter("Kepala Dinas # di sini"))
    form = {"by": "mark", "version": version(owner, path)}
    for mark, words in (
        ("##", "satu huruf"),
        ("", "satu huruf"),
        ("%", "tidak ada"),
        ("a", "kali"),
    ):
        answer = owner.post_form(f"{path}/places", {**form, "mark": mark})
        assert answer.status_code == 422
        assert words in answer.text
    assert owner.post_form(f"{path}/places", {**form, "mark": "#"}).status_code == 303
    assert "TTE1" in owner.get(path).text


def test_what_is_wrong_is_told_beside_its_field(owner: Client) -> None:
    """Numbers that are none and boxes outside the page are told; what was typed stands there."""
    path = brought(owner, letter())
    owner.post_form(
        f"{path}/places", {"version": version(owner, path), "spot": "top_left", "page": "1"}
    )
    page = owner.get(path).text
    found = re.search(r'name="left-([0-9a-f-]+)"', page)
    assert found is not None
    place = found[1]
    good = {
        f"page-{place}": "1",
        f"left-{place}": "20,5",
        f"top-{place}": "30.5",
        f"width-{place}": "60",
        f"height-{place}": "25",
        "version": version(owner, path),
    }
    for change, words in (
        ({f"left-{place}": "900"}, "keluar dari halaman"),
        ({f"left-{place}": "abc"}, "angka dalam milimeter"),
        ({f"width-{place}": "1"}, "terlalu kecil"),
        ({f"page-{place}": "7"}, "Halaman itu tidak ada"),
        ({f"left-{place}": "nan"}, "angka dalam milimeter"),
        ({f"left-{place}": "1e99"}, "angka dalam milimeter"),
    ):
        answer = owner.post_form(f"{path}/places/move", {**good, **change})
        assert answer.status_code == 422, change
        assert words in answer.text, change
        assert f'value="{next(iter(change.values()))}"' in answer.text
    assert owner.post_form(f"{path}/places/move", good).status_code == 303
    assert 'value="20,5"' in owner.get(path).text
    stale = owner.post_form(f"{path}/places/move", good)
    assert stale.status_code == 422
    assert "sudah berubah" in stale.text
    removed = {"version": version(owner, path), "remove": place}
    assert owner.post_form(f"{path}/places/move", removed).status_code == 303
    assert "Belum ada tempat" in owner.get(path).text


@pytest.mark.parametrize(
    "pdf, words",
    [(b"GIF89a", "bukan PDF"), (b"%PDF-1.7 rusak", "rusak"), (b"", "bukan PDF")],
)
def test_a_refused_upload_says_what_to_do(owner: Client, pdf: bytes, words: str) -> None:
    """The reason stands at the file, the title is kept, nothing is stored as a document."""
    answer = upload(owner, pdf)
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Undangan rapat"' in answer.text
    assert "Belum ada dokumen" in owner.get("/esign").text


def test_titles_are_asked_for(owner: Client) -> None:
    """An empty title and one of more than 200 characters are refused."""
    for title in ("", "x" * 201):
        assert upload(owner, letter(), title).status_code == 422


def test_a_signed_pdf_goes_on_as_it_is(owner: Client, pen: Pen, app: Leuit) -> None:
    """A note says so; its bytes are those that came, and its empty fields are places."""
    signed = pen.sign(with_fields(letter(), "A", "B"), "bupati", "A")
    path = brought(owner, signed)
    page = owner.get(path).text
    assert "sudah ditandatangani" in page
    assert owner.get(f"{path}/pdf").content == signed
    with app.read(SYSTEM) as view:
        [place] = view.session.query(PlaceRow).all()
        assert (place.field, place.brought) == ("B", True)
    gone = {"version": version(owner, path), "remove": str(place.id)}
    answer = owner.post_form(f"{path}/places/move", gone)
    assert answer.status_code == 422
    assert "bawaan" in answer.text


def test_pictures_have_few_widths(owner: Client, app: Leuit) -> None:
    """A page is drawn at three widths only; what does not exist is not found."""
    path = brought(owner, letter())
    answer = owner.get(f"{path}/pages/1?w=360")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    for wrong in ("1?w=361", "2", "0", "x", "1?w=x"):
        assert owner.get(f"{path}/pages/{wrong}").status_code in (404, 422), wrong


def test_documents_are_their_owners(
    owner: Client, client: Client, office: Cast, app: Leuit
) -> None:
    """Nobody else sees a document, not even the head of the unit or an administrator."""
    path = brought(owner, letter())
    for other in (office.head, office.administrator):
        client.sign_in(other)
        for inner in ("", "/pages/1", "/pdf"):
            assert client.get(path + inner).status_code == 403
        assert client.post_form(f"{path}/prepare", {"version": "1"}).status_code == 403
    client.sign_in(office.head)
    assert "Belum ada dokumen" in client.get("/esign").text


def test_places_do_not_pile_up(app: Leuit, office: Cast) -> None:
    """A second usual place at the same spot is moved aside while there is room."""
    received = receive(app, letter(), "a.pdf")
    with app.change(office.member) as work:
        document = bring(work, "Surat", received)
        document_id = document.id
    for number in range(1, 4):
        with app.change(office.member) as work:
            add_preset(work, document_id, number, "bottom_right", 0)
    with app.read(SYSTEM) as view:
        rows = view.session.query(PlaceRow).order_by(PlaceRow.bottom).all()
        assert [row.bottom for row in rows] == [56, 134, 212]


def test_moving_is_all_or_nothing(app: Leuit, office: Cast) -> None:
    """One box outside its page keeps all as they were."""
    received = receive(app, letter(), "a.pdf")
    with app.change(office.member) as work:
        document_id = bring(work, "Surat", received).id
    for number in (1, 2):
        with app.change(office.member) as work:
            add_preset(work, document_id, number, "bottom_left", 0)
    with app.read(SYSTEM) as view:
        rows = view.session.query(PlaceRow).all()
        before = {row.id: place_of(row) for row in rows}
    good, bad = list(before)
    moved = {
        good: _moved(before[good], 5),
        bad: _moved(before[bad], 9_000),
    }
    with pytest.raises(InvalidInputError), app.change(office.member) as work:
        move_places(work, document_id, 3, moved)
    with app.read(SYSTEM) as view:
        assert {row.id: place_of(row) for row in view.session.query(PlaceRow)} == before


def _moved(place: Any, step: float) -> Any:
    return type(place)(place.page, place.left + step, place.bottom, place.right + step, place.top)


def test_a_document_twice_is_one_file(app: Leuit, office: Cast) -> None:
    """Stored by hash: bringing the same PDF again adds a document and no bytes."""
    ids: list[UUID] = []
    for _time in range(2):
        received = receive(app, letter(), "a.pdf")
        with app.change(office.member) as work:
            ids.append(bring(work, "Surat", received).id)
    with app.read(SYSTEM) as view:
        documents = [view.session.get_one(Document, one) for one in ids]
    assert len({document.pdf_sha256 for document in documents}) == 1
    assert picture_of(app.blobs.get(documents[0].pdf_sha256), 0, 360).startswith(b"\x89PNG")
