"""What was asked and done once, for whoever asks a second time: with a key, or without one."""

import datetime as dt
from uuid import UUID

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Answer(Base):
    """What a program was answered under its `Idempotency-Key`.

    `sha256` binds the key to who asked and what for; it is keyed with the secret of the
    installation, since a body may carry a password. Written in the unit that makes the change;
    kept for a week.
    """

    __tablename__ = "sp2d_answer"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    actor: Mapped[UUID | None]
    sha256: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(default=0)
    body: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[dt.datetime] = mapped_column(index=True)


class Change(Base):
    """That a change of what is still with its writer was made, by the digest of its request.

    The digest binds who asked, which record and version he saw, and all that he sent. Written in
    the unit that makes the change; kept for a week.
    """

    __tablename__ = "sp2d_change"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(index=True)
