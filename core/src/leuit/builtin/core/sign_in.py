"""Signing in by login and password, and signing out."""

from leuit.identity import plain_login
from leuit.values import TooManyRequestsError, _
from leuit.web import (
    Request,
    Response,
    cookie_name,
    doors_for,
    end_session,
    let_in,
    local_path,
    page,
    redirect,
)

from .passwords import check_password


def show(request: Request) -> Response:
    """The sign-in page; who is signed in already goes home."""
    if request.identity.signed_in:
        return redirect(local_path(request.query.get("next", "/")))
    return _form(request)


def submit(request: Request) -> Response:
    """Check the password and open a session; every refusal reads the same."""
    login = plain_login(request.form.get("login", ""))
    password = request.form.get("password", "")
    if not login or not password:
        return _form(request, login, _("Isi nama akun dan kata sandi Anda."), 422)
    try:
        identity = check_password(request.app, login, password, request.request_id)
    except TooManyRequestsError as error:
        answer = _form(request, login, str(error), error.status)
        answer.headers["Retry-After"] = str(error.retry_after)
        return answer
    if identity is None:
        return _form(request, login, _("Nama akun atau kata sandi tidak cocok."), 422)
    own_phone = request.form.get("own_phone") == "ya"
    target = local_path(request.form.get("next", "/"))
    return let_in(request, identity, target, own_phone=own_phone)


def leave(request: Request) -> Response:
    """End this browser's session on the server and forget its cookie."""
    end_session(request.app, request.identity, request.session_key, request.request_id)
    answer = redirect("/sign-in", _("Anda sudah keluar."))
    answer.delete_cookie(cookie_name(request.app.settings.server.is_https), path="/")
    return answer


def _form(request: Request, login: str = "", fault: str = "", status: int = 200) -> Response:
    target = request.form.get("next") or request.query.get("next", "/")
    return page(
        request,
        "sign_in.html",
        status=status,
        login=login,
        fault=fault,
        next=local_path(target),
        doors=doors_for(request),
    )
