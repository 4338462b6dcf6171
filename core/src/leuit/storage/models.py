"""Tables that every service may refer to: the register of stored files."""

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column

from .base import CoreBase


class Blob(CoreBase):
    """A file in the blob store, known by the SHA-256 of its content."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(255))
    stored_at: Mapped[dt.datetime]


class BlobRelease(CoreBase):
    """A service lets the bytes of a file go, although its rows still name the hash.

    `owner` is the service, by the prefix of its tables. It says so of all its rows at once.
    """

    __tablename__ = "blob_release"

    sha256: Mapped[str] = mapped_column(
        String(64), ForeignKey(Blob.__table__.c.sha256, ondelete="RESTRICT"), primary_key=True
    )
    owner: Mapped[str] = mapped_column(String(40), primary_key=True)
    released_at: Mapped[dt.datetime]


def blob_fk(*, nullable: bool = False, **options: Any) -> MappedColumn[Any]:
    """A column that refers to a stored file; deleting a file in use is refused."""
    column = ForeignKey(Blob.__table__.c.sha256, ondelete="RESTRICT")
    return mapped_column(String(64), column, nullable=nullable, **options)
