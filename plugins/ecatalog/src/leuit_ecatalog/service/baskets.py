"""The basket of a person: what he put aside, grouped by vendor, with what it would cost now."""

from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import delete, func, select

from leuit.storage import insert_into
from leuit.values import InvalidInputError, NotFoundError, RecordRef, _
from leuit.work import View, Work
from leuit_ecatalog.models import BasketLine, Product, Variant, Vendor
from leuit_ecatalog.models.baskets import MOST_QUANTITY
from leuit_ecatalog.models.products import SHOWN
from leuit_ecatalog.permissions import BUY

from .purchase_access import require_person
from .quoting import Quote, quotes, shipping_of

CHANGED = "ecatalog.basket.changed"
MOST_LINES = 100


@attrs.frozen
class Group:
    """What is put aside of one vendor; `shipping` is None while no kecamatan was chosen."""

    vendor: Vendor
    quotes: tuple[Quote, ...]
    shipping: int | None

    @property
    def goods(self) -> int:
        """Without tax and shipping."""
        return sum(one.amount for one in self.quotes)

    @property
    def fit(self) -> bool:
        """Whether all of it can be ordered as it lies there."""
        return not any(one.faults for one in self.quotes)


def put_in(work: Work, variant_id: UUID, quantity: int) -> None:
    """Put so many of a variant into the basket, instead of what lay there of it.

    Raises NotFoundError for what is not for sale, InvalidInputError for a quantity out of reach.
    """
    person_id = _person(work)
    _check(quantity)
    product = work.session.scalar(
        select(Product)
        .join(Variant, Variant.product_id == Product.id)
        .where(Variant.id == variant_id, ~Variant.gone, Product.state == SHOWN)
    )
    if product is None:
        raise NotFoundError(_("Produk itu tidak dijual."), advice=_("Pilih dari katalog."))
    if quantity < product.least_order:
        raise InvalidInputError(_("Pesanan paling sedikit %(least)s."), least=product.least_order)
    count = select(func.count()).where(BasketLine.person_id == person_id)
    if (work.session.scalar(count) or 0) >= MOST_LINES:
        raise InvalidInputError(_("Keranjang sudah penuh."), advice=_("Buat paket dahulu."))
    row = {
        "person_id": person_id,
        "variant_id": variant_id,
        "quantity": quantity,
        "added_at": work.now,
    }
    work.session.execute(
        insert_into(work.database.dialect, BasketLine)
        .values(row)
        .on_conflict_do_update(
            index_elements=["person_id", "variant_id"], set_={"quantity": quantity}
        )
    )
    _tell(work, variant_id, quantity)


def take_out(work: Work, variant_id: UUID) -> None:
    """Take a variant out; what does not lie there is no fault."""
    person_id = _person(work)
    gone = work.connection.execute(
        delete(BasketLine).where(
            BasketLine.person_id == person_id, BasketLine.variant_id == variant_id
        )
    )
    if gone.rowcount:
        _tell(work, variant_id, 0)


def basket(view: View, district: str | None) -> list[Group]:
    """The basket of the asker by vendor, as it would be brought to a kecamatan."""
    wanted = wanted_of(view)
    found = quotes(view, wanted, district)
    vendors: dict[UUID, list[Quote]] = {}
    for variant_id in wanted:
        vendors.setdefault(found[variant_id].vendor_id, []).append(found[variant_id])
    names = {
        one.id: one for one in view.session.scalars(select(Vendor).where(Vendor.id.in_(vendors)))
    }
    return [
        Group(names[vendor_id], tuple(group), shipping_of(group) if district is not None else None)
        for vendor_id, group in vendors.items()
    ]


def wanted_of(view: View, vendor_id: UUID | None = None) -> dict[UUID, int]:
    """Quantities by variant in the order in which they were put in, of one vendor or of all."""
    query = (
        select(BasketLine.variant_id, BasketLine.quantity)
        .where(BasketLine.person_id == _person(view))
        .order_by(BasketLine.added_at, BasketLine.variant_id)
    )
    if vendor_id is not None:
        query = (
            query.join(Variant, Variant.id == BasketLine.variant_id)
            .join(Product, Product.id == Variant.product_id)
            .where(Product.vendor_id == vendor_id)
        )
    return {row.variant_id: row.quantity for row in view.connection.execute(query)}


def empty_of(work: Work, variants: Any) -> None:
    """Take out what a purchase was made of."""
    work.session.execute(
        delete(BasketLine).where(
            BasketLine.person_id == _person(work), BasketLine.variant_id.in_(list(variants))
        )
    )


def _person(view: View) -> UUID:
    view.require_anywhere(BUY)
    return require_person(view)


def _check(quantity: int) -> None:
    if not 1 <= quantity <= MOST_QUANTITY:
        raise InvalidInputError(_("Tulis jumlah dari 1 sampai %(most)s."), most=MOST_QUANTITY)


def _tell(work: Work, variant_id: UUID, quantity: int) -> None:
    ref = RecordRef("ecatalog.variant", str(variant_id))
    work.audit(CHANGED, ref, quantity=quantity)
