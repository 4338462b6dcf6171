"""A product as everybody would see it, gathered for the vendor's and the moderator's pages."""

from collections.abc import Sequence
from typing import Any

import attrs
from sqlalchemy import select

from leuit.values import _, format_date
from leuit.work import View
from leuit_ecatalog.models import (
    Category,
    Product,
    ProductImage,
    ProductStep,
    Shipping,
    Variant,
    Vendor,
)
from leuit_ecatalog.product_words import ORIGIN_WORDS, REASONS, STEP_WORDS
from leuit_ecatalog.rules.attributes import shown_value
from leuit_ecatalog.rules.certificates import Certificate
from leuit_ecatalog.rules.percent_text import percent_text

from .prices import district_prices
from .product_access import pictures_of, specs_of, variants_of
from .product_checks import Gap, certificates_of, hints, missing
from .shipping import shipping_of


@attrs.frozen
class ShownStep:
    """A line of the history: when, what, why; `by_staff` says who took it."""

    at: Any
    title: str
    remark: str
    by_staff: bool


@attrs.frozen
class ProductView:
    """All of a product: its rows, facts as pairs of words, what is missing or to look at."""

    product: Product
    category: Category
    vendor: Vendor
    variants: Sequence[Variant]
    pictures: Sequence[ProductImage]
    shipping: Sequence[Shipping]
    districts: dict[Any, dict[str, int]]
    facts: list[tuple[str, str]]
    gaps: list[Gap]
    hints: list[Gap]
    history: list[ShownStep]


def product_view(view: View, product: Product) -> ProductView:
    """Gather a product that the asker may see."""
    variants = variants_of(view, product.id)
    return ProductView(
        product=product,
        category=view.session.get_one(Category, product.category_id),
        vendor=view.session.get_one(Vendor, product.vendor_id),
        variants=variants,
        pictures=pictures_of(view, product.id),
        shipping=shipping_of(view, product.id),
        districts=district_prices(view, [variant.id for variant in variants]),
        facts=facts_of(view, product),
        gaps=missing(view, product),
        hints=hints(view, product),
        history=_history(view, product),
    )


def facts_of(view: View, product: Product) -> list[tuple[str, str]]:
    """What is said of the product, in words; what it does not say is left out."""
    tkdn, sni, halal = certificates_of(product)
    rows = [
        (_("Merek"), product.brand),
        (_("Asal"), str(ORIGIN_WORDS[product.origin])),
        (_("Negara pembuat"), product.country if product.country != "ID" else ""),
        (_("TKDN"), _percent(product.tkdn)),
        (_("BMP"), _percent(product.bmp)),
        (_("Sertifikat TKDN"), _certificate(view, tkdn)),
        (_("SNI"), _certificate(view, sni)),
        (_("Sertifikat halal"), _certificate(view, halal)),
        (_("KBKI"), product.kbki),
        *(
            (spec.label, shown_value(spec, product.attributes[spec.key]))
            for spec in specs_of(view, product.category_id)
            if spec.key in product.attributes
        ),
    ]
    return [(term, text) for term, text in rows if text]


def _percent(hundredths: int | None) -> str:
    return "" if hundredths is None else percent_text(hundredths) + "%"


def _certificate(view: View, certificate: Certificate) -> str:
    if not certificate.number:
        return ""
    if certificate.until is None:
        return certificate.number
    told = (
        _("%(number)s, berakhir %(day)s, tidak dihitung lagi")
        if certificate.has_ended(view.today)
        else _("%(number)s, sampai %(day)s")
    )
    return told % {"number": certificate.number, "day": format_date(certificate.until)}


def _history(view: View, product: Product) -> list[ShownStep]:
    rows = view.session.scalars(
        select(ProductStep)
        .where(ProductStep.product_id == product.id)
        .order_by(ProductStep.at.desc(), ProductStep.id.desc())
        .limit(50)
    )
    return [
        ShownStep(
            row.at,
            STEP_WORDS[row.step],
            ". ".join(
                str(part)
                for part in (REASONS.get(row.step, {}).get(row.reason, ""), row.note)
                if part
            ),
            row.person_id is not None,
        )
        for row in rows
    ]
