"""The PPK stops an order that is not fulfilled."""

from leuit.values import _, format_number
from leuit.web import Field, FormPage, Request, Response, version_of
from leuit_ecatalog.models.purchases import REASON
from leuit_ecatalog.permissions import APPROVE
from leuit_ecatalog.rules.purchase_states import PROCESSING
from leuit_ecatalog.service import stopping

from .buying_common import PURCHASES, acting, id_in, run_change, rupiah_of

_VERSION = Field("version", "", "hidden")


def stop(request: Request) -> Response:
    """End an order that is not fulfilled; what was accepted is paid."""
    purchase_id = id_in(request, "purchase_id")
    with request.read() as view:
        purchase = acting(request, view, APPROVE, PROCESSING)
    form = FormPage(
        title=_("Hentikan pesanan"),
        lead=_("%(number)s. Yang sudah diterima tetap dibayar; sisanya dilepas.")
        % {"number": purchase.number},
        action=f"{PURCHASES}/{purchase_id}/stop",
        submit=_("Hentikan pesanan"),
        back=f"{PURCHASES}/{purchase_id}",
        back_label=_("Pembelian"),
        danger=True,
        fields=[
            Field("reason", _("Alasan"), "textarea", rows=4, most=REASON),
            Field(
                "shipping",
                _("Ongkos kirim yang dibayar"),
                hint=_("Paling banyak yang disepakati."),
                width="medium",
                convert=rupiah_of,
            ),
            _VERSION,
        ],
    ).fill({"shipping": format_number(purchase.shipping), "version": purchase.version})
    return run_change(
        request,
        form,
        lambda work, values: stopping.stop(
            work, purchase_id, version_of(request.form), values["reason"], values["shipping"]
        ),
        f"{PURCHASES}/{purchase_id}",
        _("Pesanan dihentikan."),
    )
