"""Buying in Chromium, on a phone and a desk: a purchase goes from its basket to the PPK.

The vendor answers by phone. Every page of the walk, and each page that only one state has, is
without a finding of axe and no wider than its window.
"""

import pytest
from playwright.sync_api import expect

from leuit.plugins import Host
from leuit.work import Leuit
from leuit_ecatalog.models import Variant
from leuit_ecatalog.rules.purchase_states import AGREED, DRAFT, NEGOTIATING, ORDERING, REVIEW
from leuit_ecatalog.service.baskets import put_in
from tests.ecatalog.buying_office import PLANNER, PP, PPK, Office, office, package, product
from tests.ecatalog.office_window import SIZES, Window, looks_right, press
from tests.support import browser as support
from tests.system.browser_office import served
from tests.system.examples.ecatalog_buying import buying

pytestmark = pytest.mark.ci


@pytest.fixture
def engine() -> str:
    """One engine: the services are tested on both."""
    return "sqlite"


@pytest.fixture
def made(app: Leuit) -> Office:
    """The office."""
    return office(app)


@pytest.mark.parametrize("size", SIZES, ids=["360", "1280"])
def test_a_purchase_goes_from_the_basket_to_the_ppk(
    made: Office, host: Host, size: tuple[int, int]
) -> None:
    """By what stands on the pages alone, each step leads to the next."""
    variant, plan = product(made), package(made)
    product(made, made.rival, name="Gula aren kemasan", origin="impor", tkdn=None, bmp=None)
    with made.app.change(made.people[PP]) as work:
        put_in(work, variant, 20)
    with served(made.app, host) as address, support.chromium() as browser:
        window = Window(made, browser, address, size)
        with window.of(made.people[PP]) as page:
            page.goto("/ecatalog/basket")
            looks_right(page, "1-basket")
            page.get_by_role("link", name="Buat paket").click()
            page.get_by_label("ID paket RUP").fill(plan.rup_id)
            page.get_by_label("Keperluan").fill("Gula untuk rapat")
            looks_right(page, "2-package")
            press(page, "Simpan paket")
            page.get_by_label("Kecamatan").select_option(label="Sobang")
            page.get_by_label("Alamat").fill("Jalan Contoh 1")
            page.get_by_label("Dibutuhkan paling lambat").fill("30/12/2026")
            press(page, "Simpan tujuan")
            page.get_by_role("link", name="Ubah Gula aren semut 1 kg").click()
            page.get_by_label("Gula aren kemasan").check()
            looks_right(page, "3-line")
            press(page, "Bandingkan dengan yang dipilih")
            expect(page.locator("main")).to_contain_text("Impor, sedangkan ada produk dalam")
            looks_right(page, "4-comparison")
            press(page, "Simpan dan lanjut")
            looks_right(page, "5-price")
            press(page, "Simpan dasar harga")
            page.get_by_label("Negosiasi harga").check()
            looks_right(page, "6-method")
            press(page, "Simpan cara membeli")
            looks_right(page, "7-check")
            press(page, "Kirim pembelian")
            page.locator("main").get_by_role("link", name="Buka negosiasi").click()
            page.get_by_label("Gula aren semut 1 kg, harga satuan").fill("45.000")
            looks_right(page, "8-offer")
            press(page, "Kirim tawaran")
        with window.of(made.shop.account) as page:
            page.goto("/ecatalog/shop/offers")
            looks_right(page, "9-offers")
            page.locator("main").get_by_role("link", name="Gula untuk rapat").click()
            page.get_by_label("Gula aren semut 1 kg, harga satuan").fill("51.000")
            press(page, "Kirim tawaran")
            expect(page.locator("main")).to_contain_text("Tidak boleh di atas harga tayang.")
            looks_right(page, "10-refused")
            page.get_by_label("Gula aren semut 1 kg, harga satuan").fill("48.000")
            press(page, "Kirim tawaran")
            expect(page.locator("main")).to_contain_text("Giliran pihak lain menjawab")
        with window.of(made.people[PP]) as page:
            page.goto("/tasks")
            page.locator("main").get_by_role("link", name="Gula untuk rapat").click()
            page.locator("main").get_by_role("link", name="Buka negosiasi").click()
            looks_right(page, "11-answered")
            press(page, "Terima tawaran ini")
            expect(page.locator("main")).to_contain_text("Rp1.065.600")
            looks_right(page, "12-agreed")
        with window.of(made.people[PPK]) as page:
            page.goto("/ecatalog/purchases")
            page.locator("main").get_by_role("link", name="Gula untuk rapat").click()
            press(page, "Lanjutkan pesanan")
            page.get_by_label("Klausul surat pesanan").fill("Diantar pada jam kerja.")
            looks_right(page, "13-review")
            press(page, "Setujui pembelian")
            expect(page.locator("main")).to_contain_text("Disetujui PPK")
            looks_right(page, "14-approved")
    with made.app.read(made.people[PP]) as view:
        assert view.session.get_one(Variant, variant).stock == 980


@pytest.mark.parametrize("size", SIZES, ids=["360", "1280"])
def test_pages_that_only_one_state_has_are_clean(
    made: Office, host: Host, size: tuple[int, int]
) -> None:
    """Lists, the plan with its bar and its report, every state, and the vendor's own pages."""
    found = buying(made)
    ids = found.by_state
    report = "&".join(f"{name}={value}" for name, value in found.plan.items())
    pages = {
        PP: {
            "purchases": "/ecatalog/purchases",
            "draft": f"/ecatalog/purchases/{ids[DRAFT]}",
            "negotiating": f"/ecatalog/purchases/{ids[NEGOTIATING]}",
            "ordering": f"/ecatalog/purchases/{ids[ORDERING]}",
            "none": "/ecatalog/purchases?q=tidakada",
            "rup": "/ecatalog/rup",
            "package": f"/ecatalog/rup/{found.package}",
        },
        PPK: {
            "agreed": f"/ecatalog/purchases/{ids[AGREED]}",
            "waiting": f"/ecatalog/purchases/{ids[REVIEW]}",
            "return": f"/ecatalog/purchases/{ids[REVIEW]}/return",
            "cancel": f"/ecatalog/purchases/{ids[REVIEW]}/cancel",
        },
        PLANNER: {
            "rup-import": "/ecatalog/rup/import",
            "rup-report": f"/ecatalog/rup/import/report?{report}",
        },
    }
    shop = {
        "shop-offer": f"/ecatalog/shop/offers/{ids[NEGOTIATING]}",
        "shop-agreed": f"/ecatalog/shop/offers/{ids[AGREED]}",
        "shop-decline": f"/ecatalog/shop/offers/{ids[NEGOTIATING]}/decline",
    }
    with served(made.app, host) as address, support.chromium() as browser:
        window = Window(made, browser, address, size)
        everybody = [(made.people[name], opened) for name, opened in pages.items()]
        everybody.append((made.shop.account, shop))
        everybody.append((made.rival.account, {"shop-none": "/ecatalog/shop/offers"}))
        for who, opened in everybody:
            with window.of(who) as page:
                for name, path in opened.items():
                    answer = page.goto(path)
                    assert answer is not None
                    assert answer.status == 200, path
                    looks_right(page, name)
