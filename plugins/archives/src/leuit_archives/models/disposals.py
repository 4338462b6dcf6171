"""Disposals: a frozen list, its committee, its papers, and what became of each item."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk, unit_fk
from leuit.storage import Json, blob_fk
from leuit.values import new_id

from .base import Base
from .dossiers import SUMMARY
from .instruments import CODE
from .transfers import PAPER_NUMBER

DISPOSAL_REASON, PAPER_TEXT, ITEM_NUMBER, OUTCOME = 500, 1_000, 80, 40

LISTED: Final = "listed"
LEFT: Final = "left"
ENDING: Final = "ending"
ENDED: Final = "ended"


class Disposal(Base):
    """One list of dossiers that shall end together, approved by one authority.

    The list is frozen when it is proposed: `list_sha256` is the hash of its items. `confirmed` says
    that the proposers answer for editions nobody has compared with the regulation yet. Two people
    execute it: `first_by` begins, `second_by` confirms. `backups_until`: when backups have lost it.
    """

    __tablename__ = "archives_disposal"
    __table_args__ = (
        CheckConstraint("kind IN ('destroy', 'hand_over')", name="kind"),
        CheckConstraint("authority IN ('anri', 'head', 'institution')", name="authority"),
        CheckConstraint(
            "state IN ('proposed', 'appraised', 'approved', 'determined', 'signed', 'running',"
            " 'done', 'undone')",
            name="state",
        ),
        CheckConstraint("second_by IS NULL OR second_by <> first_by", name="two"),
        UniqueConstraint("year", "serial"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    year: Mapped[int]
    serial: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    unit_id: Mapped[UUID] = unit_fk()
    state: Mapped[str] = mapped_column(String(12))
    authority: Mapped[str] = mapped_column(String(12))
    count: Mapped[int]
    longest: Mapped[int]
    list_sha256: Mapped[str] = mapped_column(String(64))
    confirmed: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(DISPOSAL_REASON))
    proposed_by: Mapped[UUID] = person_fk()
    proposed_at: Mapped[dt.datetime]
    first_by: Mapped[UUID | None] = person_fk(nullable=True)
    second_by: Mapped[UUID | None] = person_fk(nullable=True)
    ended_at: Mapped[dt.datetime | None]
    backups_until: Mapped[dt.date | None]
    undone_reason: Mapped[str] = mapped_column(String(DISPOSAL_REASON), default="")
    version: Mapped[int] = mapped_column(default=1)

    @property
    def number(self) -> str:
        """The number of the list."""
        return f"{self.serial}/{self.year}"


class DisposalItem(Base):
    """A dossier on a list as it was when the list was frozen, and what became of it.

    `state` is listed, left (kept, for `outcome`), ending (its content is being taken away), or
    ended on `ended_at`. `outcome` is a code: destroyed, handed_over, or why it was left.
    `appraisal` tells the decision and the paper of the appraisal that it rests on, if any.
    """

    __tablename__ = "archives_disposal_item"
    __table_args__ = (
        CheckConstraint("state IN ('listed', 'left', 'ending', 'ended')", name="state"),
        UniqueConstraint("disposal_id", "dossier_id"),
        Index("ix_archives_disposal_item_dossier", "dossier_id"),
    )

    disposal_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_disposal.id", ondelete="RESTRICT"), primary_key=True
    )
    place: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("archives_dossier.id", ondelete="RESTRICT"))
    number: Mapped[str] = mapped_column(String(ITEM_NUMBER))
    title: Mapped[str] = mapped_column(String(SUMMARY))
    class_code: Mapped[str] = mapped_column(String(CODE))
    first: Mapped[dt.date | None]
    last: Mapped[dt.date | None]
    records: Mapped[int]
    years: Mapped[int]
    due_on: Mapped[dt.date]
    editions: Mapped[Any] = mapped_column(Json)
    appraisal: Mapped[Any | None] = mapped_column(Json)
    state: Mapped[str] = mapped_column(String(8), default=LISTED)
    outcome: Mapped[str] = mapped_column(String(OUTCOME), default="")
    ended_at: Mapped[dt.datetime | None]


class Member(Base):
    """A member of the committee of a disposal, by the decree that names him."""

    __tablename__ = "archives_disposal_member"

    disposal_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_disposal.id", ondelete="RESTRICT"), primary_key=True
    )
    person_id: Mapped[UUID] = person_fk(primary_key=True)


class MemberOpinion(Base):
    """What a member thinks of one item: agree, refuse or again, with his reason; the last holds."""

    __tablename__ = "archives_opinion"
    __table_args__ = (CheckConstraint("opinion IN ('agree', 'refuse', 'again')", name="opinion"),)

    disposal_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_disposal.id", ondelete="RESTRICT"), primary_key=True
    )
    place: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = person_fk(primary_key=True)
    opinion: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(DISPOSAL_REASON), default="")
    at: Mapped[dt.datetime]


class DisposalPaper(Base):
    """A paper of a disposal by the step that it belongs to: decree, letter, berita acara, scan."""

    __tablename__ = "archives_disposal_paper"

    disposal_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_disposal.id", ondelete="RESTRICT"), primary_key=True
    )
    step: Mapped[str] = mapped_column(String(12), primary_key=True)
    number: Mapped[str] = mapped_column(String(PAPER_NUMBER))
    dated: Mapped[dt.date]
    sha256: Mapped[str | None] = blob_fk(nullable=True)
    text: Mapped[str] = mapped_column(String(PAPER_TEXT), default="")
    recorded_by: Mapped[UUID] = person_fk()
    recorded_at: Mapped[dt.datetime]
