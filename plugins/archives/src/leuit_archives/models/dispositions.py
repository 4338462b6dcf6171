"""Dispositions (disposisi): instructions on a letter, handed down a tree of posts."""

import datetime as dt
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk, position_fk
from leuit.storage import Json, blob_fk
from leuit.values import new_id

from .base import Base

NEW: Final = "new"
SEEN: Final = "read"
ACTED: Final = "acted"
DONE: Final = "done"
CANCELLED: Final = "cancelled"
REPORT = 2_000


class Disposition(Base):
    """One sheet: who instructs whom to do what with a letter, and until when.

    `from_id` is the row of the receiver who hands his own disposition on, None for the first
    sheet of an addressee (`addressee_id`); no foreign key, since each table would need the other
    first. `acted_as` is the title under which it was given, such
    as "Plh. Kepala Dinas". `instructions` are codes of the list of that day with their words.
    `due_at` is the last instant of the day by which a report is wanted.
    """

    __tablename__ = "archives_disposition"
    __table_args__ = (
        CheckConstraint("(from_id IS NULL) <> (addressee_id IS NULL)", name="origin"),
        Index("ix_archives_disposition_letter", "letter_id", "created_at"),
        Index("ix_archives_disposition_person", "person_id", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[UUID] = mapped_column(unique=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("archives_letter.id", ondelete="RESTRICT"))
    addressee_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("archives_addressee.id", ondelete="RESTRICT"), index=True
    )
    from_id: Mapped[UUID | None] = mapped_column(index=True)
    position_id: Mapped[UUID] = position_fk()
    person_id: Mapped[UUID] = person_fk()
    acted_as: Mapped[str] = mapped_column(String(240))
    instructions: Mapped[list[dict[str, str]]] = mapped_column(Json())
    note: Mapped[str] = mapped_column(String(1_000), default="")
    due_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]


class Receiver(Base):
    """A post that got a disposition: `new`, `read`, `acted` (begun or handed on), `done`, or
    `cancelled`, which is possible only while it is new.

    One of several may be the `coordinator`, whom the others report to. `handed_at` is when it was
    handed on, so that it waits for others; `report` is the last word about it. `letter_id` repeats
    the disposition's, so that who may read a letter is one look-up.
    """

    __tablename__ = "archives_disposition_receiver"
    __table_args__ = (
        CheckConstraint("state IN ('new', 'read', 'acted', 'done', 'cancelled')", name="state"),
        UniqueConstraint("disposition_id", "position_id"),
        Index("ix_archives_receiver_post", "position_id", "state"),
        Index("ix_archives_receiver_letter", "letter_id", "position_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    disposition_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_disposition.id", ondelete="RESTRICT")
    )
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("archives_letter.id", ondelete="RESTRICT"))
    position_id: Mapped[UUID] = position_fk()
    title: Mapped[str] = mapped_column(String(240))
    coordinator: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(9), default=NEW)
    read_at: Mapped[dt.datetime | None]
    read_by: Mapped[UUID | None] = person_fk(nullable=True)
    acted_at: Mapped[dt.datetime | None]
    handed_at: Mapped[dt.datetime | None]
    report: Mapped[str] = mapped_column(String(REPORT), default="")
    report_sha256: Mapped[str | None] = blob_fk(nullable=True)
    report_name: Mapped[str] = mapped_column(String(200), default="")
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[UUID | None] = person_fk(nullable=True)
    version: Mapped[int] = mapped_column(default=1)
