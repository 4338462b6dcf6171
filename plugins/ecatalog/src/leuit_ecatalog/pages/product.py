"""The page of one product, for everybody, with data that search engines read; and its pictures."""

from typing import Any

import attrs

from leuit.values import _
from leuit.web import Request, Response, local, page
from leuit_ecatalog.answering import answer_public
from leuit_ecatalog.permissions import BUY
from leuit_ecatalog.rules.units import unit_label
from leuit_ecatalog.service.public_products import (
    PublicProduct,
    districts,
    first_variant,
    public_product,
    stamp_of,
)

from .comparison import content_text, paper_text, price_text
from .price_history import chart_context
from .shown import ORIGIN_WORDS, VENDOR_SCALES, percent, stock_word

SHOWN_AT = "/ecatalog/p"
"""Short, since people type it; the manager's desk stands at `/ecatalog/products`."""


def show_product(request: Request) -> Response:
    """A product, with prices and shipping of the kecamatan that is chosen."""
    product_id = request.params["product_id"]
    district = request.query.get("kecamatan", "")[:13]
    with request.read() as view:
        stamp = stamp_of(view, product_id)

    def made() -> Response:
        with request.read() as view:
            product = public_product(view, product_id, district)
            places = districts(view)
            variant = first_variant(view, product_id)
            drawn = chart_context(view, variant, product.district)
            if drawn["chart"] is None:  # no price of its own there: the general one holds
                drawn = chart_context(view, variant)
        return page(
            request,
            "ecatalog/product.html",
            product=product,
            districts=places,
            canonical=f"{_root(request)}{SHOWN_AT}/{product.id}",
            linked=structured(product, _root(request)),
            drawn=drawn,
            into_basket=request.may(BUY) and not product.frozen,
            choices=[
                (one.id, one.name or str(_("Varian %(number)s") % {"number": number}))
                for number, one in enumerate(product.variants, 1)
            ],
            points=[
                (local(request, one.at), attrs.evolve(one, reason=""))  # a word to the region
                for one in reversed(drawn["points"])
            ],
            price_text=price_text,
            paper_text=paper_text,
            content_text=content_text,
            stock_word=stock_word,
            unit_label=unit_label,
            percent=percent,
            origin=_(ORIGIN_WORDS[product.origin]),
            scale=_(VENDOR_SCALES[product.vendor_scale]),
        )

    return answer_public(request, f"{product_id}:{stamp}:{district}", made)


def structured(product: PublicProduct, root: str) -> dict[str, Any]:
    """The product in the words of schema.org. A firm is named, nobody else."""
    address = f"{root}{SHOWN_AT}/{product.id}"
    ordered = product.stock is None
    if product.frozen or product.stock == 0:
        availability = "OutOfStock"
    else:
        availability = "MadeToOrder" if ordered else "InStock"
    low, high = product.low, product.high
    prices: dict[str, Any] = (
        {"@type": "Offer", "price": low}
        if low == high
        else {
            "@type": "AggregateOffer",
            "lowPrice": low,
            "highPrice": high,
            "offerCount": len(product.variants),
        }
    )
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "@id": address,
        "url": address,
        "name": product.name,
        "sku": str(product.id),
        "category": " > ".join(name for _code, name in product.path),
        "countryOfOrigin": product.country,
        "offers": prices
        | {
            "priceCurrency": "IDR",
            "availability": f"https://schema.org/{availability}",
            "url": address,
            "seller": {"@type": "Organization", "name": product.vendor},
        },
    }
    if product.brand:
        found["brand"] = {"@type": "Brand", "name": product.brand}
    if product.description:
        found["description"] = product.description
    if product.images:
        found["image"] = [f"{root}/ecatalog/pictures/{one.id}/large" for one in product.images]
    if product.attributes:
        found["additionalProperty"] = [
            {"@type": "PropertyValue", "name": label, "value": value}
            for label, value in product.attributes
        ]
    return found


def _root(request: Request) -> str:
    """The address of this site, where the installation knows it."""
    return request.app.settings.server.public_url.rstrip("/")
