"""What goes to the bank and what the bank tells.

An instruction pays one payment once. A bank's retur closes it and one linked instruction may
follow; the keys keep that chain a line: no instruction is replaced twice, no payment has two open
ones.
"""

import datetime as dt
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk
from leuit.values import new_id

from .base import Base, Rupiah, where_known

WAITING, SENT, PAID, RETURNED, WITHDRAWN = "waiting", "sent", "paid", "returned", "withdrawn"


class Batch(Base):
    """One file of orders (pain.001): its message id and content never come twice."""

    __tablename__ = "sp2d_batch"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    message_id: Mapped[str] = mapped_column(String(35), unique=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    count: Mapped[int]
    total: Mapped[Rupiah]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[UUID | None] = person_fk(nullable=True)


class Instruction(Base):
    """One transfer to one payee account, as the bank gets it; `end_to_end` is its name there."""

    __tablename__ = "sp2d_instruction"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        Index("ix_sp2d_instruction_payment", "payment_id"),
        Index("ix_sp2d_instruction_state", "state"),
        Index("ix_sp2d_instruction_account", "bank", "account"),
        where_known("ix_sp2d_instruction_batch_id", "batch_id"),
        Index(
            "uq_sp2d_instruction_open",
            "payment_id",
            unique=True,
            sqlite_where=text("state IN ('waiting', 'sent', 'paid')"),
            postgresql_where=text("state IN ('waiting', 'sent', 'paid')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("sp2d_payment.id", ondelete="RESTRICT"))
    batch_id: Mapped[UUID | None] = mapped_column(ForeignKey("sp2d_batch.id", ondelete="RESTRICT"))
    replaces_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sp2d_instruction.id", ondelete="RESTRICT"), unique=True
    )
    end_to_end: Mapped[str] = mapped_column(String(35), unique=True)
    amount: Mapped[Rupiah]
    payee: Mapped[str] = mapped_column(String(140))
    bank: Mapped[str] = mapped_column(String(3))
    account: Mapped[str] = mapped_column(String(34))
    holder: Mapped[str] = mapped_column(String(70))
    remittance: Mapped[str] = mapped_column(String(140))
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    made_at: Mapped[dt.datetime]
    booked_on: Mapped[dt.date | None]
    bank_ref: Mapped[str] = mapped_column(String(35), default="")
    return_reason: Mapped[str] = mapped_column(String(140), default="")


class BankStatement(Base):
    """A statement of the RKUD that was read; the same one a second time changes nothing."""

    __tablename__ = "sp2d_statement"
    __table_args__ = (
        UniqueConstraint("account", "statement_id", "page"),
        Index("ix_sp2d_statement_ends", "account", "ends_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account: Mapped[str] = mapped_column(String(34))
    statement_id: Mapped[str] = mapped_column(String(35))
    page: Mapped[int] = mapped_column(default=1)
    sha256: Mapped[str] = mapped_column(String(64))
    ends_on: Mapped[dt.date]
    closing: Mapped[Rupiah | None]
    paid: Mapped[int]
    returned: Mapped[int]
    unknown: Mapped[int]
    read_at: Mapped[dt.datetime]
    read_by: Mapped[UUID | None] = person_fk(nullable=True)
