"""The long tables of instruments: classification and retention schedule, row by row.

A table is known by the hash of its rows and never changes. An edition of the regulation
(`archives.classification`, `archives.retention`) names its table, so that dates, legal basis and
four eyes are those of every regulation, while rows can be asked for in SQL.
"""

import datetime as dt
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk
from leuit.storage import blob_fk
from leuit.values import new_id

from .base import Base

CLASSIFICATION, RETENTION = "classification", "retention"
CODE, TITLE, PHRASE, TRIGGER = 40, 1_000, 500, 80
"""Lengths, in characters: the longest published title has 864."""


class InstrumentTable(Base):
    """The rows of one file, by the hash of what was read from it; `file_sha256` is the file."""

    __tablename__ = "archives_table"
    __table_args__ = (
        UniqueConstraint("kind", "sha256"),
        CheckConstraint("kind IN ('classification', 'retention')", name="kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64))
    count: Mapped[int]
    file_sha256: Mapped[str] = blob_fk()
    imported_at: Mapped[dt.datetime]
    imported_by: Mapped[UUID | None] = person_fk(nullable=True, index=True)


class ClassRow(Base):
    """One code of a classification; `place` is its place in the order of codes, from 0."""

    __tablename__ = "archives_class"
    __table_args__ = (
        Index("ix_archives_class_parent", "table_id", "parent", "place"),
        Index("ix_archives_class_place", "table_id", "place"),
    )

    table_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_table.id", ondelete="RESTRICT"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(CODE), primary_key=True)
    title: Mapped[str] = mapped_column(String(TITLE))
    parent: Mapped[str] = mapped_column(String(CODE), default="")
    level: Mapped[int]
    place: Mapped[int]


class RetentionRow(Base):
    """One rule of a retention schedule (JRA): how long after which event, and what then.

    Years without a trigger count from the end of the file. None for years: the phrase could not be
    parsed, a person decides. `final_action` is musnah, permanen, dinilai_kembali, or empty for what
    joins another file or was not understood. The phrases stay as they were published.
    """

    __tablename__ = "archives_rule"
    __table_args__ = (Index("ix_archives_rule_place", "table_id", "place"),)

    table_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_table.id", ondelete="RESTRICT"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(CODE), primary_key=True)
    title: Mapped[str] = mapped_column(String(TITLE), default="")
    place: Mapped[int]
    active_years: Mapped[int | None]
    active_trigger: Mapped[str] = mapped_column(String(TRIGGER), default="")
    inactive_years: Mapped[int | None]
    inactive_trigger: Mapped[str] = mapped_column(String(TRIGGER), default="")
    final_action: Mapped[str] = mapped_column(String(20), default="")
    raw_active: Mapped[str] = mapped_column(String(PHRASE), default="")
    raw_inactive: Mapped[str] = mapped_column(String(PHRASE), default="")
    raw_final_action: Mapped[str] = mapped_column(String(PHRASE), default="")
