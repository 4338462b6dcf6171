"""Whose turn it is: for which positions a reader acts today, and by what right.

A position is decided by its Plh., else its Plt., else its own holder. Under a mandate somebody else
signs in its name (a.n., u.b.); parafs are never given in another's name.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Date, bindparam, select

from leuit.identity import Position, holds_on, posts_decided
from leuit.work import View
from leuit_esign.models import RUNNING, SIGN, Document, Mandate, Step
from leuit_esign.rules import Post, name_lines

from .chain import steps_of


@attrs.frozen
class Capacity:
    """The right by which a reader acts for a position: his own post's, or a mandate's.

    `position_id` is the post of his that gives it, and `kind` how he holds that post.
    """

    position_id: UUID
    kind: str
    mandate: Mandate | None = None


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
    """By position: how the reader acts for it today; his own posts, then those under a mandate."""
    decided = decided_posts(view)
    found = {post.position_id: post for post in decided}
    if not decided:
        return found
    for mandate in _mandates_to(view, [post.position_id for post in decided]):
        if mandate.principal_id not in found:
            post = found[mandate.delegate_id]
            found[mandate.principal_id] = attrs.evolve(post, mandate=mandate)
    return found


def decided_posts(view: View) -> list[Capacity]:
    """The reader's own posts for which he decides today: nobody stands in before him."""
    person_id = view.identity.person_id
    if person_id is None:
        return []
    held = posts_decided(view.session, person_id, view.today)
    return [Capacity(position_id, kind) for position_id, kind in held.items()]


def lines_of(view: View, step: Step, capacity: Capacity) -> tuple[str, ...]:
    """The name line of a step that is acted on in a capacity."""
    mandate = capacity.mandate
    if mandate is None:
        return name_lines(Post(step.title, capacity.kind))
    signer = Post(_title(view, mandate.delegate_id), capacity.kind)
    through = _title(view, mandate.through_id) if mandate.through_id else ""
    return name_lines(signer, step.title, through)


def _mandates_to(view: View, delegates: list[UUID]) -> list[Mandate]:
    """Mandates in force for those positions; u.b. only while the a.n. above it is in force."""
    values = {"delegates": delegates, "on": view.today}
    found = view.session.scalars(_MANDATES, values).all()
    return [one for one in found if one.through_id is None or _given_on(view, one)]


def _given_on(view: View, mandate: Mandate) -> bool:
    above = select(Mandate.id).where(
        Mandate.principal_id == mandate.principal_id,
        Mandate.delegate_id == mandate.through_id,
        Mandate.through_id.is_(None),
        holds_on(Mandate.valid_from, Mandate.valid_to, view.today),
    )
    return view.session.execute(above.limit(1)).first() is not None


def _title(view: View, position_id: UUID) -> str:
    return view.session.get_one(Position, position_id).title


_ON: Any = bindparam("on", type_=Date())
# Built once: a count of what waits is sent with every page.
_MANDATES = (
    select(Mandate)
    .where(
        Mandate.delegate_id.in_(bindparam("delegates", expanding=True)),
        holds_on(Mandate.valid_from, Mandate.valid_to, _ON),
    )
    .order_by(Mandate.through_id.is_not(None), Mandate.id)
)
