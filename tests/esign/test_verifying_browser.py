"""The public page in a browser: a citizen without scripts, every answer at each size and colour.

The browser is opened when all is signed: playwright and pyHanko both want the thread's event loop.
Pictures are kept in build/screenshots/verifying/.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from leuit.plugins import Host
from leuit.values import ManualClock
from tests.esign.attacks import signed
from tests.esign.attacks_content import CORPUS
from tests.esign.letters import Pen, letter
from tests.esign.test_chain import Office, office
from tests.esign.test_verifying import change, code_of, done
from tests.support import browser as support
from tests.system.browser_office import listen, served

__all__ = ["office"]  # the fixture of the services' tests


@pytest.fixture
def engine() -> str:
    """One engine: the services are tested on both."""
    return "sqlite"


@pytest.fixture
def address(office: Office, host: Host) -> Iterator[str]:
    """The office, served on a port."""
    with served(office.app, host) as opened:
        yield opened


def send(page: Page, file: Path) -> None:
    """Choose a file and send the form that is on the page."""
    page.get_by_label("Berkas PDF").set_input_files(file)
    page.locator("main form[method=post] button").click()
    page.get_by_role("heading", name="Apakah dokumen ini asli?").wait_for()


def test_a_citizen_asks_without_scripts(office: Office, address: str, tmp_path: Path) -> None:
    """From the code on paper to the comparison with the file, on a phone, without signing in."""
    letter_id = done(office)
    change(office, letter_id, number="000.1.5/1187/2026")
    file = tmp_path / "surat.pdf"
    file.write_bytes(office.pdf(letter_id))
    with (
        support.chromium() as browser,
        support.page_in(browser, size=support.PHONE, scripts=False, base_url=address) as page,
    ):
        page.goto("/verifikasi")
        page.get_by_label("Kode di samping QR").fill(code_of(office, letter_id).lower())
        page.get_by_role("button", name="Periksa kode").click()
        page.get_by_role("heading", name="Terdaftar", exact=True).wait_for()
        assert "000.1.5/1187/2026" in page.locator("main").inner_text()
        send(page, file)
        page.get_by_role("heading", name="Ya, asli dan berlaku").wait_for()
        assert page.context.cookies() == []


@pytest.mark.ci
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [support.PHONE, support.DESK], ids=["360", "1280"])
def test_every_answer_is_a_clean_page(
    office: Office,
    clock: ManualClock,
    address: str,
    pen: Pen,
    tmp_path: Path,
    size: tuple[int, int],
    dark: bool,
) -> None:
    """No finding of axe, one h1, no sideways scroll, whatever the answer and its variants."""
    old, new, revoked = done(office), done(office, "kadis", "bupati"), done(office)
    clock.advance(dt.timedelta(seconds=1))
    change(office, new, replaces_id=old, number="000.1.5/1188/2026")
    change(office, old, state="superseded", number="000.1.5/1187/2026")
    change(office, revoked, state="revoked", reason="Dasar hukumnya keliru")
    attack = next(one for one in CORPUS.attacks if one.name == "content_replaced")
    files = {
        "genuine": office.pdf(new),
        "superseded": office.pdf(old),
        "revoked": office.pdf(revoked),
        "altered": attack.build(pen),
        "elsewhere": signed(pen),
        "unsigned": letter(),
        "open": signed(pen, "asing"),
    }
    wrong: list[str] = []
    with (
        support.chromium() as browser,
        support.page_in(browser, size=size, dark=dark, base_url=address) as page,
    ):
        faults = listen(page, address)
        page.goto("/verifikasi")
        wrong += looked_at(page, "start", dark)
        for name, pdf in files.items():
            file = tmp_path / f"{name}.pdf"
            file.write_bytes(pdf)
            page.goto("/verifikasi")
            send(page, file)
            wrong += looked_at(page, name, dark)
        page.goto(f"/verifikasi/{code_of(office, new)}")
        wrong += looked_at(page, "code", dark)
        send(page, tmp_path / "revoked.pdf")
        wrong += looked_at(page, "compared", dark)
        page.goto(f"/verifikasi/{code_of(office, old)}")
        wrong += looked_at(page, "code-superseded", dark)
        page.goto("/verifikasi/7Q4K92MD0TXB")
        wrong += looked_at(page, "code-unknown", dark)
        page.goto("/verifikasi")
        page.get_by_role("button", name="Periksa berkas").click()
        page.locator(".error-summary").wait_for()
        wrong += looked_at(page, "refused", dark)
    assert not wrong + faults, "\n".join(wrong + faults)


def looked_at(page: Page, name: str, dark: bool) -> list[str]:
    """A picture of the page, and what is wrong with it."""
    support.screenshot(page, f"verifying/{'dark/' if dark else ''}{name}")
    found = support.axe_violations(page)
    if page.locator("h1").count() != 1:
        found.append("not one h1")
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": 320, "height": 700})
    if support.scrolls_sideways(page):
        found.append("scrolls sideways at 320")
    page.set_viewport_size(size)
    return [f"{name}: {fault}" for fault in found]
