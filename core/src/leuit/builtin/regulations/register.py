"""The register of editions as people see it: who may see which, and what happened to each.

Active editions are shown to all who may read regulations; drafts, proposals and what was withdrawn
only to those who draft or activate for the whole regency.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true

from leuit.builtin.checks import storable
from leuit.identity import Account, Person
from leuit.values import NotFoundError, _
from leuit.work import View

from .models import RegulationEdition

READ, DRAFT, ACTIVATE = (
    "core.regulation.read",
    "core.regulation.draft",
    "core.regulation.activate",
)


def sees_drafts(view: View) -> bool:
    """Whether the identity takes part in making editions."""
    return view.allows_on_root(DRAFT) or view.allows_on_root(ACTIVATE)


def listed(
    view: View, *, kind: str = "", status: str = "", offset: int = 0, limit: int = 50
) -> tuple[Sequence[RegulationEdition], int]:
    """Editions that the identity may see, newest effect first, and how many there are."""
    condition = _visible(view)
    if not storable(kind + status):
        return [], 0
    if kind:
        condition &= RegulationEdition.kind == kind
    if status:
        condition &= RegulationEdition.status == status
    total = view.session.execute(
        select(func.count()).select_from(RegulationEdition).where(condition)
    ).scalar_one()
    rows = view.session.scalars(
        select(RegulationEdition)
        .where(condition)
        .order_by(
            RegulationEdition.kind,
            RegulationEdition.effective_from.desc(),
            RegulationEdition.id.desc(),
        )
        .offset(offset)
        .limit(limit)
    ).all()
    return rows, total


def find(view: View, edition_id: UUID) -> RegulationEdition:
    """One edition, or NotFoundError when it does not exist or may not be seen."""
    row = view.session.scalars(
        select(RegulationEdition).where(RegulationEdition.id == edition_id, _visible(view))
    ).one_or_none()
    if row is None:
        raise missing()
    return row


def names(view: View, accounts: set[UUID]) -> dict[UUID, str]:
    """How to call the people behind accounts."""
    rows = view.session.execute(
        select(Account.id, func.coalesce(Person.name, Account.login))
        .outerjoin(Person, Person.id == Account.person_id)
        .where(Account.id.in_(accounts))
    )
    return {row[0]: row[1] for row in rows}


def changes_since(row: RegulationEdition, version: int) -> list[dict[str, Any]]:
    """What changed after a version that somebody has read: path, before, after; merged by path."""
    merged: dict[str, dict[str, Any]] = {}
    for revision in row.revisions:
        if revision["version"] > version:
            for change in revision["changes"]:
                first = merged.setdefault(change["path"], dict(change))
                first["after"] = change["after"]
    return [change for change in merged.values() if change["before"] != change["after"]]


def missing() -> NotFoundError:
    """The answer for an edition that does not exist or may not be seen."""
    return NotFoundError(
        _("Edisi peraturan itu tidak ada."), advice=_("Mulai dari daftar Peraturan.")
    )


def _visible(view: View) -> ColumnElement[bool]:
    return true() if sees_drafts(view) else RegulationEdition.status == "active"
