"""Pictures of a product: added, put first, taken off, and who may see one.

The bytes are made and stored before the unit of work; the unit names them. A picture never changes,
so that everybody's browser may keep it for ever while the product is shown.
"""

from uuid import UUID

import attrs
from sqlalchemy import func, select

from leuit.values import InvalidInputError, NotFoundError, _, new_id, one_line
from leuit.work import Leuit, StoredFile, View, Work, register_file, release_file, store_file
from leuit_ecatalog.models import Product, ProductImage, Vendor, VendorMember
from leuit_ecatalog.permissions import MODERATE, SHOP
from leuit_ecatalog.rules.product_states import is_visible

from .membership import shown as shown_vendors
from .picture_making import MEDIA_TYPE, make_picture
from .product_access import held_own_product, pictures_of
from .product_changes import require_editable, touched

MOST_PICTURES = 8
LONGEST_ALT = 160
OWNER = "ecatalog"


@attrs.frozen
class StoredPicture:
    """A picture in the store, in both sizes; no row may name it yet."""

    large: StoredFile
    small: StoredFile
    width: int
    height: int


@attrs.frozen
class ServedPicture:
    """Where the bytes of a picture lie, and whether everybody may keep them."""

    sha256: str
    shown: bool


def store_picture(app: Leuit, data: bytes) -> StoredPicture:
    """Make a picture anew and put it into the store; call it outside a unit of work."""
    made = make_picture(data)
    return StoredPicture(
        store_file(app, made.large, MEDIA_TYPE, "gambar.webp"),
        store_file(app, made.small, MEDIA_TYPE, "gambar-kecil.webp"),
        made.width,
        made.height,
    )


def add_picture(
    work: Work, product_id: UUID, version: int, picture: StoredPicture, alt: str = ""
) -> ProductImage:
    """Add a picture after the others; InvalidInputError for too many, or the same one again."""
    product = held_own_product(work, product_id, version)
    require_editable(product)
    there = pictures_of(work, product.id)
    if len(there) >= MOST_PICTURES:
        raise InvalidInputError(_("Paling banyak %(most)s gambar."), most=MOST_PICTURES)
    if any(one.sha256 == picture.large.sha256 for one in there):
        raise InvalidInputError(_("Gambar itu sudah ada di produk ini."))
    row = ProductImage(
        id=new_id(),
        product_id=product.id,
        place=1 + max((one.place for one in there), default=0),
        sha256=register_file(work, picture.large),
        thumb_sha256=register_file(work, picture.small),
        width=picture.width,
        height=picture.height,
        alt=one_line(alt)[:LONGEST_ALT],
    )
    work.session.add(row)
    work.session.flush()
    touched(work, product, ("pictures",), added=str(row.id))
    return row


def put_first(work: Work, product_id: UUID, version: int, picture_id: UUID) -> None:
    """Make a picture the main one."""
    product = held_own_product(work, product_id, version)
    require_editable(product)
    picture = _picture_in(work, product, picture_id)
    first = work.session.execute(
        select(func.min(ProductImage.place)).where(ProductImage.product_id == product.id)
    ).scalar_one()
    if picture.place != first:
        picture.place = first - 1
        touched(work, product, ("pictures",), first=str(picture.id))


def drop_picture(work: Work, product_id: UUID, version: int, picture_id: UUID) -> None:
    """Take a picture off; its bytes go when nothing else names them."""
    product = held_own_product(work, product_id, version)
    require_editable(product)
    picture = _picture_in(work, product, picture_id)
    hashes = (picture.sha256, picture.thumb_sha256)
    work.session.delete(picture)
    work.session.flush()
    for sha256 in hashes:
        if not _is_named(work, sha256):
            release_file(work, sha256, OWNER)
    touched(work, product, ("pictures",), dropped=str(picture_id))


def served_picture(view: View, picture_id: UUID, *, small: bool) -> ServedPicture:
    """A picture for whoever may see it; NotFoundError for anybody else.

    Everybody sees those of what is shown; the others are for the vendor and who moderates.
    """
    column = ProductImage.thumb_sha256 if small else ProductImage.sha256
    row = view.connection.execute(
        select(column, Product.state, Product.vendor_id)
        .join(Product, Product.id == ProductImage.product_id)
        .where(ProductImage.id == picture_id)
    ).first()
    if row is None:
        raise _no_picture()
    shown = is_visible(row.state) and row.vendor_id in _shown(view, row.vendor_id)
    if not shown and not _may_see(view, row.vendor_id):
        raise _no_picture()
    return ServedPicture(row[0], shown)


def _shown(view: View, vendor_id: UUID) -> list[UUID]:
    """The vendor when what it sells is shown today."""
    query = shown_vendors(view.today).where(Vendor.id == vendor_id)
    return list(view.connection.scalars(query))


def _may_see(view: View, vendor_id: UUID) -> bool:
    if not view.identity.signed_in:
        return False
    if view.identity.kind != "external":
        return view.allows_on_root(MODERATE)
    return view.is_given_outside(SHOP) and (
        view.session.scalar(
            select(VendorMember.vendor_id).where(
                VendorMember.account_id == view.identity.account_id,
                VendorMember.vendor_id == vendor_id,
                VendorMember.until.is_(None),
            )
        )
        is not None
    )


def _picture_in(view: View, product: Product, picture_id: UUID) -> ProductImage:
    picture = view.session.get(ProductImage, picture_id)
    if picture is None or picture.product_id != product.id:
        raise _no_picture()
    return picture


def _is_named(view: View, sha256: str) -> bool:
    """Whether another picture has the same bytes: a copy of the product, say."""
    return (
        view.session.scalar(
            select(ProductImage.id)
            .where((ProductImage.sha256 == sha256) | (ProductImage.thumb_sha256 == sha256))
            .limit(1)
        )
        is not None
    )


def _no_picture() -> NotFoundError:
    return NotFoundError(_("Gambar itu tidak ada."))
