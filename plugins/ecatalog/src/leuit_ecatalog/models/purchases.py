"""Purchases: drafts, their lines and comparisons, rounds of negotiation, what was agreed, acts."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import account_fk, person_fk, unit_fk
from leuit.storage import Json, blob_fk
from leuit.values import new_id

from .base import Base, Rupiah, district_column, product_fk, vendor_fk

STATE: Final = 16
NUMBER, NEED, ADDRESS, REASON, SOURCE, CLAUSES, FILE, CODE = (
    40,
    300,
    300,
    1_000,
    200,
    8_000,
    200,
    40,
)


def purchase_fk(*, index: bool = True, primary_key: bool = False) -> Any:
    """A column that names a purchase."""
    return mapped_column(
        ForeignKey("ecatalog_purchase.id", ondelete="RESTRICT"),
        index=index and not primary_key,
        primary_key=primary_key,
    )


class Purchase(Base):
    """What a unit buys of one vendor for one RUP package, and where it stands.

    `number` is given when it leaves the draft and stays. `attempt` counts how often it left it:
    rounds and agreements belong to one attempt. `edition_id` is the edition by which it was
    proposed; `goods`, `shipping` and `tax` are those that hold now, and their sum is what it
    holds of the package (`held`) in every state that holds money. `turn` is whose offer is awaited;
    after `due_at` the present step is over. `decision` keeps all that was shown when it was sent:
    proposal, preference and reasons of each line, price paper. `deliver_by` is the day by which
    the Surat Pesanan wants everything; `fine` is that for what came later.
    """

    __tablename__ = "ecatalog_purchase"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draf', 'negosiasi', 'disepakati', 'menunggu_ppk', 'menunggu_pa',"
            " 'menunggu_pesanan', 'konfirmasi', 'diproses', 'serah_terima', 'tagihan',"
            " 'pembayaran', 'dibayar', 'selesai', 'ditolak', 'dihentikan', 'batal',"
            " 'lewat_waktu')",
            name="state",
        ),
        CheckConstraint("held >= 0", name="held"),
        CheckConstraint("turn IN ('', 'buyer', 'vendor')", name="turn"),
        Index("ix_ecatalog_purchase_unit", "unit_id", "state", "since"),
        Index("ix_ecatalog_purchase_vendor", "vendor_id", "state", "since"),
        Index("ix_ecatalog_purchase_rup", "rup_id", "state"),
        Index("ix_ecatalog_purchase_due", "due_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str | None] = mapped_column(String(NUMBER), unique=True)
    unit_id: Mapped[UUID] = unit_fk(index=False)
    rup_id: Mapped[UUID] = mapped_column(ForeignKey("ecatalog_rup_package.id", ondelete="RESTRICT"))
    vendor_id: Mapped[UUID] = vendor_fk(index=False)
    state: Mapped[str] = mapped_column(String(STATE))
    attempt: Mapped[int] = mapped_column(default=0)
    need: Mapped[str] = mapped_column(String(NEED))
    district: Mapped[str | None] = district_column(nullable=True)
    address: Mapped[str] = mapped_column(String(ADDRESS), default="")
    needed_by: Mapped[dt.date | None]
    reservation_reason: Mapped[str] = mapped_column(String(REASON), default="")
    method: Mapped[str] = mapped_column(String(20), default="")
    method_reason: Mapped[str] = mapped_column(String(REASON), default="")
    official: Mapped[str] = mapped_column(String(4), default="")
    price_kind: Mapped[str] = mapped_column(String(20), default="")
    price_amount: Mapped[Rupiah | None]
    price_source: Mapped[str] = mapped_column(String(SOURCE), default="")
    price_sha256: Mapped[str | None] = blob_fk(nullable=True, index=True)
    price_file: Mapped[str] = mapped_column(String(FILE), default="")
    edition_id: Mapped[UUID | None]
    taxable: Mapped[bool] = mapped_column(default=False)
    goods: Mapped[Rupiah] = mapped_column(default=0)
    shipping: Mapped[Rupiah] = mapped_column(default=0)
    tax: Mapped[Rupiah] = mapped_column(default=0)
    held: Mapped[Rupiah] = mapped_column(default=0)
    shown_shipping: Mapped[Rupiah] = mapped_column(default=0)
    decision: Mapped[dict[str, Any]] = mapped_column(Json(), default=dict)
    clauses: Mapped[str] = mapped_column(String(CLAUSES), default="")
    deliver_by: Mapped[dt.date | None]
    fine: Mapped[Rupiah] = mapped_column(default=0, server_default="0")
    turn: Mapped[str] = mapped_column(String(6), default="")
    since: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime | None]
    created_by: Mapped[UUID] = person_fk()
    created_at: Mapped[dt.datetime]
    version: Mapped[int] = mapped_column(default=1)

    @property
    def total(self) -> int:
        """What is paid: goods, shipping and tax."""
        return self.goods + self.shipping + self.tax


class PurchaseLine(Base):
    """How many of a variant; `shown_price` and `price` are for one without tax.

    `shown_price` is the ceiling that was shown when the purchase left its draft, `price` what holds
    now. `reason` is why a product is bought that the preference does not allow, or does not know.
    """

    __tablename__ = "ecatalog_purchase_line"
    __table_args__ = (
        UniqueConstraint("purchase_id", "place"),
        UniqueConstraint("purchase_id", "variant_id"),
        CheckConstraint("quantity BETWEEN 1 AND 1000000", name="quantity"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    purchase_id: Mapped[UUID] = purchase_fk(index=False)
    place: Mapped[int]
    variant_id: Mapped[UUID] = mapped_column(
        ForeignKey("ecatalog_variant.id", ondelete="RESTRICT"), index=True
    )
    product_id: Mapped[UUID] = product_fk()
    quantity: Mapped[int]
    shown_price: Mapped[Rupiah] = mapped_column(default=0)
    price: Mapped[Rupiah] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(REASON), default="")


class Comparison(Base):
    """A product that the officer found to fit the need of a line, beside the one that is bought."""

    __tablename__ = "ecatalog_comparison"

    line_id: Mapped[UUID] = mapped_column(
        ForeignKey("ecatalog_purchase_line.id", ondelete="RESTRICT"), primary_key=True
    )
    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("ecatalog_product.id", ondelete="RESTRICT"), primary_key=True, index=True
    )


class NegotiationRound(Base):
    """One offer, never changed: numbered within its attempt, by one side, for bringing all."""

    __tablename__ = "ecatalog_negotiation_round"
    __table_args__ = (UniqueConstraint("purchase_id", "attempt", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    purchase_id: Mapped[UUID] = purchase_fk(index=False)
    attempt: Mapped[int]
    number: Mapped[int]
    side: Mapped[str] = mapped_column(String(6))
    shipping: Mapped[Rupiah]
    note: Mapped[str] = mapped_column(String(REASON), default="")
    at: Mapped[dt.datetime]
    person_id: Mapped[UUID | None] = person_fk(nullable=True)
    account_id: Mapped[UUID | None] = account_fk(nullable=True)


class RoundPrice(Base):
    """The price of a line in a round, for one without tax, never changed."""

    __tablename__ = "ecatalog_round_price"
    __table_args__ = (CheckConstraint("price > 0", name="price"),)

    round_id: Mapped[UUID] = mapped_column(
        ForeignKey("ecatalog_negotiation_round.id", ondelete="RESTRICT"), primary_key=True
    )
    line_id: Mapped[UUID] = mapped_column(
        ForeignKey("ecatalog_purchase_line.id", ondelete="RESTRICT"), primary_key=True
    )
    price: Mapped[Rupiah]


class Agreement(Base):
    """What was agreed in an attempt, never changed, whatever becomes of products and vendors.

    `content` has the vendor as it was, the delivery, and each line with name, quantity, unit,
    price, origin and TKDN.
    """

    __tablename__ = "ecatalog_agreement"

    purchase_id: Mapped[UUID] = purchase_fk(primary_key=True)
    attempt: Mapped[int] = mapped_column(primary_key=True)
    goods: Mapped[Rupiah]
    shipping: Mapped[Rupiah]
    tax: Mapped[Rupiah]
    total: Mapped[Rupiah]
    content: Mapped[dict[str, Any]] = mapped_column(Json())
    at: Mapped[dt.datetime]


class PurchaseAct(Base):
    """One act on a purchase, never changed: who did what, in which role, and what was decided on.

    `person_id` and `account_id` are both empty for what the clock did.
    """

    __tablename__ = "ecatalog_purchase_act"
    __table_args__ = (
        Index("ix_ecatalog_purchase_act_purchase", "purchase_id", "at", "id"),
        Index("ix_ecatalog_purchase_act_person", "person_id", "at"),
        Index("ix_ecatalog_purchase_act_at", "at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    purchase_id: Mapped[UUID] = purchase_fk(index=False)
    attempt: Mapped[int]
    what: Mapped[str] = mapped_column(String(CODE))
    role: Mapped[str] = mapped_column(String(10), default="")
    at: Mapped[dt.datetime]
    person_id: Mapped[UUID | None] = person_fk(nullable=True)
    account_id: Mapped[UUID | None] = account_fk(nullable=True)
    note: Mapped[str] = mapped_column(String(REASON), default="")
    facts: Mapped[dict[str, Any]] = mapped_column(Json(), default=dict)


class PurchaseDuty(Base):
    """That a person has acted on a purchase, and in which role: one only, by the key."""

    __tablename__ = "ecatalog_purchase_duty"
    __table_args__ = (CheckConstraint("role IN ('PP', 'PPK', 'PA', 'BENDAHARA')", name="role"),)

    purchase_id: Mapped[UUID] = purchase_fk(primary_key=True)
    person_id: Mapped[UUID] = person_fk(primary_key=True)
    role: Mapped[str] = mapped_column(String(10))
