"""Records (arsip) of this and other services: taken at once, filed into a dossier now or later."""

import datetime as dt
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk, unit_fk
from leuit.storage import blob_fk
from leuit.values import new_id

from .base import Base
from .instruments import CODE, TITLE

WAITING, FILED = "waiting", "filed"
KEY, REF_KIND, REF_ID, LABEL, KIND, NUMBER, FILE = 200, 80, 120, 300, 100, 200, 255
"""Lengths, in characters."""

IMPORTED_KIND = "archives.import"
"""The `ref_kind` of what came in with a folder of old files."""

_LYING = "state = 'waiting'"


class Record(Base):
    """One record with its metadata; its files are `RecordFile`s and never change.

    `key` is that of the request, `ref_*` the caller's own record. `kind` is the kind of naskah,
    empty for what other services hand over. `secrecy` is 1 (Biasa/Terbuka) to 4 (Sangat Rahasia).
    A record that waits has no dossier; its code may be known already. One that is filed has its
    code, its dossier and its `place` there, from 1 without a gap. `filed_by` is None for what a
    rule filed. The editions are those of the day on which it was classified and taken.
    `legacy_unverified` is true of one that came in from elsewhere: under which schedule it was
    kept there nobody has said yet, so that nothing may end it. Once somebody has, its retention
    edition is that of the day of saying so.
    """

    __tablename__ = "archives_record"
    __table_args__ = (
        UniqueConstraint("dossier_id", "place"),
        CheckConstraint("state IN ('waiting', 'filed')", name="state"),
        CheckConstraint("secrecy BETWEEN 1 AND 4", name="secrecy"),
        CheckConstraint(
            "(state = 'waiting' AND dossier_id IS NULL AND place IS NULL AND filed_at IS NULL)"
            " OR (state = 'filed' AND dossier_id IS NOT NULL AND place IS NOT NULL"
            " AND filed_at IS NOT NULL AND class_code IS NOT NULL)",
            name="filed",
        ),
        Index(
            "ix_archives_record_waiting",
            "unit_id",
            "id",
            sqlite_where=text(_LYING),
            postgresql_where=text(_LYING),
        ),
        Index("ix_archives_record_list", "state", "id"),
        Index("ix_archives_record_unit", "unit_id", "state", "id"),
        Index("ix_archives_record_ref", "ref_kind", "ref_id"),
        Index("ix_archives_record_filed", "filed_by", "filed_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(KEY), unique=True)
    ref_kind: Mapped[str] = mapped_column(String(REF_KIND))
    ref_id: Mapped[str] = mapped_column(String(REF_ID))
    ref_label: Mapped[str] = mapped_column(String(LABEL))
    kind: Mapped[str] = mapped_column(String(KIND), default="")
    unit_id: Mapped[UUID] = unit_fk()
    title: Mapped[str] = mapped_column(String(TITLE))
    number: Mapped[str] = mapped_column(String(NUMBER), default="")
    date: Mapped[dt.date]
    signed: Mapped[bool]
    secrecy: Mapped[int]
    class_code: Mapped[str | None] = mapped_column(String(CODE))
    class_title: Mapped[str | None] = mapped_column(String(TITLE))
    classification_edition: Mapped[UUID | None]
    retention_edition: Mapped[UUID | None]
    secrecy_edition: Mapped[UUID | None]
    dossier_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("archives_dossier.id", ondelete="RESTRICT")
    )
    place: Mapped[int | None]
    taken_at: Mapped[dt.datetime]
    filed_at: Mapped[dt.datetime | None]
    filed_by: Mapped[UUID | None] = person_fk(nullable=True)
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    legacy_unverified: Mapped[bool] = mapped_column(default=False, server_default=false())
    version: Mapped[int] = mapped_column(default=1)


class RecordFile(Base):
    """One file of a record: the first is the paper itself, others are what was attached to it."""

    __tablename__ = "archives_record_file"

    record_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_record.id", ondelete="RESTRICT"), primary_key=True
    )
    place: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = blob_fk(index=True)
    name: Mapped[str] = mapped_column(String(FILE))
