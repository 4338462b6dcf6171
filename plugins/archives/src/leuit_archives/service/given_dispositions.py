"""Dispositions as tasks: what waits for others, and what the reader has done.

Of letters that he may read today: who gave one as Plh. no longer sees what became of it.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import bindparam, func, select

from leuit.work import View
from leuit_archives.models import Disposition, Letter, Receiver
from leuit_archives.rules.disposition import OPEN

from .letter_access import visible_letters


@attrs.frozen
class Given:
    """A disposition that the reader gave, at a post that has it open, or a thing that he did."""

    letter_id: UUID
    subject: str
    title: str
    at: dt.datetime
    due: dt.datetime | None
    state: str


def given_open(view: View, limit: int) -> list[Given]:
    """Posts that have a disposition of the reader's open, the earliest limit first."""
    return _rows(view, _OPEN, limit)


def count_given_open(view: View) -> int:
    """How many there are."""
    query = _COUNT.where(visible_letters(view))
    return int(view.connection.execute(query, _person(view)).scalar_one())


def ended_lately(view: View, limit: int) -> list[Given]:
    """Dispositions that the reader ended, the last one first."""
    return _rows(view, _ENDED, limit)


def _rows(view: View, query: Any, limit: int) -> list[Given]:
    shown = query.where(visible_letters(view)).limit(limit)
    found: Sequence[Any] = view.connection.execute(shown, _person(view)).all()
    return [Given(*row) for row in found]


def _person(view: View) -> dict[str, UUID | None]:
    return {"person": view.identity.person_id}


_MINE = (
    Disposition.person_id == bindparam("person"),
    Receiver.state.in_(sorted(OPEN)),
    Letter.ended_at.is_(None),
)
_COLUMNS = select(
    Letter.id,
    Letter.subject,
    Receiver.title,
    Disposition.created_at,
    Disposition.due_at,
    Receiver.state,
)
_JOINED = (
    _COLUMNS.select_from(Receiver)
    .join(Disposition, Disposition.id == Receiver.disposition_id)
    .join(Letter, Letter.id == Receiver.letter_id)
)
_OPEN: Any = _JOINED.where(*_MINE).order_by(
    Disposition.due_at.is_(None), Disposition.due_at, Disposition.created_at
)
_COUNT: Any = (
    select(func.count())
    .select_from(Receiver)
    .join(Disposition, Disposition.id == Receiver.disposition_id)
    .join(Letter, Letter.id == Receiver.letter_id)
    .where(*_MINE)
)
_ENDED: Any = (
    _JOINED.with_only_columns(
        Letter.id,
        Letter.subject,
        Receiver.title,
        Receiver.ended_at,
        Disposition.due_at,
        Receiver.state,
    )
    .where(Receiver.ended_by == bindparam("person"), Receiver.state == "done")
    .order_by(Receiver.ended_at.desc())
)
