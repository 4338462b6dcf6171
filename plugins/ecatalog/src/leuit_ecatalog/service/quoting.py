"""What a variant would cost now, brought to a kecamatan, and whether it can be ordered at all."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.values import NotFoundError, Text, _
from leuit.work import View
from leuit_ecatalog.models import DistrictPrice, Product, Shipping, Variant, Vendor
from leuit_ecatalog.models.products import FROZEN
from leuit_ecatalog.rules.preference import CERTIFIED, DOMESTIC, Offer
from leuit_ecatalog.rules.product_states import is_orderable

from .membership import may_sell

NOT_SHOWN, STOPPED, GONE, SHORT, LEAST, NOT_BROUGHT, NO_SALES = (
    "tidak_tayang",
    "dibekukan",
    "varian_dihapus",
    "stok",
    "pesanan_paling_sedikit",
    "tidak_diantar",
    "penyedia",
)
FAULT_WORDS: Final[Mapping[str, Text]] = {
    NOT_SHOWN: _("produk tidak tayang lagi"),
    STOPPED: _("produk dibekukan: tampak, tetapi tidak dapat dibeli"),
    GONE: _("varian ini tidak dijual lagi"),
    SHORT: _("stok tidak cukup"),
    LEAST: _("di bawah pesanan paling sedikit"),
    NOT_BROUGHT: _("tidak diantar ke kecamatan itu"),
    NO_SALES: _("penyedia tidak dapat menerima pesanan"),
}


@attrs.frozen
class Quote:
    """A variant at a place: `price` for one without tax, `fee` for bringing the product there.

    `fee` is None where it is not brought, or no place was named. `faults` are codes of
    `FAULT_WORDS`, empty where it can be ordered.
    """

    variant_id: UUID
    product_id: UUID
    vendor_id: UUID
    category_id: UUID
    name: str
    variant: str
    unit_code: str
    quantity: int
    price: int
    fee: int | None
    days: int | None
    least: int
    stock: int | None
    offer: Offer
    country: str
    tkdn_number: str
    faults: tuple[str, ...]

    @property
    def amount(self) -> int:
        """Of all of them, without tax and shipping."""
        return self.quantity * self.price

    @property
    def title(self) -> str:
        """The name of the product with that of the variant."""
        return f"{self.name} ({self.variant})" if self.variant else self.name


def quotes(view: View, wanted: Mapping[UUID, int], district: str | None) -> dict[UUID, Quote]:
    """Quotes by variant for quantities; what does not exist has none."""
    rows = view.session.execute(
        select(Variant, Product)
        .join(Product, Product.id == Variant.product_id)
        .where(Variant.id.in_(wanted))
    ).all()
    products = {product.id for _variant, product in rows}
    local = _district_prices(view, wanted, district)
    brought = _shipping(view, products, district)
    sells = {
        vendor: may_sell(view, vendor, view.today) for vendor in {one.vendor_id for _, one in rows}
    }
    return {
        variant.id: _quote(
            view.today,
            variant,
            product,
            wanted[variant.id],
            local.get(variant.id, variant.price),
            brought.get(product.id),
            district is not None,
            sells[product.vendor_id],
        )
        for variant, product in rows
    }


def shipping_of(found: Collection[Quote]) -> int:
    """What bringing all of them costs: once for each product, as vendors ask it for one order."""
    return sum({one.product_id: one.fee or 0 for one in found}.values())


def offer_of(product: Product, stock: int | None, today: dt.date) -> Offer:
    """A product as the preference sees it: a certificate that is over counts no more."""
    origin, holds = product.origin, product.tkdn_until is None or product.tkdn_until >= today
    if origin == CERTIFIED and (product.tkdn is None or not holds):
        origin = DOMESTIC
    certified = origin == CERTIFIED
    return Offer(
        str(product.id),
        origin,
        (product.tkdn or 0) if certified else 0,
        (product.bmp or 0) if certified else 0,
        stock,
    )


def vendor_of(view: View, vendor_id: UUID) -> Vendor:
    """A vendor by its id; NotFoundError where there is none."""
    found = view.session.get(Vendor, vendor_id)
    if found is None:
        raise NotFoundError(_("Penyedia itu tidak ada."), advice=_("Pilih dari keranjang."))
    return found


def _quote(
    today: dt.date,
    variant: Variant,
    product: Product,
    quantity: int,
    price: int,
    brought: tuple[int, int] | None,
    placed: bool,
    sells: bool,
) -> Quote:
    faults = []
    if not sells:
        faults.append(NO_SALES)
    if product.state == FROZEN:
        faults.append(STOPPED)
    elif not is_orderable(product.state):
        faults.append(NOT_SHOWN)
    elif variant.gone:
        faults.append(GONE)
    if variant.stock is not None and variant.stock < quantity:
        faults.append(SHORT)
    if quantity < product.least_order:
        faults.append(LEAST)
    if placed and brought is None:
        faults.append(NOT_BROUGHT)
    return Quote(
        variant_id=variant.id,
        product_id=product.id,
        vendor_id=product.vendor_id,
        category_id=product.category_id,
        name=product.name,
        variant=variant.name,
        unit_code=product.unit_code,
        quantity=quantity,
        price=price,
        fee=brought[0] if brought else None,
        days=brought[1] if brought else None,
        least=product.least_order,
        stock=variant.stock,
        offer=offer_of(product, variant.stock, today),
        country=product.country,
        tkdn_number=product.tkdn_number,
        faults=tuple(faults),
    )


def _district_prices(
    view: View, wanted: Mapping[UUID, int], district: str | None
) -> dict[UUID, int]:
    if not district:
        return {}
    query = select(DistrictPrice.variant_id, DistrictPrice.price).where(
        DistrictPrice.variant_id.in_(wanted), DistrictPrice.district == district
    )
    return {row.variant_id: row.price for row in view.connection.execute(query)}


def _shipping(
    view: View, products: Collection[UUID], district: str | None
) -> dict[UUID, tuple[int, int]]:
    """Fee and days by product; what is said of the kecamatan goes before what is said of all."""
    if not district:
        return {}
    query = (
        select(Shipping.product_id, Shipping.fee, Shipping.days)
        .where(Shipping.product_id.in_(products), Shipping.district.in_(("", district)))
        .order_by(Shipping.district)
    )
    return {row.product_id: (row.fee, row.days) for row in view.connection.execute(query)}
