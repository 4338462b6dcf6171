"""The PPK's inspection of a delivery: when it came, what fits, how much is accepted or returned."""

from typing import Any

from leuit.values import NotFoundError, _
from leuit.web import Choice, Field, FormPage, Request, Response, file_answer, version_of
from leuit.work import View, Work
from leuit_ecatalog.models import Purchase
from leuit_ecatalog.models.purchases import REASON
from leuit_ecatalog.permissions import APPROVE
from leuit_ecatalog.rules.deliveries import RETURN_REASONS
from leuit_ecatalog.rules.purchase_states import PROCESSING
from leuit_ecatalog.service import delivering
from leuit_ecatalog.service.agreeing import agreement_of
from leuit_ecatalog.service.delivering import Found, Inspection
from leuit_ecatalog.service.order_content import line_name
from leuit_ecatalog.service.order_deliveries import Inspected, deliveries_of
from leuit_ecatalog.service.orders import find_delivery
from leuit_ecatalog.service.purchase_access import find_purchase, ref_of

from .buying_common import PURCHASES, acting, id_in, number_of, run_change

_VERSION = Field("version", "", "hidden")


def inspect(request: Request) -> Response:
    """One delivery: what is in it, and the inspection."""
    purchase_id, delivery_id = id_in(request, "purchase_id"), id_in(request, "delivery_id")
    with request.read() as view:
        purchase = acting(request, view, APPROVE, PROCESSING)
        find_delivery(view, purchase, delivery_id)
        one = next(
            one for one in deliveries_of(view, purchase_id) if one.delivery.id == delivery_id
        )
        names = _names(view, purchase)
        today = view.today
    form = FormPage(
        title=_("Periksa pengiriman %(number)s") % {"number": one.delivery.number},
        lead=_("%(purchase)s. Yang dikembalikan harus dikirim lagi.")
        % {"purchase": purchase.number},
        action=f"{PURCHASES}/{purchase_id}/deliveries/{delivery_id}",
        submit=_("Simpan pemeriksaan"),
        back=f"{PURCHASES}/{purchase_id}",
        back_label=_("Pembelian"),
        fields=[Field("received_on", _("Diterima pada"), "date"), *_line_fields(one, names)],
    )
    form.fields = [
        *form.fields,
        Field("fits_purpose", _("Sesuai fungsi"), "checkbox"),
        Field("fits_quantity", _("Sesuai jumlah"), "checkbox"),
        Field("fits_time", _("Tepat waktu"), "checkbox"),
        Field("remark", _("Catatan"), "textarea", rows=3, required=False, most=REASON),
        _VERSION,
    ]
    form.fill(
        {
            "received_on": f"{today:%d/%m/%Y}",
            "version": purchase.version,
            **{f"accepted-{line.line_id}": line.sent for line in one.lines},
            **{f"returned-{line.line_id}": 0 for line in one.lines},
        }
    )

    def act(work: Work, values: dict[str, Any]) -> None:
        delivering.inspect(
            work,
            purchase_id,
            delivery_id,
            version_of(request.form),
            Inspection(
                values["received_on"],
                values["fits_purpose"],
                values["fits_quantity"],
                values["fits_time"],
                values["remark"] or "",
            ),
            {
                line.line_id: Found(
                    values[f"accepted-{line.line_id}"],
                    values[f"returned-{line.line_id}"],
                    values[f"reason-{line.line_id}"] or "",
                )
                for line in one.lines
            },
        )

    return run_change(request, form, act, f"{PURCHASES}/{purchase_id}", _("Pemeriksaan dicatat."))


def waybill(request: Request) -> Response:
    """The file that came with a delivery."""
    with request.read() as view:
        purchase = find_purchase(view, id_in(request, "purchase_id"))
        delivery = find_delivery(view, purchase, id_in(request, "delivery_id"))
        if delivery.sha256 is None:
            raise NotFoundError(_("Pengiriman itu tidak mempunyai berkas."))
        view.note_access(ref_of(purchase), delivery=delivery.number)
    data = request.app.blobs.get(delivery.sha256)
    return file_answer(data, delivery.file_name, delivery.media_type)


def _names(view: View, purchase: Purchase) -> dict[str, str]:
    agreement = agreement_of(view, purchase)
    assert agreement is not None  # nothing is delivered that was not agreed
    return {one["line_id"]: line_name(one) for one in agreement.content["lines"]}


def _line_fields(one: Inspected, names: dict[str, str]) -> list[Field]:
    fields = []
    for line in one.lines:
        name, sent = names[str(line.line_id)], line.sent
        told = _("%(name)s: diterima") % {"name": name}
        hint = _("Dikirim %(sent)s.") % {"sent": sent}
        fields += [
            Field(f"accepted-{line.line_id}", told, hint=hint, width="short", convert=number_of),
            Field(
                f"returned-{line.line_id}",
                _("%(name)s: dikembalikan") % {"name": name},
                width="short",
                convert=number_of,
            ),
            Field(
                f"reason-{line.line_id}",
                _("Alasan pengembalian"),
                "select",
                required=False,
                choices=[
                    Choice("", _("tidak ada yang dikembalikan")),
                    *(Choice(code, word) for code, word in RETURN_REASONS.items()),
                ],
            ),
        ]
    return fields
