"""Tables of archives."""

from .base import Base
from .brought_files import BroughtFile
from .dispositions import Disposition, Receiver
from .drafts import Draft, DraftStep, DraftVersion
from .instruments import CLASSIFICATION, RETENTION, ClassRow, InstrumentTable, RetentionRow
from .letters import Addressee, Letter, LetterFile
from .number_blocks import BlockNumber, NumberBlock

__all__ = [
    "CLASSIFICATION",
    "RETENTION",
    "Addressee",
    "Base",
    "BlockNumber",
    "BroughtFile",
    "ClassRow",
    "Disposition",
    "Draft",
    "DraftStep",
    "DraftVersion",
    "InstrumentTable",
    "Letter",
    "LetterFile",
    "NumberBlock",
    "Receiver",
    "RetentionRow",
]
