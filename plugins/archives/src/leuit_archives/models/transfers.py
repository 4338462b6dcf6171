"""Transfers (pemindahan) of inactive dossiers from the unit that made them to the records unit."""

import datetime as dt
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk, unit_fk
from leuit.storage import blob_fk
from leuit.values import new_id

from .base import Base

PREPARED: Final = "prepared"
MOVED: Final = "moved"
CALLED_OFF: Final = "called_off"
PAPER_NUMBER = 120
"""Length of the number of a paper (berita acara, decree, letter)."""


class Transfer(Base):
    """A list of dossiers to be moved; they are inactive once its berita acara is signed."""

    __tablename__ = "archives_transfer"
    __table_args__ = (
        CheckConstraint("state IN ('prepared', 'moved', 'called_off')", name="state"),
        CheckConstraint(
            "state <> 'moved' OR (dated IS NOT NULL AND minutes_sha256 IS NOT NULL)",
            name="minutes",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[UUID] = unit_fk()
    state: Mapped[str] = mapped_column(String(12), default=PREPARED)
    number: Mapped[str] = mapped_column(String(PAPER_NUMBER), default="")
    dated: Mapped[dt.date | None]
    minutes_sha256: Mapped[str | None] = blob_fk(nullable=True)
    prepared_by: Mapped[UUID | None] = person_fk(nullable=True)
    prepared_at: Mapped[dt.datetime]
    moved_by: Mapped[UUID | None] = person_fk(nullable=True)
    version: Mapped[int] = mapped_column(default=1)


class TransferItem(Base):
    """A dossier on the list of a transfer."""

    __tablename__ = "archives_transfer_item"
    __table_args__ = (UniqueConstraint("transfer_id", "dossier_id"),)

    transfer_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_transfer.id", ondelete="RESTRICT"), primary_key=True
    )
    place: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_dossier.id", ondelete="RESTRICT"), index=True
    )
