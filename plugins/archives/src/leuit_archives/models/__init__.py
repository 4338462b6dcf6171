"""Tables of archives."""

from .base import Base
from .brought_files import BroughtFile
from .disposals import Disposal, DisposalItem, DisposalPaper, Member, MemberOpinion
from .dispositions import Disposition, Receiver
from .dossiers import Dossier
from .holds import Hold, HoldItem
from .instruments import CLASSIFICATION, RETENTION, ClassRow, InstrumentTable, RetentionRow
from .letters import Addressee, Letter, LetterFile
from .records import FILED, WAITING, Record, RecordFile
from .retention import NO_EDITION, DossierRule, Retention, RetentionEvent
from .tombstones import Tombstone, TombstoneFile
from .transfers import Transfer, TransferItem

__all__ = [
    "CLASSIFICATION",
    "FILED",
    "NO_EDITION",
    "RETENTION",
    "WAITING",
    "Addressee",
    "Base",
    "BroughtFile",
    "ClassRow",
    "Disposal",
    "DisposalItem",
    "DisposalPaper",
    "Disposition",
    "Dossier",
    "DossierRule",
    "Hold",
    "HoldItem",
    "InstrumentTable",
    "Letter",
    "LetterFile",
    "Member",
    "MemberOpinion",
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
