"""The list of payments, and one payment with all that a person needs to decide about it."""

import datetime as dt
from typing import Any
from uuid import UUID

from leuit.web import PAGE_SIZE, Listing, Request, Response, local, page, page_number
from leuit_sp2d.inbox import turn_path
from leuit_sp2d.permissions import DRAFT, EXCHANGE, ISSUE
from leuit_sp2d.rules.chain import STATES
from leuit_sp2d.service.listing import Filter, count_payments, payments, units_of
from leuit_sp2d.service.tasks import Waiting, my_turns

from .common import id_in
from .detail import detail
from .words import KINDS, state_chip

HOME = "/sp2d"
SHOWN = 5


def show_payments(request: Request) -> Response:
    """What waits for the reader, and the list that he may see."""
    wanted = filter_of(request)
    with request.read() as view:
        total = count_payments(view, wanted)
        found = payments(view, wanted, (page_number(request) - 1) * PAGE_SIZE, PAGE_SIZE)
        turns = [_turn(request, view.now, one) for one in my_turns(view, SHOWN)]
        units = units_of(view)
        year = view.today.year
    rows = [
        {"row": row, "chip": state_chip(row.state, row.returned_by, row.refused_by)}
        for row in found
    ]
    return page(
        request,
        "sp2d/payments.html",
        listing=Listing.of(request, rows, total),
        turns=turns,
        units=units,
        states=STATES,
        kinds=KINDS,
        years=range(year, year - 5, -1),
        wanted=wanted,
        may_draft=request.may(DRAFT),
        may_exchange=request.may(EXCHANGE),
        may_issue=request.may(ISSUE),
    )


def show_payment(
    request: Request, errors: dict[str, str] | None = None, **changes: Any
) -> Response:
    """One payment; with faults of what was just tried, and with what was typed."""
    with request.read() as view:
        context = detail(view, request, id_in(request, "payment_id"))
    return page(
        request,
        "sp2d/payment.html",
        status=422 if errors else 200,
        errors=errors or {},
        typed=request.form,
        **(context | changes),
    )


def filter_of(request: Request) -> Filter:
    """The filter of the address; what is no value of a field does not narrow the list."""
    query = request.query
    year = query.get("year", "")
    return Filter(
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        unit_id=_unit(query.get("unit", "")),
        state=query.get("state", "")[:12],
        kind=query.get("kind", "")[:8],
        text=query.get("q", "")[:100],
    )


def _turn(request: Request, now: dt.datetime, one: Waiting) -> dict[str, Any]:
    due = one.decide_by(now)
    return {"row": one, "due": due and local(request, due), "path": turn_path(one)}


def _unit(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
