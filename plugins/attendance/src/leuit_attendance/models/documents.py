"""The recap of a unit's month as an official document, and what became of it."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk, unit_fk
from leuit.storage import Json, blob_fk
from leuit.values import new_id

from .base import Base

MADE, WAITING, SIGNED, BY_HAND, ENDED = "made", "waiting", "signed", "by_hand", "ended"
REASON, SIGNER = 500, 200
"""Lengths of text columns, in characters."""


class RecapDocument(Base):
    """One version of a unit's recap; `month` is its first day, `number` counts from 1.

    `content_sha256` tells whether the recap says something else by now: it leaves out the day on
    which the document was made. `sha256` is the PDF for the pen, `electronic_sha256` the one that
    is signed electronically, with the footer of its day; None where there was no footer or nobody
    who would sign so: then it is the same one. `position_id` is whose holder signs, None when
    the unit has no head; `signer` is the name printed, `place` the box for the signature as the
    port `sign_document` takes it. `round` counts the requests for signatures and is part of their
    key. `signed_sha256` is the signed PDF, or the scan of what `signer` signed by hand on
    `signed_on`. `outcome` and `reason` say why signing ended without a signature.

    `claim_state` is empty while nobody pays by this recap, `asked` from the signature on until the
    claim is handed over, then a state of the contract's payment events, or `refused` or `replaced`
    for `claim_reason`. `claim_at` is when that state was told, `paid_on` when the bank paid.
    `filed_kind` and `filed_id` name the record of the archive, once the signed recap is filed.
    """

    __tablename__ = "attendance_recap_document"
    __table_args__ = (
        UniqueConstraint("unit_id", "month", "number"),
        CheckConstraint("state IN ('made', 'waiting', 'signed', 'by_hand', 'ended')", name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[UUID] = unit_fk()
    month: Mapped[dt.date]
    number: Mapped[int]
    content_sha256: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = blob_fk()
    electronic_sha256: Mapped[str | None] = blob_fk(nullable=True)
    people: Mapped[int]
    made_by: Mapped[UUID | None]
    made_at: Mapped[dt.datetime]
    position_id: Mapped[UUID | None]
    signer: Mapped[str] = mapped_column(String(SIGNER), default="")
    place: Mapped[dict[str, Any]] = mapped_column(Json())
    state: Mapped[str] = mapped_column(String(10), default=MADE)
    round: Mapped[int] = mapped_column(default=0)
    record_kind: Mapped[str] = mapped_column(String(80), default="")
    record_id: Mapped[str] = mapped_column(String(80), default="")
    sent_by: Mapped[UUID | None]
    sent_at: Mapped[dt.datetime | None]
    signed_sha256: Mapped[str | None] = blob_fk(nullable=True)
    signed_on: Mapped[dt.date | None]
    outcome: Mapped[str] = mapped_column(String(10), default="")
    reason: Mapped[str] = mapped_column(String(REASON), default="")
    ended_at: Mapped[dt.datetime | None]
    recorded_by: Mapped[UUID | None]
    claim_state: Mapped[str] = mapped_column(String(10), default="")
    claim_reason: Mapped[str] = mapped_column(String(REASON), default="")
    claim_at: Mapped[dt.datetime | None]
    paid_on: Mapped[dt.date | None]
    filed_kind: Mapped[str] = mapped_column(String(80), default="")
    filed_id: Mapped[str] = mapped_column(String(120), default="")
    version: Mapped[int] = mapped_column(default=1)


class RecapDeduction(Base):
    """What a version of a recap cuts from a person's TPP: 1/100 percent of the whole TPP."""

    __tablename__ = "attendance_recap_deduction"
    __table_args__ = (CheckConstraint("deduction BETWEEN 0 AND 10000", name="deduction"),)

    document_id: Mapped[UUID] = mapped_column(
        ForeignKey("attendance_recap_document.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = person_fk(primary_key=True)
    deduction: Mapped[int]
