"""Pages of products: a vendor's way from an empty shop to a product on display, and the desk."""

import re
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import SYSTEM
from leuit_ecatalog.models import Product
from leuit_ecatalog.rules.bmp import EXAMPLE
from leuit_ecatalog.service.local_content import KIND, REGULATION
from leuit_ecatalog.service.product_access import pictures_of, variants_of
from tests.archives.keepers import SINCE
from tests.ecatalog.shop import Shop, photo
from tests.support.client import Client

pytestmark = pytest.mark.ci

LIST = "/ecatalog/shop/products"
DESK = "/ecatalog/products"
EVIL = '<img src=x onerror="alert(1)">'


def version(shop: Shop, product_id: UUID) -> str:
    return str(shop.product(product_id).version)


def test_from_nothing_to_display_by_form(shop: Shop, client: Client) -> None:
    """Each step saves and leads to the next; the product is submitted, approved, and shown."""
    draft = Draft("Contoh", "Contoh", "unverified", SINCE, KIND.unstructure(EXAMPLE), "Contoh")
    with shop.app.change(SYSTEM) as work:
        seed_edition(work, REGULATION, draft)
    client.sign_in(shop.vendor)
    assert "Belum ada produk" in client.get(LIST).text
    assert "Gula Cetak" in client.get(f"{LIST}/new?q=gula").text
    first = client.get(f"{LIST}/new?category={shop.sugar}").text
    key = re.search(r'name="key" value="([^"]+)"', first)
    assert key
    fields = {"name": "Gula aren", "description": "Dari nira.", "brand": "", "sku": "AREN-1"}
    sent = client.post_form(
        f"{LIST}/new", {**fields, "unit": "XPK", "category": str(shop.sugar), "key": key[1]}
    )
    path = sent.headers["location"]
    assert path.endswith("/pictures")
    base = path.removesuffix("/pictures")
    product_id = UUID(base.rpartition("/")[2])
    steps: list[tuple[str, dict[str, Any]]] = [
        ("origin", {"origin": "pdn_tkdn", "country": "id", "tkdn": "41,20", "tkdn_number": "1/SJ"}),
        ("bmp", {"bmp": "", "factor": ["lokasi", "esg"]}),
        ("certificates", {"sni_number": "SNI 1", "sni_until": "31/12/2027"}),
        ("specification", {"attr_bentuk": "batok", "attr_berat": "500 g", "attr_organik": "ya"}),
        ("variants", {"name": "", "price": "Rp20.000", "stock": "50"}),
        ("shipping", {"district": "*", "fee": "5.000", "days": "2", "least": "1"}),
    ]
    sent = client.post_form(
        path,
        {"version": version(shop, product_id), "alt": "Gula"},
        files={"file": ("foto.jpg", photo(), "image/jpeg")},
    )
    assert sent.status_code == 303
    for step, values in steps:
        assert client.get(f"{base}/{step}").status_code == 200
        sent = client.post_form(f"{base}/{step}", {**values, "version": version(shop, product_id)})
        assert sent.status_code == 303, (step, sent.text)
    product = shop.product(product_id)
    assert (product.tkdn, product.bmp, product.country) == (4_120, 500, "ID")
    assert product.attributes == {"bentuk": "batok", "berat": "500 g", "organik": True}
    sent = client.post_form(f"{base}/submit", {"version": version(shop, product_id)})
    assert sent.status_code == 303
    assert "Tarik kembali" in client.get(base).text
    client.sign_in(shop.manager)
    assert "Gula aren" in client.get("/tasks").text
    desk = client.get(f"{DESK}?state=diajukan").text
    assert "Gula aren" in desk
    one = client.get(f"{DESK}/{product_id}").text
    assert "41,20%" in one
    assert "5,00%" in one
    sent = client.post_form(
        f"{DESK}/{product_id}/decide/approved", {"version": version(shop, product_id), "note": ""}
    )
    assert sent.status_code == 303
    assert shop.product(product_id).state == "tayang"


def test_price_and_stock_are_two_taps_away(shop: Shop, client: Client) -> None:
    """The list has the way to one form of two numbers; an outlier is said after it is saved."""
    product_id = shop.shown()
    for number in range(4):
        shop.shown(f"Gula {number}", shop.rival)
    client.sign_in(shop.vendor)
    assert f'href="{LIST}/{product_id}/offer"' in client.get(LIST).text
    form = client.get(f"{LIST}/{product_id}/offer").text
    assert 'value="20000"' in form
    sent = client.post_form(
        f"{LIST}/{product_id}/offer",
        {"version": version(shop, product_id), "price": "200.000", "stock": "+5", "seen": "50"},
    )
    assert sent.headers["location"] == LIST
    assert "jumlah nolnya" in client.get(LIST).text
    variant = shop.variant(product_id)
    assert (variant.price, variant.stock) == (200_000, 55)


@pytest.mark.parametrize(
    "step, values, sentence",
    [
        ("offer", {"price": "1.5", "stock": "1"}, "tanpa sen"),
        ("offer", {"price": "2000", "stock": "sepuluh"}, "bilangan bulat"),
        ("origin", {"origin": "impor", "country": "ID"}, "negara lain"),
        ("certificates", {"sni_until": "31/02/2027"}, "bukan tanggal"),
        ("specification", {"attr_bentuk": ""}, "Isi bentuk"),
        ("shipping", {"district": "*", "fee": "x", "least": "0"}, "paling sedikit 1"),
        ("basics", {"name": "ab", "unit": "XPK"}, "3 sampai 160"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    shop: Shop, client: Client, step: str, values: dict[str, str], sentence: str
) -> None:
    """The form comes back with a sentence that says what to write, and stores nothing."""
    product_id = shop.complete()
    client.sign_in(shop.vendor)
    before = version(shop, product_id)
    sent = client.post_form(f"{LIST}/{product_id}/{step}", {**values, "version": before})
    assert sent.status_code == 422
    assert sentence in sent.text
    for typed in values.values():
        assert f'value="{typed}"' in sent.text
    assert version(shop, product_id) == before


def test_a_stale_form_is_told(shop: Shop, client: Client) -> None:
    """A form of long ago is shown again with what was typed."""
    product_id = shop.complete()
    client.sign_in(shop.vendor)
    sent = client.post_form(
        f"{LIST}/{product_id}/basics",
        {"version": "1", "name": "Nama ketikan", "unit": "XPK", "description": "x"},
    )
    assert sent.status_code == 422
    assert "baru saja diubah" in sent.text
    assert "Nama ketikan" in sent.text


def test_markup_of_a_vendor_is_text_everywhere(shop: Shop, client: Client) -> None:
    """A name, a description, an attribute and a variant that hold markup are shown as text."""
    product_id = shop.complete(EVIL)
    client.sign_in(shop.vendor)
    base = f"{LIST}/{product_id}"
    sent = client.post_form(
        f"{base}/variants",
        {"version": version(shop, product_id), "name": EVIL + "2", "price": "1000", "stock": "1"},
    )
    assert sent.status_code == 303
    client.post_form(
        f"{base}/specification",
        {
            "version": version(shop, product_id),
            "attr_bentuk": "batok",
            "attr_asal": EVIL,
        },
    )
    client.post_form(f"{base}/submit", {"version": version(shop, product_id)})
    with shop.app.read(SYSTEM) as view:
        variant = variants_of(view, product_id)[1].id
    pages = [LIST, base, f"{base}/variants/{variant}/prices", "/tasks?show=others"]
    for path in pages:
        text = client.get(path).text
        assert "<img src=x" not in text, path
    client.sign_in(shop.manager)
    for path in (DESK, f"{DESK}/{product_id}", f"{DESK}/{product_id}/decide/refused", "/tasks"):
        text = client.get(path).text
        assert "<img src=x" not in text, path
        assert "&lt;img src=x" in text, path


def test_an_incomplete_product_says_what_it_lacks(shop: Shop, client: Client) -> None:
    """Submitting too early shows the page with each gap at its step."""
    product_id = shop.draft(description="")
    client.sign_in(shop.vendor)
    sent = client.post_form(f"{LIST}/{product_id}/submit", {"version": "1"})
    assert sent.status_code == 422
    assert "Tambahkan sedikitnya satu gambar." in sent.text
    assert "Isi spesifikasi: Bentuk." in sent.text


def test_the_buttons_of_a_product(shop: Shop, client: Client) -> None:
    """Copy, take down, archive, withdraw; renaming and dropping variants; pictures in order."""
    product_id = shop.shown()
    client.sign_in(shop.vendor)
    base = f"{LIST}/{product_id}"
    key = re.search(r'name="key" value="([^"]+)"', client.get(base).text)
    assert key
    copied = client.post_form(f"{base}/copy", {"version": "0", "key": key[1]}).headers["location"]
    other = copied.removesuffix("/basics")
    copied_id = UUID(other.rpartition("/")[2])
    client.post_form(f"{base}/hide", {"version": version(shop, product_id)})
    client.post_form(f"{base}/archive", {"version": version(shop, product_id)})
    assert shop.product(product_id).state == "arsip"
    assert str(product_id) not in client.get(LIST).text
    assert str(product_id) in client.get(f"{LIST}?state=arsip").text
    client.post_form(
        f"{other}/pictures",
        {"version": version(shop, copied_id)},
        files={"file": ("b.png", photo(350, 350, "PNG"), "image/png")},
    )
    client.post_form(
        f"{other}/variants", {"version": version(shop, copied_id), "name": "Besar", "price": "9000"}
    )
    with shop.app.read(SYSTEM) as view:
        pictures = [one.id for one in pictures_of(view, copied_id)]
        variants = [one.id for one in variants_of(view, copied_id)]
    client.post_form(f"{other}/pictures/{pictures[1]}/first", {"version": version(shop, copied_id)})
    client.post_form(f"{other}/pictures/{pictures[0]}/drop", {"version": version(shop, copied_id)})
    client.post_form(
        f"{other}/variants/{variants[1]}", {"version": version(shop, copied_id), "name": "Isi 30"}
    )
    client.post_form(f"{other}/variants/{variants[0]}/drop", {"version": version(shop, copied_id)})
    with shop.app.read(SYSTEM) as view:
        assert [one.id for one in pictures_of(view, copied_id)] == [pictures[1]]
        assert [one.name for one in variants_of(view, copied_id)] == ["Isi 30"]
    submitted = client.post_form(f"{LIST}/submit", {})
    assert submitted.status_code == 303
    assert shop.product(copied_id).state == "diajukan"
    client.post_form(f"{other}/withdraw", {"version": version(shop, copied_id)})
    assert shop.product(copied_id).state == "draf"


def test_prices_of_kecamatan_by_form(shop: Shop, client: Client) -> None:
    """A price for one kecamatan, its history with a chart, and taking it back."""
    product_id = shop.shown()
    variant = shop.variant(product_id).id
    client.sign_in(shop.vendor)
    base = f"{LIST}/{product_id}/variants/{variant}"
    for price in ("22.000", "25.000"):
        client.post_form(
            f"{base}/districts",
            {"version": version(shop, product_id), "district": "36.02.22", "price": price},
        )
    assert "Rp25.000" in client.get(f"{base}/districts").text
    told = client.get(f"{base}/prices?district=36.02.22").text
    assert "Harga naik 14%" in told
    assert len(re.search(r"<svg.*?</svg>", told, re.DOTALL)[0]) < 3_000  # type: ignore[index]  # there is one
    client.post_form(
        f"{base}/districts",
        {"version": version(shop, product_id), "district": "36.02.22", "price": ""},
    )
    assert "dicabut" in client.get(f"{base}/prices?district=36.02.22").text
    assert "sama seperti" in client.get(f"{base}/prices").text
    client.sign_in(shop.manager)
    assert client.get(f"{DESK}/{product_id}/variants/{variant}/prices").status_code == 200


def test_another_category_by_form(shop: Shop, client: Client) -> None:
    """Chosen from the same list, confirmed, and back."""
    product_id = shop.draft()
    client.sign_in(shop.vendor)
    path = f"{LIST}/{product_id}/category"
    assert "Jasa Cetak" in client.get(path).text
    assert client.get(f"{path}?category={shop.service}").status_code == 200
    sent = client.post_form(path, {"category": str(shop.service), "version": "1"})
    assert sent.status_code == 303
    assert shop.product(product_id).category_id == shop.service


def test_what_came_back_waits_in_the_vendors_inbox(shop: Shop, client: Client) -> None:
    """With the reason, and in his list; what he submitted stands among what others do."""
    product_id = shop.submitted()
    client.sign_in(shop.vendor)
    assert "Gula aren cetak" in client.get("/tasks?show=others").text
    shop.decide(product_id, "returned", "gambar", "Foto buram")
    assert "Gambar tidak sesuai dengan produk" in client.get("/tasks").text
    page = client.get(f"{LIST}/{product_id}").text
    assert "Foto buram" in page


def test_other_shops_and_staff_stay_out(shop: Shop, client: Client) -> None:
    """Another vendor finds nothing under these addresses; staff no shop; strangers sign in."""
    product_id = shop.shown()
    base = f"{LIST}/{product_id}"
    client.sign_in(shop.rival)
    for path in ("", "/basics", "/pictures", "/variants", "/offer", "/shipping"):
        assert client.get(base + path).status_code == 404
    assert client.post_form(f"{base}/hide", {"version": "7"}).status_code == 404
    assert client.get(DESK).status_code == 403
    client.sign_in(shop.office.staff(5))
    assert client.get(LIST).status_code == 403
    assert client.get(DESK).status_code == 403
    client.sign_out()
    assert client.get(LIST).status_code == 303
    with shop.app.read(SYSTEM) as view:
        assert view.session.scalar(select(Product.state)) == "tayang"
