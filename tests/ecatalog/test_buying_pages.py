"""Buying by its pages alone: from the product's button to the approval, refusals beside it."""

import re
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM, Identity
from leuit.plugins import Host
from leuit.web import environment_of
from leuit.work import Leuit
from leuit_ecatalog.models import Product, Purchase, Variant
from leuit_ecatalog.rules.purchase_states import CANCELLED, DRAFT, ORDERING
from tests.ecatalog.buying_office import (
    AUDITOR,
    DISTRICT,
    PA,
    PLANNER,
    PP,
    PPK,
    YEAR,
    Office,
    at,
    change_row,
    draft,
    lines,
    office,
    package,
    product,
    sent,
)
from tests.support.client import Client

pytestmark = pytest.mark.ci

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
PDF = b"%PDF-1.7\n%an invented price paper\n"


@pytest.fixture
def made(app: Leuit) -> Office:
    """The office."""
    return office(app)


def hidden(client: Client, path: str) -> dict[str, str]:
    """What the forms of a page carry along."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[:2_000]
    return dict(HIDDEN.findall(answer.text))


def send_form(
    client: Client, path: str, fields: dict[str, Any], page: str = "", **more: Any
) -> str:
    """Fill in the form of a page and send it; where it leads."""
    carried = hidden(client, page or path)
    answer = client.post_form(path, {**carried, **fields}, **more)
    assert answer.status_code == 303, answer.text[:4_000]
    return str(answer.headers["location"])


def test_a_purchase_walks_from_the_basket_to_the_ppk(
    made: Office, client: Client, host: Host
) -> None:
    """Every step by its form: put in, package, delivery, comparison, price, method, check, rounds,
    agreement, going on, approval; each page says what comes next.
    """
    variant, rival = product(made), product(made, made.rival, name="Gula aren kemasan")
    plan = package(made)
    button = environment_of(host).get_template("ecatalog/buying_parts.html").module
    shown = str(button.into_basket([(variant, "")], 1))  # type: ignore[attr-defined]  # a macro
    assert "Masukkan keranjang" in shown
    assert str(variant) in shown
    client.sign_in(made.people[PP])
    assert "Keranjang kosong" in client.get("/ecatalog/basket").text
    answer = client.post_form("/ecatalog/basket", {"variant": str(variant), "quantity": "20"})
    assert answer.status_code == 303
    assert "Rp1.000.000" in client.get(f"/ecatalog/basket?district={DISTRICT}").text
    new = f"/ecatalog/purchases/new?vendor={made.shop.vendor}"
    path = send_form(
        client, "/ecatalog/purchases/new", {"rup": plan.rup_id, "need": "Gula rapat"}, new
    )
    one = path.split("/")[3]
    home = f"/ecatalog/purchases/{one}"
    delivery = {"district": DISTRICT, "address": "Jalan Contoh 1", "needed_by": "30/12/2026"}
    assert send_form(client, f"{home}/delivery", delivery) == f"{home}/comparison"
    [line] = lines(made, UUID(one))
    with made.app.read(SYSTEM) as view:
        other = view.session.get_one(Variant, rival).product_id
    found = client.get(f"{home}/lines/{line.id}?q=kemasan").text
    assert "Gula aren kemasan" in found
    compared = {"do": "compare", "product": str(other)}
    assert send_form(client, f"{home}/lines/{line.id}", compared) == f"{home}/comparison"
    assert "Langkah 1 dari 5" in client.get(f"{home}/comparison").text
    assert send_form(client, f"{home}/comparison", {}) == f"{home}/price"
    price = {"kind": "katalog", "amount": "999.999", "source": "Katalog lokal"}
    files = {"file": ("harga.pdf", PDF, "application/pdf")}
    assert send_form(client, f"{home}/price", price, files=files) == f"{home}/method"
    assert client.get(f"{home}/file").content == PDF
    method = {"method": "negosiasi", "method_reason": ""}
    assert send_form(client, f"{home}/method", method) == f"{home}/check"
    checked = client.get(f"{home}/check").text
    assert "Perpres 16/2018 Pasal 28(6)" in checked
    assert "Di atas dasar harga" in checked
    assert send_form(client, f"{home}/check", {}) == home
    shown = client.get(home).text
    assert "EP-2026-000001" in shown
    assert "Menunggu Anda" in shown
    name = f"price-{line.id}"
    offered = {name: "45.000", "shipping": "0", "note": "Pesanan rutin"}
    assert send_form(client, f"{home}/offer", offered) == f"{home}/offer"
    client.sign_in(made.shop.account)
    mine = f"/ecatalog/shop/offers/{one}"
    assert "Menunggu Anda" in client.get("/ecatalog/shop/offers").text
    assert "Pesanan rutin" in client.get(mine).text
    assert send_form(client, mine, {name: "48.000", "shipping": "0"}) == mine
    client.sign_in(made.people[PP])
    assert send_form(client, f"{home}/take", {}, f"{home}/offer") == home
    client.sign_in(made.people[PPK])
    assert send_form(client, f"{home}/proceed", {}, home) == f"{home}/review"
    text = client.get(f"{home}/review").text
    assert "Rp48.000" in text
    assert "harga tayang" in text
    assert send_form(client, f"{home}/review", {"clauses": "Jam kerja"}) == home
    assert at(made, UUID(one)).state == ORDERING
    client.sign_in(made.people[AUDITOR])
    read = client.get(home).text
    assert "Jam kerja" in read
    assert "Disetujui PPK" in read
    assert "Batalkan pembelian" not in read


def test_what_is_wrong_stands_beside_its_question(made: Office, client: Client) -> None:
    """Nothing typed is lost, every fault has its sentence, and nothing is stored."""
    variant, plan = product(made), package(made, 1_000)
    client.sign_in(made.people[PP])
    assert client.get(f"/ecatalog/purchases/new?vendor={plan.id}").status_code == 404
    answer = client.post_form("/ecatalog/basket", {"variant": str(variant), "quantity": "nol"})
    assert answer.status_code == 303
    assert "Tulis bilangan bulat" in client.get("/ecatalog/basket").text
    wrong = draft(made, variant, 1, plan.rup_id, method="negosiasi")
    home = f"/ecatalog/purchases/{wrong}"
    answer = client.post_form(
        f"{home}/delivery",
        {**hidden(client, f"{home}/delivery"), "district": DISTRICT, "address": "Jalan Ketikan"},
    )
    assert answer.status_code == 422
    assert "Jalan Ketikan" in answer.text
    answer = client.post_form(f"{home}/check", hidden(client, f"{home}/check"))
    assert answer.status_code == 422
    assert "Di atas dasar harga" not in answer.text
    assert "melebihi sisa pagu" in answer.text
    answer = client.post_form(
        f"{home}/price",
        {**hidden(client, f"{home}/price"), "kind": "katalog", "amount": "x", "source": "y"},
        files={"file": ("x.exe", b"MZ", "application/pdf")},
    )
    assert answer.status_code == 422
    assert "Tulis rupiah bulat" in answer.text
    assert "PDF, PNG atau JPEG" in answer.text
    stale = client.post_form(f"{home}/method", {"method": "negosiasi", "version": "1"})
    assert stale.status_code == 422
    assert "diubah orang lain" in stale.text


def test_an_offer_above_the_shown_price_is_shown_again_with_its_fault(
    made: Office, client: Client
) -> None:
    """EC-16 by page, and a vendor's page of another's offer is not there at all."""
    variant, plan = product(made), package(made)
    one = sent(made, draft(made, variant, 1, plan.rup_id, method="negosiasi"))
    [line] = lines(made, one)
    client.sign_in(made.people[PP])
    page = f"/ecatalog/purchases/{one}/offer"
    fields = {**hidden(client, page), f"price-{line.id}": "50.001", "shipping": "tiga"}
    answer = client.post_form(page, fields)
    assert answer.status_code == 422
    fields["shipping"] = "0"
    answer = client.post_form(page, fields)
    assert "Tidak boleh di atas harga tayang" in answer.text
    assert "50.001" in answer.text
    client.sign_in(made.rival.account)
    offer = f"/ecatalog/shop/offers/{one}"
    for path in (offer, f"{offer}/decline"):
        assert client.get(path).status_code == 404
    for path in (offer, f"{offer}/take", f"{offer}/decline"):
        assert client.post_form(path, {"version": "1", "reason": "x"}).status_code == 404
    assert "Belum ada penawaran" in client.get("/ecatalog/shop/offers").text
    client.sign_in(made.shop.account)
    assert client.get(f"/ecatalog/purchases/{one}").status_code in (403, 404)
    assert send_form(client, f"{offer}/decline", {"reason": "Habis"}) == offer
    assert at(made, one).state == CANCELLED
    client.sign_in(made.people[PP])
    assert "Penyedia mengakhiri negosiasi" in client.get(f"/ecatalog/purchases/{one}").text


def test_the_ppk_sends_back_or_cancels_with_a_reason(made: Office, client: Client) -> None:
    """The reason stands on the draft's page; without one nothing happens."""
    variant, plan = product(made), package(made)
    one = sent(made, draft(made, variant, 1, plan.rup_id, method="pembelian_langsung"))
    home = f"/ecatalog/purchases/{one}"
    client.sign_in(made.people[PPK])
    empty = {**hidden(client, f"{home}/return"), "reason": " "}
    assert client.post_form(f"{home}/return", empty).status_code == 422
    assert send_form(client, f"{home}/return", {"reason": "Tambah referensi"}) == home
    assert at(made, one).state == DRAFT
    client.sign_in(made.people[PP])
    assert "Tambah referensi" in client.get(home).text
    assert send_form(client, f"{home}/cancel", {"reason": "Tidak jadi"}) == home
    assert at(made, one).state == CANCELLED
    client.sign_in(made.people[PA])
    assert client.post_form(f"{home}/authorise", {"version": "1"}).status_code in (404, 409, 422)


def test_a_product_that_went_is_told_on_the_review(made: Office, client: Client) -> None:
    """The PPK reads that it cannot go on, and his clauses are still there."""
    variant, plan = product(made), package(made)
    one = sent(made, draft(made, variant, 1, plan.rup_id, method="pembelian_langsung"))
    with made.app.read(SYSTEM) as view:
        bought = view.session.get_one(Variant, variant).product_id
    change_row(made, Product, bought, state="turun_tayang")
    client.sign_in(made.people[PPK])
    page = f"/ecatalog/purchases/{one}/review"
    answer = client.post_form(page, {**hidden(client, page), "clauses": "Klausul saya"})
    assert answer.status_code == 422
    assert "tidak dijual lagi" in answer.text
    assert "Klausul saya" in answer.text


def test_a_plan_is_brought_in_by_its_pages(made: Office, client: Client) -> None:
    """Sent, shown row by row, stored; then the list, its filters, a package and its bar."""
    text = b"rup_id,name,kind,method,pagu,announced_on\n60000001,Belanja,Barang,Tender,1000,\n"
    client.sign_in(made.people[PLANNER])
    page = "/ecatalog/rup/import"
    answer = client.post_form(
        page, {"unit": str(made.unit), "year": str(YEAR)}, files={"file": ("rup.csv", text)}
    )
    assert answer.status_code == 303
    report = answer.headers["location"]
    assert "Paket ini dapat disimpan" in client.get(report).text
    stored = client.post_form("/ecatalog/rup/import/report", hidden(client, report))
    assert stored.headers["location"] == "/ecatalog/rup"
    assert "Belum diumumkan" in client.get("/ecatalog/rup").text
    assert "Tidak ada yang cocok" in client.get("/ecatalog/rup?q=tidakada&year=2026").text
    plan = package(made)
    one = sent(made, draft(made, product(made), 2, plan.rup_id, method="pembelian_langsung"))
    shown = client.get(f"/ecatalog/rup/{plan.id}").text
    assert str(one) in shown
    assert "Rp111.000" in shown


def test_lists_are_narrowed_and_downloaded_as_they_are_shown(made: Office, client: Client) -> None:
    """The auditor's filters live in the address, also for the file."""
    plan = package(made)
    sent(made, draft(made, product(made), 2, plan.rup_id, method="pembelian_langsung"))
    draft(made, product(made), 2, plan.rup_id, need="Kertas")
    client.sign_in(made.people[AUDITOR])
    query = urlencode({"state": "draf", "rup": plan.rup_id, "vendor": str(made.shop.vendor)})
    shown = client.get(f"/ecatalog/purchases?{query}").text
    assert ("Kertas" in shown, "EP-2026-000001" in shown) == (True, False)
    for form in ("csv", "xlsx"):
        answer = client.get(f"/ecatalog/purchases/export?{query}&format={form}")
        assert answer.status_code == 200
        assert f"pembelian-2026-10-05.{form}" in answer.headers["content-disposition"]
    assert "Kertas" in client.get(f"/ecatalog/purchases/export?{query}").text
    assert client.get("/ecatalog/purchases/export?format=exe").status_code == 422
    assert "Tidak ada yang cocok" in client.get("/ecatalog/purchases?q=tidakada").text


def test_tasks_lead_to_the_pages_where_they_are_done(made: Office, client: Client) -> None:
    """The inbox of PP and vendor names the need, and its address opens."""
    plan = package(made)
    one = sent(made, draft(made, product(made), 2, plan.rup_id, method="negosiasi"))

    def told(who: Identity) -> bool:
        client.sign_in(who)
        return f"/{one}" in client.get("/tasks").text

    assert told(made.people[PP])
    assert not told(made.people[PPK])
    with made.app.read(SYSTEM) as view:
        assert view.session.scalars(select(Purchase.id)).one() == one
