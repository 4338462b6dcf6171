"""Records for programs: found page by page, filed, corrected; dossiers read, closed, reopened."""

from typing import Any

import pytest

from leuit.identity import Identity
from leuit.work import Leuit
from tests.archives.archive_room import PDF, Room, archive_room
from tests.support.client import Client

pytestmark = pytest.mark.ci

API = "/api/archives/v1"


@pytest.fixture
def room(app: Leuit) -> Room:
    """A regency with its instruments in force."""
    return archive_room(app)


def done(client: Client, who: Identity, method: str, path: str, **sent: Any) -> Any:
    """The answer of a call that succeeds."""
    with client.as_(who):
        options = {"headers": {"Sec-Fetch-Site": "same-origin"}}
        if method == "POST":
            answer = client.post(f"{API}{path}", json=sent, **options)  # type: ignore[arg-type]  # headers alone
        else:
            answer = client.get(f"{API}{path}", params=sent)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(client: Client, who: Identity, path: str, **sent: Any) -> tuple[int, str]:
    """Status and code of a POST that is refused."""
    with client.as_(who):
        answer = client.post(f"{API}{path}", json=sent, headers={"Sec-Fetch-Site": "same-origin"})
    return answer.status_code, answer.json()["code"]


def test_a_program_files_and_corrects(room: Room, client: Client) -> None:
    """What it reads has the versions that it names; the answers are those of the pages."""
    first, second = room.handed("1"), room.handed("2", secrecy="secret")
    who = room.archivist
    [line] = done(client, who, "GET", "/records", state="waiting")["items"]
    assert line["id"] == str(first.id)
    assert (line["secrecy"], line["code"], line["place"]) == ("limited", None, None)
    chosen = {"records": [{"id": line["id"], "version": line["version"]}]}
    wrong = {**chosen, "code": "111", "title": "Lain"}
    assert refused(client, who, "/records/file", **wrong) == (422, "invalid_input")
    dossier = done(client, who, "POST", "/records/file", **chosen, code="000.1.2", title="Jalan")
    assert (dossier["number"], dossier["count"], dossier["final_action"]) == (
        "000.1.2/1/2026",
        1,
        "musnah",
    )
    assert refused(client, who, "/records/file", **chosen, dossier_id=dossier["id"]) == (
        409,
        "conflict",
    )
    told = done(client, who, "GET", f"/records/{line['id']}")
    assert [one["action"] for one in told["history"]] == [
        "archives.record.taken",
        "archives.record.filed",
    ]
    path = f"/records/{line['id']}/correct"
    sent = {"version": told["record"]["version"], "title": "Surat lain", "reason": "Keliru"}
    corrected = done(client, who, "POST", path, **sent)
    assert corrected["record"]["title"] == "Surat lain"
    assert corrected["history"][-1]["details"]["reason"] == "Keliru"
    assert refused(client, who, path, **sent) == (409, "stale_edit")
    with client.as_(who):
        file = client.get(f"{API}/records/{line['id']}/files/1")
        assert file.content == PDF + b"1"
        assert client.get(f"{API}/records/{second.id}").status_code == 404
        assert client.get(f"{API}/records/{second.id}/files/1").status_code == 404


def test_a_program_reads_and_closes_dossiers(room: Room, client: Client) -> None:
    """Lists in pages by cursor; contents in the order of places; closed and opened again."""
    for key in "12":
        room.filed(room.handed(key), room.handed(f"{key}b"), title=f"Berkas {key}")
    who = room.archivist
    page = done(client, who, "GET", "/dossiers", limit=1)
    assert [one["title"] for one in page["items"]] == ["Berkas 2"]
    rest = done(client, who, "GET", "/dossiers", cursor=page["next"], text="berkas", year=2026)
    assert ([one["title"] for one in rest["items"]], rest["next"]) == (["Berkas 1"], None)
    path = f"/dossiers/{page['items'][0]['id']}"
    inside = done(client, who, "GET", f"{path}/records", limit=1)
    assert [one["place"] for one in inside["items"]] == [1]
    inside = done(client, who, "GET", f"{path}/records", cursor=inside["next"])
    assert [one["title"] for one in inside["items"]] == ["Surat 2b"]
    every = done(client, who, "GET", "/records", limit=3, state="filed", source="uji.surat")
    last = done(client, who, "GET", "/records", cursor=every["next"], state="filed", year=2026)
    assert len(every["items"]) + len(last["items"]) == 4
    day = "2026-10-05"
    assert done(client, who, "POST", f"{path}/close", version=1, on=day)["closed_on"] == day
    assert refused(client, who, f"{path}/close", version=2, on=day) == (409, "conflict")
    again = done(client, who, "POST", f"{path}/reopen", version=2, reason="Susulan")
    assert (again["closed_on"], again["version"]) == (None, 3)
    assert done(client, who, "GET", path)["version"] == 3
    with client.as_(who):
        for wrong in (
            "/records?cursor=WyJ4Il0=",
            "/dossiers?cursor=WyJ4Il0=",
            f"{path}/records?cursor=WyJ4Il0=",
            "/records?year=12",
            "/dossiers?year=-1",
            "/records?state=lost",
        ):
            assert client.get(f"{API}{wrong}").status_code == 422
