"""What bringing a product to a kecamatan costs, and how long it takes."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from leuit.work import View
from leuit_ecatalog.models import Shipping


def shipping_of(view: View, product_id: UUID) -> Sequence[Shipping]:
    """The rates of a product, the one for every other kecamatan first."""
    return view.session.scalars(
        select(Shipping).where(Shipping.product_id == product_id).order_by(Shipping.district)
    ).all()
