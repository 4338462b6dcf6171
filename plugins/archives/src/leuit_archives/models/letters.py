"""Letters (naskah dinas): in from outside, out from a unit, and to whom they go.

A letter is one row wherever it is read: what one unit sends to another is the sender's letter, and
its addressees have rows of their own that say who has read it and what came of it. It goes to
posts, never to people, so that whoever holds the post that day finds it.
"""

import datetime as dt
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk, position_fk, unit_fk
from leuit.storage import blob_fk
from leuit.values import new_id

from .base import Base

IN: Final = "in"
OUT: Final = "out"
DRAFT, REVIEW, SIGNING, SIGNED, SENT, VOID = (
    "draft",
    "review",
    "signing",
    "signed",
    "sent",
    "void",
)
REGISTERED: Final = "registered"
TO: Final = "to"
COPY: Final = "copy"
NUMBER, SUBJECT, SENDER, KIND, ATTACHED = 120, 500, 300, 120, 80
FILE_NAME = 200
NOTE = 1_000


class Letter(Base):
    """A letter and where it stands.

    `unit_id` is the unit in whose agenda it is: the one that received it (`in`) or made it
    (`out`); `agenda` is its number there by direction and year, gapless, None while it is a draft.
    A letter in is `registered` until it is `sent` to its addressees. A letter out is a `draft`, in
    `review` (parafs), `signing`, `signed`, `sent`, or `void`. `number`, `dated`, `subject` and
    `sender` are those on the letter itself. `secrecy` is the grade 1 to 4, `secrecy_code` the code
    on the letter, which may be one of the time before 2023; `urgency` is a field of its own.
    `reply_to_id` is the letter that this one answers. `key` makes the same
    registration one. `ended_at` is when its content was destroyed.
    """

    __tablename__ = "archives_letter"
    __table_args__ = (
        CheckConstraint("direction IN ('in', 'out')", name="direction"),
        CheckConstraint(
            "state IN ('registered', 'draft', 'review', 'signing', 'signed', 'sent', 'void')",
            name="state",
        ),
        CheckConstraint("secrecy BETWEEN 1 AND 4", name="secrecy"),
        UniqueConstraint(
            "unit_id", "direction", "year", "agenda", name="uq_archives_letter_agenda"
        ),
        Index("ix_archives_letter_register", "unit_id", "direction", "created_at", "id"),
        Index("ix_archives_letter_state", "unit_id", "state"),
        Index("ix_archives_letter_number", "number"),
        Index("ix_archives_letter_reply", "reply_to_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[UUID] = mapped_column(unique=True, default=new_id)
    direction: Mapped[str] = mapped_column(String(3))
    state: Mapped[str] = mapped_column(String(12))
    unit_id: Mapped[UUID] = unit_fk()
    year: Mapped[int]
    agenda: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(KIND), default="")
    number: Mapped[str] = mapped_column(String(NUMBER), default="")
    dated: Mapped[dt.date | None]
    received_on: Mapped[dt.date | None]
    subject: Mapped[str] = mapped_column(String(SUBJECT))
    sender: Mapped[str] = mapped_column(String(SENDER), default="")
    attached: Mapped[str] = mapped_column(String(ATTACHED), default="")
    secrecy: Mapped[int]
    secrecy_code: Mapped[str] = mapped_column(String(10), default="")
    urgency: Mapped[str] = mapped_column(String(30), default="")
    class_code: Mapped[str] = mapped_column(String(40), default="")
    class_title: Mapped[str] = mapped_column(String(1_000), default="")
    reply_to_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("archives_letter.id", ondelete="RESTRICT")
    )
    created_by: Mapped[UUID] = person_fk(index=True)
    created_at: Mapped[dt.datetime]
    sent_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class LetterFile(Base):
    """A file of a letter, in order from 1: the first is the letter itself, the rest are with it.

    `pages` is 0 for what has none to show.
    """

    __tablename__ = "archives_letter_file"
    __table_args__ = (UniqueConstraint("letter_id", "place"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("archives_letter.id", ondelete="RESTRICT"))
    place: Mapped[int]
    sha256: Mapped[str] = blob_fk(index=True)
    name: Mapped[str] = mapped_column(String(FILE_NAME))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    pages: Mapped[int] = mapped_column(default=0)


class Addressee(Base):
    """To whom a letter goes (`to`) or who gets a copy (`copy`, tembusan), in order from 1.

    Inside the regency it is a post, with its title and unit as they were; outside only the words.
    `delivered_at` is when it came to the post: before, the post does not see it. `read_by` opened
    it first. `settled_at` is when something came of it: a disposition, an answer, or the word that
    nothing more is needed.
    """

    __tablename__ = "archives_addressee"
    __table_args__ = (
        CheckConstraint("part IN ('to', 'copy')", name="part"),
        UniqueConstraint("letter_id", "part", "place"),
        Index("ix_archives_addressee_post", "position_id", "part", "read_at", "settled_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("archives_letter.id", ondelete="RESTRICT"))
    part: Mapped[str] = mapped_column(String(4))
    place: Mapped[int]
    position_id: Mapped[UUID | None] = position_fk(nullable=True)
    name: Mapped[str] = mapped_column(String(SENDER))
    delivered_at: Mapped[dt.datetime | None]
    read_at: Mapped[dt.datetime | None]
    read_by: Mapped[UUID | None] = person_fk(nullable=True)
    settled_at: Mapped[dt.datetime | None]
    settled_by: Mapped[UUID | None] = person_fk(nullable=True)
    outcome: Mapped[str] = mapped_column(String(NOTE), default="")
