"""Positions that a reader is likely to name, as they are written."""

import attrs
from sqlalchemy import and_, case, or_, select
from sqlalchemy.orm import aliased

from leuit.identity import (
    Assignment,
    Person,
    Position,
    Unit,
    UnitClosure,
    UnitLink,
    holders_of,
    holds_on,
)
from leuit.work import View

from .named_posts import spelled


@attrs.frozen
class LikelyPost:
    """A position as `position_named` takes it, and who decides for it today."""

    text: str
    holder: str


def likely_posts(view: View, limit: int) -> list[LikelyPost]:
    """Heads of the reader's units and above, heads of offices right below the top, then colleagues.

    Without vacant positions, for which nobody could act.
    """
    today = view.today
    own = select(Position.unit_id).where(
        Position.id.in_(
            select(Assignment.position_id).where(
                Assignment.person_id == view.identity.person_id,
                holds_on(Assignment.valid_from, Assignment.valid_to, today),
            )
        )
    )
    above = select(UnitClosure.ancestor_id).where(
        UnitClosure.descendant_id.in_(own),
        holds_on(UnitClosure.valid_from, UnitClosure.valid_to, today),
    )
    higher = aliased(UnitLink)
    has_parent = (
        select(higher.id)
        .where(
            higher.unit_id == UnitLink.parent_id,
            holds_on(higher.valid_from, higher.valid_to, today),
        )
        .exists()
    )
    offices = select(UnitLink.unit_id).where(
        holds_on(UnitLink.valid_from, UnitLink.valid_to, today), ~has_parent
    )
    signer = (
        holders_of(Position.id, today)
        .with_only_columns(Assignment.person_id)
        .limit(1)
        .correlate(Position)
        .scalar_subquery()
    )
    leads = and_(Position.is_head, Unit.id.in_(above))
    rows = view.session.execute(
        select(Position.title, Unit.code, Person.name)
        .join(Unit, Unit.id == Position.unit_id)
        .join(Person, Person.id == signer)
        .where(
            or_(Unit.id.in_(own), leads, and_(Position.is_head, Unit.id.in_(offices))),
            holds_on(Unit.valid_from, Unit.valid_to, today),
        )
        .order_by(case((leads, 0), (Position.is_head, 1), else_=2), Unit.code, Position.title)
        .limit(limit)
    )
    return [LikelyPost(spelled(row.title, row.code), row.name) for row in rows]
