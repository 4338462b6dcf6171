"""From request to answer: who may, what is refused, and how it is told to people and programs."""

import datetime as dt
import gzip
import json
from collections.abc import Iterator

import attrs
import pytest

from leuit.builtin.core import create_token, first_administrator, revoke_tokens
from leuit.builtin.inbox import TopTasks
from leuit.identity import Identity
from leuit.plugins import PUBLIC, SIGNED_IN, Host, Route
from leuit.settings import Settings
from leuit.testing import cast
from leuit.values import ConflictError, ManualClock, UnavailableError
from leuit.web import (
    Field,
    Form,
    FormPage,
    Request,
    Response,
    Upload,
    describe,
    file_answer,
    json_answer,
    page,
    redirect,
    text_answer,
)
from leuit.web.reading import Budget
from leuit.work import Leuit
from tests.support.client import Client

SECRET = "rahasia-jangan-bocor"


@attrs.frozen
class Order:
    """A body of the example API."""

    number: int
    items: list[str]


@attrs.frozen
class Parcel:
    """A body with a file."""

    label: str
    file: Upload
    number: int = 0


def boom(_request: Request) -> Response:
    raise RuntimeError(SECRET)


def busy(_request: Request) -> Response:
    raise UnavailableError("Sedang penuh.", retry_after=7)


def conflict(_request: Request) -> Response:
    raise ConflictError("Sudah ada.", advice="Lihat daftarnya.")


def order(request: Request) -> Response:
    return json_answer(request.decode(Order))


def parcel(request: Request) -> Response:
    sent = request.decode_form(Parcel)
    return json_answer({"label": sent.label, "bytes": len(sent.file.data), "number": sent.number})


def told(request: Request) -> Response:
    return redirect("/told", "Sudah dicatat.") if request.method == "POST" else _home(request)


def _home(request: Request) -> Response:
    return page(request, "home.html", greeting="Halo", cards=[], tasks=TopTasks([], {}, []))


ROUTES = {
    "GET /boom": Route("/boom", boom, PUBLIC),
    "GET /busy": Route("/busy", busy, PUBLIC),
    "GET /conflict": Route("/conflict", conflict, PUBLIC),
    "GET /told": Route("/told", told, PUBLIC),
    "POST /told": Route("/told", told, PUBLIC, methods=("POST",), max_body=1024),
    "GET /mine": Route("/mine", lambda _request: text_answer("mine"), SIGNED_IN),
    "GET /secret": Route("/secret", lambda _request: text_answer("s"), "core.health.read"),
    "POST /api/order": Route("/api/order", order, PUBLIC, methods=("POST",), kind="api"),
    "POST /api/parcel": Route(
        "/api/parcel", parcel, PUBLIC, methods=("POST",), kind="api", name="parcel", body=Parcel
    ),
    "GET /api/file": Route(
        "/api/file",
        lambda _request: file_answer(b"1", "a.csv", "text/csv"),
        PUBLIC,
        kind="api",
        answer=bytes,
        media_type="text/csv",
    ),
    "GET /api/boom": Route("/api/boom", boom, PUBLIC, kind="api"),
    "GET /api/mine": Route("/api/mine", lambda _request: json_answer({}), SIGNED_IN, kind="api"),
    "GET /iclock/boom": Route("/iclock/boom", boom, "device", kind="device"),
}


@pytest.fixture
def more(host: Host) -> Host:
    """The installed plugins, and the routes of this test as the core's."""
    routes = {**host.merged.routes, **{key: ("core", route) for key, route in ROUTES.items()}}
    return attrs.evolve(host, merged=attrs.evolve(host.merged, routes=routes))


@pytest.fixture
def client(app: Leuit, more: Host) -> Iterator[Client]:
    """A client of all of them."""
    with Client(app, more) as opened:
        yield opened


@pytest.fixture
def engine() -> str:
    """One engine: nothing here depends on the database."""
    return "sqlite"


def test_a_fault_of_ours_shows_a_code_and_no_detail(client: Client) -> None:
    """A traceback never reaches anybody: people get a code to name, programs a problem."""
    answer = client.get("/boom")
    assert answer.status_code == 500
    assert SECRET not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["X-Request-Id"] in answer.text
    problem = client.get("/api/boom").json()
    assert problem["code"] == "internal"
    assert SECRET not in json.dumps(problem)
    assert client.get("/iclock/boom").text == "ERROR: internal\n"


def test_errors_keep_their_status_and_advice(client: Client) -> None:
    """409 with what to do, 503 with when to come again, 404 with where to begin."""
    assert "Lihat daftarnya." in client.get("/conflict").text
    assert client.get("/busy").headers["Retry-After"] == "7"
    lost = client.get("/nowhere/at/all")
    assert lost.status_code == 404
    assert "Periksa alamatnya" in lost.text


def test_strangers_are_sent_to_sign_in_and_programs_are_told(client: Client) -> None:
    """A page without a session leads to the sign-in and back; an API answers 401."""
    assert client.get("/mine").headers["location"] == "/sign-in?next=/mine"
    answer = client.get("/api/mine")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not_signed_in"


def test_a_permission_that_is_not_held_is_refused_by_name(app: Leuit, client: Client) -> None:
    """403 names what one may not do; the administrator may."""
    people = cast(app)
    with client.as_(people.member):
        refused = client.get("/secret")
        assert refused.status_code == 403
        assert "Melihat keadaan sistem" in refused.text
    with client.as_(people.administrator):
        assert client.get("/secret").status_code == 200


@pytest.mark.parametrize(
    "headers,status",
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "http://testserver"}, 303),
        ({}, 303),
    ],
)
def test_other_sites_cannot_post(client: Client, headers: dict[str, str], status: int) -> None:
    """Fetch Metadata refuses a change that another site started; old browsers send Origin."""
    assert client.post("/told", headers=headers).status_code == status


def test_a_notice_is_shown_once_and_cannot_be_forged(client: Client) -> None:
    """What a redirect says stands on the next page only, and only if we signed it."""
    client.post_form("/told", {})
    assert "Sudah dicatat." in client.get("/told").text
    assert "Sudah dicatat." not in client.get("/told").text
    client.cookies.set("leuit-notice", "eyJraW5kIjoiIiwidGV4dCI6IlBhbHN1In0=.0123")
    assert "Palsu" not in client.get("/told").text


def test_bodies_are_limited(client: Client) -> None:
    """More than the route's limit is 413, told before it is read."""
    answer = client.post_form("/told", {"text": "x" * 2000})
    assert answer.status_code == 413
    assert "1 kB" in answer.text


def test_json_faults_come_all_at_once_with_their_paths(client: Client) -> None:
    """Wrong types, missing members and unknown ones are each named by their path."""
    answer = client.post("/api/order", json={"number": "x", "extra": 1})
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["code"] == "invalid_input"
    told = json.dumps(problem["errors"])
    assert "number" in told
    assert "items" in told
    assert "extra" in told
    assert client.post("/api/order", content=b"{").json()["code"] == "invalid_input"
    assert client.post("/api/order", content=b"[" * 100_000).status_code == 422


def test_a_form_with_a_file_is_read_as_strictly_as_json(client: Client) -> None:
    """Values arrive in their types; a text in place of the file and unknown names are told."""
    file = {"file": ("a.txt", b"123")}
    answer = client.post("/api/parcel", data={"label": "A", "number": "7"}, files=file)
    assert answer.json() == {"label": "A", "bytes": 3, "number": 7}
    for fields, files, faults in (
        ({"number": "x", "extra": "1"}, file, {"label", "number", "extra"}),
        ({"label": "A", "file": "a.txt"}, None, {"file"}),
        ({"label": "A"}, None, {"file"}),
    ):
        problem = client.post("/api/parcel", data=fields, files=files).json()
        assert problem["code"] == "invalid_input"
        assert {fault["path"] for fault in problem["errors"]} == faults
    assert client.post("/api/parcel", json={"label": "A", "file": "x"}).status_code == 422


def test_files_are_described(more: Host) -> None:
    """A body with an upload is described as a form, an answer of bytes by its media type."""
    paths = describe(more, "Leuit", "0")["paths"]
    content = paths["/api/parcel"]["post"]["requestBody"]["content"]
    file = {"type": "string", "format": "binary"}
    assert content == {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {
                    "label": {"type": "string"},
                    "file": file,
                    "number": {"type": "integer"},
                },
                "required": ["label", "file"],
                "additionalProperties": False,
            }
        }
    }
    answer = paths["/api/file"]["get"]["responses"]["2XX"]["content"]
    assert answer == {"text/csv": {"schema": file}}


def test_every_answer_carries_the_shields(client: Client) -> None:
    """The content policy forbids inline code and frames on every answer, errors included."""
    for path in ("/told", "/boom", "/nowhere", "/api/mine"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_pages_are_packed_and_static_files_kept_for_ever(client: Client) -> None:
    """HTML travels compressed; a static file's address changes with its content."""
    answer = client.get("/told")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == "no-store"
    address = next(part for part in answer.text.split('"') if part.endswith("leuit.css"))
    style = client.get(address)
    assert "immutable" in style.headers["Cache-Control"]
    assert len(gzip.compress(style.content)) < 12 * 1024
    assert client.get("/static/0/../secret.key").status_code == 404
    assert client.get("/static/0/%2e%2e/%2e%2e/settings.py").status_code == 404


def test_a_session_ends_by_time_and_by_sign_out(
    app: Leuit, client: Client, clock: ManualClock
) -> None:
    """After twelve hours, or after signing out, the cookie opens nothing."""
    people = cast(app)
    client.sign_in(people.member)
    assert client.get("/mine").status_code == 200
    clock.advance(dt.timedelta(hours=12, seconds=1))
    assert client.get("/mine").status_code == 303
    client.sign_in(people.member)
    kept = dict(client.cookies)
    assert client.post_form("/sign-out", {}).status_code == 303
    client.cookies.update(kept)
    assert client.get("/mine").status_code == 303


def test_guessing_is_slowed_down_for_known_and_unknown_logins(
    app: Leuit, client: Client, clock: ManualClock
) -> None:
    """After five failures a login waits, whether it exists or not, and both read the same."""
    password = first_administrator(app, "admin")
    for login in ("admin", "nobody"):
        bodies = set()
        for _attempt in range(5):
            answer = client.post_form("/sign-in", {"login": login, "password": "salah"})
            assert answer.status_code == 422
            bodies.add("tidak cocok" in answer.text)
        assert bodies == {True}
        waiting = client.post_form("/sign-in", {"login": login, "password": str(password)})
        assert waiting.status_code == 429
        assert int(waiting.headers["Retry-After"]) <= 30
    clock.advance(dt.timedelta(seconds=31))
    done = client.post_form("/sign-in", {"login": "admin", "password": str(password)})
    assert done.status_code == 303


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil", "/a\nb"])
def test_sign_in_leads_nowhere_else(app: Leuit, client: Client, target: str) -> None:
    """`next` leads to a path of this site only."""
    password = first_administrator(app, "admin")
    fields = {"login": "admin", "password": password, "next": target}
    assert client.post_form("/sign-in", fields).headers["location"] == "/"


def test_a_revoked_token_is_refused_at_once(app: Leuit, client: Client) -> None:
    """A token works until it is revoked, narrowed to what it was made for."""
    first_administrator(app, "admin")
    key = create_token(app, "admin", "skrip", 1, ("core.job.read",))
    headers = {"Authorization": f"Bearer {key}"}
    assert client.get("/api/mine", headers=headers).status_code == 200
    assert client.get("/secret", headers=headers).status_code == 403
    revoke_tokens(app, "admin", "skrip")
    assert client.get("/api/mine", headers=headers).status_code == 401


def test_a_badge_shows_two_initials() -> None:
    """The badge of a name is its first and last initial, a question mark where there is none."""
    assert Identity("person", "Rd. Asep Sunandar").initials == "RS"
    assert Identity("person", "").initials == "?"


def test_each_operation_has_a_name_of_its_own(host: Host) -> None:
    """Two operations of one name make a description that no generator of clients takes."""
    paths = describe(host, "Leuit", "0")["paths"]
    names = [each["operationId"] for methods in paths.values() for each in methods.values()]
    assert len(names) == len(set(names)) > 10


def test_a_field_tells_what_is_too_long() -> None:
    """A text longer than its column is refused at its field, with what was typed kept."""
    form = FormPage(title="", fields=[Field("name", "Nama", most=3)], submit="")
    form.read(Form((("name", "abcd"),)), {})
    assert form.errors == {"name": "Paling banyak 3 huruf."}
    assert form.values == {"name": "abcd"}


def test_bodies_together_have_a_bound() -> None:
    """More bytes than the process may hold are refused until others are gone."""
    budget = Budget(100)
    with budget.account() as first:
        first.take(60)
        with budget.account() as second:
            second.take(40)
            with pytest.raises(UnavailableError) as caught:
                second.take(1)
            assert caught.value.retry_after == 5
        assert budget.held == 60
        with budget.account() as third:
            third.take(40)
    assert budget.held == 0


def test_a_crowd_of_bodies_is_told_to_come_again(settings: Settings, host: Host) -> None:
    """503 with Retry-After for a body that no longer fits, and the page works afterwards."""
    small = attrs.evolve(settings, server=attrs.evolve(settings.server, body_megabytes=1))
    app = Leuit(small, host.vocabulary)
    try:
        with Client(app, host) as client:
            big = {"file": ("a.pdf", b"x" * 2_000_000)}
            answer = client.post(
                "/verifikasi", files=big, headers={"Sec-Fetch-Site": "same-origin"}
            )
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
            assert client.get("/verifikasi").status_code == 200
    finally:
        app.close()
