"""The declarative base of the catalogue, and its kinds of columns."""

from typing import TYPE_CHECKING, Annotated, Any

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column

from leuit.storage import plugin_base

if TYPE_CHECKING:

    class Base(DeclarativeBase):
        """Declarative base of the catalogue, as type checkers see it."""
else:
    Base = plugin_base("ecatalog")

Rupiah = Annotated[int, mapped_column(BigInteger)]
"""Whole rupiah, as in payments (ADR 0009)."""

DISTRICT = 13
"""The longest code of a kecamatan (kode wilayah Kemendagri, with dots)."""


def vendor_fk(*, index: bool = True) -> MappedColumn[Any]:
    """A column that names a vendor."""
    return mapped_column(ForeignKey("ecatalog_vendor.id", ondelete="RESTRICT"), index=index)


def product_fk(*, index: bool = True) -> MappedColumn[Any]:
    """A column that names a product."""
    return mapped_column(ForeignKey("ecatalog_product.id", ondelete="RESTRICT"), index=index)


def district_column(*, nullable: bool = False) -> MappedColumn[Any]:
    """A column that holds the code of a kecamatan."""
    return mapped_column(String(DISTRICT), nullable=nullable)
