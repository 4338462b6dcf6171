"""What the listing says of products: read from their own tables, ready to be stored.

A product is listed while it is `tayang` or `dibekukan`, its vendor may sell, and it has a price.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Select, bindparam, func, or_, select, union_all

from leuit.builtin.search import tokens_of
from leuit.work import View
from leuit_ecatalog.models import (
    NO_END,
    UNKNOWN,
    Attribute,
    Category,
    District,
    DistrictPrice,
    Product,
    ProductImage,
    Sanction,
    Variant,
    Vendor,
)
from leuit_ecatalog.models.categories import FLAG, NUMBER
from leuit_ecatalog.models.products import CERTIFIED, FROZEN, SHOWN
from leuit_ecatalog.models.vendors import ACTIVE
from leuit_ecatalog.rules.attributes import amount_in

from .membership import may_sell, selling
from .separate import separate

_LONGEST_VALUE = 120


def _prices() -> Select[Any]:
    wanted = Variant.product_id.in_(bindparam("ids", expanding=True)), Variant.gone.is_(False)
    local = (
        select(Variant.product_id, DistrictPrice.price)
        .join(Variant, Variant.id == DistrictPrice.variant_id)
        .where(*wanted)
    )
    both = union_all(select(Variant.product_id, Variant.price).where(*wanted), local).subquery()
    return select(both.c.product_id, func.min(both.c.price), func.max(both.c.price)).group_by(
        both.c.product_id
    )


_PRICES = _prices()  # made once: prices change often


@attrs.frozen
class Listed:
    """A row of the listing without its number, its tokens and the values to filter by."""

    shown_at: dt.datetime
    row: dict[str, Any]
    words: tuple[str, ...]
    values: tuple[tuple[str, str, float], ...]


def listed(view: View, ids: Sequence[UUID]) -> dict[UUID, Listed]:
    """Those of the products that are listed today, in a handful of statements for all of them.

    On PostgreSQL their rows stay locked, so that two units do not overwrite each other's.
    """
    found = view.connection.execute(
        select(
            *Product.__table__.columns,
            Vendor.name.label("vendor_name"),
            Vendor.scale,
            Vendor.district,
            Category.code.label("category"),
            Category.path,
        )
        .join(Vendor, Vendor.id == Product.vendor_id)
        .join(Category, Category.id == Product.category_id)
        .where(Product.id.in_(ids), Product.state.in_((SHOWN, FROZEN)), Vendor.state == ACTIVE)
        .order_by(Product.id)
        .with_for_update(of=Product)
    ).all()
    kept = [row.id for row in found]
    prices, pictures, variants = prices_of(view, kept), _pictures(view, kept), _variants(view, kept)
    facets = _facets(view, {row.category_id for row in found})
    places = _place_names(view)
    ends = sells_until(view, {row.vendor_id for row in found})
    made: dict[UUID, Listed] = {}
    for row in found:
        until = ends.get(row.vendor_id)
        if until is None or row.id not in prices:
            continue
        made[row.id] = _listed(
            row,
            until,
            prices[row.id],
            pictures.get(row.id),
            places.get(row.district or "", ""),
            variants[row.id],
            facets[row.category_id],
            view.today,
        )
    return made


def prices_of(view: View, ids: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    """The lowest and the highest price of products now, kecamatan with their own included."""
    rows = view.connection.execute(_PRICES, {"ids": list(ids)})
    return {one: (low, high) for one, low, high in rows}


def sells_until(view: View, vendors: Iterable[UUID]) -> dict[UUID, dt.date]:
    """For those who may sell today: the first day on which they may not. Only days on which a
    sanction begins can be one.
    """
    wanted = list(vendors)
    today = view.today
    found = dict.fromkeys(
        view.connection.scalars(selling(today).where(Vendor.id.in_(wanted))), NO_END
    )
    query = (
        select(Sanction.vendor_id, Sanction.since)
        .where(Sanction.vendor_id.in_(wanted), Sanction.since > today)
        .order_by(Sanction.since)
    )
    for vendor_id, since in view.connection.execute(query).all():
        if found.get(vendor_id) == NO_END and not may_sell(view, vendor_id, since):
            found[vendor_id] = since
    return found


def changing_on(view: View, day: dt.date) -> tuple[list[UUID], list[UUID]]:
    """Vendors whose sanctions begin or end on a day, and products with a certificate that ended the
    day before: what the listing says of them is another thing from this day on.
    """
    vendors = select(Sanction.vendor_id).where(
        or_(Sanction.since == day, Sanction.until == day, Sanction.lifted_on == day)
    )
    before = day - dt.timedelta(days=1)
    products = select(Product.id).where(
        Product.state.in_((SHOWN, FROZEN)),
        or_(Product.tkdn_until == before, Product.sni_until == before),
    )
    connection = view.connection
    return sorted(set(connection.scalars(vendors))), sorted(connection.scalars(products))


def _listed(
    row: Any,
    until: dt.date,
    prices: tuple[int, int],
    picture: UUID | None,
    place: str,
    variants: Sequence[Any],
    facets: Sequence[Any],
    today: dt.date,
) -> Listed:
    certified = (
        row.origin == CERTIFIED
        and row.tkdn is not None
        and (row.tkdn_until is None or row.tkdn_until >= today)
    )
    tkdn = row.tkdn if certified else UNKNOWN
    attributes = [row.attributes, *(one.attributes for one in variants)]
    title = separate(f"{row.name} {row.brand}")
    said = [row.description, row.path, row.vendor_name, row.sku or ""]
    said += [one.name for one in variants]
    said += [str(value) for told in attributes for value in told.values() if value is not True]
    return Listed(
        shown_at=row.shown_at or row.created_at,
        row={
            "category": row.category,
            "district": row.district or "",
            "scale": row.scale,
            "origin": row.origin,
            "tkdn": tkdn,
            "local": tkdn + (row.bmp or 0) if certified else UNKNOWN,
            "low": prices[0],
            "high": prices[1],
            "until": until,
            "frozen": row.state == FROZEN,
            "standard": bool(row.sni_number) and (row.sni_until is None or row.sni_until >= today),
            "product_id": row.id,
            "vendor_id": row.vendor_id,
            "unit_code": row.unit_code,
            "name": row.name,
            "vendor_name": row.vendor_name,
            "place_name": place,
            "picture": picture,
        },
        words=tuple(tokens_of(title, separate(" ".join(said)))),
        values=tuple(sorted(_values(attributes, facets))),
    )


def _values(
    attributes: Sequence[Mapping[str, Any]], facets: Sequence[Any]
) -> set[tuple[str, str, float]]:
    """Keys and values by which buyers filter, of the product and of each of its variants."""
    found: set[tuple[str, str, float]] = set()
    for told in attributes:
        for facet in facets:
            value = told.get(facet.key)
            if value is None or value == "":
                continue
            if facet.type == FLAG:
                found.add((facet.key, "ya" if value is True else "tidak", 0.0))
            elif facet.type == NUMBER:
                found.add((facet.key, str(value)[:_LONGEST_VALUE], _number(str(value), facet.unit)))
            else:
                found.add((facet.key, str(value)[:_LONGEST_VALUE], 0.0))
    return found


def _number(value: str, unit: str) -> float:
    """A kept number in the attribute's unit: 500 g come before 1 kg; 0 where it has none."""
    try:
        return float(amount_in(value, unit) or 0)
    except ArithmeticError:
        return 0.0


def _variants(view: View, ids: Sequence[UUID]) -> dict[UUID, list[Any]]:
    query = (
        select(Variant.product_id, Variant.name, Variant.attributes)
        .where(Variant.product_id.in_(ids), Variant.gone.is_(False))
        .order_by(Variant.product_id, Variant.place)
    )
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in view.connection.execute(query):
        found[row.product_id].append(row)
    return found


def _facets(view: View, categories: Iterable[UUID]) -> dict[UUID, list[Any]]:
    query = select(Attribute.category_id, Attribute.key, Attribute.type, Attribute.unit).where(
        Attribute.category_id.in_(list(categories)), Attribute.facet
    )
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in view.connection.execute(query):
        found[row.category_id].append(row)
    return found


def _place_names(view: View) -> dict[str, str]:
    return {
        row.code: row.name for row in view.connection.execute(select(District.code, District.name))
    }


def _pictures(view: View, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The first picture of each product."""
    query = (
        select(ProductImage.product_id, ProductImage.id)
        .where(ProductImage.product_id.in_(ids))
        .order_by(ProductImage.place.desc())
    )
    return {row.product_id: row.id for row in view.connection.execute(query)}
