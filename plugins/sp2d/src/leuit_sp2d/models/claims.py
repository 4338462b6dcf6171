"""Claims that other services, or people, hand in: what shall be paid, before it is a payment."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk, unit_fk
from leuit.storage import Json
from leuit.values import new_id

from .base import Base, Rupiah

OPEN, TAKEN, REFUSED = "open", "taken", "refused"


class PaymentClaim(Base):
    """A claim on the desk of a unit: `open`, `taken` up as a payment, or `refused`.

    The payee and the amount are a snapshot that nobody changes. `asked_key` is unique, so that a
    service may ask twice; `key` is the part of it that the events name. `lines` are pairs of
    account code and amount, `evidence` files of the register. Without a `payment_id` nothing of it
    is under way; a payment that was given up puts the claim back on the desk.
    """

    __tablename__ = "sp2d_claim"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("(state = 'taken') = (payment_id IS NOT NULL)", name="payment"),
        Index("ix_sp2d_claim_unit_state", "unit_id", "state", "id"),
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
    payee: Mapped[str] = mapped_column(String(140))
    npwp: Mapped[str] = mapped_column(String(16), default="")
    bank: Mapped[str] = mapped_column(String(3))
    account: Mapped[str] = mapped_column(String(34))
    holder: Mapped[str] = mapped_column(String(70))
    amount: Mapped[Rupiah]
    lines: Mapped[list[dict[str, Any]]] = mapped_column(Json(), default=list)
    evidence: Mapped[list[dict[str, str]]] = mapped_column(Json(), default=list)
    due: Mapped[dt.date | None]
    state: Mapped[str] = mapped_column(String(8), default=OPEN)
    payment_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sp2d_payment.id", ondelete="RESTRICT"), unique=True
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
