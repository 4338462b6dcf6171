"""Tables of the catalogue."""

from .base import Base
from .categories import Attribute, Category, District
from .listing import (
    LISTING_TEXT,
    NO_END,
    UNKNOWN,
    Listing,
    ListingToken,
    ListingValue,
    ListingWord,
)
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
    "LISTING_TEXT",
    "NO_END",
    "UNKNOWN",
    "Attribute",
    "Base",
    "Category",
    "CertificateNotice",
    "District",
    "DistrictPrice",
    "Listing",
    "ListingToken",
    "ListingValue",
    "ListingWord",
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
