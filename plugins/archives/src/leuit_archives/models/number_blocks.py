"""Numbers set aside for letters written on paper while the system is out of reach."""

import datetime as dt
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk, unit_fk
from leuit.values import new_id

from .base import Base

SET_ASIDE: Final = "open"
USED: Final = "used"
CANCELLED: Final = "cancelled"


class NumberBlock(Base):
    """A run of numbers of one series, from `first` to `last`; `kind` is whose series it is.

    `key` makes the same request one block.
    """

    __tablename__ = "archives_number_block"
    __table_args__ = (Index("ix_archives_number_block_unit", "unit_id", "year"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[UUID] = mapped_column(unique=True, default=new_id)
    unit_id: Mapped[UUID] = unit_fk()
    kind: Mapped[str] = mapped_column(String(120))
    series: Mapped[str] = mapped_column(String(200))
    year: Mapped[int]
    first: Mapped[int]
    last: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))
    created_by: Mapped[UUID] = person_fk(index=True)
    created_at: Mapped[dt.datetime]


class BlockNumber(Base):
    """One number of a block: `open` until its letter is entered (`used`) or it is `cancelled`."""

    __tablename__ = "archives_block_number"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'used', 'cancelled')", name="state"),
        UniqueConstraint("block_id", "value"),
        Index("ix_archives_block_number_state", "state", "block_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    block_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_number_block.id", ondelete="RESTRICT")
    )
    value: Mapped[int]
    number_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(String(9), default=SET_ASIDE)
    letter_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("archives_letter.id", ondelete="RESTRICT"), unique=True
    )
    reason: Mapped[str] = mapped_column(String(500), default="")
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[UUID | None] = person_fk(nullable=True)
