"""From a raw request to an endpoint's answer: limits, identity, permission, errors.

The body is read on the event loop; everything that touches the database runs in a thread. Reading
and writing have limiters of their own, so that a page never waits behind a queue of writers; a
full queue is 503 with Retry-After.
"""

import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import attrs
import structlog
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.requests import Request as RawRequest
from starlette.responses import Response

from leuit.identity import ANONYMOUS, Known
from leuit.plugins import DEVICE, PUBLIC, SIGNED_IN, Host, Route
from leuit.values import (
    LeuitError,
    NotSignedInError,
    PermissionDeniedError,
    UnavailableError,
    _,
)
from leuit.work import Leuit

from .answers import Redirect
from .errors import answer_error
from .flash import read_notice, write_notice
from .kept import KeptPages
from .reading import Account, Budget, check_address, decode_form, read_body, read_start
from .request import Request
from .sessions import cookie_name, recognise

MEGABYTE = 1024 * 1024
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
log = structlog.get_logger("leuit.web")


@attrs.define
class Gate:
    """A limiter with a bounded queue in front of it."""

    limiter: anyio.CapacityLimiter
    queue: int
    waiting: int = 0

    async def run(self, function: Callable[[], Response]) -> Response:
        """Run in a thread; refuse at once when too many wait already."""
        if self.waiting >= self.queue:
            raise UnavailableError(_("Server sedang penuh."), retry_after=2)
        self.waiting += 1
        try:
            return await anyio.to_thread.run_sync(function, limiter=self.limiter)
        finally:
            self.waiting -= 1


class Dispatcher:
    """Makes Starlette endpoints out of the routes of plugins, for one application."""

    def __init__(self, app: Leuit, host: Host) -> None:
        self.app = app
        self.host = host
        server = app.settings.server
        self.reading = Gate(anyio.CapacityLimiter(server.threads), server.queue)
        self.writing = Gate(anyio.CapacityLimiter(server.writers), server.queue)
        self.bodies = Budget(server.body_megabytes * MEGABYTE)
        self.cookie = cookie_name(server.is_https)
        self.kept = KeptPages()

    def endpoint(self, route: Route, menu: str = "") -> Callable[[RawRequest], Awaitable[Response]]:
        """The asynchronous endpoint of a route."""

        async def serve(raw: RawRequest) -> Response:
            started = time.perf_counter()
            if route.kept and self.kept.is_for(raw):
                answer = await self._kept(route, raw, menu)
            else:
                answer = await self._asked(route, raw, self._first_look(raw, menu))
            log.info(
                "request",
                method=raw.method,
                path=raw.scope["path"],
                status=answer.status_code,
                ms=round((time.perf_counter() - started) * 1000, 1),
                request_id=answer.headers["X-Request-Id"],
            )
            return answer

        return serve

    async def _kept(self, route: Route, raw: RawRequest, menu: str) -> Response:
        """What is kept for strangers; once its moment is over, what the endpoint says of it."""
        page = self.kept.get(raw)
        if page is None or not self.kept.is_fresh(page):
            asking = [("if-none-match", page.tag)] if page else []
            others = [pair for pair in raw.headers.items() if pair[0] != "if-none-match"]
            request = attrs.evolve(
                self._first_look(raw, menu), headers=Headers(dict([*others, *asking]))
            )
            answer = await self._asked(route, raw, request)
            if answer.status_code == 304 and page is not None:
                page = self.kept.renew(raw, page, route.kept)
            else:
                page = self.kept.keep(raw, answer, route.kept)
                if page is None:
                    return answer
        answer = page.answer(raw.headers)
        for name, value in route.headers:
            answer.headers.setdefault(name, value)
        answer.headers["X-Request-Id"] = _new_request_id()
        return answer

    async def _asked(self, route: Route, raw: RawRequest, request: Request) -> Response:
        """The answer of the endpoint, or of what refused the request before it."""
        with self.bodies.account() as account:
            try:
                answer = await self._answer(route, raw, request, account)
            except ClientDisconnect:
                answer = Response(status_code=400)
            except LeuitError as error:
                answer = answer_error(request, route.kind, error)
        for name, value in route.headers:
            answer.headers.setdefault(name, value)
        answer.headers["X-Request-Id"] = request.request_id
        return answer

    async def _answer(
        self, route: Route, raw: RawRequest, request: Request, account: Account
    ) -> Response:
        """Read the body, then do the rest in a thread."""
        if route.kind == "device":
            # A device may call its lines a form; its endpoint reads what it sends.
            body = await read_start(raw, route.max_body, account)
            form, files = await decode_form(Headers(), b"")
        else:
            check_address(raw)
            body = await read_body(raw, route.max_body, account)
            form, files = await decode_form(raw.headers, body)
        if body:
            request = attrs.evolve(request, body=body, form=form, files=files)
        gate = self.reading if raw.method in SAFE else self.writing
        return await gate.run(lambda: self._in_thread(route, raw, request))

    def _first_look(self, raw: RawRequest, menu: str) -> Request:
        key = raw.cookies.get(self.cookie, "")
        return Request(
            app=self.app,
            host=self.host,
            method=raw.method,
            path=raw.scope["path"],
            params=raw.path_params,
            query=raw.query_params,
            headers=raw.headers,
            identity=ANONYMOUS,
            held=frozenset(),
            request_id=_new_request_id(),
            language=_language(raw),
            notice=read_notice(self.app, raw),
            client=raw.client.host if raw.client else "",
            current_menu=menu,
            session_key=key,
        )

    def _in_thread(self, route: Route, raw: RawRequest, request: Request) -> Response:
        try:
            known = self._known(route, raw, request)
            request = attrs.evolve(
                request, identity=known.identity, held=known.held, title_line=known.title_line
            )
            _guard(route, request)
            answer: Response = route.endpoint(request)
        except LeuitError as error:
            if error.status >= 500:
                log.error("failed", request_id=request.request_id, exc_info=error)
            answer = answer_error(request, route.kind, error)
        except Exception as error:
            log.error("failed", request_id=request.request_id, exc_info=error)
            answer = answer_error(request, route.kind, None)
        if isinstance(answer, Redirect) and answer.notice:
            write_notice(self.app, answer, answer.notice)
        elif request.notice and answer.headers.get("content-type", "").startswith("text/html"):
            write_notice(self.app, answer, None)
        return answer

    def _known(self, route: Route, raw: RawRequest, request: Request) -> Known:
        if route.permission == DEVICE:
            return Known()
        authorization = raw.headers.get("authorization", "")
        token = authorization[7:].strip() if authorization.lower().startswith("bearer ") else ""
        if not token and raw.method not in SAFE:
            _refuse_foreign(raw)
        return recognise(self.app, request.session_key, token)


def _new_request_id() -> str:
    return secrets.token_hex(4).upper()


def _guard(route: Route, request: Request) -> None:
    if route.permission in (PUBLIC, DEVICE):
        return
    if not request.identity.signed_in:
        raise NotSignedInError(_("Anda belum masuk."), advice=_("Masuk dahulu, lalu ulangi."))
    if request.opens(route.permission):
        return
    if route.permission == SIGNED_IN:
        raise PermissionDeniedError(
            _("Halaman ini untuk pegawai."), advice=_("Kembali ke beranda Anda.")
        )
    title = request.app.vocabulary.rights.permissions[route.permission].title
    raise PermissionDeniedError(
        _("Anda tidak berhak: %(title)s."),
        advice=_("Hubungi atasan atau petugas kepegawaian bila ini keliru."),
        title=title,
    )


def _refuse_foreign(raw: RawRequest) -> None:
    """Refuse a change that another site started (Fetch Metadata; Origin for old browsers)."""
    site = raw.headers.get("sec-fetch-site")
    if site is not None:
        if site in ("same-origin", "none"):
            return
    else:
        origin = raw.headers.get("origin")
        if origin is None or origin.partition("://")[2] == raw.headers.get("host"):
            return
    raise PermissionDeniedError(
        _("Permintaan ini datang dari situs lain dan ditolak."),
        advice=_("Buka halamannya di Leuit, lalu ulangi."),
    )


def _language(raw: RawRequest) -> str:
    """Indonesian, unless a program asks for English first."""
    wanted: Any = raw.headers.get("accept-language", "").lower()
    return "en" if wanted.startswith("en") and raw.scope["path"].startswith("/api/") else "id"
