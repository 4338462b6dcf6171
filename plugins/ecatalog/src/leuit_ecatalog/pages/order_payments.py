"""The payment of an order: written down by hand with its proof, or asked for anew."""

from typing import Any

from leuit.values import NotFoundError, _, format_number, format_rupiah
from leuit.web import (
    Field,
    FormPage,
    Request,
    Response,
    file_answer,
    version_of,
)
from leuit_ecatalog.models.orders import DOCUMENT_NUMBER
from leuit_ecatalog.permissions import PAY
from leuit_ecatalog.rules.purchase_states import PAYING
from leuit_ecatalog.service.order_payments import ask_again, pay_by_hand, payment_of
from leuit_ecatalog.service.paper_files import ACCEPTED
from leuit_ecatalog.service.purchase_access import find_purchase, ref_of

from .buying_common import PURCHASES, acting, changed, id_in, receive, run_act, rupiah_of
from .purchases import show_purchase

_VERSION = Field("version", "", "hidden")


def pay(request: Request) -> Response:
    """Write down what was paid outside of this installation."""
    purchase_id = id_in(request, "purchase_id")
    with request.read() as view:
        purchase = acting(request, view, PAY, PAYING)
        today = view.today
    form = FormPage(
        title=_("Catat pembayaran"),
        lead=_("%(number)s, %(total)s. Untuk SP2D yang terbit di luar sistem ini.")
        % {"number": purchase.number, "total": format_rupiah(purchase.total)},
        action=f"{PURCHASES}/{purchase_id}/payment",
        submit=_("Catat pembayaran"),
        back=f"{PURCHASES}/{purchase_id}",
        back_label=_("Pembelian"),
        fields=[
            Field("number", _("Nomor SP2D"), width="medium", most=DOCUMENT_NUMBER),
            Field("paid_on", _("Dibayar pada"), "date"),
            Field(
                "amount",
                _("Jumlah yang diterima penyedia"),
                hint=_("Setelah potongan."),
                width="medium",
                convert=rupiah_of,
            ),
            Field(
                "file",
                _("Bukti pembayaran"),
                "file",
                hint=_("PDF, JPEG atau PNG, paling besar 10 MB."),
                accept=ACCEPTED,
            ),
            _VERSION,
        ],
    ).fill(
        {
            "amount": format_number(purchase.total),
            "paid_on": f"{today:%d/%m/%Y}",
            "version": purchase.version,
        }
    )

    def act(values: dict[str, Any]) -> None:
        file = receive(request, values["file"])
        with request.change() as work:
            pay_by_hand(
                work,
                purchase_id,
                version_of(request.form),
                values["number"],
                values["paid_on"],
                values["amount"],
                file,
            )

    return run_act(request, form, act, f"{PURCHASES}/{purchase_id}", _("Pembayaran dicatat."))


def payment_file(request: Request) -> Response:
    """The proof of a payment that was written down by hand."""
    with request.read() as view:
        purchase = find_purchase(view, id_in(request, "purchase_id"))
        row = payment_of(view, purchase.id)
        if row is None or row.sha256 is None:
            raise NotFoundError(_("Berkas itu tidak ada."))
        view.note_access(ref_of(purchase), file="payment")
        sha256, name, media_type = row.sha256, row.file_name, row.media_type
    return file_answer(request.app.blobs.get(sha256), name, media_type)


def pay_again(request: Request) -> Response:
    """Ask anew for a payment that was refused."""
    purchase_id = id_in(request, "purchase_id")
    return changed(
        request,
        lambda work: ask_again(work, purchase_id, version_of(request.form)),
        f"{PURCHASES}/{purchase_id}",
        _("Pembayaran diminta lagi."),
        lambda errors: show_purchase(request, errors),
    )
