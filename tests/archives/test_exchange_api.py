"""Instruments, packages and lists for programs."""

import io
import zipfile
from typing import Any

import pytest

from leuit.identity import Identity
from leuit.work import Leuit
from tests.archives.archive_room import Room, archive_room
from tests.support.client import Client

pytestmark = pytest.mark.ci

API = "/api/archives/v1"


@pytest.fixture
def room(app: Leuit) -> Room:
    """A regency with its instruments in force."""
    return archive_room(app)


def asked(client: Client, who: Identity, path: str, **query: Any) -> Any:
    """The answer to a GET."""
    with client.as_(who):
        return client.get(f"{API}{path}", params=query)


def test_instruments_and_editions_are_told(room: Room, client: Client) -> None:
    """What holds today, and since when; what has no edition is null."""
    found = asked(client, room.archivist, "/instruments").json()["items"]
    held = {one["name"]: one["held"] and one["held"]["count"] for one in found}
    assert held["classification"] == 6
    assert held["urgency"] is None
    [edition] = asked(client, room.archivist, "/instruments/retention/editions").json()["items"]
    assert (edition["effective_from"], edition["until"], edition["count"]) == (
        "2026-01-01",
        None,
        2,
    )
    assert asked(client, room.archivist, "/instruments/lain/editions").status_code == 404


def test_rows_come_by_code_and_page_by_page(room: Room, client: Client) -> None:
    """All of an edition once; a code gives itself and what stands below it."""
    rows = f"{API}/instruments/classification/rows"
    codes, cursor = [], ""
    with client.as_(room.archivist):
        while True:
            answer = client.get(rows, params={"limit": 4, "cursor": cursor}).json()
            codes += [row["code"] for row in answer["items"]]
            cursor = answer["next"]
            if cursor is None:
                break
        assert codes == ["000", "000.1", "000.1.2", "000.1.3", "900", "900.1"]
        below = client.get(rows, params={"code": "000.1"}).json()["items"]
        assert [row["code"] for row in below] == ["000.1", "000.1.2", "000.1.3"]
        assert client.get(rows, params={"cursor": "x"}).status_code == 422
        assert client.get(f"{API}/instruments/urgency/rows").status_code == 404
        other = client.get(f"{API}/instruments/retention/editions").json()["items"][0]["id"]
        assert client.get(rows, params={"edition": other}).status_code == 404


def test_packages_and_lists_are_downloaded(room: Room, client: Client) -> None:
    """By the same rights as their pages."""
    dossier = room.filed(room.handed("1"))
    path = f"/dossiers/{dossier.id}"
    answer = asked(client, room.archivist, f"{path}/bag")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert any(name.endswith("/bagit.txt") for name in archive.namelist())
    assert asked(client, room.neighbour, f"{path}/bag").status_code == 404
    assert asked(client, room.archivist, f"{path}/list", format="pdf").content[:5] == b"%PDF-"
    assert asked(client, room.archivist, "/lists/dossiers", year=2026).content[:2] == b"PK"
    assert asked(client, room.archivist, "/lists/dossiers", year=1).status_code == 422
    assert asked(client, room.archivist, "/lists/dossiers", format="doc").status_code == 422
    assert asked(client, room.archivist, "/lists/letters/in").content[:2] == b"PK"
    assert asked(client, room.archivist, "/lists/letters/x").status_code == 404
