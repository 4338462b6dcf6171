"""The JSON API of documents: a program brings a letter, places, sends and follows it."""

import datetime as dt
import hashlib
import io
import re
from typing import Any, get_args
from uuid import UUID

import attrs
import httpx2
import pikepdf
import pytest
from sqlalchemy import CheckConstraint

from leuit.builtin.core import create_token
from leuit.identity import SYSTEM, Assignment, Position
from leuit.plugins import Host
from leuit.testing import cast
from leuit.values import ManualClock, RecordRef, new_id
from leuit.web import describe
from leuit.work import AuditEntry, Leuit
from leuit_esign.api.documents import State
from leuit_esign.api.places import Spot
from leuit_esign.models import Document
from leuit_esign.rules import PRESETS
from leuit_esign.service.documents import MOST_MEGABYTES, bring, receive
from tests.esign.conftest import Judge
from tests.esign.letters import Pen, letter, with_fields
from tests.esign.test_chain import Office, office
from tests.support.client import Client

__all__ = ["office"]  # the fixture of the services' tests

HOME = "/api/esign/v1/documents"


@attrs.frozen
class Program:
    """Calls the API with a token of its own, and no cookie."""

    client: Client
    token: str

    def call(self, method: str, path: str, **options: Any) -> httpx2.Response:
        """One call below the documents."""
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        return self.client.request(method, HOME + path, headers=headers, **options)

    def bring(self, pdf: bytes | None = None, title: str = "Undangan rapat") -> dict[str, Any]:
        """A document that was taken in."""
        answer = self.upload(letter() if pdf is None else pdf, title)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def upload(self, pdf: bytes, title: str = "Undangan rapat") -> httpx2.Response:
        """Send a PDF."""
        files = {"file": ("surat.pdf", pdf, "application/pdf")}
        return self.call("POST", "", data={"title": title}, files=files)

    def change(self, document: dict[str, Any], what: str, **body: Any) -> dict[str, Any]:
        """A change of the document as it was seen; it is done."""
        answer = self.post(document, what, **body)
        assert answer.status_code == 200, answer.text
        changed: dict[str, Any] = answer.json()
        assert changed["version"] == document["version"] + 1
        assert answer.headers["etag"] == f'"{changed["version"]}"'
        return changed

    def post(self, document: dict[str, Any], what: str, **body: Any) -> httpx2.Response:
        """A change of the document as it was seen, done or refused."""
        sent = {"version": document["version"], **body}
        return self.call("POST", f"/{document['id']}/{what}", json=sent)

    def prepared(self) -> dict[str, Any]:
        """A document with one place, ready for its steps."""
        placed = self.change(self.bring(), "places", preset={"page": 1, "name": "bottom_right"})
        return self.change(placed, "prepare")

    def running(self) -> dict[str, Any]:
        """A document on its way to the bupati."""
        made = self.change(self.prepared(), "steps", position="KAB", kind="sign", number=1)
        return self.change(made, "start")


def program(client: Client, login: str, *only: str) -> Program:
    """A program with a token of an account, narrowed to some permissions."""
    return Program(client, create_token(client.leuit, login, "uji", 30, only))


@pytest.fixture
def maker(office: Office, client: Client) -> Program:
    """A program of a member of staff, who may bring documents and nothing else."""
    return program(client, "maker", "esign.document.bring")


def refused(answer: httpx2.Response, status: int, code: str, path: str = "", why: str = "") -> None:
    """It is a problem document of that status and code, about that field."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == code, problem
    if path:
        faults = {fault["path"]: fault["code"] for fault in problem["errors"]}
        assert path in faults, problem
        assert not why or faults[path] == why, problem


def test_a_letter_goes_its_whole_way(maker: Program, office: Office, verdict_of: Judge) -> None:
    """Upload, three kinds of places, prepare, steps, start; then its state while others act."""
    answer = maker.upload(letter("Hormat kami #", pages=2))
    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{HOME}/{made['id']}"
    assert (answer.headers["etag"], made["version"], made["state"]) == ('"1"', 1, "draft")
    assert [sheet["page"] for sheet in made["sheets"]] == [1, 2]

    box = {"page": 2, "left": 100, "bottom": 100.5, "right": 260, "top": 170}
    made = maker.change(made, "places", box=box)
    made = maker.change(made, "places", preset={"page": 2, "name": "bottom_right"})
    made = maker.change(made, "places", preset={"page": 2, "name": "top_left"})
    fields = {place["field"]: place for place in made["places"]}
    assert {name: fields["TTE1"][name] for name in box} == box
    extra = maker.call(
        "DELETE",
        f"/{made['id']}/places/{fields['TTE3']['id']}",
        params={"version": made["version"]},
    )
    assert [place["field"] for place in extra.json()["places"]] == ["TTE1", "TTE2"]

    made = maker.change(extra.json(), "prepare")
    assert made["state"] == "prepared"
    made = maker.change(maker.change(made, "reopen"), "prepare")
    for kind, position, number, field in (
        ("paraf", "Sekretaris Daerah", 1, ""),
        ("paraf", "Kepala Dinas", 1, ""),
        ("sign", "Kepala Dinas", 2, "TTE2"),
        ("sign", "KAB", 3, ""),
    ):
        step = {"kind": kind, "position": position, "number": number, "field": field}
        made = maker.change(made, "steps", **step)
    [gone] = [step["id"] for step in made["steps"] if step["title"] == "Sekretaris Daerah"]
    less = maker.call("DELETE", f"/{made['id']}/steps/{gone}", params={"version": made["version"]})
    made = maker.change(less.json(), "start")
    assert [(step["title"], step["field"], step["state"]) for step in made["steps"]] == [
        ("Kepala Dinas", None, "open"),
        ("Kepala Dinas", "TTE2", "waiting"),
        ("Bupati", "TTE1", "waiting"),
    ]
    assert (made["state"], made["ended_at"]) == ("running", None)

    office.paraf("kadis", UUID(made["id"]))
    office.sign("kadis", UUID(made["id"]))
    office.sign("bupati", UUID(made["id"]))

    done = maker.call("GET", f"/{made['id']}").json()
    assert done["state"] == "done"
    assert done["ended_at"] is not None
    assert [step["state"] for step in done["steps"]] == ["done"] * 3
    last = done["steps"][-1]
    assert (last["person"], last["acting"]) == ("SITI CONTOH, S.E., M.Si.", "definitif")
    assert last["decided_at"].endswith("+00:00")
    file = maker.call("GET", f"/{made['id']}/pdf")
    assert file.headers["content-type"] == "application/pdf"
    assert hashlib.sha256(file.content).hexdigest() == done["sha256"]
    assert file.headers["etag"] == f'"{done["sha256"]}"'
    verdict = verdict_of(file.content)
    assert (verdict.word, len(verdict.signatures)) == ("VALID", 2)


def test_a_mark_in_the_text_is_a_place(maker: Program) -> None:
    """By a character that stands just once; none, several or two characters are refused."""
    made = maker.bring(letter("Kepala Dinas # di sini"))
    for mark in ("%", "a", "##", " ", ""):
        refused(maker.post(made, "places", mark=mark), 422, "invalid_input", "mark")
    [place] = maker.change(made, "places", mark="#")["places"]
    assert (place["page"], place["purpose"], place["brought"]) == (1, "sign", False)


@pytest.mark.parametrize(
    "pdf, reason",
    [(b"GIF89a", "not_pdf"), (b"", "not_pdf"), (b"%PDF-1.7 rusak", "unreadable")],
)
def test_a_pdf_that_is_refused_tells_its_reason(maker: Program, pdf: bytes, reason: str) -> None:
    """422 `refused_pdf` with the reason's code at `file`, and what to do; nothing is kept."""
    answer = maker.upload(pdf)
    refused(answer, 422, "refused_pdf", "file", reason)
    assert answer.json()["detail"]
    assert maker.call("GET", "").json() == {"items": [], "next": None}


def test_hostile_pdfs_tell_their_reason(maker: Program) -> None:
    """A script and a lock are told apart, as people are told."""
    for reason, lock in (("script", False), ("encrypted", pikepdf.Encryption("x"))):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(letter())) as pdf:
            if reason == "script":
                pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x")
            pdf.save(out, encryption=lock)
        refused(maker.upload(out.getvalue()), 422, "refused_pdf", "file", reason)


def test_an_upload_is_a_form_with_a_file(maker: Program) -> None:
    """Missing, unknown and mistaken fields are told at once; JSON and a bare PDF are no form."""
    file = {"file": ("surat.pdf", letter(), "application/pdf")}
    refused(maker.call("POST", "", files=file), 422, "invalid_input", "title", "missing")
    refused(maker.upload(letter(), " "), 422, "invalid_input", "title")
    refused(maker.upload(letter(), "x" * 201), 422, "invalid_input", "title")
    wrong = maker.call("POST", "", data={"title": "Surat", "file": "surat.pdf", "judul": "x"})
    refused(wrong, 422, "invalid_input", "file", "invalid")
    refused(wrong, 422, "invalid_input", "judul", "unknown")
    assert "Harus berupa berkas." in wrong.text
    for options in (
        {"json": {"title": "Surat", "file": "JVBERi0="}},
        {"content": letter(), "headers": {"Content-Type": "application/pdf"}},
    ):
        refused(maker.call("POST", "", **options), 422, "invalid_input", "file", "missing")
    cut = maker.call(
        "POST",
        "",
        content=b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nSur',
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    refused(cut, 422, "invalid_input")


def test_large_uploads_are_refused(maker: Program) -> None:
    """Over the limit of PDFs, and over the limit of the route: 413 either way."""
    for megabytes in (MOST_MEGABYTES, MOST_MEGABYTES + 1):
        data = b"%PDF-1.7\n" + b"0" * (megabytes * 1024 * 1024)
        refused(maker.upload(data), 413, "too_large")


def test_what_a_place_may_not_be(maker: Program) -> None:
    """Not outside the page, not too small, by one way only; each fault names its field."""
    made = maker.bring()
    box = {"page": 1, "left": 50, "bottom": 50, "right": 200, "top": 120}
    for change in ({"page": 2}, {"page": 0}, {"left": -1}, {"right": 9000}, {"top": 51}):
        refused(maker.post(made, "places", box={**box, **change}), 422, "invalid_input", "box")
    endless = '{"version": 1, "box": {"page": 1, "left": 0, "bottom": 0, "right": 1e999, "top": 9}}'
    refused(
        maker.call("POST", f"/{made['id']}/places", content=endless),
        422,
        "invalid_input",
        "box",
    )
    spot = {"page": 3, "name": "top_left"}
    refused(maker.post(made, "places", preset=spot), 422, "invalid_input", "preset")
    for wrong, path in (
        ({}, "body"),
        ({"mark": "#", "box": box}, "body"),
        ({"preset": {"page": 1, "name": "tengah"}}, "preset.name"),
        ({"box": {**box, "left": "kiri"}}, "box.left"),
        ({"box": {"page": 1}}, "box.left"),
        ({"box": box, "field": "TTE9"}, "field"),
    ):
        refused(maker.post(made, "places", **wrong), 422, "invalid_input", path)
    refused(maker.call("POST", f"/{made['id']}/places", json={"box": box}), 422, "invalid_input")
    assert maker.call("GET", f"/{made['id']}").json() == made


def test_a_place_that_the_pdf_brought_stays(maker: Program, pen: Pen) -> None:
    """It cannot be deleted (409); one that does not exist is 404; a signed PDF is kept as it is."""
    made = maker.bring(pen.sign(with_fields(letter(), "A", "B"), "bupati", "A"))
    assert (made["signatures"], made["flattened"]) == (1, 0)
    [place] = made["places"]
    assert (place["field"], place["brought"]) == ("B", True)
    path = f"/{made['id']}/places"
    refused(maker.call("DELETE", f"{path}/{place['id']}", params={"version": 1}), 409, "conflict")
    refused(maker.call("DELETE", f"{path}/{new_id()}", params={"version": 1}), 404, "not_found")
    for version in ({}, {"version": "x"}, {"version": "-1"}, {"version": "9" * 20}):
        answer = maker.call("DELETE", f"{path}/{place['id']}", params=version)
        refused(answer, 422, "invalid_input", "version")


def test_a_stale_version_changes_nothing(maker: Program) -> None:
    """Every change of an older version is 409 `stale_edit` with what to do."""
    old = maker.bring()
    new = maker.change(old, "places", preset={"page": 1, "name": "top_left"})
    place = new["places"][0]["id"]
    for answer in (
        maker.post(old, "places", preset={"page": 1, "name": "top_left"}),
        maker.post(old, "prepare"),
        maker.post({**new, "version": 99}, "prepare"),
        maker.post(old, "reopen"),
        maker.post(old, "steps", position="KAB", kind="sign", number=1),
        maker.post(old, "start"),
        maker.post(old, "recall", reason="Keliru"),
        maker.call("DELETE", f"/{old['id']}/places/{place}", params={"version": 1}),
    ):
        refused(answer, 409, "stale_edit")
        assert "versi terbarunya" in answer.json()["detail"]
    assert maker.call("GET", f"/{old['id']}").json() == new


def test_each_change_has_its_time(maker: Program) -> None:
    """What the state does not allow is 409 `conflict`, and says why."""
    draft = maker.bring()
    refused(maker.post(draft, "prepare"), 409, "conflict")
    refused(maker.post(draft, "reopen"), 409, "conflict")
    refused(maker.post(draft, "start"), 409, "conflict")
    refused(maker.post(draft, "steps", position="KAB", kind="sign", number=1), 409, "conflict")
    ready = maker.prepared()
    spot = {"page": 1, "name": "top_left"}
    refused(maker.post(ready, "places", preset=spot), 409, "conflict")
    refused(maker.post(ready, "prepare"), 409, "conflict")
    refused(maker.post(ready, "start"), 409, "conflict")
    running = maker.running()
    for what in ("prepare", "reopen", "start"):
        refused(maker.post(running, what), 409, "conflict")
    refused(maker.post(running, "recall", reason=" "), 422, "invalid_input", "reason")
    back = maker.change(running, "recall", reason="Isinya berubah")
    assert (back["state"], back["reason"]) == ("recalled", "Isinya berubah")
    assert back["steps"][0]["state"] == "waiting"
    refused(maker.post(back, "recall", reason="lagi"), 409, "conflict")


def test_a_deadline_is_set(maker: Program) -> None:
    """With a zone, in the future; it is told again, and a document that is sent keeps it."""
    ready = maker.change(maker.prepared(), "steps", position="KAB", kind="sign", number=1)
    due = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=2)

    def put(**body: Any) -> httpx2.Response:
        path = f"/{ready['id']}/options"
        return maker.call("PUT", path, json={"version": ready["version"], **body})

    refused(put(due_at="2026-10-05T07:30:00"), 422, "invalid_input", "due_at")
    refused(put(due_at="2020-10-05T07:30:00+07:00"), 422, "invalid_input", "due")
    refused(put(pattern="Lain"), 422, "invalid_input", "pattern")
    answer = put(due_at=due.isoformat(), expires=True)
    assert answer.status_code == 200, answer.text
    sent = maker.change(answer.json(), "start")
    assert (dt.datetime.fromisoformat(sent["due_at"]), sent["expires"]) == (due, True)


def test_what_a_step_may_not_be(maker: Program, office: Office) -> None:
    """An unknown or vacant position, a place that is taken, a number or kind that is none."""
    ready = maker.prepared()
    step = {"position": "KAB", "kind": "sign", "number": 1}
    for change, path in (
        ({"position": "Jabatan Ngawur"}, "position"),
        ({"position": ""}, "position"),
        ({"kind": "stempel"}, "kind"),
        ({"number": 0}, "number"),
        ({"number": 100}, "number"),
        ({"field": "TTE9"}, "field"),
    ):
        refused(maker.post(ready, "steps", **{**step, **change}), 422, "invalid_input", path)
    with office.app.change(SYSTEM) as work:
        vacant = work.session.query(Position).filter_by(title="Kepala Bidang").one()
        post = work.session.query(Assignment).filter_by(position_id=vacant.id).one()
        post.valid_to = work.today
        work.audit("core.assignment.ended", RecordRef("core.person", str(post.person_id), "x"))
    answer = maker.post(ready, "steps", **{**step, "position": "Kepala Bidang"})
    refused(answer, 409, "conflict")
    made = maker.change(ready, "steps", **step)
    refused(maker.post(made, "steps", **step), 422, "invalid_input", "field")
    path = f"/{made['id']}/steps/{new_id()}"
    refused(maker.call("DELETE", path, params={"version": made["version"]}), 404, "not_found")


def test_a_position_is_named_in_any_way(maker: Program) -> None:
    """By title, title and unit, the code of the unit it heads, or the id that a step tells."""
    made = maker.prepared()
    step = {"kind": "paraf", "number": 1}
    made = maker.change(made, "steps", **step, position="Bupati")
    (position,) = {one["position_id"] for one in made["steps"]}
    for name in ("Bupati · KAB", "KAB", position):
        made = maker.change(made, "steps", **step, position=name)
    assert {one["position_id"] for one in made["steps"]} == {position}


def test_other_peoples_documents_are_closed(maker: Program, office: Office, client: Client) -> None:
    """403 to read or change them, whatever their state, and they stand in no list of others."""
    running = maker.running()
    other = program(client, "kadis")
    assert other.call("GET", "").json()["items"] == []
    calls = [
        other.call("GET", f"/{running['id']}"),
        other.call("GET", f"/{running['id']}/pdf"),
        other.post(running, "places", mark="#"),
        other.post(running, "places", preset={"page": 1, "name": "top_left"}),
        other.post(running, "prepare"),
        other.post(running, "reopen"),
        other.post(running, "steps", position="Ngawur", kind="sign", number=1),
        other.post(running, "start"),
        other.post(running, "recall", reason="bukan milik saya"),
    ]
    version = {"version": running["version"]}
    for inner in ("places", "steps"):
        one = running[inner][0]["id"]
        calls.append(other.call("DELETE", f"/{running['id']}/{inner}/{one}", params=version))
    for answer in calls:
        refused(answer, 403, "permission_denied")
        assert "Undangan" not in answer.text
    missing = f"/{new_id()}"
    refused(other.call("GET", missing), 404, "not_found")
    refused(other.call("POST", f"{missing}/start", json=version), 404, "not_found")
    refused(other.call("GET", "/bukan-id"), 404, "not_found")


def test_a_signer_follows_what_came_to_him_and_changes_nothing(
    maker: Program, office: Office, client: Client
) -> None:
    """From his turn on he reads its state and its file, which is noted; it is not in his list."""
    running = maker.running()
    signer = program(client, "bupati")
    assert signer.call("GET", f"/{running['id']}").json() == running
    assert signer.call("GET", f"/{running['id']}/pdf").status_code == 200
    assert signer.call("GET", "").json()["items"] == []
    refused(signer.post(running, "recall", reason="x"), 403, "permission_denied")
    with office.app.read(SYSTEM) as view:
        entries = view.session.query(AuditEntry).filter_by(action="core.personal_data.read")
        assert entries.count() == 2


def test_no_token_signs(host: Host) -> None:
    """No route of the API gives a paraf, a signature or a refusal: each needs its person."""
    paths = [path for path in describe(host, "Leuit", "0")["paths"] if "/esign/" in path]
    assert f"{HOME}/{{document_id}}/start" in paths
    assert not [path for path in paths if path.endswith(("/sign", "/paraf", "/refuse"))]


def test_a_narrowed_token_brings_nothing(office: Office, client: Client) -> None:
    """A token for another permission is refused on every route, and one without any is 401."""
    other = program(client, "maker", "core.job.read")
    refused(other.call("GET", ""), 403, "permission_denied")
    refused(other.upload(letter()), 403, "permission_denied")
    refused(Program(client, "palsu").call("GET", ""), 401, "not_signed_in")
    refused(Program(client, "palsu").upload(letter()), 401, "not_signed_in")


def test_an_account_without_a_person_has_no_documents(app: Leuit, client: Client) -> None:
    """The administrator reads an empty list, and brings nothing in his own name."""
    client.sign_in(cast(app).administrator)
    assert client.get(HOME).json() == {"items": [], "next": None}
    files = {"file": ("surat.pdf", letter(), "application/pdf")}
    answer = client.post_form(HOME, {"title": "Surat"}, files=files)
    refused(answer, 403, "permission_denied")


def test_the_list_is_walked_by_cursor(maker: Program, office: Office, clock: ManualClock) -> None:
    """Newest first, of one moment by id, each once; by state; what is no cursor is refused."""
    app = office.app
    received = receive(app, letter(), "surat.pdf")
    wanted: list[str] = []
    for moment in (2, 3):
        with app.change(office.maker) as work:
            ids = [bring(work, f"Surat {number}", received).id for number in range(moment)]
        wanted = [*map(str, sorted(ids)), *wanted]
        clock.advance(dt.timedelta(seconds=1))
    walked: list[str] = []
    cursor: str | None = ""
    for size in (2, 2, 1):
        page = maker.call("GET", "", params={"limit": 2, "cursor": cursor}).json()
        assert len(page["items"]) == size
        walked += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert cursor is None
    assert walked == wanted
    running = maker.running()
    assert maker.call("GET", "").json()["items"][0]["id"] == running["id"]
    found = maker.call("GET", "", params={"state": "running"}).json()
    assert [item["id"] for item in found["items"]] == [running["id"]]
    for wrong, path in (
        ({"state": "jalan"}, "state"),
        ({"limit": "0"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"cursor": "x"}, "cursor"),
        ({"cursor": "WyIyMDI2IiwgInkiXQ=="}, "cursor"),
        ({"cursor": "WyIwMDAxLTAxLTAxVDAwOjAwKzE0OjAwIiwgIngiXQ=="}, "cursor"),
    ):
        refused(maker.call("GET", "", params=wrong), 422, "invalid_input", path)


def test_the_words_of_the_api_are_those_of_the_tables() -> None:
    """States and usual spots are spelled in one way; a new one is also known to programs."""
    [check] = [one for one in Document.__table_args__ if isinstance(one, CheckConstraint)]
    states = set(re.findall(r"'(\w+)'", str(check.sqltext)))
    assert set(get_args(State)) == {"", *states}
    assert set(get_args(Spot)) == set(PRESETS)


def test_the_description_tells_of_files(host: Host) -> None:
    """OpenAPI says that the upload is a form with a file, and the download a PDF."""
    paths = describe(host, "Leuit", "0")["paths"]
    body = paths[HOME]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert body["properties"]["file"] == {"type": "string", "format": "binary"}
    assert body["required"] == ["title", "file"]
    answer = paths[f"{HOME}/{{document_id}}/pdf"]["get"]["responses"]["2XX"]["content"]
    assert answer == {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}
    state = paths[HOME]["get"]["parameters"][0]
    assert "running" in state["schema"]["enum"]
