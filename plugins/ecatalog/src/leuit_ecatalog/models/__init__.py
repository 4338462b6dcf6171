"""Tables of the catalogue."""

from .base import Base
from .categories import Attribute, Category, District
from .prices import DistrictPrice, PricePoint, Shipping
from .products import (
    CERTIFIED,
    DOMESTIC,
    IMPORTED,
    LISTED,
    CertificateNotice,
    Product,
    ProductImage,
    ProductStep,
    Variant,
)
from .vendors import Sanction, Vendor, VendorCheck, VendorDocument, VendorMember, VendorStep

__all__ = [
    "CERTIFIED",
    "DOMESTIC",
    "IMPORTED",
    "LISTED",
    "Attribute",
    "Base",
    "Category",
    "CertificateNotice",
    "District",
    "DistrictPrice",
    "PricePoint",
    "Product",
    "ProductImage",
    "ProductStep",
    "Sanction",
    "Shipping",
    "Variant",
    "Vendor",
    "VendorCheck",
    "VendorDocument",
    "VendorMember",
    "VendorStep",
]
