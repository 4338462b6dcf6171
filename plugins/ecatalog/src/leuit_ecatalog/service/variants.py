"""Variants of a product: added, renamed, taken off, their stock, and where they are brought.

Stock is never below zero: it is set or moved by one statement that the database refuses to carry
out beyond that, so that neither two vendors' phones nor orders can sell what is not there.
"""

from uuid import UUID

from sqlalchemy import delete, func, select, update

from leuit.storage import insert_into
from leuit.values import (
    ConflictError,
    FieldError,
    InvalidInputError,
    NotFoundError,
    StaleEditError,
    _,
    new_id,
    one_line,
)
from leuit.work import View, Work
from leuit_ecatalog.models import District, Product, Shipping, Variant
from leuit_ecatalog.rules.price_text import LARGEST
from leuit_ecatalog.rules.stock_text import MOST, StockEntry

from .prices import first_price, require_priceable, set_price
from .product_access import held_own_product, ref_of, variants_of
from .product_changes import require_editable, touched

STOCKED = "ecatalog.stock.changed"
MOST_VARIANTS = 60
LONGEST_NAME = 80


class ShortStockError(ConflictError):
    """There is not as much as was asked for; nothing was taken."""

    code = "short_stock"


def add_variant(
    work: Work, product_id: UUID, version: int, name: str, price: int, stock: int | None
) -> Variant:
    """A new variant with its first price; the name tells it from the others of the product."""
    product = held_own_product(work, product_id, version)
    require_editable(product)
    others = variants_of(work, product.id)
    if len(others) >= MOST_VARIANTS:
        raise InvalidInputError(_("Paling banyak %(most)s varian."), most=MOST_VARIANTS)
    called = _checked_name(name, [other.name for other in others])
    if not 0 < price <= LARGEST:
        raise InvalidInputError(_("Harga itu di luar batas."))
    place = 1 + (
        work.session.scalar(select(func.max(Variant.place)).where(Variant.product_id == product.id))
        or 0
    )
    variant = Variant(
        id=new_id(),
        product_id=product.id,
        place=place,
        name=called,
        attributes={},
        stock=stock,
        price=price,
    )
    work.session.add(variant)
    work.session.flush()
    first_price(work, variant)
    touched(work, product, ("variants",), added=place)
    return variant


def rename_variant(work: Work, product_id: UUID, version: int, variant_id: UUID, name: str) -> None:
    """Another name of a variant."""
    product = held_own_product(work, product_id, version)
    variant = variant_in(work, product, variant_id)
    others = [other.name for other in variants_of(work, product.id) if other.id != variant.id]
    called = _checked_name(name, others)
    if called != variant.name:
        require_editable(product)
        variant.name = called
        touched(work, product, ("variants",), renamed=variant.place)


def drop_variant(work: Work, product_id: UUID, version: int, variant_id: UUID) -> None:
    """Take a variant off sale; it stays for the orders that name it."""
    product = held_own_product(work, product_id, version)
    require_editable(product)
    variant = variant_in(work, product, variant_id)
    if len(variants_of(work, product.id)) == 1:
        raise ConflictError(
            _("Ini varian terakhir."), advice=_("Ubah varian ini, atau turunkan produknya.")
        )
    variant.gone = True
    touched(work, product, ("variants",), dropped=variant.place)


def change_offer(
    work: Work,
    product_id: UUID,
    version: int,
    variant_id: UUID,
    price: int,
    stock: StockEntry,
    seen: int | None,
    reason: str = "",
) -> bool:
    """Price and stock of a variant together, as a phone changes them; whether anything did.

    `seen` is the stock that the page showed: who sets a number over another one that came up
    meanwhile is told so (StaleEditError). ShortStockError when more goes out than there is.
    """
    product = held_own_product(work, product_id, version)
    variant = variant_in(work, product, variant_id)
    priced = set_price(work, product, variant, price, reason=one_line(reason)[:200])
    return _enter_stock(work, product, variant, stock, seen) or priced


def move_stock(work: Work, variant_id: UUID, by: int) -> int:
    """Let stock come (`by` above zero) or go; what there is then.

    ShortStockError when there is not as much. What is not counted stays so, and gives 0.
    """
    changed = work.session.execute(
        update(Variant)
        .where(
            Variant.id == variant_id,
            Variant.stock.is_not(None),
            Variant.stock + by >= 0,
            Variant.stock + by <= MOST,
        )
        .values(stock=Variant.stock + by)
        .returning(Variant.stock)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if changed is not None:
        return int(changed)
    there = work.session.execute(select(Variant.stock).where(Variant.id == variant_id)).scalar_one()
    if there is None:
        return 0
    raise ShortStockError(_("Stok tinggal %(there)s."), advice=_("Kurangi jumlahnya."), there=there)


def variant_in(work: View, product: Product, variant_id: UUID) -> Variant:
    """A variant of the product that is on sale; NotFoundError for any other."""
    variant = work.session.get(Variant, variant_id)
    if variant is None or variant.product_id != product.id or variant.gone:
        raise NotFoundError(_("Varian itu tidak ada."), advice=_("Muat ulang halaman."))
    return variant


def change_shipping(
    work: Work,
    product_id: UUID,
    version: int,
    district: str,
    fee: int | None,
    days: int,
    least: int = 1,
) -> None:
    """What bringing costs to a kecamatan (`""` is every other one), and how many an order has at
    least; `fee` None takes the rate of that kecamatan back.
    """
    product = held_own_product(work, product_id, version)
    require_priceable(product)
    if district and work.session.get(District, district) is None:
        raise InvalidInputError(_("Kecamatan itu tidak dikenal."))
    if fee is None:
        work.session.execute(
            delete(Shipping).where(Shipping.product_id == product.id, Shipping.district == district)
        )
    else:
        values = {"fee": fee, "days": days}
        work.session.execute(
            insert_into(work.database.dialect, Shipping)
            .values(product_id=product.id, district=district, **values)
            .on_conflict_do_update(index_elements=["product_id", "district"], set_=values)
        )
    product.least_order = least
    touched(work, product, ("shipping", "least_order"), district=district, fee=fee)


def _enter_stock(
    work: Work, product: Product, variant: Variant, entry: StockEntry, seen: int | None
) -> bool:
    work.session.flush()
    before = work.session.execute(
        select(Variant.stock).where(Variant.id == variant.id).with_for_update()
    ).scalar_one()
    if entry.moved and entry.count is not None:
        if before is None:
            raise InvalidInputError(
                _("Stok varian ini tidak dihitung."), advice=_("Tulis jumlahnya tanpa + atau -.")
            )
        after: int | None = move_stock(work, variant.id, entry.count)
    else:
        after = entry.count
        if before not in (after, seen):
            raise StaleEditError(
                _("Stok berubah sejak halaman ini dibuka: sekarang %(there)s."),
                advice=_("Muat ulang halaman, lalu isi lagi."),
                there="–" if before is None else before,
            )
        work.session.execute(
            update(Variant)
            .where(Variant.id == variant.id)
            .values(stock=after)
            .execution_options(synchronize_session=False)
        )
    work.session.refresh(variant)
    if after == before:
        return False
    touched(work, product, ("stock",))
    work.audit(STOCKED, ref_of(product), variant=variant.place, before=before, after=after)
    return True


def _checked_name(name: str, others: list[str]) -> str:
    called = one_line(name)
    fault = ""
    if len(called) > LONGEST_NAME:
        fault = _("Nama varian paling banyak 80 huruf.")
    elif called.casefold() in {other.casefold() for other in others}:
        fault = _("Beri nama yang membedakan varian ini, misalnya ukuran atau warna.")
    if fault:
        raise InvalidInputError(_("Periksa nama varian."), fields=[FieldError("name", fault)])
    return called
