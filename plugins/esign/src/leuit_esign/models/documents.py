"""Documents that are to be signed, and the places for signatures on them."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk
from leuit.storage import Json, blob_fk
from leuit.values import new_id

from .base import Base

DRAFT, PREPARED, RUNNING, DONE = "draft", "prepared", "running", "done"
SUPERSEDED, REVOKED = "superseded", "revoked"
REFUSED: Final = "refused"
RECALLED: Final = "recalled"
EXPIRED: Final = "expired"

FOR_SIGNATURE, FOR_NUMBER = "sign", "number"


class Document(Base):
    """A PDF with a title, of the person who brought it.

    `source_sha256` is the file as it came, `pdf_sha256` the one to go on with: the same, or without
    form fields (`flattened` of them became part of the page). `current_sha256` is the file that is
    signed, from the state `running` on: with its number, an empty field at each place, and the
    signatures so far. `signing_step_id` reserves the document for one signature until
    `signing_until`, so that no two start from the same file. `reason` says why it was refused,
    recalled or revoked. `sheets` are the pages (see `rules.Sheet`); `signatures` counts those that
    it came with, of a file that is never rewritten; `names` are those of its form fields.

    `code` is how the public asks for it. `due_at` is when it should be signed, and where it ends
    unsigned if `expires`. `pattern` and `classification` say how its number is made, `number_id`
    names the reserved number in the register, `number` is what is printed. `replaces_id` is the
    document that this one supersedes once it is done. `asked_by` is the reference of the service
    that asked (`kind`, `id`, `label`) with its `key`, `asked_key` the kind and the key together;
    None for what people brought. `filed_kind` and `filed_id` name the record of the archive, of
    what people brought and all have signed.
    """

    __tablename__ = "esign_document"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'prepared', 'running', 'done', 'refused', 'recalled', 'expired',"
            " 'superseded', 'revoked')",
            name="state",
        ),
        Index("ix_esign_document_owner", "owner_id", "created_at"),
        Index("ix_esign_document_ended", "owner_id", "ended_at"),
        Index("ix_esign_document_due", "state", "due_at"),
        Index("ix_esign_document_current", "current_sha256"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    owner_id: Mapped[UUID] = person_fk()
    state: Mapped[str] = mapped_column(String(10), default=DRAFT)
    source_sha256: Mapped[str] = blob_fk()
    pdf_sha256: Mapped[str] = blob_fk()
    current_sha256: Mapped[str | None] = blob_fk(nullable=True)
    signing_step_id: Mapped[UUID | None]
    signing_until: Mapped[dt.datetime | None]
    reason: Mapped[str] = mapped_column(String(500), default="")
    started_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    due_at: Mapped[dt.datetime | None]
    expires: Mapped[bool] = mapped_column(default=False)
    pattern: Mapped[str] = mapped_column(String(60), default="")
    classification: Mapped[str] = mapped_column(String(40), default="")
    number_id: Mapped[UUID | None]
    number: Mapped[str] = mapped_column(String(120), default="")
    replaces_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("esign_document.id", ondelete="RESTRICT")
    )
    asked_by: Mapped[dict[str, str] | None] = mapped_column(Json())
    asked_key: Mapped[str | None] = mapped_column(String(300), unique=True)
    sheets: Mapped[list[Any]] = mapped_column(Json())
    names: Mapped[list[Any]] = mapped_column(Json(), default=list)
    signatures: Mapped[int] = mapped_column(default=0)
    flattened: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime]
    filed_kind: Mapped[str] = mapped_column(String(80), default="")
    filed_id: Mapped[str] = mapped_column(String(120), default="")
    version: Mapped[int] = mapped_column(default=1)


class PlaceRow(Base):
    """A place for a signature or the number: a box in points on a page (from 0), and its name.

    `brought` marks an empty field that the PDF came with, whose box is the PDF's own.
    """

    __tablename__ = "esign_place"
    __table_args__ = (UniqueConstraint("document_id", "field"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("esign_document.id", ondelete="RESTRICT"))
    field: Mapped[str] = mapped_column(String(100))
    purpose: Mapped[str] = mapped_column(String(10), default=FOR_SIGNATURE)
    page: Mapped[int]
    left: Mapped[float]
    bottom: Mapped[float]
    right: Mapped[float]
    top: Mapped[float]
    brought: Mapped[bool] = mapped_column(default=False)
