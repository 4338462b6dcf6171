"""The catalogue in Chromium, by somebody without an account: found, none, misspelt, compared.

Pictures are kept in build/screenshots/ecatalog/.
"""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect

from leuit.plugins import Host
from tests.ecatalog.market import Market
from tests.support import browser as support
from tests.system.browser_office import Site, site
from tests.system.test_browser import SIZES, faults_of, unrolled

pytestmark = pytest.mark.ci


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the module."""
    with support.chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def office(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, host: Host
) -> Iterator[Site]:
    """The sample office, served, with a shelf of tables."""
    with site(tmp_path_factory.mktemp("site"), sqlite_template, host) as opened:
        yield opened


@pytest.fixture(scope="module")
def shown(office: Site) -> list[UUID]:
    """Products of two vendors in the one category of the office."""
    market = Market(office.app)
    market.vendor("CV Contoh Mebel Jati Maja", district=None)
    market.vendor("PT Contoh Meubelair", district=None, scale="menengah")
    names = ["Meja kerja 1/2 biro 120 × 60 cm", "Meja komputer, rak papan ketik", "Meja lipat"]
    made = []
    for number, name in enumerate(names * 2):
        made.append(
            market.product(
                name,
                1_450_000 + 5_000 * number,
                vendor="PT Contoh Meubelair" if number % 2 else "CV Contoh Mebel Jati Maja",
                category="77.01.01",
                sku=f"M{number}",
                origin="pdn_tkdn" if number % 3 else "impor",
                tkdn=4_720 if number % 3 else None,
                state="dibekukan" if number == 4 else "tayang",
            )
        )
    return made


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=["360", "1280"])
def test_each_state_of_finding_is_clean(
    browser: Browser, office: Site, shown: list[UUID], size: tuple[int, int], dark: bool
) -> None:
    """No finding of axe and no sideways scroll, for a stranger; the facets open on a phone."""
    compared = "&".join(f"p={one}" for one in shown[:4])
    shape = f"{size[0]}{'-dark' if dark else ''}"
    with office.page(browser, size=size, dark=dark) as page:
        for name, path in {
            "found": "/ecatalog?q=meja",
            "chosen": "/ecatalog?q=meja&penyedia=umkk&dari=1450000",
            "nothing": "/ecatalog?q=meja&pdn=impor&penyedia=besar",
            "misspelt": "/ecatalog?q=komputr",
            "browsed": "/ecatalog",
            "compared": f"/ecatalog/compare?{compared}",
            "uncompared": "/ecatalog/compare",
            "product": f"/ecatalog/p/{shown[4]}",
        }.items():
            page.goto(path)
            assert not support.scrolls_sideways(page)
            assert faults_of(page) == []
            with unrolled(page):
                support.screenshot(page, f"ecatalog/finding-{name}-{shape}")
        if size == support.PHONE:
            page.goto("/ecatalog?q=meja")
            page.get_by_role("link", name="Saring").click()
            expect(page.get_by_role("button", name="Terapkan")).to_be_visible()
            assert faults_of(page) == []


def test_what_is_typed_is_completed_and_an_order_holds_at_once(
    browser: Browser, office: Site, shown: list[UUID]
) -> None:
    """Where a script runs: words are offered, and another order needs no button."""
    assert shown
    with office.page(browser, size=support.DESK) as page:
        page.goto("/ecatalog?q=meja")
        page.get_by_label("Cari produk").fill("meja kom")
        expect(page.locator("#saran option").first).to_have_attribute("value", "meja komputer")
        page.goto("/ecatalog?q=meja")
        page.get_by_label("Urutkan").select_option("dearest")
        page.wait_for_url("**sort=dearest**")
        assert "Rp1.475.000" in page.locator(".ecatalog-card").first.inner_text()


def test_everything_is_found_without_a_script(
    browser: Browser, office: Site, shown: list[UUID]
) -> None:
    """Words, a facet, an order, a comparison: by the buttons of one form."""
    assert shown
    with office.page(browser, size=support.DESK, scripts=False) as page:
        page.goto("/ecatalog")
        page.get_by_label("Cari produk").fill("meja lipat")
        page.get_by_label("UMKK").check()
        page.get_by_role("button", name="Terapkan").click()
        expect(page.get_by_role("heading", level=2).filter(has_text="1 produk")).to_be_visible()
        page.get_by_role("link", name="UMKK (hapus saringan)").click()
        for box in page.get_by_label("Bandingkan Meja lipat").all():
            box.check()
        page.get_by_role("button", name="Bandingkan yang dipilih").click()
        expect(page.get_by_role("columnheader")).to_have_count(3)
