"""Surat keluar: letters out of the reader's units and posts."""

from leuit.values import one_line
from leuit.web import PAGE_SIZE, Listing, Request, Response, page, page_number
from leuit_archives.permissions import DRAFT, REGISTER
from leuit_archives.service.outgoing_list import GROUPS, outgoing_letters

from .outgoing_words import GROUP_WORDS, HOME, STATES, path_of


def show_list(request: Request) -> Response:
    """Letters out, filtered by where they stand and by words."""
    group = request.query.get("show", "")
    text = one_line(request.query.get("q", ""))[:80]
    start = (page_number(request) - 1) * PAGE_SIZE
    with request.read() as view:
        found, total = outgoing_letters(view, group, text, PAGE_SIZE, start)
        rows = [
            {"letter": one, "path": path_of(one.id), "state": STATES[one.state]} for one in found
        ]
    return page(
        request,
        "archives/outgoing_list.html",
        listing=Listing.of(request, rows, total),
        group=group if group in GROUPS else "all",
        groups=GROUP_WORDS,
        text=text,
        home=HOME,
        may_write=request.may(DRAFT),
        may_register=request.may(REGISTER),
    )
