"""The office in which buying is tested: a unit with its officials, vendors, products, a plan."""

import datetime as dt
import itertools
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import (
    DEFINITIF,
    EXTERNAL,
    SYSTEM,
    Account,
    Assignment,
    Grant,
    Identity,
    Person,
    Position,
)
from leuit.testing import cast
from leuit.values import RecordRef, new_id
from leuit.work import Leuit, Work
from leuit_ecatalog.models import (
    Category,
    District,
    Product,
    Purchase,
    PurchaseLine,
    RupPackage,
    Shipping,
    Variant,
    Vendor,
    VendorMember,
)
from leuit_ecatalog.models.products import CERTIFIED, SHOWN
from leuit_ecatalog.models.vendors import ACTIVE
from leuit_ecatalog.rules.buying_example import EXAMPLE
from leuit_ecatalog.rules.buying_rules import BuyingRules
from leuit_ecatalog.service.baskets import put_in
from leuit_ecatalog.service.buying_edition import BUYING, buying_kind
from leuit_ecatalog.service.drafting import (
    choose_method,
    set_delivery,
    set_price_paper,
    start_purchase,
)
from leuit_ecatalog.service.proposing import REFERENCES, shown
from leuit_ecatalog.service.purchase_access import find_purchase
from leuit_ecatalog.service.sending import send

SINCE = dt.date(2020, 1, 1)
YEAR = 2026
DISTRICT, ELSEWHERE = "36.02.22", "36.02.03"
PP, PPK, PA, TREASURER, PLANNER, AUDITOR = "pp", "ppk", "pa", "bendahara", "rup", "apip"
ROLES = {
    PP: "ecatalog.buyer",
    PPK: "ecatalog.committer",
    PA: "ecatalog.budget_user",
    TREASURER: "ecatalog.treasurer",
    PLANNER: "ecatalog.planner",
    AUDITOR: "ecatalog.auditor",
}
_CODES = itertools.count(70_000_001)


@attrs.frozen
class Shop:
    """A vendor and the account that acts for it."""

    vendor: UUID
    account: Identity


@attrs.frozen
class Office:
    """Officials of a unit, one more who is PP and PPK at once, two vendors, one category."""

    app: Leuit
    unit: UUID
    sibling: UUID
    people: Mapping[str, Identity]
    both: Identity
    stranger: Identity
    shop: Shop
    rival: Shop
    category: UUID


def office(app: Leuit, rules: BuyingRules | None = EXAMPLE) -> Office:
    """Store it all in an empty installation, with figures of buying in force, or without."""
    made = cast(app)
    return office_in(app, made.unit, made.sibling, made.other_head, rules)


def office_in(
    app: Leuit, unit: UUID, sibling: UUID, stranger: Identity, rules: BuyingRules | None = EXAMPLE
) -> Office:
    """Store it in an installation that has units."""
    with app.change(SYSTEM) as work:
        people = {
            key: person(work, f"{key.upper()} Contoh", unit, role) for key, role in ROLES.items()
        }
        both = person(work, "Dua Peran", unit, ROLES[PP], ROLES[PPK])
        for code, name in ((DISTRICT, "Sobang"), (ELSEWHERE, "Bayah")):
            work.session.merge(District(code=code, name=name))
        category = Category(
            id=new_id(), code="88.01.01", level=3, name="Gula", path="Gula", kind="barang"
        )
        category.parent_id = _parents(work)
        work.session.add(category)
        work.session.flush()
        shop, rival = new_shop(work, "UD Contoh Aren"), new_shop(work, "CV Contoh Nira")
        told(work)
    if rules is not None:
        enact(app, rules)
    return Office(app, unit, sibling, people, both, stranger, shop, rival, category.id)


def enact(app: Leuit, rules: BuyingRules, since: dt.date = SINCE, title: str = "Contoh") -> None:
    """Put figures of buying in force from a day on."""
    draft = Draft(
        title=title,
        legal_basis="Contoh",
        confidence="unverified",
        effective_from=since,
        body=buying_kind().unstructure(rules),
        source="Data contoh",
    )
    with app.change(SYSTEM) as work:
        seed_edition(work, BUYING, draft)


def person(work: Work, name: str, unit: UUID, *roles: str) -> Identity:
    """Somebody of the unit who holds roles there."""
    someone, post = Person(name=name), Position(unit_id=unit, title=name, is_head=False)
    work.session.add_all([someone, post])
    work.session.flush()
    account = Account(
        login=name.lower().replace(" ", "."), person_id=someone.id, created_at=work.now
    )
    work.session.add_all(
        [
            Assignment(person_id=someone.id, position_id=post.id, kind=DEFINITIF, valid_from=SINCE),
            account,
        ]
    )
    work.session.flush()
    for role in roles:
        work.session.add(Grant(role=role, unit_id=unit, account_id=account.id, valid_from=SINCE))
    work.session.flush()
    return Identity("person", name, account.id, someone.id, login=account.login)


def new_shop(work: Work, name: str, **values: Any) -> Shop:
    """An active vendor with an account; PKP and micro unless told otherwise."""
    fields = {"scale": "mikro", "taxable": True, "state": ACTIVE, **values}
    vendor = Vendor(id=new_id(), name=name, created_at=work.now, **fields)
    login = f"{name.lower().replace(' ', '.')}@contoh.id"
    account = Account(login=login, name=name, kind=EXTERNAL, created_at=work.now)
    work.session.add_all([vendor, account])
    work.session.flush()
    work.session.add(VendorMember(account_id=account.id, vendor_id=vendor.id, since=work.now))
    work.session.flush()
    return Shop(vendor.id, Identity("external", name, account.id, login=login))


def product(made: Office, shop: Shop | None = None, **values: Any) -> UUID:
    """A product that is shown, brought everywhere for nothing; the id of its one variant."""
    owner = shop or made.shop
    price, stock = values.pop("price", 50_000), values.pop("stock", 1_000)
    fee = values.pop("fee", 0)
    fields = {
        "name": "Gula aren semut 1 kg",
        "unit_code": "KGM",
        "origin": CERTIFIED,
        "tkdn": 5_000,
        "bmp": 600,
        "state": SHOWN,
        **values,
    }
    with made.app.change(SYSTEM) as work:
        one = Product(
            id=new_id(),
            vendor_id=owner.vendor,
            category_id=made.category,
            created_at=work.now,
            **fields,
        )
        work.session.add(one)
        work.session.flush()
        variant = Variant(id=new_id(), product_id=one.id, place=1, price=price, stock=stock)
        work.session.add_all([variant, Shipping(product_id=one.id, district="", fee=fee, days=3)])
        work.session.flush()
        told(work)
        return variant.id


def package(made: Office, pagu: int = 12_000_000, **values: Any) -> RupPackage:
    """An announced package of the unit by e-purchasing."""
    fields = {
        "rup_id": str(next(_CODES)),
        "unit_id": made.unit,
        "year": YEAR,
        "name": "Belanja bahan makanan",
        "kind": "barang",
        "method": "e-purchasing",
        "announced_on": dt.date(YEAR, 1, 5),
        **values,
    }
    with made.app.change(SYSTEM) as work:
        one = RupPackage(pagu=pagu, imported_at=work.now, **fields)
        work.session.add(one)
        work.session.flush()
        told(work)
        return one


def draft(
    made: Office,
    variant: UUID,
    quantity: int,
    rup_id: str,
    who: Identity | None = None,
    **wanted: Any,
) -> UUID:
    """A draft that may be sent as it stands: delivery, price and method are there."""
    asker = who or made.people[PP]
    with made.app.change(asker) as work:
        put_in(work, variant, quantity)
    with made.app.change(asker) as work:
        vendor = work.session.scalar(
            select(Product.vendor_id)
            .join(Variant, Variant.product_id == Product.id)
            .where(Variant.id == variant)
        )
        assert vendor is not None
        one = start_purchase(work, vendor, rup_id, wanted.get("need", "Gula untuk rapat"))
        set_delivery(work, one.id, one.version, DISTRICT, "Jalan Contoh 1", dt.date(YEAR, 12, 30))
        paper = wanted.get("paper", next(iter(REFERENCES)))
        if paper:
            set_price_paper(work, one.id, one.version, paper, 60_000, "Katalog", None)
        if method := wanted.get("method"):
            choose_method(work, one.id, one.version, method, "Harga sudah wajar")
        return one.id


def sent(made: Office, purchase_id: UUID, who: Identity | None = None) -> UUID:
    """Send a draft as it is shown."""
    asker = who or made.people[PP]
    with made.app.change(asker) as work:
        one = find_purchase(work, purchase_id)
        send(work, one.id, one.version, shown(work, one).digest)
    return purchase_id


def at(made: Office, purchase_id: UUID) -> Purchase:
    """The purchase as it stands."""
    with made.app.read(SYSTEM) as view:
        return view.session.get_one(Purchase, purchase_id)


def lines(made: Office, purchase_id: UUID) -> list[PurchaseLine]:
    """Its lines."""
    with made.app.read(SYSTEM) as view:
        query = select(PurchaseLine).where(PurchaseLine.purchase_id == purchase_id)
        return list(view.session.scalars(query.order_by(PurchaseLine.place)))


def committed(made: Office, package_id: UUID) -> int:
    """How much of a package is held."""
    with made.app.read(SYSTEM) as view:
        return view.session.get_one(RupPackage, package_id).committed


def stock(made: Office, variant_id: UUID) -> int | None:
    """How many there are."""
    with made.app.read(SYSTEM) as view:
        return view.session.get_one(Variant, variant_id).stock


def change_row(made: Office, kind: Any, key: Any, **values: Any) -> None:
    """Change a row as another part of the catalogue would."""
    with made.app.change(SYSTEM) as work:
        one = work.session.get_one(kind, key)
        for name, value in values.items():
            setattr(one, name, value)
        work.session.flush()
        told(work)


def _parents(work: Work) -> UUID:
    first = Category(id=new_id(), code="88", level=1, name="Pangan", path="Pangan")
    second = Category(
        id=new_id(), code="88.01", level=2, parent_id=first.id, name="Gula", path="Pangan > Gula"
    )
    work.session.add(first)
    work.session.flush()
    work.session.add(second)
    work.session.flush()
    return second.id


def told(work: Work) -> None:
    """Say something to the log, as every change has to."""
    work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
