"""Paying an order: the claim is handed over where some service pays, else written down by hand.

The treasurer's word only leaves a job behind, which is tried again however long the other service
takes; asked twice, the key gives one claim. What comes of it is told by events in no sure order, of
which the latest counts. Whoever bought (PP and PPK) takes no step of the payment; PA or KPA are not
named, as they order the payments of their office by law (PP 12/2019 Pasal 10), nor is the
treasurer, whose own duty it is.
"""

import datetime as dt
from typing import Final
from uuid import UUID

from sqlalchemy import select

from leuit.builtin.checks import TextChecker
from leuit.contracts import (
    EarlierActor,
    PaymentEvidence,
    PaymentMade,
    PaymentPayee,
    PaymentProgressed,
    PaymentRefused,
    PaymentRequest,
    PaymentShare,
)
from leuit.values import ConflictError, InvalidInputError, RecordRef, _, format_date, format_rupiah
from leuit.work import JobContext, Leuit, StoredFile, View, Work, register_file
from leuit_ecatalog.models import (
    BillFile,
    OrderDocument,
    OrderPayment,
    Purchase,
    PurchaseDuty,
    RupPackage,
    Vendor,
)
from leuit_ecatalog.models.orders import DOCUMENT_NUMBER, MINUTES, ORDER
from leuit_ecatalog.models.purchases import REASON
from leuit_ecatalog.rules.buying_rules import PP, PPK
from leuit_ecatalog.rules.purchase_duties import TREASURER, WORDS
from leuit_ecatalog.rules.purchase_states import PAID, PAYING, require_state

from .orders import document_of
from .purchase_access import REF, held_purchase, note_act, ref_of, take_duty

PAY_PORT = "request_payment"
CLAIM_JOB = "ecatalog.payment.claim"
ASKED, OPEN, REFUSED, MANUAL, MADE, BACK = "asked", "open", "refused", "manual", "paid", "retur"
_ITEMS: Final = {ORDER: "kontrak", MINUTES: "bast"}
"""The items of a checklist that the documents of an order prove."""

PAID_BY_HAND: Final = (MANUAL, REFUSED, BACK)
"""States of a payment that may be written down by hand."""


def begin_payment(work: Work, purchase: Purchase) -> OrderPayment:
    """Ask for the payment of a bill that was taken, where some service pays; the caller holds it.

    Asked again after a refusal, it is a new claim.
    """
    row = work.session.get(OrderPayment, purchase.id)
    if row is None:
        row = OrderPayment(purchase_id=purchase.id, round=0)
        work.session.add(row)
    row.round += 1
    row.state = ASKED if work.app.has_port(PAY_PORT) else MANUAL
    row.reason, row.told_at, row.paid_on, row.number, row.amount = "", work.now, None, "", None
    work.session.flush()
    if row.state == ASKED:
        args = {"purchase_id": str(purchase.id), "round": str(row.round)}
        work.enqueue(CLAIM_JOB, args)
    return row


def ask_again(work: Work, purchase_id: UUID, version: int) -> OrderPayment:
    """Ask anew for a payment that was refused, or that nobody could pay at the time."""
    purchase, row = _payable(work, purchase_id, version)
    if row.state not in (MANUAL, REFUSED) or not work.app.has_port(PAY_PORT):
        raise ConflictError(_("Pembayaran ini tidak dapat diminta sekarang."))
    begin_payment(work, purchase)
    note_act(work, purchase, "payment_asked", role=TREASURER)
    return row


def pay_by_hand(
    work: Work,
    purchase_id: UUID,
    version: int,
    number: str,
    paid_on: dt.date,
    amount: int,
    file: StoredFile | None,
) -> OrderPayment:
    """Write down what was paid outside of this installation: number and day of the SP2D, the net.

    Raises InvalidInputError by field, ConflictError while some service pays it.
    """
    purchase, row = _payable(work, purchase_id, version)
    if not by_hand_is_open(work.app, row):
        raise ConflictError(
            _("Pembayaran ini sedang diproses layanan pembayaran."),
            advice=_("Tunggu sampai selesai atau ditolak."),
        )
    checker = TextChecker()
    wanted = checker.read("number", number, most=DOCUMENT_NUMBER)
    if not 0 < amount <= purchase.total:
        checker.fault("amount", _("Paling banyak jumlah tagihan."), "out_of_range")
    if not purchase.since.astimezone(work.app.zone).date() <= paid_on <= work.today:
        checker.fault(
            "paid_on", _("Pilih hari sejak tagihan diterima sampai hari ini."), "out_of_range"
        )
    if file is None:
        checker.fault("file", _("Lampirkan bukti pembayaran."), "required")
    if checker.faults:
        raise InvalidInputError(_("Periksa pembayaran."), fields=checker.faults)
    assert file is not None
    row.state, row.by_hand, row.told_at = MADE, True, work.now
    row.number, row.paid_on, row.amount = wanted, paid_on, amount
    row.sha256, row.file_name = register_file(work, file), file.name
    row.media_type = file.media_type
    purchase.state, purchase.since = PAID, work.now
    facts = {"number": wanted, "paid_on": paid_on.isoformat(), "amount": amount}
    note_act(work, purchase, "paid", role=TREASURER, facts=facts)
    return row


def by_hand_is_open(app: Leuit, row: OrderPayment) -> bool:
    """Whether a payment may be written down: nobody pays it, or who was to pay is gone."""
    return row.state in PAID_BY_HAND or (row.state != MADE and not app.has_port(PAY_PORT))


def claim(context: JobContext) -> None:
    """Hand the claim over, once; what the other service finds wrong with it is told as a refusal.

    While nobody pays claims the job fails and is tried again.
    """
    purchase_id, number = UUID(context.args["purchase_id"]), int(context.args["round"])
    try:
        with context.change() as work:
            purchase, row = _locked(work, purchase_id)
            if row is None or row.state != ASKED or row.round != number:
                return
            record: RecordRef = work.app.port(PAY_PORT)(work, _request(work, purchase, row))
            row.state, row.told_at = OPEN, work.now
            note_act(work, purchase, "claimed", facts={"record": str(record)})
    except InvalidInputError as error:
        told = "; ".join([str(error), *(fault.sentence() for fault in error.fields)])
        with context.change() as work:
            purchase, row = _locked(work, purchase_id)
            if row is not None and row.state == ASKED and row.round == number:
                row.state, row.reason, row.told_at = REFUSED, told[:REASON], work.now
                note_act(work, purchase, "payment_refused", note=row.reason)


def payment_told(
    context: JobContext, event: PaymentProgressed | PaymentMade | PaymentRefused
) -> None:
    """Keep how the payment stands, unless something later was told already."""
    if event.ref.kind != REF:
        return
    with context.change() as work:
        purchase, row = _locked(work, UUID(event.ref.id))
        if row is None or event.key != key_of(row) or row.by_hand or event.at < row.told_at:
            return
        row.told_at = event.at
        if isinstance(event, PaymentMade):
            row.state, row.paid_on, row.amount = MADE, event.paid_on, event.amount
            row.number = event.number[:DOCUMENT_NUMBER]
            if purchase.state == PAYING:
                purchase.state, purchase.since = PAID, work.now
            facts = {
                "number": row.number,
                "paid_on": event.paid_on.isoformat(),
                "amount": event.amount,
            }
            note_act(work, purchase, "paid", facts=facts)
            return
        if isinstance(event, PaymentRefused):
            row.state, row.reason = REFUSED, event.reason[:REASON]
            note_act(work, purchase, "payment_refused", note=row.reason)
            return
        before, row.state = row.state, event.state[:10]
        if before == MADE and row.state != MADE:
            row.paid_on, row.amount = None, None
            if purchase.state == PAID:
                purchase.state, purchase.since = PAYING, work.now
        note_act(work, purchase, "payment_told", facts={"state": row.state})


def payment_of(view: View, purchase_id: UUID) -> OrderPayment | None:
    """How the payment of an order stands; None until its bill was taken."""
    return view.session.get(OrderPayment, purchase_id)


def key_of(row: OrderPayment) -> str:
    """The key of the present claim."""
    return f"{REF}:{row.purchase_id}:{row.round}"


def _payable(work: Work, purchase_id: UUID, version: int) -> tuple[Purchase, OrderPayment]:
    purchase = held_purchase(work, purchase_id, version)
    require_state(purchase.state, PAYING)
    take_duty(work, purchase, TREASURER)
    row = work.session.get(OrderPayment, purchase.id)
    if row is None:
        raise ConflictError(_("Tagihannya belum diterima."), advice=_("Periksa dahulu tagihannya."))
    return purchase, row


def _request(work: Work, purchase: Purchase, row: OrderPayment) -> PaymentRequest:
    vendor = work.session.get_one(Vendor, purchase.vendor_id)
    package = work.session.get_one(RupPackage, purchase.rup_id)
    documents = [_document(work, purchase, kind) for kind in _ITEMS]
    order, minutes = documents
    fine = ""
    if purchase.fine:
        fine = f", denda {format_rupiah(purchase.fine)}"
    basis = (
        f"Surat Pesanan {order.number} {format_date(order.dated)}, "
        f"BAST {minutes.number} {format_date(minutes.dated)}{fine}"
    )
    shares: tuple[PaymentShare, ...] = ()
    if package.account_code:
        shares = (PaymentShare(package.account_code, purchase.total),)
    return PaymentRequest(
        key=key_of(row),
        ref=ref_of(purchase),
        unit_id=purchase.unit_id,
        kind="LS_BJ",
        purpose=f"{purchase.need} ({purchase.number})"[:300],
        basis=basis[:200],
        payee=PaymentPayee(
            name=vendor.name,
            bank=vendor.bank,
            account=vendor.account_number,
            holder=vendor.account_holder,
            npwp=vendor.npwp or "",
        ),
        amount=purchase.total,
        shares=shares,
        evidence=(*(_proof(one) for one in documents), *_papers(work, purchase)),
        acted=_buyers(work, purchase),
    )


def _document(work: Work, purchase: Purchase, kind: str) -> OrderDocument:
    found = document_of(work, purchase.id, kind)
    assert found is not None  # nothing is billed without both
    return found


def _proof(document: OrderDocument) -> PaymentEvidence:
    assert document.signed_sha256 is not None
    name = f"{document.kind}-{document.number.replace('/', '-')}.pdf"
    return PaymentEvidence(_ITEMS[document.kind], document.signed_sha256, name)


def _papers(work: Work, purchase: Purchase) -> list[PaymentEvidence]:
    rows = work.session.scalars(
        select(BillFile).where(BillFile.purchase_id == purchase.id).order_by(BillFile.item)
    )
    return [PaymentEvidence(one.item, one.sha256, one.file_name) for one in rows]


def _buyers(work: Work, purchase: Purchase) -> tuple[EarlierActor, ...]:
    rows = work.session.scalars(
        select(PurchaseDuty)
        .where(PurchaseDuty.purchase_id == purchase.id, PurchaseDuty.role.in_((PP, PPK)))
        .order_by(PurchaseDuty.role, PurchaseDuty.person_id)
    )
    return tuple(EarlierActor(one.person_id, str(WORDS[one.role])) for one in rows)


def _locked(work: Work, purchase_id: UUID) -> tuple[Purchase, OrderPayment | None]:
    """Both as they are stored now; the purchase is held first, as everywhere."""
    purchase = work.session.get_one(
        Purchase, purchase_id, with_for_update=True, populate_existing=True
    )
    row = work.session.get(OrderPayment, purchase_id, populate_existing=True)
    return purchase, row
