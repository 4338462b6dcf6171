"""Products in Chromium on a phone: a price in two taps, a product from its category to display."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from leuit.identity import Identity
from leuit.plugins import Host
from leuit.web import cookie_name, open_session
from leuit.work import Leuit
from leuit_ecatalog.service.product_lists import ProductFilter, moderated_products
from tests.ecatalog.shop import Shop, photo
from tests.support import browser as support
from tests.system.browser_office import listen, served

pytestmark = pytest.mark.ci
LIST = "/ecatalog/shop/products"


@pytest.fixture
def engine() -> str:
    """One engine: the services are tested on both."""
    return "sqlite"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    with support.chromium() as running:
        yield running


@contextmanager
def phone(app: Leuit, host: Host, browser: Browser, who: Identity) -> Iterator[Page]:
    """A phone of somebody who is signed in; faults that the browser reports end the block."""
    with (
        served(app, host) as address,
        support.page_in(browser, size=support.PHONE, base_url=address) as page,
    ):
        key, _ends = open_session(app, who, own_phone=False, request_id="test")
        page.context.add_cookies(
            [{"name": cookie_name(secure=False), "value": key, "url": address}]
        )
        faults = listen(page, address)
        yield page
        assert not faults, "\n".join(faults)


def test_a_price_is_two_taps_away(shop: Shop, host: Host, browser: Browser) -> None:
    """From the list to the form, two numbers, saved: the list says the new price."""
    product_id = shop.shown()
    with phone(shop.app, host, browser, shop.vendor) as page:
        page.goto(LIST)
        page.get_by_role("link", name="Harga & stok").click()
        page.get_by_label("Harga satuan tanpa PPN").fill("21.500")
        page.get_by_label("Stok").fill("+10")
        page.get_by_role("button", name="Simpan").click()
        page.get_by_text("Harga dan stok tersimpan.").wait_for()
        assert "Rp21.500" in page.locator("main").inner_text()
        assert not support.scrolls_sideways(page)
    assert shop.variant(product_id).stock == 60
    assert shop.product(product_id).state == "tayang"


def test_a_product_is_made_on_a_phone(
    shop: Shop, host: Host, browser: Browser, tmp_path: Path
) -> None:
    """Category, name, photo, specification, price, shipping, and it waits to be looked at."""
    shot = tmp_path / "foto.jpg"
    shot.write_bytes(photo(800, 600))
    with phone(shop.app, host, browser, shop.vendor) as page:
        page.goto(LIST)
        page.get_by_role("link", name="Tambah produk").first.click()
        page.get_by_label("Cari kategori").fill("gula cetak")
        page.get_by_role("button", name="Cari").click()
        page.get_by_role("link", name="Gula Cetak").click()
        page.get_by_label("Nama produk").fill("Gula aren <b>asli</b>")
        page.get_by_label("Uraian").fill("Dari nira pohon aren.")
        page.get_by_role("button", name="Simpan draf dan lanjut").click()
        page.get_by_label("Foto JPEG atau PNG").set_input_files(shot)
        page.get_by_role("button", name="Kirim gambar").click()
        page.get_by_text("Gambar tersimpan.").wait_for()
        page.get_by_role("link", name="Lanjut").click()
        page.get_by_role("button", name="Simpan").click()
        page.get_by_role("heading", name="SNI, halal, KBKI").wait_for()
        page.get_by_role("button", name="Simpan").click()
        page.get_by_label("Bentuk").select_option("batok")
        page.get_by_label("Berat").fill("setengah kilo")
        page.get_by_role("button", name="Simpan").click()
        page.get_by_text("tidak terbaca sebagai angka").first.wait_for()
        page.get_by_label("Berat").fill("0,5 kg")
        page.get_by_role("button", name="Simpan").click()
        page.get_by_label("Harga satuan tanpa PPN").fill("20000")
        page.get_by_role("button", name="Simpan harga dan stok").click()
        page.get_by_text("Varian tersimpan.").wait_for()
        page.get_by_role("link", name="Lanjut").click()
        page.get_by_label("Ongkos kirim sekali pesan").fill("gratis")
        page.get_by_role("button", name="Simpan").click()
        page.get_by_role("heading", name="Gula aren <b>asli</b>").wait_for()
        assert not support.scrolls_sideways(page)
        page.get_by_role("button", name="Ajukan produk").click()
        page.get_by_text("Produk diajukan.").wait_for()
    with shop.app.read(shop.manager) as view:
        rows, _total = moderated_products(view, ProductFilter(state="diajukan"), 0, 5)
    assert [row.name for row in rows] == ["Gula aren <b>asli</b>"]
