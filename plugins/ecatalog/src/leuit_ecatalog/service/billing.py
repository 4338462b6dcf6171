"""The vendor's bill after the handover: sent with its papers, looked at by the treasurer."""

import datetime as dt
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from sqlalchemy import select

from leuit.builtin.checks import TextChecker
from leuit.storage import insert_into
from leuit.values import ConflictError, InvalidInputError, NotFoundError, Text, _
from leuit.work import StoredFile, View, Work, register_file
from leuit_ecatalog.models import Bill, BillFile, Purchase
from leuit_ecatalog.models.orders import (
    DOCUMENT_NUMBER,
    MINUTES,
    RETURNED,
    SENT,
    TAKEN,
    TAX_NUMBER,
)
from leuit_ecatalog.models.purchases import REASON
from leuit_ecatalog.rules.negotiation import VENDOR
from leuit_ecatalog.rules.purchase_duties import TREASURER
from leuit_ecatalog.rules.purchase_states import BILLING, PAYING, require_state

from .order_payments import begin_payment
from .orders import document_of, vendor_order
from .purchase_access import held_purchase, note_act, take_duty

RECEIPT, INVOICE, TAX_INVOICE = "kuitansi", "tagihan", "faktur"
ITEMS: Final[Mapping[str, Text]] = {
    RECEIPT: _("Kuitansi"),
    INVOICE: _("Tagihan"),
    TAX_INVOICE: _("Faktur pajak"),
}


def send_bill(
    work: Work,
    purchase_id: UUID,
    version: int,
    number: str,
    dated: dt.date,
    tax_number: str,
    files: Mapping[str, StoredFile],
) -> Bill:
    """The vendor's bill for all that was handed over; one that came back is sent again.

    Files of an earlier round stay unless a new one replaces them. Raises InvalidInputError by
    field: a receipt must be there.
    """
    purchase = vendor_order(work, purchase_id, version, BILLING)
    minutes = document_of(work, purchase.id, MINUTES)
    assert minutes is not None
    assert minutes.signed_on is not None  # nothing is billed that was not handed over
    known = {one.item for one in files_of(work, purchase.id)}
    checker = TextChecker()
    wanted = checker.read("number", number, most=DOCUMENT_NUMBER)
    tax = checker.read("tax_number", tax_number, most=TAX_NUMBER, required=False)
    if not minutes.signed_on <= dated <= work.today:
        checker.fault("dated", _("Pilih hari sejak serah terima sampai hari ini."), "out_of_range")
    if RECEIPT not in known | set(files):
        checker.fault(RECEIPT, _("Lampirkan kuitansi."), "required")
    if checker.faults:
        raise InvalidInputError(_("Periksa tagihan."), fields=checker.faults)
    assert work.identity.account_id is not None
    bill = work.session.get(Bill, purchase.id)
    if bill is None:
        bill = Bill(purchase_id=purchase.id, round=0)
        work.session.add(bill)
    bill.number, bill.dated, bill.tax_number = wanted, dated, tax
    bill.state, bill.reason, bill.round = SENT, "", bill.round + 1
    bill.account_id, bill.at = work.identity.account_id, work.now
    work.session.flush()
    for item, file in files.items():
        _keep_file(work, purchase, item, file)
    purchase.state, purchase.since = PAYING, work.now
    note_act(work, purchase, "billed", role=VENDOR, facts={"number": wanted, "round": bill.round})
    return bill


def return_bill(work: Work, purchase_id: UUID, version: int, reason: str) -> Bill:
    """The treasurer sends a bill back, with what is to be mended."""
    purchase, bill = _sent_bill(work, purchase_id, version)
    checker = TextChecker()
    why = checker.read("reason", reason, most=REASON)
    if checker.faults:
        raise InvalidInputError(_("Tulis alasannya."), fields=checker.faults)
    bill.state, bill.reason = RETURNED, why
    purchase.state, purchase.since = BILLING, work.now
    note_act(work, purchase, "bill_returned", role=TREASURER, note=why)
    return bill


def take_bill(work: Work, purchase_id: UUID, version: int) -> Bill:
    """The treasurer finds a bill right: its payment is asked for, or paid by hand."""
    purchase, bill = _sent_bill(work, purchase_id, version)
    bill.state = TAKEN
    purchase.since = work.now
    note_act(work, purchase, "bill_taken", role=TREASURER, facts={"number": bill.number})
    begin_payment(work, purchase)
    return bill


def bill_of(view: View, purchase_id: UUID) -> Bill | None:
    """The bill of an order, if one was sent."""
    return view.session.get(Bill, purchase_id)


def files_of(view: View, purchase_id: UUID) -> list[BillFile]:
    """The files of its bill, in the order in which they are asked for."""
    rows = view.session.scalars(select(BillFile).where(BillFile.purchase_id == purchase_id)).all()
    order = list(ITEMS)
    return sorted(rows, key=lambda one: order.index(one.item))


def find_bill_file(view: View, purchase: Purchase, item: str) -> BillFile:
    """A file of the bill of a purchase that was found; NotFoundError where there is none."""
    found = view.session.get(BillFile, (purchase.id, item))
    if found is None:
        raise NotFoundError(_("Berkas itu tidak ada."))
    return found


def _sent_bill(work: Work, purchase_id: UUID, version: int) -> tuple[Purchase, Bill]:
    purchase = held_purchase(work, purchase_id, version)
    require_state(purchase.state, PAYING)
    take_duty(work, purchase, TREASURER)
    bill = work.session.get_one(Bill, purchase.id)
    if bill.state != SENT:
        raise ConflictError(_("Tagihan itu sudah diterima."), advice=_("Muat ulang halaman."))
    return purchase, bill


def _keep_file(work: Work, purchase: Purchase, item: str, file: StoredFile) -> None:
    told = {
        "sha256": register_file(work, file),
        "file_name": file.name,
        "media_type": file.media_type,
    }
    row = {"purchase_id": purchase.id, "item": item, **told}
    work.connection.execute(
        insert_into(work.database.dialect, BillFile)
        .values(row)
        .on_conflict_do_update(index_elements=["purchase_id", "item"], set_=told)
    )
