"""A vendor's products as a table that may be changed and sent back."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select

from leuit.work import View
from leuit_ecatalog.models import Attribute, Category, Product, Shipping, Variant
from leuit_ecatalog.rules.attributes import AttributeSpec, typed_value
from leuit_ecatalog.rules.percent_text import percent_text
from leuit_ecatalog.rules.product_states import ARCHIVED

from .membership import own_vendor
from .product_access import spec_of

MOST = 50_000


def exported_rows(view: View) -> Iterator[tuple[Any, ...]]:
    """A row for each variant of the asker's own products, in the order of `COLUMNS`.

    A product without a code of its own has its id there, by which it is known when it comes back.
    """
    vendor = own_vendor(view)
    specs = _specs(view)
    rows = view.session.execute(
        select(Product, Category.code, Variant, Shipping.fee, Shipping.days)
        .join(Category, Category.id == Product.category_id)
        .outerjoin(Variant, (Variant.product_id == Product.id) & Variant.gone.is_(False))
        .outerjoin(Shipping, (Shipping.product_id == Product.id) & (Shipping.district == ""))
        .where(Product.vendor_id == vendor.id, Product.state != ARCHIVED)
        .order_by(Product.created_at, Product.id, Variant.place)
        .limit(MOST)
    )
    last: UUID | None = None
    for product, category, offered, fee, days in rows:
        variant: Variant | None = offered
        first = product.id != last
        last = product.id
        own = _own_cells(product, category, specs.get(product.category_id, []))
        yield (
            product.sku or str(product.id),
            own[0] if first else "",
            "" if variant is None else variant.name,
            *(own[1:3] if first else ("", "")),
            "" if variant is None else variant.price,
            "" if variant is None or variant.stock is None else variant.stock,
            *(own[3:] if first else [""] * len(own[3:])),
            fee if first and fee is not None else "",
            days if first and days is not None else "",
        )


def _own_cells(product: Product, category: str, specs: list[AttributeSpec]) -> tuple[Any, ...]:
    values = product.attributes
    return (
        product.name,
        category,
        product.unit_code,
        product.brand,
        product.description,
        product.least_order,
        product.origin,
        product.country,
        percent_text(product.tkdn),
        product.tkdn_number,
        _day(product.tkdn_until),
        percent_text(product.bmp),
        product.sni_number,
        _day(product.sni_until),
        product.halal_number,
        _day(product.halal_until),
        product.kbki,
        ";".join(
            f"{spec.key}={typed_value(spec, values[spec.key])}"
            for spec in specs
            if spec.key in values
        ),
    )


def _specs(view: View) -> dict[UUID, list[AttributeSpec]]:
    found: dict[UUID, list[AttributeSpec]] = {}
    rows = view.session.scalars(select(Attribute).order_by(Attribute.category_id, Attribute.place))
    for row in rows:
        found.setdefault(row.category_id, []).append(spec_of(row))
    return found


def _day(day: Any) -> str:
    return "" if day is None else day.isoformat()
