"""Step 3: quantities, products that fit the need, and what the preference says over each line."""

from typing import Any

from leuit.values import LeuitError, _
from leuit.web import Request, Response, page, redirect, version_of
from leuit.work import View
from leuit_ecatalog.buying_words import ORIGIN_WORDS
from leuit_ecatalog.models import Purchase
from leuit_ecatalog.permissions import BUY
from leuit_ecatalog.rules.purchase_states import DRAFT, require_state
from leuit_ecatalog.rules.units import unit_label
from leuit_ecatalog.service.comparing import compared_with, found_products
from leuit_ecatalog.service.drafting import compare, give_reasons, set_quantity
from leuit_ecatalog.service.proposing import COMPARISON, shown
from leuit_ecatalog.service.purchase_access import find_purchase, lines_of

from .buying_common import PURCHASES, faults_of, id_in, number_of, uuid_or_none
from .purchases import judged_line


def show_comparison(request: Request, errors: dict[str, str] | None = None) -> Response:
    """Every line with its judgement, and the reasons that are asked for."""
    with request.read() as view:
        purchase = _draft(view, request)
        now = shown(view, purchase)
        plain = now.plain()
        lines = [
            {
                **judged_line(told, now.rules),
                "id": line.id,
                "quote": now.quotes[line.variant_id],
                "needs_reason": judged.needs_reason,
                "reason": line.reason,
            }
            for line, judged, told in zip(now.lines, now.judgements, plain["lines"], strict=True)
        ]
        faults = [one.sentence for one in now.faults if one.step == COMPARISON]
        reserved = now.proposal.is_reserved and not now.small_firm
    return page(
        request,
        "ecatalog/purchase_comparison.html",
        status=422 if errors else 200,
        errors=errors or {},
        purchase=purchase,
        path=f"{PURCHASES}/{purchase.id}",
        lines=lines,
        faults=faults,
        reserved=reserved,
        basis=now.rules.preference_basis,
        reserved_basis=now.rules.reserved_basis,
        typed=request.form,
    )


def reasons(request: Request) -> Response:
    """Keep the reasons, then go on to the price."""
    purchase_id = id_in(request, "purchase_id")
    try:
        version = version_of(request.form)
        with request.change() as work:
            purchase = find_purchase(work, purchase_id)
            given = {
                line.id: request.form.get(f"reason-{line.id}", line.reason)
                for line in lines_of(work, purchase.id)
            }
            reservation = request.form.get("reservation", purchase.reservation_reason)
            give_reasons(work, purchase_id, version, given, reservation)
    except LeuitError as error:
        if error.status not in (409, 422):
            raise
        return show_comparison(request, faults_of(error))
    return redirect(f"{PURCHASES}/{purchase_id}/price", _("Tersimpan."))


def line(request: Request) -> Response:
    """One line: its quantity, and with what it is compared, chosen from a search."""
    purchase_id, line_id = id_in(request, "purchase_id"), id_in(request, "line_id")
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            version = version_of(request.form)
            with request.change() as work:
                if request.form.get("do") == "quantity":
                    quantity = number_of(request.form.get("quantity", ""))
                    set_quantity(work, purchase_id, version, line_id, quantity)
                else:
                    wanted = {uuid_or_none(one) for one in request.form.all("product")} - {None}
                    compare(work, purchase_id, version, line_id, [one for one in wanted if one])
        except LeuitError as error:
            if error.status not in (409, 422):
                raise
            errors = {
                path if path == "quantity" else "": told for path, told in faults_of(error).items()
            }
        else:
            return redirect(f"{PURCHASES}/{purchase_id}/comparison", _("Tersimpan."))
    text = request.query.get("q", "")[:100]
    with request.read() as view:
        purchase = _draft(view, request)
        one = next((each for each in lines_of(view, purchase.id) if each.id == line_id), None)
        if one is None:
            return redirect(f"{PURCHASES}/{purchase_id}/comparison")
        now = shown(view, purchase)
        chosen = set(compared_with(view, line_id))
        found = found_products(view, one, text)
        known = {product.id for product, _vendor, _price in found}
        kept = [
            (product, vendor, price)
            for product, vendor, price in found_products(view, one, "", 120)
            if product.id in chosen - known
        ]
        rows: list[dict[str, Any]] = [
            {
                "product": product,
                "vendor": vendor,
                "price": price,
                "chosen": product.id in chosen,
                "origin": ORIGIN_WORDS[product.origin],
            }
            for product, vendor, price in [*kept, *found]
        ]
    return page(
        request,
        "ecatalog/line_comparison.html",
        status=422 if errors else 200,
        errors=errors,
        unit_label=unit_label,
        purchase=purchase,
        quote=now.quotes[one.variant_id],
        quantity=request.form.get("quantity", one.quantity),
        rows=rows,
        text=text,
        path=f"{PURCHASES}/{purchase.id}",
        here=f"{PURCHASES}/{purchase.id}/lines/{line_id}",
    )


def _draft(view: View, request: Request) -> Purchase:
    purchase = find_purchase(view, id_in(request, "purchase_id"))
    view.require(BUY, purchase.unit_id)
    require_state(purchase.state, DRAFT)
    return purchase
