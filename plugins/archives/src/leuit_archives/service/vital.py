"""Vital and protected records (arsip vital, arsip terjaga): marked by dossier, never destroyed."""

from uuid import UUID

from leuit.values import ConflictError, _
from leuit.work import Work
from leuit_archives.permissions import FILE_RECORDS
from leuit_archives.rules.lifecycle import DESTROYED

from .dossiers import checked_reason
from .moving import refusal, standings
from .reckoning import reckon
from .record_access import dossier_ref, find_dossier

MARKED = "archives.retention.vital_marked"


def mark_vital(work: Work, dossier_id: UUID, reason: str, *, vital: bool) -> None:
    """Mark a dossier as vital or protected, or take the mark away, with the reason.

    On a list it is left out at the last check. Raises ConflictError for one that is destroyed or
    that is marked so already, InvalidInputError at `reason`.
    """
    dossier = find_dossier(work, dossier_id)
    work.require(FILE_RECORDS, dossier.unit_id)
    reckon(work, [dossier.id])
    [standing] = standings(work, [dossier.id], lock=True)
    if standing.retention.state == DESTROYED:
        raise refusal(standing)
    if standing.retention.vital == vital:
        raise ConflictError(_("Tanda itu sudah demikian."), advice=_("Muat ulang halaman."))
    text = checked_reason(reason)
    standing.retention.vital = vital
    standing.retention.version += 1
    work.audit(MARKED, dossier_ref(dossier), vital=vital, reason=text)
