"""A changed schedule and dossiers that run: what would change is shown, then applied and audited.

Nothing is shortened by itself: where the later edition would end anything sooner, or destroy what
was to be kept, the dossier keeps what it has. Refused under a hold, in a proposal, and after the
end; what is decided stays decided.
"""

from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import select, update

from leuit.builtin.regulations import edition
from leuit.values import ConflictError, _
from leuit.work import View, Work
from leuit_archives.models import Dossier, Retention
from leuit_archives.permissions import TRANSFER
from leuit_archives.rules.lifecycle import ACTIVE, INACTIVE
from leuit_archives.rules.retention import Retention as Reckoned
from leuit_archives.rules.retention import never_shorter, retention_of

from . import schedule
from .dossier_rules import Own, as_kept, plain_rules, published_rule, wanted_keys
from .moving import refusal, standings
from .reckoning import events_of, reckon
from .record_access import dossier_ref, find_dossier

APPLIED = "archives.retention.reapplied"


@attrs.frozen
class Change:
    """What the edition of today would change for a dossier; `shorter` is not applied."""

    dossier: Dossier
    before: Reckoned
    after: Reckoned
    shorter: bool


def changes(view: View, limit: int, *, after: UUID | None = None) -> list[Change]:
    """The dossiers that the edition of today would change, of those the reader may transfer."""
    query = (
        select(Dossier.id)
        .join(Retention, Retention.dossier_id == Dossier.id)
        .where(Dossier.unit_id.in_(view.units(TRANSFER)), Retention.state.in_((ACTIVE, INACTIVE)))
        .order_by(Dossier.id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(Dossier.id > after)
    return changes_of(view, list(view.connection.scalars(query)))


def changes_of(view: View, dossiers: Sequence[UUID]) -> list[Change]:
    """The changes of some dossiers; none for one that stays as it is."""
    held = edition(view, schedule.REGULATION, view.today)
    if held is None:
        return []
    found = standings(view, dossiers)
    owns = [
        Own(one.dossier.id, one.dossier.class_code, one.dossier.retention_edition, held.id)
        for one in found
    ]
    keys, dates = wanted_keys(view, owns), events_of(view, dossiers)
    told = []
    for one in found:
        dossier, kept = one.dossier, one.retention
        rules = [as_kept(published_rule(view, key)) for key in sorted(keys[dossier.id])]
        later = retention_of(
            plain_rules(rules), dates.get(dossier.id, {}), dossier.closed_on, kept.state
        )
        before = Reckoned(
            kept.next_step,  # type: ignore[arg-type]  # stored from the same words
            kept.due_on,
            kept.inactive_from,
            kept.ends_on,
            kept.final_action,
            kept.years,
            tuple(kept.waits_for.split(",")) if kept.waits_for else (),
        )
        if later != before:
            told.append(Change(dossier, before, later, not never_shorter(before, later)))
    return told


def reapply(work: Work, dossier_id: UUID) -> Change:
    """Apply the edition of today to a dossier that is active or inactive.

    Raises ConflictError where it is held, in a proposal or at its end, where nothing would change,
    and where anything would be shortened.
    """
    dossier = find_dossier(work, dossier_id)
    work.require(TRANSFER, dossier.unit_id)
    [standing] = standings(work, [dossier.id], lock=True)
    if standing.held or standing.retention.state not in (ACTIVE, INACTIVE):
        raise refusal(standing)
    found = changes_of(work, [dossier.id])
    if not found:
        raise ConflictError(_("Jadwal yang berlaku hari ini tidak mengubah berkas itu."))
    [change] = found
    if change.shorter:
        raise ConflictError(
            _("Jadwal yang baru akan memperpendek retensi berkas itu; tidak diterapkan."),
            advice=_("Retensi tidak pernah dipendekkan dengan sendirinya."),
        )
    held = edition(work, schedule.REGULATION, work.today)
    assert held is not None  # without one nothing changes
    work.session.execute(
        update(Retention).where(Retention.dossier_id == dossier.id).values(applied_edition=held.id)
    )
    reckon(work, [dossier.id])
    work.audit(
        APPLIED,
        dossier_ref(dossier),
        edition=held.id,
        before=attrs.asdict(change.before),
        after=attrs.asdict(change.after),
    )
    return change
