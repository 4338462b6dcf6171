"""The browser that tests look through: it draws text, and its measures can fail."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support import browser as support

HEAD = '<!doctype html><html lang="id"><head><title>Coba</title></head>'
GOOD = HEAD + "<body><main><h1>Rekap</h1><p>Hadir</p></main></body></html>"
BAD = HEAD + '<body><main><h1>Rekap</h1><img src="data:,"></main></body></html>'
WIDE = HEAD + '<body><main><h1 style="width: 2000px">Rekap</h1></main></body></html>'


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the module."""
    with support.chromium() as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A phone-sized page of a fresh context."""
    with support.page_in(chromium, size=support.PHONE) as page:
        yield page


def test_text_is_drawn_in_the_pinned_font(page: Page) -> None:
    """Letters leave ink, and `system-ui` is Noto Sans, whatever fonts the machine has."""
    page.set_content(GOOD)
    widths: list[float] = page.evaluate(
        """() => ['system-ui', 'sans-serif', '"Noto Sans"'].map(family => {
            const context = document.createElement('canvas').getContext('2d');
            context.font = '40px ' + family;
            return context.measureText('Kecamatan').width;
        })"""
    )
    assert widths[0] > 0
    assert widths[0] == widths[1] == widths[2]


def test_axe_finds_what_is_wrong_and_only_that(page: Page) -> None:
    """A clean page has no violation; a picture without a description has one, by its name."""
    page.set_content(GOOD)
    assert support.axe_violations(page) == []
    page.set_content(BAD)
    assert [line.split()[0] for line in support.axe_violations(page)] == ["image-alt"]


def test_a_wide_page_is_noticed(page: Page) -> None:
    """A page that must be scrolled sideways is told from one that need not."""
    page.set_content(GOOD)
    assert not support.scrolls_sideways(page)
    page.set_content(WIDE)
    assert support.scrolls_sideways(page)


def test_weight_counts_bytes_as_sent(page: Page) -> None:
    """A page weighs what it fetched, by kind."""
    page.route("**/*", lambda route: route.fulfill(body=GOOD, content_type="text/html"))
    with support.weigh(page) as weight:
        page.goto("http://leuit.test/rekap")
    assert set(weight.by_path) == {"/rekap"}
    assert set(weight.kinds) == {"document"}


def test_pictures_are_named_by_width(page: Page) -> None:
    """A picture lies at build/screenshots/NAME-WIDTH.png and is a PNG."""
    page.set_content(GOOD)
    picture = support.screenshot(page, "support/coba")
    assert picture == support.SCREENSHOTS / "support" / "coba-360.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
