"""Documents that are to be signed, and the places for signatures on them."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk
from leuit.storage import Json, blob_fk
from leuit.values import new_id

from .base import Base

DRAFT, PREPARED, RUNNING = "draft", "prepared", "running"
DONE, REFUSED, RECALLED = "done", "refused", "recalled"


class Document(Base):
    """A PDF with a title, of the person who brought it.

    `source_sha256` is the file as it came, `pdf_sha256` the one to go on with: the same, or without
    form fields (`flattened` of them became part of the page). `prepared_sha256` has empty signature
    fields at all places, from the state `prepared` on. `current_sha256` is the file with the
    signatures so far. `signing_step_id` reserves the document for one signature until
    `signing_until`, so that no two start from the same file. `reason` says why it was refused or
    recalled. `sheets` are the pages (see `rules.Sheet`); `signatures` counts those that it came
    with, of a file that is never rewritten.
    """

    __tablename__ = "esign_document"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'prepared', 'running', 'done', 'refused', 'recalled')",
            name="state",
        ),
        Index("ix_esign_document_owner", "owner_id", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    title: Mapped[str] = mapped_column(String(200))
    owner_id: Mapped[UUID] = person_fk()
    state: Mapped[str] = mapped_column(String(10), default=DRAFT)
    source_sha256: Mapped[str] = blob_fk()
    pdf_sha256: Mapped[str] = blob_fk()
    prepared_sha256: Mapped[str | None] = blob_fk(nullable=True)
    current_sha256: Mapped[str | None] = blob_fk(nullable=True)
    signing_step_id: Mapped[UUID | None]
    signing_until: Mapped[dt.datetime | None]
    reason: Mapped[str] = mapped_column(String(500), default="")
    started_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    sheets: Mapped[list[Any]] = mapped_column(Json())
    signatures: Mapped[int] = mapped_column(default=0)
    flattened: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime]
    version: Mapped[int] = mapped_column(default=1)


class PlaceRow(Base):
    """A place for a signature: a box in points on a page (from 0), and the field's name.

    `brought` marks an empty field that the PDF came with, whose box is the PDF's own.
    """

    __tablename__ = "esign_place"
    __table_args__ = (UniqueConstraint("document_id", "field"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("esign_document.id", ondelete="RESTRICT"))
    field: Mapped[str] = mapped_column(String(100))
    page: Mapped[int]
    left: Mapped[float]
    bottom: Mapped[float]
    right: Mapped[float]
    top: Mapped[float]
    brought: Mapped[bool] = mapped_column(default=False)
