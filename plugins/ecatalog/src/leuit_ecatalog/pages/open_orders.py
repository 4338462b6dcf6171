"""Awarded orders for everybody: the list, one order with what became of it, and files."""

import datetime as dt
from typing import Any

from leuit.values import InvalidInputError, _
from leuit.web import (
    PAGE_SIZE,
    Listing,
    RateLimit,
    Request,
    Response,
    local,
    page,
    page_number,
    stream_answer,
)
from leuit_ecatalog.answering import answer_found
from leuit_ecatalog.buying_words import METHOD_WORDS, TONES
from leuit_ecatalog.rules.buying_rules import DIRECT, NEGOTIATION
from leuit_ecatalog.rules.open_order import (
    ACCEPTED,
    AMENDED,
    CANCELLED,
    DELIVERED,
    FINISHED,
    PAID,
    STOPPED,
    WAITING,
)
from leuit_ecatalog.rules.open_order import (
    DIRECT as AT_ONCE,
)
from leuit_ecatalog.rules.purchase_states import WORDS
from leuit_ecatalog.service.open_files import What, write_open
from leuit_ecatalog.service.open_orders import OrderFilter, count_open_orders, open_orders
from leuit_ecatalog.service.open_releases import steps_of

ASKED = RateLimit(600, dt.timedelta(minutes=5))
FILES = RateLimit(30, dt.timedelta(minutes=5))
"""Files of one network: each reads everything."""

PATH = "/ecatalog/orders"
_WHAT: dict[str, What] = {"orders": "orders", "lines": "lines"}
_STEPS = {
    WAITING: _("Surat pesanan ditandatangani"),
    CANCELLED: _("Batal"),
    ACCEPTED: _("Pesanan diterima penyedia"),
    AMENDED: _("Dikurangi menjadi yang diterima"),
    DELIVERED: _("Serah terima"),
    PAID: _("Dibayar"),
    FINISHED: _("Selesai"),
    STOPPED: _("Dihentikan"),
}


def show_orders(request: Request) -> Response:
    """Orders whose Surat Pesanan was signed, the newest first."""
    ASKED.count(request)
    wanted = _filter(request)
    with request.read() as view:
        count, total = count_open_orders(view, wanted)
        rows = open_orders(view, wanted, (page_number(request) - 1) * PAGE_SIZE, PAGE_SIZE)
    context: dict[str, Any] = {
        "listing": Listing.of(request, rows, count),
        "total": total,
        "wanted": wanted,
        "words": WORDS,
        "tones": TONES,
        "years": range(request.now.year, request.now.year - 5, -1),
        "path": PATH,
    }
    return answer_found(request, lambda: page(request, "ecatalog/open_orders.html", **context))


def show_order(request: Request) -> Response:
    """One order: who bought what of whom, for how much, and what became of it."""
    ASKED.count(request)
    with request.read() as view:
        steps = steps_of(view, str(request.params["number"]))
    order = steps[-1].order
    context: dict[str, Any] = {
        "order": order,
        "steps": [
            {
                "state": "done",
                "title": _STEPS[step.order.state],
                "meta": f"{local(request, step.at):%d/%m/%Y}",
                "remark": step.order.reason,
            }
            for step in steps
        ],
        "method": METHOD_WORDS[DIRECT if order.method == AT_ONCE else NEGOTIATION],
        "signed": local(request, steps[0].at),
        "path": PATH,
        "json": f"/api/ecatalog/v1/open/orders/{order.number}/record",
    }
    return answer_found(request, lambda: page(request, "ecatalog/open_order.html", **context))


def export(request: Request) -> Response:
    """The list as it is narrowed, or its lines, as CSV."""
    FILES.count(request)
    what = _WHAT.get(request.query.get("what", "orders"))
    if what is None:
        raise InvalidInputError(_("Pilih orders atau lines."))
    made = write_open(request.app, request.identity, _filter(request), what)
    return stream_answer(made.content, made.name, made.media_type)


def _filter(request: Request) -> OrderFilter:
    year = request.query.get("year", "")
    known = year.isascii() and year.isdigit() and 2000 <= int(year[:4]) <= 2100 and len(year) == 4
    return OrderFilter(request.query.get("q", "")[:100].strip(), int(year) if known else None)
