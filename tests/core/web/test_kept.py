"""Pages for everybody, kept in memory: for whom, for how long, and how they are made anew."""

from collections.abc import Iterator

import attrs
import pytest

from leuit.plugins import PUBLIC, Host, Route
from leuit.web import Request, Response, json_answer, public_answer, text_answer
from leuit.web.kept import MOST_BYTES, KeptPages
from leuit.work import Leuit
from tests.support.client import Client

LONG = "kata " * 1_000


@pytest.fixture
def engine() -> str:
    """One engine: nothing here depends on the database."""
    return "sqlite"


@attrs.define
class Shelf:
    """What the endpoints give, and how often they made it or were asked."""

    version: int = 1
    made: int = 0
    asked: int = 0
    public: bool = True


@attrs.define
class Moment:
    """A monotonic clock that stands."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def shelf() -> Shelf:
    """Version 1, made never."""
    return Shelf()


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Moment:
    """The clock of what is kept."""
    made = Moment()
    monkeypatch.setattr("leuit.web.dispatch.KeptPages", lambda: KeptPages(made))
    return made


@pytest.fixture
def client(app: Leuit, host: Host, shelf: Shelf, moment: Moment) -> Iterator[Client]:
    """A site with one page that is kept for two seconds."""

    def show(request: Request) -> Response:
        shelf.asked += 1

        def make() -> Response:
            shelf.made += 1
            return text_answer(f"{shelf.version} {request.query.get('q', '')} {LONG}")

        if not shelf.public:
            return make()
        return public_answer(str(shelf.version), request.headers.get("if-none-match", ""), make)

    def fail(_request: Request) -> Response:
        shelf.asked += 1
        return json_answer({"why": LONG}, 404)

    routes = [
        Route("/kept", show, PUBLIC, kept=2.0),
        Route("/missing", fail, PUBLIC, kept=2.0),
    ]
    merged = dict(host.merged.routes)
    for route in routes:
        merged[f"GET {route.path}"] = ("core", route)
    with Client(app, attrs.evolve(host, merged=attrs.evolve(host.merged, routes=merged))) as made:
        yield made


def test_strangers_share_one_page(client: Client, shelf: Shelf) -> None:
    """Within the moment nobody asks the endpoint again; another query is another page."""
    first, second = client.get("/kept"), client.get("/kept")
    assert first.text == second.text
    assert (shelf.asked, shelf.made) == (1, 1)
    assert client.get("/kept?q=2").text.startswith("1 2 ")
    assert shelf.made == 2
    assert first.headers["X-Request-Id"] != second.headers["X-Request-Id"]


def test_after_its_moment_it_is_asked_for_and_not_made_anew(
    client: Client, shelf: Shelf, moment: Moment
) -> None:
    """The endpoint says 304, and what is kept is right again; a new version is made."""
    client.get("/kept")
    moment.now = 2.5
    assert client.get("/kept").text.startswith("1 ")
    assert (shelf.asked, shelf.made) == (2, 1)
    moment.now = 4.0
    client.get("/kept")
    assert shelf.asked == 2
    shelf.version = 2
    assert client.get("/kept").text.startswith("1 ")
    moment.now = 4.6
    assert client.get("/kept").text.startswith("2 ")
    assert shelf.made == 2


def test_who_has_it_gets_nothing_new(client: Client, shelf: Shelf) -> None:
    """304 out of memory for the tag, the whole page for another one."""
    tag = client.get("/kept").headers["etag"]
    same = client.get("/kept", headers={"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    other = client.get("/kept", headers={"If-None-Match": 'W/"x"'})
    assert other.status_code == 200
    assert shelf.made == 1


def test_a_first_reader_with_a_tag_fills_the_memory_with_the_page(
    client: Client, shelf: Shelf
) -> None:
    """His 304 is no page for the next one."""
    tag = 'W/"1"'
    assert client.get("/kept", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/kept").text.startswith("1 ")
    assert shelf.made == 1


def test_a_cookie_or_a_token_is_never_answered_from_memory(client: Client, shelf: Shelf) -> None:
    """Who may be somebody is answered by the endpoint."""
    client.get("/kept")
    client.get("/kept", headers={"Cookie": "leuit=x"})
    assert shelf.asked == 2
    assert client.get("/kept", headers={"Authorization": "Bearer x"}).status_code != 200


def test_what_the_endpoint_does_not_call_public_is_not_kept(client: Client, shelf: Shelf) -> None:
    """Nor is a refusal."""
    shelf.public = False
    client.get("/kept")
    client.get("/kept")
    assert shelf.made == 2
    for _time in range(2):
        assert client.get("/missing").status_code == 404
    assert shelf.asked == 4


def test_it_is_packed_once_for_those_who_can_read_it(client: Client) -> None:
    """Plain for one, packed for another, the same words."""
    plain = client.get("/kept", headers={"Accept-Encoding": "identity"})
    packed = client.get("/kept", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert plain.text == packed.text
    assert "Cookie" in packed.headers["vary"]


@attrs.frozen
class Raw:
    """As much of a request as tells its address."""

    scope: dict[str, object]


def test_memory_is_bounded() -> None:
    """The page that was asked for longest ago goes first."""
    pages = KeptPages(Moment())

    def kept(number: int) -> Raw:
        raw = Raw({"path": f"/{number}", "query_string": b""})
        answer = Response(
            b"x" * (MOST_BYTES // 4), headers={"ETag": "t", "Cache-Control": "public"}
        )
        assert pages.keep(raw, answer, 2.0) is not None  # type: ignore[arg-type]  # enough of one
        return raw

    raws = [kept(number) for number in range(3)]
    assert pages.get(raws[0]) is not None  # type: ignore[arg-type]  # enough of one
    raws += [kept(number) for number in (3, 4)]
    held = [pages.get(raw) is not None for raw in raws]  # type: ignore[arg-type]  # enough of one
    assert held == [True, False, True, True, True]
