"""Products of vendors: what they are, their variants, stock and pictures."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import account_fk, person_fk
from leuit.storage import Json, blob_fk
from leuit.values import new_id
from leuit_ecatalog.rules.origins import CERTIFIED, DOMESTIC, IMPORTED, LISTED
from leuit_ecatalog.rules.product_states import (
    ARCHIVED,
    CORRECT,
    DRAFT,
    FROZEN,
    REFUSED,
    SHOWN,
    SUBMITTED,
    TAKEN_DOWN,
)
from leuit_ecatalog.rules.product_states import STATES as PRODUCT_STATES

from .base import Base, Rupiah, product_fk, vendor_fk

__all__ = [
    "ARCHIVED",
    "CERTIFIED",
    "CORRECT",
    "DOMESTIC",
    "DRAFT",
    "FROZEN",
    "IMPORTED",
    "LISTED",
    "ORIGINS",
    "PRODUCT_STATES",
    "REFUSED",
    "SHOWN",
    "SUBMITTED",
    "TAKEN_DOWN",
    "CertificateNotice",
    "Product",
    "ProductImage",
    "ProductStep",
    "Variant",
]
ORIGINS: Final = (CERTIFIED, LISTED, DOMESTIC, IMPORTED)
NAME, BRAND, TEXT, NUMBER, CODE, NOTE = 160, 80, 4_000, 80, 40, 1_000


class Product(Base):
    """What a vendor offers; each of its variants has a price.

    `draf` → `diajukan` → `perlu_perbaikan`, `ditolak` or `tayang`; from there `dibekukan` (shown,
    not to be bought), `turun_tayang` and `arsip`. `tkdn` and `bmp` are hundredths of a percent,
    None without a certificate; `bmp` is the weight of `bmp_factors` where the vendor named them.
    `origin` says whether it is domestic and how that is known.
    `attributes` are the values by the keys of the category, in the form that `rules.attributes`
    gives them. `reason` is why it was frozen, refused or taken down, a code of the words.
    """

    __tablename__ = "ecatalog_product"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draf', 'diajukan', 'perlu_perbaikan', 'ditolak', 'tayang', 'dibekukan',"
            " 'turun_tayang', 'arsip')",
            name="state",
        ),
        CheckConstraint("origin IN ('pdn_tkdn', 'pdn_siinas', 'pdn_lain', 'impor')", name="origin"),
        CheckConstraint("tkdn IS NULL OR tkdn BETWEEN 0 AND 10000", name="tkdn"),
        CheckConstraint("bmp IS NULL OR bmp BETWEEN 0 AND 1500", name="bmp"),
        CheckConstraint("least_order >= 1", name="least_order"),
        UniqueConstraint("vendor_id", "sku"),
        Index("ix_ecatalog_product_vendor", "vendor_id", "state", "id"),
        Index("ix_ecatalog_product_state", "state", "submitted_at", "id"),
        Index("ix_ecatalog_product_category", "category_id", "state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[UUID] = mapped_column(unique=True, default=new_id)
    vendor_id: Mapped[UUID] = vendor_fk(index=False)
    category_id: Mapped[UUID] = mapped_column(
        ForeignKey("ecatalog_category.id", ondelete="RESTRICT")
    )
    state: Mapped[str] = mapped_column(String(16), default=DRAFT)
    sku: Mapped[str | None] = mapped_column(String(CODE))
    name: Mapped[str] = mapped_column(String(NAME))
    brand: Mapped[str] = mapped_column(String(BRAND), default="")
    description: Mapped[str] = mapped_column(String(TEXT), default="")
    unit_code: Mapped[str] = mapped_column(String(3))
    attributes: Mapped[dict[str, Any]] = mapped_column(Json(), default=dict)
    origin: Mapped[str] = mapped_column(String(10))
    country: Mapped[str] = mapped_column(String(2), default="ID")
    tkdn: Mapped[int | None]
    bmp: Mapped[int | None]
    bmp_factors: Mapped[list[str]] = mapped_column(Json(), default=list)
    tkdn_number: Mapped[str] = mapped_column(String(NUMBER), default="")
    tkdn_until: Mapped[dt.date | None]
    sni_number: Mapped[str] = mapped_column(String(NUMBER), default="")
    sni_until: Mapped[dt.date | None]
    halal_number: Mapped[str] = mapped_column(String(NUMBER), default="")
    halal_until: Mapped[dt.date | None]
    kbki: Mapped[str] = mapped_column(String(10), default="")
    least_order: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(String(CODE), default="")
    note: Mapped[str] = mapped_column(String(NOTE), default="")
    created_at: Mapped[dt.datetime]
    submitted_at: Mapped[dt.datetime | None]
    shown_at: Mapped[dt.datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class Variant(Base):
    """One form in which a product is sold, in order from 1; most products have one.

    `stock` None is made to order or a service: never counted. `price` is the one that holds now
    where no kecamatan has its own; `prices` tells how it came about. One that is `gone` stays for
    the orders that name it.
    """

    __tablename__ = "ecatalog_variant"
    __table_args__ = (
        CheckConstraint("stock IS NULL OR stock >= 0", name="stock"),
        CheckConstraint("price > 0", name="price"),
        UniqueConstraint("product_id", "place"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    product_id: Mapped[UUID] = product_fk(index=False)
    place: Mapped[int]
    name: Mapped[str] = mapped_column(String(NAME), default="")
    attributes: Mapped[dict[str, Any]] = mapped_column(Json(), default=dict)
    stock: Mapped[int | None]
    price: Mapped[Rupiah]
    gone: Mapped[bool] = mapped_column(default=False)


class ProductImage(Base):
    """A picture, made anew from what was sent: `sha256` the large one, `thumb_sha256` the small."""

    __tablename__ = "ecatalog_product_image"
    __table_args__ = (UniqueConstraint("product_id", "place"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    product_id: Mapped[UUID] = product_fk(index=False)
    place: Mapped[int]
    sha256: Mapped[str] = blob_fk(index=True)
    thumb_sha256: Mapped[str] = blob_fk(index=True)
    width: Mapped[int]
    height: Mapped[int]
    alt: Mapped[str] = mapped_column(String(NAME), default="")


class ProductStep(Base):
    """One step in the life of a product, in order; `person_id` or `account_id` took it."""

    __tablename__ = "ecatalog_product_step"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    product_id: Mapped[UUID] = product_fk()
    step: Mapped[str] = mapped_column(String(CODE))
    at: Mapped[dt.datetime]
    person_id: Mapped[UUID | None] = person_fk(nullable=True)
    account_id: Mapped[UUID | None] = account_fk(nullable=True)
    reason: Mapped[str] = mapped_column(String(CODE), default="")
    note: Mapped[str] = mapped_column(String(NOTE), default="")


class CertificateNotice(Base):
    """That the vendor was told of a certificate that ends, or has ended, on a day: once each."""

    __tablename__ = "ecatalog_certificate_notice"

    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("ecatalog_product.id", ondelete="RESTRICT"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(5), primary_key=True)
    until: Mapped[dt.date] = mapped_column(primary_key=True)
    ended: Mapped[bool] = mapped_column(primary_key=True)
    told_at: Mapped[dt.datetime]
