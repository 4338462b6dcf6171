"""The page Tugas and the counts of the menu: everything that waits, by right, whoever fails."""

import contextlib
import datetime as dt
import re
import threading
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from sqlalchemy import text

from leuit.plugins import Host, InboxSource
from leuit.testing import Cast, cast
from leuit.values import ManualClock
from leuit.work import Leuit, View
from tests.core.inbox.sources import source, task, with_sources
from tests.support.client import Client

HOUR = dt.timedelta(hours=1)
NOW = dt.datetime(2026, 10, 5, tzinfo=dt.UTC)  # Monday, 07.00 WIB


@pytest.fixture
def people(app: Leuit) -> Cast:
    """Who asks."""
    return cast(app)


@contextlib.contextmanager
def asked(app: Leuit, host: Host, *sources: InboxSource) -> Iterator[Client]:
    """A client of an installation that has these sources alone; its threads end with the block."""
    made = with_sources(host, *sources)
    with Client(app, made) as client:
        yield client
    for pool in made.parts._pools.values():
        pool.shutdown()


def titles(page: str) -> list[str]:
    """The titles of the tasks shown, in order."""
    return re.findall(r'class="row task".*?<strong>(.*?)</strong>', page, re.DOTALL)


def menu(page: str) -> dict[str, str]:
    """The counts in the side menu, by label."""
    side = page.partition('id="menu"')[2].partition("</nav>")[0]
    return dict(re.findall(r'</svg>([^<]+?) <span class="count[^>]*>(\d+\+?)<', side))


def fails(_view: View, _limit: int = 0) -> Any:
    raise RuntimeError("rusak")


def test_tasks_of_all_services_stand_in_one_list(app: Leuit, host: Host, people: Cast) -> None:
    """The earliest limit first, then the longest wait, without a limit last; groups are counted."""
    one = source(
        mine=[
            task("Lewat", due=NOW - HOUR),
            task("Hari ini", due=NOW + 9 * HOUR),
            task("Menunggu lama", since=NOW - 50 * HOUR),
        ],
        others=[task("Punya orang")],
    )
    two = source(
        "uji.dua",
        label="Uji dua",
        mine=[
            task("Hari ini dulu", due=NOW + 8 * HOUR, chip="Segera"),
            task("Jumat", due=NOW + 100 * HOUR),
            task("Bulan depan", due=NOW + 700 * HOUR),
            task("Baru datang"),
        ],
    )
    with asked(app, host, one, two) as client, client.as_(people.member):
        page = client.get("/tasks").text
        assert titles(page) == [
            "Lewat",
            "Hari ini dulu",
            "Hari ini",
            "Jumat",
            "Bulan depan",
            "Menunggu lama",
            "Baru datang",
        ]
        heads = re.findall(r'<h2 class="task-head.*?>(?:<svg.*?</svg>)?([^<]+)<.*?>(\d+)<', page)
        assert heads == [
            ("Lewat tenggat ", "1"),
            ("Hari ini, Senin 5 Oktober ", "2"),
            ("Minggu ini ", "1"),
            ("Nanti ", "1"),
            ("Tanpa tenggat ", "2"),
        ]
        assert "7 tugas" in page
        assert "Diperbarui 07.00 WIB" in page
        assert menu(page) == {"Tugas": "7", "Layanan Uji satu": "3", "Layanan Uji dua": "4"}
        assert titles(client.get("/tasks?source=uji.dua").text)[0] == "Hari ini dulu"
        assert len(titles(client.get("/tasks?source=uji.satu").text)) == 3
        assert len(titles(client.get("/tasks?source=tidak.ada").text)) == 7
        assert titles(client.get("/tasks?show=others").text) == ["Punya orang"]


def test_a_source_is_asked_for_who_holds_its_permission(
    app: Leuit, host: Host, people: Cast
) -> None:
    """Somebody without the right is shown neither tasks, nor a pill, nor a count."""
    guarded = source(mine=[task("Rahasia")], permission="core.health.read")
    with asked(app, host, guarded) as client:
        client.sign_in(people.member)
        page = client.get("/tasks").text
        assert "Rahasia" not in page
        assert "Uji satu" not in page.partition("<main")[2]
        assert menu(page) == {}
        assert "Tidak ada yang menunggu Anda" in page
        client.sign_in(people.administrator)
        assert titles(client.get("/tasks").text) == ["Rahasia"]
        client.sign_out()
        assert client.get("/tasks").status_code == 303


@pytest.mark.parametrize("broken", ["mine", "count", "count_others", "strange", "naive"])
def test_a_source_that_fails_is_left_out_loudly(
    app: Leuit, host: Host, people: Cast, broken: str
) -> None:
    """The others' tasks are shown, and a notice says whose are missing."""
    good, bad = source(mine=[task("Baik")]), source("uji.dua", label="Uji dua", mine=[task("X")])
    wrong: dict[str, Any] = {
        "strange": {"mine": lambda _view, _limit: ["bukan tugas"]},
        "naive": {"mine": lambda _view, _limit: [task(since=NOW.replace(tzinfo=None))]},
    }
    bad = attrs.evolve(bad, **wrong.get(broken, {broken: fails}))
    if broken == "count":  # everything came, so that nothing need be counted
        bad = attrs.evolve(bad, mine=lambda _view, limit: [task("X")] * limit)
    with asked(app, host, good, bad) as client, client.as_(people.member):
        answer = client.get("/tasks")
        assert answer.status_code == 200
        assert titles(answer.text) == ["Baik"]
        assert "Tugas Uji dua sedang tidak dapat dimuat." in answer.text
        assert "1 tugas" in answer.text


def test_a_source_that_is_late_is_left_out(app: Leuit, host: Host, people: Cast) -> None:
    """The page does not wait longer than the limit, nor does the menu or the home page."""
    gate = threading.Event()

    def hangs(_view: View, _limit: int = 0) -> Any:
        gate.wait(60)
        return 0

    good = source(mine=[task("Baik")])
    late = attrs.evolve(source("uji.dua", label="Uji dua"), mine=hangs, count=hangs)
    server = attrs.evolve(
        app.settings.server, card_milliseconds=50, inbox_milliseconds=50, count_milliseconds=50
    )
    app.settings = attrs.evolve(app.settings, server=server)
    with asked(app, host, late, good) as client, client.as_(people.member):
        try:
            for path in ("/tasks", "/"):
                page = client.get(path).text
                assert "Tugas Uji dua sedang tidak dapat dimuat." in page
            assert client.get("/privacy").status_code == 200
        finally:
            gate.set()


def test_a_count_that_fails_takes_no_other_with_it(app: Leuit, host: Host, people: Cast) -> None:
    """On any page: a broken statement ends its view, and the next source has another one."""

    def broken(view: View) -> int:
        return int(view.session.execute(text("SELECT tidak_ada FROM account")).scalar_one())

    first = source("uji.dua", label="Uji dua", count=broken)
    with asked(app, host, first, source(mine=[task()] * 3)) as client, client.as_(people.member):
        assert menu(client.get("/privacy").text) == {"Tugas": "3", "Layanan Uji satu": "3"}


def test_long_lists_go_on_page_by_page(app: Leuit, host: Host, people: Cast) -> None:
    """Fifty tasks a page over all sources, none missing and none twice."""
    one = source(mine=[task(f"A{n:02}", since=NOW - (99 - n) * HOUR) for n in range(40)])
    two = source("uji.dua", mine=[task(f"B{n:02}", since=NOW - (99 - n) * HOUR) for n in range(40)])
    with asked(app, host, one, two) as client, client.as_(people.member):
        first, second = (client.get(f"/tasks?page={n}").text for n in (1, 2))
        assert [len(titles(page)) for page in (first, second)] == [50, 30]
        assert len({*titles(first), *titles(second)}) == 80
        assert titles(first)[:4] == ["B00", "A00", "B01", "A01"]
        assert "1–50 dari 80 tugas" in first
        assert "51–80 dari 80 tugas" in second
        assert 'href="/tasks?page=2"' in first
        assert "Tidak ada tugas di halaman ini" in client.get("/tasks?page=9").text


def test_what_is_done_stands_newest_first_and_says_its_limit(
    app: Leuit, host: Host, people: Cast
) -> None:
    """Fifty are shown; that there are more is said."""
    one = source(done=[task(f"A{n}", since=NOW - 2 * n * HOUR) for n in range(40)])
    two = source("uji.dua", done=[task(f"B{n}", since=NOW - (2 * n + 1) * HOUR) for n in range(40)])
    with asked(app, host, one, two) as client, client.as_(people.member):
        page = client.get("/tasks?show=done").text
        assert titles(page)[:4] == ["A0", "B0", "A1", "B1"]
        assert len(titles(page)) == 50
        assert "50 yang terakhir ditampilkan" in page
    with asked(app, host, source(done=[task("A")])) as client, client.as_(people.member):
        assert "1 tugas" in client.get("/tasks?show=done").text


def test_empty_tabs_say_why(app: Leuit, host: Host, people: Cast) -> None:
    """Nothing to do is said of each tab in its own words, and no count is shown."""
    with asked(app, host, source()) as client, client.as_(people.member):
        assert "Tidak ada yang menunggu Anda" in client.get("/tasks").text
        assert "Tidak ada yang menunggu orang lain" in client.get("/tasks?show=others").text
        assert "Belum ada yang selesai" in client.get("/tasks?show=done").text
        assert menu(client.get("/tasks").text) == {}
        assert "Perlu tindakan Anda" not in client.get("/").text


def test_the_home_page_shows_the_first_three(
    app: Leuit, host: Host, people: Cast, clock: ManualClock
) -> None:
    """With the day they are due; the link to all of them says how many."""
    mine = [
        task("Kemarin", due=NOW - 20 * HOUR),
        task("Sore", due=NOW + 9 * HOUR),
        task("Besok pagi", due=NOW + 25 * HOUR),
        task("Nanti", due=NOW + 200 * HOUR),
    ]
    clock.set(NOW)
    with asked(app, host, source(mine=mine)) as client, client.as_(people.member):
        page = client.get("/").text
        card = page.partition('id="k-tasks"')[2].partition("</section>")[0]
        assert "Semua (4)" in card
        assert re.findall(r"<strong>(.*?)</strong>", card) == ["Kemarin", "Sore", "Besok pagi"]
        assert re.findall(r'chip-(\w+)">([^<]+)<', card) == [
            ("bata", "Min, 4 Okt"),
            ("tunggu", "Hari ini"),
            ("abu", "Besok"),
        ]
