"""A unit's day, a person's month, a day opened to its reasons, and the cards of the home page."""

import datetime as dt
import re

import pytest

from leuit.values import ManualClock
from tests.support.client import Client

from .world import World

PAGES, API = "/attendance", "/api/attendance/v1"


def names(text: str) -> list[str]:
    """The people of the table in order."""
    return re.findall(r'class="name">(?:<a [^>]+>)?([^<]+?)(?:</a>)? <span', text)


def test_a_day_is_opened_to_its_reasons(world: World, client: Client) -> None:
    """Status, times, each reason with its article and mark, taps with device and key, editions."""
    client.sign_in(world.office.staff(4))
    text = client.get(f"{PAGES}/me/2026-10-08").text
    for words in (
        "Masuk 07.45, jadwal 07.30: terlambat 15 menit",
        "Pulang 15.30, paling cepat 16.00: 30 menit lebih awal",
        "Kelas TL1",
        "Kelas PSW1",
        "07.45.00",
        "Lobi",
        SERIAL_LINE,
        "07.30–16.00",
        "Belum dipastikan",
        "Angka sementara",
        f"{PAGES}/me?month=2026-10",
    ):
        assert words in _plain(text), words
    assert re.search("<h1>Kamis, 0?8 Oktober 2026</h1>", text)
    assert "Hitungan ulang" not in text


SERIAL_LINE = "UJI0001 · berkas"


def _plain(text: str) -> str:
    return re.sub(r"</?time[^>]*>", "", text)


def test_flags_and_absences_stand_on_the_day(world: World, client: Client) -> None:
    """A missing tap is told in words; a duty trip names its document."""
    client.sign_in(world.office.staff(2))
    assert "Tidak ada tap pulang." in client.get(f"{PAGES}/me/2026-10-09").text
    client.sign_in(world.office.staff(5))
    text = client.get(f"{PAGES}/me/2026-10-13").text
    assert "SPT 094/5/2026" in text
    assert "Dinas luar" in text


def test_a_waiting_recompute_is_told(world: World, client: Client) -> None:
    """Between new taps and their job the day says that it waits, and shows the newest data."""
    world.tap((3, "2026-10-12 07:25:00"), (3, "2026-10-12 16:30:00"))
    client.sign_in(world.office.staff(3))
    text = client.get(f"{PAGES}/me/2026-10-12").text
    assert "Hitungan ulang hari ini masih menunggu" in text
    assert "07.25" in text
    world.work_off()
    assert "Hitungan ulang" not in client.get(f"{PAGES}/me/2026-10-12").text


def test_days_that_do_not_exist_are_not_found(world: World, client: Client) -> None:
    """Tomorrow, the time before any table, and what is no date."""
    client.sign_in(world.office.staff(4))
    for day in ("2026-11-03", "2020-01-01", "kemarin", "2026-02-30", "2026-1-1"):
        assert client.get(f"{PAGES}/me/{day}").status_code == 404, day
    assert client.get(f"{PAGES}/me/9999-01-01").status_code == 422


def test_own_month_lists_days_newest_first(world: World, client: Client) -> None:
    """Every stored day with times and classes; sums with the free day and the cap."""
    client.sign_in(world.office.staff(4))
    text = client.get(f"{PAGES}/me?month=2026-10").text
    days = re.findall(r'href="/attendance/me/(2026-10-\d\d)"', text)
    assert len(days) == 31
    assert days == sorted(days, reverse=True)
    assert "TL1 PSW1" in text
    empty = client.get(f"{PAGES}/me?month=2020-01").text
    assert "Belum ada hari yang dihitung" in empty


def test_who_is_in_with_counts_and_filters(
    world: World, client: Client, clock: ManualClock
) -> None:
    """Counts of the unit, each state's people, and those of the units below on that date."""
    client.sign_in(world.office.staff(1))
    path = f"{PAGES}/units/DIN/day?date=2026-10-08"
    assert len(names(client.get(path).text)) == 5
    for query, wanted in (
        ("state=late", ["Staf A"]),
        ("state=early", ["Staf A"]),
        ("state=in&name=kepala", ["Kepala A", "Kepala B", "Kepala Dinas"]),
        ("state=absent", []),
        ("state=entah&name=staf", ["Staf A", "Staf B"]),
    ):
        assert names(client.get(f"{path}&{query}").text) == wanted, query
    client.sign_in(world.office.staff(3))
    found = client.get(f"{API}/units/DIN.B/day?date=13/10/2026").json()
    assert (found["expected"], found["came"], found["away"]) == (1, 1, 1)
    found = client.get(f"{API}/units/DIN.B/day?date=2026-10-12").json()
    assert (found["expected"], found["absent"], found["total"]) == (2, 1, 2)
    assert client.get(f"{PAGES}/units/DIN.B/day?date=31/31/2026").status_code == 422
    later = client.get(f"{PAGES}/units/DIN.B/day?date=2027-01-04").text
    assert "Belum dihitung" in later


def test_home_tells_ones_day_week_and_unit(
    world: World, client: Client, clock: ManualClock
) -> None:
    """Before the tap the clock, after it the time; a head also sees how many are in."""
    client.sign_in(world.office.staff(2))
    text = client.get("/").text
    for words in ("Absensi hari ini", "Belum absen masuk", "08.00 WIB", "Minggu ini", "belum"):
        assert words in text, words
    assert "Unit hari ini" in text
    assert "0 dari 1 hadir" in text
    world.tap((2, "2026-11-02 07:21:00"))
    world.work_off()
    text = client.get("/").text
    assert "Sudah absen masuk" in text
    assert "07.21" in text
    assert "1 dari 1 hadir" in text
    assert f"{PAGES}/me/2026-11-02" in text
    client.sign_in(world.office.staff(4))
    assert "Unit hari ini" not in client.get("/").text


@pytest.mark.parametrize("path", [f"{PAGES}/me", f"{PAGES}/units/DIN/month"])
def test_the_present_month_is_the_default(world: World, client: Client, path: str) -> None:
    """Without a month in the address the month of today is shown, among the last thirteen."""
    client.sign_in(world.office.staff(1))
    text = client.get(path).text
    assert '<option value="2026-11" selected>November 2026</option>' in text
    assert len(re.findall(r'<option value="20\d\d-\d\d"', text)) == 13
    assert dt.date(2025, 11, 1).strftime("%Y-%m") in text
