"""Lists of products: a vendor's own, and those on the desk of whoever moderates."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import func, or_, select

from leuit.work import View
from leuit_ecatalog.models import Category, Product, ProductImage, Variant, Vendor
from leuit_ecatalog.permissions import MODERATE
from leuit_ecatalog.rules.product_states import ARCHIVED

from .membership import own_vendor


@attrs.frozen
class ProductFilter:
    """What a list is asked for; empty parts leave nothing out."""

    state: str = ""
    text: str = ""
    ending: bool = False


@attrs.frozen
class ProductRow:
    """A product in a list; `price` is the lowest of its variants, `stock` the sum of the counted
    ones, None where none is counted; `picture` the id of its main picture.
    """

    id: UUID
    name: str
    state: str
    reason: str
    note: str
    sku: str
    unit_code: str
    version: int
    vendor: str
    category: str
    submitted_at: dt.datetime | None
    price: int | None
    stock: int | None
    variants: int
    picture: UUID | None


def own_products(
    view: View, wanted: ProductFilter, start: int, limit: int
) -> tuple[list[ProductRow], int]:
    """A page of the asker's own products, and how many there are; the newest first."""
    vendor = own_vendor(view)
    query = _rows().where(Product.vendor_id == vendor.id)
    query = _narrowed(query, wanted, view.today)
    if wanted.state != ARCHIVED:
        query = query.where(Product.state != ARCHIVED)
    return _page(view, query.order_by(Product.created_at.desc(), Product.id.desc()), start, limit)


def own_counts(view: View) -> dict[str, int]:
    """How many of the asker's own products are in each state."""
    vendor = own_vendor(view)
    rows = view.session.execute(
        select(Product.state, func.count())
        .where(Product.vendor_id == vendor.id)
        .group_by(Product.state)
    )
    return dict(rows.all())


def moderated_products(
    view: View, wanted: ProductFilter, start: int, limit: int
) -> tuple[list[ProductRow], int]:
    """A page of products that were submitted once; those that wait longest first."""
    view.require_on_root(MODERATE)
    query = _narrowed(_rows().where(Product.submitted_at.is_not(None)), wanted, view.today)
    return _page(view, query.order_by(Product.submitted_at, Product.id), start, limit)


def moderated_counts(view: View) -> dict[str, int]:
    """How many products that were submitted once are in each state."""
    view.require_on_root(MODERATE)
    rows = view.session.execute(
        select(Product.state, func.count())
        .where(Product.submitted_at.is_not(None))
        .group_by(Product.state)
    )
    return dict(rows.all())


def _rows() -> Any:
    offers = (
        select(
            Variant.product_id.label("product_id"),
            func.min(Variant.price).label("price"),
            func.sum(Variant.stock).label("stock"),
            func.count().label("variants"),
        )
        .where(Variant.gone.is_(False))
        .group_by(Variant.product_id)
        .subquery()
    )
    picture = (
        select(ProductImage.id)
        .where(ProductImage.product_id == Product.id)
        .order_by(ProductImage.place)
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            Product.id,
            Product.name,
            Product.state,
            Product.reason,
            Product.note,
            func.coalesce(Product.sku, "").label("sku"),
            Product.unit_code,
            Product.version,
            Vendor.name.label("vendor"),
            Category.name.label("category"),
            Product.submitted_at,
            offers.c.price,
            offers.c.stock,
            func.coalesce(offers.c.variants, 0).label("variants"),
            picture.label("picture"),
        )
        .join(Vendor, Vendor.id == Product.vendor_id)
        .join(Category, Category.id == Product.category_id)
        .outerjoin(offers, offers.c.product_id == Product.id)
    )


def _narrowed(query: Any, wanted: ProductFilter, today: dt.date) -> Any:
    if wanted.state:
        query = query.where(Product.state == wanted.state)
    if wanted.text:
        like = f"%{wanted.text.lower().replace('%', '').replace('_', '')}%"
        query = query.where(
            or_(
                func.lower(Product.name).like(like),
                func.lower(Product.sku).like(like),
                func.lower(Vendor.name).like(like),
            )
        )
    if wanted.ending:
        query = query.where(ends_soon(today))
    return query


def ends_soon(today: dt.date, days: int = 30) -> Any:
    """The condition that a certificate of a product ends within so many days, or has ended."""
    last = today + dt.timedelta(days=days)
    return or_(
        *(
            (number != "") & until.is_not(None) & (until <= last)
            for number, until in (
                (Product.tkdn_number, Product.tkdn_until),
                (Product.sni_number, Product.sni_until),
                (Product.halal_number, Product.halal_until),
            )
        )
    )


def _page(view: View, query: Any, start: int, limit: int) -> tuple[list[ProductRow], int]:
    total = view.session.execute(
        select(func.count()).select_from(query.order_by(None).subquery())
    ).scalar_one()
    rows = view.session.execute(query.offset(start).limit(limit)).mappings()
    return [ProductRow(**row) for row in rows], total
