"""The listing is kept true: by events, by the day, by one command, and with a price at once."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from leuit.identity import ANONYMOUS, SYSTEM
from leuit.plugins import Host
from leuit.values import ManualClock, RecordRef
from leuit.work import Leuit, Work, Worker
from leuit_ecatalog.events import ProductChanged, VendorChanged
from leuit_ecatalog.models import (
    Listing,
    ListingToken,
    ListingValue,
    ListingWord,
    Product,
    Variant,
    Vendor,
)
from leuit_ecatalog.service import listing
from leuit_ecatalog.service.listing import listing_price, put_listed
from tests.core.organisation.office import open_office
from tests.ecatalog.market import Market, open_market
from tests.support.command_line import runner

TODAY = dt.date(2026, 10, 5)


@pytest.fixture
def market(app: Leuit) -> Market:
    """A market with nothing to buy yet."""
    return open_market(app)


def told(market: Market, event: object) -> None:
    """Tell of an event and let every job be done."""
    with market.app.change(SYSTEM) as work:
        work.emit(event)
    worked(market.app)


def worked(app: Leuit) -> None:
    """Every job that waits is done."""
    Worker(app, name="test").run_pending(raise_errors=True)


def rows(market: Market) -> dict[str, int]:
    """How many rows each table of the listing has."""
    tables = (Listing, ListingToken, ListingWord, ListingValue)
    with market.app.read(ANONYMOUS) as view:
        return {
            one.__tablename__: view.connection.execute(
                select(func.count()).select_from(one)
            ).scalar_one()
            for one in tables
        }


def test_an_event_lists_a_product_as_it_is_now(market: Market) -> None:
    """Whether it is told once or three times: the row is that of what is stored."""
    product = market.product("Ember", listed=False)
    assert market.names("ember") == []
    for _time in range(3):
        told(market, ProductChanged(str(product)))
        assert market.names("ember") == ["Ember"]
    market.change(Product, product, name="Gayung")
    told(market, ProductChanged(str(product)))
    assert (market.names("ember"), market.names("gayung")) == ([], ["Gayung"])


def test_an_event_of_a_vendor_lists_all_that_he_sells(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Batch by batch, every product of his and no other."""
    monkeypatch.setattr(listing, "BATCH", 2)
    vendor = market.vendor("CV Contoh Maja")
    for number in range(5):
        market.product(f"Meja {number}")
    market.product("Meja lain", vendor="PT Contoh Lain")
    market.change(Vendor, vendor, district="36.02.14", name="CV Contoh Baru")
    told(market, VendorChanged(str(vendor)))
    assert market.ask("meja").counts.districts == {"36.02.14": 5, "36.02.10": 1}
    assert len(market.names("contoh baru")) == 5


def test_what_leaves_the_listing_leaves_nothing_behind(market: Market) -> None:
    """No token, word or value of a product that is shown no more is kept."""
    product = market.product("Meja ukir", attributes={"bahan": "jati"})
    market.change(Product, product, state="arsip")
    market.listed_anew()
    assert set(rows(market).values()) == {0}


def test_the_command_makes_the_listing_anew_and_takes_away_what_is_shown_no_more(
    market: Market, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was wrong is right after it, batch by batch."""
    monkeypatch.setattr(listing, "BATCH", 2)
    for number in range(4):
        market.product(f"Meja {number}", listed=False)
    gone = market.product("Meja lama")
    market.change(Product, gone, state="turun_tayang")
    run = runner(market.app, host)
    assert run("ecatalog", "search", "rebuild")[0] == 0
    worked(market.app)
    assert market.names("meja") == [f"Meja {number}" for number in (3, 2, 1, 0)]


def test_a_sanction_hides_from_its_day_on_and_the_day_after_shows_again(
    market: Market, clock: ManualClock
) -> None:
    """EC-50: by the day alone, before any job has run; the job of the day brings back."""
    office = open_office(market.app)
    vendor = market.vendor("CV Contoh Maja")
    product = market.product("Meja")
    since = TODAY + dt.timedelta(days=2)
    market.sanction(vendor, office.person(1), since, since + dt.timedelta(days=1))
    told(market, VendorChanged(str(vendor)))
    assert market.names() == ["Meja"]
    clock.advance(dt.timedelta(days=2))
    assert market.names() == []
    assert market.ask("meja").counts.total == 0
    of_the_day(market)
    assert market.names() == []
    clock.advance(dt.timedelta(days=1))
    of_the_day(market)
    assert market.names() == ["Meja"]
    assert product in market.products.values()


def of_the_day(market: Market) -> None:
    """The job that the clock starts after midnight."""
    with market.app.change(SYSTEM) as work:
        work.enqueue(listing.DAY, {})
    worked(market.app)


def test_a_certificate_counts_until_its_last_day(market: Market, clock: ManualClock) -> None:
    """From the day after, its TKDN is no longer chosen by; the product stays."""
    market.product("Meja", origin="pdn_tkdn", tkdn=4_500, bmp=0, tkdn_until=TODAY)
    assert market.names(bands=("jumlah",)) == ["Meja"]
    clock.advance(dt.timedelta(days=1))
    of_the_day(market)
    assert market.names(bands=("jumlah",)) == []
    assert market.names() == ["Meja"]


def set_price(work: Work, product: object, price: int) -> None:
    """As the shop of a vendor does."""
    variant = work.session.query(Variant).filter_by(product_id=product).one()
    variant.price = price
    work.session.flush()
    listing_price(work, product)  # type: ignore[arg-type]  # the id of a product
    work.audit("core.session.opened", RecordRef("core.account", "test"))


def test_a_price_is_found_in_the_unit_that_sets_it(market: Market) -> None:
    """No job lies between: what is committed is what is searched; the version grows."""
    product = market.product("Meja", 100_000)
    (before,) = market.ask("meja").cards
    with market.app.change(SYSTEM) as work:
        set_price(work, product, 70_000)
    (after,) = market.ask("meja", price_to=80_000).cards
    assert (after.low, after.high) == (70_000, 70_000)
    assert after.stamp > before.stamp


def test_listing_anew_keeps_the_version_growing(market: Market) -> None:
    """A page that was kept by an old version is never taken for a new one, also after a while
    outside the listing.
    """
    product = market.product("Meja")
    stamps = [market.ask().cards[0].stamp]
    for state in ("tayang", "arsip", "tayang"):
        market.change(Product, product, state=state)
        with market.app.change(SYSTEM) as work:
            put_listed(work, [product])
        stamps += [card.stamp for card in market.ask().cards]
    assert stamps[0] < stamps[1]


def test_two_products_of_one_minute_have_two_numbers(market: Market) -> None:
    """Many come at once, by an import: each keeps a number of its own, and its place."""
    moment = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    for number in range(40):
        market.product(f"Meja {number}", shown_at=moment)
    once = market.names()
    market.listed_anew()
    assert market.names() == once
    assert len(set(once)) == 24
