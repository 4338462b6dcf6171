"""Examples of what everybody finds: one product of a vendor, with a picture."""

import struct
import zlib
from uuid import UUID

from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.values import RecordRef
from leuit.work import Leuit, register_file
from leuit_ecatalog.models import Category, District, Product, ProductImage, Variant, Vendor
from leuit_ecatalog.service.listing import put_listed
from leuit_ecatalog.service.pictures import store_picture
from tests.system.access import Example, Region


def png(size: int = 300) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\x00" + b"\xc8" * size) * size)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def one_product(app: Leuit) -> UUID:
    """A product that is shown in the first category of level 3, with a picture."""
    picture = store_picture(app, png())
    with app.change(SYSTEM) as work:
        large, small = (register_file(work, one) for one in (picture.large, picture.small))
        category = work.session.scalars(
            select(Category.id).where(Category.level == 3).order_by(Category.code)
        ).first()
        assert category is not None
        district = work.session.scalars(select(District.code).order_by(District.code)).first()
        vendor = Vendor(
            name="CV Contoh Etalase", state="aktif", district=district, created_at=work.now
        )
        work.session.add(vendor)
        work.session.flush()
        product = Product(
            name="Meja kerja contoh",
            description="Meja dari kayu jati.",
            vendor_id=vendor.id,
            category_id=category,
            state="tayang",
            unit_code="H87",
            origin="pdn_tkdn",
            tkdn=4_720,
            bmp=500,
            sni_number="SNI 01-0001",
            created_at=work.now,
            shown_at=work.now,
        )
        work.session.add(product)
        work.session.flush()
        work.session.add(Variant(product_id=product.id, place=1, price=1_450_000, stock=4))
        work.session.add(
            ProductImage(
                product_id=product.id,
                place=1,
                sha256=large,
                thumb_sha256=small,
                width=picture.width,
                height=picture.height,
                alt="Meja kerja",
            )
        )
        work.session.flush()
        put_listed(work, [product.id])
        work.audit("core.session.opened", RecordRef("core.account", "test"))
        return product.id


def examples(region: Region) -> dict[str, Example]:
    """Everybody is let in, strangers too; the category comes with the order of the catalogue."""
    product_id = one_product(region.app)
    one, api = {"product_id": product_id}, "/api/ecatalog/v1"
    shown = "/ecatalog/p/{product_id:uuid}"
    return {
        "GET /ecatalog": Example(query={"q": "meja"}),
        "GET /ecatalog/compare": Example(query={"p": str(product_id)}),
        f"GET {shown}": Example(params=one),
        f"GET {api}/products": Example(query={"q": "meja"}),
        f"GET {api}/products/{{product_id:uuid}}": Example(params=one),
        f"GET {api}/suggestions": Example(query={"q": "me"}),
    }
