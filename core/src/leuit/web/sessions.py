"""Who is behind a request: the session cookie or the bearer token, looked up each time.

Nothing is cached, so that a revocation, a disabled account or an ended assignment takes effect on
the next request.
"""

import datetime as dt
from uuid import UUID

import attrs
from sqlalchemy import bindparam, or_, select

from leuit.identity import (
    ANONYMOUS,
    DEFINITIF,
    Account,
    ApiToken,
    Assignment,
    Identity,
    Person,
    Position,
    Unit,
    WebSession,
    key_hash,
    permissions_held,
)
from leuit.values import NotSignedInError, RecordRef, _
from leuit.work import Leuit, View

SESSION_LIFE = dt.timedelta(hours=12)
OWN_PHONE_LIFE = dt.timedelta(days=30)


@attrs.frozen
class Known:
    """The identity behind a request, what it may do somewhere, and the line under its name."""

    identity: Identity = ANONYMOUS
    held: frozenset[str] = frozenset()
    title_line: str = ""


def cookie_name(secure: bool) -> str:
    """`__Host-` binds the cookie to this host and to HTTPS (RFC 6265bis 4.1.3.2)."""
    return "__Host-leuit" if secure else "leuit"


def recognise(app: Leuit, session_key: str, token: str) -> Known:
    """The identity of a session key or a token; nobody when there is none or it has ended.

    A bearer token that is wrong, expired or revoked raises NotSignedInError, since a script must
    hear of it; an ended session only means that the person has to sign in again.
    """
    if not session_key and not token:
        return Known()
    with app.read(ANONYMOUS) as view:
        found = _by_token(view, token) if token else _by_session(view, session_key)
        if found is None:
            if token:
                raise NotSignedInError(
                    _("Token tidak dikenal, kedaluwarsa, atau dicabut."),
                    advice=_("Buat token baru dengan leuit token create."),
                )
            return Known()
        held = permissions_held(view.session, found, view.today, app.vocabulary.rights)
        line = _title_line(view, found.person_id) if found.person_id else ""
    return Known(found, held, line)


def open_session(
    app: Leuit, identity: Identity, own_phone: bool, request_id: str
) -> tuple[str, dt.datetime]:
    """A new session for somebody who has just proved who he is; returns its key and its end."""
    from leuit.identity import new_key

    key = new_key()
    with app.change(identity, request_id=request_id) as work:
        ends = work.now + (OWN_PHONE_LIFE if own_phone else SESSION_LIFE)
        work.session.add(
            WebSession(
                key_hash=key_hash(key),
                account_id=identity.account_id,
                created_at=work.now,
                expires_at=ends,
            )
        )
        work.audit("core.session.opened", account_ref(identity), own_phone=own_phone)
    return key, ends


def end_session(app: Leuit, identity: Identity, key: str, request_id: str) -> None:
    """Sign out: the session's key is worth nothing from now on."""
    with app.change(identity, request_id=request_id) as work:
        session = work.session.get(WebSession, key_hash(key))
        if session is not None and session.ended_at is None:
            session.ended_at = work.now
            work.audit("core.session.ended", account_ref(identity))


def account_ref(identity: Identity) -> RecordRef:
    """The reference by which the audit log names an account."""
    return RecordRef("core.account", str(identity.account_id or ""))


def _by_session(view: View, key: str) -> Identity | None:
    values = {"key_hash": key_hash(key), "now": view.now}
    row = view.connection.execute(_SESSION, values).first()
    if row is None:
        return None
    return Identity(
        kind="person",
        name=row.name or row.login,
        account_id=row.id,
        person_id=row.person_id,
        login=row.login,
    )


def _by_token(view: View, token: str) -> Identity | None:
    row = view.session.execute(
        select(
            Account.id,
            Account.login,
            Account.kind,
            Account.person_id,
            Person.name,
            ApiToken.permissions,
        )
        .join(ApiToken, ApiToken.account_id == Account.id)
        .outerjoin(Person, Person.id == Account.person_id)
        .where(
            ApiToken.key_hash == key_hash(token),
            ApiToken.revoked_at.is_(None),
            ApiToken.expires_at > view.now,
            Account.disabled_at.is_(None),
        )
    ).first()
    if row is None:
        return None
    return Identity(
        kind="service",
        name=row.name or row.login,
        account_id=row.id,
        person_id=row.person_id,
        login=row.login,
        only=frozenset(row.permissions.split()) or None,
    )


def _title_line(view: View, person_id: UUID) -> str:
    values = {"person_id": person_id, "today": view.today}
    row = view.connection.execute(_TITLE, values).first()
    return f"{row.title} · {row.short}" if row else ""


# Built once: every request of somebody signed in sends them.
_SESSION = (
    select(Account.id, Account.login, Account.kind, Account.person_id, Person.name)
    .join(WebSession, WebSession.account_id == Account.id)
    .outerjoin(Person, Person.id == Account.person_id)
    .where(
        WebSession.key_hash == bindparam("key_hash"),
        WebSession.ended_at.is_(None),
        WebSession.expires_at > bindparam("now"),
        Account.disabled_at.is_(None),
    )
)
_TITLE = (
    select(Position.title, Unit.short)
    .join(Assignment, Assignment.position_id == Position.id)
    .join(Unit, Unit.id == Position.unit_id)
    .where(
        Assignment.person_id == bindparam("person_id"),
        Assignment.kind == DEFINITIF,
        Assignment.valid_from <= bindparam("today"),
        or_(Assignment.valid_to.is_(None), Assignment.valid_to > bindparam("today")),
    )
    .limit(1)
)
