"""Orders as their vendor has them, on a phone: taken or declined, delivered, billed, paid."""

from typing import Any

from leuit.identity import Unit
from leuit.values import _
from leuit.web import (
    PAGE_SIZE,
    Field,
    FormPage,
    Listing,
    Request,
    Response,
    file_answer,
    page,
    page_number,
    version_of,
)
from leuit.work import View
from leuit_ecatalog.buying_words import TONES
from leuit_ecatalog.models import Purchase
from leuit_ecatalog.models.orders import DOCUMENT_NUMBER, TAX_NUMBER, WAYBILL
from leuit_ecatalog.models.purchases import REASON
from leuit_ecatalog.rules.purchase_states import (
    BILLING,
    CONFIRMING,
    PROCESSING,
    WORDS,
    require_state,
)
from leuit_ecatalog.rules.units import unit_label
from leuit_ecatalog.service import confirming
from leuit_ecatalog.service.agreeing import agreement_of
from leuit_ecatalog.service.billing import ITEMS, RECEIPT, bill_of, find_bill_file, send_bill
from leuit_ecatalog.service.deadlines import is_over, last_local_day
from leuit_ecatalog.service.delivering import deliver
from leuit_ecatalog.service.orders import find_order
from leuit_ecatalog.service.paper_files import ACCEPTED, LARGEST
from leuit_ecatalog.service.purchase_listing import count_orders, orders

from .buying_common import ORDERS, changed, id_in, number_of, receive, run_act, run_change
from .order_detail import order_of

MAX_BODY = 3 * LARGEST + 256 * 1024
WAITING = (CONFIRMING, PROCESSING, BILLING)
_VERSION = Field("version", "", "hidden")
_FILE_HINT = _("PDF, JPEG atau PNG, paling besar 10 MB.")


def show_orders(request: Request) -> Response:
    """The orders of the own vendor, what waits for it first."""
    with request.read() as view:
        total = count_orders(view)
        rows = orders(view, WAITING, (page_number(request) - 1) * PAGE_SIZE, PAGE_SIZE)
    return page(
        request,
        "ecatalog/orders.html",
        listing=Listing.of(request, rows, total),
        words=WORDS,
        tones=TONES,
        ours=WAITING,
        path=ORDERS,
    )


def show_order(request: Request, errors: dict[str, str] | None = None) -> Response:
    """One order: what was ordered, what is to be done now, how it stands."""
    with request.read() as view:
        purchase = find_order(view, id_in(request, "purchase_id"))
        order = order_of(view, request, purchase)
        agreement = agreement_of(view, purchase)
        unit = view.session.get_one(Unit, purchase.unit_id).name
        last_day = last_local_day(view, purchase) if purchase.due_at else None
        late = is_over(view, purchase)
        owed = any(one["standing"].owed for one in order["lines"])
    return page(
        request,
        "ecatalog/order.html",
        status=422 if errors else 200,
        errors=errors or {},
        purchase=purchase,
        order=order,
        agreement=agreement,
        unit=unit,
        unit_label=unit_label,
        word=WORDS[purchase.state],
        tone=TONES[purchase.state],
        last_day=last_day,
        late=late,
        path=f"{ORDERS}/{purchase.id}",
        may_confirm=purchase.state == CONFIRMING and not late,
        may_deliver=purchase.state == PROCESSING and owed,
        may_bill=purchase.state == BILLING,
    )


def accept(request: Request) -> Response:
    """Take the order."""
    purchase_id = id_in(request, "purchase_id")
    return changed(
        request,
        lambda work: confirming.confirm(work, purchase_id, version_of(request.form)),
        f"{ORDERS}/{purchase_id}",
        _("Pesanan diterima. Kirim barangnya sebelum batas waktu."),
        lambda errors: show_order(request, errors),
    )


def refuse_order(request: Request) -> Response:
    """Decline the order, with a reason."""
    purchase_id = id_in(request, "purchase_id")
    with request.read() as view:
        purchase = _in(view, request, CONFIRMING)
    form = FormPage(
        title=_("Tolak pesanan"),
        lead=_(
            "%(number)s. Pembeli melihat alasan Anda. Menolak tanpa alasan yang dapat diterima"
            " dapat dikenai sanksi."
        )
        % {"number": purchase.number},
        action=f"{ORDERS}/{purchase_id}/refuse",
        submit=_("Tolak pesanan"),
        back=f"{ORDERS}/{purchase_id}",
        back_label=_("Pesanan"),
        danger=True,
        fields=[Field("reason", _("Alasan"), "textarea", rows=4, most=REASON), _VERSION],
    ).fill({"version": purchase.version})
    return run_change(
        request,
        form,
        lambda work, values: confirming.refuse(
            work, purchase_id, version_of(request.form), values["reason"]
        ),
        f"{ORDERS}/{purchase_id}",
        _("Pesanan ditolak."),
    )


def send(request: Request) -> Response:
    """Send what is owed, or a part of it."""
    purchase_id = id_in(request, "purchase_id")
    with request.read() as view:
        purchase = _in(view, request, PROCESSING)
        order = order_of(view, request, purchase)
        today = view.today
    owed = [one for one in order["lines"] if one["standing"].owed]
    form = FormPage(
        title=_("Kirim barang"),
        lead=_("%(number)s. Boleh sebagian; sisanya dikirim kemudian.")
        % {"number": purchase.number},
        action=f"{ORDERS}/{purchase_id}/deliver",
        submit=_("Catat pengiriman"),
        back=f"{ORDERS}/{purchase_id}",
        back_label=_("Pesanan"),
        fields=[
            *(
                Field(
                    f"quantity-{one['id']}",
                    f"{one['name']} ({one['unit']})",
                    hint=_("Belum dikirim %(owed)s.") % {"owed": one["standing"].owed},
                    width="short",
                    convert=number_of,
                )
                for one in owed
            ),
            Field("sent_on", _("Dikirim pada"), "date"),
            Field(
                "waybill",
                _("Nomor surat jalan"),
                width="medium",
                required=False,
                most=WAYBILL,
            ),
            Field(
                "file",
                _("Foto atau surat jalan"),
                "file",
                hint=_FILE_HINT,
                required=False,
                accept=ACCEPTED,
            ),
            Field("note", _("Catatan"), "textarea", rows=2, required=False, most=REASON),
            _VERSION,
        ],
    ).fill(
        {
            "sent_on": f"{today:%d/%m/%Y}",
            "version": purchase.version,
            **{f"quantity-{one['id']}": one["standing"].owed for one in owed},
        }
    )

    def act(values: dict[str, Any]) -> None:
        file = receive(request, values["file"]) if values["file"] else None
        with request.change() as work:
            deliver(
                work,
                purchase_id,
                version_of(request.form),
                {one["id"]: values[f"quantity-{one['id']}"] for one in owed},
                values["sent_on"],
                values["waybill"] or "",
                values["note"] or "",
                file,
            )

    return run_act(request, form, act, f"{ORDERS}/{purchase_id}", _("Pengiriman dicatat."))


def bill(request: Request) -> Response:
    """Send the bill with its papers, or once more what came back."""
    purchase_id = id_in(request, "purchase_id")
    with request.read() as view:
        purchase = _in(view, request, BILLING)
        known = bill_of(view, purchase_id)
        today = view.today
    form = FormPage(
        title=_("Kirim tagihan"),
        lead=known.reason if known else _("%(number)s.") % {"number": purchase.number},
        action=f"{ORDERS}/{purchase_id}/bill",
        submit=_("Kirim tagihan"),
        back=f"{ORDERS}/{purchase_id}",
        back_label=_("Pesanan"),
        fields=[
            Field("number", _("Nomor tagihan"), width="medium", most=DOCUMENT_NUMBER),
            Field("dated", _("Tanggal tagihan"), "date"),
            *(
                Field(
                    item,
                    title,
                    "file",
                    hint=_FILE_HINT,
                    required=item == RECEIPT and known is None,
                    accept=ACCEPTED,
                )
                for item, title in ITEMS.items()
            ),
            Field(
                "tax_number",
                _("Nomor faktur pajak"),
                width="medium",
                required=False,
                most=TAX_NUMBER,
            ),
            _VERSION,
        ],
    ).fill(
        {
            "number": known.number if known else "",
            "dated": f"{known.dated if known else today:%d/%m/%Y}",
            "tax_number": known.tax_number if known else "",
            "version": purchase.version,
        }
    )

    def act(values: dict[str, Any]) -> None:
        files = {item: receive(request, values[item]) for item in ITEMS if values[item]}
        with request.change() as work:
            send_bill(
                work,
                purchase_id,
                version_of(request.form),
                values["number"],
                values["dated"],
                values["tax_number"] or "",
                files,
            )

    return run_act(request, form, act, f"{ORDERS}/{purchase_id}", _("Tagihan dikirim."))


def bill_file(request: Request) -> Response:
    """A paper of the own bill."""
    with request.read() as view:
        purchase = find_order(view, id_in(request, "purchase_id"))
        found = find_bill_file(view, purchase, str(request.params["item"]))
    data = request.app.blobs.get(found.sha256)
    return file_answer(data, found.file_name, found.media_type)


def _in(view: View, request: Request, state: str) -> Purchase:
    purchase = find_order(view, id_in(request, "purchase_id"))
    require_state(purchase.state, state)
    return purchase
