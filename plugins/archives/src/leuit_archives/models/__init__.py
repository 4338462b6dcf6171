"""Tables of archives."""

from .base import Base
from .brought_files import BroughtFile
from .disposals import Disposal, DisposalItem, DisposalPaper, Member, MemberOpinion
from .dispositions import Disposition, Receiver
from .dossiers import Dossier
from .drafts import Draft, DraftStep, DraftVersion
from .fixity import FixityFinding, FixityRun
from .holds import Hold, HoldItem
from .instruments import CLASSIFICATION, RETENTION, ClassRow, InstrumentTable, RetentionRow
from .letters import Addressee, Letter, LetterFile
from .minutes_rounds import MinutesRound, MinutesSigner
from .number_blocks import BlockNumber, NumberBlock
from .records import FILED, WAITING, Record, RecordFile
from .retention import NO_EDITION, DossierRule, Retention, RetentionEvent
from .search import INDEX
from .tombstones import Tombstone, TombstoneFile
from .transfers import Transfer, TransferItem

__all__ = [
    "CLASSIFICATION",
    "FILED",
    "INDEX",
    "NO_EDITION",
    "RETENTION",
    "WAITING",
    "Addressee",
    "Base",
    "BlockNumber",
    "BroughtFile",
    "ClassRow",
    "Disposal",
    "DisposalItem",
    "DisposalPaper",
    "Disposition",
    "Dossier",
    "DossierRule",
    "Draft",
    "DraftStep",
    "DraftVersion",
    "FixityFinding",
    "FixityRun",
    "Hold",
    "HoldItem",
    "InstrumentTable",
    "Letter",
    "LetterFile",
    "Member",
    "MemberOpinion",
    "MinutesRound",
    "MinutesSigner",
    "NumberBlock",
    "Receiver",
    "Record",
    "RecordFile",
    "Retention",
    "RetentionEvent",
    "RetentionRow",
    "Tombstone",
    "TombstoneFile",
    "Transfer",
    "TransferItem",
]
