"""What may not be changed about records any more: under a hold, on a list, and after their end.

A correction that could take a record out of a hold's reach would end it by the back door, so under
a hold nothing is changed by which a hold or the retention knows a record.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from leuit.values import ConflictError, _
from leuit.work import Work
from leuit_archives.models import Record, Tombstone
from leuit_archives.rules.lifecycle import ACTIVE

from .moving import Standing, refusal, standings

_KNOWN_BY = {"title", "date", "code", "dossier"}
_KEPT_BY = {"code", "dossier"}


def standing_of(work: Work, record: Record) -> Sequence[Standing]:
    """Where the dossier of a record stands before it is corrected; none while it waits.

    Raises ConflictError for a record that was destroyed.
    """
    if work.session.get(Tombstone, record.id) is not None:
        raise ConflictError(
            _("Arsip itu sudah dimusnahkan; yang tersisa hanya buktinya."),
            advice=_("Keterangannya tidak diubah lagi."),
        )
    dossiers: list[UUID] = [record.dossier_id] if record.dossier_id else []
    return standings(
        work, dossiers
    )  # unlocked: only one that is active is corrected, and none ends then


def check_correction(found: Sequence[Standing], changed: Collection[str]) -> None:
    """Raise ConflictError where a correction would change what a hold or a list rests on."""
    for one in found:
        held = one.held and _KNOWN_BY & set(changed)
        if held or (one.retention.state != ACTIVE and _KEPT_BY & set(changed)):
            raise refusal(one)
