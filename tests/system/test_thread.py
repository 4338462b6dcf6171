"""The thread: one purchase from a vendor's phone to its bank account, through four services.

In Chromium, at 360 px for the vendor and 1280 px for the office: listed, found, negotiated,
ordered, signed, delivered, handed over, billed, paid, rated and public; then with e-sign, SP2D and
archive taken out in turn, where what remains goes its way on paper. Pictures are kept in
build/screenshots/thread/.
`make demo-thread` runs it.
"""

import datetime as dt
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from leuit.identity import SYSTEM, Identity
from leuit.settings import Settings
from leuit.values import ManualClock
from leuit.web import cookie_name, open_session
from leuit.work import Leuit
from leuit_archives.models import Record
from leuit_ecatalog.models import OrderDocument, Purchase
from leuit_ecatalog.models.orders import BY_HAND, SIGNED
from leuit_ecatalog.rules.purchase_states import DONE
from leuit_ecatalog.service.open_releases import SETTLED
from leuit_esign.test_pki import Authority
from tests.ecatalog.buying_office import PP, PPK, TREASURER
from tests.ecatalog.ocds_schemas import faults
from tests.ecatalog.office_window import SECONDS, press
from tests.ecatalog.shop import photo
from tests.esign.conftest import Judge, authority, examine, examiner, verdict_of
from tests.esign.letters import PASSPHRASE
from tests.support import browser as support
from tests.system.browser_office import listen, served
from tests.system.thread_town import (
    MANAGER,
    NEIGHBOURS,
    PASSWORD,
    Town,
    pay,
    settle,
    without,
)

pytestmark = pytest.mark.ci
NEED, PRODUCT = "Gula aren untuk rapat", "Gula aren cetak 500 g"

__all__ = ["authority", "examine", "examiner", "verdict_of"]  # the fixtures of e-sign's tests


@pytest.fixture
def engine() -> str:
    """One engine: the services are tested on both."""
    return "sqlite"


@attrs.frozen
class Street:
    """The town at its browsers; `folder` has what somebody photographed and scanned."""

    town: Town
    browser: Browser
    address: str
    folder: Path
    name: str

    @contextmanager
    def of(self, who: Identity | None, size: tuple[int, int] = support.DESK) -> Iterator[Page]:
        """Somebody's page; a script or an answer that failed fails the test."""
        with support.page_in(self.browser, size=size, base_url=self.address) as page:
            page.context.set_default_timeout(SECONDS)
            if who is not None:
                key, _ends = open_session(self.town.app, who, own_phone=False, request_id="test")
                cookie = {"name": cookie_name(secure=False), "value": key, "url": self.address}
                page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict
            heard = listen(page, self.address)
            yield page
            assert not heard, "\n".join(heard)

    def seen(self, page: Page, name: str) -> None:
        """A picture; no finding of axe, not wider than its window."""
        page.wait_for_load_state("networkidle")
        support.screenshot(page, f"thread/{self.name}-{name}")
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        assert support.axe_violations(page) == [], name
        assert not support.scrolls_sideways(page), name


@pytest.mark.parametrize("gone", ["", *NEIGHBOURS], ids=["all", *(f"no-{n}" for n in NEIGHBOURS)])
def test_a_purchase_goes_all_its_way(
    settings: Settings,
    clock: ManualClock,
    authority: Authority,
    verdict_of: Judge,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    gone: str,
) -> None:
    """With everybody there nothing is typed twice; without one of them its step is on paper."""
    clock.set(dt.datetime.now(dt.UTC))
    host = without(settings, gone)
    app = Leuit(settings, host.vocabulary, clock=clock)
    try:
        town = settle(app, host, authority, monkeypatch.setattr)
        (tmp_path / "foto.jpg").write_bytes(photo(800, 600))
        scanned = io.BytesIO()
        Image.new("RGB", (595, 842), "white").save(scanned, "PDF")
        (tmp_path / "pindaian.pdf").write_bytes(scanned.getvalue())
        with served(app, host) as address, support.chromium() as browser:
            street = Street(town, browser, address, tmp_path, gone or "all")
            _listed(street)
            purchase = _bought(street)
            _ordered(street, purchase)
            _delivered(street, purchase)
            number = _paid(street, purchase)
            _rated(street, purchase)
            _public(street, clock)
        _kept(town, purchase, number, verdict_of)
    finally:
        app.close()


def _listed(street: Street) -> None:
    """The vendor lists a product by phone; the manager looks at it and lets it be shown."""
    town = street.town
    with street.of(town.office.shop.account, support.PHONE) as page:
        page.goto("/ecatalog/shop/products")
        page.get_by_role("link", name="Tambah produk").first.click()
        page.get_by_label("Cari kategori").fill("gula")
        press(page, "Cari")
        page.locator("main").get_by_role("link", name="Gula").last.click()
        page.get_by_label("Nama produk").fill(PRODUCT)
        page.get_by_label("Uraian").fill("Dari nira pohon aren Lebak.")
        press(page, "Simpan draf dan lanjut")
        page.get_by_label("Foto JPEG atau PNG").set_input_files(street.folder / "foto.jpg")
        press(page, "Kirim gambar")
        page.get_by_text("Gambar tersimpan.").first.wait_for()
        page.get_by_role("link", name="Lanjut").click()
        for _step in ("asal", "sertifikat", "spesifikasi"):
            with page.expect_navigation():
                press(page, "Simpan")
        page.get_by_label("Harga satuan tanpa PPN").fill("50000")
        page.get_by_label("Stok").fill("500")
        press(page, "Simpan harga dan stok")
        page.get_by_text("Varian tersimpan.").first.wait_for()
        page.get_by_role("link", name="Lanjut").click()
        page.get_by_label("Ongkos kirim sekali pesan").fill("gratis")
        press(page, "Simpan")
        press(page, "Ajukan produk")
        page.get_by_text("Produk diajukan.").first.wait_for()
        street.seen(page, "01-listed")
    with street.of(town.who(MANAGER)) as page:
        page.goto("/ecatalog/products")
        page.locator("main").get_by_role("link", name=PRODUCT).click()
        page.locator("main").get_by_role("link", name="Setujui").click()
        press(page, "Setujui")
        page.wait_for_load_state("networkidle")
    town.work_off()


def _bought(street: Street) -> str:
    """Found by a stranger and by the officer; negotiated; the PPK approves. The purchase's path."""
    town = street.town
    with street.of(None, support.PHONE) as page:
        page.goto("/ecatalog?q=gula+arem")
        street.seen(page, "02-found")
        expect(page.locator("main")).to_contain_text("gula aren")
    with street.of(town.who(PP)) as page:
        page.goto("/ecatalog?q=gula+aren")
        page.locator("main").get_by_role("link", name=PRODUCT).first.click()
        page.get_by_label("Jumlah").fill("100")
        press(page, "Masukkan keranjang")
        page.goto("/ecatalog/basket")
        page.get_by_role("link", name="Buat paket").click()
        page.get_by_label("ID paket RUP").fill(town.plan.rup_id)
        page.get_by_label("Keperluan").fill(NEED)
        press(page, "Simpan paket")
        page.get_by_label("Kecamatan").select_option(label="Sobang")
        page.get_by_label("Alamat").fill("Jalan Contoh 1")
        late = town.today + dt.timedelta(days=14)
        page.get_by_label("Dibutuhkan paling lambat").fill(f"{late:%d/%m/%Y}")
        press(page, "Simpan tujuan")
        page.locator("main textarea").first.fill("Produk setempat yang diuji coba.")
        press(page, "Simpan dan lanjut")
        press(page, "Simpan dasar harga")
        page.get_by_label("Negosiasi harga").check()
        press(page, "Simpan cara membeli")
        street.seen(page, "03-check")
        press(page, "Kirim pembelian")
        page.locator("main").get_by_role("link", name="Buka negosiasi").click()
        page.get_by_label("harga satuan").fill("45.000")
        press(page, "Kirim tawaran")
        page.get_by_text("Tawaran dikirim kepada penyedia.").first.wait_for()
        path = page.url.partition("/ecatalog/purchases/")[2].partition("/")[0]
    with street.of(town.office.shop.account, support.PHONE) as page:
        page.goto("/tasks")
        page.locator("main").get_by_role("link", name=NEED).first.click()
        street.seen(page, "04-offer")
        press(page, "Terima tawaran ini")
        page.get_by_text("Harga disepakati.").first.wait_for()
    desk = f"/ecatalog/purchases/{path}"
    with street.of(town.who(PPK)) as page:
        page.goto(desk)
        press(page, "Lanjutkan pesanan")
        page.get_by_label("Klausul surat pesanan").fill("Diantar pada jam kerja.")
        press(page, "Setujui pembelian")
        expect(page.locator("main")).to_contain_text("Disetujui PPK")
        _follow(page, "Buat surat pesanan")
        press(page, "Buat surat pesanan")
        page.get_by_text("Surat pesanan dibuat.").first.wait_for()
    return desk


def _ordered(street: Street, desk: str) -> None:
    """The Surat Pesanan is signed, through e-sign or with a pen; the vendor takes the order."""
    _signed(street, desk, "05-order")
    with street.of(street.town.office.shop.account, support.PHONE) as page:
        page.goto("/tasks")
        page.locator("main").get_by_role("link", name=NEED).first.click()
        street.seen(page, "06-to-confirm")
        page.get_by_role("button", name="Terima pesanan").last.click()
        page.get_by_text("Pesanan diterima.").first.wait_for()


def _signed(street: Street, desk: str, name: str) -> None:
    town = street.town
    if town.has("esign"):
        [document_id] = town.waiting_for(town.who(PPK))
        with street.of(town.who(PPK)) as page:
            page.goto(f"/esign/documents/{document_id}")
            page.locator("[name=password]").fill(PASSWORD)
            page.locator("[name=passphrase]").fill(PASSPHRASE)
            street.seen(page, name)
            press(page, "Tanda tangani")
            page.get_by_text("Dokumen ditandatangani.").first.wait_for()
        town.work_off()
        return
    with street.of(town.who(PPK)) as page:
        page.goto(desk)
        _follow(page, "Buka dokumen")
        _follow(page, "Unggah pindaian")
        page.get_by_label("Pindaian").set_input_files(street.folder / "pindaian.pdf")
        street.seen(page, name)
        press(page, "Simpan pindaian")
        page.get_by_text("Tanda tangan dicatat.").first.wait_for()
    town.work_off()


def _delivered(street: Street, desk: str) -> None:
    """In two parts, one of which comes back in part; then the BAST."""
    town = street.town
    shop = desk.replace("/purchases/", "/shop/orders/")
    for count, returned in ((60, 10), (50, 0)):
        with street.of(town.office.shop.account, support.PHONE) as page:
            page.goto(f"{shop}/deliver")
            page.get_by_label(PRODUCT).fill(str(count))
            page.get_by_label("Foto atau surat jalan").set_input_files(street.folder / "foto.jpg")
            press(page, "Catat pengiriman")
            page.get_by_text("Pengiriman dicatat.").first.wait_for()
        with street.of(town.who(PPK)) as page:
            page.goto(desk)
            _follow(page, "Periksa pengiriman")
            page.get_by_label("diterima", exact=False).first.wait_for()
            page.locator("input[name^=accepted-]").fill(str(count - returned))
            page.locator("input[name^=returned-]").fill(str(returned))
            if returned:
                page.locator("select").select_option(label="Mutu tidak sesuai")
            press(page, "Simpan pemeriksaan")
            page.get_by_text("Pemeriksaan dicatat.").first.wait_for()
    with street.of(town.who(PPK)) as page:
        page.goto(f"{desk}/minutes")
        page.get_by_label("Nomor berita acara").fill("027/15/BAST")
        press(page, "Buat berita acara")
        page.get_by_text("Berita acara dibuat.").first.wait_for()
    _signed(street, desk, "07-minutes")


def _paid(street: Street, desk: str) -> str:
    """The vendor bills; the treasurer takes it; by SP2D, or written down. The SP2D's number."""
    town = street.town
    shop = desk.replace("/purchases/", "/shop/orders/")
    with street.of(town.office.shop.account, support.PHONE) as page:
        page.goto(f"{shop}/bill")
        page.get_by_label("Nomor tagihan").fill("INV-1")
        page.get_by_label("Kuitansi").set_input_files(street.folder / "pindaian.pdf")
        press(page, "Kirim tagihan")
        page.get_by_text("Tagihan dikirim.").first.wait_for()
    with street.of(town.who(TREASURER)) as page:
        page.goto(desk)
        _follow(page, "Periksa tagihan")
        street.seen(page, "08-bill")
        press(page, "Terima tagihan")
        page.get_by_text("Tagihan diterima.").first.wait_for()
        if not town.has("sp2d"):
            _follow(page, "Catat pembayaran")
            page.get_by_label("Nomor SP2D").fill("00012/SP2D")
            page.get_by_label("Bukti pembayaran").set_input_files(street.folder / "pindaian.pdf")
            press(page, "Catat pembayaran")
            page.get_by_text("Pembayaran dicatat.").first.wait_for()
    number = pay(town) if town.has("sp2d") else "00012/SP2D"
    with street.of(town.office.shop.account, support.PHONE) as page:
        page.goto(shop)
        expect(page.locator("main")).to_contain_text(number)
        street.seen(page, "09-paid")
    return number


def _rated(street: Street, desk: str) -> None:
    with street.of(street.town.who(PPK)) as page:
        page.goto("/tasks")
        page.locator("main").get_by_role("link", name=NEED).first.click()
        _follow(page, "Nilai penyedia")
        page.locator("main fieldset").first.wait_for()
        for group in page.locator("main fieldset").all():
            group.get_by_label("Sangat baik").check()
        press(page, "Simpan nilai")
        page.get_by_text("Penyedia dinilai.").first.wait_for()
        street.seen(page, "10-done")
    street.town.work_off()


def _public(street: Street, clock: ManualClock) -> None:
    """A stranger finds the order and what it cost; its OCDS record is within the schema."""
    clock.advance(2 * SETTLED)
    with street.of(None, support.PHONE) as page:
        page.goto("/ecatalog")
        page.get_by_role("link", name="Lihat pesanan pemerintah").click()
        street.seen(page, "11-orders")
        page.locator("main").get_by_role("link", name=street.town.plan.name).click()
        page.locator("main").get_by_role("heading", name=street.town.plan.name).wait_for()
        expect(page.locator("main")).to_contain_text("Rp4.995.000")
        street.seen(page, "12-order")
        address = page.get_by_role("link", name="Data OCDS (JSON)").get_attribute("href")
        assert address is not None
        record = page.request.get(f"{street.address}{address}").json()
    assert faults(record, "record") == []
    assert record["records"][0]["compiledRelease"]["contracts"][0]["status"] == "terminated"


def _kept(town: Town, desk: str, number: str, verdict_of: Judge) -> None:
    """The order is done; its documents are signed, and each was filed once where somebody files."""
    with town.app.read(SYSTEM) as view:
        purchase = view.session.scalars(select(Purchase)).one()
        documents = view.session.scalars(
            select(OrderDocument).order_by(OrderDocument.made_at)
        ).all()
        filed = view.session.scalars(select(Record.ref_kind)).all() if town.has("archives") else []
    assert (str(purchase.id), purchase.state) == (desk.rpartition("/")[2], DONE)
    assert [one.kind for one in documents] == ["surat_pesanan", "bast"]
    for one in documents:
        assert one.state == (SIGNED if town.has("esign") else BY_HAND)
        assert bool(one.filed_id) == town.has("archives")
        assert one.signed_sha256 is not None
        if town.has("esign"):
            assert verdict_of(town.app.blobs.get(one.signed_sha256)).word == "VALID"
    wanted = ["ecatalog.bast", "ecatalog.surat_pesanan"]
    if town.has("sp2d"):
        wanted += ["sp2d.sp2d", "sp2d.spm", "sp2d.spp"]
    if town.has("archives"):
        assert sorted(filed) == wanted
    assert number


def _follow(page: Page, name: str) -> None:
    """The next step that the page offers."""
    page.locator("main").get_by_role("link", name=name).first.click()
