"""Tables of archives."""

from .base import Base
from .brought_files import BroughtFile
from .dispositions import Disposition, Receiver
from .instruments import CLASSIFICATION, RETENTION, ClassRow, InstrumentTable, RetentionRow
from .letters import Addressee, Letter, LetterFile

__all__ = [
    "CLASSIFICATION",
    "RETENTION",
    "Addressee",
    "Base",
    "BroughtFile",
    "ClassRow",
    "Disposition",
    "InstrumentTable",
    "Letter",
    "LetterFile",
    "Receiver",
    "RetentionRow",
]
