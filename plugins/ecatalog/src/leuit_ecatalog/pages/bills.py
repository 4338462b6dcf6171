"""The bill of an order on the treasurer's desk: looked at with its papers, taken or sent back."""

from leuit.values import _
from leuit.web import (
    Field,
    FormPage,
    Request,
    Response,
    file_answer,
    page,
    version_of,
)
from leuit_ecatalog.models.orders import SENT
from leuit_ecatalog.models.purchases import REASON
from leuit_ecatalog.permissions import PAY
from leuit_ecatalog.rules.purchase_states import PAYING
from leuit_ecatalog.service.billing import (
    bill_of,
    find_bill_file,
    return_bill,
    take_bill,
)
from leuit_ecatalog.service.purchase_access import find_purchase, ref_of

from .buying_common import PURCHASES, acting, changed, id_in, run_change
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
