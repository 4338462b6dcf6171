"""Tables of attendance: devices and their punches, and what days are made of."""

from .base import Base

__all__ = ["Base"]
