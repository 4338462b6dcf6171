"""Files that are sent in pieces: how far each is, and where its pieces lie."""

import datetime as dt
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from leuit.storage import CoreBase
from leuit.values import new_id

OPEN, WHOLE, ENDED = "open", "whole", "ended"
LONGEST_NAME = 200
LONGEST_METADATA = 2_000


class SentFile(CoreBase):
    """One file; `received` is how many bytes have come, and where the next piece begins.

    `state`: open (pieces are wanted), whole, ended (dropped, used or expired: its bytes go). An
    ended row stays for an hour, so that bytes which were on their way meanwhile are found too.
    """

    __tablename__ = "sent_file"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'whole', 'ended')", name="state"),
        CheckConstraint("received >= 0 AND received <= size", name="received"),
        Index("ix_sent_file_state", "state", "expires_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    purpose: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    metadata_text: Mapped[str] = mapped_column(String(LONGEST_METADATA))
    size: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    pieces: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(10))
    begun_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]


class SentPiece(CoreBase):
    """A piece that came: where it begins, its hash, and its name among the parts of its file."""

    __tablename__ = "sent_piece"

    file_id: Mapped[UUID] = mapped_column(
        ForeignKey("sent_file.id", ondelete="CASCADE"), primary_key=True
    )
    start: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    size: Mapped[int]
    # Not called sha256: no piece is a file of the register, and none keeps one in use.
    digest: Mapped[str] = mapped_column(String(64))
    part: Mapped[str] = mapped_column(String(80))
