"""Dossiers of old files: under which schedule they are kept is said by people, once, for a reason.

What came in from elsewhere, or was filed before there was a schedule, ends by nothing. Somebody
with a permission of its own compares it with the schedule of today; from then on its records are
kept by that edition and go the way of all others. It names no earlier period that it could shorten:
records that were filed here under an edition keep theirs.
"""

from uuid import UUID

from sqlalchemy import or_, update

from leuit.builtin.regulations import require_edition
from leuit.values import ConflictError, _
from leuit.work import Work
from leuit_archives.models import Record, Retention
from leuit_archives.permissions import CHECK_LEGACY
from leuit_archives.rules.lifecycle import ACTIVE, INACTIVE

from . import schedule
from .dossiers import checked_reason, rule_on
from .moving import refusal, standings
from .reckoning import reckon
from .record_access import dossier_ref, find_dossier

CHECKED = "archives.retention.legacy_checked"


def check_schedule(work: Work, dossier_id: UUID, reason: str) -> Retention:
    """Say that the schedule of today is that of a dossier of old files; its marks are cleared.

    Raises ConflictError where it is held, in a proposal or at its end, is no such dossier, or where
    the schedule has no rule for it that is understood; InvalidInputError at `reason`.
    """
    dossier = find_dossier(work, dossier_id)
    work.require(CHECK_LEGACY, dossier.unit_id)
    reckon(work, [dossier.id])
    [standing] = standings(work, [dossier.id], lock=True)
    if standing.held or standing.retention.state not in (ACTIVE, INACTIVE):
        raise refusal(standing)
    if not standing.retention.legacy:
        raise ConflictError(_("Jadwal berkas itu sudah jelas."), advice=_("Muat ulang halaman."))
    text = checked_reason(reason)
    held = require_edition(work, schedule.REGULATION, work.today)
    if dossier.retention_edition is None:
        for name, value in rule_on(work, dossier.class_code).items():
            setattr(dossier, name, value)
        dossier.version += 1
    work.session.flush()
    checked = work.connection.execute(
        update(Record)
        .where(
            Record.dossier_id == dossier.id,
            or_(Record.legacy_unverified, Record.retention_edition.is_(None)),
        )
        .values(retention_edition=held.id, legacy_unverified=False, version=Record.version + 1)
    ).rowcount
    reckon(work, [dossier.id])
    work.session.expire_all()
    kept = work.session.get_one(Retention, dossier.id)
    if kept.years is None:
        raise ConflictError(
            _("Jadwal yang berlaku hari ini tidak dipahami untuk berkas itu."),
            advice=_("Perbaiki aturannya pada jadwal, atau kode arsipnya, lalu periksa lagi."),
        )
    work.audit(CHECKED, dossier_ref(dossier), edition=held.id, records=checked, reason=text)
    return kept
