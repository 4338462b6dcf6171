"""Packages of the procurement plan: the list, and one with its ceiling and what takes of it."""

from typing import Any

from leuit.identity import Unit
from leuit.web import PAGE_SIZE, Listing, Request, Response, page, page_number
from leuit_ecatalog.buying_words import TONES
from leuit_ecatalog.models import RupPackage, Vendor
from leuit_ecatalog.permissions import BUY, IMPORT_RUP
from leuit_ecatalog.rules.purchase_states import WORDS
from leuit_ecatalog.rules.rup_codes import KIND_WORDS, METHODS
from leuit_ecatalog.service.purchase_listing import units_of
from leuit_ecatalog.service.rup import (
    RupFilter,
    count_packages,
    find_package,
    packages,
    purchases_of,
)

from .buying_common import RUP, id_in, uuid_or_none


def show_packages(request: Request) -> Response:
    """Packages of the units that one may read."""
    query = request.query
    year = query.get("year", "")
    wanted = RupFilter(
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        unit_id=uuid_or_none(query.get("unit", "")),
        text=query.get("q", "")[:100].strip(),
    )
    with request.read() as view:
        total = count_packages(view, wanted)
        rows = packages(view, wanted, (page_number(request) - 1) * PAGE_SIZE, PAGE_SIZE)
        shown = [{"package": one, "unit": unit} for one, unit in rows]
        units = units_of(view)
        this_year = view.today.year
    return page(
        request,
        "ecatalog/rup.html",
        listing=Listing.of(request, shown, total),
        wanted=wanted,
        units=units,
        years=range(this_year + 1, this_year - 4, -1),
        methods=METHODS,
        may_import=request.may(IMPORT_RUP),
    )


def show_package(request: Request) -> Response:
    """One package: how much of it is taken, and by what."""
    with request.read() as view:
        package = find_package(view, id_in(request, "package_id"))
        live = [
            {"row": one, "vendor": view.session.get_one(Vendor, one.vendor_id).name}
            for one in purchases_of(view, package.id)
        ]
        unit = view.session.get_one(Unit, package.unit_id).name
        may_buy = view.allows(BUY, package.unit_id)
    return page(
        request,
        "ecatalog/rup_package.html",
        package=package,
        unit=unit,
        live=live,
        bar=bar_of(package),
        kinds=KIND_WORDS,
        methods=METHODS,
        words=WORDS,
        tones=TONES,
        may_buy=may_buy,
        back=RUP,
    )


def bar_of(package: RupPackage, this: int = 0, own: int = 0) -> dict[str, Any]:
    """The ceiling as a bar of a thousand parts: taken by others, by this purchase, left.

    `own` is what this purchase holds already.
    """
    others = package.committed - own
    left = package.pagu - others - this
    whole = max(package.pagu, others + this)
    return {
        "others": others,
        "this": this,
        "left": left,
        "pagu": package.pagu,
        "over": left < 0,
        "parts": (others * 1000 // whole, this * 1000 // whole),
    }
