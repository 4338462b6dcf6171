"""Dossiers move from one state to the next, by the one table of `rules.lifecycle`."""

from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import select, update

from leuit.values import ConflictError, Text, _
from leuit.work import View, Work
from leuit_archives.models import Disposal, Dossier, Retention
from leuit_archives.rules.disposal import Candidate
from leuit_archives.rules.lifecycle import ACTIVE, RUNNING, SIGNED, STATES, moved

from .hold_rule import is_held
from .reckoning import reckon
from .record_access import signature_of


@attrs.frozen
class Standing:
    """A dossier with its retention, and whether a hold reaches it today."""

    dossier: Dossier
    retention: Retention
    held: bool

    def candidate(self, view: View, *, state: str | None = None) -> Candidate:
        """What decides whether it may be on a list; `state` instead of the one it is in."""
        one = self.retention
        return Candidate(
            state=state or one.state,
            final_action=one.final_action,
            over=one.ends_on is not None and one.ends_on <= view.today,
            waits=one.next_step == "event",
            years=one.years,
            held=self.held,
            legacy=one.legacy,
            unverified=one.unverified,
            vital=one.vital,
            appraised=one.appraised,
        )


def standings(view: View, dossiers: Sequence[UUID], *, lock: bool = False) -> list[Standing]:
    """Some dossiers in the order of their ids; with `lock` nobody else moves them meanwhile."""
    query = (
        select(Dossier, Retention, is_held())
        .join(Retention, Retention.dossier_id == Dossier.id)
        .where(Dossier.id.in_(dossiers))
        .order_by(Dossier.id)
        .execution_options(populate_existing=True)
    )
    if lock:
        held = select(Retention.dossier_id).where(Retention.dossier_id.in_(dossiers))
        view.session.execute(held.order_by(Retention.dossier_id).with_for_update())
    return [Standing(*row) for row in view.session.execute(query)]


def move_dossiers(work: Work, dossiers: Sequence[UUID], move: str) -> list[Standing]:
    """Move dossiers, all of them or none; they are reckoned anew. How they stood before is told.

    Raises ConflictError, with the first that may not move. The caller audits why they move.
    """
    found = standings(work, dossiers, lock=True)
    after: dict[str, list[UUID]] = {}
    for one in found:
        state = moved(one.retention.state, move, held=one.held)
        if state is None:
            raise refusal(one)
        after.setdefault(state, []).append(one.dossier.id)
    for state, ids in after.items():
        work.session.execute(
            update(Retention)
            .where(Retention.dossier_id.in_(ids))
            .values(state=state, version=Retention.version + 1)
        )
    reckon(work, [one.dossier.id for one in found])
    return found


def refusal(one: Standing) -> ConflictError:
    """Why a dossier may not move on."""
    if one.held:
        sentence: Text = _("Berkas %(number)s ditahan untuk perkara.")
        advice = _("Tunggu sampai semua penahanannya berakhir.")
    else:
        sentence = _("Berkas %(number)s sedang %(state)s.")
        advice = _("Muat ulang halaman, lalu pilih lagi.")
    return ConflictError(
        sentence,
        advice=advice,
        number=signature_of(one.dossier),
        state=str(STATES[one.retention.state]).lower(),
    )


def stop_executions(work: Work) -> None:
    """Let running executions wait until this unit of work ends, so that none passes a new hold."""
    work.session.execute(
        select(Disposal.id)
        .where(Disposal.state.in_((SIGNED, RUNNING)))
        .order_by(Disposal.id)
        .with_for_update()
    )


def require_free(work: Work, dossier: Dossier) -> None:
    """Raise ConflictError where a dossier is inactive, in a proposal or ended: it rests."""
    for one in standings(work, [dossier.id], lock=True):
        if one.retention.state != ACTIVE:
            raise refusal(one)
