"""Steps of a document: whose paraf or signature is wanted, in which order, and what came of it."""

import datetime as dt
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk
from leuit.storage import blob_fk
from leuit.values import new_id

from .base import Base

PARAF, SIGN = "paraf", "sign"


class Step(Base):
    """One step. Steps with one `number` are a group.

    `position_id` names a position, whose holder of the day acts; `title` is what it was called when
    the step was made, so that it can be read when the position is gone. `field` is the signature
    field of a step that signs. `person_id` is who acted, `acting` how he holds his position
    (`definitif`, `Plt.`, `Plh.`), `acted_as` the name line as it was written: with a.n. and u.b.
    `result_sha256` is the file after a signature. `reminded_at` is when the signer was last
    reminded.
    """

    __tablename__ = "esign_step"
    __table_args__ = (
        CheckConstraint("kind IN ('paraf', 'sign')", name="kind"),
        CheckConstraint("state IN ('waiting', 'open', 'done', 'refused')", name="state"),
        UniqueConstraint("document_id", "field"),
        Index("ix_esign_step_document", "document_id", "number"),
        Index("ix_esign_step_waiting", "position_id", "state"),
        Index("ix_esign_step_decided", "person_id", "decided_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("esign_document.id", ondelete="RESTRICT"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    position_id: Mapped[UUID]
    title: Mapped[str] = mapped_column(String(200))
    field: Mapped[str | None] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    opened_at: Mapped[dt.datetime | None]
    decided_at: Mapped[dt.datetime | None]
    person_id: Mapped[UUID | None] = person_fk(nullable=True)
    acting: Mapped[str] = mapped_column(String(10), default="")
    acted_as: Mapped[str] = mapped_column(String(700), default="")
    reminded_at: Mapped[dt.datetime | None]
    note: Mapped[str] = mapped_column(String(500), default="")
    result_sha256: Mapped[str | None] = blob_fk(nullable=True)


class Handing(Base):
    """A step was handed on: by whom, from which position to which, and why."""

    __tablename__ = "esign_handing"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    step_id: Mapped[UUID] = mapped_column(
        ForeignKey("esign_step.id", ondelete="RESTRICT"), index=True
    )
    person_id: Mapped[UUID] = person_fk()
    from_title: Mapped[str] = mapped_column(String(200))
    to_title: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(500))
    at: Mapped[dt.datetime]
