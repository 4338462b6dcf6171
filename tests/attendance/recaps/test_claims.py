"""A signed recap asks for its TPP: of the real service, of none, of slow and raising ones."""

import datetime as dt
from decimal import Decimal
from threading import Event, Thread
from typing import Any
from uuid import UUID

import attrs
import pytest
from sqlalchemy import select, update

from leuit.contracts import PaymentMade, PaymentProgressed, PaymentRefused, PaymentRequest
from leuit.identity import SYSTEM, Person
from leuit.values import ConflictError, ManualClock, RecordRef
from leuit.work import Job, Leuit, Work, Worker
from leuit_attendance.models import RecapDeduction, RecapDocument
from leuit_attendance.rules import of_whole
from leuit_attendance.service.recap_claims import CLAIM_JOB, claim_key
from leuit_attendance.service.recap_documents import make_document, record_by_hand, store_scan
from leuit_sp2d.models import ClaimActor, ClaimAllowance, Payment, PaymentClaim
from leuit_sp2d.rules.chain import DRAFT, STEPS
from leuit_sp2d.service.allowance_list import draw_list
from leuit_sp2d.service.allowances import salary_of
from leuit_sp2d.service.claim_desk import refuse_claim, take_claim
from leuit_sp2d.service.claim_intake import request_payment
from leuit_sp2d.service.claims import ClaimedLine
from leuit_sp2d.service.payments import cancel
from leuit_sp2d.service.tpp_import import apply_bases, receive_bases
from tests.attendance.pages.world import TABLE, World
from tests.sp2d.treasury import Treasury, claim, state_of, step
from tests.support.client import Client
from tests.system.examples.sp2d import founded

from .signers import Accepting, tell_signed, with_port

OCTOBER = dt.date(2026, 10, 1)
SCAN = b"%PDF-1.4 pindaian"
PATH = "/attendance/units/DIN/recaps?month=2026-10"
PAY = "request_payment"


@attrs.define
class Paying:
    """A service that pays claims: it keeps what it is asked for, after `failures` errors."""

    failures: int = 0
    error: Exception = attrs.field(factory=lambda: ConflictError("Layanan uji sedang penuh."))
    asked: list[PaymentRequest] = attrs.field(factory=list)

    def __call__(self, _work: Work, request: PaymentRequest) -> RecordRef:
        if self.failures:
            self.failures -= 1
            raise self.error
        self.asked.append(request)
        return RecordRef("uji.klaim", str(len(self.asked)))


@attrs.define
class Thinking:
    """A service that says when it was asked, and answers when it is told to."""

    begun: Event = attrs.field(factory=Event)
    answer: Event = attrs.field(factory=Event)

    def __call__(self, _work: Work, _request: PaymentRequest) -> RecordRef:
        self.begun.set()
        if not self.answer.wait(60):
            raise TimeoutError
        return RecordRef("uji.klaim", "1")


@pytest.fixture
def paying(world: World) -> Paying:
    """A service that pays, beside the world."""
    provider = Paying()
    with_port(world.app, provider, PAY)
    return provider


def newest(app: Leuit) -> RecapDocument:
    """The newest version of the dinas."""
    with app.read(SYSTEM) as view:
        return view.session.scalars(
            select(RecapDocument).order_by(RecapDocument.number.desc()).limit(1)
        ).one()


def signed_by_hand(world: World, number: int = 1) -> UUID:
    """Make the document of October and keep its scan; nothing else is done yet."""
    made = make_document(world.app, world.office.staff(number), "DIN", OCTOBER)
    file = store_scan(world.app, "pindaian.pdf", SCAN)
    with world.app.change(world.office.staff(number)) as work:
        today = dt.date(2026, 11, 2)
        record_by_hand(work, made.id, 1, file, "Kepala Dinas", today)
    return made.id


def jobs(app: Leuit) -> list[Job]:
    """The jobs that hand claims over."""
    with app.read(SYSTEM) as view:
        return list(view.session.scalars(select(Job).where(Job.kind == CLAIM_JOB)))


def tell(app: Leuit, event: Any) -> None:
    """Tell an event as the service that pays does."""
    with app.change(SYSTEM) as work:
        work.emit(event)
        work.audit("core.token.created", RecordRef("uji.klaim", "1"))


def test_absent_nobody_is_asked(world: World, app: Leuit, client: Client) -> None:
    """Without a service that pays there is no job, and the page says nothing of a claim."""
    signed_by_hand(world)
    assert jobs(app) == []
    world.work_off()
    assert newest(app).claim_state == ""
    client.sign_in(world.office.staff(1))
    assert "Klaim TPP" not in client.get(PATH).text


def test_the_claim_says_what_the_recap_cuts(world: World, app: Leuit, paying: Paying) -> None:
    """Everybody of the recap once with his deduction, the scan, and who made and recorded it."""
    document_id = signed_by_hand(world)
    world.work_off()
    (asked,) = paying.asked
    assert (asked.key, asked.kind, asked.month) == (
        f"attendance.recap:{document_id}",
        "LS_GAJI",
        OCTOBER,
    )
    assert (asked.payee, asked.amount, asked.shares) == (None, None, ())
    assert asked.unit_id == world.office.unit("DIN")
    deductions = {one.person_id: one.deduction for one in asked.allowance}
    # Staf A: 0,5% for each of three late days, of which one is free, and 0,5% for leaving early.
    assert deductions[world.person(4)] == 150
    assert deductions[world.person(1)] == 0
    assert len(asked.allowance) == newest(app).people
    (file,) = asked.evidence
    assert (file.item, file.sha256) == ("rekap_absensi", newest(app).signed_sha256)
    assert [actor.person_id for actor in asked.acted] == [world.person(1)]
    assert "naskah 1, ditandatangani 2 November 2026" in asked.basis


def test_the_head_who_only_signs_is_not_barred(
    world: World, app: Leuit, accepting: Accepting, paying: Paying, client: Client
) -> None:
    """Whoever sent it is named; the signer, who orders the payments of his SKPD, is not."""
    officer = world.office.staff(6)
    made = make_document(app, world.office.identity("admin"), "DIN", OCTOBER)
    with app.change(SYSTEM) as work:
        work.session.execute(
            update(RecapDocument)
            .where(RecapDocument.id == made.id)
            .values(made_by=officer.account_id, sent_by=officer.account_id)
        )
        work.audit("core.token.created", RecordRef("uji.process", "0"))
    client.sign_in(world.office.staff(1))
    client.post_form(f"/attendance/recaps/{made.id}/send", {"version": "1"})
    with app.change(SYSTEM) as work:
        work.session.execute(update(RecapDocument).values(sent_by=officer.account_id))
        work.audit("core.token.created", RecordRef("uji.process", "0"))
    tell_signed(app, accepting.asked[0])
    world.work_off()
    assert [actor.person_id for actor in paying.asked[0].acted] == [officer.person_id]


def test_slow_the_signature_does_not_wait(world: World, app: Leuit, paying: Paying) -> None:
    """The signature is stored before the service is asked; until then the page says it waits."""
    signed_by_hand(world)
    kept = newest(app)
    assert (kept.state, kept.claim_state) == ("by_hand", "asked")
    assert paying.asked == []
    assert len(jobs(app)) == 1
    world.work_off()
    assert newest(app).claim_state == "open"
    assert len(paying.asked) == 1


def test_raising_the_signature_stands(
    world: World, app: Leuit, paying: Paying, clock: ManualClock
) -> None:
    """The queue tries again until the service takes the claim, once; the recap stays signed."""
    paying.failures = 2
    signed_by_hand(world)
    for _again in range(4):
        Worker(app, name="test").run_pending()
        assert newest(app).state == "by_hand"
        clock.advance(dt.timedelta(hours=1))
    assert len(paying.asked) == 1
    assert newest(app).claim_state == "open"


def test_while_the_service_thinks_everything_else_goes_on(world: World, app: Leuit) -> None:
    """The job waits inside the service: the recap is signed for everybody, and others work on.

    The service answers within the unit of the job, so on the engine with one writer others read.
    """
    slow = Thinking()
    with_port(app, slow, PAY)
    signed_by_hand(world)
    worker = Worker(app, name="test")
    job = Thread(target=lambda: worker.run_pending(raise_errors=True), daemon=True)
    job.start()
    try:
        assert slow.begun.wait(30)
        assert (newest(app).state, newest(app).claim_state) == ("by_hand", "asked")
        if app.database.dialect == "postgresql":
            with app.change(SYSTEM) as work:
                work.session.execute(update(Person).values(name="Nama Lain"))
                work.audit("core.person.changed", RecordRef("core.person", "contoh", "contoh"))
        assert job.is_alive()
        assert newest(app).claim_state == "asked"
    finally:
        slow.answer.set()
        job.join(30)
    assert not job.is_alive()
    assert newest(app).claim_state == "open"


def test_a_service_that_breaks_is_asked_again(world: World, app: Leuit, clock: ManualClock) -> None:
    """An error that no service should raise leaves the signature; the job is tried again."""
    broken = Paying(failures=1, error=RuntimeError("Layanan uji rusak."))
    with_port(app, broken, PAY)
    signed_by_hand(world)
    Worker(app, name="test").run_pending()
    (job,) = jobs(app)
    assert (job.status, job.failures) == ("waiting", 1)
    assert (newest(app).state, newest(app).claim_state) == ("by_hand", "asked")
    assert broken.asked == []
    clock.advance(dt.timedelta(hours=1))
    Worker(app, name="test").run_pending()
    assert (newest(app).state, newest(app).claim_state) == ("by_hand", "open")
    assert len(broken.asked) == 1


def test_answering_twice_gives_one_claim(world: World, app: Leuit) -> None:
    """The job run twice asks once; asked twice nevertheless, the key gives one claim."""
    with_port(app, request_payment, PAY)
    document_id = signed_by_hand(world)
    world.work_off()
    with app.change(SYSTEM) as work:
        work.enqueue(CLAIM_JOB, {"document_id": str(document_id)})
    world.work_off()
    with app.change(SYSTEM) as work:
        work.session.execute(update(RecapDocument).values(claim_state="asked"))
        work.audit("core.token.created", RecordRef("uji.klaim", "1"))
        work.enqueue(CLAIM_JOB, {"document_id": str(document_id)})
    world.work_off()
    with app.read(SYSTEM) as view:
        (kept,) = view.session.scalars(select(PaymentClaim)).all()
        assert (kept.month, kept.amount, kept.payee) == (OCTOBER, None, "")
        people = view.session.scalars(select(ClaimAllowance)).all()
        assert len(people) == newest(app).people
        (actor,) = view.session.scalars(select(ClaimActor)).all()
        assert (actor.person_id, actor.step) == (world.person(1), "membuat rekap")


def test_only_the_newest_signed_version_asks(world: World, app: Leuit, paying: Paying) -> None:
    """A version whose successor was signed before its job ran asks for nothing."""
    first = signed_by_hand(world)
    with app.change(SYSTEM) as work:
        row = work.session.get_one(RecapDocument, first)
        later = {
            column.name: getattr(row, column.name)
            for column in RecapDocument.__table__.columns
            if column.name not in ("id", "number", "claim_state", "claim_at")
        }
        work.session.add(RecapDocument(number=2, **later))
        work.audit("core.token.created", RecordRef("uji.klaim", "1"))
    world.work_off()
    assert paying.asked == []
    with app.read(SYSTEM) as view:
        assert view.session.get_one(RecapDocument, first).claim_state == ""


def test_what_is_told_is_shown_the_latest_last(
    world: World, app: Leuit, paying: Paying, client: Client
) -> None:
    """States come in any order and twice; the latest counts, and other keys and records do not."""
    signed_by_hand(world)
    world.work_off()
    row = newest(app)
    ref, key = RecordRef("attendance.recap", str(row.id)), claim_key(row)
    now = app.clock.now()
    later, latest = now + dt.timedelta(hours=1), now + dt.timedelta(hours=2)
    client.sign_in(world.office.staff(1))
    assert "Klaim TPP: menunggu diambil PPTK." in client.get(PATH).text
    told: list[tuple[Any, str]] = [
        (PaymentProgressed(ref, key, "spm", later), "menunggu SPM"),
        (PaymentProgressed(ref, key, "spp", now), "menunggu SPM"),
        (PaymentProgressed(ref, "lain", "bank", latest), "menunggu SPM"),
        (PaymentMade(ref, key, dt.date(2026, 11, 9), 5, latest), "dibayar 9 November 2026"),
        (PaymentProgressed(ref, key, "paid", latest), "dibayar 9 November 2026"),
        (
            PaymentRefused(ref, key, "lain", "Salah bulan", latest + dt.timedelta(hours=1)),
            "ditolak (Salah bulan)",
        ),
        (
            PaymentRefused(RecordRef("uji.lain", "1"), key, "x", "y", latest),
            "ditolak (Salah bulan)",
        ),
        (
            PaymentRefused(RecordRef("attendance.recap", str(UUID(int=7))), key, "x", "y", latest),
            "ditolak (Salah bulan)",
        ),
    ]
    for event, word in told:
        tell(app, event)
        world.work_off()
        assert f"Klaim TPP: {word}." in client.get(PATH).text, event


def test_percentages_of_a_part_become_those_of_the_whole() -> None:
    """10% of a discipline part of 40% is 4% of all; nobody loses more than all, nor a fraction."""
    part = attrs.evolve(TABLE, base="discipline_part", part_percent=Decimal(40))
    assert of_whole(1_000, part) == 400
    assert of_whole(1, part) == 0
    assert of_whole(225, TABLE) == 225
    assert of_whole(12_000, TABLE) == 10_000


def test_from_the_recap_to_its_sp2d(world: World, app: Leuit, client: Client) -> None:
    """Recap, signature, claim, base amounts, payment, six people, SP2D: and the recap says so."""
    with_port(app, request_payment, PAY)
    signed_by_hand(world)
    world.work_off()
    office = treasury_of(world)
    with app.read(SYSTEM) as view:
        (asked,) = view.session.scalars(select(PaymentClaim)).all()
        people = dict(
            view.connection.execute(
                select(RecapDeduction.person_id, RecapDeduction.deduction)
            ).all()
        )
    payment = taken_up(office, asked, people)
    for one in STEPS:
        step(office, payment.id, one.key)
    assert state_of(office, payment.id) == "bank"
    world.work_off()
    client.sign_in(world.office.staff(1))
    assert "Klaim TPP: menunggu bank." in client.get(PATH).text


def test_a_refusal_reaches_the_recap(world: World, app: Leuit, client: Client) -> None:
    """What the treasurer writes stands on the page of the recap."""
    with_port(app, request_payment, PAY)
    signed_by_hand(world)
    world.work_off()
    office = treasury_of(world)
    with app.read(SYSTEM) as view:
        (asked,) = view.session.scalars(select(PaymentClaim)).all()
    with app.change(office.people[DRAFT]) as work:
        refuse_claim(work, asked.id, asked.version, "lain", "Rekap keliru")
    world.work_off()
    client.sign_in(world.office.staff(1))
    assert "Klaim TPP: ditolak (Alasan lain: Rekap keliru)." in client.get(PATH).text


def test_a_newer_version_replaces_the_claim_of_the_older(
    world: World, app: Leuit, client: Client, clock: ManualClock
) -> None:
    """Both ask; the newer is taken up, and the older says so; without the newer it waits again."""
    with_port(app, request_payment, PAY)
    first = signed_by_hand(world)
    world.work_off()
    clock.advance(dt.timedelta(minutes=1))
    world.tap((2, "2026-10-09 16:40:00"))  # the missing tap is found
    world.work_off()
    second = signed_by_hand(world)
    world.work_off()
    office = treasury_of(world)
    with app.read(SYSTEM) as view:
        older, newer = view.session.scalars(select(PaymentClaim).order_by(PaymentClaim.at))
        people = dict(
            view.connection.execute(
                select(RecapDeduction.person_id, RecapDeduction.deduction).where(
                    RecapDeduction.document_id == second
                )
            ).all()
        )
    assert [one.ref_id for one in (older, newer)] == [str(first), str(second)]
    taken_up(office, newer, people)
    world.work_off()
    client.sign_in(world.office.staff(1))
    shown = client.get(PATH).text
    assert f"Klaim TPP: digantikan (Klaim yang lebih baru sudah diambil: {newer.basis})." in shown
    assert "Klaim TPP: sedang dilengkapi PPTK." in shown
    with app.read(SYSTEM) as view:
        payment_id = view.session.get_one(PaymentClaim, newer.id).payment_id
    assert payment_id is not None
    with app.change(office.people[DRAFT]) as work:
        cancel(work, payment_id, 1, "keliru")
    clock.advance(dt.timedelta(minutes=1))
    with app.change(office.people[DRAFT]) as work:
        refuse_claim(work, newer.id, newer.version + 2, "lain", "Rekap keliru")
    world.work_off()
    shown = client.get(PATH).text
    assert "Klaim TPP: menunggu diambil PPTK." in shown
    assert "Klaim TPP: ditolak (Alasan lain: Rekap keliru)." in shown


def treasury_of(world: World) -> Treasury:
    """A treasury of the dinas, with its budget."""
    office = world.office
    return founded(
        world.app,
        office.unit("DIN"),
        office.unit("DIN.B"),
        office.staff(3),
        office.identity("admin"),
    )


def taken_up(office: Treasury, asked: PaymentClaim, people: dict[UUID, int]) -> Payment:
    """The payment as which a claim is taken up, when everybody's base amount was brought in."""
    app = office.app
    nips = with_nips(app, people)
    file = "nip,nominal,berlaku_sejak,dasar_keputusan\n" + "".join(
        f"{nip},4000001,2026-01-01,Perbup 5/2026\n" for nip in nips
    )
    apply_bases(app, office.keeper, receive_bases(app, file.encode(), "tpp.csv"))
    total = sum(4_000_001 * (10_000 - cut) // 10_000 for cut in people.values())
    wanted = claim(
        office,
        kind="LS_GAJI",
        invoice="",
        invoice_date=None,
        salary=salary_of(OCTOBER),
        lines=(ClaimedLine(office.line, total),),
    )
    drawn = draw_list(app, office.people[DRAFT], asked.id)
    with app.change(office.people[DRAFT]) as work:
        payment = take_claim(work, asked.id, asked.version, wanted, drawn=drawn)
    assert payment.gross == total
    return payment


def with_nips(app: Leuit, people: dict[UUID, int]) -> list[str]:
    """The NIPs of some people."""
    with app.read(SYSTEM) as view:
        found = view.session.scalars(select(Person.nip).where(Person.id.in_(people))).all()
    return [nip for nip in found if nip]
