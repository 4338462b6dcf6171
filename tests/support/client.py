"""A client of the application in this process: cookies, forms and JSON, as a browser sends them."""

import contextlib
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

import httpx2
from starlette.testclient import TestClient

from leuit.identity import Identity
from leuit.plugins import Host
from leuit.web import build, cookie_name, open_session
from leuit.work import Leuit


class Client(TestClient):
    """Starlette's test client that keeps redirects and can sign in without a password."""

    def __init__(self, app: Leuit, host: Host) -> None:
        super().__init__(build(app, host), follow_redirects=False, raise_server_exceptions=False)
        self.leuit = app

    def sign_in(self, identity: Identity) -> None:
        """Be that account from now on."""
        key, _ends = open_session(self.leuit, identity, own_phone=False, request_id="test")
        self.cookies.set(cookie_name(secure=False), key)

    def sign_out(self) -> None:
        """Be nobody again."""
        self.cookies.clear()

    @contextlib.contextmanager
    def as_(self, identity: Identity) -> Iterator["Client"]:
        """Be that account inside the block."""
        self.sign_in(identity)
        try:
            yield self
        finally:
            self.sign_out()

    def post_form(self, path: str, fields: dict[str, Any], **options: Any) -> httpx2.Response:
        """Send a form as the site's own page does."""
        headers = {"Sec-Fetch-Site": "same-origin", **options.pop("headers", {})}
        return self.post(path, data=fields, headers=headers, **options)

    def __enter__(self) -> Self:
        super().__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        super().__exit__(kind, error, trace)
