"""Stock that agreements keep: taken together or not at all, given back when they end.

Stock is never below zero: one statement a variant, which the database refuses to carry beyond. The
variants are gone through in the order of their ids, so that two purchases never wait for each
other.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select, update

from leuit.values import ConflictError, _
from leuit.work import Work
from leuit_ecatalog.models import Product, Variant


class ShortStockError(ConflictError):
    """There is not as much as was asked for; nothing was taken."""

    code = "short_stock"


def take_stock(work: Work, quantities: Mapping[UUID, int]) -> None:
    """Take from every variant; what is not counted stays so. Raises ShortStockError."""
    for variant_id in sorted(quantities):
        wanted = quantities[variant_id]
        taken = work.connection.execute(
            update(Variant)
            .where(Variant.id == variant_id, Variant.stock >= wanted)
            .values(stock=Variant.stock - wanted)
        )
        if taken.rowcount != 1:
            _require_uncounted(work, variant_id)


def give_stock_back(work: Work, quantities: Mapping[UUID, int]) -> None:
    """Put back what `take_stock` took, where it is counted."""
    for variant_id in sorted(quantities):
        work.connection.execute(
            update(Variant)
            .where(Variant.id == variant_id, Variant.stock.is_not(None))
            .values(stock=Variant.stock + quantities[variant_id])
        )


def _require_uncounted(work: Work, variant_id: UUID) -> None:
    row = work.connection.execute(
        select(Variant.stock, Product.name)
        .join(Product, Product.id == Variant.product_id)
        .where(Variant.id == variant_id)
    ).one()
    if row.stock is not None:
        raise ShortStockError(
            _("Stok “%(name)s” tinggal %(there)s."),
            advice=_("Kurangi jumlahnya, atau tunggu penyedia menambah stok."),
            name=row.name,
            there=row.stock,
        )
