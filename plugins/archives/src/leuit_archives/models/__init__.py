"""Tables of archives."""

from .base import Base
from .brought_files import BroughtFile
from .dispositions import Disposition, Receiver
from .dossiers import Dossier
from .instruments import CLASSIFICATION, RETENTION, ClassRow, InstrumentTable, RetentionRow
from .letters import Addressee, Letter, LetterFile
from .records import FILED, WAITING, Record, RecordFile

__all__ = [
    "CLASSIFICATION",
    "FILED",
    "RETENTION",
    "WAITING",
    "Addressee",
    "Base",
    "BroughtFile",
    "ClassRow",
    "Disposition",
    "Dossier",
    "InstrumentTable",
    "Letter",
    "LetterFile",
    "Receiver",
    "Record",
    "RecordFile",
    "RetentionRow",
]
