"""Signing in by login and password, signing out, and the lock-out against guessing.

After five failures a login waits 30 s, doubled with each further failure up to 15 minutes; the
counter is of the login, known or not, so that it tells nobody which logins exist (ASVS 6.3).
"""

import datetime as dt

from sqlalchemy import select

from leuit.identity import (
    ANONYMOUS,
    Account,
    Identity,
    Person,
    SignInAttempt,
    password_matches,
)
from leuit.values import RecordRef, TooManyRequestsError, _
from leuit.web import (
    Request,
    Response,
    cookie_name,
    end_session,
    local_path,
    open_session,
    page,
    redirect,
)
from leuit.work import Leuit

FREE_FAILURES = 5
FIRST_WAIT = dt.timedelta(seconds=30)
LONGEST_WAIT = dt.timedelta(minutes=15)


def show(request: Request) -> Response:
    """The sign-in page; who is signed in already goes home."""
    if request.identity.signed_in:
        return redirect(local_path(request.query.get("next", "/")))
    return _form(request)


def submit(request: Request) -> Response:
    """Check the password and open a session; every refusal reads the same."""
    login = request.form.get("login", "").replace(" ", "")[:120]
    password = request.form.get("password", "")
    if not login or not password:
        return _form(request, login, _("Isi NIP dan kata sandi Anda."), 422)
    try:
        identity = check_password(request.app, login, password, request.request_id)
    except TooManyRequestsError as error:
        answer = _form(request, login, str(error), error.status)
        answer.headers["Retry-After"] = str(error.retry_after)
        return answer
    if identity is None:
        return _form(request, login, _("NIP atau kata sandi tidak cocok."), 422)
    own_phone = request.form.get("own_phone") == "ya"
    key, _ends = open_session(request.app, identity, own_phone, request.request_id)
    answer = redirect(local_path(request.form.get("next", "/")))
    secure = request.app.settings.server.is_https
    answer.set_cookie(
        cookie_name(secure),
        key,
        max_age=30 * 86_400 if own_phone else None,
        path="/",
        httponly=True,
        samesite="lax",
        secure=secure,
    )
    return answer


def leave(request: Request) -> Response:
    """End this browser's session on the server and forget its cookie."""
    end_session(request.app, request.identity, request.session_key, request.request_id)
    answer = redirect("/sign-in", _("Anda sudah keluar."))
    answer.delete_cookie(cookie_name(request.app.settings.server.is_https), path="/")
    return answer


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
            select(Account, Person.name)
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
        kind="person",
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


def _form(request: Request, login: str = "", fault: str = "", status: int = 200) -> Response:
    target = request.form.get("next") or request.query.get("next", "/")
    return page(
        request, "sign_in.html", status=status, login=login, fault=fault, next=local_path(target)
    )
