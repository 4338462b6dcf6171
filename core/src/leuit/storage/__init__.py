"""Where things are kept: database engines, column types, migrations and files."""

from .base import CoreBase, plugin_base
from .blobs import Blobs
from .conflicts import DIALECTS, insert_into
from .database import Database, maintenance_engine
from .faults import explain, explained
from .many_values import among
from .migrate import (
    History,
    HistoryState,
    core_history,
    migrate,
    owners,
    require_current,
    states,
)
from .models import Blob, BlobRelease, blob_fk
from .parts import Parts
from .prepared import Prepared
from .types import Instant, Json

__all__ = [
    "DIALECTS",
    "Blob",
    "BlobRelease",
    "Blobs",
    "CoreBase",
    "Database",
    "History",
    "HistoryState",
    "Instant",
    "Json",
    "Parts",
    "Prepared",
    "among",
    "blob_fk",
    "core_history",
    "explain",
    "explained",
    "insert_into",
    "maintenance_engine",
    "migrate",
    "owners",
    "plugin_base",
    "require_current",
    "states",
]
