"""A small market: three vendors, a category with attributes, and whoever moderates."""

import datetime as dt
import io
from typing import Any
from uuid import UUID

import attrs
from PIL import Image
from sqlalchemy import select

from leuit.builtin.organisation import grant_role, open_outside_account, outsider
from leuit.identity import ANONYMOUS, SYSTEM, Identity
from leuit.values import RecordRef, new_id
from leuit.work import Leuit
from leuit_ecatalog.models import (
    Attribute,
    Category,
    District,
    Product,
    Variant,
    Vendor,
    VendorMember,
)
from leuit_ecatalog.models.vendors import ACTIVE
from leuit_ecatalog.service.moderation import decide_product, submit_product
from leuit_ecatalog.service.pictures import add_picture, store_picture
from leuit_ecatalog.service.product_access import variants_of
from leuit_ecatalog.service.products import begin_product, change_attributes, change_origin
from leuit_ecatalog.service.variants import add_variant, change_shipping
from tests.core.organisation.office import Office, open_office

MADE = "core.token.created"
HASH = "$argon2id$v=19$m=65536,t=3,p=4$tanpa$tanpa"
DISTRICTS = {"36.02.16": "Cijaku", "36.02.22": "Sobang"}


def photo(width: int = 400, height: int = 300, kind: str = "JPEG", **options: Any) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), (120, 90, 30)).save(out, kind, **options)
    return out.getvalue()


@attrs.frozen
class Shop:
    """`vendor` sells sugar, `rival` as well, `waiting` may not sell yet; `manager` moderates."""

    app: Leuit
    office: Office
    vendor: Identity
    rival: Identity
    waiting: Identity
    manager: Identity
    sugar: UUID
    service: UUID

    def vendor_id(self, who: Identity) -> UUID:
        with self.app.read(SYSTEM) as view:
            return view.session.execute(
                select(VendorMember.vendor_id).where(VendorMember.account_id == who.account_id)
            ).scalar_one()

    def draft(
        self, name: str = "Gula aren cetak", who: Identity | None = None, **basics: str
    ) -> UUID:
        """A draft with a name alone."""
        given = {"unit": "bungkus", "description": "Dari nira.", **basics}
        with self.app.change(who or self.vendor) as work:
            return begin_product(work, new_id(), self.sugar, {"name": name, **given}).id

    def complete(
        self,
        name: str = "Gula aren cetak",
        who: Identity | None = None,
        price: int = 20_000,
        stock: int | None = 50,
    ) -> UUID:
        """A draft that may be submitted."""
        asker = who or self.vendor
        product_id = self.draft(name, asker)
        picture = store_picture(self.app, photo())
        with self.app.change(asker) as work:
            add_picture(work, product_id, 1, picture)
        with self.app.change(asker) as work:
            change_attributes(work, product_id, 2, {"bentuk": "batok", "berat": "500 g"})
        with self.app.change(asker) as work:
            add_variant(work, product_id, 3, "", price, stock)
        with self.app.change(asker) as work:
            change_shipping(work, product_id, 4, "", 5_000, 2)
        return product_id

    def submitted(self, name: str = "Gula aren cetak", who: Identity | None = None) -> UUID:
        """A product that waits for a decision."""
        product_id = self.complete(name, who)
        with self.app.change(who or self.vendor) as work:
            submit_product(work, product_id, 5)
        return product_id

    def shown(
        self, name: str = "Gula aren cetak", who: Identity | None = None, price: int = 20_000
    ) -> UUID:
        """A product on display."""
        product_id = self.complete(name, who, price)
        with self.app.change(who or self.vendor) as work:
            submit_product(work, product_id, 5)
        self.decide(product_id, "approved")
        return product_id

    def decide(self, product_id: UUID, step: str, reason: str = "", note: str = "") -> None:
        version = self.product(product_id).version
        with self.app.change(self.manager) as work:
            decide_product(work, product_id, version, step, reason, note)

    def certify(self, product_id: UUID, until: dt.date | None) -> None:
        """Give it a TKDN certificate."""
        version = self.product(product_id).version
        with self.app.change(self.vendor) as work:
            change_origin(
                work,
                product_id,
                version,
                origin="pdn_tkdn",
                tkdn=4_120,
                tkdn_number="1/SJ/2026",
                tkdn_until=until,
            )

    def product(self, product_id: UUID) -> Product:
        with self.app.read(SYSTEM) as view:
            found = view.session.get_one(Product, product_id)
            view.session.expunge(found)
        return found

    def variant(self, product_id: UUID) -> Variant:
        with self.app.read(SYSTEM) as view:
            found = variants_of(view, product_id)[0]
            view.session.expunge(found)
        return found


def open_shop(app: Leuit) -> Shop:
    """The market in an empty installation."""
    office = open_office(app)
    with app.change(SYSTEM) as work:
        parents: dict[str, UUID] = {}
        for code, name in (
            ("01", "Lokal"),
            ("01.01", "Gula"),
            ("01.01.01", "Gula Cetak"),
            ("01.01.02", "Jasa Cetak"),
        ):
            level = code.count(".") + 1
            row = Category(
                code=code,
                level=level,
                parent_id=parents.get(code[:-3]),
                name=name,
                path=name,
                kind="" if level < 3 else "jasa" if code.endswith("02") else "barang",
                unit_code="XPK" if level == 3 else "",
            )
            work.session.add(row)
            work.session.flush()
            parents[code] = row.id
        sugar = parents["01.01.01"]
        asked: tuple[tuple[str, str, dict[str, Any]], ...] = (
            ("bentuk", "choice", {"choices": ["batok", "gandu"], "required": True}),
            ("berat", "number", {"unit": "g"}),
            ("organik", "flag", {}),
            ("asal", "text", {}),
        )
        for place, (key, kind, extra) in enumerate(asked):
            work.session.add(
                Attribute(
                    category_id=sugar,
                    key=key,
                    label=key.capitalize(),
                    type=kind,
                    place=place,
                    **extra,
                )
            )
        for code, name in DISTRICTS.items():
            work.session.add(District(code=code, name=name))
        work.audit(MADE, RecordRef("uji.katalog", "1"))
        grant_role(
            work,
            "ecatalog.manager",
            office.unit("36.02"),
            account_id=office.account(office.nip(6)),
            valid_from=dt.date(2026, 1, 1),
        )
    return Shop(
        app,
        office,
        vendor=vendor(app, "aren@contoh.id", "UD Contoh Aren", ACTIVE),
        rival=vendor(app, "nira@contoh.id", "UD Contoh Nira", ACTIVE),
        waiting=vendor(app, "baru@contoh.id", "UD Contoh Baru", "menunggu_verifikasi"),
        manager=office.staff(6),
        sugar=sugar,
        service=parents["01.01.02"],
    )


def vendor(app: Leuit, login: str, name: str, state: str) -> Identity:
    """A vendor with one account."""
    with app.change(ANONYMOUS) as work:
        account = open_outside_account(work, login, name, HASH)
        who = outsider(account)
    with app.change(SYSTEM) as work:
        row = Vendor(name=name, state=state, created_at=work.now)
        work.session.add(row)
        work.session.flush()
        work.session.add(VendorMember(account_id=who.account_id, vendor_id=row.id, since=work.now))
        work.audit(MADE, RecordRef("uji.penyedia", str(row.id)))
    return who
