"""Tables of archives."""

from .base import Base
from .instruments import CLASSIFICATION, RETENTION, ClassRow, InstrumentTable, RetentionRow
from .search import INDEX

__all__ = [
    "CLASSIFICATION",
    "INDEX",
    "RETENTION",
    "Base",
    "ClassRow",
    "InstrumentTable",
    "RetentionRow",
]
