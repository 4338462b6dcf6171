"""The PPK's rating of a vendor, which ends an order."""

from typing import Any

from leuit.values import _
from leuit.web import (
    Choice,
    Field,
    FormPage,
    Request,
    Response,
    version_of,
)
from leuit_ecatalog.models.purchases import REASON
from leuit_ecatalog.permissions import APPROVE
from leuit_ecatalog.rules.purchase_states import PAID
from leuit_ecatalog.rules.vendor_rating import ASPECTS, SCORES
from leuit_ecatalog.service.rating import rate

from .buying_common import PURCHASES, acting, id_in, run_change

_VERSION = Field("version", "", "hidden")


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
