"""Re-applications: what the schedule of a day would change in dossiers, and what was applied."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk, unit_fk
from leuit.storage import Json
from leuit.values import new_id

from .base import Base

SURVEYING: Final = "surveying"
SURVEYED: Final = "surveyed"
APPLYING: Final = "applying"
APPLIED: Final = "applied"


class Reapplication(Base):
    """One survey of the dossiers below a unit against an edition, and its application.

    `state` goes from surveying over surveyed and applying to applied. `unchanged` counts those that
    stay as they are; all others are items.
    """

    __tablename__ = "archives_reapplication"
    __table_args__ = (
        CheckConstraint("state IN ('surveying', 'surveyed', 'applying', 'applied')", name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[UUID] = unit_fk()
    edition_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(String(12), default=SURVEYING)
    unchanged: Mapped[int] = mapped_column(default=0)
    begun_by: Mapped[UUID] = person_fk()
    begun_at: Mapped[dt.datetime]
    applied_by: Mapped[UUID | None] = person_fk(nullable=True)
    applied_at: Mapped[dt.datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class ReapplicationItem(Base):
    """A dossier that an edition would change: how, and what became of it.

    `verdict` is longer, shorter, open (the edition is not understood for it) or fixed (held, or
    decided by an appraisal). `before` and `after` are what was reckoned at the survey. `outcome` is
    empty, applied, shortened, or why it was left when its turn came.
    """

    __tablename__ = "archives_reapplication_item"
    __table_args__ = (
        CheckConstraint("verdict IN ('longer', 'shorter', 'open', 'fixed')", name="verdict"),
        Index("ix_archives_reapplication_item_verdict", "reapplication_id", "verdict"),
    )

    reapplication_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_reapplication.id", ondelete="RESTRICT"), primary_key=True
    )
    dossier_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_dossier.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    verdict: Mapped[str] = mapped_column(String(8))
    before: Mapped[Any] = mapped_column(Json)
    after: Mapped[Any] = mapped_column(Json)
    outcome: Mapped[str] = mapped_column(String(12), default="")
    settled_at: Mapped[dt.datetime | None]
