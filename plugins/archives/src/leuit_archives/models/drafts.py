"""Letters out while they are made: their versions, who parafs and signs, how the signing goes."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk, position_fk
from leuit.storage import Json, blob_fk
from leuit.values import new_id

from .base import Base

ELECTRONIC, WET = "electronic", "wet"
PARAF: Final = "paraf"
SIGN: Final = "sign"
OPEN, DONE = "open", "done"
REMARK = 1_000


class Draft(Base):
    """What a letter out has beside its own row.

    `latest` is the number of its newest version. `signer_id` is the post that signs, `mode` how.
    While it is on its way `fixed` holds what the letter says that comes from others than its
    writer, as it was when it was sent: lines above the signature, name, NIP, group, shape, pattern.
    `signing` is where the signing stands (empty, waiting, signed, or how it ended), `signing_round`
    counts how often it was asked for, `signing_note` says why it ended; `turn` is the place of the
    step whose turn it is there, None where the service tells of none. `number_id` is its number
    while it has one. `drawn_sha256` is the file that was sent for signing, `signed_sha256` the
    signed one. `carried` says how it went to those outside.
    """

    __tablename__ = "archives_draft"
    __table_args__ = (
        CheckConstraint("mode IN ('electronic', 'wet')", name="mode"),
        Index("ix_archives_draft_signing", "signing"),
    )

    letter_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_letter.id", ondelete="RESTRICT"), primary_key=True
    )
    latest: Mapped[int] = mapped_column(default=1)
    signer_id: Mapped[UUID | None] = position_fk(nullable=True)
    mode: Mapped[str] = mapped_column(String(10), default=ELECTRONIC)
    fixed: Mapped[dict[str, Any]] = mapped_column(Json(), default=dict)
    signing: Mapped[str] = mapped_column(String(10), default="")
    signing_round: Mapped[int] = mapped_column(default=0)
    signing_note: Mapped[str] = mapped_column(String(500), default="")
    turn: Mapped[int | None]
    number_id: Mapped[UUID | None]
    drawn_sha256: Mapped[str | None] = blob_fk(nullable=True)
    signed_sha256: Mapped[str | None] = blob_fk(nullable=True)
    signed_at: Mapped[dt.datetime | None]
    void_reason: Mapped[str] = mapped_column(String(500), default="")
    carried: Mapped[str] = mapped_column(String(REMARK), default="")


class DraftVersion(Base):
    """A version as it was saved, from 1; `note` says what its writer wants others to know of it."""

    __tablename__ = "archives_draft_version"

    letter_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_letter.id", ondelete="RESTRICT"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(Json())
    note: Mapped[str] = mapped_column(String(REMARK), default="")
    saved_by: Mapped[UUID] = person_fk(index=True)
    saved_at: Mapped[dt.datetime]


class DraftStep(Base):
    """Whose paraf or signature a letter is waiting for, in order from 1 to the signer.

    Another service may gather them; then only what it tells is known here: whose turn it is, or the
    end alone. `person_id` stays empty.
    """

    __tablename__ = "archives_draft_step"
    __table_args__ = (
        CheckConstraint("kind IN ('paraf', 'sign')", name="kind"),
        CheckConstraint("state IN ('open', 'done')", name="state"),
        UniqueConstraint("letter_id", "place"),
        Index("ix_archives_draft_step_post", "position_id", "state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("archives_letter.id", ondelete="RESTRICT"))
    place: Mapped[int]
    kind: Mapped[str] = mapped_column(String(5))
    position_id: Mapped[UUID] = position_fk()
    title: Mapped[str] = mapped_column(String(240))
    state: Mapped[str] = mapped_column(String(4), default=OPEN)
    since: Mapped[dt.datetime]
    done_at: Mapped[dt.datetime | None]
    person_id: Mapped[UUID | None] = person_fk(nullable=True)
    note: Mapped[str] = mapped_column(String(REMARK), default="")
