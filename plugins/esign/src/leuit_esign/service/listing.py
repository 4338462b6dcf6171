"""What lists and programs are told of documents: one's own in pages, who acted, which file."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, or_, select

from leuit.identity import Person
from leuit.work import View
from leuit_esign.models import Document, Step


def own_documents(
    view: View, state: str, after: tuple[dt.datetime, UUID] | None, limit: int
) -> tuple[Sequence[Document], bool]:
    """One's own documents in a state (empty: in any), the newest first, and whether more follow.

    `after` are the time and the id of the last document of the page before.
    """
    query = select(Document).where(Document.owner_id == view.identity.person_id)
    if state:
        query = query.where(Document.state == state)
    if after is not None:
        at, last = after
        query = query.where(
            or_(
                Document.created_at < at,
                and_(Document.created_at == at, Document.id > last),
            )
        )
    order = (Document.created_at.desc(), Document.id)
    rows = view.session.scalars(query.order_by(*order).limit(limit + 1)).all()
    return rows[:limit], len(rows) > limit


def actors_of(view: View, steps: Sequence[Step]) -> dict[UUID, str]:
    """The names of those who acted on steps, by their id."""
    ids = {step.person_id for step in steps if step.person_id is not None}
    rows = view.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in rows}


def newest_sha256(document: Document) -> str:
    """The file as it stands: with its signatures, or as it was taken in."""
    return document.current_sha256 or document.pdf_sha256
