"""Checks that files of the archive are still what was stored: runs, and what they found."""

import datetime as dt
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from leuit.storage import blob_fk
from leuit.values import new_id

from .base import Base

MISSING: Final = "missing"
CHANGED: Final = "changed"

_OPEN = "settled_at IS NULL"


class FixityRun(Base):
    """One pass over all files of the archive, in the order of their hashes, over several nights.

    `after` is the last hash that was read: the next batch begins behind it. `finished_at` is None
    while the pass is not over. `faulty` counts what this pass found wrong.
    """

    __tablename__ = "archives_fixity_run"
    __table_args__ = (Index("ix_archives_fixity_run_started", "started_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    started_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]
    after: Mapped[str] = mapped_column(String(64), default="")
    checked: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    faulty: Mapped[int] = mapped_column(default=0)


class FixityFinding(Base):
    """A file that is gone from the store (`missing`) or has other bytes than its hash (`changed`).

    One stays open per file until a later pass reads it sound again (`settled_at`).
    """

    __tablename__ = "archives_fixity_finding"
    __table_args__ = (
        CheckConstraint("fault IN ('missing', 'changed')", name="fault"),
        Index(
            "uq_archives_fixity_finding_open",
            "sha256",
            unique=True,
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sha256: Mapped[str] = blob_fk()
    run_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_fixity_run.id", ondelete="RESTRICT"), index=True
    )
    fault: Mapped[str] = mapped_column(String(10))
    found_at: Mapped[dt.datetime]
    settled_at: Mapped[dt.datetime | None]
