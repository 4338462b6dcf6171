"""An order beside services that sign, pay and file: real answers, late ones, twice, and none."""

import datetime as dt
from typing import Any

import attrs
import pytest
from sqlalchemy import select

from leuit.contracts import (
    PAYMENT_REPLACED,
    DocumentSigned,
    PaymentMade,
    PaymentProgressed,
    PaymentRefused,
    PaymentShare,
    RecordEnded,
)
from leuit.identity import SYSTEM
from leuit.storage import Blob, BlobRelease
from leuit.values import ConflictError, FieldError, InvalidInputError, ManualClock, RecordRef
from leuit.work import Leuit, View
from leuit_ecatalog.models import OrderDocument, Purchase
from leuit_ecatalog.models.orders import BY_HAND, SIGNED, UNSIGNED, WAITING
from leuit_ecatalog.models.orders import MADE as WRITTEN
from leuit_ecatalog.rules.purchase_states import (
    BILLING,
    CONFIRMING,
    HANDOVER,
    ORDERING,
    PAID,
    PAYING,
)
from leuit_ecatalog.service.order_documents import ask_again, take_back
from leuit_ecatalog.service.order_payments import ASKED, MADE, MANUAL, OPEN, REFUSED
from leuit_ecatalog.service.order_payments import ask_again as ask_payment_again
from leuit_ecatalog.service.order_signing import REST_JOB
from leuit_ecatalog.service.purchase_tasks import count_my_turns
from tests.ecatalog import ordering
from tests.ecatalog.buying_office import (
    PP,
    PPK,
    TREASURER,
    Office,
    at,
    office,
    told,
)
from tests.ecatalog.ordering import with_ports
from tests.sp2d.services import FAULTS, Accepting, Raising, tell_ended, tell_signed, work_off

NUMBER = "36.02/04.0/000001/LS/1.01/M/10/2026"


@attrs.frozen
class Neighbours:
    """An office, and what its three neighbours were asked."""

    made: Office
    signs: Accepting
    files: Accepting
    pays: Accepting

    @property
    def app(self) -> Leuit:
        return self.made.app


@pytest.fixture
def near(app: Leuit) -> Neighbours:
    """All three neighbours are there."""
    signs, files, pays = Accepting(), Accepting(), Accepting()
    with_ports(app, sign_document=signs, archive_record=files, request_payment=pays)
    return Neighbours(office(app), signs, files, pays)


def asked_to_pay(near: Neighbours) -> Any:
    """An order whose bill was taken and whose claim was handed over; its purchase."""
    made = near.made
    with_ports(near.app, archive_record=near.files, request_payment=near.pays)
    one = ordering.handed_over(made)
    ordering.billed(made, one)
    ordering.taken(made, one)
    work_off(near.app)
    return one


def tell(near: Neighbours, event: Any) -> None:
    """Another service tells; what listens has heard."""
    with near.app.change(SYSTEM) as work:
        work.emit(event)
    work_off(near.app)


def test_a_document_is_signed_and_filed_once(near: Neighbours) -> None:
    """The PDF goes to its signature with the PPK's post and place; signed, told twice, the order
    waits for the vendor, and the signed file is filed once under its number.
    """
    made = near.made
    one = ordering.approved(made)
    document = ordering.written(made, one)
    work_off(near.app)
    [request] = near.signs.asked
    assert (request.title, request.owner_id) == (
        "Surat Pesanan SP-2026-000001",
        made.people[PPK].person_id,
    )
    [step] = request.steps
    assert (step.kind, step.place.page) == ("sign", 0)
    assert ordering.document(made, document).state == WAITING
    assert near.app.blobs.get(request.sha256).startswith(b"%PDF-")
    signed = tell_signed(near.app, request, times=2)
    work_off(near.app)
    found = ordering.document(made, document)
    assert (found.state, found.signed_sha256, at(made, one).state) == (SIGNED, signed, CONFIRMING)
    [filed] = near.files.asked
    assert (filed.number, filed.sha256, filed.signed, filed.unit_id) == (
        "SP-2026-000001",
        signed,
        True,
        made.unit,
    )
    assert found.filed_id
    work_off(near.app)
    assert len(near.files.asked) == 1


def test_a_signature_that_was_not_given_opens_the_other_ways(near: Neighbours) -> None:
    """While it waits nothing else may be done with it; ended, it is asked anew under a key of its
    own, of which alone is heard, or signed with a pen.
    """
    made = near.made
    one = ordering.approved(made)
    document = ordering.written(made, one)
    work_off(near.app)
    with pytest.raises(ConflictError):
        ordering.penned(made, one, document)
    with pytest.raises(ConflictError), made.app.change(made.people[PPK]) as work:
        take_back(work, one, document, at(made, one).version, "Keliru")
    [first] = near.signs.asked
    tell_ended(near.app, first, "refused")
    work_off(near.app)
    ended = ordering.document(made, document)
    assert (ended.state, ended.reason, at(made, one).state) == (UNSIGNED, "Nama keliru", ORDERING)
    with made.app.change(made.people[PPK]) as work:
        ask_again(work, one, document, at(made, one).version)
    work_off(near.app)
    second = near.signs.asked[1]
    assert second.key != first.key
    tell_signed(near.app, first)
    work_off(near.app)
    assert ordering.document(made, document).state == WAITING
    tell_ended(near.app, second, "expired")
    work_off(near.app)
    ordering.penned(made, one, document)
    assert (ordering.document(made, document).state, at(made, one).state) == (BY_HAND, CONFIRMING)


def test_a_ppk_without_a_post_signs_with_a_pen(near: Neighbours) -> None:
    """Nobody can be asked for an electronic signature who holds no post: it is told."""
    made = near.made
    one = ordering.approved(made)
    document = ordering.written(made, one)
    with made.app.change(SYSTEM) as work:
        work.session.get_one(OrderDocument, document).position_id = None
        told(work)
    work_off(near.app)
    assert near.signs.asked == []
    assert ordering.document(made, document).state == UNSIGNED
    ordering.penned(made, one, document)
    assert at(made, one).state == CONFIRMING


@pytest.mark.parametrize("fault", FAULTS, ids=["refuses", "breaks"])
def test_a_neighbour_with_a_fault_stops_nothing(near: Neighbours, fault: Exception) -> None:
    """A service that signs, files or pays and has a fault is asked again later; until then the
    document is written and the bill taken.
    """
    made = near.made
    signs, files = Raising(fault), Raising(fault)
    pays = Raising(fault)
    with_ports(near.app, sign_document=signs, archive_record=files, request_payment=pays)
    one = ordering.approved(made)
    document = ordering.written(made, one)
    work_off(near.app, faults=True)
    assert ordering.document(made, document).state == WRITTEN
    signs.mended = True
    _later(near)
    assert ordering.document(made, document).state == WAITING
    tell_signed(near.app, signs.then.asked[0])
    work_off(near.app, faults=True)
    assert (at(made, one).state, ordering.document(made, document).filed_id) == (CONFIRMING, "")
    files.mended = True
    _later(near)
    assert ordering.document(made, document).filed_id
    with_ports(near.app, request_payment=pays)
    ordering.confirmed(made, one)
    ordering.inspected(made, one, ordering.delivered(made, one, 100), 100)
    ordering.penned(made, one, ordering.minuted(made, one))
    ordering.billed(made, one)
    ordering.taken(made, one)
    work_off(near.app, faults=True)
    assert (at(made, one).state, ordering.payment(made, one).state) == (PAYING, ASKED)
    pays.mended = True
    _later(near)
    assert ordering.payment(made, one).state == OPEN


def test_what_was_signed_before_anybody_filed_is_filed_at_night(near: Neighbours) -> None:
    """The nightly round asks for documents that bear their signature and were never filed."""
    made = near.made
    with_ports(near.app)
    one = ordering.handed_over(made)
    work_off(near.app)
    with_ports(near.app, archive_record=near.files)
    with near.app.change(SYSTEM) as work:
        work.enqueue(REST_JOB, {})
    work_off(near.app)
    assert sorted(request.ref.kind for request in near.files.asked) == [
        "ecatalog.bast",
        "ecatalog.surat_pesanan",
    ]
    assert at(made, one).state == BILLING


def test_the_claim_says_all_that_is_to_be_paid(near: Neighbours) -> None:
    """Amount, payee as verified, the budget account of the RUP, order, BAST and receipt as
    evidence; PP and PPK are named, whoever bought pays nothing.
    """
    one = asked_to_pay(near)
    made = near.made
    [request] = near.pays.asked
    purchase = at(made, one)
    assert (request.kind, request.amount, request.unit_id) == ("LS_BJ", 5_550_000, made.unit)
    assert request.shares == (PaymentShare(ordering.ACCOUNT, 5_550_000),)
    payee = request.payee
    assert (payee.name, payee.bank, payee.account, payee.holder, payee.npwp) == (
        "UD Contoh Aren",
        "110",
        ordering.BANK["account_number"],
        ordering.BANK["account_holder"],
        ordering.BANK["npwp"],
    )
    assert [one.item for one in request.evidence] == ["kontrak", "bast", "kuitansi"]
    assert {actor.person_id for actor in request.acted} == {
        made.people[PP].person_id,
        made.people[PPK].person_id,
    }
    assert "SP-2026-000001" in request.basis
    assert request.purpose == f"{purchase.need} ({purchase.number})"
    assert ordering.payment(made, one).state == OPEN


def test_the_payment_is_told_in_any_order(near: Neighbours) -> None:
    """The latest counts, whatever comes first, twice or of another claim; paid and returned by the
    bank, the order waits for its payment again.
    """
    one = asked_to_pay(near)
    made = near.made
    [request] = near.pays.asked
    ref, key, now = request.ref, request.key, near.app.clock.now()
    later = [now + dt.timedelta(minutes=minute) for minute in range(6)]
    paid_on = dt.date(2026, 10, 8)
    tell(near, PaymentProgressed(ref, key, "sp2d", later[2]))
    tell(near, PaymentProgressed(ref, key, "spm", later[1]))
    assert ordering.payment(made, one).state == "sp2d"
    tell(near, PaymentMade(ref, f"{key}x", paid_on, 1, later[3], "lain"))
    assert at(made, one).state == PAYING
    for _twice in range(2):
        tell(near, PaymentMade(ref, key, paid_on, 5_000_000, later[3], NUMBER))
    row = ordering.payment(made, one)
    assert (row.state, row.number, row.paid_on, row.amount, row.by_hand) == (
        MADE,
        NUMBER,
        paid_on,
        5_000_000,
        False,
    )
    assert at(made, one).state == PAID
    tell(near, PaymentProgressed(ref, key, "retur", later[4]))
    assert (ordering.payment(made, one).paid_on, at(made, one).state) == (None, PAYING)
    tell(near, PaymentMade(ref, key, paid_on, 5_000_000, later[5], NUMBER))
    assert at(made, one).state == PAID


def test_a_refused_claim_is_asked_anew_or_paid_by_hand(near: Neighbours) -> None:
    """Why is kept; asked anew it is another claim, of which alone is heard."""
    one = asked_to_pay(near)
    made = near.made
    [first] = near.pays.asked
    now = near.app.clock.now()
    tell(near, PaymentRefused(first.ref, first.key, "tidak_lengkap", "Kuitansi kabur", now))
    row = ordering.payment(made, one)
    assert (row.state, row.reason) == (REFUSED, "Kuitansi kabur")
    with made.app.change(made.people[TREASURER]) as work:
        ask_payment_again(work, one, at(made, one).version)
    work_off(near.app)
    second = near.pays.asked[1]
    assert second.key != first.key
    tell(near, PaymentRefused(first.ref, first.key, PAYMENT_REPLACED, "x", now))
    assert ordering.payment(made, one).state == OPEN
    tell(near, PaymentRefused(second.ref, second.key, "lain", "Tahun berganti", now))
    ordering.paid_by_hand(made, one)
    assert at(made, one).state == PAID
    tell(near, PaymentMade(second.ref, second.key, dt.date(2026, 10, 9), 1, now, "lain"))
    assert ordering.payment(made, one).number == "00012/SP2D/2026"


def test_a_claim_with_faults_is_told_to_the_treasurer(near: Neighbours) -> None:
    """What the paying service finds wrong is no endless job: it stands as the reason."""

    def refuses(_work: Any, _request: Any) -> RecordRef:
        fault = FieldError("payee.account", "Nomor rekening 10 angka.", "digits")
        raise InvalidInputError("Klaim belum dapat diterima.", fields=[fault])

    made = near.made
    with_ports(near.app, request_payment=refuses)
    one = ordering.handed_over(made)
    ordering.billed(made, one)
    ordering.taken(made, one)
    work_off(near.app)
    row = ordering.payment(made, one)
    assert (row.state, row.reason) == (
        REFUSED,
        "Klaim belum dapat diterima.; Nomor rekening 10 angka.",
    )


def test_without_a_payer_it_is_paid_by_hand_until_one_comes(near: Neighbours) -> None:
    """A bill that was taken while nobody paid claims can be handed over later."""
    made = near.made
    with_ports(near.app)
    one = ordering.handed_over(made)
    ordering.billed(made, one)
    ordering.taken(made, one)
    assert ordering.payment(made, one).state == MANUAL
    with pytest.raises(ConflictError), made.app.change(made.people[TREASURER]) as work:
        ask_payment_again(work, one, at(made, one).version)
    with_ports(near.app, request_payment=near.pays)
    with made.app.change(made.people[TREASURER]) as work:
        ask_payment_again(work, one, at(made, one).version)
    work_off(near.app)
    assert ordering.payment(made, one).state == OPEN


def test_a_destroyed_record_lets_its_files_go_when_all_is_over(near: Neighbours) -> None:
    """While the purchase runs they stay; when it is done, file and row's content are released."""
    made = near.made
    with_ports(near.app, archive_record=near.files)
    one = ordering.handed_over(made)
    work_off(near.app)
    filed = next(one for one in near.files.asked if one.ref.kind == "ecatalog.surat_pesanan")
    ended = RecordEnded(filed.ref, filed.sha256, "BA-1", near.app.clock.now())
    tell(near, ended)
    with near.app.read(SYSTEM) as view:
        assert view.session.get(Blob, filed.sha256) is not None
        held = _released(view, filed.sha256)
    assert not held
    with made.app.change(SYSTEM) as work:
        work.session.get_one(Purchase, one).state = "selesai"
        told(work)
    tell(near, ended)
    with near.app.read(SYSTEM) as view:
        assert _released(view, filed.sha256)


def test_a_neighbour_that_is_taken_out_leaves_nothing_stuck(near: Neighbours) -> None:
    """A document that waited for a signature is signed with a pen or voided, a claim that was open
    is paid by hand, and both stand in the inbox of who does it.
    """
    made = near.made
    one = ordering.approved(made)
    document = ordering.written(made, one)
    work_off(near.app)
    assert ordering.document(made, document).state == WAITING
    with_ports(near.app)
    with made.app.read(made.people[PPK]) as view:
        assert count_my_turns(view) == 1
    with made.app.change(made.people[PPK]) as work:
        take_back(work, one, document, at(made, one).version, "Layanan tanda tangan dilepas")
    with_ports(near.app, sign_document=near.signs, request_payment=near.pays)
    again = ordering.written(made, one)
    work_off(near.app)
    with_ports(near.app)
    ordering.penned(made, one, again)
    ordering.confirmed(made, one)
    ordering.inspected(made, one, ordering.delivered(made, one, 100), 100)
    ordering.penned(made, one, ordering.minuted(made, one))
    ordering.billed(made, one)
    with_ports(near.app, request_payment=near.pays)
    ordering.taken(made, one)
    work_off(near.app)
    assert ordering.payment(made, one).state == OPEN
    with pytest.raises(ConflictError):
        ordering.paid_by_hand(made, one)
    with_ports(near.app)
    with made.app.read(made.people[TREASURER]) as view:
        assert count_my_turns(view) == 1
    ordering.paid_by_hand(made, one)
    assert at(made, one).state == PAID


def test_an_event_of_another_service_is_not_ours(near: Neighbours) -> None:
    """Signatures, refusals and payments of records that others asked for change nothing here."""
    made = near.made
    one = ordering.approved(made)
    document = ordering.written(made, one)
    work_off(near.app)
    [request] = near.signs.asked
    other = RecordRef("uji.naskah", request.ref.id)
    now = near.app.clock.now()
    tell(near, DocumentSigned(other, request.key, request.sha256, now))
    tell(near, PaymentMade(other, request.key, dt.date(2026, 10, 8), 1, now))
    assert ordering.document(made, document).state == WAITING
    assert at(made, one).state not in (HANDOVER, CONFIRMING)


def _released(view: View, sha256: str) -> bool:
    return view.session.scalar(select(BlobRelease).where(BlobRelease.sha256 == sha256)) is not None


def _later(near: Neighbours) -> None:
    """An hour later, waiting jobs are tried again."""
    assert isinstance(near.app.clock, ManualClock)
    near.app.clock.advance(dt.timedelta(hours=1))
    work_off(near.app, faults=True)
