"""Tables of e-sign."""

from .base import Base
from .documents import (
    DONE,
    DRAFT,
    PREPARED,
    RECALLED,
    REFUSED,
    RUNNING,
    Document,
    PlaceRow,
)
from .keys import SigningKey
from .steps import PARAF, SIGN, Step

__all__ = [
    "DONE",
    "DRAFT",
    "PARAF",
    "PREPARED",
    "RECALLED",
    "REFUSED",
    "RUNNING",
    "SIGN",
    "Base",
    "Document",
    "PlaceRow",
    "SigningKey",
    "Step",
]
