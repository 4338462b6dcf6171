"""Who is whose superior: the dated head of the unit, for heads the head of the parent."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Select, case, select
from sqlalchemy.orm import Session

from .organisation import DEFINITIF, PLH, PLT, Assignment, Position, UnitClosure
from .rule import holds_on

_STAND_IN_FIRST = case(
    {PLH: 0, PLT: 1, DEFINITIF: 2}, value=Assignment.kind
)  # who stands in today decides today


def head_of(unit_id: UUID, on: dt.date) -> Select[UUID]:
    """A SELECT of the person who heads a unit that day: Plh. before Plt. before definitif."""
    return (
        select(Assignment.person_id)
        .join(Position, Position.id == Assignment.position_id)
        .where(
            Position.unit_id == unit_id,
            Position.is_head,
            holds_on(Assignment.valid_from, Assignment.valid_to, on),
        )
        .order_by(_STAND_IN_FIRST, Assignment.valid_from.desc())
        .limit(1)
    )


def superior_of(session: Session, person_id: UUID, on: dt.date) -> UUID | None:
    """The person who decides about a person that day, or None at the top of the tree.

    The head of the unit of the person's own post; a vacant head, or oneself being the head (also
    as Plt. or Plh.), moves the question to the parent unit.
    """
    own = session.execute(
        select(Position.unit_id)
        .join(Assignment, Assignment.position_id == Position.id)
        .where(
            Assignment.person_id == person_id,
            Assignment.kind == DEFINITIF,
            holds_on(Assignment.valid_from, Assignment.valid_to, on),
        )
    ).scalar()
    if own is None:
        return None
    ancestors = session.execute(
        select(UnitClosure.ancestor_id)
        .where(
            UnitClosure.descendant_id == own,
            holds_on(UnitClosure.valid_from, UnitClosure.valid_to, on),
        )
        .order_by(UnitClosure.depth)
    ).scalars()
    for unit_id in ancestors.all():
        head = session.execute(head_of(unit_id, on)).scalar()
        if head is not None and head != person_id:
            return head
    return None
