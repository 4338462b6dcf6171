"""What the catalogue tells others, after it is stored."""

from typing import ClassVar

import attrs


@attrs.frozen
class VendorChanged:
    """What is shown of a vendor, or whether it may sell, may have changed: look again."""

    event_name: ClassVar[str] = "ecatalog.vendor_changed"
    version: ClassVar[int] = 1

    vendor_id: str


@attrs.frozen
class ProductChanged:
    """What is shown of a product may have changed: look again."""

    event_name: ClassVar[str] = "ecatalog.product_changed"
    version: ClassVar[int] = 1

    product_id: str
