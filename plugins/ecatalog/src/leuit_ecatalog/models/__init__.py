"""Tables of the catalogue."""

from .base import Base
from .baskets import BasketLine
from .categories import Attribute, Category, District
from .listing import LISTING_TEXT, NO_END, UNKNOWN, Listing, ListingToken, ListingValue, ListingWord
from .orders import Bill, BillFile, Delivery, DeliveryLine, OrderDocument, OrderPayment, Rating
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
from .purchases import (
    Agreement,
    Comparison,
    NegotiationRound,
    Purchase,
    PurchaseAct,
    PurchaseDuty,
    PurchaseLine,
    RoundPrice,
)
from .rup import RupPackage
from .vendors import Sanction, Vendor, VendorCheck, VendorDocument, VendorMember, VendorStep

__all__ = [
    "CERTIFIED",
    "DOMESTIC",
    "IMPORTED",
    "LISTED",
    "LISTING_TEXT",
    "NO_END",
    "UNKNOWN",
    "Agreement",
    "Attribute",
    "Base",
    "BasketLine",
    "Bill",
    "BillFile",
    "Category",
    "CertificateNotice",
    "Comparison",
    "Delivery",
    "DeliveryLine",
    "District",
    "DistrictPrice",
    "Listing",
    "ListingToken",
    "ListingValue",
    "ListingWord",
    "NegotiationRound",
    "OrderDocument",
    "OrderPayment",
    "PricePoint",
    "Product",
    "ProductImage",
    "ProductStep",
    "Purchase",
    "PurchaseAct",
    "PurchaseDuty",
    "PurchaseLine",
    "Rating",
    "RoundPrice",
    "RupPackage",
    "Sanction",
    "Shipping",
    "Variant",
    "Vendor",
    "VendorCheck",
    "VendorDocument",
    "VendorMember",
    "VendorStep",
]
