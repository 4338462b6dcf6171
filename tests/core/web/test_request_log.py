"""What a server writes of each request: one JSON line that an answer can be found by."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from leuit.cli.logs import configure_logs
from leuit.testing import cast
from leuit.work import Leuit
from tests.support.client import Client

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def engine() -> str:
    """One engine: nothing here depends on the database."""
    return "sqlite"


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Lines:
    """The lines that were written since the last look, with logs as `leuit serve` sets them."""
    configure_logs()
    return lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_request_is_one_line(client: Client, lines: Lines) -> None:
    """Instant, method, path, status, duration, and the id that the answer bears; no query."""
    answer = client.get("/healthz?kata=rahasia")
    (line,) = lines()
    assert set(line) == {
        *("event", "level", "timestamp", "method", "path", "status", "ms", "request_id")
    }
    assert (line["event"], line["level"]) == ("request", "info")
    assert (line["method"], line["path"], line["status"]) == ("GET", "/healthz", 200)
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert line["ms"] >= 0
    assert dt.datetime.fromisoformat(line["timestamp"]).tzinfo is not None


def test_a_refused_request_is_found_by_the_id_it_was_told(client: Client, lines: Lines) -> None:
    """A problem names the id of its line; what a form held is not written."""
    problem = client.get("/api/attendance/v1/absences").json()
    client.post_form("/sign-in", {"login": "siapa", "password": "kata-rahasia"})
    api, form = lines()
    assert (api["path"], api["status"]) == ("/api/attendance/v1/absences", 401)
    assert api["request_id"] == problem["instance"]
    assert (form["method"], form["path"], form["status"]) == ("POST", "/sign-in", 422)
    assert "kata-rahasia" not in json.dumps(form)
    assert form["request_id"] != api["request_id"]


def test_a_failure_is_written_with_its_reason(
    app: Leuit, client: Client, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The traceback stands in one line of the same id, and nothing of it in the answer."""
    client.sign_in(cast(app).administrator)

    def broken(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("kabel putus")

    monkeypatch.setattr(Leuit, "read", broken)
    answer = client.get("/api/attendance/v1/devices")
    failed, line = lines()
    assert (failed["event"], failed["level"]) == ("failed", "error")
    assert "RuntimeError: kabel putus" in failed["exception"]
    assert (line["status"], answer.status_code) == (500, 500)
    assert failed["request_id"] == line["request_id"] == answer.json()["instance"]
    assert "kabel putus" not in answer.text
