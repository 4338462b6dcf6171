"""Tables of e-sign."""

from .base import Base
from .documents import (
    DONE,
    DRAFT,
    EXPIRED,
    FOR_NUMBER,
    FOR_SIGNATURE,
    PREPARED,
    RECALLED,
    REFUSED,
    REVOKED,
    RUNNING,
    SUPERSEDED,
    Document,
    PlaceRow,
)
from .keys import SigningKey
from .mandates import Mandate
from .steps import PARAF, SIGN, Handing, Step

__all__ = [
    "DONE",
    "DRAFT",
    "EXPIRED",
    "FOR_NUMBER",
    "FOR_SIGNATURE",
    "PARAF",
    "PREPARED",
    "RECALLED",
    "REFUSED",
    "REVOKED",
    "RUNNING",
    "SIGN",
    "SUPERSEDED",
    "Base",
    "Document",
    "Handing",
    "Mandate",
    "PlaceRow",
    "SigningKey",
    "Step",
]
