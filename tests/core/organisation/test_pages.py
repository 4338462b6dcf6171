"""The pages and the JSON of this room, as a browser and as a program see them."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from leuit.builtin.organisation import create_person, grant_role
from leuit.identity import SYSTEM, Grant, PersonPin, Unit
from leuit.work import AuditEntry
from tests.core.organisation.office import DAY, STAFF, Office
from tests.support.client import Client

ADMIN = "admin"


@pytest.fixture
def admin(office: Office, client: Client) -> Client:
    """A browser in which the administrator is signed in."""
    client.sign_in(office.identity(ADMIN))
    return client


def test_units_people_and_roles_are_shown(office: Office, admin: Client) -> None:
    """Every list and detail page opens and names what it is about."""
    for path, words in (
        ("/organisation/units", ["Bidang A", "Kepala A"]),
        ("/organisation/units?q=kecam", ["Kecamatan Contoh"]),
        (
            f"/organisation/units/{office.unit('DIN')}",
            ["Kepala Dinas", "Bidang B", "Bukan kepala"],
        ),
        ("/organisation/people", ["Staf A", "Bidang A"]),
        ("/organisation/people?q=staf", ["Staf B"]),
        ("/organisation/people?q=198001012005011004", ["Staf A"]),
        (f"/organisation/people?unit={office.unit('KEC')}", ["Petugas"]),
        (f"/organisation/people/{office.person(4)}", ["Kepala A", "Pelaksana", "Atasan"]),
        ("/organisation/roles", ["Administrator", "Semua hak"]),
        ("/organisation/import", ["parent_code", "unit_code"]),
    ):
        answer = admin.get(path)
        assert answer.status_code == 200, path
        for word in words:
            assert word in answer.text, (path, word)
    assert "Staf A" not in admin.get(f"/organisation/people?unit={office.unit('KEC')}").text


def test_people_without_a_post_are_found_by_who_runs_the_regency(
    office: Office, admin: Client
) -> None:
    """Somebody new is in no unit's list, but in the administrator's filter."""
    with office.app.change(SYSTEM) as work:
        create_person(work, name="Belum Ditempatkan", nip="199001012020121007")
    assert "Belum Ditempatkan" not in admin.get("/organisation/people").text
    assert "Belum Ditempatkan" in admin.get("/organisation/people?post=none").text


def test_forms_change_what_they_say(office: Office, admin: Client) -> None:
    """Each form of the room does its one thing and answers with a redirect to where it shows."""
    din, person = office.unit("DIN"), office.person(4)
    forms: list[tuple[str, dict[str, Any]]] = [
        (
            f"/organisation/units/{din}/add",
            {"code": "DIN.C", "name": "Bidang C", "kind": "bidang", "on": "5/10/2026"},
        ),
        (
            f"/organisation/units/{din}/edit",
            {"name": "Dinas Baru", "short": "Baru", "version": "1"},
        ),
        (
            f"/organisation/units/{office.unit('DIN.B')}/move",
            {"parent": str(office.unit("KEC")), "on": "6/10/2026"},
        ),
        (
            "/organisation/people/new",
            {
                "name": "Orang Baru",
                "nip": "199001012020121007",
                "unit": str(din),
                "title": "Staf",
                "on": "5/10/2026",
            },
        ),
        (
            f"/organisation/people/{person}/edit",
            {"name": "Staf Alif", "nip": office.nip(4), "version": "1"},
        ),
        (f"/organisation/people/{person}/pin", {"pin": "444", "on": "6/10/2026"}),
        (
            f"/organisation/people/{person}/assign",
            {
                "unit": str(office.unit("DIN.A")),
                "title": "Kepala Bidang A",
                "kind": "Plh.",
                "on": "6/10/2026",
                "last": "8/10/2026",
            },
        ),
        (
            f"/organisation/roles/new?account={office.account(office.nip(5))}",
            {"role": "core.personnel_officer", "unit": str(din), "on": "5/10/2026"},
        ),
    ]
    for path, fields in forms:
        assert admin.get(path).status_code == 200, path
        answer = admin.post_form(path, fields)
        assert answer.status_code == 303, (path, answer.text)
        assert admin.get(answer.headers["location"]).status_code == 200
    assert admin.post_form(forms[0][0], {"code": "DIN.D"}).status_code == 422
    close = f"/organisation/units/{office.unit('DIN.C')}/close"
    assert admin.post_form(close, {"on": "7/10/2026"}).status_code == 303
    with office.app.read(SYSTEM) as view:
        grant = view.session.execute(
            select(Grant.id).where(Grant.role == "core.personnel_officer")
        ).scalar_one()
        pins = view.session.execute(select(PersonPin.pin).where(PersonPin.person_id == person))
        assert set(pins.scalars()) == {"4", "444"}
        names = view.session.execute(select(Unit.name).where(Unit.id == din))
        assert names.scalar_one() == "Dinas Baru"
    revoke = f"/organisation/roles/{grant}/revoke"
    assert admin.get(revoke).status_code == 200
    assert admin.post_form(revoke, {"on": "6/10/2026"}).status_code == 303
    person_page = admin.get(f"/organisation/people/{person}").text
    end = re.search(r"/organisation/assignments/[^/]+/end", person_page)
    assert end
    assert admin.get(end[0]).status_code == 200
    assert admin.post_form(end[0], {"on": "7/10/2026"}).status_code == 303
    head = f"/organisation/posts/{office.post('KEC', 'Petugas Kepegawaian')}/head"
    assert admin.post_form(head, {"head": "ya"}).status_code == 303


def test_a_new_password_is_shown_once_and_opens_the_site(office: Office, client: Client) -> None:
    """The administrator hands over a password with which its owner signs in."""
    account = office.account(office.nip(4))
    with client.as_(office.identity(ADMIN)):
        shown = client.post_form(f"/organisation/accounts/{account}/password", {})
    found = re.search(r"<dd>([A-Za-z0-9_-]{16})</dd>", shown.text)
    assert found
    fields = {"login": office.nip(4), "password": found[1]}
    assert client.post_form("/sign-in", fields).status_code == 303
    me = client.get("/organisation/me")
    assert me.status_code == 200
    assert "Staf A" in me.text
    assert client.get("/organisation/people").status_code == 403
    client.sign_out()
    with client.as_(office.identity(ADMIN)):
        for action in ("disable", "enable"):
            answer = client.post_form(f"/organisation/accounts/{account}/{action}", {})
            assert answer.status_code == 303
        new = client.post_form(f"/organisation/people/{office.person(4)}/account", {})
        assert new.status_code == 409


def test_an_import_by_page_is_shown_before_it_is_applied(office: Office, admin: Client) -> None:
    """Send, read the report, apply; applying a report that is out of date is refused."""
    text = STAFF + "198001012005011010,Baru,DIN.A,Pelaksana,,,77,2026-10-05,ya\n"
    sent = admin.post_form(
        "/organisation/import", {"kind": "staff"}, files={"file": ("pegawai.csv", text.encode())}
    )
    assert sent.status_code == 303
    address = sent.headers["location"]
    report = admin.get(address)
    assert "Belum ada yang berubah" in report.text
    assert "pegawai baru" in admin.get(address + "?status=baru").text
    assert "Tidak ada baris" in admin.get(address + "?status=ditolak").text
    stale = admin.post_form(address + "/apply", {"digest": "lain"})
    assert stale.headers["location"] == address
    assert "berubah sejak" in admin.get(address).text
    digest = re.search(r'name="digest" value="(\w+)"', report.text)
    assert digest
    admin.post_form(address + "/apply", {"digest": digest[1]})
    office.person(10)
    assert "sudah diterapkan" in admin.get(address).text
    bad = admin.post_form(
        "/organisation/import", {"kind": "staff"}, files={"file": ("x.xlsx", b"PK\x03\x04rusak")}
    )
    assert bad.status_code == 422
    assert "XLSX itu tidak dapat dibaca" in bad.text


def test_an_import_is_seen_by_its_sender_and_the_regency_only(
    office: Office, client: Client
) -> None:
    """Another officer does not learn what stands in a file that he did not send."""
    for number in (5, 6):
        with office.app.change(SYSTEM) as work:
            grant_role(
                work,
                "core.personnel_officer",
                office.unit("DIN"),
                account_id=office.account(office.nip(number)),
                valid_from=DAY,
            )
    with client.as_(office.staff(5)):
        sent = client.post_form(
            "/organisation/import", {"kind": "staff"}, files={"file": ("a.csv", STAFF.encode())}
        )
        assert client.get(sent.headers["location"]).status_code == 200
    with client.as_(office.staff(6)):
        assert client.get(sent.headers["location"]).status_code == 404


def test_lists_show_the_readers_units_only(office: Office, client: Client) -> None:
    """The head of bidang A finds his people by list, page and JSON, and nobody else's."""
    with client.as_(office.staff(2)):
        people = client.get("/api/organisation/v1/people").json()["items"]
        assert {item["name"] for item in people} == {"Kepala A", "Staf A"}
        units = client.get("/api/organisation/v1/units").json()["items"]
        assert [item["code"] for item in units] == ["DIN.A"]
        assert client.get(f"/api/organisation/v1/people/{office.nip(4)}").status_code == 200
        assert client.get(f"/api/organisation/v1/people/{office.nip(5)}").status_code == 404
        assert client.get(f"/organisation/people/{office.person(5)}").status_code == 404
        assert client.get(f"/organisation/units/{office.unit('DIN.B')}").status_code == 404


def test_cursors_walk_through_everything_once(office: Office, admin: Client) -> None:
    """Pages of two end, repeat nobody, and together are the whole list."""
    for path in ("/api/organisation/v1/people", "/api/organisation/v1/units"):
        whole = [item["id"] for item in admin.get(path).json()["items"]]
        walked: list[str] = []
        cursor = ""
        for _ in range(10):
            answer = admin.get(path, params={"limit": 2, "cursor": cursor}).json()
            walked += [item["id"] for item in answer["items"]]
            cursor = answer["next"]
            if cursor is None:
                break
        assert walked == whole
        for wrong in ("x", "WzFd", "W10=", "eyJhIjoxfQ==", "bnVsbA==", "é"):
            assert admin.get(path, params={"cursor": wrong}).status_code < 500
        for limit in ("0", "201", "x", "-1", "9" * 400):
            assert admin.get(path, params={"limit": limit}).status_code == 422


def test_reading_about_others_is_logged(office: Office, admin: Client) -> None:
    """Opening somebody's page leaves an entry about him; opening one's own leaves none."""

    def entries() -> int:
        with office.app.read(SYSTEM) as view:
            query = select(AuditEntry).where(AuditEntry.action == "core.personal_data.read")
            return len(view.session.execute(query).scalars().all())

    before = entries()
    admin.get(f"/api/organisation/v1/people/{office.nip(4)}")
    assert entries() == before + 1
    admin.sign_in(office.staff(4))
    admin.get("/organisation/me")
    assert entries() == before + 1
