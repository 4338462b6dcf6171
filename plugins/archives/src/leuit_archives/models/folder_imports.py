"""Folders that people bring in as a ZIP by page: how far each is, and what came of its rows."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import unit_fk
from leuit.storage import Json
from leuit.values import new_id

from .base import Base

TRYING, TRIED, TAKING, TAKEN, FAILED, DROPPED = (
    "trying",
    "tried",
    "taking",
    "taken",
    "failed",
    "dropped",
)
ROW_KEY = 300
ROW_LABEL = 200


class FolderImport(Base):
    """One ZIP of one account: tried by a job, then taken by one, or dropped.

    `upload_id` is the file in `leuit.builtin.uploads`; it is let go when the folder is taken or
    dropped. `asked_by` is the account, whose rights the jobs ask for. `counts`, `notes` and
    `ignored` are of the last time that it was tried.
    """

    __tablename__ = "archives_folder_import"
    __table_args__ = (
        CheckConstraint(
            "state IN ('trying', 'tried', 'taking', 'taken', 'failed', 'dropped')", name="state"
        ),
        Index("ix_archives_folder_import_asked", "asked_by", "asked_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    asked_by: Mapped[UUID]
    unit_id: Mapped[UUID] = unit_fk()
    upload_id: Mapped[UUID] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(200))
    size_megabytes: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    fault: Mapped[str] = mapped_column(Text, default="")
    job_id: Mapped[UUID | None]
    counts: Mapped[dict[str, Any]] = mapped_column(Json())
    notes: Mapped[list[Any]] = mapped_column(Json())
    ignored: Mapped[list[Any]] = mapped_column(Json())
    taken: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]


class FolderImportRow(Base):
    """What would come of one row of the table, as its report tells it."""

    __tablename__ = "archives_folder_import_row"
    __table_args__ = (
        Index("ix_archives_folder_import_row_outcome", "import_id", "outcome", "number"),
    )

    import_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_folder_import.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(ROW_KEY))
    label: Mapped[str] = mapped_column(String(ROW_LABEL))
    outcome: Mapped[str] = mapped_column(String(10))
    sentences: Mapped[list[Any]] = mapped_column(Json())
