"""A vendor in Chromium on a phone: registers, answers, sends, is returned, corrects, is active.

The manager does his part on a phone too. Every page of the walk is looked at by axe, has one
heading and is not wider than its window.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import pytest
from playwright.sync_api import Browser, Page, expect

from leuit.identity import Identity
from leuit.plugins import Host
from leuit.web import cookie_name, open_session
from leuit.work import Leuit
from leuit_ecatalog.rules.legal_forms import PaperKind, missing_papers
from tests.ecatalog.shop_office import AREN, PASSWORD, ShopOffice, jpeg, shop_office
from tests.support import browser as support
from tests.system.browser_office import listen, served

pytestmark = pytest.mark.ci
SECONDS = 30_000
"""How long a page may take on a busy machine (milliseconds)."""
SHOP = "/ecatalog/shop"


@pytest.fixture
def engine() -> str:
    """One engine: the services are tested on both."""
    return "sqlite"


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Chromium."""
    with support.chromium() as running:
        yield running


@attrs.frozen
class Phones:
    """The office, served, and phones that look at it."""

    office: ShopOffice
    browser: Browser
    address: str

    @contextmanager
    def of(self, who: Identity | None = None) -> Iterator[Page]:
        """A phone; a script or an answer that failed fails the test."""
        size = support.PHONE
        with support.page_in(self.browser, size=size, base_url=self.address) as page:
            page.context.set_default_timeout(SECONDS)
            if who is not None:
                key, _ends = open_session(self.office.app, who, own_phone=False, request_id="test")
                page.context.add_cookies(
                    [{"name": cookie_name(secure=False), "value": key, "url": self.address}]
                )
            faults = listen(page, self.address)
            yield page
            assert not faults, "\n".join(faults)


@pytest.fixture
def phones(app: Leuit, host: Host, browser: Browser) -> Iterator[Phones]:
    """The regency, served."""
    office = shop_office(app)
    with served(app, host) as address:
        yield Phones(office, browser, address)


def looks_right(page: Page, name: str) -> None:
    """A picture; one heading, no finding of axe, not wider than its window."""
    page.wait_for_load_state("networkidle")
    expect(page.locator("h1")).to_have_count(1)
    assert not support.scrolls_sideways(page), name
    width, height = support.PHONE
    tall: int = page.evaluate("() => document.documentElement.scrollHeight")
    # The bar of phones lies at the end of a page that is as high as its window.
    page.set_viewport_size({"width": width, "height": max(height, tall)})
    support.screenshot(page, f"vendors/{name}")
    assert support.axe_violations(page) == [], name
    page.set_viewport_size({"width": width, "height": height})


def press(page: Page, name: str) -> None:
    """Press a button of the page and wait for the next one."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).click()


def bring(page: Page, kind: PaperKind, photo: Path) -> None:
    """Bring one paper as a photograph."""
    page.goto(f"{SHOP}/papers/{kind.code}")
    page.locator("input[type=file]").set_input_files(photo)
    press(page, "Simpan dokumen")


def answered(page: Page) -> None:
    """The four pages of answers, from the task list and back."""
    page.locator("main").get_by_role("link", name="Identitas").click()
    page.get_by_label("Bentuk usaha").select_option("UD")
    page.get_by_label("NIB").fill("12")
    page.get_by_label("NPWP").fill("90.485.863.6-000.000")
    page.get_by_label("Kode KBLI").fill("10721, 47111")
    press(page, "Simpan")
    expect(page.locator(".error-summary")).to_contain_text("NIB terdiri atas 13 angka.")
    looks_right(page, "identity-fault")
    page.get_by_label("NIB").fill("9999 8293 48965")
    press(page, "Simpan")
    page.locator("main").get_by_role("link", name="Skala dan pajak").click()
    page.get_by_label("Usaha mikro").check()
    page.get_by_label("Bukan PKP").check()
    looks_right(page, "scale")
    press(page, "Simpan")
    page.locator("main").get_by_role("link", name="Alamat dan kontak").click()
    page.locator("[name=address]").fill("Kampung Contoh RT 01 RW 02")
    page.locator("[name=district]").select_option(label="Sobang")
    page.locator("[name=phone]").fill("0812 9999 0001")
    looks_right(page, "contact")
    press(page, "Simpan")
    page.locator("main").get_by_role("link", name="Rekening").click()
    page.locator("[name=bank]").select_option("110")
    page.locator("[name=account_number]").fill("0012 3456 789")
    page.locator("[name=account_holder]").fill("Ibu Contoh")
    press(page, "Simpan")


def test_a_vendor_from_the_entrance_to_the_catalogue(phones: Phones, tmp_path: Path) -> None:
    """By two phones: the stranger's and the manager's, until the public page is there."""
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(jpeg(600, 400))
    with phones.of() as page, phones.of(phones.office.manager) as desk:
        page.goto("/sign-in")
        page.get_by_role("link", name="Daftar sebagai penyedia").click()
        looks_right(page, "register")
        page.locator("[name=vendor]").fill(str(AREN["name"]))
        page.locator("[name=name]").fill("Ibu Contoh")
        page.locator("[name=login]").fill("aren@contoh.id")
        page.locator("[name=password]").fill(PASSWORD)
        press(page, "Buat akun penyedia")
        expect(page.locator("h1")).to_have_text(str(AREN["name"]))
        looks_right(page, "desk-new")
        answered(page)
        for kind in missing_papers("UD", set()):
            bring(page, kind, photo)
        looks_right(page, "papers")
        page.goto(SHOP)
        page.locator("main").get_by_role("link", name="Periksa dan kirim").click()
        looks_right(page, "review")
        press(page, "Kirim untuk diperiksa")
        looks_right(page, "desk-sent")

        desk.goto("/tasks")
        desk.get_by_role("link", name=str(AREN["name"])).first.click()
        looks_right(desk, "verify")
        for segment in desk.locator(".ecatalog-segment label:first-child").all():
            segment.click()
        nib = desk.locator("[id='f-findings.nib']")
        nib.locator(".ecatalog-no").click()
        nib.get_by_label("Alasan NIB").select_option("nib_unknown")
        nib.get_by_label("Catatan untuk penyedia NIB").fill("Angka terakhir keliru.")
        desk.get_by_label("Kembalikan untuk diperbaiki").check()
        looks_right(desk, "verify-return")
        press(desk, "Simpan hasil")
        looks_right(desk, "vendor")

        page.goto(SHOP)
        expect(page.locator("main")).to_contain_text("NIB tidak ditemukan")
        expect(page.locator("main")).to_contain_text("Angka terakhir keliru.")
        looks_right(page, "desk-returned")
        page.get_by_role("link", name="Perbaiki NIB").click()
        page.get_by_label("NIB").fill("9999829348964")
        press(page, "Simpan")
        page.goto(f"{SHOP}/review")
        press(page, "Kirim untuk diperiksa")

        desk.goto("/tasks")
        desk.get_by_role("link", name=str(AREN["name"])).first.click()
        for segment in desk.locator(".ecatalog-segment label:first-child").all():
            segment.click()
        desk.get_by_label("Semua sesuai: aktifkan").check()
        press(desk, "Simpan hasil")
        expect(desk.locator("main")).to_contain_text("Diverifikasi dan aktif")
        desk.goto("/ecatalog/vendors")
        looks_right(desk, "list")

        page.goto(SHOP)
        looks_right(page, "desk-active")
        page.get_by_role("link", name="Halaman umum usaha ini").click()
        looks_right(page, "public")
