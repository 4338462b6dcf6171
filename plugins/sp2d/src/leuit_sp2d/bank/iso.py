"""Values as files of ISO 20022 write them: amounts with two decimals, instants in UTC, bytes."""

import datetime as dt
from decimal import Decimal
from typing import Any

from xsdata.formats.dataclass.serializers import XmlSerializer
from xsdata.models.datatype import XmlDateTime


def decimal(amount: int) -> Decimal:
    """Whole rupiah as `1450000.00`, exact however large."""
    return Decimal(f"{amount}.00")


def instant(at: dt.datetime) -> XmlDateTime:
    """The aware instant to the second, in UTC."""
    return XmlDateTime.from_datetime(at.astimezone(dt.UTC).replace(microsecond=0))


def to_bytes(document: Any) -> bytes:
    """The document of a generated class in UTF-8, its namespace without a prefix."""
    return XmlSerializer().render(document, ns_map={None: document.Meta.namespace}).encode()
