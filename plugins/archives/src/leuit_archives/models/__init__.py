"""Tables of archives."""

from .base import Base
from .brought_files import BroughtFile
from .dispositions import Disposition, Receiver
from .dossiers import Dossier
from .drafts import Draft, DraftStep, DraftVersion
from .fixity import FixityFinding, FixityRun
from .instruments import CLASSIFICATION, RETENTION, ClassRow, InstrumentTable, RetentionRow
from .letters import Addressee, Letter, LetterFile
from .number_blocks import BlockNumber, NumberBlock
from .records import FILED, WAITING, Record, RecordFile
from .search import INDEX

__all__ = [
    "CLASSIFICATION",
    "FILED",
    "INDEX",
    "RETENTION",
    "WAITING",
    "Addressee",
    "Base",
    "BlockNumber",
    "BroughtFile",
    "ClassRow",
    "Disposition",
    "Dossier",
    "Draft",
    "DraftStep",
    "DraftVersion",
    "FixityFinding",
    "FixityRun",
    "InstrumentTable",
    "Letter",
    "LetterFile",
    "NumberBlock",
    "Receiver",
    "Record",
    "RecordFile",
    "RetentionRow",
]
