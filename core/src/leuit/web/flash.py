"""A sentence for the next page, carried in a short-lived signed cookie."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping

from starlette.requests import Request as RawRequest
from starlette.responses import Response

from leuit.work import Leuit

COOKIE = "leuit-notice"
SECONDS = 60


def write_notice(app: Leuit, answer: Response, notice: Mapping[str, str] | None) -> None:
    """Attach the notice to a redirect, or take it back once it has been shown."""
    if notice is None:
        answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
        return
    text = base64.urlsafe_b64encode(json.dumps(dict(notice)).encode()).decode()
    answer.set_cookie(
        COOKIE,
        f"{text}.{_sign(app, text)}",
        max_age=SECONDS,
        path="/",
        httponly=True,
        samesite="lax",
        secure=app.settings.server.is_https,
    )


def read_notice(app: Leuit, raw: RawRequest) -> dict[str, str] | None:
    """The notice of the request, or None when there is none or its signature is wrong."""
    text, _dot, signature = raw.cookies.get(COOKIE, "").partition(".")
    if not signature or not hmac.compare_digest(signature, _sign(app, text)):
        return None
    try:
        notice: dict[str, str] = json.loads(base64.urlsafe_b64decode(text))
    except (ValueError, binascii.Error):
        return None
    return notice


def _sign(app: Leuit, text: str) -> str:
    key = hashlib.sha256(b"notice" + app.settings.secret_key()).digest()
    return hmac.new(key, text.encode(), "sha256").hexdigest()[:32]
