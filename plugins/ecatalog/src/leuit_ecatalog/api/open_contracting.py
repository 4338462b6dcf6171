"""Awarded orders as open contracting data (OCDS 1.1), for everybody."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

import attrs
import msgspec

from leuit.values import FieldError, InvalidInputError, _
from leuit.web import RateLimit, Request, Response, json_answer, wrong_cursor
from leuit_ecatalog.answering import answer_found
from leuit_ecatalog.rules.open_contracting import record_package, release_package, with_next
from leuit_ecatalog.service.open_releases import (
    knows_cursor,
    publisher_of,
    releases,
    releases_of,
)

ASKED = RateLimit(600, dt.timedelta(minutes=5))
"""Packages of one network: enough to read a year of orders at once."""

MOST = 100
ROOT = "/api/ecatalog/v1/open"


@attrs.frozen
class ReleasesQuery:
    """Releases from the instant `since` on (RFC 3339, with a zone), or behind `cursor`."""

    since: Annotated[str, msgspec.Meta(max_length=40)] = ""
    cursor: Annotated[str, msgspec.Meta(max_length=60)] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=MOST)] = MOST


@attrs.frozen
class PublisherAnswer:
    """Who publishes."""

    name: str


@attrs.frozen
class ReleasePackage:
    """An OCDS release package."""

    uri: str
    version: str
    extensions: list[str]
    publishedDate: str  # noqa: N815 -- keys are those of the standard
    publisher: PublisherAnswer
    releases: list[dict[str, Any]]


@attrs.frozen
class ReleasePage(ReleasePackage):
    """An OCDS release package of many. `links.next` goes on behind the last release, also while
    none follows: whoever keeps it reads on from there another day.
    """

    links: dict[str, str]


@attrs.frozen
class RecordPackage:
    """An OCDS record package: all releases of an order, and the order as it stands."""

    uri: str
    version: str
    extensions: list[str]
    publishedDate: str  # noqa: N815 -- as above
    publisher: PublisherAnswer
    records: list[dict[str, Any]]


def list_releases(request: Request) -> Response:
    """Releases of all orders in the order in which they were published."""
    ASKED.count(request)
    query = request.decode_query(ReleasesQuery)
    if query.cursor and not knows_cursor(query.cursor):
        raise wrong_cursor()
    since = _instant(query.since)
    with request.read() as view:
        page = releases(view, since, query.cursor, query.limit)
        publisher = publisher_of(view.app)
        now = view.now
    path = f"{ROOT}/releases?limit={query.limit}"
    asked = urlencode({"cursor": query.cursor} if query.cursor else {"since": query.since})
    here = _uri(request, f"{path}&{asked}")
    following = _uri(request, f"{path}&cursor={page.cursor}") if page.cursor else here
    package = release_package(page.releases, publisher, here, _published(page.releases, now))
    return answer_found(request, lambda: json_answer(with_next(package, following)))


def show_releases(request: Request) -> Response:
    """The releases of one order."""
    ASKED.count(request)
    number = str(request.params["number"])
    with request.read() as view:
        found = releases_of(view, number)
        publisher = publisher_of(view.app)
        now = view.now
    uri = _uri(request, f"{ROOT}/orders/{number}/releases")
    package = release_package(found, publisher, uri, _published(found, now))
    return answer_found(request, lambda: json_answer(package))


def show_record(request: Request) -> Response:
    """One order as a record: its releases, and what they come to."""
    ASKED.count(request)
    number = str(request.params["number"])
    with request.read() as view:
        found = releases_of(view, number)
        publisher = publisher_of(view.app)
        now = view.now
    uri = _uri(request, f"{ROOT}/orders/{number}/record")
    package = record_package([found], publisher, uri, _published(found, now))
    return answer_found(request, lambda: json_answer(package))


def _instant(text: str) -> dt.datetime | None:
    if not text:
        return None
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        sentence = _("Tulis waktu dengan zona, misalnya 2026-11-24T09:00:00+07:00.")
        raise InvalidInputError(sentence, fields=[FieldError("since", sentence, "instant")])
    return found


def _published(found: Sequence[dict[str, Any]], now: dt.datetime) -> dt.datetime:
    """The day of the last release in a package, so that the same one is the same bytes."""
    return dt.datetime.fromisoformat(found[-1]["date"]) if found else now


def _uri(request: Request, path: str) -> str:
    server = request.app.settings.server
    root = server.public_url or f"http://{server.host}:{server.port}"
    return f"{root.rstrip('/')}{path}"
