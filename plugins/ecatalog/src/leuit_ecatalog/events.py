"""What the catalogue tells others of, after the commit."""

from typing import ClassVar

import attrs


@attrs.frozen
class VendorChanged:
    """Something of a vendor that others show or ask for is no longer what it was."""

    event_name: ClassVar[str] = "ecatalog.vendor_changed"
    version: ClassVar[int] = 1

    vendor_id: str


@attrs.frozen
class ProductChanged:
    """What everybody sees of a product is no longer what it was, or is seen no more."""

    event_name: ClassVar[str] = "ecatalog.product_changed"
    version: ClassVar[int] = 1

    product_id: str
