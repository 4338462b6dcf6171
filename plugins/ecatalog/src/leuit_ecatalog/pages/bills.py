"""The treasurer's desk on an order: the bill with its papers, and its payment; the PPK's rating."""

from typing import Any

from leuit.values import LeuitError, NotFoundError, _, format_number, format_rupiah
from leuit.web import (
    Choice,
    Field,
    FormPage,
    Request,
    Response,
    file_answer,
    page,
    redirect,
    version_of,
)
from leuit_ecatalog.models.orders import DOCUMENT_NUMBER, SENT
from leuit_ecatalog.models.purchases import REASON
from leuit_ecatalog.permissions import APPROVE, PAY
from leuit_ecatalog.rules.purchase_states import PAID, PAYING
from leuit_ecatalog.rules.vendor_rating import ASPECTS, SCORES
from leuit_ecatalog.service.billing import (
    bill_of,
    find_bill_file,
    return_bill,
    take_bill,
)
from leuit_ecatalog.service.order_payments import ask_again, pay_by_hand, payment_of
from leuit_ecatalog.service.paper_files import ACCEPTED, receive_file
from leuit_ecatalog.service.purchase_access import find_purchase, ref_of
from leuit_ecatalog.service.rating import rate

from .buying_common import PURCHASES, acting, changed, id_in, refuse, run_change, rupiah_of
from .order_detail import order_of
from .purchases import show_purchase

_VERSION = Field("version", "", "hidden")


def show_bill(request: Request) -> Response:
    """The bill, its papers, and what it is for."""
    with request.read() as view:
        purchase = acting(request, view, PAY, PAYING)
        order = order_of(view, request, purchase)
        bill = bill_of(view, purchase.id)
    return page(
        request,
        "ecatalog/order_bill.html",
        purchase=purchase,
        order=order,
        path=f"{PURCHASES}/{purchase.id}",
        open=bill is not None and bill.state == SENT,
    )


def take(request: Request) -> Response:
    """Find the bill right; its payment is asked for."""
    purchase_id = id_in(request, "purchase_id")
    return changed(
        request,
        lambda work: take_bill(work, purchase_id, version_of(request.form)),
        f"{PURCHASES}/{purchase_id}",
        _("Tagihan diterima. Pembayarannya diminta."),
        lambda errors: show_purchase(request, errors),
    )


def give_back(request: Request) -> Response:
    """Send the bill back to the vendor, with a reason."""
    purchase_id = id_in(request, "purchase_id")
    with request.read() as view:
        purchase = acting(request, view, PAY, PAYING)
    form = FormPage(
        title=_("Kembalikan tagihan"),
        lead=_("%(number)s. Penyedia melihat alasan Anda.") % {"number": purchase.number},
        action=f"{PURCHASES}/{purchase_id}/bill/return",
        submit=_("Kembalikan tagihan"),
        back=f"{PURCHASES}/{purchase_id}/bill",
        back_label=_("Tagihan"),
        danger=True,
        fields=[Field("reason", _("Alasan"), "textarea", rows=4, most=REASON), _VERSION],
    ).fill({"version": purchase.version})
    return run_change(
        request,
        form,
        lambda work, values: return_bill(
            work, purchase_id, version_of(request.form), values["reason"]
        ),
        f"{PURCHASES}/{purchase_id}",
        _("Tagihan dikembalikan."),
    )


def bill_file(request: Request) -> Response:
    """A paper of the bill."""
    with request.read() as view:
        purchase = find_purchase(view, id_in(request, "purchase_id"))
        found = find_bill_file(view, purchase, str(request.params["item"]))
        view.note_access(ref_of(purchase), file=found.item)
    data = request.app.blobs.get(found.sha256)
    return file_answer(data, found.file_name, found.media_type)


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
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok:
            try:
                file = receive_file(request.app, values["file"].filename, values["file"].data)
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
            except LeuitError as error:
                refuse(form, error)
            else:
                return redirect(f"{PURCHASES}/{purchase_id}", _("Pembayaran dicatat."))
    return form.answer(request)


def payment_file(request: Request) -> Response:
    """The proof of a payment that was written down by hand."""
    with request.read() as view:
        purchase = find_purchase(view, id_in(request, "purchase_id"))
        row = payment_of(view, purchase.id)
        found = row if row is not None and row.sha256 else None
        view.note_access(ref_of(purchase), file="payment")
    if found is None or found.sha256 is None:
        raise NotFoundError(_("Berkas itu tidak ada."))
    data = request.app.blobs.get(found.sha256)
    return file_answer(data, found.file_name, found.media_type)


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


def rating(request: Request) -> Response:
    """Rate the vendor; the order is done."""
    purchase_id = id_in(request, "purchase_id")
    with request.read() as view:
        purchase = acting(request, view, APPROVE, PAID)
    choices = [Choice(str(score), word) for score, word in SCORES.items()]
    form = FormPage(
        title=_("Nilai penyedia"),
        lead=_("%(number)s. Penyedia melihat nilainya; umum melihat rata-ratanya.")
        % {"number": purchase.number},
        action=f"{PURCHASES}/{purchase_id}/rating",
        submit=_("Simpan nilai"),
        back=f"{PURCHASES}/{purchase_id}",
        back_label=_("Pembelian"),
        fields=[
            *(
                Field(name, title, "radio", choices=choices, convert=_score)
                for name, title in ASPECTS.items()
            ),
            Field("note", _("Catatan"), "textarea", rows=3, required=False, most=REASON),
            _VERSION,
        ],
    ).fill({"version": purchase.version})

    def act(work: Any, values: dict[str, Any]) -> None:
        scores = {name: values[name] for name in ASPECTS}
        rate(work, purchase_id, version_of(request.form), scores, values["note"] or "")

    return run_change(
        request, form, act, f"{PURCHASES}/{purchase_id}", _("Penyedia dinilai. Pesanan selesai.")
    )


def _score(text: str) -> int:
    return next((score for score in SCORES if str(score) == text), -1)
