"""What both sides see of an order: documents, what came of each line, bill, payment, rating."""

from typing import Any

from leuit.values import _
from leuit.web import Request, local
from leuit.work import View
from leuit_ecatalog.buying_words import (
    BILL_WORDS,
    DOCUMENT_TONES,
    DOCUMENT_WORDS,
    PAYMENT_WORDS,
)
from leuit_ecatalog.models import OrderDocument, Purchase
from leuit_ecatalog.models.orders import INSPECTED, MADE, RETURNED, SENT, UNSIGNED, VOID
from leuit_ecatalog.rules.buying_rules import PPK
from leuit_ecatalog.rules.deliveries import RETURN_REASONS
from leuit_ecatalog.rules.purchase_duties import TREASURER
from leuit_ecatalog.rules.purchase_states import (
    HANDOVER,
    ORDERING,
    PAID,
    PAYING,
    PROCESSING,
)
from leuit_ecatalog.rules.units import unit_label
from leuit_ecatalog.rules.vendor_rating import ASPECTS, SCORES
from leuit_ecatalog.service.agreeing import agreement_of
from leuit_ecatalog.service.billing import ITEMS, bill_of, files_of
from leuit_ecatalog.service.delivering import fine_of
from leuit_ecatalog.service.order_content import line_name, title_of
from leuit_ecatalog.service.order_deliveries import (
    Inspected,
    deliveries_of,
    is_coming,
    standings_of,
)
from leuit_ecatalog.service.order_documents import SIGN_PORT, by_hand_is_open
from leuit_ecatalog.service.order_payments import MANUAL, PAY_PORT, REFUSED, payment_of
from leuit_ecatalog.service.order_payments import by_hand_is_open as payments_by_hand
from leuit_ecatalog.service.orders import COMPLETE, documents_of
from leuit_ecatalog.service.purchase_access import lines_of, may_act
from leuit_ecatalog.service.rating import rating_of


def order_of(view: View, request: Request, purchase: Purchase) -> dict[str, Any]:
    """All of an order for its cards; empty lists where nothing is there yet."""
    documents = documents_of(view, purchase.id)
    lines = lines_of(view, purchase.id)
    deliveries = deliveries_of(view, purchase.id)
    standing = standings_of(lines, deliveries)
    agreement = agreement_of(view, purchase)
    names = (
        {one["line_id"]: line_name(one) for one in agreement.content["lines"]} if agreement else {}
    )
    units = (
        {one["line_id"]: unit_label(one["unit"]) for one in agreement.content["lines"]}
        if agreement
        else {}
    )
    bill, payment = bill_of(view, purchase.id), payment_of(view, purchase.id)
    rating = rating_of(view, purchase.id)
    return {
        "documents": [_document(one) for one in documents],
        "lines": [
            {
                "id": one.id,
                "name": names.get(str(one.id), ""),
                "unit": units.get(str(one.id), ""),
                "standing": standing[one.id],
            }
            for one in lines
        ],
        "deliveries": [_delivery(request, one, names) for one in deliveries],
        "coming": is_coming(deliveries),
        "deliver_by": purchase.deliver_by,
        "fine": purchase.fine,
        "late_days": fine_of(view, purchase, lines, deliveries)[0] if purchase.fine else 0,
        "bill": bill,
        "bill_word": BILL_WORDS[bill.state] if bill else "",
        "bill_back": bill.reason if bill and bill.state == RETURNED else "",
        "files": [(one.item, ITEMS[one.item], one.file_name) for one in files_of(view, purchase.id)]
        if bill
        else [],
        "payment": payment,
        "payment_word": PAYMENT_WORDS.get(payment.state, payment.state) if payment else "",
        "rating": [(ASPECTS[name], SCORES[getattr(rating, name)]) for name in ASPECTS]
        if rating
        else [],
        "rating_note": rating.note if rating else "",
    }


def acts_of_order(view: View, purchase: Purchase, order: dict[str, Any]) -> dict[str, bool]:
    """What the asker may do now as PPK or treasurer."""
    live = [one for one in order["documents"] if one["state"] != VOID]
    state = purchase.state
    ppk = state in (ORDERING, PROCESSING, HANDOVER, PAID) and may_act(view, purchase, PPK)
    pays = state == PAYING and may_act(view, purchase, TREASURER)
    bill, payment = order["bill"], order["payment"]
    unsigned = ppk and any(
        one["state"] not in COMPLETE and one["kind"] == _KIND_AT.get(state) for one in live
    )
    return {
        "may_order": ppk and state == ORDERING and not live,
        "may_inspect": ppk and state == PROCESSING and order["coming"],
        "may_stop": ppk and state == PROCESSING and not order["coming"],
        "may_hand_over": ppk
        and state == HANDOVER
        and not any(one["kind"] == "bast" for one in live),
        "may_sign": unsigned,
        "may_rate": ppk and state == PAID,
        "may_check_bill": pays and bill is not None and bill.state == SENT,
        "may_pay_by_hand": pays and payment is not None and payments_by_hand(view.app, payment),
        "may_ask_payment": pays
        and payment is not None
        and payment.state in (MANUAL, REFUSED)
        and view.app.has_port(PAY_PORT),
    }


def next_step(order: dict[str, Any], may: dict[str, bool]) -> dict[str, str] | None:
    """The one thing that waits for the asker, with the page on which it is done."""
    if may["may_order"]:
        return {"label": _("Buat surat pesanan"), "path": "/order"}
    if may["may_sign"]:
        open_one = next(
            one for one in reversed(order["documents"]) if one["state"] not in (*COMPLETE, VOID)
        )
        return {"label": _("Buka dokumen"), "path": f"/documents/{open_one['id']}"}
    if may["may_inspect"]:
        coming = next(one for one in order["deliveries"] if not one["inspected"])
        return {"label": _("Periksa pengiriman"), "path": f"/deliveries/{coming['id']}"}
    for name, label, path in (
        ("may_hand_over", _("Buat berita acara"), "/minutes"),
        ("may_check_bill", _("Periksa tagihan"), "/bill"),
        ("may_pay_by_hand", _("Catat pembayaran"), "/payment"),
        ("may_rate", _("Nilai penyedia"), "/rating"),
    ):
        if may[name]:
            return {"label": label, "path": path}
    return None


def may_with(view: View, document: OrderDocument) -> dict[str, bool]:
    """What may be done with a document that does not bear its signature."""
    return {
        "scan": by_hand_is_open(view.app, document),
        "again": document.state == UNSIGNED and view.app.has_port(SIGN_PORT),
        "void": document.state in (MADE, UNSIGNED) or by_hand_is_open(view.app, document),
    }


def _document(one: OrderDocument) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "title": title_of(one.kind, one.number),
        "dated": one.dated,
        "state": one.state,
        "word": DOCUMENT_WORDS[one.state],
        "tone": DOCUMENT_TONES[one.state],
        "signer": one.signer,
        "signed_on": one.signed_on,
        "signed": one.state in COMPLETE,
        "reason": one.reason,
        "filed": bool(one.filed_id),
    }


def _delivery(request: Request, one: Inspected, names: dict[str, str]) -> dict[str, Any]:
    delivery = one.delivery
    return {
        "id": delivery.id,
        "number": delivery.number,
        "sent_on": delivery.sent_on,
        "at": local(request, delivery.at),
        "waybill": delivery.waybill,
        "note": delivery.note,
        "file": delivery.file_name,
        "inspected": delivery.state == INSPECTED,
        "received_on": delivery.received_on,
        "remark": delivery.remark,
        "ticks": (delivery.fits_purpose, delivery.fits_quantity, delivery.fits_time),
        "lines": [
            {
                "name": names.get(str(line.line_id), ""),
                "sent": line.sent,
                "accepted": line.accepted,
                "returned": line.returned,
                "reason": RETURN_REASONS[line.reason] if line.reason else "",
            }
            for line in one.lines
        ],
    }


_KIND_AT = {ORDERING: "surat_pesanan", HANDOVER: "bast"}
