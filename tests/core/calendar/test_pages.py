"""Pages of the calendar, used as a browser uses them."""

import datetime as dt
import re
from typing import Any

import pytest

from leuit.builtin.calendar import HolidayRow
from leuit.identity import SYSTEM
from tests.core.calendar.conftest import Calendar
from tests.support.client import Client

TYPED: dict[str, Any] = {
    "day": "25/12/2026",
    "kind": "libur",
    "title": "Hari Raya <Natal>",
    "legal_basis": "SKB 3 Menteri",
}
ONE = "/calendar/2026-12-25"


def entry(calendar: Calendar) -> HolidayRow | None:
    with calendar.app.read(SYSTEM) as view:
        return view.session.get(HolidayRow, dt.date(2026, 12, 25))


def test_a_day_is_added_changed_and_removed_by_forms(calendar: Calendar, client: Client) -> None:
    """An editor keeps the calendar with forms alone; each step returns to the year."""
    with client.as_(calendar.editor):
        added = client.post_form("/calendar/new", TYPED)
        assert (added.status_code, added.headers["location"]) == (303, "/calendar?year=2026")
        text = client.get("/calendar?year=2026").text
        assert "Hari Raya &lt;Natal&gt;" in text
        assert "Jumat, 25 Desember 2026" in text
        assert 'value="1"' in client.get(f"{ONE}/edit").text
        changed = {
            "version": "1",
            "kind": "cuti_bersama",
            "title": "Cuti",
            "legal_basis": "Keppres",
        }
        assert client.post_form(f"{ONE}/edit", changed).status_code == 303
        row = entry(calendar)
        assert row is not None
        assert (row.kind, row.version) == ("cuti_bersama", 2)
        assert 'value="2"' in client.get(f"{ONE}/remove").text
        assert client.post_form(f"{ONE}/remove", {"version": "2"}).status_code == 303
    assert entry(calendar) is None


def test_a_refused_form_keeps_everything(calendar: Calendar, client: Client) -> None:
    """All faults are told at once and nothing typed is lost."""
    with client.as_(calendar.editor):
        answer = client.post_form("/calendar/new", {**TYPED, "day": "31/11/2026", "kind": ""})
    assert answer.status_code == 422
    assert "31/11/2026" in answer.text
    assert "Hari Raya &lt;Natal&gt;" in answer.text
    assert "Pilih jenisnya." in answer.text


def test_a_stale_form_is_told_and_may_be_saved_again(calendar: Calendar, client: Client) -> None:
    """The second editor reads what the first made of the day before deciding."""
    typed = {key: value for key, value in TYPED.items() if key != "day"}
    with client.as_(calendar.editor):
        client.post_form("/calendar/new", TYPED)
        client.post_form(f"{ONE}/edit", {**typed, "version": "1", "title": "Versi pertama"})
        answer = client.post_form(f"{ONE}/edit", {**typed, "version": "1", "title": "Versi kedua"})
        assert answer.status_code == 422
        assert "Versi pertama" in answer.text
        assert "Versi kedua" in answer.text
        assert re.search(r'name="version"[^>]*value="2"', answer.text)
        twice = client.post_form("/calendar/new", TYPED)
        assert twice.status_code == 422
        assert "sudah ada di kalender" in twice.text


def test_a_year_is_proposed_and_confirmed_by_pages(calendar: Calendar, client: Client) -> None:
    """Published days come as a list to tick; only ticked days become days off."""
    with client.as_(calendar.editor):
        assert client.post_form("/calendar/years/2026/propose", {}).status_code == 303
        text = client.get("/calendar?year=2026").text
        assert 'value="2026-12-25"' in text
        sent = {"year": "2026", "day": ["2026-12-25", "nonsense"], "legal_basis": "SKB 2026"}
        assert client.post_form("/calendar/confirm", sent).status_code == 303
        none = client.post_form("/calendar/confirm", {"year": "2026"})
        assert none.status_code == 303
    row = entry(calendar)
    assert row is not None
    assert (row.status, row.legal_basis) == ("confirmed", "SKB 2026")
    with calendar.app.read(SYSTEM) as view:
        others = view.session.query(HolidayRow).filter(HolidayRow.status == "confirmed").count()
    assert others == 1


def test_the_year_tells_working_days(calendar: Calendar, client: Client) -> None:
    """Each month shows its working days; an odd year in the address falls back to a sane one."""
    with client.as_(calendar.stranger):
        text = client.get("/calendar?year=2026").text
        assert "Oktober" in text
        for odd in ("abc", "99999", "0000", "9999"):
            assert client.get(f"/calendar?year={odd}").status_code == 200
        assert "/calendar/new" not in text


@pytest.mark.parametrize("who", ["branch", "stranger"])
def test_forms_are_closed_to_others(calendar: Calendar, client: Client, who: str) -> None:
    """Nobody without the right for the regency changes the calendar through a page."""
    with client.as_(getattr(calendar, who)):
        assert client.post_form("/calendar/new", TYPED).status_code == 403
        assert client.post_form("/calendar/years/2026/propose", {}).status_code == 403
        assert client.post_form("/calendar/confirm", {"day": "2026-12-25"}).status_code == 403
    assert entry(calendar) is None


def test_days_that_are_not_in_the_calendar_are_404(calendar: Calendar, client: Client) -> None:
    """Neither a free day nor a word that is no date has a page."""
    with client.as_(calendar.editor):
        for day in ("2026-12-25", "natal", "2026-13-01"):
            assert client.get(f"/calendar/{day}/edit").status_code == 404
