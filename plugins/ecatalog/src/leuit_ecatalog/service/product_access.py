"""Which product somebody may open: a vendor his own, a moderator each, anybody what is shown.

Another vendor's product does not exist for a vendor. Whoever changes one holds its row until his
unit of work ends, so that two changes of one product follow each other.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from leuit.values import ConflictError, NotFoundError, RecordRef, StaleEditError, _
from leuit.work import View, Work
from leuit_ecatalog.models import (
    Attribute,
    Product,
    ProductImage,
    Sanction,
    Variant,
    Vendor,
)
from leuit_ecatalog.permissions import MODERATE
from leuit_ecatalog.rules.attributes import AttributeSpec

from .membership import in_force, own_vendor


def unblocked_vendor(view: View) -> Vendor:
    """The asker's own vendor, who may change what he sells.

    ConflictError under a sanction that stops that, such as a blacklist.
    """
    vendor = own_vendor(view)
    blocking = select(Sanction.id).where(
        Sanction.vendor_id == vendor.id, Sanction.blocks, in_force(view.today)
    )
    if view.session.scalars(blocking.limit(1)).first() is not None:
        raise ConflictError(
            _("Usaha Anda sedang dikenai sanksi, jadi produknya tidak dapat diubah."),
            advice=_("Lihat sanksinya di Usaha saya."),
        )
    return vendor


def own_product(view: View, product_id: UUID) -> Product:
    """A product of the asker's own vendor; NotFoundError for any other."""
    vendor = own_vendor(view)
    product = view.session.get(Product, product_id)
    if product is None or product.vendor_id != vendor.id:
        raise no_product()
    return product


def held_own_product(work: Work, product_id: UUID, version: int) -> Product:
    """As `own_product`, held for a change; StaleEditError for another version."""
    return _held(work, product_id, version, unblocked_vendor(work).id)


def moderated_product(view: View, product_id: UUID) -> Product:
    """Any product, for whoever moderates; NotFoundError for none, or one nobody submitted yet."""
    view.require_on_root(MODERATE)
    product = view.session.get(Product, product_id)
    if product is None or product.submitted_at is None:
        raise no_product()
    return product


def held_moderated_product(work: Work, product_id: UUID, version: int) -> Product:
    """As `moderated_product`, held for a decision; StaleEditError for another version."""
    moderated_product(work, product_id)
    return _held(work, product_id, version, None)


def specs_of(view: View, category_id: UUID) -> list[AttributeSpec]:
    """What a category asks of its products, in order."""
    rows = view.session.scalars(
        select(Attribute).where(Attribute.category_id == category_id).order_by(Attribute.place)
    )
    return [spec_of(row) for row in rows]


def spec_of(row: Attribute) -> AttributeSpec:
    """An attribute as rules take it."""
    return AttributeSpec(
        row.key, row.label, row.type, row.unit, tuple(map(str, row.choices)), row.required
    )


def variants_of(view: View, product_id: UUID) -> Sequence[Variant]:
    """The variants on sale, in order."""
    return view.session.scalars(
        select(Variant)
        .where(Variant.product_id == product_id, Variant.gone.is_(False))
        .order_by(Variant.place)
    ).all()


def pictures_of(view: View, product_id: UUID) -> Sequence[ProductImage]:
    """The pictures, the main one first."""
    return view.session.scalars(
        select(ProductImage)
        .where(ProductImage.product_id == product_id)
        .order_by(ProductImage.place)
    ).all()


def ref_of(product: Product) -> RecordRef:
    """How the audit log names a product."""
    return RecordRef("ecatalog.product", str(product.id), product.name)


def no_product() -> NotFoundError:
    """The answer for what is not there, or not the asker's."""
    return NotFoundError(_("Produk itu tidak ada."), advice=_("Mulai dari daftar produk."))


def _held(work: Work, product_id: UUID, version: int, vendor_id: UUID | None) -> Product:
    product = work.session.scalars(
        select(Product)
        .where(Product.id == product_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if product is None or (vendor_id is not None and product.vendor_id != vendor_id):
        raise no_product()
    if product.version != version:
        raise StaleEditError(
            _("“%(name)s” baru saja diubah di tempat lain."),
            advice=_("Muat ulang halaman, lalu periksa lagi."),
            name=product.name,
        )
    return product
