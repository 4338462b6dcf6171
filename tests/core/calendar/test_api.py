"""The JSON routes of the calendar."""

import pytest

from tests.core.calendar.conftest import Calendar
from tests.support.client import Client

ROOT = "/api/calendar/v1"
NATAL = {"kind": "libur", "title": "Natal", "legal_basis": "SKB 3 Menteri"}


def test_a_day_is_entered_changed_and_removed(calendar: Calendar, client: Client) -> None:
    """A day off goes in, is counted, changes with its version, and goes out again."""
    count = f"{ROOT}/working-days?first=2026-12-21&last=2026-12-27"
    day = f"{ROOT}/days/2026-12-25"
    with client.as_(calendar.editor):
        assert client.get(count).json()["count"] == 5
        assert client.put(day, json=NATAL).json()["version"] == 1
        assert client.get(count).json()["count"] == 4
        changed = {**NATAL, "title": "Hari Raya Natal", "version": 1}
        assert client.put(day, json=changed).json()["version"] == 2
        stale = client.put(day, json=changed)
        assert (stale.status_code, stale.json()["code"]) == (409, "stale_edit")
        assert client.delete(f"{day}?version=2").json() == {"days": ["2026-12-25"]}
        assert client.get(count).json()["count"] == 5


def test_a_year_is_proposed_and_confirmed(calendar: Calendar, client: Client) -> None:
    """Proposals of a year are listed as such and count once they are confirmed."""
    with client.as_(calendar.editor):
        days = client.post(f"{ROOT}/years/2026/propose").json()["days"]
        listed = client.get(f"{ROOT}/days?first=2026-01-01&last=2026-12-31").json()["items"]
        assert [item["day"] for item in listed] == days
        assert {item["status"] for item in listed} == {"proposed"}
        done = client.post(f"{ROOT}/confirm", json={"days": days, "legal_basis": "SKB 2026"})
        assert done.json()["days"] == days


@pytest.mark.parametrize("who", ["branch", "stranger"])
def test_only_editors_of_the_regency_change_it(
    calendar: Calendar, client: Client, who: str
) -> None:
    """Everybody signed in may read the calendar; changing it takes the right for the regency."""
    with client.as_(getattr(calendar, who)):
        assert client.get(f"{ROOT}/days?first=2026-01-01&last=2026-12-31").status_code == 200
        assert client.put(f"{ROOT}/days/2026-12-25", json=NATAL).status_code == 403
        assert client.delete(f"{ROOT}/days/2026-12-25?version=1").status_code == 403
        assert client.post(f"{ROOT}/years/2026/propose").status_code == 403
        assert client.post(f"{ROOT}/confirm", json={"days": []}).status_code == 403


@pytest.mark.parametrize(
    "query, path",
    [
        ("first=x&last=2026-01-01", "first"),
        ("first=2026-01-02&last=2026-01-01", "last"),
        ("first=0001-01-01&last=9999-12-31", "last"),
    ],
)
def test_wrong_ranges_name_their_field(
    calendar: Calendar, client: Client, query: str, path: str
) -> None:
    """A range that cannot be answered is refused with the path of the field."""
    with client.as_(calendar.stranger):
        for route in ("days", "working-days"):
            answer = client.get(f"{ROOT}/{route}?{query}")
            assert answer.status_code == 422
            assert answer.json()["errors"][0]["path"] == path


def test_days_that_are_none_are_refused(calendar: Calendar, client: Client) -> None:
    """A path that is no date, a missing version and an absurd year are 422, never a crash."""
    with client.as_(calendar.editor):
        assert client.put(f"{ROOT}/days/2026-13-01", json=NATAL).status_code == 422
        assert client.delete(f"{ROOT}/days/2026-12-25").status_code == 422
        assert client.post(f"{ROOT}/years/99999999/propose").status_code == 422
        assert client.put(f"{ROOT}/days/9999-01-01", json=NATAL).status_code == 422
