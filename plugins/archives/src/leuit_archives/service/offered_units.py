"""Units that forms of letters offer: where the reader writes, or registers."""

from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.identity import Position, Unit, holds_on
from leuit.work import View

from .letter_access import held_posts

MOST_UNITS = 200


@attrs.frozen
class OfferedUnit:
    """A unit as forms offer it."""

    id: UUID
    name: str


def units_with(view: View, permission: str) -> Sequence[OfferedUnit]:
    """Units on which the reader holds a permission: those of his own posts first."""
    own = select(Position.unit_id).where(Position.id.in_(held_posts(view)))
    rows = view.session.execute(
        select(Unit.id, Unit.name)
        .where(
            Unit.id.in_(view.units(permission)),
            holds_on(Unit.valid_from, Unit.valid_to, view.today),
        )
        .order_by(Unit.id.not_in(own), Unit.code)
        .limit(MOST_UNITS)
    )
    return [OfferedUnit(row.id, row.name) for row in rows]
