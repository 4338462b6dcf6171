"""A vendor's products: begun, changed part by part, copied, put away.

A product begins as a draft with a category, a name and a unit. Each part is saved on its own with
the version that its page showed. What a moderator looks at can only be changed where the state
allows it, and takes a shown product off display (`rules.product_states`).
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from leuit.values import ConflictError, InvalidInputError, NotFoundError, _, new_id
from leuit.work import View, Work
from leuit_ecatalog.models import DOMESTIC, Category, Product, ProductImage, Shipping, Variant
from leuit_ecatalog.models.products import DRAFT
from leuit_ecatalog.rules.attributes import read_values
from leuit_ecatalog.rules.product_states import ARCHIVE, WITHDRAW, WITHDRAW_SHOWN
from leuit_ecatalog.rules.product_values import check_basics, check_certificates, check_origin

from .local_content import weight_of
from .prices import first_price
from .product_access import (
    held_own_product,
    own_product,
    pictures_of,
    ref_of,
    specs_of,
    unblocked_vendor,
    variants_of,
)
from .product_changes import apply_values, move, note_step

CREATED = "ecatalog.product.created"


def begin_product(work: Work, key: UUID, category_id: UUID, basics: Mapping[str, str]) -> Product:
    """A new draft of the asker's vendor; the same `key` again is the same product.

    Raises InvalidInputError with every fault, NotFoundError for a category that takes no products,
    ConflictError for a code that the vendor uses already.
    """
    vendor = unblocked_vendor(work)
    known = work.session.scalars(select(Product).where(Product.key == key)).one_or_none()
    if known is not None and known.vendor_id == vendor.id:
        return known
    open_category(work, category_id)
    values = check_basics(**basics)
    _check_sku(work, vendor.id, values["sku"], None)
    product = Product(
        id=new_id(),
        key=key,
        vendor_id=vendor.id,
        category_id=category_id,
        state=DRAFT,
        origin=DOMESTIC,
        attributes={},
        created_at=work.now,
        **values,
    )
    work.session.add(product)
    work.session.flush()
    note_step(work, product, "created")
    work.audit(CREATED, ref_of(product), vendor=vendor.id)
    return product


def change_category(work: Work, product_id: UUID, version: int, category_id: UUID) -> None:
    """Another category; values of attributes that it does not have, or reads otherwise, go."""
    product = held_own_product(work, product_id, version)
    open_category(work, category_id)
    specs = specs_of(work, category_id)
    before = {spec.key: spec for spec in specs_of(work, product.category_id)}
    kept = {
        spec.key: product.attributes[spec.key]
        for spec in specs
        if spec.key in product.attributes and before.get(spec.key) == spec
    }
    apply_values(work, product, {"category_id": category_id, "attributes": kept})


def change_basics(work: Work, product_id: UUID, version: int, basics: Mapping[str, str]) -> None:
    """Name, brand, description, unit, own code."""
    product = held_own_product(work, product_id, version)
    values = check_basics(**basics)
    _check_sku(work, product.vendor_id, values["sku"], product.id)
    apply_values(work, product, values)


def change_origin(work: Work, product_id: UUID, version: int, **given: Any) -> None:
    """Origin and TKDN; a product that is not certified loses its BMP as well."""
    product = held_own_product(work, product_id, version)
    values = check_origin(**given)
    if values["tkdn"] is None:
        values |= {"bmp": None, "bmp_factors": []}
    apply_values(work, product, values)


def change_bmp(
    work: Work, product_id: UUID, version: int, factors: list[str], figure: int | None
) -> None:
    """BMP by its factors, or as the certificate says it where none is named."""
    product = held_own_product(work, product_id, version)
    if product.tkdn is None and (factors or figure is not None):
        raise InvalidInputError(_("BMP hanya untuk produk bersertifikat TKDN."))
    chosen = sorted(set(factors))
    weight = weight_of(work, chosen) if chosen else figure
    apply_values(work, product, {"bmp": weight, "bmp_factors": chosen})


def change_certificates(work: Work, product_id: UUID, version: int, **given: Any) -> None:
    """SNI, halal and the code of the commodity list."""
    product = held_own_product(work, product_id, version)
    apply_values(work, product, check_certificates(**given))


def change_attributes(work: Work, product_id: UUID, version: int, given: Mapping[str, str]) -> None:
    """What the category asks for; InvalidInputError with every fault at `attr_` and the key."""
    product = held_own_product(work, product_id, version)
    values, faults = read_values(specs_of(work, product.category_id), given)
    if faults:
        raise InvalidInputError(_("Periksa spesifikasi."), fields=faults)
    apply_values(work, product, {"attributes": values})


def copy_product(work: Work, product_id: UUID, key: UUID) -> Product:
    """A draft that says the same, with pictures, variants, prices and shipping; no stock of its own
    is counted twice: variants that are counted begin at zero.
    """
    unblocked_vendor(work)
    source = own_product(work, product_id)
    known = work.session.scalars(select(Product).where(Product.key == key)).one_or_none()
    if known is not None and known.vendor_id == source.vendor_id:
        return known
    copied = Product(
        id=new_id(),
        key=key,
        state=DRAFT,
        sku=None,
        created_at=work.now,
        **{name: getattr(source, name) for name in _COPIED},
    )
    work.session.add(copied)
    work.session.flush()
    for picture in pictures_of(work, source.id):
        values = {name: getattr(picture, name) for name in _COPIED_OF_PICTURE}
        work.session.add(ProductImage(product_id=copied.id, **values))
    for variant in variants_of(work, source.id):
        stock = None if variant.stock is None else 0
        values = {name: getattr(variant, name) for name in ("place", "name", "attributes", "price")}
        made = Variant(id=new_id(), product_id=copied.id, stock=stock, **values)
        work.session.add(made)
        work.session.flush()
        first_price(work, made)
    for row in work.session.scalars(select(Shipping).where(Shipping.product_id == source.id)):
        values = {name: getattr(row, name) for name in ("district", "fee", "days")}
        work.session.add(Shipping(product_id=copied.id, **values))
    note_step(work, copied, "copied")
    work.audit(CREATED, ref_of(copied), vendor=copied.vendor_id, copied_from=source.id)
    return copied


def withdraw_product(work: Work, product_id: UUID, version: int) -> None:
    """Take a submitted product back, to change it."""
    move(work, held_own_product(work, product_id, version), WITHDRAW, "vendor")


def hide_product(work: Work, product_id: UUID, version: int) -> None:
    """Take a shown product off display."""
    move(work, held_own_product(work, product_id, version), WITHDRAW_SHOWN, "vendor")


def archive_product(work: Work, product_id: UUID, version: int) -> None:
    """Put a product away for good; its history stays."""
    move(work, held_own_product(work, product_id, version), ARCHIVE, "vendor")


def open_category(view: View, category_id: UUID) -> Category:
    """A category of the third level that takes products; NotFoundError for any other."""
    category = view.session.get(Category, category_id)
    if category is None or category.level != 3 or category.hidden:
        raise NotFoundError(
            _("Kategori itu tidak menerima produk."), advice=_("Pilih kategori lain.")
        )
    return category


def _check_sku(work: Work, vendor_id: UUID, sku: str | None, product_id: UUID | None) -> None:
    if sku is None:
        return
    other = work.session.scalar(
        select(Product.id).where(Product.vendor_id == vendor_id, Product.sku == sku)
    )
    if other is not None and other != product_id:
        raise ConflictError(
            _("Kode barang “%(sku)s” sudah Anda pakai."),
            advice=_("Pakai kode lain, atau kosongkan."),
            sku=sku,
        )


_COPIED = (
    *("vendor_id", "category_id", "name", "brand", "description", "unit_code", "attributes"),
    *("origin", "country", "tkdn", "bmp", "bmp_factors", "tkdn_number", "tkdn_until"),
    *("sni_number", "sni_until", "halal_number", "halal_until", "kbki", "least_order"),
)
_COPIED_OF_PICTURE = ("place", "sha256", "thumb_sha256", "width", "height", "alt")
