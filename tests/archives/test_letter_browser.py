"""Letters out in Chromium, on a phone and at a desk: the picture follows what is typed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from leuit.identity import Identity
from leuit.plugins import Host
from leuit.web import cookie_name, open_session
from leuit.work import Leuit
from tests.archives.outgoing_office import KIND, LetterOffice, letter_office
from tests.sp2d.services import with_ports, work_off
from tests.support import browser as support
from tests.system.browser_office import listen, served
from tests.system.test_browser import faults_of, unrolled

pytestmark = pytest.mark.ci
SIZES = {"360": support.PHONE, "1280": support.DESK}
SECONDS = 30_000
"""A picture is drawn by two processes, on a machine that may be busy (milliseconds)."""


@pytest.fixture
def engine() -> str:
    """One engine: the services are tested on both."""
    return "sqlite"


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A Chromium."""
    with support.chromium() as opened:
        yield opened


@pytest.fixture
def office(app: Leuit) -> LetterOffice:
    """An office without a service that signs."""
    with_ports(app)
    return letter_office(app)


def enter(page: Page, app: Leuit, who: Identity, address: str) -> None:
    """Give the browser somebody's session."""
    key, _ends = open_session(app, who, own_phone=False, request_id="test")
    cookie = {"name": cookie_name(secure=False), "value": key, "url": address}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain cookie


def looks_right(page: Page, name: str) -> None:
    """No finding of axe, no sideways scroll here or at 320 px; a picture is kept."""
    page.wait_for_load_state("networkidle")
    with unrolled(page):
        support.screenshot(page, f"letters-out/{name}")
    assert faults_of(page) == []
    assert not support.scrolls_sideways(page)
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": 320, "height": 700})
    assert not support.scrolls_sideways(page)
    page.set_viewport_size(size)


@pytest.mark.parametrize("width", SIZES)
def test_a_letter_is_written_beside_its_picture(
    office: LetterOffice, host: Host, browser: Browser, width: str
) -> None:
    """The picture comes by itself, changes a moment after typing, and the pages are clean."""
    app = office.app
    with (
        served(app, host) as address,
        support.page_in(browser, size=SIZES[width], base_url=address) as page,
    ):
        faults = listen(page, address)
        enter(page, app, office.writer, address)
        page.goto("/archives/outgoing/new")
        looks_right(page, "kinds")
        page.goto(f"/archives/outgoing/new?kind={KIND}")
        picture = page.locator("[data-letter-preview] img")
        expect(picture).to_have_count(1, timeout=SECONDS)
        first = picture.get_attribute("src")
        page.get_by_label("Hal", exact=True).fill("Undangan rapat koordinasi data desa")
        page.locator("[name=signer]").fill("Kepala · UNIT-A")
        expect(picture).not_to_have_attribute("src", first or "", timeout=SECONDS)
        second = picture.get_attribute("src")
        page.locator("[name=signer]").fill("Tidak ada")
        page.locator("[data-preview-told]").wait_for(timeout=SECONDS)
        assert picture.get_attribute("src") == second
        page.locator("[name=signer]").fill("Kepala · UNIT-A")
        page.locator("[name=to]").first.fill("Kepala · UNIT-B")
        page.locator("[name=class_code]").fill("000.1.2")
        page.locator("[name=mode]").select_option("wet")
        expect(page.locator("[data-preview-told]")).to_be_hidden(timeout=SECONDS)
        looks_right(page, "write")
        page.get_by_role("button", name="Simpan naskah").click()
        page.get_by_text("Naskah surat disimpan.").wait_for()
        looks_right(page, "draft")
        page.get_by_role("button", name="Kirim untuk paraf dan tanda tangan").click()
        page.get_by_text("Surat dikirim untuk paraf dan tanda tangan.").wait_for()
        work_off(app)
        page.reload()
        page.get_by_role("link", name="Unduh untuk dicetak").wait_for()
        looks_right(page, "by-hand")
        page.goto("/archives/outgoing")
        looks_right(page, "list")
        assert faults == []


def test_without_a_script_the_button_draws(
    office: LetterOffice, host: Host, browser: Browser
) -> None:
    """The same picture, and nothing typed is lost."""
    with (
        served(office.app, host) as address,
        support.page_in(browser, size=support.DESK, scripts=False, base_url=address) as page,
    ):
        enter(page, office.app, office.writer, address)
        page.goto(f"/archives/outgoing/new?kind={KIND}")
        assert page.locator("[data-letter-preview] img").count() == 0
        page.locator("[name=subject]").fill("Undangan")
        page.get_by_role("button", name="Perbarui gambar").click()
        expect(page.locator("[data-letter-preview] img")).to_have_count(1)
        assert page.locator("[name=subject]").input_value() == "Undangan"
