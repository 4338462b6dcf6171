"""Whose turn it is: for which positions a reader acts today, and by what right.

A position is decided by its Plh., else its Plt., else its own holder. Under a mandate somebody else
signs in its name (a.n., u.b.); parafs are never given in another's name.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Date, and_, bindparam, select

from leuit.identity import Assignment, Position, decided_by, holders_of_held, holds_on
from leuit.work import View
from leuit_esign.models import RUNNING, SIGN, Document, Mandate, Step
from leuit_esign.rules import Post, name_lines

from .chain import steps_of


@attrs.frozen
class Lent:
    """What a mandate lends: the signature of `principal_id`, handed down `through_id` for u.b."""

    principal_id: UUID
    through_id: UUID | None


@attrs.frozen
class Capacity:
    """The right by which a reader acts for a position: his own post's, or a mandate's.

    `position_id` is the post of his that gives it, and `kind` how he holds that post.
    """

    position_id: UUID
    kind: str
    mandate: Lent | None = None


def step_of(view: View, document: Document) -> Step | None:
    """The step of a document that waits for the reader, if any."""
    if document.state != RUNNING or lapsed(view, document):
        return None
    rights = capacities(view)
    for step in steps_of(view, document.id):
        right = rights.get(step.position_id)
        if step.state == "open" and right and (right.mandate is None or step.kind == SIGN):
            return step
    return None


def lapsed(view: View, document: Document) -> bool:
    """Whether the document's time is over, though nobody may have noted it yet."""
    return document.expires and document.due_at is not None and document.due_at <= view.now


def capacities(view: View) -> Mapping[UUID, Capacity]:
    """By position: how the reader acts for it today; his own posts, then those under a mandate.

    Under u.b. only while the a.n. above it is in force.
    """
    person_id = view.identity.person_id
    if person_id is None:
        return {}
    rows = view.connection.execute(_RIGHTS, {"person_id": person_id, "on": view.today}).all()
    held = decided_by(person_id, rows)
    found = {position: Capacity(position, kind) for position, kind in held.items()}
    lent = [row for row in rows if row.principal_id and row.position_id in held]
    for row in sorted(lent, key=lambda row: (row.through_id is not None, row.mandate_id)):
        mandate = Lent(row.principal_id, row.through_id)
        if mandate.principal_id not in found and _in_force(view, mandate):
            post = found[row.position_id]
            found[mandate.principal_id] = attrs.evolve(post, mandate=mandate)
    return found


def decided_posts(view: View) -> list[Capacity]:
    """The reader's own posts for which he decides today: nobody stands in before him."""
    return [right for right in capacities(view).values() if right.mandate is None]


def lines_of(view: View, step: Step, capacity: Capacity) -> tuple[str, ...]:
    """The name line of a step that is acted on in a capacity."""
    mandate = capacity.mandate
    if mandate is None:
        return name_lines(Post(step.title, capacity.kind))
    signer = Post(_title(view, capacity.position_id), capacity.kind)
    through = _title(view, mandate.through_id) if mandate.through_id else ""
    return name_lines(signer, step.title, through)


def _in_force(view: View, mandate: Lent) -> bool:
    if mandate.through_id is None:
        return True
    above = select(Mandate.id).where(
        Mandate.principal_id == mandate.principal_id,
        Mandate.delegate_id == mandate.through_id,
        Mandate.through_id.is_(None),
        holds_on(Mandate.valid_from, Mandate.valid_to, view.today),
    )
    return view.connection.execute(above.limit(1)).first() is not None


def _title(view: View, position_id: UUID) -> str:
    return view.session.get_one(Position, position_id).title


_ON: Any = bindparam("on", type_=Date())
# Built once: a count of what waits is sent with every page.
_RIGHTS = (
    holders_of_held()
    .add_columns(Mandate.id.label("mandate_id"), Mandate.principal_id, Mandate.through_id)
    .outerjoin(
        Mandate,
        and_(
            Mandate.delegate_id == Assignment.position_id,
            holds_on(Mandate.valid_from, Mandate.valid_to, _ON),
        ),
    )
)
