"""Accounts rendered for the float of an SKPD (LPJ): what was spent, its evidence, who approved it.

An approved LPJ is refilled by one GU payment, which bears the lines of its receipts. The treasurer
who wrote it never approves it himself: a constraint of the database says so too.
"""

import datetime as dt
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk, unit_fk
from leuit.storage import Json
from leuit.values import new_id

from .base import Base, Rupiah


def lpj_number(value: int, year: int) -> str:
    """How people name an LPJ within its unit: `LPJ 003/2026`."""
    return f"LPJ {value:03d}/{year}"


class Lpj(Base):
    """One account rendered; `value` counts those of unit and year, `total` sums its receipts.

    `state` is draft, submitted, returned, approved or dropped. `reasons` and `note` are those of
    the last decision, by the person `decided_by`.
    """

    __tablename__ = "sp2d_lpj"
    __table_args__ = (
        UniqueConstraint("unit_id", "year", "value"),
        Index("ix_sp2d_lpj_state", "state", "unit_id"),
        CheckConstraint("total > 0", name="total"),
        CheckConstraint("decided_by <> created_by", name="two_people"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[UUID] = unit_fk()
    year: Mapped[int]
    value: Mapped[int]
    purpose: Mapped[str] = mapped_column(String(200))
    total: Mapped[Rupiah]
    state: Mapped[str] = mapped_column(String(10))
    since: Mapped[dt.datetime]
    created_by: Mapped[UUID] = person_fk(index=True)
    created_at: Mapped[dt.datetime]
    decided_by: Mapped[UUID | None] = person_fk(nullable=True, index=True)
    decided_as: Mapped[str] = mapped_column(String(200), default="")
    decided_at: Mapped[dt.datetime | None]
    reasons: Mapped[list[dict[str, str]]] = mapped_column(Json(), default=list)
    note: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    @property
    def number(self) -> str:
        """How people name it within its unit."""
        return lpj_number(self.value, self.year)


class Receipt(Base):
    """What was paid out of the float for a budget line, by its receipt."""

    __tablename__ = "sp2d_receipt"
    __table_args__ = (CheckConstraint("amount > 0", name="amount"),)

    lpj_id: Mapped[UUID] = mapped_column(
        ForeignKey("sp2d_lpj.id", ondelete="RESTRICT"), primary_key=True
    )
    place: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[UUID] = mapped_column(
        ForeignKey("sp2d_line.id", ondelete="RESTRICT"), index=True
    )
    amount: Mapped[Rupiah]
    number: Mapped[str] = mapped_column(String(100))
    dated: Mapped[dt.date]
    note: Mapped[str] = mapped_column(String(200), default="")


class LpjEvidence(Base):
    """A file that proves receipts of an LPJ."""

    __tablename__ = "sp2d_lpj_evidence"
    __table_args__ = (UniqueConstraint("lpj_id", "sha256"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    lpj_id: Mapped[UUID] = mapped_column(ForeignKey("sp2d_lpj.id", ondelete="RESTRICT"))
    sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    added_at: Mapped[dt.datetime]
