"""As whom a person signs for a unit: his post there, as it is printed on a document."""

import datetime as dt
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.identity import DEFINITIF, Assignment, Person, Position, holds_on
from leuit.work import View


@attrs.frozen
class Signatory:
    """A person and his post; `position_id` None for one who has none."""

    name: str
    nip: str
    post: str
    position_id: UUID | None


def signatory_of(view: View, person_id: UUID, unit_id: UUID, on: dt.date) -> Signatory:
    """The post of a person on a day: one in the unit before others, his own before one in which he
    stands in for somebody.
    """
    person = view.session.get_one(Person, person_id)
    row = view.session.execute(
        select(Position.id, Position.title, Assignment.kind)
        .join(Assignment, Assignment.position_id == Position.id)
        .where(
            Assignment.person_id == person_id,
            holds_on(Assignment.valid_from, Assignment.valid_to, on),
        )
        .order_by(
            Position.unit_id != unit_id,
            Assignment.kind != DEFINITIF,
            Assignment.valid_from.desc(),
            Assignment.id,
        )
        .limit(1)
    ).first()
    if row is None:
        return Signatory(person.name, person.nip or "", "", None)
    title = row.title if row.kind == DEFINITIF else f"{row.kind} {row.title}"
    return Signatory(person.name, person.nip or "", title, row.id)
