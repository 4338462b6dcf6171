"""Products for the benchmarks of the catalogue: put in through the models' tables, then listed.

Names have 5 to 7 words and descriptions 22 of a vocabulary of 1,552 words, met as often as Zipf's
law says; 300 categories, 28 kecamatan, 2,000 vendors.
"""

import datetime as dt
import random
import zlib
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy import text as sql

from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import SYSTEM
from leuit.values import RecordRef
from leuit.work import Leuit
from leuit_ecatalog.models import Attribute, Category, District, Product, Variant, Vendor
from leuit_ecatalog.rules.buying_example import EXAMPLE
from leuit_ecatalog.service.buying_edition import BUYING, buying_kind
from leuit_ecatalog.service.listing import put_listed

WORDS, CATEGORIES, DISTRICTS, VENDORS, BATCH = 1_552, 300, 28, 2_000, 500
_SHOWN = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


def vocabulary() -> tuple[list[str], list[float]]:
    """Words as they are built in Indonesian, and how often each is met, added up."""
    draw = random.Random(7)
    syllables = [a + b for a in "bcdghjklmnprstw" for b in ("a", "i", "u", "e", "o", "an", "ar")]
    words: dict[str, None] = {}
    while len(words) < WORDS:
        root = "".join(draw.choices(syllables, k=draw.choice((2, 2, 3))))
        words[draw.choice(("", "me", "pe", "ber")) + root + draw.choice(("", "an", "i"))] = None
    weights: list[float] = []
    total = 0.0
    for rank in range(1, WORDS + 1):
        total += 1 / rank
        weights.append(total)
    return list(words), weights


def district(number: int) -> str:
    """The code of a kecamatan."""
    return f"36.02.{number % DISTRICTS + 1:02}"


def put_products(app: Leuit, count: int) -> list[UUID]:
    """So many products that are listed; their ids."""
    draw = random.Random(11)
    words, weights = vocabulary()
    categories = _order(app)
    ids: list[UUID] = []
    for first in range(0, count, BATCH):
        products: list[dict[str, Any]] = []
        variants: list[dict[str, Any]] = []
        for number in range(first, min(count, first + BATCH)):
            one = _id("product", number)
            tkdn = draw.choice((None, None, 1_500, 2_700, 4_100, 6_000))
            origin = "pdn_tkdn" if tkdn else draw.choice(("pdn_lain", "impor"))
            said = draw.choices(words, cum_weights=weights, k=29)
            products.append(
                {
                    "id": one,
                    "key": one,
                    "vendor_id": _id("vendor", draw.randrange(VENDORS)),
                    "category_id": categories[draw.randrange(CATEGORIES)],
                    "state": "tayang",
                    "sku": None,
                    "name": " ".join(said[: draw.randint(5, 7)]),
                    "description": " ".join(said[7:]),
                    "unit_code": "H87",
                    "attributes": {"bahan": draw.choice(("jati", "besi", "plastik", "kain"))},
                    "origin": origin,
                    "tkdn": tkdn,
                    "bmp": 500 if tkdn else None,
                    "created_at": _SHOWN,
                    "shown_at": _SHOWN + dt.timedelta(minutes=number),
                }
            )
            price = draw.randrange(10, 50_000) * 1_000
            variants.append(
                {"id": _id("variant", number), "product_id": one, "place": 1, "price": price}
            )
        batch = [row["id"] for row in products]
        ids += batch
        with app.change(SYSTEM) as work:
            work.connection.execute(insert(Product), products)
            work.connection.execute(insert(Variant), variants)
            put_listed(work, batch)
            _noted(work)
    if app.database.dialect == "postgresql":
        with app.database.writer.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(sql("VACUUM ANALYZE"))
    return ids


def _order(app: Leuit) -> list[UUID]:
    """Kecamatan, categories of three levels, vendors, the figures; ids of the third level."""
    leaves = []
    with app.change(SYSTEM) as work:
        for number in range(DISTRICTS):
            work.session.add(District(code=district(number), name=f"Kecamatan {number}"))
        above: dict[str, UUID] = {}
        for number in range(CATEGORIES):
            top, second = f"{number // 60 + 1:02}", f"{number // 10 % 6 + 1:02}"
            path = [top, f"{top}.{second}", f"{top}.{second}.{number % 10 + 1:02}"]
            for level, code in enumerate(path, start=1):
                if code not in above:
                    above[code] = _id("category", zlib.crc32(code.encode()))
                    work.session.add(
                        Category(
                            id=above[code],
                            code=code,
                            level=level,
                            parent_id=above.get(code[:-3]),
                            name=f"Golongan {code}",
                            path=f"Golongan {code}",
                            kind="barang" if level == 3 else "",
                        )
                    )
                    work.session.flush()
            leaves.append(above[path[-1]])
            work.session.add(
                Attribute(
                    category_id=above[path[-1]],
                    key="bahan",
                    label="Bahan",
                    type="choice",
                    facet=True,
                    place=1,
                )
            )
        scales = ("mikro", "kecil", "menengah", "besar", "koperasi")
        rows: list[dict[str, Any]] = [
            {
                "id": _id("vendor", number),
                "key": _id("vendor", number),
                "state": "aktif",
                "name": f"CV Contoh {number}",
                "scale": scales[number % 5],
                "district": district(number),
                "created_at": _SHOWN,
            }
            for number in range(VENDORS)
        ]
        work.session.flush()
        work.connection.execute(insert(Vendor), rows)
        body = buying_kind().unstructure(EXAMPLE)
        since = dt.date(2025, 4, 30)
        seed_edition(work, BUYING, Draft("Contoh", "Contoh", "unverified", since, body, "Contoh"))
        _noted(work)
    return leaves


def _id(kind: str, number: int) -> UUID:
    return UUID(int=(zlib.crc32(kind.encode()) << 64) + number + 1)


def _noted(work: Any) -> None:
    work.audit("core.session.opened", RecordRef("core.account", "bench"))
