"""The JSON API of letters out: a program drafts, revises, sends, ends and follows letters."""

from typing import Any
from uuid import UUID

import httpx2
import pytest

from leuit.identity import Identity
from leuit.values import new_id
from leuit.work import Leuit
from tests.archives.outgoing_office import KIND, LetterOffice, letter_office
from tests.esign.letters import letter
from tests.sp2d.services import with_ports, work_off
from tests.support.client import Client

pytestmark = pytest.mark.ci
HOME = "/api/archives/v1"
SCAN = ("surat.pdf", letter("Pindaian"), "application/pdf")


@pytest.fixture
def office(app: Leuit) -> LetterOffice:
    """An office without a service that signs."""
    with_ports(app)
    return letter_office(app)


def call(client: Client, who: Identity, method: str, path: str, **options: Any) -> httpx2.Response:
    """One call with somebody's session."""
    with client.as_(who):
        headers = {"Sec-Fetch-Site": "same-origin"}
        return client.request(method, HOME + path, headers=headers, **options)


def body(office: LetterOffice, **changes: Any) -> dict[str, Any]:
    """A letter as a program sends it."""
    return {
        "key": str(new_id()),
        "unit_id": str(office.unit),
        "kind": KIND,
        "subject": "Undangan rapat",
        "body": "Kami mengundang Saudara.",
        "to": ["Kepala · UNIT-B"],
        "to_outside": ["PT Contoh"],
        "class_code": "000.1.2",
        "secrecy": "B",
        "signer": "UNIT-A",
        "parafs": ["Jabatan Sekretaris"],
        "mode": "wet",
        **changes,
    }


def test_a_program_takes_a_letter_to_its_addressees(office: LetterOffice, client: Client) -> None:
    """Drafted once, revised, sent for paraf, signed by hand, sent; each answers with the letter."""
    asked = body(office)
    made = call(client, office.writer, "POST", "/outgoing", json=asked)
    assert made.status_code == 201, made.text
    letter = made.json()
    assert made.headers["location"] == f"{HOME}/outgoing/{letter['id']}"
    again = call(client, office.writer, "POST", "/outgoing", json=asked).json()
    assert again["id"] == letter["id"]
    path = f"/outgoing/{letter['id']}"
    revised = {
        **{name: asked[name] for name in asked if name not in ("key", "unit_id", "kind")},
        "subject": "Undangan rapat kerja",
        "version": 1,
        "note": "Judul",
    }
    letter = call(client, office.writer, "PUT", path, json=revised).json()
    assert (letter["version"], letter["draft"], letter["subject"]) == (
        2,
        2,
        "Undangan rapat kerja",
    )
    stale = call(client, office.writer, "POST", f"{path}/start", json={"version": 1})
    assert stale.status_code == 409
    letter = call(client, office.writer, "POST", f"{path}/start", json={"version": 2}).json()
    assert (letter["state"], letter["number"]) == ("review", "B.000.1.2/1/UNIT-A/2026")
    work_off(office.app)
    step = letter["steps"][0]["id"]
    given = call(client, office.secretary, "POST", f"{path}/paraf", json={"step_id": step})
    letter = given.json()
    assert letter["state"] == "signing"
    letter = call(
        client,
        office.writer,
        "POST",
        f"{path}/scan",
        data={"version": str(letter["version"])},
        files={"file": SCAN},
    ).json()
    assert letter["state"] == "signed"
    told = {"version": letter["version"], "carried": "Kurir"}
    letter = call(client, office.writer, "POST", f"{path}/send", json=told).json()
    assert (letter["state"], letter["agenda"]) == ("sent", 1)
    assert [(one["part"], one["name"]) for one in letter["receivers"]] == [
        ("to", "Kepala"),
        ("to", "PT Contoh"),
    ]
    pdf = call(client, office.writer, "GET", f"{path}/pdf")
    assert pdf.content == SCAN[1]
    assert call(client, office.cast.other_head, "GET", path).json()["state"] == "sent"


def test_a_program_takes_letters_back_and_ends_them(office: LetterOffice, client: Client) -> None:
    """Sent back by the paraf, recalled, and void, each with its reason."""
    made = call(client, office.writer, "POST", "/outgoing", json=body(office)).json()
    path = f"/outgoing/{made['id']}"
    letter = call(client, office.writer, "POST", f"{path}/start", json={"version": 1}).json()
    back = {"step_id": letter["steps"][0]["id"], "back": True, "note": "Keliru"}
    letter = call(client, office.secretary, "POST", f"{path}/paraf", json=back).json()
    assert (letter["state"], letter["signing_note"]) == ("draft", "Keliru")
    letter = call(
        client, office.writer, "POST", f"{path}/start", json={"version": letter["version"]}
    ).json()
    told = {"version": letter["version"], "reason": "Salah"}
    letter = call(client, office.writer, "POST", f"{path}/recall", json=told).json()
    assert letter["signing"] == "recalled"
    told = {"version": letter["version"], "reason": "Batal"}
    assert call(client, office.writer, "POST", f"{path}/void", json=told).json()["state"] == "void"


def test_faults_are_told_by_field(office: LetterOffice, client: Client) -> None:
    """Posts that are not there, a code that is not in the classification; who may not is told."""
    wrong = body(office, to=["Tidak ada"], parafs=["x"], class_code="999")
    refused = call(client, office.writer, "POST", "/outgoing", json=wrong)
    assert refused.status_code == 422
    assert {"to", "parafs"} <= {fault["path"] for fault in refused.json()["errors"]}
    stranger = call(client, office.cast.other_head, "POST", "/outgoing", json=body(office))
    assert stranger.status_code == 403
    hidden = call(client, office.cast.other_head, "GET", f"/outgoing/{office.drafted()}")
    assert hidden.status_code == 404


def test_the_list_goes_on_with_a_cursor(office: LetterOffice, client: Client) -> None:
    """The newest first, none twice and none left out; a cursor of nobody is refused."""
    made = [str(office.drafted()) for _letter in range(3)]
    found: list[str] = []
    cursor = ""
    while True:
        query = f"?limit=2&show=open&cursor={cursor}"
        page = call(client, office.writer, "GET", f"/outgoing{query}").json()
        found += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert sorted(found) == sorted(made)
    assert len(found) == 3
    for wrong in ("?cursor=x", "?show=lain", "?limit=0"):
        assert call(client, office.writer, "GET", f"/outgoing{wrong}").status_code == 422


def test_numbers_are_set_aside_and_accounted_for(office: LetterOffice, client: Client) -> None:
    """Reserved once by its key, one entered with a scan, one cancelled."""
    asked = {
        "key": str(new_id()),
        "unit_id": str(office.unit),
        "kind": KIND,
        "count": 2,
        "reason": "Listrik padam",
    }
    block = call(client, office.registrar, "POST", "/number-blocks", json=asked).json()
    again = call(client, office.registrar, "POST", "/number-blocks", json=asked).json()
    assert block == again
    assert (block["first"], block["last"]) == (1, 2)
    first, second = (one["id"] for one in block["numbers"])
    entered = call(
        client,
        office.registrar,
        "POST",
        f"/number-blocks/numbers/{first}/enter",
        data={"dated": "05/10/2026", "subject": "Surat kertas", "secrecy": "R"},
        files={"file": SCAN},
    )
    assert entered.status_code == 200, entered.text
    letter = office.letter(UUID(entered.json()["numbers"][0]["letter_id"]))
    assert (letter.secrecy, letter.secrecy_code) == (3, "R")
    told = {"reason": "Tidak dipakai"}
    path = f"/number-blocks/numbers/{second}/cancel"
    block = call(client, office.registrar, "POST", path, json=told).json()
    assert [one["state"] for one in block["numbers"]] == ["used", "cancelled"]
    listed = call(client, office.registrar, "GET", "/number-blocks").json()
    assert (listed["total"], listed["items"][0]["numbers"]) == (1, [])
    shown = call(client, office.registrar, "GET", f"/number-blocks/{block['id']}").json()
    assert shown == block
    assert call(client, office.writer, "GET", f"/number-blocks/{block['id']}").status_code == 403
