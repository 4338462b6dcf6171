"""Where each dossier stands in its retention, the rules it is kept by, and what started its clock.

The state of a dossier moves only by its steps; everything beside it is derived from rules, events
and the day of closing, and reckoned anew whenever one of them changes.
"""

import datetime as dt
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk
from leuit.storage import blob_fk
from leuit.values import new_id

from .base import Base
from .instruments import CODE, PHRASE, TRIGGER

NO_EDITION: Final = UUID(int=0)
"""Instead of an edition where none held: what was kept before there was a schedule."""
EVENT_LABEL, EVIDENCE, WAITS = 200, 200, 500


class Retention(Base):
    """The retention of one dossier.

    `state` is active, inactive, to_destroy, destroyed, to_hand_over or handed_over. `next_step` and
    `due_on` say what comes next and when, None without a date; `years` is the longest sum of both
    periods. `waits_for` holds kinds of events, separated by commas. `legacy`: a rule of it comes of
    no edition; `unverified`: of one that nobody has compared with the regulation. `vital` marks an
    arsip vital or terjaga. `applied_edition` is the schedule that was applied anew, if any.
    `appraised` is the decision of an appraisal that holds, empty where none does.
    """

    __tablename__ = "archives_retention"
    __table_args__ = (
        CheckConstraint(
            "state IN ('active', 'inactive', 'to_destroy', 'destroyed', 'to_hand_over',"
            " 'handed_over')",
            name="state",
        ),
        Index("ix_archives_retention_due", "next_step", "due_on"),
        Index("ix_archives_retention_state", "state", "dossier_id"),
    )

    dossier_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_dossier.id", ondelete="RESTRICT"), primary_key=True
    )
    state: Mapped[str] = mapped_column(String(12), default="active")
    next_step: Mapped[str] = mapped_column(String(12), default="")
    due_on: Mapped[dt.date | None]
    inactive_from: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    final_action: Mapped[str] = mapped_column(String(20), default="")
    years: Mapped[int | None]
    waits_for: Mapped[str] = mapped_column(String(WAITS), default="")
    legacy: Mapped[bool] = mapped_column(default=False)
    unverified: Mapped[bool] = mapped_column(default=False)
    vital: Mapped[bool] = mapped_column(default=False)
    appraised: Mapped[str] = mapped_column(String(12), default="", server_default="")
    applied_edition: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(default=1)


class DossierRule(Base):
    """The rule of one code in a dossier as its edition has it, with the published words.

    Years of None: the schedule has no rule for the code, or none that is understood.
    """

    __tablename__ = "archives_dossier_rule"

    dossier_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_dossier.id", ondelete="RESTRICT"), primary_key=True
    )
    class_code: Mapped[str] = mapped_column(String(CODE), primary_key=True)
    edition: Mapped[UUID] = mapped_column(primary_key=True)
    unverified: Mapped[bool] = mapped_column(default=False)
    counting: Mapped[str] = mapped_column(String(4), default="date")
    active_years: Mapped[int | None]
    active_trigger: Mapped[str] = mapped_column(String(TRIGGER), default="")
    inactive_years: Mapped[int | None]
    inactive_trigger: Mapped[str] = mapped_column(String(TRIGGER), default="")
    final_action: Mapped[str] = mapped_column(String(20), default="")
    raw_active: Mapped[str] = mapped_column(String(PHRASE), default="")
    raw_inactive: Mapped[str] = mapped_column(String(PHRASE), default="")
    raw_final_action: Mapped[str] = mapped_column(String(PHRASE), default="")


class RetentionEvent(Base):
    """Something that happened on a day, from which a period counts, and what proves it.

    A row never changes: of several of one kind the last one holds, and the others stay to be seen.
    The proof is a file, or the words of where it lies; one of them is there.
    """

    __tablename__ = "archives_event"
    __table_args__ = (
        CheckConstraint("evidence_sha256 IS NOT NULL OR evidence <> ''", name="evidence"),
        Index("ix_archives_event_dossier", "dossier_id", "kind", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("archives_dossier.id", ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(String(TRIGGER))
    label: Mapped[str] = mapped_column(String(EVENT_LABEL), default="")
    happened_on: Mapped[dt.date]
    evidence: Mapped[str] = mapped_column(String(EVIDENCE), default="")
    evidence_sha256: Mapped[str | None] = blob_fk(nullable=True)
    recorded_by: Mapped[UUID | None] = person_fk(nullable=True)
    recorded_at: Mapped[dt.datetime]
