"""What everybody sees of one product: all of it that is public, and nothing of a person.

A product is seen while it stands in the listing; NIK, NPWP, telephone, bank account and address of
its vendor are never read here (EC-60).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import attrs
from sqlalchemy import func, select

from leuit.values import NotFoundError, _
from leuit.work import View
from leuit_ecatalog.models import (
    Attribute,
    Category,
    District,
    DistrictPrice,
    Listing,
    Product,
    ProductImage,
    Shipping,
    Variant,
    Vendor,
)
from leuit_ecatalog.models.categories import FLAG, NUMBER

MOST_COMPARED: Final = 4
_ROW: Final = Listing.__table__.c


@attrs.frozen
class Certificate:
    """A paper of a product: its number, and until when it holds (None without end)."""

    number: str
    until: dt.date | None
    holds: bool


@attrs.frozen
class PublicVariant:
    """A form in which it is sold: `price` in the kecamatan that was asked for, else the general
    one; `stock` None is made to order.
    """

    id: UUID
    name: str
    price: int
    stock: int | None
    attributes: tuple[tuple[str, str], ...]


@attrs.frozen
class PublicShipping:
    """Bringing it to one kecamatan: a fee for an order, and days; None for one not delivered to."""

    fee: int
    days: int


@attrs.frozen
class PublicImage:
    """A picture, with what it shows."""

    id: UUID
    width: int
    height: int
    alt: str


@attrs.frozen
class PublicProduct:
    """A product as everybody sees it; `stamp` is its version."""

    id: UUID
    stamp: int
    name: str
    brand: str
    description: str
    frozen: bool
    unit_code: str
    category: str
    path: tuple[tuple[str, str], ...]
    vendor_id: UUID
    vendor: str
    vendor_place: str
    vendor_scale: str
    origin: str
    country: str
    tkdn: int | None
    bmp: int | None
    tkdn_paper: Certificate | None
    sni: Certificate | None
    halal: Certificate | None
    kbki: str
    least_order: int
    variants: tuple[PublicVariant, ...]
    attributes: tuple[tuple[str, str], ...]
    images: tuple[PublicImage, ...]
    district: str
    shipping: PublicShipping | None
    delivers: bool

    @property
    def low(self) -> int:
        """The lowest price of its variants."""
        return min(one.price for one in self.variants)

    @property
    def high(self) -> int:
        """The highest."""
        return max(one.price for one in self.variants)

    @property
    def stock(self) -> int | None:
        """Of all variants together; None where one of them is made to order."""
        counted = [one.stock for one in self.variants]
        return None if None in counted else sum(one or 0 for one in counted)


def stamp_of(view: View, product_id: UUID) -> int:
    """The version of a product that is shown, by one look-up; NotFoundError for any other."""
    query = select(_ROW.stamp).where(_ROW.product_id == product_id, _ROW.until > view.today)
    stamp = view.connection.execute(query).scalar()
    if stamp is None:
        raise NotFoundError(
            _("Produk itu tidak ada atau tidak tayang lagi."), advice=_("Cari di katalog.")
        )
    return int(stamp)


def public_product(view: View, product_id: UUID, district: str = "") -> PublicProduct:
    """A product with the prices and the shipping of a kecamatan; NotFoundError when not shown."""
    stamp = stamp_of(view, product_id)
    query = (
        select(
            Product,
            Vendor.name.label("vendor"),
            Vendor.scale,
            Category.code,
            Category.path,
            func.coalesce(District.name, "").label("place"),
        )
        .join(Vendor, Vendor.id == Product.vendor_id)
        .join(Category, Category.id == Product.category_id)
        .outerjoin(District, District.code == Vendor.district)
        .where(Product.id == product_id)
    )
    product, vendor, scale, code, path, place = view.session.execute(query).one()
    labels = _labels(view, product.category_id)
    chosen = district if district in dict(districts(view)) else ""
    return PublicProduct(
        id=product.id,
        stamp=stamp,
        name=product.name,
        brand=product.brand,
        description=product.description,
        frozen=product.state == "dibekukan",
        unit_code=product.unit_code,
        category=code,
        path=_path(code, path),
        vendor_id=product.vendor_id,
        vendor=vendor,
        vendor_place=place,
        vendor_scale=scale,
        origin=product.origin,
        country=product.country,
        tkdn=product.tkdn,
        bmp=product.bmp,
        tkdn_paper=_paper(view, product.tkdn_number, product.tkdn_until),
        sni=_paper(view, product.sni_number, product.sni_until),
        halal=_paper(view, product.halal_number, product.halal_until),
        kbki=product.kbki,
        least_order=product.least_order,
        variants=_variants(view, product_id, chosen, labels),
        attributes=_told(product.attributes, labels),
        images=images_of(view, product_id),
        district=chosen,
        shipping=_shipping(view, product_id, chosen) if chosen else None,
        delivers=_delivers(view, product_id),
    )


def images_of(view: View, product_id: UUID) -> tuple[PublicImage, ...]:
    """The pictures of a product in their order."""
    columns = ProductImage.__table__.c
    query = (
        select(columns.id, columns.width, columns.height, columns.alt)
        .where(columns.product_id == product_id)
        .order_by(columns.place)
    )
    return tuple(PublicImage(*row) for row in view.connection.execute(query))


def districts(view: View) -> list[tuple[str, str]]:
    """The kecamatan by name: code and name."""
    query = select(District.code, District.name).order_by(District.name)
    return [(row.code, row.name) for row in view.connection.execute(query)]


def shown_value(kind: str, value: Any) -> str:
    """A kept value of an attribute as people write it."""
    if kind == FLAG:
        return _("ya") if value is True or value == "ya" else _("tidak")
    if kind == NUMBER:
        number, gap, unit = str(value).partition(" ")
        return f"{number.replace('.', ',')}{gap and chr(0xA0)}{unit}"
    return str(value)


def _labels(view: View, category_id: UUID) -> Mapping[str, tuple[str, str]]:
    query = (
        select(Attribute.key, Attribute.label, Attribute.type)
        .where(Attribute.category_id == category_id)
        .order_by(Attribute.place)
    )
    return {row.key: (row.label, row.type) for row in view.connection.execute(query)}


def _told(
    values: Mapping[str, Any], labels: Mapping[str, tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (label, shown_value(kind, values[key]))
        for key, (label, kind) in labels.items()
        if values.get(key) not in (None, "")
    )


def _path(code: str, path: str) -> tuple[tuple[str, str], ...]:
    """Code and name of each level down to a category."""
    parts, names = code.split("."), path.split(" > ")
    return tuple(
        (".".join(parts[: level + 1]), name) for level, name in enumerate(names[: len(parts)])
    )


def _paper(view: View, number: str, until: dt.date | None) -> Certificate | None:
    if not number:
        return None
    return Certificate(number, until, until is None or until >= view.today)


def _variants(
    view: View, product_id: UUID, district: str, labels: Mapping[str, tuple[str, str]]
) -> tuple[PublicVariant, ...]:
    query = (
        select(
            Variant.id,
            Variant.name,
            func.coalesce(DistrictPrice.price, Variant.price).label("price"),
            Variant.stock,
            Variant.attributes,
        )
        .outerjoin(
            DistrictPrice,
            (DistrictPrice.variant_id == Variant.id) & (DistrictPrice.district == district),
        )
        .where(Variant.product_id == product_id, Variant.gone.is_(False))
        .order_by(Variant.place)
    )
    return tuple(
        PublicVariant(row.id, row.name, row.price, row.stock, _told(row.attributes, labels))
        for row in view.connection.execute(query)
    )


def _shipping(view: View, product_id: UUID, district: str) -> PublicShipping | None:
    """Of the kecamatan itself, else what holds for every other one."""
    query = (
        select(Shipping.fee, Shipping.days)
        .where(Shipping.product_id == product_id, Shipping.district.in_((district, "")))
        .order_by(Shipping.district.desc())
        .limit(1)
    )
    row = view.connection.execute(query).first()
    return None if row is None else PublicShipping(row.fee, row.days)


def _delivers(view: View, product_id: UUID) -> bool:
    query = select(Shipping.product_id).where(Shipping.product_id == product_id).limit(1)
    return view.connection.execute(query).first() is not None


def first_variant(view: View, product_id: UUID) -> Variant:
    """The variant of which a page draws the prices."""
    query = (
        select(Variant)
        .where(Variant.product_id == product_id, Variant.gone.is_(False))
        .order_by(Variant.place)
        .limit(1)
    )
    return view.session.scalars(query).one()


def compared(view: View, ids: Sequence[UUID], district: str = "") -> list[PublicProduct]:
    """At most four products that are shown, in the order of their ids; others are left out."""
    found = []
    for one in dict.fromkeys(ids[: 2 * MOST_COMPARED]):
        try:
            found.append(public_product(view, one, district))
        except NotFoundError:
            continue
    return found[:MOST_COMPARED]
