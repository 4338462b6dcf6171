"""How the catalogue answers everybody: strangers get what may be kept, others their own page."""

import hashlib
from collections.abc import Callable
from typing import Final

from leuit.web import Request, Response, public_answer

KEPT: Final = 2.0
"""Seconds for which a page is given to strangers without looking whether it is still right."""

FRESH: Final = 10
"""Seconds for which a browser, or a machine between, need not ask again."""


def answer_public(request: Request, version: str, make: Callable[[], Response]) -> Response:
    """The page of a version: kept for strangers, made each time for those who are signed in.

    What a page shows changes with the release and at midnight, too.
    """
    if request.identity.signed_in or request.notice:
        return make()
    told = f"{version}|{request.now.date()}|{release_of(request)}|{request.app.settings.region}"
    tag = hashlib.sha256(told.encode()).hexdigest()[:24]
    return public_answer(tag, request.headers.get("if-none-match", ""), make, seconds=FRESH)


def answer_found(request: Request, make: Callable[[], Response]) -> Response:
    """A page of results: its version is what it says."""
    answer = make()
    if request.identity.signed_in or request.notice or answer.status_code != 200:
        return answer
    tag = hashlib.sha256(bytes(answer.body)).hexdigest()[:24]
    return public_answer(
        tag, request.headers.get("if-none-match", ""), lambda: answer, seconds=FRESH
    )


def release_of(request: Request) -> str:
    """Versions of everything that a page is made by."""
    return ",".join(f"{plugin.name}={plugin.version}" for plugin in request.host.plugins)
