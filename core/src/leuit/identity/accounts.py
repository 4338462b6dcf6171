"""Who may sign in, what they were granted, and the sessions and tokens by which they are known.

Secrets are never stored: passwords as argon2id, session keys and tokens as SHA-256 of 32 random
bytes (which need no slow hash). A grant gives a role on a unit's subtree to an account or to
whoever holds a position, from when to when.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Uuid
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column

from leuit.storage import CoreBase
from leuit.values import new_id

STAFF, EXTERNAL = "person", "external"
LONGEST_LOGIN = 120


def plain_login(typed: str) -> str:
    """A login as it is kept: without blanks, an e-mail address in small letters."""
    login = "".join(typed.split())[:LONGEST_LOGIN]
    return login.lower() if "@" in login else login


class Account(CoreBase):
    """A way in: `login` is the NIP of staff, or a name.

    `kind` is `person` for staff and for accounts of the installation, `external` for somebody from
    outside (a vendor), who chose his login, an e-mail address, and goes by `name`; neither those
    nor accounts of services have a `person_id`.
    """

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    login: Mapped[str] = mapped_column(String(LONGEST_LOGIN), unique=True)
    kind: Mapped[str] = mapped_column(String(10), default=STAFF)
    name: Mapped[str | None] = mapped_column(String(120))
    person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT"), unique=True
    )
    password_hash: Mapped[str | None] = mapped_column(String(200))
    disabled_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]


def account_fk(*, nullable: bool = False, **options: Any) -> MappedColumn[Any]:
    """A plugin's column that refers to an account, where those from outside act, who are no people
    of the organisation; deleting an account in use is refused.
    """
    return mapped_column(
        Uuid(),
        ForeignKey(Account.__table__.c.id, ondelete="RESTRICT"),
        nullable=nullable,
        **options,
    )


class Grant(CoreBase):
    """A role on the subtree of a unit, to an account or to a position, during the range."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("(account_id IS NULL) <> (position_id IS NULL)", name="one_holder"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    role: Mapped[str] = mapped_column(String(80))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id", ondelete="RESTRICT"))
    account_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    position_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("position.id", ondelete="RESTRICT"), index=True
    )
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]


class WebSession(CoreBase):
    """A signed-in browser; `key_hash` is the SHA-256 of the cookie's value."""

    __tablename__ = "web_session"

    key_hash: Mapped[bytes] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)
    ended_at: Mapped[dt.datetime | None]


class ApiToken(CoreBase):
    """A key for a script; it may do what its account may, narrowed to `permissions` when given."""

    __tablename__ = "api_token"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key_hash: Mapped[bytes] = mapped_column(unique=True)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    title: Mapped[str] = mapped_column(String(120))
    permissions: Mapped[str] = mapped_column(String(2000), default="")
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]


class SignInAttempt(CoreBase):
    """Failed sign-ins of a login, counted for the lock-out; cleared by success."""

    __tablename__ = "sign_in_attempt"

    login: Mapped[str] = mapped_column(String(120), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[dt.datetime]
