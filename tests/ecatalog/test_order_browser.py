"""An order in Chromium, on a phone and a desk, with nobody who signs, pays or files.

From the Surat Pesanan to the rating by what stands on the pages alone; every page is without a
finding of axe and no wider than its window.
"""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from leuit.plugins import Host
from leuit.work import Leuit
from leuit_ecatalog.rules.purchase_states import DONE
from tests.ecatalog import ordering
from tests.ecatalog.buying_office import PPK, TREASURER, Office, at, office
from tests.ecatalog.office_window import SIZES, Window, looks_right, press
from tests.support import browser as support
from tests.system.browser_office import served

pytestmark = pytest.mark.ci


@pytest.fixture
def engine() -> str:
    """One engine: the services are tested on both."""
    return "sqlite"


@pytest.fixture
def made(app: Leuit) -> Office:
    """The office, with none of its neighbours."""
    ordering.with_ports(app)
    return office(app)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A page that somebody scanned."""
    Image.new("RGB", (595, 842), "white").save(tmp_path / "pindaian.pdf", "PDF")
    return tmp_path / "pindaian.pdf"


@pytest.mark.parametrize("size", SIZES, ids=["360", "1280"])
def test_an_order_goes_from_its_letter_to_the_rating(
    made: Office, host: Host, paper: Path, size: tuple[int, int]
) -> None:
    """PPK, vendor and treasurer find each step where the page says that it waits for them."""
    one = ordering.approved(made)
    desk, shop = f"/ecatalog/purchases/{one}", f"/ecatalog/shop/orders/{one}"
    with served(made.app, host) as address, support.chromium() as browser:
        window = Window(made, browser, address, size)
        with window.of(made.people[PPK]) as page:
            page.goto("/tasks")
            _open(page, "Gula untuk rapat")
            _follow(page, "Buat surat pesanan")
            _right(page, "1-order")
            press(page, "Buat surat pesanan")
            _follow(page, "Buka dokumen")
            _right(page, "2-document")
            _signed_with_a_pen(page, paper, "3-scan")
            expect(page.locator("main")).to_contain_text("Menunggu konfirmasi penyedia")
            _right(page, "4-confirming")
        with window.of(made.shop.account) as page:
            page.goto("/ecatalog/shop/orders")
            _right(page, "5-orders")
            _open(page, "Gula untuk rapat")
            _right(page, "6-to-confirm")
            page.goto(f"{shop}/refuse")
            _right(page, "7-refuse")
            page.goto(shop)
            press(page, "Terima pesanan")
            _follow(page, "Kirim barang")
            page.get_by_label("Gula aren semut 1 kg").fill("101")
            press(page, "Catat pengiriman")
            expect(page.locator("main")).to_contain_text("Yang belum dikirim 100.")
            _right(page, "8-too-many")
            page.get_by_label("Gula aren semut 1 kg").fill("60")
            page.get_by_label("Foto atau surat jalan").set_input_files(paper)
            press(page, "Catat pengiriman")
            _right(page, "9-sent")
        with window.of(made.people[PPK]) as page:
            page.goto(desk)
            _follow(page, "Periksa pengiriman")
            page.get_by_label("Gula aren semut 1 kg: diterima").fill("50")
            page.get_by_label("Gula aren semut 1 kg: dikembalikan").fill("10")
            press(page, "Simpan pemeriksaan")
            expect(page.locator("main")).to_contain_text("Pilih alasan pengembalian.")
            _right(page, "10-inspection")
            page.get_by_label("Alasan pengembalian").select_option(label="Mutu tidak sesuai")
            page.get_by_label("Sesuai fungsi").check()
            press(page, "Simpan pemeriksaan")
            expect(page.locator("main")).to_contain_text("belum dikirim 50")
            _right(page, "11-partly")
            page.goto(f"{desk}/stop")
            _right(page, "12-stop")
        with window.of(made.shop.account) as page:
            page.goto(f"{shop}/deliver")
            press(page, "Catat pengiriman")
        with window.of(made.people[PPK]) as page:
            page.goto(desk)
            _follow(page, "Periksa pengiriman")
            press(page, "Simpan pemeriksaan")
            _follow(page, "Buat berita acara")
            page.get_by_label("Nomor berita acara").fill("027/15/BAST/2026")
            _right(page, "13-minutes")
            press(page, "Buat berita acara")
            _follow(page, "Buka dokumen")
            _signed_with_a_pen(page, paper, "14-minutes-scan")
        with window.of(made.shop.account) as page:
            page.goto("/tasks")
            _open(page, "Gula untuk rapat")
            _follow(page, "Kirim tagihan")
            page.get_by_label("Nomor tagihan").fill("INV-1")
            press(page, "Kirim tagihan")
            expect(page.locator("main")).to_contain_text("Pilih berkas.")
            _right(page, "15-bill")
            page.get_by_label("Nomor tagihan").fill("INV-1")
            page.get_by_label("Kuitansi").set_input_files(paper)
            press(page, "Kirim tagihan")
            _right(page, "16-billed")
        with window.of(made.people[TREASURER]) as page:
            page.goto("/tasks")
            _open(page, "Gula untuk rapat")
            _follow(page, "Periksa tagihan")
            _right(page, "17-check-bill")
            page.goto(f"{desk}/bill/return")
            _right(page, "18-return-bill")
            page.goto(f"{desk}/bill")
            press(page, "Terima tagihan")
            _follow(page, "Catat pembayaran")
            page.get_by_label("Nomor SP2D").fill("00012/SP2D/2026")
            page.get_by_label("Bukti pembayaran").set_input_files(paper)
            _right(page, "19-payment")
            press(page, "Catat pembayaran")
            _right(page, "20-paid")
        with window.of(made.people[PPK]) as page:
            page.goto("/tasks")
            _open(page, "Gula untuk rapat")
            _follow(page, "Nilai penyedia")
            page.locator("main fieldset").first.wait_for()
            for group in page.locator("main fieldset").all():
                group.get_by_label("Sangat baik").check()
            _right(page, "21-rating")
            press(page, "Simpan nilai")
            _right(page, "22-done")
        with window.of(made.shop.account) as page:
            page.goto(shop)
            expect(page.locator("main")).to_contain_text("00012/SP2D/2026")
            _right(page, "23-paid-vendor")
        with window.of(made.rival.account) as page:
            page.goto("/ecatalog/shop/orders")
            expect(page.locator("main")).to_contain_text("Belum ada pesanan")
            _right(page, "24-none")
            answer = page.goto(shop)
            assert answer is not None
            assert answer.status == 404
    assert at(made, one).state == DONE


def _right(page: Page, name: str) -> None:
    looks_right(page, name, "orders")


def _open(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name).first.click()


def _follow(page: Page, name: str) -> None:
    """The next step that the page offers."""
    page.locator("main").get_by_role("link", name=name, exact=False).first.click()


def _signed_with_a_pen(page: Page, paper: Path, name: str) -> None:
    """On the page of a document: the scan is brought."""
    _follow(page, "Unggah pindaian")
    page.get_by_label("Pindaian").set_input_files(paper)
    _right(page, name)
    press(page, "Simpan pindaian")
