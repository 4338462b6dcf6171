"""Appraisals as they are kept: read for reckoning, for cards and lists, and one by one."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, exists, func, select

from leuit.identity import Person
from leuit.storage import Blob, among
from leuit.values import NotFoundError, RecordRef, _
from leuit.work import View
from leuit_archives.models import (
    Appraisal,
    AppraisedDossier,
    Disposal,
    DisposalItem,
    Dossier,
)
from leuit_archives.rules import appraisal as rules

from .record_access import readable_dossiers

APPRAISAL = "archives.appraisal"
AGAIN = "committee_again"
"""How an item left its list when a committee wanted it weighed again."""


@attrs.frozen
class ToldAppraisal:
    """An appraisal with who recorded it, and of how many dossiers the reader may see."""

    appraisal: Appraisal
    who: str
    count: int


def appraisals_of(view: View, dossiers: Sequence[UUID]) -> dict[UUID, list[rules.Appraisal]]:
    """The decisions on some dossiers in the order in which they were recorded."""
    query = (
        select(AppraisedDossier.dossier_id, Appraisal.decision, Appraisal.years, Appraisal.dated)
        .join(Appraisal, Appraisal.id == AppraisedDossier.appraisal_id)
        .where(among(view.app.database.dialect, AppraisedDossier.dossier_id, dossiers))
        .order_by(Appraisal.recorded_at, Appraisal.id)
    )
    found: dict[UUID, list[rules.Appraisal]] = {}
    for row in view.connection.execute(query):
        found.setdefault(row.dossier_id, []).append(
            rules.Appraisal(row.decision, row.years, row.dated)
        )
    return found


def last_appraisals(view: View, dossiers: Sequence[UUID]) -> dict[UUID, Appraisal]:
    """The last decision on each of some dossiers."""
    query = (
        select(AppraisedDossier.dossier_id, Appraisal)
        .join(Appraisal, Appraisal.id == AppraisedDossier.appraisal_id)
        .where(AppraisedDossier.dossier_id.in_(dossiers))
        .order_by(Appraisal.recorded_at, Appraisal.id)
    )
    return {row[0]: row[1] for row in view.session.execute(query)}


def told_appraisals(view: View, dossier: Dossier) -> list[tuple[Appraisal, str]]:
    """All decisions on a dossier, the last recorded first, with who recorded each."""
    query = (
        select(Appraisal, Person.name)
        .join(AppraisedDossier, AppraisedDossier.appraisal_id == Appraisal.id)
        .join(Person, Person.id == Appraisal.decided_by)
        .where(AppraisedDossier.dossier_id == dossier.id)
        .order_by(Appraisal.recorded_at.desc(), Appraisal.id.desc())
    )
    return [(row[0], row[1]) for row in view.session.execute(query)]


def appraisers_of(view: View, dossiers: Sequence[UUID]) -> set[UUID]:
    """Who recorded a decision on any of some dossiers; they neither propose nor execute its end."""
    query = (
        select(Appraisal.decided_by)
        .join(AppraisedDossier, AppraisedDossier.appraisal_id == Appraisal.id)
        .where(AppraisedDossier.dossier_id.in_(dossiers))
    )
    return set(view.connection.scalars(query))


def appraisers_of_list(view: View, disposal: Disposal) -> set[UUID]:
    """The same of everything on a list."""
    listed = select(DisposalItem.dossier_id).where(DisposalItem.disposal_id == disposal.id)
    query = (
        select(Appraisal.decided_by)
        .join(AppraisedDossier, AppraisedDossier.appraisal_id == Appraisal.id)
        .where(AppraisedDossier.dossier_id.in_(listed))
        .distinct()
    )
    return set(view.connection.scalars(query))


def sent_back() -> ColumnElement[bool]:
    """The condition on `Dossier` that a committee wants it appraised, and nobody did since."""
    later = (
        select(Appraisal.id)
        .join(AppraisedDossier, AppraisedDossier.appraisal_id == Appraisal.id)
        .where(
            AppraisedDossier.dossier_id == DisposalItem.dossier_id,
            Appraisal.recorded_at >= DisposalItem.ended_at,
        )
        .correlate(DisposalItem)
    )
    item = select(DisposalItem.place).where(
        DisposalItem.dossier_id == Dossier.id, DisposalItem.outcome == AGAIN, ~exists(later)
    )
    return exists(item.correlate(Dossier))


def frozen(appraisal: Appraisal) -> Mapping[str, Any]:
    """What a frozen list says of the decision that a dossier on it rests on."""
    return {
        "id": str(appraisal.id),
        "decision": appraisal.decision,
        "years": appraisal.years,
        "number": appraisal.number,
        "dated": appraisal.dated.isoformat(),
    }


def listed_appraisals(view: View, limit: int, *, after: UUID | None = None) -> list[ToldAppraisal]:
    """The appraisals of dossiers that the reader may see, the newest first."""
    count = (
        select(func.count())
        .select_from(AppraisedDossier)
        .join(Dossier, Dossier.id == AppraisedDossier.dossier_id)
        .where(AppraisedDossier.appraisal_id == Appraisal.id, readable_dossiers(view))
        .correlate(Appraisal)
        .scalar_subquery()
    )
    query = (
        select(Appraisal, Person.name, count)
        .join(Person, Person.id == Appraisal.decided_by)
        .where(_seen(view))
    )
    if after is not None:
        query = query.where(Appraisal.id < after)
    found = view.session.execute(query.order_by(Appraisal.id.desc()).limit(limit))
    return [ToldAppraisal(*row) for row in found]


def find_appraisal(view: View, appraisal_id: UUID) -> tuple[Appraisal, str]:
    """An appraisal of a dossier that the reader may see, and who recorded it.

    Raises NotFoundError for any other.
    """
    found = view.session.execute(
        select(Appraisal, Person.name)
        .join(Person, Person.id == Appraisal.decided_by)
        .where(Appraisal.id == appraisal_id, _seen(view))
    ).first()
    if found is None:
        raise NotFoundError(_("Penilaian kembali itu tidak ada."), advice=_("Mulai dari daftar."))
    return found[0], found[1]


def dossiers_of(view: View, appraisal: Appraisal) -> Sequence[Dossier]:
    """The dossiers that it decided on, of those the reader may see."""
    return view.session.scalars(
        select(Dossier)
        .join(AppraisedDossier, AppraisedDossier.dossier_id == Dossier.id)
        .where(AppraisedDossier.appraisal_id == appraisal.id, readable_dossiers(view))
        .order_by(Dossier.id)
    ).all()


def appraisal_file(view: View, appraisal: Appraisal) -> Blob:
    """The scan of its paper; that it was read is noted."""
    view.note_access(appraisal_ref(appraisal), what="paper")
    return view.session.get_one(Blob, appraisal.sha256)


def appraisal_ref(appraisal: Appraisal) -> RecordRef:
    """The reference by which the audit log names an appraisal."""
    return RecordRef(APPRAISAL, str(appraisal.id), appraisal.number)


def _seen(view: View) -> ColumnElement[bool]:
    mine = (
        select(Dossier.id)
        .join(AppraisedDossier, AppraisedDossier.dossier_id == Dossier.id)
        .where(AppraisedDossier.appraisal_id == Appraisal.id, readable_dossiers(view))
    )
    return exists(mine.correlate(Appraisal))
