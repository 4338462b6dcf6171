"""Baskets: what a buyer has put aside, until a purchase is made of it."""

import datetime as dt
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk

from .base import Base

MOST_QUANTITY = 1_000_000


class BasketLine(Base):
    """How many of a variant a person wants; nothing is promised or reserved by it."""

    __tablename__ = "ecatalog_basket_line"
    __table_args__ = (CheckConstraint("quantity BETWEEN 1 AND 1000000", name="quantity"),)

    person_id: Mapped[UUID] = person_fk(primary_key=True)
    variant_id: Mapped[UUID] = mapped_column(
        ForeignKey("ecatalog_variant.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    quantity: Mapped[int]
    added_at: Mapped[dt.datetime]
