"""The web application of one installation: every plugin one mount, everything deny by default."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request as RawRequest
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.routing import Route as WebRoute
from starlette.types import ASGIApp

from leuit.plugins import PUBLIC, Host, Route, mount_path
from leuit.values import MethodNotAllowedError, NotFoundError, _
from leuit.work import Leuit

from .dispatch import Dispatcher
from .request import Request
from .shield import Shield
from .static import Assets

Endpoint = Callable[[Request], Response]
Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def build(app: Leuit, host: Host, *, around: Lifespan | None = None) -> ASGIApp:
    """The ASGI application; `around` is entered while it serves (for workers in the process)."""
    dispatcher = Dispatcher(app, host)
    assets = Assets.of(host)
    routes: list[BaseRoute] = [
        WebRoute("/static/{digest}/{name:path}", assets.serve, methods=["GET"])
    ]
    for prefix, inner in _by_mount(host).items():
        served = [
            WebRoute(path, dispatcher.endpoint(route), methods=list(route.methods))
            for path, route in inner
        ]
        if prefix:  # a Mount matches nothing at its own prefix without a slash behind it
            routes.extend(
                WebRoute(prefix, dispatcher.endpoint(route), methods=list(route.methods))
                for path, route in inner
                if path == "/"
            )
        routes.extend(served if not prefix else [Mount(prefix, routes=served)])
    lost = _refusal(dispatcher, _lost)
    routes.append(WebRoute("/{rest:path}", lost, methods=["GET", "POST", "PUT", "DELETE"]))

    @asynccontextmanager
    async def lifespan(starlette: Starlette) -> AsyncIterator[None]:
        if around is None:
            yield
        else:
            async with around(starlette):
                yield

    wrong = _refusal(dispatcher, _wrong_method)

    async def missing(raw: RawRequest, _error: Exception) -> Response:
        return await lost(raw)

    async def mistaken(raw: RawRequest, error: Exception) -> Response:
        answer = await wrong(raw)
        if isinstance(error, HTTPException) and error.headers:
            answer.headers.update(error.headers)  # Allow: what the address does take
        return answer

    handlers = {404: missing, 405: mistaken}
    starlette = Starlette(routes=routes, lifespan=lifespan, exception_handlers=handlers)
    return Shield(starlette, https=app.settings.server.is_https)


def all_routes(host: Host) -> list[tuple[str, str, Route]]:
    """Every route as (owner, whole path, route): for OpenAPI, the access matrix and the docs."""
    return [
        (owner, mount_path(owner, route), route) for owner, route in host.merged.routes.values()
    ]


def _by_mount(host: Host) -> dict[str, list[tuple[str, Route]]]:
    mounts: dict[str, list[tuple[str, Route]]] = {}
    for owner, path, route in all_routes(host):
        prefix = "" if route.is_rooted or owner == "core" else _prefix(owner, route)
        mounts.setdefault(prefix, []).append((path.removeprefix(prefix) or "/", route))
    for inner in mounts.values():  # devices call all day long, and routes are tried in order
        inner.sort(key=lambda entry: entry[1].kind != "device")
    return dict(sorted(mounts.items(), reverse=True))


def _prefix(owner: str, route: Route) -> str:
    return f"/api/{owner}/v1" if route.kind == "api" else f"/{owner}"


def _refusal(
    dispatcher: Dispatcher, refuse: Endpoint
) -> Callable[[RawRequest], Awaitable[Response]]:
    """An endpoint for addresses that nobody has: a page, or a problem document under /api."""
    page = dispatcher.endpoint(Route("/", refuse, PUBLIC))
    program = dispatcher.endpoint(Route("/", refuse, PUBLIC, kind="api"))

    async def answer(raw: RawRequest) -> Response:
        return await (program if raw.scope["path"].startswith("/api/") else page)(raw)

    return answer


def _wrong_method(_request: Request) -> Response:
    raise MethodNotAllowedError(
        _("Alamat itu tidak menerima permintaan semacam ini."),
        advice=_("Mulai dari halaman yang memuat formulirnya."),
    )


def _lost(_request: Request) -> Response:
    raise NotFoundError(
        _("Halaman itu tidak ada."), advice=_("Periksa alamatnya, atau mulai dari Beranda.")
    )
