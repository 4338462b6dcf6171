"""Tables of the catalogue."""

from .base import Base
from .baskets import BasketLine
from .categories import Attribute, Category, District
from .prices import DistrictPrice, PricePoint, Shipping
from .products import Product, ProductImage, ProductStep, Variant
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
    "Agreement",
    "Attribute",
    "Base",
    "BasketLine",
    "Category",
    "Comparison",
    "District",
    "DistrictPrice",
    "NegotiationRound",
    "PricePoint",
    "Product",
    "ProductImage",
    "ProductStep",
    "Purchase",
    "PurchaseAct",
    "PurchaseDuty",
    "PurchaseLine",
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
