"""How versions of a recap document are named: in the audit log, and by other services."""

from leuit.identity import Unit
from leuit.values import RecordRef
from leuit_attendance.models import RecapDocument

from .recap_content import month_in_words

REF_KIND = "attendance.recap"


def ref_of(row: RecapDocument, unit: Unit) -> RecordRef:
    """The version as the audit log, the service that signs and the one that pays name it."""
    label = f"Rekapitulasi Kehadiran {unit.short}, {month_in_words(row.month)}"
    return RecordRef(REF_KIND, str(row.id), label)
