"""Who is behind a request: the session cookie or the bearer token, looked up each time."""

import datetime as dt

from leuit.identity import (
    ANONYMOUS,
    Identity,
    Known,
    WebSession,
    key_hash,
    known_by_session,
    known_by_token,
    new_key,
)
from leuit.values import NotSignedInError, RecordRef, _
from leuit.work import Leuit

SESSION_LIFE = dt.timedelta(hours=12)
OWN_PHONE_LIFE = dt.timedelta(days=30)


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
        known_by, key = (known_by_token, token) if token else (known_by_session, session_key)
        found = known_by(view.connection, key, view.now, view.today, app.vocabulary.rights)
    if found is None and token:
        raise NotSignedInError(
            _("Token tidak dikenal, kedaluwarsa, atau dicabut."),
            advice=_("Buat token baru dengan leuit token create."),
        )
    return found or Known()


def open_session(
    app: Leuit, identity: Identity, own_phone: bool, request_id: str
) -> tuple[str, dt.datetime]:
    """A new session for somebody who has just proved who he is; returns its key and its end."""
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
