"""Pages for everybody, kept in memory for a moment: the same bytes for every stranger who asks.

Only what an endpoint itself calls public is kept, of routes that say for how long (`Route.kept`),
and only for who shows no cookie and no token. When the moment is over the endpoint is asked once
more, with the tag of what is kept: as long as it answers 304, nothing is made anew.
"""

import gzip
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

import attrs
from starlette.datastructures import Headers
from starlette.requests import Request as RawRequest
from starlette.responses import Response

MOST_BYTES = 32 * 1024 * 1024
LONGEST_QUERY = 400
_PACKED = ("text/html", "application/json")


@attrs.frozen
class KeptPage:
    """The answer of one address; `until` is a moment of the monotonic clock."""

    until: float
    tag: str
    control: str
    media_type: str
    body: bytes = attrs.field(repr=False)
    packed: bytes = attrs.field(repr=False)

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed)

    def answer(self, headers: Headers) -> Response:
        """What a reader with these headers gets: nothing new, or all of it."""
        told = {
            "Cache-Control": self.control,
            "ETag": self.tag,
            "Vary": "Accept-Encoding, Cookie, Authorization",
        }
        if self.tag in headers.get("if-none-match", ""):
            return Response(status_code=304, headers=told)
        if self.packed and "gzip" in headers.get("accept-encoding", ""):
            told["Content-Encoding"] = "gzip"
            return Response(self.packed, headers=told, media_type=self.media_type)
        return Response(self.body, headers=told, media_type=self.media_type)


class KeptPages:
    """So many bytes of them; the one that was asked for longest ago goes first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pages: OrderedDict[tuple[str, bytes], KeptPage] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    @staticmethod
    def is_for(raw: RawRequest) -> bool:
        """Whether a request is a stranger's, who gets what every stranger gets."""
        headers = raw.headers
        return (
            raw.method == "GET"
            and "cookie" not in headers
            and "authorization" not in headers
            and len(raw.scope["query_string"]) <= LONGEST_QUERY
        )

    def get(self, raw: RawRequest) -> KeptPage | None:
        """What is kept of an address, however old."""
        key = _key(raw)
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def is_fresh(self, page: KeptPage) -> bool:
        """Whether it may be given without asking."""
        return self._clock() < page.until

    def renew(self, raw: RawRequest, page: KeptPage, seconds: float) -> KeptPage:
        """The page, right for as long again."""
        return self._put(raw, attrs.evolve(page, until=self._clock() + seconds))

    def keep(self, raw: RawRequest, answer: Response, seconds: float) -> KeptPage | None:
        """Keep an answer that may be; None for any other."""
        tag = answer.headers.get("etag", "")
        control = answer.headers.get("cache-control", "")
        if answer.status_code != 200 or not tag or not control.startswith("public"):
            return None
        media_type = answer.headers.get("content-type", "")
        body = bytes(answer.body)
        packs = media_type.startswith(_PACKED) and len(body) > 1_000
        packed = gzip.compress(body, 6, mtime=0) if packs else b""
        until = self._clock() + seconds
        return self._put(raw, KeptPage(until, tag, control, media_type, body, packed))

    def _put(self, raw: RawRequest, page: KeptPage) -> KeptPage:
        with self._lock:
            before = self._pages.pop(_key(raw), None)
            self._size += page.size - (before.size if before else 0)
            self._pages[_key(raw)] = page
            while self._size > MOST_BYTES:
                _oldest, gone = self._pages.popitem(last=False)
                self._size -= gone.size
        return page


def _key(raw: RawRequest) -> tuple[str, bytes]:
    return raw.scope["path"], raw.scope["query_string"]
