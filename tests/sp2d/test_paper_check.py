"""The public check: whoever holds a paper learns whether it is genuine, and no more of people."""

from typing import Any

import attrs
import pytest

from leuit.identity import SYSTEM
from leuit.values import shown_paper_code
from leuit.work import Leuit
from leuit_sp2d.models import Paper
from leuit_sp2d.rules.chain import SP2D
from leuit_sp2d.service.paper_drawing import paper_pdf, sheet_of
from tests.sp2d.paper_office import paper_office, papers, text_of, two_lines, voided
from tests.sp2d.treasury import Treasury, walked
from tests.support.client import Client


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """A treasury that issues papers."""
    return paper_office(app)


def sp2d_of(office: Treasury, payment_id: Any) -> Paper:
    """The SP2D of a payment."""
    return papers(office, payment_id)[-1]


def test_a_paper_that_holds_is_told_in_public(office: Treasury, client: Client) -> None:
    """Number, date, SKPD, kind and net amount; neither payee nor account nor purpose."""
    paper = sp2d_of(office, walked(office, "bank", two_lines(office)))
    answer = client.get(f"/sp2d/check/{paper.code}")
    assert answer.status_code == 200
    assert "Ya, terdaftar dan berlaku" in answer.text
    for told in (paper.number, "5 Oktober 2026", "LS Barang dan Jasa", "Rp10.000.000", "Berlaku"):
        assert told in answer.text, told
    for kept in ("Contoh Rangkas", "0012345678", "alat tulis", "Rp11.100.000", "INV/001"):
        assert kept not in answer.text, kept


@pytest.mark.parametrize(
    "place, title, amount",
    [
        (0, "Surat Permintaan Pembayaran (SPP)", "Rp11.100.000"),
        (1, "Surat Perintah Membayar (SPM)", "Rp10.000.000"),
    ],
    ids=["spp", "spm"],
)
def test_spp_and_spm_are_told_too(
    office: Treasury, client: Client, place: int, title: str, amount: str
) -> None:
    """Whoever holds one compares it in the same way, by an amount that stands on that paper."""
    paper = papers(office, walked(office, "bank", two_lines(office)))[place]
    text = client.get(f"/sp2d/check/{paper.code}").text
    for told in (title, paper.number, amount, "Berlaku"):
        assert told in text, told
    for kept in ("Contoh Rangkas", "0012345678", "alat tulis"):
        assert kept not in text, kept


def test_a_voided_paper_is_told_so(office: Treasury, client: Client) -> None:
    """It stays registered, and says not to use it; the reason is nobody's business."""
    payment_id = walked(office, "bank", two_lines(office))
    voided(office, payment_id, SP2D)
    text = client.get(f"/sp2d/check/{sp2d_of(office, payment_id).code}").text
    assert "Terdaftar, sudah dibatalkan" in text
    assert "Dibatalkan" in text
    assert "terdaftar dan berlaku" not in text
    assert "rekening keliru" not in text


@pytest.mark.parametrize("typed", ["0" * 12, "x", "7Q4K-92MD-0TXB", "%F0%9F%90%84", "' OR 1=1"])
def test_no_other_code_is_registered(office: Treasury, client: Client, typed: str) -> None:
    """Whatever is no code of ours is told plainly, with room to mend it."""
    walked(office, "bank")
    answer = client.get(f"/sp2d/check/{typed}")
    assert answer.status_code == 404
    assert "Tidak terdaftar" in answer.text
    assert 'name="code"' in answer.text


def test_a_typed_code_leads_to_its_answer(office: Treasury, client: Client) -> None:
    """Small letters, dashes and O for 0 are meant well; what is no code is asked again."""
    assert client.get("/sp2d/check").status_code == 200
    answer = client.get("/sp2d/check?code=7q4k-92md-otxb")
    assert answer.headers["location"] == "/sp2d/check/7Q4K92MD0TXB"
    answer = client.get("/sp2d/check?code=pendek")
    assert answer.status_code == 422
    assert "12 huruf dan angka" in answer.text


def test_strangers_cannot_try_codes_without_end(office: Treasury, client: Client) -> None:
    """Beyond the limit of a network it is asked to wait, and told how long."""
    answers = [client.get("/sp2d/check/000000000000") for _number in range(61)]
    assert {answer.status_code for answer in answers[:60]} == {404}
    assert answers[60].status_code == 429
    assert int(answers[60].headers["retry-after"]) > 0


@pytest.mark.parametrize(
    "address, leads", [("https://sp2d.contoh.invalid/", True), ("", False)], ids=["with", "without"]
)
def test_the_code_on_each_paper_leads_to_its_check(
    office: Treasury, address: str, leads: bool
) -> None:
    """With an address of the site there is a QR code; else the code alone, never a guess."""
    settings = office.app.settings
    server = attrs.evolve(settings.server, public_url=address)
    office.app.settings = attrs.evolve(settings, server=server)
    issued = papers(office, walked(office, "bank"))
    assert [paper.kind for paper in issued] == ["SPP", "SPM", "SP2D"]
    for paper in issued:
        with office.app.read(SYSTEM) as view:
            value: Any = sheet_of(view, paper).value
        wanted = f"https://sp2d.contoh.invalid/sp2d/check/{paper.code}" if leads else ""
        assert value.check_address == wanted
        text = text_of(paper_pdf(office.app, SYSTEM, paper.id)[0])
        assert shown_paper_code(paper.code) in text
        assert ("memindai kode QR" in text) is leads
