"""The budget of an SKPD line by line, and the ledger by which every rupiah of it moves.

A line is one account within one sub-activity of one SKPD and year. Its money lies in four pockets:
`unreleased` (in the DPA, no SPD yet), `free` (released, not claimed), `reserved` (an SPM stands)
and `spent` (an SP2D was issued); their sum is the ceiling (pagu). Every movement is one `Entry`
from one pocket to another, beside `outside`, from where a DPA brings money in: debit and credit in
one row, so the ledger balances by its shape. Entries are never changed or deleted (triggers of the
database refuse it); what was wrong is reversed by another entry. The pockets of a line are kept,
not summed, and constraints of the database keep each at zero or above: a payment above the ceiling
cannot be stored.
"""

import datetime as dt
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk, unit_fk
from leuit.values import new_id

from .base import Base, Rupiah, where_known

OUTSIDE, UNRELEASED, FREE, RESERVED, SPENT = "outside", "unreleased", "free", "reserved", "spent"
POCKETS = (UNRELEASED, FREE, RESERVED, SPENT)


class Line(Base):
    """One line of the budget and what is left in each pocket; `activity` is a sub-kegiatan."""

    __tablename__ = "sp2d_line"
    __table_args__ = (
        UniqueConstraint("unit_id", "year", "activity", "account"),
        CheckConstraint("unreleased >= 0", name="unreleased"),
        CheckConstraint("free >= 0", name="free"),
        CheckConstraint("reserved >= 0", name="reserved"),
        CheckConstraint("spent >= 0", name="spent"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[UUID] = unit_fk()
    year: Mapped[int]
    activity: Mapped[str] = mapped_column(String(20))
    activity_name: Mapped[str] = mapped_column(String(300))
    account: Mapped[str] = mapped_column(String(20))
    account_name: Mapped[str] = mapped_column(String(300))
    unreleased: Mapped[Rupiah] = mapped_column(default=0)
    free: Mapped[Rupiah] = mapped_column(default=0)
    reserved: Mapped[Rupiah] = mapped_column(default=0)
    spent: Mapped[Rupiah] = mapped_column(default=0)

    @property
    def ceiling(self) -> int:
        """The pagu: what the active DPA gives to the line."""
        return self.unreleased + self.free + self.reserved + self.spent

    @property
    def released(self) -> int:
        """What the SPDs have released so far."""
        return self.free + self.reserved + self.spent


class Entry(Base):
    """One movement of one line. `cause_kind` and `cause_id` name the document it follows from.

    `reverses_id` is the entry that this one takes back, in whole or in part.
    """

    __tablename__ = "sp2d_entry"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("from_pocket <> to_pocket", name="pockets"),
        Index("ix_sp2d_entry_cause", "cause_kind", "cause_id"),
        Index("ix_sp2d_entry_line_at", "line_id", "at"),
        where_known("ix_sp2d_entry_reverses_id", "reverses_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    line_id: Mapped[UUID] = mapped_column(ForeignKey("sp2d_line.id", ondelete="RESTRICT"))
    from_pocket: Mapped[str] = mapped_column(String(10))
    to_pocket: Mapped[str] = mapped_column(String(10))
    amount: Mapped[Rupiah]
    cause_kind: Mapped[str] = mapped_column(String(12))
    cause_id: Mapped[UUID]
    reverses_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sp2d_entry.id", ondelete="RESTRICT")
    )
    at: Mapped[dt.datetime]


class Dpa(Base):
    """One edition of the budget of an SKPD: `stage` is M (murni), P or P.04 (perubahan,
    pergeseran).

    `skpd_code` is the SKPD in document numbers; `sequence` counts the editions of unit and year.
    """

    __tablename__ = "sp2d_dpa"
    __table_args__ = (UniqueConstraint("unit_id", "year", "sequence"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[UUID] = unit_fk()
    year: Mapped[int]
    sequence: Mapped[int]
    stage: Mapped[str] = mapped_column(String(8))
    number: Mapped[str] = mapped_column(String(100))
    dated: Mapped[dt.date]
    skpd_code: Mapped[str] = mapped_column(String(30))
    file_sha256: Mapped[str] = mapped_column(String(64))
    total: Mapped[Rupiah]
    imported_at: Mapped[dt.datetime]
    imported_by: Mapped[UUID | None] = person_fk(nullable=True)


class DpaLine(Base):
    """What an edition gives to a line."""

    __tablename__ = "sp2d_dpa_line"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount"),)

    dpa_id: Mapped[UUID] = mapped_column(
        ForeignKey("sp2d_dpa.id", ondelete="RESTRICT"), primary_key=True
    )
    line_id: Mapped[UUID] = mapped_column(
        ForeignKey("sp2d_line.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    amount: Mapped[Rupiah]


class Spd(Base):
    """A release of funds (surat penyediaan dana) for one quarter of an SKPD."""

    __tablename__ = "sp2d_spd"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[UUID] = unit_fk(index=True)
    year: Mapped[int]
    quarter: Mapped[int]
    number: Mapped[str] = mapped_column(String(100))
    dated: Mapped[dt.date]
    total: Mapped[Rupiah]
    issued_at: Mapped[dt.datetime]
    issued_by: Mapped[UUID | None] = person_fk(nullable=True)


class SpdLine(Base):
    """What an SPD releases for a line."""

    __tablename__ = "sp2d_spd_line"
    __table_args__ = (CheckConstraint("amount > 0", name="amount"),)

    spd_id: Mapped[UUID] = mapped_column(
        ForeignKey("sp2d_spd.id", ondelete="RESTRICT"), primary_key=True
    )
    line_id: Mapped[UUID] = mapped_column(
        ForeignKey("sp2d_line.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    amount: Mapped[Rupiah]
