"""Rounds of electronic signatures on a berita acara of a transfer or a disposal."""

import datetime as dt
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk, position_fk
from leuit.storage import blob_fk
from leuit.values import new_id

from .base import Base
from .disposals import DISPOSAL_REASON, PAPER_TEXT
from .transfers import PAPER_NUMBER

SIGNER_WORDS = 200

ASKED: Final = "asked"
WAITING: Final = "waiting"
USED: Final = "used"
UNUSED: Final = "unused"
UNSIGNED: Final = "unsigned"
OPEN: Final = (ASKED, WAITING)


class MinutesRound(Base):
    """One asking for the signatures of a berita acara; a subject has one open at a time.

    `asked` is not with the service that signs yet, `waiting` is. `used` came back signed and did
    what it is for; `unused` came back signed when that could not be done any more; `unsigned` will
    not be signed. `note` says why. `text`, `backups_until` and `statement` are what a disposal's
    berita acara says beside its list.
    """

    __tablename__ = "archives_minutes_round"
    __table_args__ = (
        CheckConstraint("(transfer_id IS NULL) <> (disposal_id IS NULL)", name="one_subject"),
        CheckConstraint(
            "state IN ('asked', 'waiting', 'used', 'unused', 'unsigned')", name="state"
        ),
        *(
            Index(
                f"uq_archives_minutes_round_{subject}",
                f"{subject}_id",
                unique=True,
                sqlite_where=text("state IN ('asked', 'waiting')"),
                postgresql_where=text("state IN ('asked', 'waiting')"),
            )
            for subject in ("transfer", "disposal")
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    transfer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("archives_transfer.id", ondelete="RESTRICT")
    )
    disposal_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("archives_disposal.id", ondelete="RESTRICT")
    )
    state: Mapped[str] = mapped_column(String(8), default=ASKED)
    number: Mapped[str] = mapped_column(String(PAPER_NUMBER))
    dated: Mapped[dt.date]
    text: Mapped[str] = mapped_column(String(PAPER_TEXT), default="")
    backups_until: Mapped[dt.date | None]
    statement: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(DISPOSAL_REASON), default="")
    drawn_sha256: Mapped[str | None] = blob_fk(nullable=True)
    signed_sha256: Mapped[str | None] = blob_fk(nullable=True)
    asked_by: Mapped[UUID] = person_fk()
    asked_at: Mapped[dt.datetime]


class MinutesSigner(Base):
    """Who is to sign, in what role, and how he is named on the paper."""

    __tablename__ = "archives_minutes_signer"

    round_id: Mapped[UUID] = mapped_column(
        ForeignKey("archives_minutes_round.id", ondelete="RESTRICT"), primary_key=True
    )
    place: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[UUID] = position_fk()
    role: Mapped[str] = mapped_column(String(SIGNER_WORDS))
    title: Mapped[str] = mapped_column(String(SIGNER_WORDS))
    name: Mapped[str] = mapped_column(String(SIGNER_WORDS))
    nip: Mapped[str] = mapped_column(String(40))
