"""The office of these tests in a browser, as wide as a phone or a desk."""

from collections.abc import Iterator
from contextlib import contextmanager

import attrs
from playwright.sync_api import Browser, Page, expect

from leuit.identity import Identity
from leuit.web import cookie_name, open_session
from tests.ecatalog.buying_office import Office
from tests.support import browser as support
from tests.system.browser_office import listen

SECONDS = 30_000
"""How long a page may take on a busy machine (milliseconds)."""
SIZES = [support.PHONE, support.DESK]


@attrs.frozen
class Window:
    """The office, served, as wide as a phone or a desk."""

    made: Office
    browser: Browser
    address: str
    size: tuple[int, int]

    @contextmanager
    def of(self, who: Identity) -> Iterator[Page]:
        """Somebody's page; a script or an answer that failed fails the test."""
        with support.page_in(self.browser, size=self.size, base_url=self.address) as page:
            page.context.set_default_timeout(SECONDS)
            key, _ends = open_session(self.made.app, who, own_phone=False, request_id="test")
            page.context.add_cookies(
                [{"name": cookie_name(secure=False), "value": key, "url": self.address}]
            )
            faults = listen(page, self.address)
            yield page
            assert not faults, "\n".join(faults)


def looks_right(page: Page, name: str, where: str = "buying") -> None:
    """A picture; one heading, no finding of axe, not wider than its window.

    Read to the end, where nothing lies below the bar of the phone.
    """
    page.wait_for_load_state("networkidle")
    support.screenshot(page, f"{where}/{name}")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(page.locator("h1")).to_have_count(1)
    assert support.axe_violations(page) == [], name
    assert not support.scrolls_sideways(page), name


def press(page: Page, name: str) -> None:
    """Press a button of the page."""
    page.locator("main").get_by_role("button", name=name, exact=True).click()
