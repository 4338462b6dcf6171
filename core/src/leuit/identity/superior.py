"""Who is whose superior: the dated head of the unit, for heads the head of the parent."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, bindparam, case, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from .organisation import DEFINITIF, PLH, PLT, Assignment, Position, UnitClosure
from .rule import holds_on

_ON: Any = bindparam("on", type_=Date())
_WHO_DECIDES = (
    case({PLH: 0, PLT: 1, DEFINITIF: 2}, value=Assignment.kind),  # who stands in decides today
    Assignment.valid_from.desc(),
    Assignment.id,
)


def holders_of(position_id: UUID | InstrumentedAttribute[UUID], on: dt.date) -> Select[UUID, str]:
    """A SELECT of person and kind of who holds a position that day; who stands in comes first.

    For a column of positions it is to be correlated with the statement around it.
    """
    return (
        select(Assignment.person_id, Assignment.kind)
        .where(
            Assignment.position_id == position_id,
            holds_on(Assignment.valid_from, Assignment.valid_to, on),
        )
        .order_by(*_WHO_DECIDES)
    )


def holders_of_held() -> Select[UUID, UUID, str]:
    """A SELECT of position, person and kind of whoever holds a position that a person holds.

    Its parameters are `person_id` and the day `on`; by position, who decides comes first. What
    follows from its rows says `decided_by`.
    """
    return (
        select(Assignment.position_id, Assignment.person_id, Assignment.kind)
        .where(
            Assignment.position_id.in_(
                select(Assignment.position_id).where(
                    Assignment.person_id == bindparam("person_id"),
                    holds_on(Assignment.valid_from, Assignment.valid_to, _ON),
                )
            ),
            holds_on(Assignment.valid_from, Assignment.valid_to, _ON),
        )
        .order_by(Assignment.position_id, *_WHO_DECIDES)
    )


def decided_by(person_id: UUID, rows: Iterable[Any]) -> dict[UUID, str]:
    """Positions for which a person decides, by how he holds them: nobody stands in for him."""
    first: dict[UUID, tuple[UUID, str]] = {}
    for row in rows:
        first.setdefault(row.position_id, (row.person_id, row.kind))
    return {position: kind for position, (holder, kind) in first.items() if holder == person_id}


def superior_of(session: Session, person_id: UUID, on: dt.date) -> UUID | None:
    """The person who decides about a person that day, or None at the top of the tree.

    The head of the unit of the person's own post; a vacant head, or oneself heading the unit (also
    as Plt. or Plh., and also while somebody stands in), moves the question to the parent unit.
    """
    mine = (
        select(Position.unit_id, Position.is_head, Assignment.kind)
        .join(Assignment, Assignment.position_id == Position.id)
        .where(
            Assignment.person_id == person_id,
            holds_on(Assignment.valid_from, Assignment.valid_to, on),
        )
        .cte("mine")
    )
    return session.execute(
        select(Assignment.person_id)
        .join(Position, Position.id == Assignment.position_id)
        .join(UnitClosure, UnitClosure.ancestor_id == Position.unit_id)
        .where(
            UnitClosure.descendant_id.in_(select(mine.c.unit_id).where(mine.c.kind == DEFINITIF)),
            UnitClosure.ancestor_id.not_in(select(mine.c.unit_id).where(mine.c.is_head)),
            holds_on(UnitClosure.valid_from, UnitClosure.valid_to, on),
            Position.is_head,
            holds_on(Assignment.valid_from, Assignment.valid_to, on),
        )
        .order_by(UnitClosure.depth, *_WHO_DECIDES)
        .limit(1)
    ).scalar()
