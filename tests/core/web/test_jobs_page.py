"""The page of jobs: fifty at a time, the newest first."""

import re

import pytest

from leuit.identity import SYSTEM
from leuit.testing import cast
from leuit.work import Leuit, Listener
from tests.support.client import Client


@pytest.fixture
def engine() -> str:
    """One engine: the list itself is tested on both elsewhere."""
    return "sqlite"


def test_older_jobs_follow_page_by_page(app: Leuit, client: Client) -> None:
    """Fifty jobs a page, none missing and none twice, and a way back to the newest."""
    with app.change(SYSTEM) as work:
        for _number in range(60):
            work.enqueue("core.jobs.purge", {})
    with client.as_(cast(app).administrator):
        first = client.get("/jobs?status=waiting").text
        older = re.search(r'href="(/jobs\?status=waiting&amp;before=[^"]+)"', first)
        assert older is not None
        assert "Terbaru" not in first
        second = client.get(older[1].replace("&amp;", "&")).text
        assert client.get("/jobs?before=x").status_code == 404
    shown = [re.findall(r'action="/jobs/([^"]+)"', text) for text in (first, second)]
    assert [len(page) for page in shown] == [50, 10]
    assert len({*shown[0], *shown[1]}) == 60
    assert "Terbaru" in second
    assert "Lebih lama" not in second


def test_jobs_of_listeners_have_titles(app: Leuit) -> None:
    """What an operator reads of a listener's job is a title, not a name for programs."""
    listeners: list[Listener] = [
        listener for each in app.vocabulary.listeners.values() for listener in each
    ]
    assert listeners
    for listener in listeners:
        assert app.vocabulary.kinds[listener.kind].title == listener.title != ""
