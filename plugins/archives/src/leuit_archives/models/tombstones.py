"""What stays of a record that was lawfully destroyed: enough to say so, nothing of its content."""

import datetime as dt
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base

KEPT_BY = 500

_THERE = "gone_at IS NULL"


class Tombstone(Base):
    """A destroyed record: the row of the record keeps code, title or its redaction, and dates."""

    __tablename__ = "archives_tombstone"
    __table_args__ = (Index("ix_archives_tombstone_disposal", "disposal_id", "place"),)

    record_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_record.id", ondelete="RESTRICT"), primary_key=True
    )
    disposal_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_disposal.id", ondelete="RESTRICT")
    )
    place: Mapped[int]
    destroyed_at: Mapped[dt.datetime]


class TombstoneFile(Base):
    """A file that a destroyed record had: its hash, and when its bytes were really gone.

    While `gone_at` is None they are still there: `kept_by` names who still needs them, by table.
    """

    __tablename__ = "archives_tombstone_file"
    __table_args__ = (
        Index(
            "ix_archives_tombstone_file_there",
            "sha256",
            sqlite_where=text(_THERE),
            postgresql_where=text(_THERE),
        ),
    )

    record_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_tombstone.record_id", ondelete="RESTRICT"), primary_key=True
    )
    place: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    gone_at: Mapped[dt.datetime | None]
    kept_by: Mapped[str] = mapped_column(String(KEPT_BY), default="")
