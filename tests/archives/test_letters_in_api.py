"""The JSON API of letters in: a program brings, registers, passes on, instructs and reports."""

from typing import Any

import attrs
import httpx2
import pytest
from sqlalchemy import func, select

from leuit.identity import SYSTEM
from leuit.values import new_id
from leuit.work import AuditEntry, Leuit
from leuit_archives.models import BroughtFile, Disposition, Letter
from leuit_archives.service.letter_tiles_out import ALL_TILES
from tests.archives import office_files
from tests.archives.letter_office import TODAY, LetterOffice, letter_office
from tests.archives.letter_pdf import NUMBER, SUBJECT, letter_pdf
from tests.support.client import Client

pytestmark = pytest.mark.ci
HOME = "/api/archives/v1/letters"
PDF = "application/pdf"


@pytest.fixture
def office(app: Leuit) -> LetterOffice:
    """The office, nothing registered yet."""
    return letter_office(app)


@attrs.frozen
class Desk:
    """Calls as somebody, by label."""

    client: Client
    office: LetterOffice

    def call(self, who: str, method: str, path: str = "", **options: Any) -> httpx2.Response:
        """One call with somebody's session."""
        with self.client.as_(self.office.who[who]):
            headers = {"Sec-Fetch-Site": "same-origin"}
            return self.client.request(method, HOME + path, headers=headers, **options)

    def done(self, who: str, method: str, path: str = "", **options: Any) -> Any:
        """The answer of a call that succeeds."""
        answer = self.call(who, method, path, **options)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    def bring(
        self, data: bytes, name: str = "surat.pdf", who: str = "registrar"
    ) -> httpx2.Response:
        """Bring a file for the agenda of DIN."""
        fields = {"unit_id": str(self.office.units["DIN"])}
        return self.call(who, "POST", "/files", data=fields, files={"file": (name, data, PDF)})

    def body(self, **changes: Any) -> dict[str, Any]:
        """A letter as a program registers it."""
        return {
            "key": str(new_id()),
            "unit_id": str(self.office.units["DIN"]),
            "sender": "Dinas Kesehatan",
            "subject": SUBJECT,
            "received_on": TODAY.isoformat(),
            "secrecy": "B",
            "to": ["Kepala Dinas · DIN"],
            **changes,
        }

    def came(self, **changes: Any) -> dict[str, Any]:
        """A letter that was registered and passed on."""
        found: dict[str, Any] = self.done("registrar", "POST", json=self.body(send=True, **changes))
        return found

    def instructed(self, letter: dict[str, Any], *to: str) -> dict[str, Any]:
        """With a disposition by the head."""
        body = {
            "key": str(new_id()),
            "receivers": [str(self.office.posts[one]) for one in to],
            "instructions": ["koordinasi"],
        }
        path = f"/addressees/{letter['addressees'][0]['id']}/instruct"
        found: dict[str, Any] = self.done("kadis", "POST", path, json=body)
        return found

    def count(self, table: Any) -> int:
        """How many rows there are."""
        with self.office.app.read(SYSTEM) as view:
            return int(view.session.scalar(select(func.count()).select_from(table)) or 0)


@pytest.fixture
def desk(client: Client, office: LetterOffice) -> Desk:
    """Everybody's program."""
    return Desk(client, office)


def test_a_program_takes_a_letter_from_its_file_to_the_last_report(desk: Desk) -> None:
    """Proposals with their lines, one registration a key, instructed, handed on, reported, done."""
    made = desk.bring(letter_pdf())
    assert made.status_code == 201, made.text
    brought = made.json()
    assert made.headers["location"] == f"{HOME}/files/{brought['id']}"
    assert brought["proposals"]["number"]["value"] == NUMBER
    assert NUMBER in brought["proposals"]["number"]["line"]
    assert desk.done("registrar", "GET", f"/files/{brought['id']}") == brought
    asked = desk.body(file_id=brought["id"], number=NUMBER, copies=["SIB"])
    letter = desk.done("registrar", "POST", json=asked)
    assert desk.done("registrar", "POST", json=asked) == letter
    assert (letter["state"], letter["agenda"], desk.count(BroughtFile)) == ("registered", 1, 0)
    path = f"/{letter['id']}"
    extra = {"file": ("lampiran.pdf", letter_pdf() + b"%", PDF)}
    letter = desk.done("registrar", "POST", f"{path}/files", files=extra)
    assert [one["place"] for one in letter["files"]] == [1, 2]
    letter = desk.done("registrar", "POST", f"{path}/send", json={"version": letter["version"]})
    assert (letter["state"], [one["part"] for one in letter["addressees"]]) == (
        "sent",
        ["to", "copy"],
    )
    [turn] = desk.done("kadis", "GET", f"{path}/turns")["items"]
    assert (turn["kind"], turn["open"]) == ("addressee", True)
    offered = {one["title"]: one["id"] for one in turn["receivers"]}
    given = {
        "key": str(new_id()),
        "receivers": [offered["Kepala Bidang"]],
        "instructions": [turn["instructions"][0]["code"]],
        "due": TODAY.isoformat(),
    }
    for _twice in range(2):
        letter = desk.done("kadis", "POST", f"/addressees/{turn['row_id']}/instruct", json=given)
    [sheet] = letter["dispositions"]
    assert (sheet["addressee_id"], desk.count(Disposition)) == (turn["row_id"], 1)
    seen = desk.done("kabid", "GET", path)
    [got] = seen["dispositions"][0]["receivers"]
    assert got["state"] == "read"
    on = {**given, "key": str(new_id()), "version": got["version"]}
    on["receivers"] = [str(desk.office.posts["analis"])]
    letter = desk.done("kabid", "POST", f"/dispositions/{got['id']}/hand-on", json=on)
    below = next(one for one in letter["dispositions"] if one["from_id"] == got["id"])
    [last] = below["receivers"]
    row = f"/dispositions/{last['id']}"
    fields = {"version": str(last["version"]), "report": "Sedang disiapkan."}
    files = {"file": ("laporan.pdf", letter_pdf(), PDF)}
    desk.done("analis", "POST", f"{row}/report-file", data=fields, files=files)
    got_file = desk.call("kadis", "GET", f"{row}/report-file")
    assert got_file.content == letter_pdf()
    ended = {"version": last["version"] + 1, "report": "Sudah.", "done": True}
    for _twice in range(2):
        letter = desk.done("analis", "POST", f"{row}/report", json=ended)
    rows = [one for sheet in letter["dispositions"] for one in sheet["receivers"]]
    assert {one["state"] for one in rows} == {"acted", "done"}
    assert desk.call("analis", "GET", f"{path}/disposition.pdf").content.startswith(b"%PDF")
    assert desk.call("sibling", "GET", f"{path}/files/1").content == letter_pdf()


def test_faults_are_told_by_field(desk: Desk) -> None:
    """Each fault stands at its field; a number and date that are known are told once more."""
    wrong = desk.body(to=["Tidak ada"], secrecy="X", received_on="2099-01-01", subject="")
    refused = desk.call("registrar", "POST", json=wrong)
    assert refused.status_code == 422
    paths = {fault["path"] for fault in refused.json()["errors"]}
    assert paths >= {"to", "secrecy", "received_on", "subject"}
    first = desk.came(number="12/X", dated=TODAY.isoformat())
    twin = desk.body(number="12/X", dated=TODAY.isoformat())
    known = desk.call("registrar", "POST", json=twin)
    assert (known.status_code, known.json()["code"]) == (409, "letter_known")
    assert desk.done("registrar", "POST", json=twin | {"again": True})["id"] != first["id"]
    mended = {name: twin[name] for name in twin if name not in ("key", "unit_id")}
    path = f"/{first['id']}"
    for body, status in (
        ({"version": 1}, 409),
        ({"version": first["version"]}, 422),
        ({"version": first["version"], "reason": "Salah ketik", "subject": "Lain"}, 200),
    ):
        assert desk.call("registrar", "PUT", path, json=mended | body).status_code == status
    assert desk.done("registrar", "GET", path)["subject"] == "Lain"


def test_a_file_is_hostile_until_it_was_read(desk: Desk) -> None:
    """What pages refuse is refused here too, and another's file or unit is no key to anything."""
    for data, name in (
        (office_files.locked(), "surat.docx"),
        (b"MZ\x90\x00", "surat.pdf"),
        (b"", "surat.pdf"),
    ):
        refused = desk.bring(data, name)
        assert refused.status_code == 422, name
    assert desk.bring(letter_pdf(), who="kabid").status_code == 403
    brought = desk.bring(letter_pdf()).json()["id"]
    assert desk.call("clerk", "GET", f"/files/{brought}").status_code == 404
    taken = desk.call("clerk", "POST", json=desk.body(file_id=brought))
    assert taken.status_code == 404
    assert (desk.count(Letter), desk.count(BroughtFile)) == (0, 1)


def test_who_may_not_read_gets_nothing(desk: Desk) -> None:
    """A letter of others is not there, its files, sheet and turns neither; nobody acts for them.

    That somebody reads a secret one is written to the log of accesses, once an answer.
    """
    letter = desk.came(secrecy="R")
    part = letter["addressees"][0]["id"]
    letter = desk.instructed(letter, "arsiparis")
    got = letter["dispositions"][0]["receivers"][0]["id"]
    path = f"/{letter['id']}"
    body = {"key": str(new_id()), "receivers": [str(desk.office.posts["kasi"])]}
    for who in ("clerk", "bupati", "kabid", "sibling"):
        for way in ("", "/files/1", "/turns", "/disposition.pdf"):
            assert desk.call(who, "GET", path + way).status_code == 404, (who, way)
        assert desk.done(who, "GET")["items"] == []
        for act, sent in (
            (f"/addressees/{part}/instruct", body),
            (f"/addressees/{part}/settle", {}),
            (f"/dispositions/{got}/hand-on", {**body, "version": 1}),
            (f"/dispositions/{got}/report", {"version": 1, "report": "x"}),
        ):
            assert desk.call(who, "POST", act, json=sent).status_code == 404, (who, act)
        assert desk.call(who, "POST", f"/dispositions/{got}/recall").status_code == 404
    noted = select(AuditEntry).where(AuditEntry.action == "core.personal_data.read")
    with desk.office.app.read(SYSTEM) as view:
        before = len(view.session.scalars(noted).all())
    desk.done("arsiparis", "GET", path)
    with desk.office.app.read(SYSTEM) as view:
        assert len(view.session.scalars(noted).all()) == before + 1


def test_a_disposition_is_taken_back_until_it_is_read(desk: Desk) -> None:
    """Reading it by program counts as reading it."""
    letter = desk.instructed(desk.came(), "kabid", "sekretaris")
    rows = {one["title"]: one for one in letter["dispositions"][0]["receivers"]}
    first, second = (next(r for t, r in rows.items() if t.startswith(w)) for w in ("Sek", "Kepala"))
    for _twice in range(2):
        letter = desk.done("kadis", "POST", f"/dispositions/{first['id']}/recall")
    states = {one["id"]: one["state"] for one in letter["dispositions"][0]["receivers"]}
    assert states == {first["id"]: "cancelled", second["id"]: "new"}
    desk.done("kabid", "GET", f"/{letter['id']}")
    assert desk.call("kadis", "POST", f"/dispositions/{second['id']}/recall").status_code == 409
    part = letter["addressees"][0]["id"]
    settled = desk.done("kadis", "POST", f"/addressees/{part}/settle", json={"outcome": "Cukup"})
    assert settled["addressees"][0]["settled_at"] is not None


def test_lists_are_narrowed_as_tiles_are(desk: Desk) -> None:
    """Each tile's name gives its letters, page by page; a cursor of nobody is refused."""
    made = [desk.came(subject=f"Surat {number}")["id"] for number in range(3)]
    desk.done("kadis", "GET", f"/{made[0]}")
    desk.instructed(desk.came(subject="Didisposisi"), "kabid")
    for who, name, expected in (
        ("kadis", "unread", made[:0:-1]),
        ("kadis", "unsettled", made[:1]),
        ("kadis", "copies", []),
    ):
        found: list[str] = []
        query = {"waiting": name, "limit": "1"}
        while True:
            page = desk.done(who, "GET", params=query)
            found += [one["id"] for one in page["items"]]
            if page["next"] is None:
                break
            query["cursor"] = page["next"]
        assert found == expected, name
    [waits] = desk.done("kabid", "GET", params={"waiting": "dispositions"})["items"]
    assert waits["subject"] == "Didisposisi"
    for tile in ALL_TILES:
        for who in ("kadis", "kabid", "registrar"):
            with desk.office.app.read(desk.office.who[who]) as view:
                waiting = {str(one.letter_id) for one in tile.rows(view, 0, 50)}
            listed = desk.done(who, "GET", params={"waiting": tile.name})["items"]
            assert {one["id"] for one in listed} == waiting
    everything = desk.done("registrar", "GET", params={"direction": "in", "text": "surat"})
    assert len(everything["items"]) == 3
    for wrong in ({"cursor": "x"}, {"waiting": "lain"}, {"limit": "0"}):
        assert desk.call("kadis", "GET", params=wrong).status_code == 422
