"""The catalogue for everybody: pages and JSON, without sign-in, kept for a moment."""

import json
import re
from uuid import UUID

import pytest

from leuit.identity import SYSTEM
from leuit.values import RecordRef
from leuit.work import Leuit
from leuit_ecatalog.models import Product, Variant, Vendor
from leuit_ecatalog.service.listing import listing_price
from tests.core.organisation.office import open_office
from tests.ecatalog.market import Market, open_market
from tests.support.client import Client


@pytest.fixture
def market(app: Leuit) -> Market:
    """A market with nothing to buy yet."""
    return open_market(app)


def test_a_stranger_finds_and_reads_a_product(market: Market, client: Client) -> None:
    """Without sign-in: words, a card, the product with its price, and its data for machines."""
    product = market.product(
        "Meja kerja", 1_450_000, tkdn=4_720, origin="pdn_tkdn", description="Kayu </script> jati"
    )
    page = client.get("/ecatalog", params={"q": "meja"})
    assert page.status_code == 200
    assert "Rp1.450.000" in page.text
    assert "TKDN 47,20%" in page.text
    shown = client.get(f"/ecatalog/p/{product}")
    assert shown.status_code == 200
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', shown.text, re.DOTALL)
    assert block is not None
    linked = json.loads(block[1])
    assert linked["name"] == "Meja kerja"
    assert linked["description"] == "Kayu </script> jati"
    assert linked["offers"]["price"] == 1_450_000
    assert linked["offers"]["priceCurrency"] == "IDR"
    assert linked["offers"]["availability"] == "https://schema.org/InStock"


def test_nothing_of_a_person_is_public(market: Market, client: Client) -> None:
    """EC-60: no NIK, NPWP, NIB, telephone, mail, address or bank account on a page or in JSON."""
    secrets = {
        "npwp": "3602990101879900",
        "nib": "9999000000001",
        "phone": "081200000001",
        "email": "contoh@contoh.test",
        "address": "Kp. Rahasia RT 1",
        "account_number": "7770001112",
        "account_holder": "Nama Pemilik Rekening",
        "bank": "Bank Contoh Rahasia",
    }
    market.vendor("UD Contoh Perorangan", **secrets)
    product = market.product("Meja", vendor="UD Contoh Perorangan")
    for path in (
        "/ecatalog?q=meja",
        f"/ecatalog/p/{product}",
        f"/ecatalog/compare?p={product}",
        "/api/ecatalog/v1/products?q=meja",
        f"/api/ecatalog/v1/products/{product}",
    ):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "UD Contoh Perorangan" in answer.text
        assert not [name for name, value in secrets.items() if value in answer.text]


@pytest.mark.parametrize("state", ["draf", "turun_tayang", "arsip"])
def test_what_is_not_shown_has_no_page(market: Market, client: Client, state: str) -> None:
    """A product in any other state, or of a vendor who may not sell, is nowhere: 404."""
    product = market.product("Meja")
    market.change(Product, product, state=state)
    market.listed_anew()
    for path in (
        f"/ecatalog/p/{product}",
        f"/api/ecatalog/v1/products/{product}",
    ):
        assert client.get(path).status_code == 404
    assert "Meja" not in client.get(f"/ecatalog/compare?p={product}").text
    assert client.get("/ecatalog/p/x").status_code == 404


def test_a_vendor_who_was_closed_takes_his_pages_along(market: Market, client: Client) -> None:
    """Pages go with the vendor, too."""
    vendor = market.vendor("CV Contoh Maja")
    product = market.product("Meja")
    market.change(Vendor, vendor, state="nonaktif")
    market.listed_anew()
    assert client.get(f"/ecatalog/p/{product}").status_code == 404


def test_a_new_price_is_seen_once_its_moment_is_over(market: Market, client: Client) -> None:
    """A page is kept by its version: the same price is not made anew, a new one is."""
    product = market.product("Meja", 100_000)
    path = f"/ecatalog/p/{product}"
    first = client.get(path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"].startswith("public")
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    priced(market, product, 90_000)
    plain = client.get(path, headers={"Cookie": "x=1", "If-None-Match": tag})
    assert plain.status_code == 200
    assert "Rp90.000" in plain.text
    assert plain.headers["etag"] != tag


def priced(market: Market, product: UUID, price: int) -> None:
    """Set a price as the shop of a vendor does, in one unit with the listing."""
    with market.app.change(SYSTEM) as work:
        variant = work.session.query(Variant).filter_by(product_id=product).one()
        variant.price = price
        work.session.flush()
        listing_price(work, product)
        work.audit("core.session.opened", RecordRef("core.account", "test"))


def test_somebody_signed_in_gets_a_page_of_his_own(market: Market, client: Client) -> None:
    """A page with somebody's name on it is kept by nobody."""
    office = open_office(market.app)
    product = market.product("Meja")
    client.sign_in(office.staff(1))
    for path in ("/ecatalog", f"/ecatalog/p/{product}", "/ecatalog/compare"):
        answer = client.get(path)
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers
        assert "side-menu" in answer.text


def test_programs_find_with_facets_and_go_on_by_a_cursor(market: Market, client: Client) -> None:
    """Counts come by the names that are asked with; a wrong cursor or name is refused."""
    for number in range(3):
        market.product(f"Meja {number}", attributes={"bahan": "jati" if number else "besi"})
    path = "/api/ecatalog/v1/products"
    first = client.get(path, params={"q": "meja", "limit": 2}).json()
    assert [one["name"] for one in first["items"]] == ["Meja 2", "Meja 1"]
    assert first["total"] == 3
    assert first["facets"]["penyedia"] == {"umkk": 3}
    second = client.get(path, params={"q": "meja", "limit": 2, "cursor": first["next_cursor"]})
    assert [one["name"] for one in second.json()["items"]] == ["Meja 0"]
    assert second.json()["next_cursor"] == ""
    chosen = {"kategori": "01.01.01", "atribut": "bahan:jati", "penyedia": "umkk"}
    assert client.get(path, params=chosen).json()["total"] == 2
    assert client.get(path, params={"cursor": "x"}).status_code == 422
    assert client.get(path, params={"warna": "x"}).status_code == 422
    assert client.get("/api/ecatalog/v1/suggestions", params={"q": "mej"}).json() == {
        "suggestions": ["meja"]
    }


def test_the_page_says_what_was_chosen_and_how_to_undo_it(market: Market, client: Client) -> None:
    """Each choice is a link without it; a facet's words with a percent sign do no harm."""
    market.product("Meja", 150_000, tkdn=4_500, origin="pdn_tkdn")
    page = client.get("/ecatalog?q=meja&pdn=jumlah&penyedia=umkk&dari=100.000")
    assert "TKDN + BMP ≥ 40%" in page.text
    assert "/ecatalog?q=meja&amp;pdn=jumlah&amp;dari=100.000" in page.text
    assert "mulai Rp100.000" in page.text


def test_nothing_found_says_what_to_do(market: Market, client: Client) -> None:
    """A misspelt word is set right in a link; filters that leave nothing are taken off by one."""
    market.product("Termometer")
    page = client.get("/ecatalog?q=termomter")
    assert "/ecatalog?q=termometer" in page.text
    filtered = client.get("/ecatalog?q=termometer&pdn=impor")
    assert "Cari tanpa saringan" in filtered.text


def test_up_to_four_products_are_compared(market: Market, client: Client) -> None:
    """In the order of the address; what differs is marked; others of the category are offered."""
    ids = [market.product(f"Meja {number}", 100_000 + number % 2) for number in range(6)]
    page = client.get("/ecatalog/compare", params={"p": [str(one) for one in ids[:5]]})
    assert page.text.count('role="columnheader"') == 5
    assert "ecatalog-differs" in page.text
    assert "Tambahkan produk serupa" not in page.text
    two = client.get("/ecatalog/compare", params={"p": [str(ids[0]), "x", str(ids[2])]})
    assert two.text.count('role="columnheader"') == 3
    assert "Tambahkan produk serupa" in two.text
    assert "Belum ada yang dibandingkan" in client.get("/ecatalog/compare").text


def test_prices_and_shipping_are_those_of_the_kecamatan(market: Market, client: Client) -> None:
    """The general price where a kecamatan has none of its own; an unknown code is no kecamatan."""
    product = market.product("Meja", 100_000, local_prices={"36.02.01": 120_000})
    assert "Rp100.000" in client.get(f"/ecatalog/p/{product}").text
    there = client.get(f"/ecatalog/p/{product}?kecamatan=36.02.01")
    assert "Rp120.000" in there.text
    assert "Penyedia tidak mengantar ke kecamatan itu." in there.text
    assert client.get(f"/ecatalog/p/{product}?kecamatan=99").status_code == 200
