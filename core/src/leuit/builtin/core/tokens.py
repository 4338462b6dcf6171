"""Keys for scripts: `leuit token create` prints one once; only its hash is stored."""

import datetime as dt

from sqlalchemy import select

from leuit.identity import SYSTEM, Account, ApiToken, key_hash, new_key
from leuit.plugins import CommandContext
from leuit.values import InvalidInputError, NotFoundError, RecordRef, _
from leuit.work import Leuit

PREFIX = "leuit_"


def create_token(
    app: Leuit, login: str, title: str, days: int, permissions: tuple[str, ...] = ()
) -> str:
    """A new token, valid for `days`, narrowed to `permissions` when some are given."""
    for name in permissions:
        if name not in app.vocabulary.rights.permissions:
            raise InvalidInputError(_("Izin “%(name)s” tidak dikenal."), name=name)
    if not 1 <= days <= 366:
        raise InvalidInputError(_("Masa berlaku token 1 sampai 366 hari."))
    key = PREFIX + new_key()
    with app.change(SYSTEM) as work:
        account = work.session.execute(
            select(Account).where(Account.login == login)
        ).scalar_one_or_none()
        if account is None:
            raise NotFoundError(_("Tidak ada akun “%(login)s”."), login=login)
        token = ApiToken(
            key_hash=key_hash(key),
            account_id=account.id,
            title=title,
            permissions=" ".join(permissions),
            created_at=work.now,
            expires_at=work.now + dt.timedelta(days=days),
        )
        work.session.add(token)
        work.session.flush()
        ref = RecordRef("core.token", str(token.id), title)
        work.audit("core.token.created", ref, account=account.id, days=days)
    return key


def create(
    context: CommandContext,
    login: str = "admin",
    *,
    title: str = "skrip",
    days: int = 90,
    permission: tuple[str, ...] = (),
) -> int:
    """Make a token for the account LOGIN and print it; it is shown only once."""
    context.print(create_token(context.app, login, title, days, permission))
    return 0


def revoke_tokens(app: Leuit, login: str, title: str) -> int:
    """Revoke every token of that title; the number. The next request with one is refused."""
    with app.change(SYSTEM) as work:
        tokens = work.session.execute(
            select(ApiToken)
            .join(Account, Account.id == ApiToken.account_id)
            .where(Account.login == login, ApiToken.title == title, ApiToken.revoked_at.is_(None))
        ).scalars()
        count = 0
        for token in tokens:
            token.revoked_at = work.now
            work.audit("core.token.revoked", RecordRef("core.token", str(token.id), title))
            count += 1
    return count


def revoke(context: CommandContext, title: str, *, login: str = "admin") -> int:
    """Revoke every token of that title; the next request with one is refused."""
    count = revoke_tokens(context.app, login, title)
    context.print(_("%s token dicabut.") % count)
    return 0 if count else 1
