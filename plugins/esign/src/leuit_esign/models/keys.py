"""Keys of the provider `lokal`: each opens with a passphrase that only its person knows."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk
from leuit.values import new_id

from .base import Base


class SigningKey(Base):
    """A person's key and certificate as PKCS#12 (RFC 7292), encrypted with the passphrase.

    A person has one key in use at a time; an older one is retired, and kept as proof of what was
    signed with it. `serial` is the certificate's serial number in hexadecimal.
    """

    __tablename__ = "esign_key"
    __table_args__ = (
        Index(
            "uq_esign_key_person_in_use",
            "person_id",
            unique=True,
            sqlite_where=text("retired_at IS NULL"),
            postgresql_where=text("retired_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = person_fk(index=True)
    subject: Mapped[str] = mapped_column(String(200))
    issuer: Mapped[str] = mapped_column(String(200))
    serial: Mapped[str] = mapped_column(String(50))
    not_before: Mapped[dt.datetime]
    not_after: Mapped[dt.datetime]
    certificate: Mapped[bytes] = mapped_column(LargeBinary())
    pkcs12: Mapped[bytes] = mapped_column(LargeBinary())
    added_at: Mapped[dt.datetime]
    retired_at: Mapped[dt.datetime | None]
