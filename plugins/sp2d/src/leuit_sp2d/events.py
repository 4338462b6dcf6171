"""What payments tell others, after it is stored."""

import datetime as dt
from typing import ClassVar

import attrs

from leuit.values import RecordRef


@attrs.frozen
class PaymentMoved:
    """A payment came to another state of the chain (`rules.chain.STATES`)."""

    event_name: ClassVar[str] = "sp2d.payment_moved"
    version: ClassVar[int] = 1

    ref: RecordRef
    state: str
    at: dt.datetime
