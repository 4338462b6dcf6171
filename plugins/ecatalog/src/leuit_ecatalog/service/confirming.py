"""The vendor's answer to a Surat Pesanan: it takes the order within its time, or declines it."""

import datetime as dt
from uuid import UUID

from leuit.builtin.checks import TextChecker
from leuit.values import InvalidInputError, _, to_utc
from leuit.work import View, Work
from leuit_ecatalog.models import Purchase
from leuit_ecatalog.models.orders import ORDER
from leuit_ecatalog.models.purchases import REASON
from leuit_ecatalog.rules.negotiation import VENDOR
from leuit_ecatalog.rules.purchase_states import CONFIRMING, DECLINED, PROCESSING

from .agreeing import let_go
from .deadlines import require_open
from .orders import document_of, vendor_order
from .purchase_access import note_act


def confirm(work: Work, purchase_id: UUID, version: int) -> Purchase:
    """Take the order as its Surat Pesanan says; which file that was is written down.

    Raises ExpiredError after the last day.
    """
    purchase = vendor_order(work, purchase_id, version, CONFIRMING)
    require_open(work, purchase)
    order = document_of(work, purchase.id, ORDER)
    assert order is not None  # what is to be confirmed was signed
    purchase.state, purchase.since = PROCESSING, work.now
    purchase.due_at = end_of(work, purchase.deliver_by)
    facts = {"number": order.number, "sha256": order.signed_sha256}
    note_act(work, purchase, "confirmed", role=VENDOR, facts=facts)
    return purchase


def refuse(work: Work, purchase_id: UUID, version: int, reason: str) -> Purchase:
    """Decline the order; money and stock are given back, why is told to the buyer.

    What a refusal without acceptable reason leads to (Pasal 80), officers decide: `sanctions`.
    """
    purchase = vendor_order(work, purchase_id, version, CONFIRMING)
    require_open(work, purchase)
    checker = TextChecker()
    why = checker.read("reason", reason, most=REASON)
    if checker.faults:
        raise InvalidInputError(_("Tulis alasan Anda."), fields=checker.faults)
    let_go(work, purchase)
    purchase.state, purchase.due_at, purchase.since = DECLINED, None, work.now
    note_act(work, purchase, "refused", role=VENDOR, note=why)
    return purchase


def end_of(view: View, day: dt.date | None) -> dt.datetime | None:
    """The first instant after a local day; None for none."""
    if day is None:
        return None
    return to_utc(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()), view.app.zone)
