"""SPP, SPM and SP2D as files: what they say, to whom, and that they never say anything else."""

import io
import threading
from uuid import UUID, uuid4

import attrs
import pikepdf
import pytest
from sqlalchemy import update

from leuit.identity import SYSTEM, Grant, Person, Unit
from leuit.values import NotFoundError, RecordRef
from leuit.work import Leuit
from leuit_sp2d.models import Dpa, Line, Payment
from leuit_sp2d.rules.chain import DRAFT, SP2D, SPM, SPP, TEST, VERIFY
from leuit_sp2d.rules.rupiah import format_rupiah
from leuit_sp2d.service.paper_content import content_of
from leuit_sp2d.service.paper_drawing import paper_pdf
from leuit_sp2d.service.payments import revise
from leuit_sp2d.service.return_letters import return_letter_pdf
from leuit_sp2d.service.signatories import Holder
from leuit_sp2d.words import in_words
from tests.sp2d.paper_office import (
    GROSS,
    NET,
    RKUD,
    SPD,
    actions,
    paper_office,
    papers,
    returned,
    text_of,
    two_lines,
    voided,
)
from tests.sp2d.treasury import (
    ACCOUNT,
    OTHER_ACCOUNT,
    SINCE,
    SKPD_CODE,
    Treasury,
    drafted,
    step,
    walked,
)
from tests.support.client import Client

pytestmark = pytest.mark.ci

BACK = {SPP: "belum bernomor", VERIFY: "02.0", SPM: "02.0", TEST: "03.0", SP2D: "03.0"}


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """A treasury that issues papers, without services that sign or file."""
    return paper_office(app)


def test_papers_say_all_that_they_pay(office: Treasury) -> None:
    """Each names itself, the one before it, every line, sums in words, payee and signers."""
    payment_id = walked(office, "bank", two_lines(office))
    issued = papers(office, payment_id)
    texts = {}
    for paper in issued:
        pdf, name = paper_pdf(office.app, office.people[SP2D], paper.id)
        assert name == f"{paper.kind.lower()}-000001-2026.pdf"
        with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
        text = texts[paper.kind] = text_of(pdf)
        squeezed = text.replace(" ", "")
        assert paper.number in squeezed
        for part in (
            *(ACCOUNT, OTHER_ACCOUNT, SKPD_CODE, "5 Oktober 2026", "CV Contoh Rangkas"),
            *("0012345678", "012345674901000", "Belanja alat tulis kantor"),
            *(format_rupiah(6_100_000), format_rupiah(5_000_000), format_rupiah(GROSS)),
            in_words(GROSS, capital=True),
        ):
            assert part.replace(" ", "") in squeezed, (paper.kind, part)
        assert "BATAL" not in text
    for kind, before in (("SPM", issued[0]), ("SP2D", issued[1])):
        assert before.number in texts[kind].replace(" ", "")
        assert in_words(NET, capital=True) in texts[kind]
        assert format_rupiah(NET) in texts[kind]
        assert "PPN" in texts[kind]
    for kind in ("SPP", "SPM"):
        assert "DPA/1/2026" in texts[kind]
        assert SPD in texts[kind]
    assert "Draft Contoh" in texts["SPP"]
    assert "Spp Contoh" in texts["SPP"]
    assert "selaku Kuasa Pengguna Anggaran" in texts["SPM"]
    assert "selaku Kuasa Bendahara Umum Daerah" in texts["SP2D"]
    assert RKUD in texts["SP2D"]


def test_an_spp_tells_the_budget_before_it(office: Treasury) -> None:
    """Pagu, released and what is spent or in process are those of the moment of its issue."""
    walked(office, TEST, two_lines(office))
    second = walked(office, VERIFY, two_lines(office, invoice="INV/002/2026"))
    walked(office, TEST, two_lines(office, invoice="INV/003/2026"))
    line = next(
        one for one in content_of(papers(office, second)[0]).lines if one.account.code == ACCOUNT
    )
    assert (line.ceiling, line.released, line.spent_before) == (
        100_000_000,
        100_000_000,
        6_100_000,
    )


def test_a_paper_says_what_it_said_when_it_was_issued(office: Treasury) -> None:
    """A claim revised after the return, new names and another DPA change nothing on it."""
    payment_id = walked(office, TEST, two_lines(office))
    returned(office, payment_id, TEST)
    with office.app.change(office.people[DRAFT]) as work:
        version = work.session.get_one(Payment, payment_id).version
        other = two_lines(office, purpose="Belanja lain", deductions=(), payee="CV Lain")
        revise(work, payment_id, other, version)
    with office.app.change(SYSTEM) as work:
        work.session.execute(update(Unit).where(Unit.id == office.unit).values(name="Nama Baru"))
        work.session.execute(update(Person).values(name="Orang Lain"))
        work.session.execute(update(Line).values(account_name="Uraian Baru"))
        work.session.execute(update(Dpa).values(number="DPA/2/2026"))
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
    step(office, payment_id, DRAFT)
    step(office, payment_id, SPP)
    *old, new = papers(office, payment_id)
    assert [paper.state for paper in (*old, new)] == ["voided", "voided", "standing"]
    for paper in old:
        pdf, name = paper_pdf(office.app, office.people[SP2D], paper.id)
        text = text_of(pdf)
        assert "Belanja alat tulis kantor" in text
        assert "DPA/1/2026" in text
        assert "CV Contoh Rangkas" in text
        assert "BATAL" in text
        assert name.endswith("-batal.pdf")
        for later in ("Nama Baru", "Orang Lain", "Uraian Baru", "Belanja lain", "CV Lain"):
            assert later not in text
    text = text_of(paper_pdf(office.app, office.people[SP2D], new.id)[0])
    for later in ("Nama Baru", "Orang Lain", "Uraian Baru", "Belanja lain", "CV Lain"):
        assert later in text


def test_what_was_drawn_is_marked_when_it_is_voided(office: Treasury) -> None:
    """The same paper has BATAL on it from then on; both files are kept."""
    payment_id = walked(office, "bank")
    sp2d = papers(office, payment_id)[-1]
    before, _name = paper_pdf(office.app, SYSTEM, sp2d.id)
    voided(office, payment_id, SP2D)
    after, _name = paper_pdf(office.app, SYSTEM, sp2d.id)
    assert "BATAL" not in text_of(before)
    assert "BATAL" in text_of(after)
    kept = papers(office, payment_id)[-1]
    assert office.app.blobs.get(kept.sha256) == before
    assert office.app.blobs.get(kept.void_sha256) == after


def test_a_paper_is_drawn_once(office: Treasury) -> None:
    """Two who want it first at the same time get the same bytes, and one drawing is kept."""
    paper = papers(office, walked(office, VERIFY))[0]
    found: list[bytes] = []
    at_once = threading.Barrier(2)

    def ask() -> None:
        at_once.wait()
        found.append(paper_pdf(office.app, SYSTEM, paper.id)[0])

    askers = [threading.Thread(target=ask) for _number in range(2)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    found.append(paper_pdf(office.app, SYSTEM, paper.id)[0])
    assert len(found) == 3
    assert len(set(found)) == 1
    assert actions(office) == ["sp2d.paper.drawn"]


def test_papers_are_read_by_who_may_see_the_payment(office: Treasury, client: Client) -> None:
    """To people of other units, and below another payment, there is none; reading is noted."""
    payment_id = walked(office, VERIFY)
    [paper] = papers(office, payment_id)
    act_id = returned(office, payment_id, VERIFY)
    addresses = (
        f"/sp2d/payments/{payment_id}/papers/{paper.id}",
        f"/sp2d/payments/{payment_id}/returns/{act_id}",
    )
    with office.app.change(SYSTEM) as work:
        account_id = office.stranger.account_id
        work.session.add(
            Grant(
                role="sp2d.auditor", unit_id=office.sibling, account_id=account_id, valid_from=SINCE
            )
        )
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
    with client.as_(office.stranger):
        assert [client.get(one).status_code for one in addresses] == [404, 404]
    with client.as_(office.people[SP2D]):
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200
            assert answer.headers["content-type"] == "application/pdf"
            assert client.get(address.replace(str(payment_id), str(uuid4()))).status_code == 404
            assert client.get(address[:-36] + str(uuid4())).status_code == 404
            assert client.get(address[:-36] + "x").status_code == 404
    assert actions(office, "core.personal_data") == ["core.personal_data.read"] * 2


@pytest.mark.parametrize("key", BACK)
def test_a_return_has_a_letter(office: Treasury, key: str) -> None:
    """It names what came in, why it goes back and who says so, also when the claim was mended."""
    payment_id = walked(office, key, two_lines(office))
    act_id = returned(office, payment_id, key)
    first = return_letter_pdf(office.app, office.people[key], payment_id, act_id)
    text = text_of(first[0])
    for part in (BACK[key], "salah_hitung", "angka keliru", format_rupiah(GROSS), "5 Oktober 2026"):
        assert part.replace(" ", "") in text.replace(" ", ""), part
    assert f"{key.title()} Contoh" in text
    with office.app.change(office.people[DRAFT]) as work:
        version = work.session.get_one(Payment, payment_id).version
        revise(work, payment_id, two_lines(office, purpose="Belanja lain"), version)
    assert return_letter_pdf(office.app, office.people[key], payment_id, act_id) == first


def test_an_sp2d_taken_back_has_a_letter(office: Treasury) -> None:
    """The SPM goes back to who ordered it; what is no return has no letter."""
    payment_id = walked(office, "bank")
    act_id = voided(office, payment_id, SP2D)
    spm = papers(office, payment_id)[1]
    text = text_of(return_letter_pdf(office.app, SYSTEM, payment_id, act_id)[0])
    assert spm.number in text.replace(" ", "")
    assert "rekening keliru" in text
    other = drafted(office, two_lines(office, invoice="INV/002/2026"))
    for payment, act in ((payment_id, uuid4()), (other.id, act_id)):
        with pytest.raises(NotFoundError):
            return_letter_pdf(office.app, SYSTEM, payment, act)


UNIT, ELSEWHERE = UUID(int=1), UUID(int=2)
HEAD = Holder(UUID(int=3), "Contoh", "", "Kepala Dinas", True, UUID(int=4), UNIT)


@pytest.mark.parametrize(
    "changes, key, post",
    [
        ({}, SPM, "Kepala Dinas selaku Pengguna Anggaran"),
        ({"unit_id": ELSEWHERE}, SPM, "Kepala Dinas selaku Kuasa Pengguna Anggaran"),
        ({"is_head": False}, SPM, "Kepala Dinas selaku Kuasa Pengguna Anggaran"),
        ({"title": "Bendahara Pengeluaran"}, SPP, "Bendahara Pengeluaran"),
        ({"title": ""}, SP2D, "Kuasa Bendahara Umum Daerah"),
        (
            {"title": "Plt. Kepala Bidang"},
            DRAFT,
            "Plt. Kepala Bidang selaku Pejabat Pelaksana Teknis Kegiatan",
        ),
    ],
)
def test_posts_say_in_which_office_somebody_signs(
    changes: dict[str, object], key: str, post: str
) -> None:
    """The head of the SKPD is its PA, whoever else orders is KPA (PP 12/2019 Pasal 10 and 11)."""
    assert attrs.evolve(HEAD, **changes).at_step(key, UNIT).post == post  # type: ignore[arg-type]  # fields by name
