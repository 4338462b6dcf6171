"""Tables of e-sign."""

from .base import Base
from .keys import SigningKey

__all__ = ["Base", "SigningKey"]
