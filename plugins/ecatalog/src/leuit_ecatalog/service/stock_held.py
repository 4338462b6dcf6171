"""Stock that agreements keep: taken together or not at all, given back when they end.

Variants are gone through in the order of their ids, so that two purchases never wait for each
other; what is shown of their products is made anew.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import select

from leuit.values import _
from leuit.work import Work
from leuit_ecatalog.events import ProductChanged
from leuit_ecatalog.models import Product, Variant

from .variants import ShortStockError, move_stock


def take_stock(work: Work, quantities: Mapping[UUID, int]) -> None:
    """Take from every variant; what is not counted stays so. Raises ShortStockError."""
    for variant_id in sorted(quantities):
        try:
            move_stock(work, variant_id, -quantities[variant_id])
        except ShortStockError as short:
            query = select(Product.name).join(Variant, Variant.product_id == Product.id)
            raise ShortStockError(
                _("Stok “%(name)s” tinggal %(there)s."),
                advice=_("Kurangi jumlahnya, atau tunggu penyedia menambah stok."),
                name=work.session.scalar(query.where(Variant.id == variant_id)),
                there=short.params["there"],
            ) from None
    _tell(work, quantities)


def give_stock_back(work: Work, quantities: Mapping[UUID, int]) -> None:
    """Put back what `take_stock` took, where it is counted."""
    for variant_id in sorted(quantities):
        move_stock(work, variant_id, quantities[variant_id])
    _tell(work, quantities)


def _tell(work: Work, variants: Iterable[UUID]) -> None:
    query = select(Variant.product_id).where(Variant.id.in_(list(variants))).distinct()
    for product_id in work.session.scalars(query):
        work.emit(ProductChanged(str(product_id)))
