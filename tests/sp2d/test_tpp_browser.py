"""TPP in Chromium: base amounts brought in by their keeper, a claim on the desk, the list as PDF.

On a phone and on a desk, checked by axe. Pictures are kept in build/screenshots/tpp/.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from leuit.identity import SYSTEM, Identity, Person
from leuit.plugins import Host
from leuit.values import RecordRef
from leuit.web import cookie_name, open_session
from leuit.work import Leuit
from leuit_sp2d.rules.chain import DRAFT
from tests.sp2d.test_tpp import HEAD, ask, row
from tests.sp2d.treasury import Treasury, treasury
from tests.support import browser as support
from tests.system.browser_office import listen, served
from tests.system.test_browser import unrolled

pytestmark = pytest.mark.ci
SIZES = [(360, 740), (1280, 800)]
NAMES = ("Nenden Cisimeut Kusumawardhani, S.Kom., M.Si.", "Asep Bojongmanik", "Iis Leuwidamar")
NIPS = ("198703142010012011", "199001202014021012", "198209052006042013")


@pytest.fixture
def engine() -> str:
    """One engine: the services are tested on both."""
    return "sqlite"


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury; its administrator's region holds only invented people."""
    return treasury(app)


@contextmanager
def seen(
    browser: Browser, address: str, app: Leuit, who: Identity, size: tuple[int, int]
) -> Iterator[Page]:
    """A page of somebody who is signed in; nothing may complain on it."""
    with support.page_in(browser, size=size, base_url=address) as page:
        key, _ends = open_session(app, who, own_phone=False, request_id="test")
        cookie = {"name": cookie_name(secure=False), "value": key, "url": address}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict of three keys
        faults = listen(page, address)
        yield page
        assert not faults, "\n".join(faults)


def picture(page: Page, name: str) -> None:
    """A picture; the page neither scrolls sideways nor breaks a rule of access."""
    with unrolled(page):
        support.screenshot(page, f"tpp/{name}")
        assert support.axe_violations(page) == [], name
    assert not support.scrolls_sideways(page), name


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
def test_amounts_and_a_claim_in_the_browser(
    office: Treasury, host: Host, size: tuple[int, int], tmp_path: Path
) -> None:
    """From the file to a claim that may be taken up, with what is in the way before."""
    app = office.app
    with app.change(SYSTEM) as work:
        people = [Person(name=name, nip=nip) for name, nip in zip(NAMES, NIPS, strict=True)]
        work.session.add_all(people)
        work.session.flush()
        work.audit("core.job.hastened", RecordRef("core.person", "x"))
        cuts = dict(zip([one.id for one in people], (225, 0, 1_050), strict=True))
    ask(office, cuts)
    claim_id = ask(office, cuts, key="rekap-naskah-2")
    with served(app, host) as address, support.chromium() as browser:
        with seen(browser, address, app, office.people[DRAFT], size) as page:
            page.goto(f"/sp2d/claims/{claim_id}")
            expect(page.get_by_role("main")).to_contain_text("Besaran TPP belum lengkap")
            picture(page, "desk-without-base")
            page.goto("/sp2d/claims")
            picture(page, "claims")
        with seen(browser, address, app, office.keeper, size) as page:
            page.goto("/sp2d/tpp")
            picture(page, "none")
            page.get_by_role("link", name="Impor besaran").first.click()
            picture(page, "import")
            for name, text in (
                ("refused", row(NIPS[0]) + row("198703142010012099") + row(NIPS[1], "4.5 juta")),
                ("fine", row(NIPS[0]) + row(NIPS[1], "3.250.000") + row(NIPS[2], "12.750.000")),
            ):
                page.goto("/sp2d/tpp/import")
                file = tmp_path / f"{name}.csv"
                file.write_text(HEAD + text)
                page.get_by_label("Berkas CSV atau XLSX").set_input_files(file)
                page.get_by_role("button", name="Periksa berkas").click()
                expect(page.get_by_role("main")).to_contain_text("Berkas ini")
                picture(page, f"report-{name}")
            page.get_by_role("button", name="Simpan besaran").click()
            expect(page.get_by_role("main")).to_contain_text("3 besaran TPP tersimpan.")
            picture(page, "bases")
        with seen(browser, address, app, office.people[DRAFT], size) as page:
            page.goto(f"/sp2d/claims/{claim_id}")
            picture(page, "desk")
            page.get_by_role("link", name="Ambil klaim").click()
            expect(page.get_by_label("Jenis gaji")).to_have_value("tpp")
            picture(page, "form")
