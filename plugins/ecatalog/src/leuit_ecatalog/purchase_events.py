"""What buying tells the rest of the house."""

from typing import ClassVar

import attrs


@attrs.frozen
class PurchaseApproved:
    """A purchase was approved for good: its Surat Pesanan may be made."""

    event_name: ClassVar[str] = "ecatalog.purchase_approved"
    version: ClassVar[int] = 1

    purchase_id: str
