"""An order as the public may know it: no person, no NIK or NPWP, no account, no offer that lost."""

import datetime as dt
from typing import Final

import attrs

WAITING, CANCELLED, ACCEPTED, AMENDED, DELIVERED, PAID, FINISHED, STOPPED = (
    "waiting",
    "cancelled",
    "accepted",
    "amended",
    "delivered",
    "paid",
    "finished",
    "stopped",
)
OPEN_STATES: Final = (
    WAITING,
    CANCELLED,
    ACCEPTED,
    AMENDED,
    DELIVERED,
    PAID,
    FINISHED,
    STOPPED,
)
DIRECT, NEGOTIATED = "direct", "negotiated"


@attrs.frozen
class OpenBuyer:
    """The unit that buys, by its code in the region."""

    code: str
    name: str


@attrs.frozen
class OpenVendor:
    """The vendor: a firm by its NIB, a natural person by an id of the catalogue (`nib` empty).

    `scale` is a word of the catalogue (mikro, kecil …).
    """

    id: str
    nib: str
    name: str
    scale: str


@attrs.frozen
class OpenLine:
    """A line as it was agreed; `price` is for one unit without tax, whole rupiah.

    `id` is the catalogue's own and is not told.
    """

    place: int
    name: str
    quantity: int
    unit_code: str
    unit_name: str
    price: int
    kbki: str = ""
    category: str = ""
    id: str = ""


@attrs.frozen
class OpenDelivery:
    """One delivery: until when, and on which day it was accepted."""

    place: int
    due: dt.date
    accepted_on: dt.date | None = None


@attrs.frozen
class OpenPayment:
    """What was paid by one SP2D."""

    number: str
    paid_on: dt.date
    amount: int


@attrs.frozen
class OpenOrder:
    """An order at one moment; each release tells all of it.

    `number` is that of the purchase (EP-2026-000123), `order_number` that of the Surat Pesanan, the
    contract; `changed_at` is when it came to this state, `place` how many releases of it the same
    second had before. `total` is with tax. `reason` says in words why it was cancelled or stopped.
    """

    number: str
    order_number: str
    state: str
    method: str
    kind: str
    buyer: OpenBuyer
    vendor: OpenVendor
    rup_id: str
    rup_name: str
    pagu: int
    agreed_at: dt.datetime
    signed_at: dt.datetime | None
    changed_at: dt.datetime
    total: int
    lines: tuple[OpenLine, ...]
    deliveries: tuple[OpenDelivery, ...] = ()
    payments: tuple[OpenPayment, ...] = ()
    reason: str = ""
    place: int = 0
