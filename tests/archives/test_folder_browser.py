"""A folder in Chromium, on a phone and a desk: it is sent in pieces, over a line that is cut.

axe finds no fault on any of its pages.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from leuit.plugins import Host
from leuit.web import cookie_name, open_session
from leuit.work import Leuit, Worker
from tests.archives.archive_room import Room, archive_room
from tests.archives.folders import row, text_file
from tests.archives.zips import table, zipped
from tests.support import browser as support
from tests.system.browser_office import listen, served

pytestmark = pytest.mark.ci
SECONDS = 30_000
"""How long a page may take on a busy machine (milliseconds)."""
MEGABYTE = 1024 * 1024
FORM = "/archives/import"
PIECES = "**/api/uploads/v1/files/*"


@pytest.fixture
def engine() -> str:
    """One engine: the services are tested on both."""
    return "sqlite"


@pytest.fixture
def room(app: Leuit) -> Room:
    """The room of the archive."""
    return archive_room(app)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A ZIP of seven megabytes: three letters, one of which is not there."""
    files = {"arsip.csv": table([row(1), row(2), row(3, file="hilang.txt")])}
    files |= {f"surat-{number}.txt": text_file(number) for number in (1, 2)}
    files["lain.bin"] = random.Random(3).randbytes(7 * MEGABYTE)
    path = tmp_path / "arsip-lama.zip"
    path.write_bytes(zipped(files, stored=True))
    return path


@attrs.define(slots=False)  # playwright keeps something of its own at a handler's owner
class Line:
    """The line between browser and server: it lets so many pieces through, then it is cut.

    `offsets` are those of the pieces that were let through, `begun` how often a file was begun.
    """

    whole: int
    is_cut: bool = False
    offsets: list[int] = attrs.field(factory=list)
    begun: int = 0

    def laid(self, page: Page) -> None:
        """Lay the line to a page."""
        page.route(PIECES, self._piece)
        page.route("**/api/uploads/v1/files", self._begin)

    def mend(self) -> None:
        """Let everything through from now on."""
        self.whole, self.is_cut = 1_000, False

    def _piece(self, route: Route) -> None:
        if route.request.method == "PATCH" and len(self.offsets) >= self.whole:
            self.is_cut = True
        if self.is_cut:
            route.abort("connectionreset")
            return
        if route.request.method == "PATCH":
            self.offsets.append(int(route.request.headers["upload-offset"]))
        route.continue_()

    def _begin(self, route: Route) -> None:
        self.begun += 1
        route.continue_()


@contextmanager
def archivist(
    room: Room, browser: Browser, address: str, size: tuple[int, int], *, scripts: bool = True
) -> Iterator[Page]:
    """The archivist's page; a script that failed fails the test, a line that was cut does not."""
    with support.page_in(browser, size=size, base_url=address, scripts=scripts) as page:
        page.context.set_default_timeout(SECONDS)
        key, _ends = open_session(room.app, room.archivist, own_phone=False, request_id="test")
        page.context.add_cookies(
            [{"name": cookie_name(secure=False), "value": key, "url": address}]
        )
        faults = listen(page, address)
        yield page
        assert [fault for fault in faults if "net::ERR_CONNECTION_RESET" not in fault] == []


def looks_right(page: Page, name: str) -> None:
    """A picture; one heading, no finding of axe, not wider than its window."""
    support.screenshot(page, f"folders/{name}")
    expect(page.locator("h1")).to_have_count(1)
    assert support.axe_violations(page) == [], name
    assert not support.scrolls_sideways(page), name


def choose(page: Page, archive: Path) -> None:
    """Choose unit and ZIP, and send them."""
    page.goto(FORM)
    page.get_by_label("Unit pemilik arsip").select_option(label="Bidang A (DIN.A)")
    page.get_by_label("ZIP dari folder itu").set_input_files(archive)
    page.get_by_role("button", name="Periksa folder").click()


def work(room: Room) -> None:
    """Do all jobs that are due."""
    Worker(room.app, name="test").run_pending(raise_errors=True)


@pytest.mark.parametrize("size", [support.PHONE, support.DESK], ids=["360", "1280"])
def test_a_folder_goes_on_after_a_cut(
    room: Room, host: Host, archive: Path, size: tuple[int, int]
) -> None:
    """By itself once the line is there again; no piece is sent twice. Then its report is read."""
    line = Line(whole=2)
    with (
        served(room.app, host) as address,
        support.chromium() as browser,
        archivist(room, browser, address, size) as page,
    ):
        line.laid(page)
        choose(page, archive)
        status = page.locator("[data-upload-shown] [role=status]")
        expect(status).to_contain_text("Sambungan terputus.")
        looks_right(page, "cut")
        line.mend()
        page.wait_for_url(f"**{FORM}/*")
        expect(page.locator("main")).to_contain_text("Sedang dikerjakan")
        looks_right(page, "tried")
        work(room)
        expect(page.locator("main")).to_contain_text("1 baris ditolak.")
        looks_right(page, "report")
        page.goto(FORM)
        looks_right(page, "form")
    assert line.begun == 1
    assert line.offsets == sorted(set(line.offsets))
    assert line.offsets[0] == 0
    assert len(line.offsets) > 3


@pytest.mark.parametrize("size", [support.PHONE, support.DESK], ids=["360", "1280"])
def test_a_folder_goes_on_after_a_reload(
    room: Room, host: Host, tmp_path: Path, size: tuple[int, int]
) -> None:
    """The same file chosen again is not begun again; all of it comes in, and is counted."""
    files = {"arsip.csv": table([row(1), row(2)])}
    files |= {f"surat-{number}.txt": text_file(number) for number in (1, 2)}
    files["lain.bin"] = random.Random(4).randbytes(3 * MEGABYTE)
    path = tmp_path / "arsip-lama.zip"
    path.write_bytes(zipped(files, stored=True))
    line = Line(whole=1)
    with (
        served(room.app, host) as address,
        support.chromium() as browser,
        archivist(room, browser, address, size) as page,
    ):
        line.laid(page)
        choose(page, path)
        status = page.locator("[data-upload-shown] [role=status]")
        expect(status).to_contain_text("Sambungan terputus.")
        page.reload()
        expect(page.locator("main")).to_contain_text("persen terkirim")
        looks_right(page, "on-its-way")
        line.mend()
        choose(page, path)
        page.wait_for_url(f"**{FORM}/*")
        work(room)
        page.reload()
        page.get_by_role("button", name="Masukkan").click()
        expect(page.locator("main")).to_contain_text("Sedang dikerjakan")
        work(room)
        page.reload()
        expect(page.locator("main")).to_contain_text("2 arsip masuk.")
        looks_right(page, "taken")
        page.get_by_role("link", name="Lihat arsip unit ini").click()
        expect(page.locator("main")).to_contain_text("Surat lama 1")
    assert line.begun == 1
    assert line.offsets == sorted(set(line.offsets))


def test_a_refusal_is_told_and_the_form_stays(room: Room, host: Host, tmp_path: Path) -> None:
    """The server's sentence stands beside the field, and the button works again."""
    path = tmp_path / "arsip.rar"
    path.write_bytes(b"Rar!")
    with (
        served(room.app, host) as address,
        support.chromium() as browser,
        archivist(room, browser, address, support.DESK) as page,
    ):
        choose(page, path)
        fault = page.locator("[data-upload-shown] [role=status]")
        expect(fault).to_contain_text("harus berakhiran .zip")
        looks_right(page, "refused")
        button = page.get_by_role("button", name="Periksa folder")
        expect(button).not_to_have_attribute("aria-disabled", "true")


def test_without_a_script_the_form_sends_the_file(room: Room, host: Host, tmp_path: Path) -> None:
    """Up to the size that the page names; the rest of the way is the same."""
    path = tmp_path / "arsip.zip"
    path.write_bytes(zipped({"arsip.csv": table([row(1)]), "surat-1.txt": text_file(1)}))
    with (
        served(room.app, host) as address,
        support.chromium() as browser,
        archivist(room, browser, address, support.PHONE, scripts=False) as page,
    ):
        page.goto(FORM)
        expect(page.locator("main")).to_contain_text("paling besar 50 MB")
        support.screenshot(page, "folders/without-script")
        choose(page, path)
        page.wait_for_url(f"**{FORM}/*")
        work(room)
        page.reload()
        expect(page.locator("main")).to_contain_text("1 arsip siap dimasukkan.")
