"""The visible signature: where its QR code leads, and what stands in it."""

import attrs
import pypdfium2
import pytest

from leuit.identity import SYSTEM, Person
from leuit.settings import Server
from leuit.values import RecordRef, shown_paper_code
from leuit_esign.service.stamp import address_of, has_address
from tests.esign.letters import seen_text
from tests.esign.test_chain import Office, office

__all__ = ["office"]  # the fixture of the chain's tests


def serve_at(office: Office, monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """The settings of the server, from now on."""
    settings = attrs.evolve(office.app.settings, server=server)
    monkeypatch.setattr(office.app, "settings", settings)


def invent_all(office: Office) -> None:
    """Everybody gets a number of the district that does not exist."""
    with office.app.change(SYSTEM) as work:
        for number, person in enumerate(work.session.query(Person)):
            person.nik = f"360299010180{number:04d}"
        work.audit("core.job.hastened", RecordRef("uji", "1", "Uji"))


def darkness(pdf: bytes) -> float:
    """Which part of the left half of the signature at the bottom left is dark."""
    with pypdfium2.PdfDocument(pdf) as opened:
        opened.init_forms()
        drawn = opened[0].render(scale=2).to_pil().convert("L")
    cut = drawn.crop((116, (842 - 122) * 2, 116 + 128, (842 - 58) * 2))
    return float(sum(cut.histogram()[:128]) / (cut.width * cut.height))


def test_no_code_leads_nowhere(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Real people and no public address: the code stands in words, and the health page says why."""
    letter_id = office.send(("bupati", "sign", 1))
    with office.app.read(office.maker) as view:
        assert address_of(view, "X") == ""
        answer = has_address(view)
    assert not answer.ok
    assert "public_url" in answer.sentence
    office.sign("bupati", letter_id)
    pdf = office.pdf(letter_id)
    text = seen_text(pdf)
    assert f"Kode {shown_paper_code(office.document(letter_id).code)}" in text
    assert "SITI CONTOH, S.E., M.Si." in text
    assert "WIB" in text
    assert darkness(pdf) < 0.25
    serve_at(office, monkeypatch, Server(public_url="https://contoh.invalid/"))
    with office.app.read(office.maker) as view:
        assert address_of(view, "X") == "https://contoh.invalid/verifikasi/X"
        assert has_address(view).ok
    second = office.send(("bupati", "sign", 1))
    office.sign("bupati", second)
    assert darkness(office.pdf(second)) > 0.3


def test_a_demonstration_leads_to_its_own_server(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where all people are invented, nothing is printed that is to last."""
    invent_all(office)
    serve_at(office, monkeypatch, Server(host="127.0.0.1", port=8119))
    with office.app.read(office.maker) as view:
        assert address_of(view, "X") == "http://127.0.0.1:8119/verifikasi/X"
        assert has_address(view).ok
