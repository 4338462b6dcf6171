"""The vendor's list of products: filters in the address, price and stock one tap away."""

from leuit.values import FilledText, _
from leuit.web import PAGE_SIZE, Listing, Request, Response, page, page_number, redirect
from leuit_ecatalog.product_words import STATE_WORDS, reason_of
from leuit_ecatalog.service.membership import own_vendor
from leuit_ecatalog.service.moderation import submit_ready
from leuit_ecatalog.service.product_lists import ProductFilter, own_counts, own_products

from .product_common import LIST, chip_of


def show_products(request: Request) -> Response:
    """One page of the vendor's own products."""
    wanted = asked_for(request)
    with request.read() as view:
        vendor = own_vendor(view)
        name = vendor.name
        start = (page_number(request) - 1) * PAGE_SIZE
        rows, total = own_products(view, wanted, start, PAGE_SIZE)
        counts = own_counts(view)
    return page(
        request,
        "ecatalog/shop_products.html",
        listing=Listing.of(request, rows, total),
        wanted=wanted,
        counts=counts,
        states=STATE_WORDS,
        vendor=name,
        chip_of=chip_of,
        reason_of=reason_of,
        base=LIST,
    )


def submit_all(request: Request) -> Response:
    """Submit every draft that is complete."""
    with request.change() as work:
        done, left = submit_ready(work)
    told: FilledText = _("%(done)s produk diajukan; %(left)s draf belum lengkap.") % {
        "done": done,
        "left": left,
    }
    return redirect(LIST, told, "daun" if done else "tunggu")


def asked_for(request: Request) -> ProductFilter:
    """The filter that the address asks for."""
    state = request.query.get("state", "")
    return ProductFilter(
        state if state in STATE_WORDS else "",
        request.query.get("q", "").strip()[:80],
        request.query.get("ending", "") == "ya",
    )
