"""A letter in Chromium, on a phone and a desk: it comes in, is instructed in three taps, reported.

Each person does it on a page of his own, and axe finds no fault on any of their pages.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import pytest
from playwright.sync_api import Browser, Page, expect

from leuit.plugins import Host
from leuit.web import cookie_name, open_session
from leuit.work import Leuit
from tests.archives.letter_office import LetterOffice, letter_office
from tests.archives.letter_pdf import NUMBER, SUBJECT, letter_pdf
from tests.support import browser as support
from tests.system.browser_office import listen, served

pytestmark = pytest.mark.ci
SECONDS = 30_000
"""How long a page may take on a busy machine (milliseconds)."""


@pytest.fixture
def engine() -> str:
    """One engine: the services are tested on both."""
    return "sqlite"


@pytest.fixture
def office(app: Leuit) -> LetterOffice:
    """The office, nothing registered yet."""
    return letter_office(app)


@attrs.frozen
class Window:
    """The office, served, as wide as a phone or a desk."""

    office: LetterOffice
    browser: Browser
    address: str
    size: tuple[int, int]

    @contextmanager
    def of(self, label: str) -> Iterator[Page]:
        """Somebody's page; a script or an answer that failed fails the test."""
        with support.page_in(self.browser, size=self.size, base_url=self.address) as page:
            page.context.set_default_timeout(SECONDS)
            who = self.office.who[label]
            key, _ends = open_session(self.office.app, who, own_phone=False, request_id="test")
            page.context.add_cookies(
                [{"name": cookie_name(secure=False), "value": key, "url": self.address}]
            )
            faults = listen(page, self.address)
            yield page
            assert not faults, "\n".join(faults)


def looks_right(page: Page, name: str) -> None:
    """A picture; one heading, no finding of axe, not wider than its window."""
    page.wait_for_load_state("networkidle")
    support.screenshot(page, f"letters-in/{name}")
    expect(page.locator("h1")).to_have_count(1)
    assert support.axe_violations(page) == [], name
    assert not support.scrolls_sideways(page), name


def opened(page: Page, tile: str) -> None:
    """From the tiles by the list to the letter, as people go."""
    page.goto("/archives/letters")
    page.locator("main").get_by_role("link", name=tile).click()
    page.locator("main ul.rows").get_by_role("link", name=SUBJECT).click()
    expect(page.locator("h1")).to_have_text(SUBJECT)


class Taps:
    """Taps on a page, counted; each is where a finger would find it."""

    def __init__(self, page: Page) -> None:
        self.main = page.locator("main")
        self.count = 0

    def choice(self, text: str) -> None:
        """Tap a receiver or an instruction."""
        self.main.locator("label.letter-pick:visible", has_text=text).first.click()
        self.count += 1

    def button(self, name: str) -> None:
        """Tap a button."""
        self.main.get_by_role("button", name=name, exact=True).click()
        self.count += 1


@pytest.mark.parametrize("size", [support.PHONE, support.DESK], ids=["360", "1280"])
def test_a_letter_goes_its_way(
    office: LetterOffice, host: Host, tmp_path: Path, size: tuple[int, int]
) -> None:
    """Registered from its file, instructed in three taps, handed on, reported by the last."""
    (tmp_path / "surat.pdf").write_bytes(letter_pdf())
    with served(office.app, host) as address, support.chromium() as browser:
        window = Window(office, browser, address, size)
        _comes_in(window, tmp_path / "surat.pdf")
        _is_instructed(window)
        _is_handed_on(window)
        _is_reported(window)
        with window.of("kadis") as page:
            page.goto("/archives/letters/agenda")
            looks_right(page, "agenda")
            page.locator("main").get_by_role("link", name=SUBJECT).first.click()
            expect(page.locator("main")).to_contain_text("Data sudah dikumpulkan.")
            looks_right(page, "course")


def _comes_in(window: Window, file: Path) -> None:
    """The registrar brings the file, finds its facts read, and passes the letter on."""
    with window.of("registrar") as page:
        page.goto("/archives/letters/new")
        looks_right(page, "bring")
        main = page.locator("main")
        if main.locator("select[name=unit]").count():
            main.locator("select[name=unit]").select_option(str(window.office.units["DIN"]))
        main.locator("input[name=file]").set_input_files(file)
        main.get_by_role("button", name="Lanjut", exact=True).click()
        expect(main.locator("[name=number]")).to_have_value(NUMBER)
        expect(main.locator("[name=subject]")).to_have_value(SUBJECT)
        looks_right(page, "confirm")
        main.get_by_role("button", name="Simpan dan teruskan").click()
        expect(main).to_contain_text("nomor agenda 1/2026 dan diteruskan")
        looks_right(page, "registered")


def _is_instructed(window: Window) -> None:
    """The head taps a receiver, an instruction and send, nothing else."""
    with window.of("kadis") as page:
        page.goto("/archives/letters")
        looks_right(page, "tiles")
        opened(page, "Naskah masuk belum dibaca")
        looks_right(page, "letter")
        taps = Taps(page)
        taps.choice("Kepala Bidang")
        taps.choice("Laporkan hasilnya")
        taps.button("Kirim disposisi")
        expect(page.locator("main")).to_contain_text("Disposisi dikirim.")
        assert taps.count == 3
        looks_right(page, "instructed")
        page.goto("/archives/letters/waiting/unread")
        looks_right(page, "nothing-waits")
        page.goto("/tasks?show=others")
        expect(page.locator("main")).to_contain_text(SUBJECT)


def _is_handed_on(window: Window) -> None:
    """Who got it hands it on; his own stays open until the one below has ended."""
    with window.of("kabid") as page:
        opened(page, "Disposisi belum dibaca")
        page.locator("main summary", has_text="Teruskan disposisi").click()
        looks_right(page, "handing-on")
        taps = Taps(page)
        taps.choice("Analis")
        taps.choice("Tindak lanjuti")
        taps.button("Kirim disposisi")
        expect(page.locator("main")).to_contain_text("Disposisi dikirim.")
        page.goto("/archives/letters/waiting/open-dispositions")
        expect(page.locator("main ul.rows")).to_have_count(0)


def _is_reported(window: Window) -> None:
    """The last one reports and ends it; then it waits again for who handed it on."""
    with window.of("analis") as page:
        opened(page, "Disposisi belum dibaca")
        page.locator("main textarea[name=report]").fill("Data sudah dikumpulkan.")
        page.locator("main").get_by_role("button", name="Selesai", exact=True).click()
        expect(page.locator("main")).to_contain_text("Disposisi selesai.")
        looks_right(page, "reported")
    with window.of("kabid") as page:
        opened(page, "Disposisi belum ditindaklanjuti")
        page.locator("main").get_by_role("button", name="Selesai", exact=True).click()
        expect(page.locator("main")).to_contain_text("Disposisi selesai.")
