"""A market for the tests of finding: categories, vendors and products put in through the models."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import ANONYMOUS, SYSTEM
from leuit.values import RecordRef, new_id
from leuit.work import Leuit, Work
from leuit_ecatalog.models import (
    Attribute,
    Category,
    District,
    DistrictPrice,
    Product,
    Sanction,
    Variant,
    Vendor,
)
from leuit_ecatalog.rules.buying_example import EXAMPLE
from leuit_ecatalog.service.buying_edition import BUYING, buying_kind
from leuit_ecatalog.service.finding import Found, find
from leuit_ecatalog.service.listing import put_listed
from leuit_ecatalog.service.wanted import Wanted, read_wanted

SHOWN_FROM = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
DISTRICTS = {"36.02.01": "Malingping", "36.02.10": "Maja", "36.02.14": "Cipanas"}
CATEGORIES = {
    "01": "Mebel",
    "01.01": "Meja",
    "01.01.01": "Meja Kerja",
    "01.01.02": "Meja Rapat",
    "01.02": "Kursi",
    "01.02.01": "Kursi Kerja",
    "02": "Alat Tulis",
    "02.01": "Kertas",
    "02.01.01": "Kertas HVS",
}


@attrs.define
class Market:
    """What stands in it; each product is shown a minute after the one before."""

    app: Leuit
    vendors: dict[str, UUID] = attrs.field(factory=dict)
    products: dict[str, UUID] = attrs.field(factory=dict)

    def vendor(self, name: str, **changed: Any) -> UUID:
        """An active vendor of Maja, mikro unless said otherwise."""
        told = {"district": "36.02.10", "scale": "mikro", "state": "aktif"} | changed
        with self.app.change(SYSTEM) as work:
            made = Vendor(name=name, created_at=work.now, **told)
            work.session.add(made)
            work.session.flush()
            _noted(work)
            self.vendors[name] = made.id
            return made.id

    def product(
        self,
        name: str,
        price: int = 100_000,
        *,
        vendor: str = "CV Contoh Maja",
        category: str = "01.01.01",
        local_prices: Mapping[str, int] | None = None,
        listed: bool = True,
        **changed: Any,
    ) -> UUID:
        """A product that is shown, of one variant; listed at once."""
        if vendor not in self.vendors:
            self.vendor(vendor)
        told: dict[str, Any] = {
            "state": "tayang",
            "unit_code": "H87",
            "origin": "pdn_lain",
            "shown_at": SHOWN_FROM + dt.timedelta(minutes=len(self.products)),
        } | changed
        with self.app.change(SYSTEM) as work:
            of = work.session.scalars(select(Category).where(Category.code == category)).one()
            made = Product(
                name=name,
                vendor_id=self.vendors[vendor],
                category_id=of.id,
                created_at=work.now,
                **told,
            )
            work.session.add(made)
            work.session.flush()
            variant = Variant(product_id=made.id, place=1, price=price, stock=5)
            work.session.add(variant)
            work.session.flush()
            for district, amount in (local_prices or {}).items():
                work.session.add(
                    DistrictPrice(variant_id=variant.id, district=district, price=amount)
                )
            work.session.flush()
            if listed:
                put_listed(work, [made.id])
            _noted(work)
            self.products[f"{name}/{vendor}"] = made.id
            return made.id

    def sanction(
        self, vendor: UUID, by: UUID, since: dt.date, until: dt.date | None = None
    ) -> UUID:
        """A sanction by a person, without listing anything anew."""
        with self.app.change(SYSTEM) as work:
            made = Sanction(
                vendor_id=vendor,
                kind="ditangguhkan",
                edition_id=new_id(),
                decree="Keputusan contoh 1/2026",
                reason="Contoh",
                since=since,
                until=until,
                recorded_by=by,
                recorded_at=work.now,
            )
            work.session.add(made)
            work.session.flush()
            _noted(work)
            return made.id

    def change(self, kind: type, row_id: UUID, **values: Any) -> None:
        """Change a row, without listing anything anew."""
        with self.app.change(SYSTEM) as work:
            row: Any = work.session.get_one(kind, row_id)
            for name, value in values.items():
                setattr(row, name, value)
            _noted(work)

    def listed_anew(self) -> None:
        """List every product as it is now."""
        with self.app.change(SYSTEM) as work:
            put_listed(work, list(self.products.values()))

    def ask(self, text: str = "", *, limit: int = 24, **chosen: Any) -> Found:
        """What a stranger finds."""
        with self.app.read(ANONYMOUS) as view:
            return find(view, Wanted(text, **chosen), limit=limit)

    def asked(self, address: list[tuple[str, str]]) -> Found:
        """What a stranger finds by names and values of an address."""
        with self.app.read(ANONYMOUS) as view:
            return find(view, read_wanted(address))

    def names(self, text: str = "", **chosen: Any) -> list[str]:
        """Names of what is found, in their order."""
        return [card.name for card in self.ask(text, **chosen).cards]


def open_market(app: Leuit) -> Market:
    """Kecamatan, categories, attributes to filter by and the figures of domestic products."""
    with app.change(SYSTEM) as work:
        for code, name in DISTRICTS.items():
            work.session.add(District(code=code, name=name))
        made: dict[str, Category] = {}
        for code, name in CATEGORIES.items():
            parent = made.get(code.rpartition(".")[0])
            path = f"{parent.path} > {name}" if parent else name
            made[code] = Category(
                code=code,
                level=code.count(".") + 1,
                parent_id=parent.id if parent else None,
                name=name,
                path=path,
                kind="barang" if code.count(".") == 2 else "",
            )
            work.session.add(made[code])
            work.session.flush()
        for place, (key, label, kind) in enumerate(
            [
                ("bahan", "Bahan", "choice"),
                ("panjang", "Panjang", "number"),
                ("laci", "Laci", "flag"),
            ],
            start=1,
        ):
            work.session.add(
                Attribute(
                    category_id=made["01.01.01"].id,
                    key=key,
                    label=label,
                    type=kind,
                    unit="cm" if kind == "number" else "",
                    facet=True,
                    place=place,
                )
            )
        _noted(work)
        body = buying_kind().unstructure(EXAMPLE)
        seed_edition(
            work,
            BUYING,
            Draft("Contoh", "Perpres contoh", "unverified", dt.date(2025, 4, 30), body, "Contoh"),
        )
    return Market(app)


def _noted(work: Work) -> None:
    """Rows that a test puts in are nobody's act, but every unit of work says something."""
    work.audit("core.session.opened", RecordRef("core.account", "test"))
