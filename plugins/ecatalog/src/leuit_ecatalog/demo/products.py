"""The products of the demonstration: those of the sample with states, prices over time, pictures.

Vendors are found by their names; one that is not there yet is made with its name and kecamatan
alone, so that this part stands without the others. A product that is there already, by its code,
stays as it is.
"""

import csv
import datetime as dt
import random
from collections.abc import Iterator
from importlib import resources
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import insert, select

from leuit.builtin.organisation import cast_identity
from leuit.builtin.regulations import Draft, enact_edition
from leuit.identity import SYSTEM
from leuit.plugins import CommandContext, DemoPlan
from leuit.values import RecordRef, _, new_id
from leuit.work import Leuit, Work, register_file
from leuit_ecatalog.models import (
    Attribute,
    Category,
    PricePoint,
    Product,
    ProductImage,
    ProductStep,
    Shipping,
    Variant,
    Vendor,
)
from leuit_ecatalog.models.vendors import ACTIVE
from leuit_ecatalog.rules.attributes import AttributeSpec, read_values
from leuit_ecatalog.rules.bmp import EXAMPLE
from leuit_ecatalog.rules.percent_text import parse_percent
from leuit_ecatalog.rules.product_states import (
    CORRECT,
    DRAFT,
    FROZEN,
    SHOWN,
    SUBMITTED,
    TAKEN_DOWN,
)
from leuit_ecatalog.service.local_content import KIND
from leuit_ecatalog.service.pictures import StoredPicture, store_picture
from leuit_ecatalog.service.product_access import spec_of

from .product_pictures import drawn

FILLED = "ecatalog.product.imported"
_STEPS = {
    DRAFT: ("created",),
    SUBMITTED: ("created", "submitted"),
    CORRECT: ("created", "submitted", "returned"),
    SHOWN: ("created", "submitted", "approved"),
    FROZEN: ("created", "submitted", "approved", "frozen"),
    TAKEN_DOWN: ("created", "submitted", "approved", "taken_down"),
}
_REASONS = {"returned": "spesifikasi", "frozen": "harga", "taken_down": "sanksi"}
_FOOD = ("01.01", "01.04", "04.01", "04.02")


def fill_products(context: CommandContext, plan: DemoPlan) -> None:
    """All of the sample; figures of local content are put in force first."""
    app = context.app
    _figures(app)
    rows = [row for row in _sample() if row["state"] in _STEPS]
    with app.read(SYSTEM) as view:
        known = set(view.session.scalars(select(Product.sku).where(Product.sku.is_not(None))))
        categories = dict(view.session.execute(select(Category.code, Category.id)).all())
        specs: dict[UUID, list[AttributeSpec]] = {}
        for one in view.session.scalars(select(Attribute).order_by(Attribute.place)):
            specs.setdefault(one.category_id, []).append(spec_of(one))
    wanted = [
        row for row in rows if row["product_id"] not in known and row["category_code"] in categories
    ]
    if not wanted:
        return
    codes = sorted({row["category_code"] for row in wanted})
    pictures = {code: store_picture(app, drawn(code)) for code in codes}
    with app.change(SYSTEM) as work:
        vendors = _vendors(work, wanted)
        for picture in pictures.values():
            register_file(work, picture.large)
            register_file(work, picture.small)
        filling = _Filling(work, random.Random(plan.seed), vendors, categories, specs, pictures)  # noqa: S311 -- invented figures, no secret
        for row in wanted:
            filling.add(row)
        filling.store()
        ref = RecordRef("ecatalog.product_import", "contoh", "produk_contoh.csv")
        work.audit(FILLED, ref, count=len(wanted))


@attrs.define
class _Filling:
    """Rows of all tables, gathered product by product and written at once."""

    work: Work
    chance: random.Random
    vendors: dict[str, UUID]
    categories: dict[str, UUID]
    specs: dict[UUID, list[AttributeSpec]]
    pictures: dict[str, StoredPicture]
    rows: dict[Any, list[dict[str, Any]]] = attrs.field(factory=dict)

    def add(self, row: dict[str, str]) -> None:
        """One product of the sample with its variant, prices, steps, shipping and picture."""
        category_id = self.categories[row["category_code"]]
        product_id, state = new_id(), row["state"]
        waits = "approved" not in _STEPS[state]
        age = self.chance.randint(8, 12) if waits else self.chance.randint(40, 300)
        born = self.work.now - dt.timedelta(days=age)
        times = [born + dt.timedelta(days=number * 3) for number in range(4)]
        self._put(
            Product,
            id=product_id,
            key=new_id(),
            vendor_id=self.vendors[row["vendor"]],
            category_id=category_id,
            state=state,
            sku=row["product_id"],
            name=row["name"],
            description=row["description"],
            unit_code=row["unit_code"],
            attributes=self._attributes(category_id, row["attributes"]),
            origin=row["origin"],
            country="CN" if row["origin"] == "impor" else "ID",
            reason=_REASONS.get(_STEPS[state][-1], ""),
            created_at=born,
            submitted_at=None if state == DRAFT else times[1],
            shown_at=times[2] if "approved" in _STEPS[state] else None,
            **self._certificates(row),
        )
        for at, step in zip(times, _STEPS[state], strict=False):
            reason = _REASONS.get(step, "")
            self._put(
                ProductStep, id=new_id(), product_id=product_id, step=step, at=at, reason=reason
            )
        self._offer(product_id, int(row["price"]), born, is_service=row["unit_code"] in _UNCOUNTED)
        fee, days = (
            self.chance.choice((0, 5_000, 10_000, 15_000, 25_000)),
            self.chance.randint(1, 5),
        )
        self._put(Shipping, product_id=product_id, district="", fee=fee, days=days)
        picture = self.pictures[row["category_code"]]
        self._put(
            ProductImage,
            id=new_id(),
            product_id=product_id,
            place=1,
            sha256=picture.large.sha256,
            thumb_sha256=picture.small.sha256,
            width=picture.width,
            height=picture.height,
            alt=row["name"],
        )

    def store(self) -> None:
        """Write the rows, those that others name first."""
        for table in (Product, Variant, PricePoint, ProductStep, Shipping, ProductImage):
            self.work.connection.execute(insert(table), self.rows[table])

    def _put(self, table: Any, **values: Any) -> None:
        self.rows.setdefault(table, []).append(values)

    def _offer(self, product_id: UUID, price: int, born: dt.datetime, *, is_service: bool) -> None:
        variant_id = new_id()
        stock = None if is_service else self.chance.choice((0, 8, 25, 60, 120, 400))
        self._put(
            Variant,
            id=variant_id,
            product_id=product_id,
            place=1,
            attributes={},
            stock=stock,
            price=price,
        )
        for number, amount in enumerate(self._earlier(price)):
            at = born + dt.timedelta(days=number * 12)
            self._put(PricePoint, id=new_id(), variant_id=variant_id, amount=amount, set_at=at)

    def _earlier(self, price: int) -> list[int]:
        """How a price came about: most were always so, some rose, few fell."""
        shares = self.chance.choice(((), (), (0.92,), (0.88, 0.95), (1.08,)))
        step = 100 if price >= 2_000 else 10
        return [max(step, round(price * share / step) * step) for share in shares] + [price]

    def _attributes(self, category_id: UUID, text: str) -> dict[str, Any]:
        given = dict(part.split("=", 1) for part in text.split(";") if part)
        return read_values(self.specs.get(category_id, ()), given)[0]

    def _certificates(self, row: dict[str, str]) -> dict[str, Any]:
        today, code = self.work.today, row["product_id"]
        values: dict[str, Any] = {"tkdn": None, "bmp": None, "tkdn_number": "", "tkdn_until": None}
        if row["tkdn"]:
            days = self.chance.choices((-20, 12, 300, 600, 900), (1, 2, 30, 30, 37))[0]
            values = {
                "tkdn": parse_percent(row["tkdn"]),
                "bmp": parse_percent(row["bmp"]) if row["bmp"] else None,
                "tkdn_number": f"CONTOH/TKDN/{code}",
                "tkdn_until": today + dt.timedelta(days=days),
            }
        food = row["category_code"].startswith(_FOOD)
        halal = food and self.chance.random() < 0.7
        sni = not food and self.chance.random() < 0.15
        return values | {
            "halal_number": f"CONTOH/HALAL/{code}" if halal else "",
            "halal_until": today + dt.timedelta(days=500) if halal else None,
            "sni_number": f"SNI CONTOH {code}" if sni else "",
            "sni_until": today + dt.timedelta(days=400) if sni else None,
        }


_UNCOUNTED = frozenset({"DAY", "HUR", "MON", "E48", "LS", "PTN"})


def _sample() -> Iterator[dict[str, str]]:
    file = resources.files("leuit_ecatalog") / "data" / "produk_contoh.csv"
    yield from csv.DictReader(file.read_text(encoding="utf-8").splitlines())


def _vendors(work: Work, rows: list[dict[str, str]]) -> dict[str, UUID]:
    """The vendors of the sample by name; one that is missing is made."""
    found = dict(work.session.execute(select(Vendor.name, Vendor.id)).all())
    for row in rows:
        if row["vendor"] not in found:
            vendor = Vendor(
                name=row["vendor"],
                state=ACTIVE,
                district=row["kecamatan_code"],
                created_at=work.now,
                verified_at=work.now,
            )
            work.session.add(vendor)
            work.session.flush()
            found[row["vendor"]] = vendor.id
    return found


def _figures(app: Leuit) -> None:
    """BMP by Permenperin 35/2025, from the day on which it holds."""
    draft = Draft(
        str(_("Contoh: TKDN dan BMP")),
        str(_("Permenperin 35/2025")),
        "secondary",
        dt.date(2025, 12, 12),
        KIND.unstructure(EXAMPLE),
        str(_("Ringkasan faktor BMP: lima belas faktor berbobot 4, 2, atau 1 persen")),
    )
    drafter, activator = cast_identity(app, "personnel"), cast_identity(app, "regent")
    enact_edition(app, KIND.name, draft, drafter=drafter, activator=activator)
