"""Any question, on both engines, beside an oracle that looks at every product in turn."""

import datetime as dt
import random
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from leuit.identity import ANONYMOUS, SYSTEM
from leuit.values import RecordRef
from leuit.work import Leuit
from leuit_ecatalog.models import Category, Product, Variant, Vendor
from leuit_ecatalog.service.completing import complete
from leuit_ecatalog.service.finding import find
from leuit_ecatalog.service.listing import put_listed
from leuit_ecatalog.service.wanted import SORTS, Wanted, read_wanted
from tests.ecatalog.market import CATEGORIES, DISTRICTS, SHOWN_FROM, Market, open_market
from tests.ecatalog.oracle import Item, answer

pytestmark = pytest.mark.ci

WORDS = re.split(
    r"\s+",
    """meja kerja kursi lemari kertas hvs A4 80 gsm 10kg beras pengadaan pembelian beli
penggaris obat-obatan lipat jati besi 1/2 biro dan untuk kantor perkantoran
batik madu""",
)
LEAVES = [code for code in CATEGORIES if code.count(".") == 2]
PRODUCTS = 120


def items() -> list[Item]:
    """Products drawn once: the same for every test and engine."""
    draw = random.Random(41)
    paths = {
        code: " > ".join(
            CATEGORIES[".".join(code.split(".")[: level + 1])]
            for level in range(code.count(".") + 1)
        )
        for code in LEAVES
    }
    made = []
    for order in range(PRODUCTS):
        category = draw.choice(LEAVES)
        tkdn = draw.choice((None, 1_200, 2_500, 3_990, 4_000, 6_000))
        made.append(
            Item(
                name=" ".join(draw.choices(WORDS, k=draw.randint(1, 4))),
                description=" ".join(draw.choices(WORDS, k=draw.randint(0, 5))),
                category=category,
                district=draw.choice(list(DISTRICTS)),
                scale=draw.choice(("mikro", "kecil", "menengah", "besar", "koperasi")),
                origin="pdn_tkdn" if tkdn is not None else draw.choice(("pdn_lain", "impor")),
                tkdn=tkdn,
                bmp=draw.choice((None, 10, 1_500)) if tkdn is not None else None,
                price=draw.choice((10_000, 20_000, 20_000, 35_000)),
                order=order,
                state=draw.choice(("tayang",) * 6 + ("dibekukan", "draf", "turun_tayang")),
                attributes={"bahan": draw.choice(("jati", "besi"))}
                if category == "01.01.01" and draw.random() < 0.7
                else {},
                path=paths[category],
            )
        )
    return made


ITEMS = items()


@pytest.fixture
def market(app: Leuit) -> Market:
    """The drawn products, listed."""
    made = open_market(app)
    with app.change(SYSTEM) as work:
        categories = {
            row.code: row.id for row in work.connection.execute(select(Category.code, Category.id))
        }
        ids = []
        for item in ITEMS:
            vendor = Vendor(
                name="X", district=item.district, scale=item.scale, state="aktif",
                created_at=work.now,
            )  # fmt: skip
            work.session.add(vendor)
            work.session.flush()
            product = Product(
                name=item.name,
                description=item.description,
                vendor_id=vendor.id,
                category_id=categories[item.category],
                state=item.state,
                unit_code="H87",
                origin=item.origin,
                tkdn=item.tkdn,
                bmp=item.bmp,
                attributes=item.attributes,
                created_at=work.now,
                shown_at=SHOWN_FROM + dt.timedelta(minutes=item.order),
            )
            work.session.add(product)
            work.session.flush()
            work.session.add(Variant(product_id=product.id, place=1, price=item.price))
            ids.append(product.id)
            made.products[str(item.order)] = product.id
        work.session.flush()
        put_listed(work, ids)
        work.audit("core.session.opened", RecordRef("core.account", "test"))
    return made


def said(market: Market, wanted: Wanted) -> dict[str, Any]:
    """What the engine says, in the words of the oracle."""
    orders = {product: int(order) for order, product in market.products.items()}
    with market.app.read(ANONYMOUS) as view:
        found = find(view, wanted, limit=2 * PRODUCTS)
    counts = found.counts
    return {
        "orders": [orders[card.product_id] for card in found.cards],
        "total": counts.total,
        "categories": dict(counts.categories),
        "districts": dict(counts.districts),
        "scales": dict(counts.scales),
        "bands": dict(counts.bands),
    }


def some(values: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """None to two of them."""
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


WANTED = st.builds(
    Wanted,
    text=st.lists(st.sampled_from([*WORDS, "belian", "10", "kg", "NOT", "x"]), max_size=3).map(
        " ".join
    ),
    categories=some(list(CATEGORIES)),
    districts=some(list(DISTRICTS)),
    scales=some(["umkk", "menengah", "besar"]),
    bands=some(["jumlah", "tkdn", "tanpa", "impor"]),
    attributes=st.sampled_from([(), (), (("bahan", ("jati",)),)]),
    price_from=st.sampled_from([None, None, 20_000]),
    price_to=st.sampled_from([None, None, 20_000]),
    sort=st.sampled_from(SORTS),
)


def test_any_question_has_the_answer_of_the_oracle(market: Market) -> None:
    """Products, their order and every count are those of the domain text, on each engine; so they
    are the same on both.
    """

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(wanted=WANTED)
    def holds(wanted: Wanted) -> None:
        assert said(market, wanted) == answer(ITEMS, wanted)

    holds()


def test_any_text_is_a_question(market: Market) -> None:
    """Whatever characters are typed, in the box or behind any name of the address: no error, and
    what is found is what the oracle finds.
    """

    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
    @given(text=st.text(max_size=60) | st.text(alphabet="\"'*-()^:;&|!<>\\ aA1½ﬁ·¹²", max_size=30))
    def holds(text: str) -> None:
        with market.app.read(ANONYMOUS) as view:
            wanted = read_wanted(
                [("q", text), ("kategori", text), ("a.bahan", text), ("dari", text)]
            )
            find(view, wanted)
            complete(view, text)
            found = find(view, Wanted(text.replace("*", "")), limit=2 * PRODUCTS)
        assert found.counts.total == answer(ITEMS, Wanted(text.replace("*", "")))["total"]

    holds()


def test_what_is_completed_finds_something(market: Market) -> None:
    """Every proposal is a question that finds a product which is shown."""
    for text in ("me", "meja", "meja k", "beras 1", "kertas hvs a", "xy"):
        with market.app.read(ANONYMOUS) as view:
            for proposal in complete(view, text):
                assert find(view, Wanted(proposal)).counts.total, proposal
