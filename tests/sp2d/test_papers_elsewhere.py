"""Papers on their way to services that sign and file: there, absent, slow, faulty, told twice."""

import datetime as dt
from uuid import UUID

import attrs
import pytest
from sqlalchemy import delete

from leuit.contracts import SigningRequest
from leuit.identity import SYSTEM, Assignment
from leuit.values import RecordRef
from leuit.work import Leuit
from leuit_sp2d.models import Paper
from leuit_sp2d.rules.chain import SP2D, SPM, SPP, TEST, VERIFY
from leuit_sp2d.service.paper_content import content_of
from leuit_sp2d.service.paper_drawing import paper_pdf
from tests.sp2d.paper_office import actions, paper_office, papers, returned, text_of, voided
from tests.sp2d.services import (
    FAULTS,
    SIGNED_PDF,
    Accepting,
    Raising,
    tell_ended,
    tell_signed,
    with_ports,
    work_off,
)
from tests.sp2d.treasury import Treasury, state_of, walked

pytestmark = pytest.mark.ci

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """A treasury that issues papers."""
    return paper_office(app)


def paper(office: Treasury, payment_id: UUID, kind: str = "SPP") -> Paper:
    """The last paper of a kind."""
    return [one for one in papers(office, payment_id) if one.kind == kind][-1]


def test_with_neither_a_paper_stays_here(office: Treasury) -> None:
    """The whole chain goes on; nothing is drawn before somebody wants it."""
    payment_id = walked(office, "bank")
    work_off(office.app)
    assert state_of(office, payment_id) == "bank"
    assert actions(office) == []
    assert paper_pdf(office.app, SYSTEM, paper(office, payment_id).id)[0].startswith(b"%PDF")


def test_papers_are_sent_to_who_issued_them(office: Treasury) -> None:
    """SPP by PPTK, then treasurer; SPM twice by who orders; SP2D by Kuasa BUD, in their places."""
    signing = Accepting()
    with_ports(office.app, sign_document=signing)
    payment_id = walked(office, "bank")
    work_off(office.app)
    assert [request.title for request in signing.asked] == [
        f"{one.kind} {one.number}" for one in papers(office, payment_id)
    ]
    for request, one in zip(signing.asked, papers(office, payment_id), strict=True):
        signers = content_of(one).signers
        by = {"SPP": ("draft", SPP), "SPM": (SPM, SPM), "SP2D": (SP2D,)}[one.kind]
        assert [step.position_id for step in request.steps] == [
            signers[key].position_id for key in by
        ]
        assert [step.number for step in request.steps] == list(range(1, len(by) + 1))
        places = [step.place for step in request.steps]
        assert None not in places
        assert len(set(places)) == len(places)
        assert request.owner_id == signers[by[-1]].person_id
        assert request.ref == RecordRef(f"sp2d.{one.kind.lower()}", str(one.id), request.title)
        assert one.signing == "waiting"
        assert office.app.blobs.get(request.sha256) == paper_pdf(office.app, SYSTEM, one.id)[0]
    assert actions(office) == ["sp2d.paper.sent"] * 3


def test_what_was_signed_is_shown_and_filed(office: Treasury) -> None:
    """The signed file takes the place of the drawn one; the archive gets it once, told twice."""
    signing, archive = Accepting(), Accepting()
    with_ports(office.app, sign_document=signing, archive_record=archive)
    payment_id = walked(office, VERIFY)
    work_off(office.app)
    assert archive.asked == []
    sha256 = tell_signed(office.app, signing.asked[0], times=2)
    work_off(office.app)
    one = paper(office, payment_id)
    assert (one.signing, one.signed_sha256) == ("signed", sha256)
    pdf, name = paper_pdf(office.app, SYSTEM, one.id)
    assert pdf.startswith(SIGNED_PDF)
    assert name == "spp-000001-2026-ditandatangani.pdf"
    [filed] = archive.asked
    assert (filed.sha256, filed.number, filed.date) == (sha256, one.number, one.dated)
    assert (filed.unit_id, filed.signed) == (office.unit, True)
    assert (one.filed_kind, one.filed_id) == ("uji.process", "0")
    assert actions(office) == ["sp2d.paper.sent", "sp2d.paper.signed", "sp2d.paper.filed"]


def test_without_a_service_that_signs_the_drawn_file_is_filed(office: Treasury) -> None:
    """The archive is told that it bears no signatures."""
    archive = Accepting()
    with_ports(office.app, archive_record=archive)
    payment_id = walked(office, VERIFY)
    work_off(office.app)
    [filed] = archive.asked
    assert filed.signed is False
    assert filed.sha256 == paper(office, payment_id).sha256
    assert actions(office) == ["sp2d.paper.drawn", "sp2d.paper.filed"]


@pytest.mark.parametrize("port", ["sign_document", "archive_record"])
@pytest.mark.parametrize("fault", FAULTS, ids=["refusing", "breaking"])
def test_a_faulty_service_holds_nothing_up(office: Treasury, port: str, fault: Exception) -> None:
    """The payment goes on; the paper goes there when the service is mended."""
    service = Raising(fault)
    with_ports(office.app, **{port: service})
    payment_id = walked(office, "bank")
    work_off(office.app, faults=True)
    assert state_of(office, payment_id) == "bank"
    assert not [one for one in actions(office) if one.endswith((".sent", ".filed"))]
    service.mended = True
    office.app.clock.advance(HOUR)  # type: ignore[attr-defined]  # a ManualClock
    work_off(office.app)
    assert len(service.then.asked) == 3


@pytest.mark.parametrize("outcome", ["refused", "recalled", "expired", "unfit"])
def test_signing_that_ends_is_noted(office: Treasury, outcome: str) -> None:
    """The paper says why, is shown as it was drawn, and is not filed as signed."""
    signing, archive = Accepting(), Accepting()
    with_ports(office.app, sign_document=signing, archive_record=archive)
    payment_id = walked(office, VERIFY)
    work_off(office.app)
    for _again in range(2):
        tell_ended(office.app, signing.asked[0], outcome)  # type: ignore[arg-type]  # one of the four
    work_off(office.app)
    one = paper(office, payment_id)
    assert (one.signing, one.signing_note) == (outcome, "Nama keliru")
    assert archive.asked == []
    assert actions(office) == ["sp2d.paper.sent", "sp2d.paper.unsigned"]


def test_a_paper_voided_before_its_turn_goes_nowhere(office: Treasury) -> None:
    """The job finds it voided: neither signed nor filed."""
    signing, archive = Accepting(), Accepting()
    with_ports(office.app, sign_document=signing, archive_record=archive)
    returned(office, walked(office, TEST), TEST)
    work_off(office.app)
    assert (signing.asked, archive.asked) == ([], [])


def test_a_paper_voided_while_it_is_signed_is_not_filed(office: Treasury) -> None:
    """A slow service signs what was taken back: the signature is kept, BATAL is what is shown."""
    signing, archive = Accepting(), Accepting()
    with_ports(office.app, sign_document=signing, archive_record=archive)
    payment_id = walked(office, "bank")
    work_off(office.app)
    voided(office, payment_id, SP2D)
    sha256 = tell_signed(office.app, signing.asked[-1])
    work_off(office.app)
    one = paper(office, payment_id, "SP2D")
    assert (one.signed_sha256, one.filed_id) == (sha256, "")
    assert archive.asked == []
    assert "BATAL" in text_of(paper_pdf(office.app, SYSTEM, one.id)[0])


def test_what_is_told_of_another_round_counts_for_nothing(office: Treasury) -> None:
    """A wrong key, and a record of others, change no paper."""
    signing = Accepting()
    with_ports(office.app, sign_document=signing)
    payment_id = walked(office, VERIFY)
    work_off(office.app)
    asked: SigningRequest = signing.asked[0]
    tell_signed(office.app, attrs.evolve(asked, key="lain"))
    tell_signed(office.app, attrs.evolve(asked, ref=RecordRef("uji.surat", str(asked.ref.id))))
    work_off(office.app)
    assert paper(office, payment_id).signing == "waiting"


def test_a_signer_without_a_position_signs_by_hand(office: Treasury) -> None:
    """Services ask positions: without one the paper says so and is not sent."""
    signing = Accepting()
    with_ports(office.app, sign_document=signing)
    with office.app.change(SYSTEM) as work:
        work.session.execute(
            delete(Assignment).where(Assignment.person_id == office.people[SPP].person_id)
        )
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
    payment_id = walked(office, VERIFY)
    work_off(office.app)
    assert signing.asked == []
    one = paper(office, payment_id)
    assert (one.signing, one.signing_note) == (
        "unfit",
        "Penanda tangan tidak mempunyai jabatan.",
    )
