"""Claims that other services, or people, hand in: what shall be paid, before it is a payment."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk, unit_fk
from leuit.storage import Json
from leuit.values import new_id

from .base import Base, Rupiah, where_known

OPEN, TAKEN, REFUSED, REPLACED = "open", "taken", "refused", "replaced"


class PaymentClaim(Base):
    """A claim on the desk of a unit: `open`, `taken` up as a payment, `refused`, or `replaced`.

    The payee and the amount are a snapshot that nobody changes. A claim for an allowance (TPP) has
    a `month`, its first day, and its people in `ClaimAllowance` instead: its amount is their sum
    from its being taken up on, its payee is given at the payment. `asked_key` is unique, so that a
    service may ask twice; `key` is the part of it that the events name. `lines` are pairs of
    account code and amount, `evidence` files of the register, `list_sha256` the list that was drawn
    of an allowance when it was taken up. Without a `payment_id` nothing of it is under way; a
    payment that was given up puts the claim back on the desk. `replaced_by` is the newer claim of
    the unit and month that was taken up instead.
    """

    __tablename__ = "sp2d_claim"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("(state = 'taken') = (payment_id IS NOT NULL)", name="payment"),
        CheckConstraint("(state = 'replaced') = (replaced_by IS NOT NULL)", name="replaced"),
        CheckConstraint("month IS NOT NULL OR amount IS NOT NULL", name="month_or_amount"),
        CheckConstraint("(month IS NULL) = (payee <> '')", name="month_or_payee"),
        Index("ix_sp2d_claim_unit_state", "unit_id", "state", "id"),
        Index("ix_sp2d_claim_unit_month", "unit_id", "month"),
        where_known("ix_sp2d_claim_replaced_by", "replaced_by"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    asked_key: Mapped[str] = mapped_column(String(290), unique=True)
    key: Mapped[str] = mapped_column(String(200))
    ref_kind: Mapped[str] = mapped_column(String(80))
    ref_id: Mapped[str] = mapped_column(String(80))
    ref_label: Mapped[str] = mapped_column(String(300), default="")
    unit_id: Mapped[UUID] = unit_fk()
    kind: Mapped[str] = mapped_column(String(8))
    purpose: Mapped[str] = mapped_column(String(300))
    basis: Mapped[str] = mapped_column(String(200))
    month: Mapped[dt.date | None]
    payee: Mapped[str] = mapped_column(String(140), default="")
    npwp: Mapped[str] = mapped_column(String(16), default="")
    bank: Mapped[str] = mapped_column(String(3), default="")
    account: Mapped[str] = mapped_column(String(34), default="")
    holder: Mapped[str] = mapped_column(String(70), default="")
    amount: Mapped[Rupiah | None]
    lines: Mapped[list[dict[str, Any]]] = mapped_column(Json(), default=list)
    evidence: Mapped[list[dict[str, str]]] = mapped_column(Json(), default=list)
    list_sha256: Mapped[str] = mapped_column(String(64), default="")
    due: Mapped[dt.date | None]
    state: Mapped[str] = mapped_column(String(8), default=OPEN)
    payment_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sp2d_payment.id", ondelete="RESTRICT"), unique=True
    )
    replaced_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("sp2d_claim.id", ondelete="RESTRICT")
    )
    reason_code: Mapped[str] = mapped_column(String(20), default="")
    reason: Mapped[str] = mapped_column(String(500), default="")
    handed_by: Mapped[UUID | None] = person_fk(nullable=True)
    at: Mapped[dt.datetime]
    decided_by: Mapped[UUID | None] = person_fk(nullable=True)
    decided_at: Mapped[dt.datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class ClaimActor(Base):
    """Somebody who acted on a claim before it came: no step of its payment is his."""

    __tablename__ = "sp2d_claim_actor"

    claim_id: Mapped[UUID] = mapped_column(
        ForeignKey("sp2d_claim.id", ondelete="RESTRICT"), primary_key=True
    )
    person_id: Mapped[UUID] = person_fk(primary_key=True)
    step: Mapped[str] = mapped_column(String(40))


class ClaimAllowance(Base):
    """What is cut from one person's allowance by a claim: `deduction` in 1/100 percent.

    `base` and `amount` are written when the claim is taken up, and with them `paid_month`: no two
    claims pay one person for one month. They stay empty for whoever another claim pays already.
    """

    __tablename__ = "sp2d_claim_allowance"
    __table_args__ = (
        CheckConstraint("deduction BETWEEN 0 AND 10000", name="deduction"),
        CheckConstraint(
            "(base IS NULL) = (amount IS NULL) AND (base IS NULL) = (paid_month IS NULL)",
            name="fixed",
        ),
        UniqueConstraint("person_id", "paid_month"),
    )

    claim_id: Mapped[UUID] = mapped_column(
        ForeignKey("sp2d_claim.id", ondelete="RESTRICT"), primary_key=True
    )
    person_id: Mapped[UUID] = person_fk(primary_key=True)
    deduction: Mapped[int]
    base: Mapped[Rupiah | None]
    amount: Mapped[Rupiah | None]
    paid_month: Mapped[dt.date | None]


class TppBase(Base):
    """How much TPP a month a person has from `valid_from` on, before any cut; 0 for none.

    `decree` names what it rests on. The row with the latest `valid_from` of a day holds on it.
    """

    __tablename__ = "sp2d_tpp_base"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount"),)

    person_id: Mapped[UUID] = person_fk(primary_key=True)
    valid_from: Mapped[dt.date] = mapped_column(primary_key=True)
    amount: Mapped[Rupiah]
    decree: Mapped[str] = mapped_column(String(200))
