"""A changed schedule and dossiers that run: what would change is shown, then applied and audited.

Nothing is shortened by itself: where the later edition would end anything sooner, or destroy what
was to be kept, the dossier keeps what it has. Refused under a hold, in a proposal, and after the
end; what is decided stays decided, also by an appraisal: musnah or permanen closes the question
which another schedule would ask anew, so only a later appraisal changes it. Years that an appraisal
added are no decision on the end; they stay, and the later of both ends counts.
"""

from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import update

from leuit.builtin.regulations import Edition, edition, require_edition
from leuit.values import ConflictError, _
from leuit.work import View, Work
from leuit_archives.models import Dossier, Retention
from leuit_archives.permissions import TRANSFER
from leuit_archives.rules.lifecycle import ACTIVE, INACTIVE
from leuit_archives.rules.reapplication import Verdict, is_decided, verdict
from leuit_archives.rules.retention import Retention as Reckoned

from . import schedule
from .appraisals import appraisals_of
from .dossier_rules import Own, as_kept, published_rule, wanted_keys
from .moving import refusal, standings
from .reckoning import events_of, reckon, standing_of
from .record_access import dossier_ref, find_dossier

APPLIED = "archives.retention.reapplied"


@attrs.frozen
class Change:
    """What the edition of today would do to a dossier; only what is longer is applied by itself."""

    dossier: Dossier
    before: Reckoned
    after: Reckoned
    verdict: Verdict

    @property
    def shorter(self) -> bool:
        return self.verdict == "shorter"


def changes_of(view: View, dossiers: Sequence[UUID], held: Edition | None = None) -> list[Change]:
    """The changes by an edition, that of today unless told; none for one that stays as it is."""
    held = held or edition(view, schedule.REGULATION, view.today)
    if held is None:
        return []
    found = standings(view, dossiers)
    owns = [
        Own(one.dossier.id, one.dossier.class_code, one.dossier.retention_edition, held.id)
        for one in found
    ]
    keys, dates = wanted_keys(view, owns), events_of(view, dossiers)
    decided = appraisals_of(view, dossiers)
    told = []
    for one in found:
        dossier, kept = one.dossier, one.retention
        rules = [as_kept(published_rule(view, key)) for key in sorted(keys[dossier.id])]
        after = standing_of(
            rules,
            dates.get(dossier.id, {}),
            dossier.closed_on,
            kept.state,
            decided.get(dossier.id, ()),
        )
        before = reckoned(kept)
        found_verdict = verdict(before, after, held=one.held)
        if found_verdict != "same":
            told.append(Change(dossier, before, after, found_verdict))
    return told


def reckoned(kept: Retention) -> Reckoned:
    """What is stored of a dossier's retention as the rules tell it."""
    return Reckoned(
        kept.next_step,  # type: ignore[arg-type]  # stored from the same words
        kept.due_on,
        kept.inactive_from,
        kept.ends_on,
        kept.final_action,
        kept.years,
        tuple(kept.waits_for.split(",")) if kept.waits_for else (),
        kept.appraised,
    )


def reapply(work: Work, dossier_id: UUID) -> Change:
    """Apply the edition of today to a dossier that is active or inactive.

    Raises ConflictError where it is held, decided, in a proposal or at its end, where nothing would
    change, and where anything would be shortened or the edition is not understood.
    """
    dossier = find_dossier(work, dossier_id)
    work.require(TRANSFER, dossier.unit_id)
    [standing] = standings(work, [dossier.id], lock=True)
    if standing.held or standing.retention.state not in (ACTIVE, INACTIVE):
        raise refusal(standing)
    if is_decided(reckoned(standing.retention)):
        raise ConflictError(
            _("Berkas itu sudah diputuskan pada penilaian kembali; jadwal lain tidak mengubahnya."),
            advice=_("Catat keputusan penilaian kembali yang baru."),
        )
    found = changes_of(work, [dossier.id])
    if not found:
        raise ConflictError(_("Jadwal yang berlaku hari ini tidak mengubah berkas itu."))
    [change] = found
    if change.shorter:
        raise ConflictError(
            _("Jadwal yang baru akan memperpendek retensi berkas itu; tidak diterapkan."),
            advice=_("Retensi tidak pernah dipendekkan dengan sendirinya."),
        )
    if change.verdict == "open":
        raise ConflictError(
            _("Jadwal yang baru tidak dipahami untuk berkas itu; tidak diterapkan."),
            advice=_("Perbaiki aturannya pada jadwal, lalu terapkan."),
        )
    apply_edition(work, [dossier.id])
    work.audit(
        APPLIED,
        dossier_ref(dossier),
        edition=require_edition(work, schedule.REGULATION, work.today).id,
        before=attrs.asdict(change.before),
        after=attrs.asdict(change.after),
    )
    return change


def apply_edition(work: Work, dossiers: Sequence[UUID]) -> None:
    """Let dossiers be kept by the edition of today; the caller has judged each and audits it."""
    held = require_edition(work, schedule.REGULATION, work.today)
    work.session.execute(
        update(Retention).where(Retention.dossier_id.in_(dossiers)).values(applied_edition=held.id)
    )
    reckon(work, dossiers)
