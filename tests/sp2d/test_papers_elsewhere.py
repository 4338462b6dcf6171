"""Papers on their way to services that sign and file: there, absent, slow, faulty, told twice."""

import datetime as dt
from threading import Thread
from uuid import UUID

import attrs
import pytest
from sqlalchemy import delete, func, select, update

from leuit.contracts import SigningRequest
from leuit.identity import SYSTEM, Assignment
from leuit.values import ConflictError, NotFoundError, RecordRef, StaleEditError
from leuit.work import Leuit
from leuit_archives.models import Record
from leuit_archives.service.records import archive_record
from leuit_sp2d.models import Paper
from leuit_sp2d.rules.chain import DRAFT, SP2D, SPM, SPP, TEST, VERIFY
from leuit_sp2d.service.paper_content import content_of
from leuit_sp2d.service.paper_drawing import paper_pdf
from leuit_sp2d.service.paper_sending import REST_JOB, ask_again
from leuit_sp2d.service.papers import GO_ON
from tests.archives.archive_room import put_in_force
from tests.archives.keepers import table
from tests.sp2d.course_people import everybody
from tests.sp2d.paper_office import actions, paper_office, papers, returned, text_of, voided
from tests.sp2d.programs import Programs
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
from tests.support.archives import Thinking
from tests.support.client import Client

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


def test_papers_from_before_the_archive_are_filed_later(office: Treasury) -> None:
    """The nightly round hands each over once; where somebody signs, only what was signed."""
    with_ports(office.app)
    walked(office, VERIFY)
    work_off(office.app)
    archive = Accepting()

    def night() -> int:
        with office.app.change(SYSTEM) as work:
            work.enqueue(REST_JOB, {})
        work_off(office.app)
        return len(archive.asked)

    with_ports(office.app, sign_document=Accepting(), archive_record=archive)
    assert night() == 0
    with_ports(office.app, archive_record=archive)
    assert [night(), night()] == [1, 1]


def test_the_real_archive_takes_each_paper_once(office: Treasury) -> None:
    """Filed by a rule for its kind, with number, unit and file; what has no rule waits; the same
    job again changes nothing, and neither does an answer that was lost.
    """
    put_in_force(office.app, "classification", table("900,Keuangan,,1", "900.1,Anggaran,900,2"))
    rule = table("sp2d.sp2d,900.1,SP2D {tahun},,ya", heading="source,code,title,secrecy,automatic")
    put_in_force(office.app, "filing", rule)
    with_ports(office.app, archive_record=archive_record)
    payment_id = walked(office, "bank")
    work_off(office.app)
    for forgotten in (False, True):
        with office.app.change(SYSTEM) as work:
            if forgotten:
                work.session.execute(update(Paper).values(filed_id=""))
                work.audit("core.token.created", RecordRef("uji.arsip", "1"))
            for one in papers(office, payment_id):
                work.enqueue(GO_ON, {"paper_id": str(one.id)})
        work_off(office.app)
    with office.app.read(SYSTEM) as view:
        records = {one.ref_kind: one for one in view.session.scalars(select(Record))}
        assert view.session.scalar(select(func.count()).select_from(Record)) == 3
    states = {kind: one.state for kind, one in records.items()}
    assert states == {"sp2d.spp": "waiting", "sp2d.spm": "waiting", "sp2d.sp2d": "filed"}
    one, record = paper(office, payment_id, "SP2D"), records["sp2d.sp2d"]
    assert (one.filed_kind, one.filed_id) == ("archives.record", str(record.id))
    assert (record.number, record.date, record.unit_id) == (one.number, one.dated, one.unit_id)
    assert (record.class_code, record.place, record.secrecy) == ("900.1", 1, 2)


def test_a_slow_archive_holds_no_payment_up(office: Treasury) -> None:
    """While it thinks the payment stands for everybody who reads, and the paper is shown."""
    slow = Thinking()
    with_ports(office.app, archive_record=slow)
    payment_id = walked(office, VERIFY)
    job = Thread(target=lambda: work_off(office.app), daemon=True)
    job.start()
    try:
        assert slow.begun.wait(30)
        assert state_of(office, payment_id) == VERIFY
        assert paper(office, payment_id).filed_id == ""
    finally:
        slow.answer.set()
        job.join(30)
    assert paper(office, payment_id).filed_id == "1"


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


def ended(office: Treasury, outcome: str = "refused") -> tuple[Accepting, UUID]:
    """A payment whose SPP was not signed, and the service that was asked."""
    signing = Accepting()
    with_ports(office.app, sign_document=signing)
    payment_id = walked(office, VERIFY)
    work_off(office.app)
    tell_ended(office.app, signing.asked[0], outcome)  # type: ignore[arg-type]  # one of the four
    work_off(office.app)
    return signing, payment_id


def again(office: Treasury, payment_id: UUID, who: str = SPP, seen: int = 0) -> None:
    """Somebody asks anew for the signatures of the last SPP."""
    with office.app.change(office.people[who]) as work:
        ask_again(work, payment_id, paper(office, payment_id).id, seen)


def test_signatures_that_were_not_given_are_asked_for_anew(office: Treasury) -> None:
    """Once for each end, under a key of its own; a late word of the first round counts no more."""
    signing, payment_id = ended(office)
    for _twice in range(2):
        again(office, payment_id)
    with pytest.raises(StaleEditError), office.app.change(everybody(office)["many"]) as work:
        ask_again(work, payment_id, paper(office, payment_id).id, 0)  # who did not ask for it
    work_off(office.app)
    first, second = signing.asked
    assert first.key != second.key
    assert (first.ref, first.steps) == (second.ref, second.steps)
    tell_ended(office.app, first, "expired")
    work_off(office.app)
    assert (paper(office, payment_id).signing, paper(office, payment_id).signing_note) == (
        "waiting",
        "",
    )
    sha256 = tell_signed(office.app, second)
    work_off(office.app)
    assert paper(office, payment_id).signed_sha256 == sha256
    assert actions(office) == [
        "sp2d.paper.sent",
        "sp2d.paper.unsigned",
        "sp2d.paper.asked_again",
        "sp2d.paper.sent",
        "sp2d.paper.signed",
    ]


def test_only_who_issues_such_papers_asks_anew(office: Treasury) -> None:
    """Neither another office, nor for what waits, is signed or was voided, nor of an older end."""
    signing, payment_id = ended(office)
    for who in (DRAFT, VERIFY, SP2D):
        with pytest.raises(NotFoundError):
            again(office, payment_id, who)
    with pytest.raises(StaleEditError):
        again(office, payment_id, seen=3)
    again(office, payment_id)
    work_off(office.app)
    with pytest.raises(ConflictError):
        again(office, payment_id, seen=1)
    tell_ended(office.app, signing.asked[1], "expired")
    work_off(office.app)
    with_ports(office.app)
    with pytest.raises(ConflictError):
        again(office, payment_id, seen=1)
    with_ports(office.app, sign_document=signing)
    returned(office, payment_id, VERIFY)
    with pytest.raises(ConflictError):
        again(office, payment_id, seen=1)


def test_the_page_tells_of_signatures_and_files(office: Treasury, client: Client) -> None:
    """Waiting, refused with the reason and a button for its office alone, then signed and filed."""
    signing, archive = Accepting(), Accepting()
    with_ports(office.app, sign_document=signing, archive_record=archive)
    payment_id = walked(office, VERIFY)
    path = f"/sp2d/payments/{payment_id}"

    def seen_by(who: str) -> str:
        with client.as_(office.people[who]):
            return client.get(path).text

    assert "Belum ditandatangani" in seen_by(SPP)
    work_off(office.app)
    assert "Menunggu tanda tangan" in seen_by(SPP)
    tell_ended(office.app, signing.asked[0], "refused")
    work_off(office.app)
    for who, may in ((SPP, True), (VERIFY, False)):
        page = seen_by(who)
        assert "Tanda tangan ditolak" in page
        assert "Nama keliru" in page
        assert ("Minta tanda tangan lagi" in page) is may
    with client.as_(office.people[SPP]):
        one = paper(office, payment_id).id
        for _twice in range(2):
            answer = client.post_form(f"{path}/papers/{one}/sign", {"round": "0"})
            assert answer.headers["location"] == path
    work_off(office.app)
    tell_signed(office.app, signing.asked[1])
    work_off(office.app)
    page = seen_by(SPP)
    assert "Ditandatangani" in page
    assert "Diberkaskan" in page
    assert "Minta tanda tangan lagi" not in page


def test_programs_see_signatures_and_ask_anew(office: Treasury, client: Client) -> None:
    """The paper's own values, and a route for its office."""
    signing, payment_id = ended(office, "unfit")
    programs = Programs(client, office)
    [told] = programs.done(office.people[SPP], "GET", f"/payments/{payment_id}")["papers"]
    assert (told["signing"], told["signing_note"]) == ("unfit", "Nama keliru")
    assert (told["signing_round"], told["filed_id"]) == (0, "")
    path = f"/payments/{payment_id}/papers/{told['id']}/sign"
    refused = programs.call(office.people[VERIFY], "POST", path, json={"round": 0})
    assert refused.status_code == 404
    [told] = programs.done(office.people[SPP], "POST", path, json={"round": 0})["papers"]
    assert (told["signing"], told["signing_round"]) == ("", 1)
    work_off(office.app)
    assert len(signing.asked) == 2


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
    with pytest.raises(ConflictError):  # it says who signs, which asking anew would not change
        again(office, payment_id)
