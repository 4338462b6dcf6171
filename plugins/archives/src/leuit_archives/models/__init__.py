"""Tables of archives."""

from .base import Base
from .instruments import CLASSIFICATION, RETENTION, ClassRow, InstrumentTable, RetentionRow

__all__ = [
    "CLASSIFICATION",
    "RETENTION",
    "Base",
    "ClassRow",
    "InstrumentTable",
    "RetentionRow",
]
