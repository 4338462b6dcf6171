"""The desk of whoever moderates: products by state, one as everybody would see it, a decision."""

from typing import Any

from leuit.values import NotFoundError, Text, _
from leuit.web import (
    PAGE_SIZE,
    Choice,
    Field,
    FormPage,
    Listing,
    Request,
    Response,
    page,
    page_number,
    run_form,
    version_of,
)
from leuit_ecatalog.product_words import REASONS, STATE_WORDS, reason_of
from leuit_ecatalog.rules.product_states import SUBMITTED
from leuit_ecatalog.rules.units import unit_label
from leuit_ecatalog.service.moderation import DECISIONS, decide_product, decisions_for
from leuit_ecatalog.service.prices import district_names
from leuit_ecatalog.service.product_access import moderated_product
from leuit_ecatalog.service.product_lists import moderated_counts, moderated_products
from leuit_ecatalog.service.product_view import product_view

from .product_common import DESK, chip_of, product_id_of
from .shop_products import asked_for

VERBS: dict[str, Text] = {
    "approved": _("Setujui"),
    "returned": _("Kembalikan"),
    "refused": _("Tolak"),
    "frozen": _("Bekukan"),
    "unfrozen": _("Cabut pembekuan"),
    "taken_down": _("Turunkan dari tayang"),
}
LEADS: dict[str, Text] = {
    "approved": _("Produk tayang dan dapat dibeli."),
    "returned": _("Penyedia memperbaiki lalu mengajukan lagi."),
    "refused": _("Produk ini tidak dapat diajukan lagi."),
    "frozen": _("Produk tetap tampak, tetapi tidak dapat dibeli."),
    "unfrozen": _("Produk dapat dibeli lagi."),
    "taken_down": _("Produk tidak tampak lagi."),
}
_DANGER = ("refused", "frozen", "taken_down")


def show_desk(request: Request) -> Response:
    """One page of products that were submitted, those that wait first unless asked otherwise."""
    wanted = asked_for(request)
    with request.read() as view:
        start = (page_number(request) - 1) * PAGE_SIZE
        rows, total = moderated_products(view, wanted, start, PAGE_SIZE)
        counts = moderated_counts(view)
    return page(
        request,
        "ecatalog/moderation.html",
        listing=Listing.of(request, rows, total),
        wanted=wanted,
        counts=counts,
        unseen=counts.get(SUBMITTED, 0),
        states=STATE_WORDS,
        chip_of=chip_of,
        base=DESK,
    )


def show_product(request: Request) -> Response:
    """One product with its checks, its history and the decisions that are open."""
    with request.read() as view:
        product = moderated_product(view, product_id_of(request))
        shown = product_view(view, product)
        names = district_names(view)
    return page(
        request,
        "ecatalog/moderated_product.html",
        shown=shown,
        product=product,
        names=names,
        unit=unit_label(product.unit_code),
        chip=chip_of(product.state),
        reason=reason_of(product.state, product.reason),
        decisions=[(step.step, VERBS[step.step]) for step in decisions_for(product)],
        danger=_DANGER,
        base=f"{DESK}/{product.id}",
        home=DESK,
    )


def decide(request: Request) -> Response:
    """One decision, with its coded reason where it needs one."""
    product_id, step = product_id_of(request), str(request.params["step"])
    with request.read() as view:
        product = moderated_product(view, product_id)
        if step not in DECISIONS:
            raise NotFoundError(_("Keputusan itu tidak ada."))
        form = FormPage(
            title=VERBS[step],
            lead=f"{product.name}. {LEADS[step]}",
            fields=_fields(step),
            submit=VERBS[step],
            back=f"{DESK}/{product.id}",
            back_label=product.name,
            danger=step in _DANGER,
        ).fill({"version": product.version})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            reason, note = values.get("reason") or "", values.get("note") or ""
            decided = decide_product(work, product_id, version_of(values), step, reason, note)
            told = _("“%(name)s”: %(state)s.") % {
                "name": decided.name,
                "state": STATE_WORDS[decided.state].lower(),
            }
        return f"{DESK}?state={SUBMITTED}", told

    return run_form(request, form, act)


def _fields(step: str) -> list[Field]:
    note = Field("note", _("Catatan"), "textarea", rows=3, required=False, most=1_000)
    version = Field("version", "", "hidden")
    if not DECISIONS[step].reasoned:
        return [note, version]
    reasons = [Choice(code, words) for code, words in REASONS[step].items()]
    return [Field("reason", _("Alasan"), "radio", choices=reasons), note, version]
