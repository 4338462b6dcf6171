"""Appraisals (penilaian kembali): what people decided on dossiers whose rule is conditional."""

import datetime as dt
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk
from leuit.storage import blob_fk
from leuit.values import new_id

from .base import Base
from .transfers import PAPER_NUMBER

APPRAISAL_REASON = 500


class Appraisal(Base):
    """One decision with its paper on one or several dossiers; rows are added and never changed.

    `decision` is musnah, permanen or diperpanjang, the last with whole `years` that are added.
    `dated` is the day of the paper, from which they count. What was recorded wrongly is corrected
    by a later row, and the earlier one stays to be read.
    """

    __tablename__ = "archives_appraisal"
    __table_args__ = (
        CheckConstraint("decision IN ('musnah', 'permanen', 'diperpanjang')", name="decision"),
        CheckConstraint("(decision = 'diperpanjang') = (years > 0)", name="years"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    decision: Mapped[str] = mapped_column(String(12))
    years: Mapped[int]
    reason: Mapped[str] = mapped_column(String(APPRAISAL_REASON))
    number: Mapped[str] = mapped_column(String(PAPER_NUMBER))
    dated: Mapped[dt.date]
    sha256: Mapped[str] = blob_fk()
    decided_by: Mapped[UUID] = person_fk()
    recorded_at: Mapped[dt.datetime]


class AppraisedDossier(Base):
    """A dossier that an appraisal decided on."""

    __tablename__ = "archives_appraised"

    appraisal_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_appraisal.id", ondelete="RESTRICT"), primary_key=True
    )
    dossier_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_dossier.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
