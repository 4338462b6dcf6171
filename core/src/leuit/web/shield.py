"""Pure ASGI around the whole application: security headers and compression of pages."""

import gzip
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=()",
}
"""Of every answer that does not say otherwise; names in lower case, as ASGI wants them."""
LEAST = 1_000


class Shield:
    """Adds the headers of ASVS chapter 3 to every answer and packs HTML and JSON.

    Pages hold no secret beside what the reader types (there are no tokens in forms), so
    compressing them gives nothing away by length.
    """

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        headers = HEADERS | ({"strict-transport-security": "max-age=31536000"} if https else {})
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        packs = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        start: list[Message] = []

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = {name for name, _value in message["headers"]}
                message["headers"].extend(pair for pair in self._headers if pair[0] not in told)
                start.append(message)
                return
            if start:
                first = start.pop()
                message = _packed(first, message) if packs else message
                await send(first)
            await send(message)

        await self._app(scope, receive, dressed)


def _packed(start: Message, body: Message) -> Message:
    headers = MutableHeaders(raw=start["headers"])
    kind = headers.get("content-type", "")
    data: Any = body.get("body", b"")
    worth = kind.startswith(("text/html", "application/json")) and len(data) >= LEAST
    if not worth or body.get("more_body") or "content-encoding" in headers:
        return body
    packed = gzip.compress(data, 4, mtime=0)
    headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(packed))
    headers.add_vary_header("Accept-Encoding")
    return {**body, "body": packed}
