"""Examples of products: one on display of the firm that the caller from outside keeps, and the desk
of whoever moderates, who does so for the regency.
"""

import io
from uuid import UUID

import attrs
from PIL import Image
from sqlalchemy import select

from leuit.identity import SYSTEM, Identity
from leuit.values import RecordRef, new_id
from leuit.work import Leuit
from leuit_ecatalog.models import Category, Product, ProductImage, Variant, Vendor, VendorMember
from leuit_ecatalog.models.vendors import ACTIVE
from leuit_ecatalog.rules.product_states import SHOWN
from leuit_ecatalog.service.pictures import add_picture, store_picture
from leuit_ecatalog.service.product_import import receive_products
from leuit_ecatalog.service.products import begin_product
from leuit_ecatalog.service.variants import add_variant, change_shipping
from tests.system.access import ROOT, Example, Region

TABLE = b"sku,nama,kategori,harga\nUJI-1,Produk uji,77.01.01,1000\n"
SHOP, DESK = "/ecatalog/shop/products", "/ecatalog/products"
ONE = f"{SHOP}/{{product_id:uuid}}"
VARIANT = f"{ONE}/variants/{{variant_id:uuid}}"
STALE = "99"


@attrs.frozen
class Offered:
    """A product on display, its variant and picture, and a file that was sent."""

    product: UUID
    variant: UUID
    picture: UUID
    sha256: str
    category: UUID


def keeper_of(app: Leuit, who: Identity) -> None:
    """Let the account act for an active firm, if it acts for none yet."""
    with app.change(SYSTEM) as work:
        member = work.session.get(VendorMember, who.account_id)
        if member is None:
            vendor = Vendor(name="UD Contoh Uji", state=ACTIVE, created_at=work.now)
            work.session.add(vendor)
            work.session.flush()
            work.session.add(
                VendorMember(account_id=who.account_id, vendor_id=vendor.id, since=work.now)
            )
        ref = RecordRef("ecatalog.vendor", str(who.account_id))
        work.audit("ecatalog.vendor.registered", ref)


def category_in(app: Leuit) -> UUID:
    """A category of the third level."""
    with app.change(SYSTEM) as work:
        parent: UUID | None = None
        for level, code in enumerate(("77", "77.01", "77.01.01"), start=1):
            row = Category(
                code=code,
                level=level,
                parent_id=parent,
                name=f"Uji {code}",
                path="Uji",
                kind="barang" if level == 3 else "",
                unit_code="H87" if level == 3 else "",
            )
            work.session.add(row)
            work.session.flush()
            parent = row.id
        work.audit("ecatalog.order.imported", RecordRef("ecatalog.order", "uji"))
    assert parent is not None
    return parent


def offered(app: Leuit, who: Identity) -> Offered:
    """A product of the account's firm, on display."""
    keeper_of(app, who)
    category = category_in(app)
    packed = io.BytesIO()
    Image.new("RGB", (320, 320), (180, 120, 60)).save(packed, "PNG")
    picture = store_picture(app, packed.getvalue())
    basics = {"name": "Produk uji untuk halaman", "unit": "buah", "description": "Untuk uji."}
    with app.change(who) as work:
        product_id = begin_product(work, new_id(), category, basics).id
    with app.change(who) as work:
        add_picture(work, product_id, 1, picture, "Produk uji")
    with app.change(who) as work:
        add_variant(work, product_id, 2, "Satuan", 20_000, 5)
    with app.change(who) as work:
        change_shipping(work, product_id, 3, "", 5_000, 2)
    received = receive_products(app, TABLE, "produk.csv")
    with app.change(SYSTEM) as work:
        product = work.session.get_one(Product, product_id)
        product.state, product.submitted_at, product.shown_at = SHOWN, work.now, work.now
        work.audit("ecatalog.product.moved", RecordRef("ecatalog.product", str(product_id)))
        shot = select(ProductImage.id).where(ProductImage.product_id == product_id)
        sold = select(Variant.id).where(Variant.product_id == product_id)
        return Offered(
            product_id,
            work.session.scalars(sold).one(),
            work.session.scalars(shot).one(),
            received.file.sha256,
            category,
        )


def picture_of_all(app: Leuit, made: Offered) -> UUID:
    """The same picture at a product of a firm that is active: everybody may see it."""
    with app.change(SYSTEM) as work:
        vendor = Vendor(name="UD Contoh Tampak", state=ACTIVE, created_at=work.now)
        work.session.add(vendor)
        work.session.flush()
        product = Product(
            vendor_id=vendor.id,
            category_id=made.category,
            name="Produk tampak",
            unit_code="H87",
            origin="pdn_lain",
            state=SHOWN,
            created_at=work.now,
        )
        work.session.add(product)
        work.session.flush()
        shot = work.session.get_one(ProductImage, made.picture)
        picture = ProductImage(
            product_id=product.id,
            place=1,
            sha256=shot.sha256,
            thumb_sha256=shot.thumb_sha256,
            width=shot.width,
            height=shot.height,
        )
        work.session.add(picture)
        work.session.flush()
        ref = RecordRef("ecatalog.product", str(product.id))
        work.audit("ecatalog.product.moved", ref)
        return picture.id


def examples(region: Region) -> dict[str, Example]:
    """The shop is the caller's from outside alone; the desk needs the right on the root."""
    made = offered(region.app, region.outsider)
    one = {"product_id": made.product}
    variant = {**one, "variant_id": made.variant}
    picture = {**one, "picture_id": made.picture}
    stale = {"version": STALE}
    sent = {"file": made.sha256, "name": "produk.csv"}
    steps = ("category", "basics", "origin", "bmp", "certificates", "specification")
    offers = ("pictures", "variants", "offer", "shipping")
    return {
        f"GET {SHOP}": Example(),
        f"GET {SHOP}/new": Example(),
        f"POST {SHOP}/new": Example(form={"category": str(made.category), "name": ""}),
        f"POST {SHOP}/submit": Example(form={}),
        f"GET {SHOP}/import": Example(),
        f"POST {SHOP}/import": Example(form={}, file=("produk.csv", TABLE)),
        f"GET {SHOP}/import/report": Example(query=sent),
        f"POST {SHOP}/import/report": Example(form={**sent, "digest": "-"}),
        f"GET {SHOP}/export": Example(),
        f"GET {ONE}": Example(params=one),
        **{
            f"POST {ONE}/{act}": Example(params=one, form=stale)
            for act in ("submit", "withdraw", "hide", "archive")
        },
        f"POST {ONE}/copy": Example(params=one, form={"key": str(new_id())}),
        **{f"GET {ONE}/{step}": Example(params=one) for step in (*steps, *offers)},
        **{f"POST {ONE}/{step}": Example(params=one, form=stale) for step in (*steps, *offers)},
        f"POST {ONE}/pictures/{{picture_id:uuid}}/first": Example(params=picture, form=stale),
        f"POST {ONE}/pictures/{{picture_id:uuid}}/drop": Example(params=picture, form=stale),
        f"GET {VARIANT}": Example(params=variant),
        f"POST {VARIANT}": Example(params=variant, form=stale),
        f"POST {VARIANT}/drop": Example(params=variant, form=stale),
        f"GET {VARIANT}/districts": Example(params=variant),
        f"POST {VARIANT}/districts": Example(params=variant, form=stale),
        f"GET {VARIANT}/prices": Example(params=variant),
        f"GET {DESK}": Example(unit=ROOT),
        f"GET {DESK}/{{product_id:uuid}}": Example(params=one, unit=ROOT),
        f"GET {DESK}/{{product_id:uuid}}/decide/{{step}}": Example(
            params={**one, "step": "frozen"}, unit=ROOT
        ),
        f"POST {DESK}/{{product_id:uuid}}/decide/{{step}}": Example(
            params={**one, "step": "frozen"}, form=stale, unit=ROOT
        ),
        f"GET {DESK}/{{product_id:uuid}}/variants/{{variant_id:uuid}}/prices": Example(
            params=variant, unit=ROOT
        ),
        "GET /ecatalog/pictures/{picture_id:uuid}/{size}": Example(
            params={"picture_id": picture_of_all(region.app, made), "size": "small"}
        ),
    }
