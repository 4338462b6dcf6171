"""Whose turn it is: positions that a reader decides for today, and what waits for them."""

from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.identity import Assignment, holders_of, holds_on
from leuit.work import View
from leuit_esign.models import RUNNING, Document, Step

from .chain import steps_of


@attrs.frozen
class Waiting:
    """A document that waits for the reader's action."""

    document: Document
    step: Step


def waiting_for(view: View, limit: int, offset: int = 0) -> tuple[list[Waiting], bool]:
    """Documents whose turn is the reader's, the oldest first, and whether there are more."""
    positions = positions_decided(view)
    if not positions:
        return [], False
    rows = view.session.execute(
        select(Document, Step)
        .join(Step, Step.document_id == Document.id)
        .where(Step.position_id.in_(positions), Step.state == "open", Document.state == RUNNING)
        .order_by(Step.opened_at, Step.id)
        .limit(limit + 1)
        .offset(offset)
    ).all()
    return [Waiting(row.Document, row.Step) for row in rows[:limit]], len(rows) > limit


def positions_decided(view: View) -> list[UUID]:
    """The positions for which the reader acts today: held, and nobody stands in before him."""
    person_id = view.identity.person_id
    if person_id is None:
        return []
    held = view.session.scalars(
        select(Assignment.position_id)
        .where(
            Assignment.person_id == person_id,
            holds_on(Assignment.valid_from, Assignment.valid_to, view.today),
        )
        .distinct()
    ).all()
    return [one for one in held if decider(view, one) == person_id]


def step_of(view: View, document: Document) -> Step | None:
    """The step of a document that waits for the reader, if any."""
    if document.state != RUNNING:
        return None
    positions = positions_decided(view)
    return next(
        (
            step
            for step in steps_of(view, document.id)
            if step.state == "open" and step.position_id in positions
        ),
        None,
    )


def decider(view: View, position_id: UUID) -> UUID | None:
    """Who decides for a position today: its Plh., else its Plt., else its own holder."""
    row = view.session.execute(holders_of(position_id, view.today).limit(1)).first()
    return None if row is None else row.person_id


def kind_held(view: View, position_id: UUID) -> str:
    """How the one who decides for a position today holds it."""
    row = view.session.execute(holders_of(position_id, view.today).limit(1)).one()
    return str(row.kind)
