"""Letting somebody in who has just proved who he is: a session, its cookie, and where he goes."""

from starlette.responses import Response

from leuit.identity import Identity

from .answers import redirect
from .request import Request
from .sessions import OWN_PHONE_LIFE, cookie_name, open_session


def let_in(
    request: Request, identity: Identity, path: str, *, own_phone: bool = False, notice: str = ""
) -> Response:
    """Open a session in this browser and go on at a path of this site.

    On somebody's `own_phone` the cookie outlives the browser.
    """
    key, _ends = open_session(request.app, identity, own_phone, request.request_id)
    answer = redirect(path, notice or None)
    secure = request.app.settings.server.is_https
    answer.set_cookie(
        cookie_name(secure),
        key,
        max_age=int(OWN_PHONE_LIFE.total_seconds()) if own_phone else None,
        path="/",
        httponly=True,
        samesite="lax",
        secure=secure,
    )
    return answer
