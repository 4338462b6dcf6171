"""Prices of variants: set, never changed and never deleted; what holds now stands beside them.

Each price that was ever set is a `PricePoint`. A point without a kecamatan holds everywhere; one
with a kecamatan there alone, and one without an amount takes that back. `Variant.price` and
`DistrictPrice` are what the newest points say, kept for lists and orders.
"""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import delete, select

from leuit.storage import insert_into
from leuit.values import ConflictError, InvalidInputError, _
from leuit.work import View, Work
from leuit_ecatalog.models import District, DistrictPrice, PricePoint, Product, Variant
from leuit_ecatalog.product_words import STATE_WORDS
from leuit_ecatalog.rules.price_text import LARGEST
from leuit_ecatalog.rules.product_states import may_price

from .listing import listing_price
from .product_access import ref_of
from .product_changes import touched

PRICED = "ecatalog.price.set"
MOST_POINTS = 500


@attrs.frozen
class Priced:
    """A point of a history: when, how much (None took it back), where, why and by whom."""

    at: dt.datetime
    amount: int | None
    district: str
    reason: str
    by_staff: bool


def set_price(
    work: Work,
    product: Product,
    variant: Variant,
    amount: int,
    district: str = "",
    reason: str = "",
) -> bool:
    """Set the price of a variant everywhere or in a kecamatan; whether it is another one.

    The product is held already. ConflictError in a state that is over, InvalidInputError for an
    amount out of reach or a kecamatan that is none.
    """
    require_priceable(product)
    if not 0 < amount <= LARGEST:
        raise InvalidInputError(_("Harga itu di luar batas."))
    if district:
        _check_district(work, district)
    if _now(work, variant, district) == amount:
        return False
    _point(work, variant, amount, district, reason)
    if district:
        row = {"variant_id": variant.id, "district": district, "price": amount}
        work.session.execute(
            insert_into(work.database.dialect, DistrictPrice)
            .values(row)
            .on_conflict_do_update(
                index_elements=["variant_id", "district"], set_={"price": amount}
            )
        )
    else:
        variant.price = amount
    _tell(work, product, variant, amount, district)
    return True


def take_price_back(work: Work, product: Product, variant: Variant, district: str) -> bool:
    """Let the general price hold in a kecamatan again; whether there was another one."""
    require_priceable(product)
    if not district or _now(work, variant, district) is None:
        return False
    _point(work, variant, None, district, "")
    work.session.execute(
        delete(DistrictPrice).where(
            DistrictPrice.variant_id == variant.id, DistrictPrice.district == district
        )
    )
    _tell(work, product, variant, None, district)
    return True


def first_price(work: Work, variant: Variant) -> None:
    """The first point of a new variant, at the price that it was made with."""
    _point(work, variant, variant.price, "", "")


def history_of(view: View, variant_id: UUID, district: str = "") -> list[Priced]:
    """The newest points of a variant everywhere, or of one kecamatan, in the order of time."""
    where = PricePoint.district.is_(None) if not district else PricePoint.district == district
    rows = view.session.scalars(
        select(PricePoint)
        .where(PricePoint.variant_id == variant_id, where)
        .order_by(PricePoint.set_at.desc(), PricePoint.id.desc())
        .limit(MOST_POINTS)
    ).all()
    return [
        Priced(row.set_at, row.amount, row.district or "", row.reason, row.person_id is not None)
        for row in reversed(rows)
    ]


def district_prices(view: View, variant_ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """The prices of kecamatan that hold now, by variant."""
    found: dict[UUID, dict[str, int]] = {}
    rows = view.session.execute(
        select(DistrictPrice.variant_id, DistrictPrice.district, DistrictPrice.price)
        .where(DistrictPrice.variant_id.in_(variant_ids))
        .order_by(DistrictPrice.district)
    )
    for variant_id, district, price in rows:
        found.setdefault(variant_id, {})[district] = price
    return found


def require_priceable(product: Product) -> None:
    """ConflictError when price, stock and shipping of a product no longer change."""
    if not may_price(product.state):
        raise ConflictError(
            _("Produk ini %(state)s; harga dan stoknya tidak berubah lagi."),
            advice=_("Salin menjadi produk baru."),
            state=STATE_WORDS[product.state].lower(),
        )


def district_names(view: View) -> dict[str, str]:
    """The kecamatan of the region, by code, in the order of their names."""
    rows = view.session.execute(select(District.code, District.name).order_by(District.name))
    return dict(rows.all())


def _now(view: View, variant: Variant, district: str) -> int | None:
    if not district:
        return variant.price
    return view.session.scalar(
        select(DistrictPrice.price).where(
            DistrictPrice.variant_id == variant.id, DistrictPrice.district == district
        )
    )


def _point(work: Work, variant: Variant, amount: int | None, district: str, reason: str) -> None:
    who = work.identity
    work.session.add(
        PricePoint(
            variant_id=variant.id,
            district=district or None,
            amount=amount,
            set_at=work.now,
            person_id=who.person_id,
            account_id=who.account_id if who.kind == "external" else None,
            reason=reason,
        )
    )


def _tell(
    work: Work, product: Product, variant: Variant, amount: int | None, district: str
) -> None:
    work.session.flush()
    listing_price(work, product.id)
    touched(work, product, ("price",))
    work.audit(
        PRICED, ref_of(product), variant=variant.place, amount=amount, district=district or None
    )


def _check_district(view: View, code: str) -> None:
    if view.session.get(District, code) is None:
        raise InvalidInputError(_("Kecamatan itu tidak dikenal."))
