"""Accounts of staff: the login is the NIP, the password is set by who manages accounts.

Who manages accounts could act as anybody whose password he sets; hence he must himself hold every
role that was granted to that account or to its person's posts. Setting a password or disabling an
account ends its sessions at once.
"""

from uuid import UUID

from sqlalchemy import select, update

from leuit.identity import (
    Account,
    ApiToken,
    Identity,
    WebSession,
    check_new_password,
    hash_password,
)
from leuit.values import ConflictError, NotFoundError, PermissionDeniedError, RecordRef, _
from leuit.work import Leuit, Work

from .people import get_person
from .rights import MANAGE, one_at_a_time, require_covered, require_person, roles_of_account


def create_account(work: Work, person_id: UUID) -> Account:
    """An account for a person, with his NIP as login and no password yet."""
    one_at_a_time(work)
    person = get_person(work, person_id)
    require_person(work, MANAGE, person_id)
    if person.nip is None:
        raise ConflictError(_("Akun pegawai perlu NIP sebagai nama masuk."))
    taken = select(Account.id).where(
        (Account.login == person.nip) | (Account.person_id == person_id)
    )
    if work.session.execute(taken.limit(1)).first() is not None:
        raise ConflictError(_("Pegawai ini sudah punya akun."))
    account = Account(login=person.nip, person_id=person_id, created_at=work.now)
    work.session.add(account)
    work.session.flush()
    work.audit("core.account.created", _ref(account))
    return account


def set_password(
    app: Leuit, identity: Identity, account_id: UUID, password: str, *, request_id: str = ""
) -> None:
    """A new password for an account; argon2 runs before the unit of work, not inside it."""
    check_new_password(password)
    hashed = hash_password(password)
    with app.change(identity, request_id=request_id) as work:
        account = _managed(work, account_id)
        account.password_hash = hashed
        _end_sessions(work, account_id)
        work.audit("core.account.password_set", _ref(account))


def disable_account(work: Work, account_id: UUID) -> None:
    """Nobody gets in by this account from now on: sessions end, tokens are revoked."""
    account = _managed(work, account_id)
    if account.id == work.identity.account_id:
        raise ConflictError(_("Anda tidak dapat menonaktifkan akun Anda sendiri."))
    if account.disabled_at is not None:
        return
    account.disabled_at = work.now
    _end_sessions(work, account_id)
    work.session.execute(
        update(ApiToken)
        .where(ApiToken.account_id == account_id, ApiToken.revoked_at.is_(None))
        .values(revoked_at=work.now)
    )
    work.audit("core.account.disabled", _ref(account))


def enable_account(work: Work, account_id: UUID) -> None:
    """The account may be used again, with the password it had."""
    account = _managed(work, account_id)
    if account.disabled_at is None:
        return
    account.disabled_at = None
    work.audit("core.account.enabled", _ref(account))


def _managed(work: Work, account_id: UUID) -> Account:
    account = work.session.get(Account, account_id)
    if account is None:
        raise NotFoundError(_("Akun itu tidak ada."))
    if account.person_id is not None:
        require_person(work, MANAGE, account.person_id)
    else:
        work.require_on_root(MANAGE)
    if account.person_id is not None and account.person_id == work.identity.person_id:
        raise PermissionDeniedError(_("Akun Anda sendiri dikelola petugas lain."))
    require_covered(work, roles_of_account(work, account.id, account.person_id), [work.today])
    return account


def _end_sessions(work: Work, account_id: UUID) -> None:
    work.session.execute(
        update(WebSession)
        .where(WebSession.account_id == account_id, WebSession.ended_at.is_(None))
        .values(ended_at=work.now)
    )


def _ref(account: Account) -> RecordRef:
    return RecordRef("core.account", str(account.id), account.login)
