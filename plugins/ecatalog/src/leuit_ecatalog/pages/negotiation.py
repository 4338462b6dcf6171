"""The table of a negotiation as its buyer sees it: offers in turn, the last one, an own one."""

from typing import Any
from uuid import UUID

from leuit.values import FieldError, InvalidInputError, LeuitError, _
from leuit.web import Request, Response, local, page, redirect, version_of
from leuit.work import View
from leuit_ecatalog.models import Purchase
from leuit_ecatalog.permissions import BUY
from leuit_ecatalog.rules.negotiation import BUYER, Side, may_take
from leuit_ecatalog.rules.order_totals import totals
from leuit_ecatalog.rules.purchase_states import NEGOTIATING, WORDS
from leuit_ecatalog.service.agreeing import agreement_of
from leuit_ecatalog.service.buying_edition import buying_by_id
from leuit_ecatalog.service.deadlines import is_over, last_local_day
from leuit_ecatalog.service.negotiating import (
    buyer_purchase,
    last_offer,
    make_offer,
    rounds_of,
    take_offer,
)
from leuit_ecatalog.service.purchase_access import find_purchase, lines_of, may_act
from leuit_ecatalog.service.quoting import quotes, vendor_of

from .buying_common import PURCHASES, faults_of, id_in, rupiah_of


def show(request: Request, errors: dict[str, str] | None = None) -> Response:
    """The rounds so far, and what the buyer may do now."""
    with request.read() as view:
        purchase = find_purchase(view, id_in(request, "purchase_id"))
        view.require(BUY, purchase.unit_id)
        context = table(view, request, purchase, BUYER)
        may = purchase.state == NEGOTIATING and may_act(view, purchase, purchase.official)
        other = vendor_of(view, purchase.vendor_id).name
    return page(
        request,
        "ecatalog/negotiation.html",
        status=422 if errors else 200,
        errors=errors or {},
        other=other,
        may_offer=may and context["may_offer"],
        may_take=may and context["may_take"],
        path=f"{PURCHASES}/{purchase.id}",
        act=f"{PURCHASES}/{purchase.id}/offer",
        take=f"{PURCHASES}/{purchase.id}/take",
        **{key: value for key, value in context.items() if not key.startswith("may_")},
    )


def offer(request: Request) -> Response:
    """The buyer's next round."""
    purchase_id = id_in(request, "purchase_id")
    try:
        with request.change() as work:
            purchase = buyer_purchase(work, purchase_id, version_of(request.form))
            prices, shipping = asked(request, [one.id for one in lines_of(work, purchase.id)])
            make_offer(work, purchase, BUYER, prices, shipping, request.form.get("note", ""))
    except LeuitError as error:
        if error.status not in (409, 422):
            raise
        return show(request, faults_of(error))
    return redirect(f"{PURCHASES}/{purchase_id}/offer", _("Tawaran dikirim kepada penyedia."))


def take(request: Request) -> Response:
    """The buyer takes the vendor's last offer."""
    purchase_id = id_in(request, "purchase_id")
    try:
        with request.change() as work:
            purchase = buyer_purchase(work, purchase_id, version_of(request.form))
            take_offer(work, purchase, BUYER, round_in(request))
    except LeuitError as error:
        if error.status not in (409, 422):
            raise
        return show(request, faults_of(error))
    told = _("Harga disepakati. Sekarang menunggu PPK.")
    return redirect(f"{PURCHASES}/{purchase_id}", told)


def table(view: View, request: Request, purchase: Purchase, side: Side) -> dict[str, Any]:
    """What both sides see of a negotiation; nothing of the buyer's papers is in it."""
    lines = lines_of(view, purchase.id)
    found = quotes(view, {one.variant_id: one.quantity for one in lines}, purchase.district)
    rounds = rounds_of(view, purchase)
    pure = [one.round for one in rounds]
    rules = buying_by_id(view, purchase.edition_id)
    open_now = purchase.state == NEGOTIATING and not is_over(view, purchase)
    offered = last_offer(rounds, lines)
    own = [one for one in rounds if one.round.side == side]
    first = offered if not own else last_offer(own, lines)
    shipping = rounds[-1].round.shipping if rounds else purchase.shown_shipping
    start_shipping = own[-1].round.shipping if own else shipping
    return {
        "purchase": purchase,
        "side": side,
        "word": WORDS[purchase.state],
        "lines": [
            {
                "id": one.id,
                "name": found[one.variant_id].title,
                "unit": found[one.variant_id].unit_code,
                "quantity": one.quantity,
                "shown": one.shown_price,
                "last": offered[one.id],
                "typed": request.form.get(f"price-{one.id}", first[one.id]),
            }
            for one in lines
        ],
        "shipping": {
            "shown": purchase.shown_shipping,
            "last": shipping,
            "typed": request.form.get("shipping", start_shipping),
        },
        "sums": totals(
            ((one.quantity, offered[one.id]) for one in lines),
            shipping,
            rules,
            taxable=purchase.taxable,
        ),
        "rounds": [
            {
                "number": one.round.number,
                "mine": one.round.side == side,
                "side": one.round.side,
                "prices": [one.round.prices[str(line.id)] for line in lines],
                "shipping": one.round.shipping,
                "at": local(request, one.at),
                "note": one.note,
            }
            for one in reversed(rounds)
        ],
        "number": rounds[-1].round.number if rounds else 0,
        "last_day": last_local_day(view, purchase) if purchase.due_at else None,
        "late": is_over(view, purchase),
        "agreement": agreement_of(view, purchase),
        "note": request.form.get("note", ""),
        "may_offer": open_now and purchase.turn == side,
        "may_take": open_now and may_take(pure, side),
    }


def asked(request: Request, lines: list[UUID]) -> tuple[dict[UUID, int], int]:
    """Prices by line and shipping of an offer's form; every text that is no amount is told."""
    faults: list[FieldError] = []

    def read(name: str) -> int:
        try:
            return rupiah_of(request.form.get(name, ""))
        except InvalidInputError as error:
            faults.append(error.at(name))
            return 0

    prices = {line: read(f"price-{line}") for line in lines}
    shipping = read("shipping")
    if faults:
        raise InvalidInputError(_("Periksa tawaran Anda."), fields=faults)
    return prices, shipping


def round_in(request: Request) -> int:
    """The number of the round that the page showed as the last one; 0 for anything else."""
    text = request.form.get("round", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
