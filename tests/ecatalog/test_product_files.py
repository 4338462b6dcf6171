"""Products in and out by file: tried, stored, idempotent, harmless, and none of another vendor."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from leuit.builtin.organisation import ChangedReportError, RefusedRowsError, Report
from leuit.identity import SYSTEM, Identity
from leuit.plugins import Host
from leuit.values import InvalidInputError, PermissionDeniedError
from leuit.work import Leuit
from leuit_ecatalog.models import PricePoint, Product, Shipping, Variant
from leuit_ecatalog.service import product_import
from leuit_ecatalog.service.membership import own_vendor
from leuit_ecatalog.service.prices import history_of
from leuit_ecatalog.service.product_access import variants_of
from leuit_ecatalog.service.product_export import exported_rows
from leuit_ecatalog.service.product_file import COLUMNS, as_csv, as_xlsx, harmless, taken_off
from leuit_ecatalog.service.product_import import (
    apply_products,
    receive_products,
    try_products,
)
from leuit_ecatalog.service.products import archive_product, hide_product
from tests.ecatalog.shop import Shop
from tests.support.client import Client
from tests.support.command_line import runner

HEAD = "sku,nama,varian,kategori,satuan,harga,stok,uraian,atribut,ongkir,hari_kirim\n"
TWO = HEAD + (
    "AREN-1,Gula aren,500 g,01.01.01,bungkus,20.000,50,Dari nira,bentuk=batok; berat=500 g,5000,2\n"
    "AREN-1,,1 kg,,,38000,20,,,,\n"
    "AREN-2,Gula gandu,,01.01.01,,Rp15.000,,,bentuk=gandu,gratis,\n"
)


def bring(shop: Shop, text: str | bytes, who: Identity | None = None, **options: object) -> Report:
    """Store a file as a vendor."""
    data = text.encode() if isinstance(text, str) else text
    received = receive_products(shop.app, data, "produk.csv")
    return apply_products(shop.app, who or shop.vendor, received, **options)  # type: ignore[arg-type]  # named options


def tried(shop: Shop, text: str, who: Identity | None = None) -> Report:
    received = receive_products(shop.app, text.encode(), "produk.csv")
    with shop.app.read(who or shop.vendor) as view:
        return try_products(view, received)


def by_sku(shop: Shop, sku: str) -> Product:
    with shop.app.read(shop.vendor) as view:
        query = select(Product).where(Product.sku == sku, Product.vendor_id == own_vendor(view).id)
        found = view.session.scalars(query).one()
        view.session.expunge(found)
    return found


def counted(shop: Shop) -> tuple[int, ...]:
    with shop.app.read(SYSTEM) as view:
        return tuple(
            view.session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Product, Variant, PricePoint, Shipping)
        )


def exported(shop: Shop, who: Identity | None = None) -> bytes:
    with shop.app.read(who or shop.vendor) as view:
        return as_csv(exported_rows(view))


def test_a_file_is_tried_and_then_stored(shop: Shop) -> None:
    """Trying changes nothing; storing makes drafts with variants, first prices and shipping."""
    assert tried(shop, TWO).counts == {"baru": 3, "berubah": 0, "sama": 0, "ditolak": 0}
    assert counted(shop) == (0, 0, 0, 0)
    assert bring(shop, TWO).applied
    assert counted(shop) == (2, 3, 3, 2)
    product = by_sku(shop, "AREN-1")
    assert (product.state, product.attributes) == ("draf", {"bentuk": "batok", "berat": "500 g"})
    with shop.app.read(SYSTEM) as view:
        offers = [(one.name, one.price, one.stock) for one in variants_of(view, product.id)]
    assert offers == [("500 g", 20_000, 50), ("1 kg", 38_000, 20)]
    assert by_sku(shop, "AREN-2").unit_code == "XPK"


def test_the_same_file_again_changes_nothing(shop: Shop) -> None:
    """After a cut the file is sent again: no row is new, and no price is set twice."""
    bring(shop, TWO)
    before, version = counted(shop), by_sku(shop, "AREN-1").version
    report = bring(shop, TWO)
    assert report.counts == {"baru": 0, "berubah": 0, "sama": 3, "ditolak": 0}
    assert counted(shop) == before
    assert by_sku(shop, "AREN-1").version == version


def test_what_was_exported_comes_back_the_same(shop: Shop) -> None:
    """CSV and workbook, also of products without a code: sent back unchanged nothing changes."""
    bring(shop, TWO)
    shown = shop.shown("=SUM(A1) gula")
    shop.certify(shop.draft("Gula bersertifikat"), None)
    with shop.app.read(shop.vendor) as view:
        workbook = as_xlsx(exported_rows(view))
    for data in (exported(shop), workbook):
        report = bring(shop, data)
        assert report.counts == {"baru": 0, "berubah": 0, "sama": 5, "ditolak": 0}
    assert shop.product(shown).state == "tayang"


def test_price_and_stock_alone_change_what_is_shown(shop: Shop) -> None:
    """A file of three columns sets prices of shown products, which stay on display."""
    product_id = shop.shown()
    sku = str(product_id)
    report = bring(shop, f"sku,harga,stok\n{sku},22.000,-\n")
    assert report.counts["berubah"] == 1
    product, variant = shop.product(product_id), shop.variant(product_id)
    assert (product.state, variant.price, variant.stock) == ("tayang", 22_000, None)
    with shop.app.read(SYSTEM) as view:
        assert [point.amount for point in history_of(view, variant.id)] == [20_000, 22_000]


def test_a_new_name_by_file_asks_for_another_look(shop: Shop) -> None:
    """What a moderator looked at changes by file as by form: the product leaves the display."""
    product_id = shop.shown()
    report = bring(shop, f"sku,nama\n{product_id},Gula lain\n")
    assert "Perlu diajukan lagi" in report.rows[0].changes
    assert shop.product(product_id).state == "draf"


def test_what_waits_or_is_over_is_refused_by_row(shop: Shop) -> None:
    """A submitted product takes prices and no name; an archived one takes nothing."""
    waits, over = shop.submitted("Menunggu"), shop.shown("Selesai")
    with shop.app.change(shop.vendor) as work:
        hide_product(work, over, shop.product(over).version)
    with shop.app.change(shop.vendor) as work:
        archive_product(work, over, shop.product(over).version)
    text = f"sku,nama,harga\n{waits},Nama lain,20000\n{over},,30000\n"
    report = tried(shop, text)
    assert [row.status for row in report.rows] == ["ditolak", "ditolak"]
    assert bring(shop, f"sku,harga\n{waits},21000\n").counts["berubah"] == 1
    assert shop.product(waits).state == "diajukan"


def test_wrong_rows_are_named_and_the_others_stored_on_request(shop: Shop) -> None:
    """Every fault stands at its column; nothing is stored, or only what is right."""
    text = HEAD + (
        "A,Gula,,01.01.01,bungkus,1.5,,,bentuk=bulat,,\n"
        "B,x,,09.09.09,karat,20000,,,,,\n"
        ",Tanpa kode,,01.01.01,,20000,,,,,\n"
        "C,Gula benar,,01.01.01,,20000,5,,bentuk=batok,,\n"
        "D,Gula dua,satu,01.01.01,,20000,,,,,\n"
        "D,Nama lain,dua,,,x,,,,,\n"
    )
    with pytest.raises(RefusedRowsError) as caught:
        bring(shop, text)
    faults = {row.number: [fault.path for fault in row.faults] for row in caught.value.report.rows}
    assert faults == {
        2: ["atribut.bentuk", "harga"],
        3: ["kategori"],
        4: ["sku"],
        5: [],
        6: ["sku"],
        7: ["nama", "harga"],
    }
    assert counted(shop)[0] == 0
    report = bring(shop, text, skip_bad=True)
    assert report.counts == {"baru": 1, "berubah": 0, "sama": 0, "ditolak": 5}
    assert by_sku(shop, "C").name == "Gula benar"


def test_another_outcome_than_the_one_read_is_refused(shop: Shop) -> None:
    """Who read a report stores that one; if the shop changed meanwhile he is told."""
    digest = tried(shop, TWO).digest
    bring(shop, TWO.replace("20.000", "21.000"))
    with pytest.raises(ChangedReportError):
        bring(shop, TWO, digest=digest)


def test_codes_of_others_are_other_products(shop: Shop) -> None:
    """The same codes in another shop touch nothing here; another's id is an unknown code."""
    bring(shop, TWO)
    before = by_sku(shop, "AREN-1").version
    bring(shop, TWO.replace("20.000", "99.000"), shop.rival)
    assert by_sku(shop, "AREN-1").version == before
    foreign = shop.shown("Milik lain", shop.rival)
    report = tried(shop, f"sku,harga\n{foreign},1\n")
    assert [row.status for row in report.rows] == ["ditolak"]
    with shop.app.read(SYSTEM) as view, pytest.raises(PermissionDeniedError):
        own_vendor(view)


def test_a_variant_is_added_beside_those_that_are_there(shop: Shop) -> None:
    """A new name of a known code is a new variant after the others; a double one is refused."""
    bring(shop, TWO)
    bring(shop, "sku,varian,harga\nAREN-1,2 kg,70000\nAREN-1,3 kg,99000\n")
    with shop.app.read(SYSTEM) as view:
        places = [one.place for one in variants_of(view, by_sku(shop, "AREN-1").id)]
    assert places == [1, 2, 3, 4]
    report = tried(shop, "sku,varian,harga\nAREN-1,4 kg,1\nAREN-1,4 KG,2\n")
    assert report.counts["ditolak"] == 2


@pytest.mark.parametrize(
    "data", [b"", b"nama,harga\nx,1\n", b"PK\x03\x04rusak", b"\xd0\xcf\x11\xe0", b"sku\n\xff\xfe\n"]
)
def test_what_is_no_table_is_refused_whole(shop: Shop, data: bytes) -> None:
    """Empty, without the one column that is needed, broken, old, or no text."""
    with pytest.raises(InvalidInputError):
        receive_products(shop.app, data, "produk.csv")


def test_nothing_of_an_export_is_a_formula(shop: Shop) -> None:
    """Names and descriptions that begin like formulas carry an apostrophe; markup stays text."""
    shop.draft("=HYPERLINK(1)", description="+62 <script>", brand="@merek", sku="A-1")
    rows = list(csv.reader(io.StringIO(exported(shop).decode("utf-8-sig"))))
    assert rows[0] == list(COLUMNS)
    cells = dict(zip(rows[0], rows[1], strict=True))
    assert cells["nama"] == "'=HYPERLINK(1)"
    assert (cells["uraian"], cells["merek"]) == ("'+62 <script>", "'@merek")
    assert not [cell for cell in rows[1] if cell[:1] in "=+-@" and cell]


@given(st.text(max_size=30))
def test_what_is_made_harmless_comes_back(text: str) -> None:
    """No text begins like a formula, and each is read as it was."""
    safe = harmless(text)
    assert safe[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert taken_off(safe) == text


def test_the_pages_of_an_import(shop: Shop, client: Client) -> None:
    """Sent, read, stored: by form; whoever has no shop gets nowhere."""
    client.sign_in(shop.vendor)
    path = "/ecatalog/shop/products/import"
    text = TWO.replace("Gula gandu", "<b>Gula</b> gandu")
    sent = client.post_form(path, {}, files={"file": ("p.csv", text.encode(), "text/csv")})
    assert sent.status_code == 303
    report = client.get(sent.headers["location"])
    assert "&lt;b&gt;Gula&lt;/b&gt; gandu" in report.text
    assert "<b>Gula" not in report.text
    carried = dict(
        pair.split("=") for pair in sent.headers["location"].partition("?")[2].split("&")
    )
    digest = report.text.partition('name="digest" value="')[2].partition('"')[0]
    stored = client.post_form(f"{path}/report", {**carried, "digest": digest})
    assert stored.headers["location"] == "/ecatalog/shop/products"
    assert counted(shop)[0] == 2
    listed = client.get("/ecatalog/shop/products").text
    assert "&lt;b&gt;Gula&lt;/b&gt; gandu" in listed
    assert client.get("/ecatalog/shop/products/export?format=xlsx").content[:2] == b"PK"
    with client.as_(shop.office.staff(5)):
        assert client.get(path).status_code == 403


def test_a_row_without_an_offer_speaks_of_the_product_alone(shop: Shop) -> None:
    """A name for a product of several variants asks for no price; one variant needs no name."""
    bring(shop, TWO)
    assert bring(shop, "sku,nama\nAREN-1,Gula aren asli\n").counts["berubah"] == 1
    one = HEAD + "AREN-4,Gula botol,Botol,01.01.01,botol,9000,1,,bentuk=batok,,\n"
    bring(shop, one)
    bring(shop, "sku,harga\nAREN-4,9500\n")
    with shop.app.read(SYSTEM) as view:
        offers = [(v.name, v.price) for v in variants_of(view, by_sku(shop, "AREN-4").id)]
    assert offers == [("Botol", 9_500)]


def test_an_import_that_was_cut_is_sent_again(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever ends it before its last row, nothing of it is there; the next time all of it is."""

    def cut(*_args: object, **_more: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(product_import, "insert_into", cut)
        with pytest.raises(ConnectionError):
            bring(shop, TWO)
    assert counted(shop) == (0, 0, 0, 0)
    bring(shop, TWO)
    assert counted(shop) == (2, 3, 3, 2)


def test_an_operator_brings_products_in(shop: Shop, app: Leuit, host: Host, tmp_path: Path) -> None:
    """By the vendor's whole name: tried first, stored with --apply, exit status 1 for a bad row."""
    run = runner(app, host, "ecatalog", "products", "import", folder=tmp_path)
    (tmp_path / "produk.csv").write_text(TWO)
    (tmp_path / "salah.csv").write_text(TWO.replace("20.000", "1.5"))
    status, told, _complaints = run("produk.csv", "--vendor", "UD Contoh Aren")
    assert (status, counted(shop)[0]) == (0, 0)
    assert "3 baru" in told
    assert run("salah.csv", "--vendor", "UD Contoh Aren", "--apply")[0] == 1
    assert counted(shop)[0] == 0
    assert run("salah.csv", "--vendor", "UD Contoh Aren", "--apply", "--skip-bad")[0] == 1
    assert counted(shop)[0] == 1
    assert run("produk.csv", "--vendor", "UD Contoh Aren", "--apply")[0] == 0
    assert counted(shop)[0] == 2
    assert run("produk.csv", "--vendor", "Tidak Ada")[0] != 0
