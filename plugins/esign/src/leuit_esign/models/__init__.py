"""Tables of e-sign."""

from .base import Base
from .documents import DRAFT, PREPARED, Document, PlaceRow
from .keys import SigningKey

__all__ = ["DRAFT", "PREPARED", "Base", "Document", "PlaceRow", "SigningKey"]
