"""What a product still needs before it is submitted, and what a moderator should look at.

`missing` blocks submitting. `hints` only warn, the vendor while he types and the moderator while he
decides: an outlier of price, a certificate that ends, a name that the vendor has twice.
"""

from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import func, select

from leuit.values import _, format_date, format_rupiah
from leuit.work import View
from leuit_ecatalog.models import (
    CERTIFIED,
    Category,
    Product,
    ProductImage,
    Shipping,
    Variant,
    Vendor,
)
from leuit_ecatalog.models.categories import SERVICES
from leuit_ecatalog.product_words import CERTIFICATE_WORDS
from leuit_ecatalog.rules.attributes import missing_values
from leuit_ecatalog.rules.certificates import HALAL, SNI, TKDN, Certificate
from leuit_ecatalog.rules.outliers import Spread, is_outlier, spread_of
from leuit_ecatalog.rules.product_states import ARCHIVED, SHOWN

from .membership import may_sell
from .product_access import specs_of, variants_of

CATEGORY, BASICS, PICTURES, ORIGIN = "category", "basics", "pictures", "origin"
SPECIFICATION, OFFER, SHIPPING = "specification", "variants", "shipping"
CERTIFICATES = "certificates"
VENDOR = ""
MOST_COMPARED = 2_000


@attrs.frozen
class Gap:
    """Something that is missing: the step where it is mended (empty: none of them), and a sentence.

    `blocks` False is a hint.
    """

    step: str
    sentence: str
    blocks: bool = True


def missing(view: View, product: Product) -> list[Gap]:
    """What stands between the product and being submitted, in the order of the steps."""
    found: list[Gap] = []
    category = view.session.get_one(Category, product.category_id)
    vendor = view.session.get_one(Vendor, product.vendor_id)
    if not may_sell(view, vendor.id, view.today):
        found.append(Gap(VENDOR, _("Usaha Anda belum boleh menjual di katalog.")))
    if category.hidden:
        found.append(Gap(CATEGORY, _("Kategori ini sudah ditutup. Pilih kategori lain.")))
    if category.kbli and not set(category.kbli) & set(vendor.kbli):
        found.append(Gap(CATEGORY, _("Bidang usaha (KBLI) Anda tidak mencakup kategori ini.")))
    if not product.description:
        found.append(Gap(BASICS, _("Tulis uraian produk.")))
    if not _count(view, ProductImage.id, ProductImage.product_id, product.id):
        found.append(Gap(PICTURES, _("Tambahkan sedikitnya satu gambar.")))
    certificate = certificates_of(product)[0]
    if product.origin == CERTIFIED and not certificate.counts(view.today):
        found.append(Gap(ORIGIN, _("Sertifikat TKDN sudah berakhir atau belum diisi.")))
    labels = missing_values(specs_of(view, product.category_id), product.attributes)
    found += [Gap(SPECIFICATION, _("Isi spesifikasi: %s.") % label) for label in labels]
    if not variants_of(view, product.id):
        found.append(Gap(OFFER, _("Isi harga dan stok.")))
    if category.kind != SERVICES and not _count(
        view, Shipping.product_id, Shipping.product_id, product.id
    ):
        found.append(Gap(SHIPPING, _("Isi ongkos kirim, 0 bila gratis.")))
    return found


def hints(view: View, product: Product) -> list[Gap]:
    """What to look at again; nothing of it blocks."""
    spread, factor = spread_in(view, product), outlier_factor(view)
    found = [
        Gap(OFFER, sentence, blocks=False)
        for variant in variants_of(view, product.id)
        if (sentence := outlier_sentence(variant.price, spread, factor))
    ]
    for certificate in certificates_of(product):
        if certificate.has_ended(view.today) or certificate.ends_soon(view.today):
            step = ORIGIN if certificate.kind == TKDN else CERTIFICATES
            found.append(Gap(step, _ending(view, certificate), blocks=False))
    same = view.session.scalar(
        select(func.count())
        .select_from(Product)
        .where(
            Product.vendor_id == product.vendor_id,
            Product.name == product.name,
            Product.id != product.id,
            Product.state != ARCHIVED,
        )
    )
    if same:
        found.append(Gap(BASICS, _("Penyedia ini punya produk lain dengan nama sama."), False))
    return found


def certificates_of(product: Product) -> tuple[Certificate, Certificate, Certificate]:
    """TKDN, SNI and halal of a product, as far as it says them."""
    return (
        Certificate(TKDN, product.tkdn_number, product.tkdn_until),
        Certificate(SNI, product.sni_number, product.sni_until),
        Certificate(HALAL, product.halal_number, product.halal_until),
    )


def spread_in(view: View, product: Product) -> Spread | None:
    """What products of others ask that are shown in the same category and unit."""
    return spread_of(compared_prices(view, product.category_id, product.unit_code, product.id))


def compared_prices(
    view: View, category_id: UUID, unit_code: str, without: UUID | None
) -> Sequence[int]:
    """Prices of variants on sale in a category and unit, but those of one product."""
    query = (
        select(Variant.price)
        .join(Product, Product.id == Variant.product_id)
        .where(
            Product.category_id == category_id,
            Product.state == SHOWN,
            Product.unit_code == unit_code,
            Variant.gone.is_(False),
        )
        .limit(MOST_COMPARED)
    )
    if without is not None:
        query = query.where(Product.id != without)
    return view.session.scalars(query).all()


def outlier_factor(view: View) -> int:
    """How many times the median is an outlier, by the settings."""
    factor: int = view.app.vocabulary.settings["ecatalog"].price_outlier_factor
    return factor


def outlier_sentence(price: int, spread: Spread | None, factor: int) -> str:
    """What is said of an outlier; empty for any other price."""
    if spread is None or not is_outlier(price, spread, factor):
        return ""
    return _(
        "Harga %(price)s jauh dari harga produk sejenis, yang tengahnya %(median)s."
        " Periksa jumlah nolnya."
    ) % {"price": format_rupiah(price), "median": format_rupiah(round(spread.median))}


def _ending(view: View, certificate: Certificate) -> str:
    told = (
        _("%(what)s sudah berakhir %(day)s dan tidak dihitung lagi.")
        if certificate.has_ended(view.today)
        else _("%(what)s berakhir %(day)s.")
    )
    day = format_date(certificate.until or view.today)
    return told % {"what": CERTIFICATE_WORDS[certificate.kind], "day": day}


def _count(view: View, what: object, column: object, product_id: UUID) -> int:
    found = view.session.scalar(
        select(func.count(what)).where(column == product_id)  # type: ignore[arg-type]  # columns of models
    )
    return found or 0
