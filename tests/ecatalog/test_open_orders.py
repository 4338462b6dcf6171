"""Awarded orders for everybody: releases by the standard, in order, once; nothing of a person."""

import csv
import datetime as dt
import io
import json
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from leuit.contracts import PaymentMade
from leuit.identity import SYSTEM
from leuit.values import ManualClock, NotFoundError
from leuit.work import Leuit
from leuit_ecatalog.models import OrderPayment, Product, Purchase, Variant, Vendor
from leuit_ecatalog.service.confirming import refuse
from leuit_ecatalog.service.lapsing import lapse
from leuit_ecatalog.service.open_releases import releases, releases_of
from leuit_ecatalog.service.order_payments import key_of
from leuit_ecatalog.service.purchase_access import ref_of
from leuit_ecatalog.service.stopping import stop
from tests.ecatalog import ordering
from tests.ecatalog.buying_office import PPK, Office, at, change_row, lines
from tests.ecatalog.ocds_schemas import faults
from tests.ecatalog.ordering import number, whole
from tests.sp2d.services import work_off
from tests.support.client import Client

API = "/api/ecatalog/v1/open"
TAGS = [
    ["award", "contract"],
    ["contractUpdate"],
    ["implementation"],
    ["implementationUpdate"],
    ["contractTermination"],
]


@pytest.fixture
def made(app: Leuit) -> Office:
    """An office without neighbours, whose vendor is a firm."""
    return ordering.firm_alone(app)


def later(clock: ManualClock, minutes: int = 2) -> None:
    """What was done is settled."""
    clock.advance(dt.timedelta(minutes=minutes))


def test_every_package_of_a_whole_life_is_within_the_schema(
    made: Office, clock: ManualClock, client: Client
) -> None:
    """EC-53, EC-57, EC-58: releases, record and bulk are valid; each step has its tag, the payment
    is a transaction by its SP2D, and what is compiled is the order as it stands.
    """
    one = whole(made)
    later(clock)
    told = client.get(f"{API}/orders/{number(made, one)}/releases").json()
    assert faults(told) == []
    assert [release["tag"] for release in told["releases"]] == TAGS
    record = client.get(f"{API}/orders/{number(made, one)}/record").json()
    assert faults(record, "record") == []
    bulk = client.get(f"{API}/releases").json()
    assert faults(bulk) == []
    assert bulk["releases"] == told["releases"]
    compiled = record["records"][0]["compiledRelease"]
    [contract] = compiled["contracts"]
    assert (contract["status"], contract["value"]["amount"]) == ("terminated", 5_550_000)
    [transaction] = contract["implementation"]["transactions"]
    assert (transaction["id"], transaction["value"]["amount"]) == ("00012/SP2D/2026", 5_550_000)
    assert contract["implementation"]["milestones"][0]["status"] == "met"
    assert len({release["id"] for release in told["releases"]}) == len(TAGS)


def test_what_was_agreed_is_told_whatever_becomes_of_the_product(
    made: Office, clock: ManualClock
) -> None:
    """A product that is renamed and dearer today changes no release."""
    one = whole(made)
    later(clock)
    before = told(made, one)
    [line] = lines(made, one)
    with made.app.read(SYSTEM) as view:
        product = view.session.get_one(Variant, line.variant_id).product_id
    change_row(made, Product, product, name="Nama lain")
    change_row(made, Variant, line.variant_id, price=99_000)
    change_row(made, Vendor, made.shop.vendor, name="CV Nama Lain")
    assert told(made, one) == before


def test_reading_on_gives_each_release_once_and_in_order(made: Office, clock: ManualClock) -> None:
    """By cursor, also when new ones come between; what is not settled yet comes later, and the last
    cursor goes on another day.
    """
    first = whole(made)
    later(clock)
    seen: list[dict[str, Any]] = []
    cursor = ""
    second = first
    for turn in range(20):
        with made.app.read(SYSTEM) as view:
            page = releases(view, None, cursor, 2)
        seen += page.releases
        cursor = page.cursor
        if turn == 1:
            second = whole(made)
        if page.is_last and turn > 2:
            break
    assert [one["id"] for one in seen] == [one["id"] for one in told(made, first)]
    later(clock)
    with made.app.read(SYSTEM) as view:
        page = releases(view, None, cursor, 100)
        since = releases(view, clock.now() - dt.timedelta(minutes=3), "", 100)
    assert [one["id"] for one in page.releases] == [one["id"] for one in told(made, second)]
    assert [one["id"] for one in since.releases] == [one["id"] for one in page.releases]
    dates = [one["date"] for one in (*seen, *page.releases)]
    assert dates == sorted(dates)


def test_an_order_that_ends_early_is_told_by_a_fixed_sentence(
    made: Office, clock: ManualClock
) -> None:
    """Lapsed, declined and stopped orders say why in words of ours: nothing that a person typed."""
    lapsed = ordering.approved(made, 10)
    ordering.penned(made, lapsed, ordering.written(made, lapsed))
    stopped = ordering.processed(made, 10)
    with made.app.change(made.people[PPK]) as work:
        stop(work, stopped, at(made, stopped).version, "Bu Rahasia sakit", 0)
    later(clock, 60 * 24 * 8)
    with made.app.change(SYSTEM) as work:
        assert lapse(work, lapsed)
    later(clock)
    ends = [told(made, one)[-1] for one in (lapsed, stopped)]
    assert [one["tag"] for one in ends] == [["awardCancellation"], ["contractTermination"]]
    assert [one["contracts"][0]["status"] for one in ends] == ["cancelled", "terminated"]
    assert "Rahasia" not in json.dumps(ends)


def test_a_part_that_came_changes_what_the_contract_is_worth(
    made: Office, clock: ManualClock
) -> None:
    """Stopped with a part accepted: a contractAmendment with its quantity and value."""
    one = ordering.processed(made)
    ordering.inspected(made, one, ordering.delivered(made, one, 30), 30)
    with made.app.change(made.people[PPK]) as work:
        stop(work, one, at(made, one).version, "Berhenti", 0)
    later(clock)
    *_before, last = told(made, one)
    assert last["tag"] == ["contractAmendment"]
    [contract] = last["contracts"]
    assert (contract["value"]["amount"], contract["items"][0]["quantity"]) == (1_665_000, 30)


def test_nothing_of_a_person_is_published(made: Office, clock: ManualClock, client: Client) -> None:
    """EC-60: of a vendor who is a natural person neither NIB nor NPWP, of nobody a name, account,
    telephone, address or note: in JSON, on pages and in files.
    """
    change_row(made, Vendor, made.shop.vendor, legal_form="perorangan", phone="081200000001")
    one = whole(made)
    later(clock)
    secrets = [
        *(value for name, value in ordering.BANK.items() if name != "bank"),
        "081200000001",
        "PPK Contoh",
        "PP Contoh",
        "BENDAHARA Contoh",
        "Jalan Contoh 1",
        "Gula untuk rapat",
        "Diantar pada jam kerja",
    ]
    for path in (
        f"{API}/releases",
        f"{API}/orders/{number(made, one)}/record",
        "/ecatalog/orders",
        f"/ecatalog/orders/{number(made, one)}",
        "/ecatalog/orders/export",
        "/ecatalog/orders/export?what=lines",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert [secret for secret in secrets if secret in answer.text] == [], path
    [supplier] = [party for party in told(made, one)[0]["parties"] if "supplier" in party["roles"]]
    assert "identifier" not in supplier


def test_a_firm_is_known_by_its_nib(made: Office, clock: ManualClock) -> None:
    """Of a firm the NIB is its identifier, as the mapping has it."""
    one = whole(made)
    later(clock)
    [supplier] = [party for party in told(made, one)[0]["parties"] if "supplier" in party["roles"]]
    assert supplier["identifier"]["id"] == ordering.BANK["nib"]


def test_what_is_no_order_yet_is_nowhere(made: Office, clock: ManualClock, client: Client) -> None:
    """Drafts, negotiations, approved purchases and unsigned letters: 404, and in no list."""
    one = ordering.approved(made)
    ordering.written(made, one)
    later(clock)
    with made.app.read(SYSTEM) as view, pytest.raises(NotFoundError):
        releases_of(view, number(made, one))
    assert client.get(f"/ecatalog/orders/{number(made, one)}").status_code == 404
    assert client.get(f"{API}/releases").json()["releases"] == []
    assert number(made, one) not in client.get("/ecatalog/orders").text


def test_a_signed_order_has_its_page_at_once(made: Office, client: Client) -> None:
    """What the list shows can be opened; only reading on by the cursor waits a minute."""
    one = ordering.approved(made)
    ordering.penned(made, one, ordering.written(made, one))
    assert number(made, one) in client.get("/ecatalog/orders").text
    assert client.get(f"/ecatalog/orders/{number(made, one)}").status_code == 200
    assert client.get(f"{API}/releases").json()["releases"] == []


def test_a_payment_without_a_number_is_still_a_transaction(made: Office, client: Client) -> None:
    """EC-57: a provider that tells no number of its document gets an id of the order's own."""
    one = ordering.handed_over(made)
    ordering.billed(made, one)
    ordering.taken(made, one)
    with made.app.read(SYSTEM) as view:
        payment = view.session.get_one(OrderPayment, one)
        event = PaymentMade(
            ref_of(at(made, one)),
            key_of(payment),
            dt.date(2026, 10, 5),
            5_000_000,
            payment.told_at + dt.timedelta(seconds=1),
        )
    with made.app.change(SYSTEM) as work:
        work.emit(event)
    work_off(made.app)
    package = client.get(f"{API}/orders/{number(made, one)}/releases").json()
    assert faults(package) == []
    [paid] = package["releases"][-1]["contracts"][0]["implementation"]["transactions"]
    assert paid["id"] == f"{number(made, one)}-P1"


def test_odd_questions_are_told(client: Client) -> None:
    """A cursor that is none, and a time without a zone, are faults of their fields."""
    assert client.get(f"{API}/releases?cursor=x").status_code == 422
    assert client.get(f"{API}/releases?since=2026-11-24").status_code == 422
    assert client.get("/ecatalog/orders/export?what=vendors").status_code == 422


def test_lists_and_files_are_narrowed_alike(
    made: Office, clock: ManualClock, client: Client
) -> None:
    """By text and year, page and CSV have the same orders; the sum is that of all of them; no cell
    is a formula.
    """
    one, other = whole(made), whole(made)
    declined = ordering.approved(made)
    ordering.penned(made, declined, ordering.written(made, declined))
    with made.app.change(made.shop.account) as work:
        refuse(work, declined, at(made, declined).version, "Habis")
    later(clock)
    change_row(made, Vendor, made.shop.vendor, name="=1+1")
    page = client.get("/ecatalog/orders?year=2026").text
    assert "Rp11.100.000" in page
    rows = _rows(client, "/ecatalog/orders/export?year=2026")
    told_of = sorted(number(made, each) for each in (one, other, declined))
    assert [row["number"] for row in rows] == told_of
    assert {row["vendor"] for row in rows} == {"'=1+1"}
    assert _rows(client, "/ecatalog/orders/export?year=2025") == []
    [found] = _rows(client, f"/ecatalog/orders/export?what=lines&q={number(made, other)}")
    assert (found["quantity"], found["price"], found["tkdn_percent"]) == ("100", "50000", "50.00")


def test_a_vendor_shows_the_mean_of_its_ratings(made: Office, client: Client) -> None:
    """Everybody sees the mean and of how many orders it is, never a single note."""
    whole(made)
    page = client.get(f"/ecatalog/vendors/{made.shop.vendor}/public").text
    assert "3,00 dari 3, 1 pesanan" in page


def told(made: Office, one: UUID) -> list[dict[str, Any]]:
    """The releases of an order."""
    with made.app.read(SYSTEM) as view:
        found = view.session.scalars(select(Purchase.number).where(Purchase.id == one)).one()
        assert found is not None
        return releases_of(view, found)


def _rows(client: Client, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).content.decode("utf-8-sig"))))
