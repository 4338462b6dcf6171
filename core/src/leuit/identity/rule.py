"""The one rule of who may do what, where, and when; in SQL.

One row, a list, a count, a search, an export and a job are all filtered by `units_allowed`, the
units on which an identity holds a permission on a date:

1. a grant of a role with the permission, to the account or to a position that the person holds
   that day, reaches the granted unit's subtree as the tree stood that day;
2. a role given to heads reaches the subtree of each unit that the person heads that day
   (definitif, Plt. or Plh.; while a Plh. or Plt. stands in, the definitif head keeps his rights).

Beside units there is oneself: `is_own` says whether a role given to everyone covers a person's own
rows, `is_given_outside` the same of an account from outside. The system may do everything; a token
is narrowed before the rule is asked.
"""

import datetime as dt
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    false,
    or_,
    select,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute

from .accounts import Grant
from .identity import Identity
from .organisation import DEFINITIF, Assignment, Position, Unit, UnitClosure
from .vocabulary import Rights


def holds_on(valid_from: Any, valid_to: Any, on: dt.date) -> ColumnElement[bool]:
    """The condition that a half-open range covers a date."""
    return and_(valid_from <= on, or_(valid_to.is_(None), valid_to > on))


def units_allowed(identity: Identity, permission: str, on: dt.date, rights: Rights) -> Select[UUID]:
    """A SELECT of the ids of all units on which the identity holds the permission that day."""
    granted = rights.roles_with(permission)
    headed = rights.roles_with(permission, "head")
    if identity.kind == "system":
        return select(Unit.id)
    if not identity.signed_in or (identity.only is not None and permission not in identity.only):
        return select(Unit.id).where(false())
    return _units_allowed(identity.account_id, identity.person_id, granted, headed, on)


@lru_cache(maxsize=4096)
def _units_allowed(
    account_id: UUID | None,
    person_id: UUID | None,
    granted: tuple[str, ...],
    headed: tuple[str, ...],
    on: dt.date,
) -> Select[UUID]:
    """The statement alone; building it costs more than sending it, and it never changes."""
    sources = []
    if granted:
        holder: ColumnElement[bool] = Grant.account_id == account_id
        if person_id:
            held = select(Assignment.position_id).where(
                Assignment.person_id == person_id,
                holds_on(Assignment.valid_from, Assignment.valid_to, on),
            )
            holder = or_(holder, Grant.position_id.in_(held))
        sources.append(
            select(UnitClosure.descendant_id)
            .join(Grant, Grant.unit_id == UnitClosure.ancestor_id)
            .where(
                Grant.role.in_(granted),
                holds_on(Grant.valid_from, Grant.valid_to, on),
                holds_on(UnitClosure.valid_from, UnitClosure.valid_to, on),
                holder,
            )
        )
    if headed and person_id:
        sources.append(
            select(UnitClosure.descendant_id)
            .join(Position, Position.unit_id == UnitClosure.ancestor_id)
            .join(Assignment, Assignment.position_id == Position.id)
            .where(
                Position.is_head,
                Assignment.person_id == person_id,
                holds_on(Assignment.valid_from, Assignment.valid_to, on),
                holds_on(UnitClosure.valid_from, UnitClosure.valid_to, on),
            )
        )
    if not sources:
        return select(Unit.id).where(false())
    if len(sources) == 1:
        return sources[0].distinct()
    return select(union(*sources).subquery("allowed").c.descendant_id)


def is_own(identity: Identity, permission: str, person_id: UUID, rights: Rights) -> bool:
    """Whether the permission covers the identity's own rows and the person is the identity."""
    if identity.kind == "system":
        return True
    if identity.only is not None and permission not in identity.only:
        return False
    return (
        identity.person_id is not None
        and identity.person_id == person_id
        and bool(rights.roles_with(permission, "everyone"))
    )


def is_given_outside(identity: Identity, permission: str, rights: Rights) -> bool:
    """Whether the permission covers what an account from outside keeps of its own."""
    if identity.kind != "external" or (
        identity.only is not None and permission not in identity.only
    ):
        return False
    return bool(rights.roles_with(permission, "external"))


def people_in(units: Select[UUID], on: dt.date) -> Select[UUID]:
    """A SELECT of the ids of people whose own (definitif) post lies in those units that day."""
    return (
        select(Assignment.person_id)
        .join(Position, Position.id == Assignment.position_id)
        .where(
            Assignment.kind == DEFINITIF,
            holds_on(Assignment.valid_from, Assignment.valid_to, on),
            Position.unit_id.in_(units),
        )
    )


def subtree(unit_id: UUID, on: dt.date) -> Select[UUID]:
    """A SELECT of the ids of a unit and everything below it as the tree stood that day."""
    return select(UnitClosure.descendant_id).where(
        UnitClosure.ancestor_id == unit_id,
        holds_on(UnitClosure.valid_from, UnitClosure.valid_to, on),
    )


def visible_people(
    identity: Identity,
    permission: str,
    on: dt.date,
    rights: Rights,
    person_id: InstrumentedAttribute[UUID],
) -> ColumnElement[bool]:
    """The condition that the identity may see the row of a person on that date.

    True for people whose own post lies in an allowed unit, and for oneself where the permission is
    given to everyone.
    """
    inside = person_id.in_(people_in(units_allowed(identity, permission, on, rights), on))
    if identity.person_id and is_own(identity, permission, identity.person_id, rights):
        return or_(inside, person_id == identity.person_id)
    return inside
