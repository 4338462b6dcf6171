"""The search in Chromium, with results, none, and a question that was misspelt.

Pictures are kept in build/screenshots/archives/.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from leuit.plugins import Host
from tests.archives.search_room import Shelf, plug_in
from tests.support import browser as support
from tests.system.browser_office import Site, site
from tests.system.test_browser import SIZES, faults_of, unrolled

pytestmark = pytest.mark.ci
TEXT = (
    "Menindaklanjuti surat Sekretaris Daerah tentang pelindungan anak, kami mengundang Saudara"
    " pada rapat koordinasi gugus tugas kabupaten layak anak. "
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the module."""
    with support.chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def office(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, host: Host
) -> Iterator[Site]:
    """The sample office, served."""
    with site(tmp_path_factory.mktemp("site"), sqlite_template, host) as opened:
        yield opened


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=["360", "1280"])
def test_each_state_of_the_search_is_clean(
    browser: Browser,
    office: Site,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    dark: bool,
) -> None:
    """No finding of axe and no sideways scroll, whatever is found; a suggestion is a press away."""
    shelf = Shelf.of(office.app)
    plug_in(monkeypatch, shelf)
    for number in range(25):
        day = dt.date(2026, 9, 1) + dt.timedelta(days=number)
        title = f"Undangan rapat perlindungan anak ke-{number + 1}"
        shelf.holds(title, text=TEXT * 3, day=day, keys=f"000.1.2.3/{number:03}/Bag.Umum/2026")
    shelf.indexed()
    with office.page(browser, office.member, size=size, dark=dark) as page:
        for name, query in {
            "found": "q=perlindungan+anak&year=2026",
            "nothing": "q=durian&year=2026",
            "misspelt": "q=perlindngan+anak",
            "unasked": "",
        }.items():
            page.goto(f"/archives/search?{query}")
            assert not support.scrolls_sideways(page)
            assert faults_of(page) == []
            with unrolled(page):
                shape = f"{size[0]}{'-dark' if dark else ''}"
                support.screenshot(page, f"archives/search-{name}-{shape}")
        page.goto("/archives/search?q=perlindngan+anak")
        page.get_by_role("link", name="perlindungan anak").click()
        page.get_by_role("heading", name="25 hasil").wait_for()
        page.get_by_role("link", name="Berikutnya").click()
        page.get_by_role("link", name="Hasil teratas").wait_for()
        assert page.locator("ol.rows > li").count() == 5
