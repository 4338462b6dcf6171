"""The JSON routes of regulations: the same rules as the services, told to programs."""

from typing import Any
from uuid import uuid4

import pytest

from tests.core.regulations.office import BODY, KIND, Office
from tests.support.client import Client

ROOT = "/api/regulations/v1"
SENT: dict[str, Any] = {
    "kind": KIND.name,
    "title": "Tabel potongan 2026",
    "legal_basis": "Perbup 1/2026 Pasal 4",
    "confidence": "unverified",
    "effective_from": "2026-01-01",
    "body": BODY,
}


def test_an_edition_goes_its_way_by_json(office: Office, client: Client) -> None:
    """Drafting, proposing and activating by two accounts ends in the edition of the day."""
    with client.as_(office.drafter):
        answer = client.post(f"{ROOT}/editions", json=SENT)
        assert answer.status_code == 201, answer.text
        one = f"{ROOT}/editions/{answer.json()['id']}"
        changed = {**SENT, "version": 1, "title": "Judul baru"}
        del changed["kind"]
        assert client.put(one, json=changed).json()["version"] == 2
        assert client.post(f"{one}/propose", json={"version": 2}).json()["status"] == "proposed"
        assert client.post(f"{one}/activate", json={"version": 3}).status_code == 403
    with client.as_(office.activator):
        assert client.post(f"{one}/activate", json={"version": 3}).json()["status"] == "active"
        found = client.get(f"{ROOT}/in-force", params={"kind": KIND.name, "on": "2026-10-05"})
        assert found.json()["title"] == "Judul baru"
        missing = client.get(f"{ROOT}/in-force", params={"kind": KIND.name, "on": "2025-12-31"})
        assert missing.status_code == 404


def test_faults_come_with_their_paths(office: Office, client: Client) -> None:
    """A refused draft names every fault by path in one problem document."""
    wrong = {**SENT, "title": "", "body": {"windows": [{"name": "TL1", "percent": 0.5}]}}
    with client.as_(office.drafter):
        answer = client.post(f"{ROOT}/editions", json=wrong)
    assert answer.status_code == 422
    assert {fault["path"] for fault in answer.json()["errors"]} == {
        "title",
        "body.windows[0].percent",
    }


def test_warnings_come_with_the_edition_and_refuse_nothing(office: Office, client: Client) -> None:
    """Figures that the kind warns of are stored; the sentences come with the draft, in the list and
    with a revision, and go with the figures that caused them.
    """
    odd = {**SENT, "body": {**BODY, "free_days": 21}}
    with client.as_(office.drafter):
        made = client.post(f"{ROOT}/editions", json=odd)
        assert made.status_code == 201
        assert made.json()["warnings"] == ["Hari bebas <lebih> dari 20"]
        [listed] = client.get(f"{ROOT}/editions").json()["items"]
        assert listed["warnings"] == made.json()["warnings"]
        fixed = {**SENT, "version": 1}
        del fixed["kind"]
        found = client.put(f"{ROOT}/editions/{made.json()['id']}", json=fixed)
    assert found.json()["warnings"] == []


def test_a_stale_edit_is_a_conflict_that_tells(office: Office, client: Client) -> None:
    """The answer to a stale edit is 409 and names what changed."""
    with client.as_(office.drafter):
        made = client.post(f"{ROOT}/editions", json=SENT).json()
        one = f"{ROOT}/editions/{made['id']}"
        first = {**SENT, "version": 1, "legal_basis": "Pasal 5"}
        del first["kind"]
        client.put(one, json=first)
        answer = client.put(one, json={**first, "legal_basis": "Pasal 6"})
    assert (answer.status_code, answer.json()["code"]) == (409, "stale_edit")
    assert "legal_basis: Perbup 1/2026 Pasal 4 menjadi Pasal 5" in answer.json()["title"]


@pytest.mark.parametrize("who", ["stranger", "activator", "branch"])
def test_who_may_not_draft_is_refused(office: Office, client: Client, who: str) -> None:
    """Without the right for the whole regency a draft is refused with 403."""
    with client.as_(getattr(office, who)):
        assert client.post(f"{ROOT}/editions", json=SENT).status_code == 403


def test_drafts_are_not_shown_to_readers(office: Office, client: Client) -> None:
    """Who only reads neither lists nor opens what is not in force."""
    with client.as_(office.drafter):
        made = client.post(f"{ROOT}/editions", json=SENT).json()
        assert client.get(f"{ROOT}/editions").json()["total"] == 1
    with client.as_(office.branch):
        assert client.get(f"{ROOT}/editions").json()["total"] == 0
        assert client.get(f"{ROOT}/editions/{made['id']}").status_code == 404


@pytest.mark.parametrize("query", ["status=odd", "page=99999999999", "kind=x&page=-1"])
def test_odd_filters_are_an_empty_list(office: Office, client: Client, query: str) -> None:
    """Filters that match nothing give an empty list on both engines."""
    with client.as_(office.drafter):
        answer = client.get(f"{ROOT}/editions?{query}")
    assert (answer.status_code, answer.json()["items"]) == (200, [])


@pytest.mark.parametrize("query", ["kind=%00", "status=%00"])
def test_filters_that_no_engine_can_store_are_refused(
    office: Office, client: Client, query: str
) -> None:
    """A NUL in a filter is a wrong question with its reason, the same on both engines."""
    with client.as_(office.drafter):
        answer = client.get(f"{ROOT}/editions?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


def test_what_is_not_there_is_404_and_wrong_questions_422(office: Office, client: Client) -> None:
    """Unknown ids are 404; an unknown kind or a date that is none is 422 with its path."""
    with client.as_(office.drafter):
        assert client.get(f"{ROOT}/editions/{uuid4()}").status_code == 404
        step = client.post(f"{ROOT}/editions/{uuid4()}/propose", json={"version": 1})
        assert step.status_code == 404
        for query, path in (("kind=x&on=2026-01-01", "kind"), (f"kind={KIND.name}&on=x", "on")):
            answer = client.get(f"{ROOT}/in-force?{query}")
            assert answer.status_code == 422
            assert answer.json()["errors"][0]["path"] == path
