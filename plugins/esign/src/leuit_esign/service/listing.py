"""What lists and programs are told of documents: one's own in pages, who acted, which file."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select

from leuit.identity import Person
from leuit.work import View
from leuit_esign.models import Document, Step

_NEWEST_FIRST = (Document.created_at.desc(), Document.id)


def documents_of(view: View, limit: int, offset: int) -> tuple[Sequence[Document], int]:
    """One page of one's own documents, the newest first, and how many there are."""
    mine = _mine(view)
    total = view.session.scalar(select(func.count()).select_from(mine.subquery())) or 0
    rows = mine.order_by(*_NEWEST_FIRST).limit(limit).offset(offset)
    return view.session.scalars(rows).all(), total


def own_documents(
    view: View, state: str, after: tuple[dt.datetime, UUID] | None, limit: int
) -> tuple[Sequence[Document], bool]:
    """One's own documents in a state (empty: in any), the newest first, and whether more follow.

    `after` are the time and the id of the last document of the page before.
    """
    query = _mine(view)
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
    rows = view.session.scalars(query.order_by(*_NEWEST_FIRST).limit(limit + 1)).all()
    return rows[:limit], len(rows) > limit


def _mine(view: View) -> Select[Document]:
    return select(Document).where(Document.owner_id == view.identity.person_id)


def actors_of(view: View, steps: Sequence[Step]) -> dict[UUID, str]:
    """The names of those who acted on steps, by their id."""
    ids = {step.person_id for step in steps if step.person_id is not None}
    rows = view.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in rows}


def newest_sha256(document: Document) -> str:
    """The file as it stands: with its signatures, or as it was taken in."""
    return document.current_sha256 or document.pdf_sha256
