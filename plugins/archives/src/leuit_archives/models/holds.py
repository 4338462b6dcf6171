"""Legal holds by case: what may not end while a case runs, named one by one or by a question."""

import datetime as dt
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk, unit_fk
from leuit.values import new_id

from .base import Base
from .instruments import CODE

CASE, HOLD_REASON, HOLD_TEXT = 120, 500, 100

_RUNNING = "ended_on IS NULL"


class Hold(Base):
    """A hold of one case; it stays after it has ended.

    One that `asks` also holds whatever its question fits, now or later: everything of `unit_id` and
    the units below it, and under `code`, whose title has `words`, of the days from `since` to
    `until`; what is empty narrows nothing.
    """

    __tablename__ = "archives_hold"
    __table_args__ = (
        CheckConstraint("(ended_on IS NULL) = (ended_at IS NULL)", name="ended"),
        CheckConstraint("until >= since", name="days"),
        Index(
            "ix_archives_hold_running",
            "id",
            sqlite_where=text(_RUNNING),
            postgresql_where=text(_RUNNING),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_number: Mapped[str] = mapped_column(String(CASE))
    reason: Mapped[str] = mapped_column(String(HOLD_REASON))
    begun_on: Mapped[dt.date]
    begun_at: Mapped[dt.datetime]
    begun_by: Mapped[UUID | None] = person_fk(nullable=True)
    ended_on: Mapped[dt.date | None]
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[UUID | None] = person_fk(nullable=True)
    end_reason: Mapped[str] = mapped_column(String(HOLD_REASON), default="")
    asks: Mapped[bool] = mapped_column(default=False)
    unit_id: Mapped[UUID | None] = unit_fk(nullable=True)
    code: Mapped[str] = mapped_column(String(CODE), default="")
    words: Mapped[str] = mapped_column(String(HOLD_TEXT), default="")
    since: Mapped[dt.date | None]
    until: Mapped[dt.date | None]
    version: Mapped[int] = mapped_column(default=1)


class HoldItem(Base):
    """A dossier, or one record in whatever dossier it lies, under a hold."""

    __tablename__ = "archives_hold_item"
    __table_args__ = (
        CheckConstraint("(dossier_id IS NULL) <> (record_id IS NULL)", name="one"),
        Index("ix_archives_hold_item_hold", "hold_id"),
        Index("ix_archives_hold_item_dossier", "dossier_id"),
        Index("ix_archives_hold_item_record", "record_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    hold_id: Mapped[UUID] = mapped_column(ForeignKey("archives_hold.id", ondelete="RESTRICT"))
    dossier_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("archives_dossier.id", ondelete="RESTRICT")
    )
    record_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("archives_record.id", ondelete="RESTRICT")
    )
