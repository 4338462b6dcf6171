"""Who may read whose days: oneself, heads down their subtree, and nobody beside them."""

import pytest

from tests.support.client import Client

from .world import World

PAGES, API = "/attendance", "/api/attendance/v1"
MONTH = "month=2026-10"
OF_UNIT = (
    f"{PAGES}/units/{{code}}/month?{MONTH}",
    f"{PAGES}/units/{{code}}/month.xlsx?{MONTH}",
    f"{PAGES}/units/{{code}}/day?date=2026-10-07",
    f"{API}/units/{{code}}/month?{MONTH}",
    f"{API}/units/{{code}}/day?date=2026-10-07",
)
OF_PERSON = (
    f"{PAGES}/people/{{person}}?{MONTH}",
    f"{PAGES}/people/{{person}}/2026-10-20",
    f"{API}/people/{{person}}/days/2026-10-20",
)


@pytest.mark.parametrize("path", OF_UNIT)
def test_units_open_for_their_heads_alone(world: World, client: Client, path: str) -> None:
    """The head of a unit and of the unit above are let in; a sibling's head and staff are not."""
    allowed = {1: ("DIN", "DIN.A", "DIN.B"), 2: ("DIN.A",), 3: ("DIN.B",), 4: (), 6: ()}
    for number, units in allowed.items():
        client.sign_in(world.office.staff(number))
        for code in ("DIN", "DIN.A", "DIN.B", "KEC"):
            found = client.get(path.format(code=code)).status_code
            assert found == (200 if code in units else 403), (number, code)
    client.sign_in(world.office.staff(1))
    assert client.get(path.format(code="TIDAKADA")).status_code == 404


@pytest.mark.parametrize("path", OF_PERSON)
def test_people_open_for_themselves_and_their_heads(
    world: World, client: Client, path: str
) -> None:
    """Staf B's days are read by himself, his head and the one above; unknown ids are refused."""
    for number in range(1, 7):
        client.sign_in(world.office.staff(number))
        found = client.get(path.format(person=world.person(5))).status_code
        assert found == (200 if number in (1, 3, 5) else 403), number
    unknown = "0192f0c1-2f6b-7f00-8000-000000000000"
    assert client.get(path.format(person=unknown)).status_code == 403
    assert client.get(path.format(person="bukan-id")).status_code == 404


def test_everybody_reads_his_own(world: World, client: Client) -> None:
    """Month, day and home are there for each person; an account without a person is told so."""
    for number in range(1, 7):
        client.sign_in(world.office.staff(number))
        for path in ("/", f"{PAGES}/me?{MONTH}", f"{PAGES}/me/2026-10-07"):
            assert client.get(path).status_code == 200, (number, path)
    client.sign_in(world.office.identity("admin"))
    assert "tidak terhubung dengan pegawai" in client.get(f"{PAGES}/me").text
    assert client.get(f"{PAGES}/me/2026-10-07").status_code == 404
    assert client.get("/").status_code == 200


def test_who_moved_stays_in_the_days_he_was_there(world: World, client: Client) -> None:
    """Staf A's October until the 14th is Bidang A's, the rest Bidang B's; each head opens his."""
    person = world.person(4)
    for number, code, days in ((2, "DIN.A", 10), (3, "DIN.B", 12)):
        client.sign_in(world.office.staff(number))
        found = client.get(f"{API}/units/{code}/month?{MONTH}").json()
        mine = next(line for line in found["people"] if line["person_id"] == str(person))
        assert mine["statuses"]["hadir"] == days
    client.sign_in(world.office.staff(2))
    assert client.get(f"{PAGES}/people/{person}/2026-10-14").status_code == 200
    assert client.get(f"{PAGES}/people/{person}/2026-10-15").status_code == 403
    shown = client.get(f"{PAGES}/people/{person}?{MONTH}").text
    assert "/2026-10-14" in shown
    assert "/2026-10-15" not in shown
    assert client.get(f"{PAGES}/people/{person}?month=2026-11").status_code == 403


def test_chooser_lists_what_may_be_read(world: World, client: Client) -> None:
    """A head sees the units below him; somebody without units is sent to his own month."""
    client.sign_in(world.office.staff(1))
    text = client.get(PAGES).text
    assert "Bidang A" in text
    assert "Kecamatan" not in text
    assert "Tidak ada unit yang cocok" in client.get(f"{PAGES}?name=zzz").text
    client.sign_in(world.office.staff(4))
    answer = client.get(PAGES)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGES}/me")


def test_reading_others_is_noted_and_oneself_is_not(world: World, client: Client) -> None:
    """Each page and each workbook about others leaves one entry; one's own days leave none."""
    client.sign_in(world.office.staff(2))
    before = len(world.reads())
    for path in (f"{PAGES}/me?{MONTH}", f"{PAGES}/me/2026-10-07", "/"):
        client.get(path)
    assert len(world.reads()) == before
    for path in OF_UNIT:
        client.get(path.format(code="DIN.A"))
    assert world.reads()[before:] == ["core.unit"] * len(OF_UNIT)
    client.get(f"{PAGES}/people/{world.person(4)}/2026-10-07")
    client.get(f"{PAGES}/people/{world.person(4)}?{MONTH}")
    assert world.reads()[before + len(OF_UNIT) :] == ["core.person"] * 2
