"""Checking a password, and the lock-out against guessing.

After five failures a login waits 30 s, doubled with each further failure up to 15 minutes; the
counter is of the login, known or not, so that it tells nobody which logins exist (ASVS 6.3).
"""

import datetime as dt

from sqlalchemy import func, select

from leuit.identity import (
    ANONYMOUS,
    EXTERNAL,
    Account,
    Identity,
    Person,
    SignInAttempt,
    password_matches,
)
from leuit.values import FieldError, InvalidInputError, RecordRef, TooManyRequestsError, _
from leuit.work import Leuit

FREE_FAILURES = 5
FIRST_WAIT = dt.timedelta(seconds=30)
LONGEST_WAIT = dt.timedelta(minutes=15)


def confirm_password(app: Leuit, identity: Identity, password: str, request_id: str) -> None:
    """Have somebody who is signed in prove again that it is he: before signing or paying.

    Raises InvalidInputError at the field `password`, or TooManyRequestsError in a lock-out.
    """
    found = check_password(app, identity.login, password, request_id) if password else None
    if found is None or found.account_id != identity.account_id:
        sentence = _("Kata sandi akun tidak cocok.") if password else _("Isi kata sandi akun Anda.")
        raise InvalidInputError(sentence, fields=[FieldError("password", sentence)])


def check_password(app: Leuit, login: str, password: str, request_id: str) -> Identity | None:
    """The identity behind login and password, or None; raises TooManyRequestsError in a lock-out.

    argon2 runs between two transactions, never inside one.
    """
    with app.read(ANONYMOUS) as view:
        attempt = view.session.get(SignInAttempt, login)
        if attempt is not None and (left := _wait_left(attempt, view.now)) > dt.timedelta():
            seconds = max(1, int(left.total_seconds()))
            raise TooManyRequestsError(
                _("Terlalu banyak percobaan masuk. Coba lagi dalam %(seconds)s detik."),
                retry_after=seconds,
                seconds=seconds,
            )
        row = view.session.execute(
            select(Account, func.coalesce(Person.name, Account.name).label("name"))
            .outerjoin(Person, Person.id == Account.person_id)
            .where(Account.login == login, Account.disabled_at.is_(None))
        ).first()
    account: Account | None = row.Account if row else None
    if not password_matches(password, account.password_hash if account else None):
        _count_failure(app, login, account, request_id)
        return None
    assert row is not None
    assert account is not None
    with app.change(ANONYMOUS, request_id=request_id) as work:
        failed = work.session.get(SignInAttempt, login)
        if failed is not None:
            work.session.delete(failed)
    return Identity(
        kind="external" if account.kind == EXTERNAL else "person",
        name=row.name or account.login,
        account_id=account.id,
        person_id=account.person_id,
        login=account.login,
    )


def _count_failure(app: Leuit, login: str, account: Account | None, request_id: str) -> None:
    with app.change(ANONYMOUS, request_id=request_id) as work:
        attempt = work.session.get(SignInAttempt, login)
        if attempt is None:
            attempt = SignInAttempt(login=login, failures=0, last_at=work.now)
            work.session.add(attempt)
        attempt.failures += 1
        attempt.last_at = work.now
        if account is not None and attempt.failures == FREE_FAILURES:
            ref = RecordRef("core.account", str(account.id))
            work.audit("core.account.locked_out", ref, failures=attempt.failures)


def _wait_left(attempt: SignInAttempt, now: dt.datetime) -> dt.timedelta:
    beyond = attempt.failures - FREE_FAILURES
    if beyond < 0:
        return dt.timedelta()
    wait = min(FIRST_WAIT * (1 << min(beyond, 10)), LONGEST_WAIT)
    return attempt.last_at + wait - now
