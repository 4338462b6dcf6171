"""The basket: what was put aside by vendor, brought to a kecamatan that the reader chooses."""

from leuit.values import InvalidInputError, _
from leuit.web import Request, Response, page, parse_id, redirect
from leuit_ecatalog.rules.units import unit_label
from leuit_ecatalog.service.baskets import basket, put_in, take_out
from leuit_ecatalog.service.categories import districts
from leuit_ecatalog.service.quoting import FAULT_WORDS

from .buying_common import BASKET, number_of


def show_basket(request: Request) -> Response:
    """What lies there, grouped by vendor, with faults in words."""
    with request.read() as view:
        areas = districts(view)
        wanted = request.query.get("district", "")
        district = wanted if wanted in dict(areas) else None
        groups = basket(view, district)
    return page(
        request,
        "ecatalog/basket.html",
        groups=groups,
        areas=areas,
        district=district or "",
        words=FAULT_WORDS,
        unit_label=unit_label,
        path=BASKET,
    )


def put(request: Request) -> Response:
    """Put so many of a variant in, from the basket or from a product's page."""
    variant_id = parse_id(request.form.get("variant", ""))
    try:
        quantity = number_of(request.form.get("quantity", ""))
        with request.change() as work:
            put_in(work, variant_id, quantity)
    except InvalidInputError as error:
        return redirect(BASKET, str(error), "bata")
    return redirect(BASKET, _("Keranjang disimpan."))


def remove(request: Request) -> Response:
    """Take a variant out."""
    with request.change() as work:
        take_out(work, parse_id(request.form.get("variant", "")))
    return redirect(BASKET, _("Barang dikeluarkan dari keranjang."))
