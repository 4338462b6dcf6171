"""Whose a session key or a token is, and what he may do somewhere; in one statement.

Nothing is remembered between requests, so that a revocation, a disabled account, an ended
assignment or grant takes effect on the next one.
"""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Connection, Date, Select, and_, bindparam, func, or_, select

from leuit.storage import Prepared

from .accounts import EXTERNAL, Account, ApiToken, Grant, WebSession
from .identity import ANONYMOUS, Identity
from .organisation import DEFINITIF, Assignment, Person, Position, Unit
from .rule import holds_on
from .secrets import key_hash
from .vocabulary import Rights


@attrs.frozen
class Known:
    """The identity behind a request, the permissions that it holds on at least one unit or for
    itself today, and the line under its name: its own post and unit.

    The permissions decide which routes and menu entries exist for somebody; rows are still filtered
    by `units_allowed`.
    """

    identity: Identity = ANONYMOUS
    held: frozenset[str] = frozenset()
    title_line: str = ""


def known_by_session(
    connection: Connection, key: str, now: dt.datetime, today: dt.date, rights: Rights
) -> Known | None:
    """Who opened the session with that key; None when there is none or it has ended."""
    values = {"key_hash": key_hash(key), "now": now, "today": today}
    rows = _BY_SESSION.rows(connection, values)
    return _known(rows, Identity(kind="person", name=""), rights) if rows else None


def known_by_token(
    connection: Connection, token: str, now: dt.datetime, today: dt.date, rights: Rights
) -> Known | None:
    """Whose token that is, narrowed as it is; None for one unknown, expired or revoked."""
    values = {"key_hash": key_hash(token), "now": now, "today": today}
    rows = _BY_TOKEN.rows(connection, values)
    if not rows:
        return None
    only = frozenset(rows[0].permissions.split()) or None
    return _known(rows, Identity(kind="service", name="", only=only), rights)


def known_by_account(connection: Connection, account_id: UUID) -> Identity | None:
    """Who has that account, for work that goes on without him; None for one that is disabled.

    What he may do is asked of the rule when the work is done, not when it was begun.
    """
    found = connection.execute(
        select(
            Account.login,
            Account.person_id,
            Account.kind,
            func.coalesce(Person.name, Account.name).label("name"),
        )
        .outerjoin(Person, Person.id == Account.person_id)
        .where(Account.id == account_id, Account.disabled_at.is_(None))
    ).first()
    if found is None:
        return None
    return Identity(
        kind="external" if found.kind == EXTERNAL else "person",
        name=found.name or found.login,
        account_id=account_id,
        person_id=found.person_id,
        login=found.login,
    )


def _known(rows: Any, kind: Identity, rights: Rights) -> Known:
    first = rows[0]
    identity = Identity(
        kind="external" if first.account_kind == EXTERNAL else kind.kind,
        name=first.name or first.login,
        account_id=first.id,
        person_id=first.person_id,
        login=first.login,
        only=kind.only,
    )
    roles = {row.role for row in rows}
    heads = any(row.is_head for row in rows)
    held = {
        permission
        for role in rights.roles.values()
        if (role.given_to is None and role.name in roles)
        or (role.given_to == "head" and heads)
        or (role.given_to == "everyone" and identity.person_id is not None)
        or (role.given_to == "external" and identity.kind == "external")
        for permission in role.permissions
    }
    if identity.only is not None:
        held &= identity.only
    lines = (f"{row.title} · {row.short}" for row in rows if row.kind == DEFINITIF)
    return Known(identity, frozenset(held), next(lines, ""))


def _accounts(key: type[WebSession] | type[ApiToken], *columns: Any) -> Select[Any]:
    """The account of a live key, in a row for each post held today and role granted to either.

    The key comes first, since SQLite takes tables before an outer join in the order written.
    """
    today: Any = bindparam("today", type_=Date())
    told: list[Any] = [
        Account.id,
        Account.login,
        Account.person_id,
        Account.kind.label("account_kind"),
        func.coalesce(Person.name, Account.name).label("name"),
        Assignment.kind,
        Position.is_head,
        Position.title,
        Unit.short,
        Grant.role,
    ]
    return (
        select(*told, *columns)
        .select_from(key)
        .join(Account, Account.id == key.account_id)
        .outerjoin(Person, Person.id == Account.person_id)
        .outerjoin(
            Assignment,
            and_(
                Assignment.person_id == Account.person_id,
                holds_on(Assignment.valid_from, Assignment.valid_to, today),
            ),
        )
        .outerjoin(Position, Position.id == Assignment.position_id)
        .outerjoin(Unit, Unit.id == Position.unit_id)
        .outerjoin(
            Grant,
            and_(
                or_(
                    Grant.account_id == Account.id,
                    Grant.position_id == Assignment.position_id,
                ),
                holds_on(Grant.valid_from, Grant.valid_to, today),
            ),
        )
        .where(
            key.key_hash == bindparam("key_hash"),
            key.expires_at > bindparam("now"),
            Account.disabled_at.is_(None),
        )
    )


# Built once: every request of somebody signed in sends one of them.
_BY_SESSION = Prepared(_accounts(WebSession).where(WebSession.ended_at.is_(None)))
_BY_TOKEN = Prepared(_accounts(ApiToken, ApiToken.permissions).where(ApiToken.revoked_at.is_(None)))
