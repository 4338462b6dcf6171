"""Prices: every one that was ever set, and those that hold now in a kecamatan."""

import datetime as dt
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import account_fk, person_fk
from leuit.values import new_id

from .base import Base, Rupiah, district_column

REASON = 200


class PricePoint(Base):
    """A price that was set, never changed and never deleted; `district` None is everywhere.

    `amount` None takes the price of a kecamatan back. Without PPN, for one unit.
    """

    __tablename__ = "ecatalog_price_point"
    __table_args__ = (
        CheckConstraint("amount IS NULL OR amount > 0", name="amount"),
        CheckConstraint("amount IS NOT NULL OR district IS NOT NULL", name="taken_back"),
        Index("ix_ecatalog_price_point_variant", "variant_id", "set_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    variant_id: Mapped[UUID] = mapped_column(ForeignKey("ecatalog_variant.id", ondelete="RESTRICT"))
    district: Mapped[str | None] = district_column(nullable=True)
    amount: Mapped[Rupiah | None]
    set_at: Mapped[dt.datetime]
    person_id: Mapped[UUID | None] = person_fk(nullable=True)
    account_id: Mapped[UUID | None] = account_fk(nullable=True)
    reason: Mapped[str] = mapped_column(String(REASON), default="")


class DistrictPrice(Base):
    """The price of a variant that holds now in a kecamatan instead of the general one."""

    __tablename__ = "ecatalog_district_price"
    __table_args__ = (CheckConstraint("price > 0", name="price"),)

    variant_id: Mapped[UUID] = mapped_column(
        ForeignKey("ecatalog_variant.id", ondelete="RESTRICT"), primary_key=True
    )
    district: Mapped[str] = mapped_column(String(13), primary_key=True)
    price: Mapped[Rupiah]


class Shipping(Base):
    """What a vendor asks for bringing a product to a kecamatan, for one order; `district` "" is
    every other one. A kecamatan without a row, where "" has none, is not delivered to.
    """

    __tablename__ = "ecatalog_shipping"
    __table_args__ = (
        CheckConstraint("fee >= 0", name="fee"),
        CheckConstraint("days BETWEEN 0 AND 365", name="days"),
    )

    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("ecatalog_product.id", ondelete="RESTRICT"), primary_key=True
    )
    district: Mapped[str] = mapped_column(String(13), primary_key=True)
    fee: Mapped[Rupiah]
    days: Mapped[int]
