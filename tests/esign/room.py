"""The office of e-sign at a browser: everybody at a page of his own, on a phone or a desk.

The browser opens after everything that is signed beforehand: playwright and pyHanko both want the
thread's event loop. Pictures are kept in build/screenshots/letters/.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import attrs
from playwright.sync_api import Browser, Page, expect

from leuit.builtin.organisation import set_password
from leuit.identity import SYSTEM, Account, Identity
from leuit.plugins import Host
from leuit.web import cookie_name, open_session
from tests.esign.letters import PASSPHRASE
from tests.esign.test_chain import Office
from tests.support import browser as support
from tests.system.browser_office import listen, served
from tests.system.test_browser import unrolled
from tests.system.test_browser_jobs import Manner
from tests.system.test_browser_office_jobs import Desk as PlainDesk

PASSWORD = "kata-sandi-uji-panjang"
SECONDS = 30_000
"""Signing asks the authority several times, on a machine that may be busy (milliseconds)."""


@attrs.frozen
class Desk(PlainDesk):
    """Somebody's page, and what he does on it with letters."""

    def tell(self, name: str, answer: str) -> None:
        """Type into the field of that name, whatever kind it is."""
        self.main.locator(f"[name={name}]").fill(answer)

    def tasks(self) -> list[str]:
        """The titles that wait for him on Tugas; tab and menu say how many."""
        self.go("/tasks")
        titles = self.main.locator("a.task strong").all_inner_texts()
        number = str(len(titles)) if titles else ""
        tab = self.main.locator("nav.tabs a[aria-current=page]").inner_text()
        assert re.sub(r"\D", "", tab) == number
        for path in ("/tasks", "/esign"):
            entry = self.page.locator(f"#menu a[href='{path}']").text_content() or ""
            assert re.sub(r"\D", "", entry) == number, path
        return titles

    def bring(self, title: str, pdf: bytes, folder: Path) -> str:
        """Upload a PDF; returns the address of its page."""
        file = folder / "surat.pdf"
        file.write_bytes(pdf)
        self.go("/esign/new")
        self.fill(title=title)
        self.send_file(file, "Unggah", "Dokumen diterima.")
        return self.page.url

    def put(self, spot: str, purpose: str = "sign") -> None:
        """Add a place at a usual spot of the last page."""
        form = self.main.locator("form", has=self.page.locator("select[name=spot]"))
        form.locator(f"input[name=purpose][value={purpose}]").check()
        self.choose(spot=spot)
        self.send("Tambah tempat", "Tempat ditambahkan.")

    def ask(self, position: str, kind: str, number: int) -> None:
        """Add a step."""
        self.fill(position=position, number=str(number))
        self.check("kind", kind)
        self.send("Tambah langkah", "Langkah ditambahkan.")

    def give_paraf(self, note: str = "") -> None:
        """Give one's paraf on the page of a letter."""
        self.fill(note=note, password=PASSWORD)
        self.send("Beri paraf", "Paraf diberikan.")

    def sign(self) -> None:
        """Sign on the page of a letter."""
        self.fill(password=PASSWORD, passphrase=PASSPHRASE)
        self.send("Tanda tangani", "Dokumen ditandatangani.")

    def told(self) -> list[str]:
        """What happened to a letter, one line for each entry of its timeline."""
        entries = self.main.locator("ol.timeline li").all()
        return [" ".join(one.locator("strong, p").all_inner_texts()) for one in entries]


@attrs.frozen
class Room:
    """The office, served, and the manner in which its people look at it."""

    office: Office
    browser: Browser
    address: str
    manner: Manner

    @contextmanager
    def desk(self, label: str | None = None) -> Iterator[Desk]:
        """The page of somebody by his label, of the maker, or of a stranger (None)."""
        size, scripts = self.manner.size, self.manner.scripts
        with support.page_in(
            self.browser, size=size, scripts=scripts, base_url=self.address
        ) as page:
            page.context.set_default_timeout(SECONDS)
            if label is not None:
                who = self.office.maker if label == "maker" else self.office.who[label]
                self._enter(page, who)
            faults = listen(page, self.address)
            yield Desk(page)
            assert not faults, "\n".join(faults)

    def tasks_of(self, label: str) -> list[str]:
        """The titles that wait for somebody."""
        with self.desk(label) as desk:
            return desk.tasks()

    def _enter(self, page: Page, who: Identity) -> None:
        key, _ends = open_session(self.office.app, who, own_phone=False, request_id="test")
        page.context.add_cookies(
            [{"name": cookie_name(secure=False), "value": key, "url": self.address}]
        )


@contextmanager
def opened(office: Office, host: Host, manner: Manner) -> Iterator[Room]:
    """The room while the block runs; everybody has the same password."""
    with office.app.read(SYSTEM) as view:
        accounts = [account.id for account in view.session.query(Account)]
    for account in accounts:
        set_password(office.app, SYSTEM, account, PASSWORD)
    with served(office.app, host) as address, support.chromium() as browser:
        yield Room(office, browser, address, manner)


def looks_right(page: Page, name: str, *, whole: bool = True) -> None:
    """A picture of the page or of what is in view; it is not wider than its window."""
    expect(page.locator("h1")).to_have_count(1)
    with unrolled(page) if whole else nullcontext():
        page.wait_for_load_state("networkidle")
        support.screenshot(page, f"letters/{name}", full=whole)
    assert not support.scrolls_sideways(page), name
