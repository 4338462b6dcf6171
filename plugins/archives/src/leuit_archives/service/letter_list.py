"""The agenda: letters in and out of units, filtered by what the reader may see, newest first."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import func, or_, select

from leuit.builtin.checks import storable
from leuit.identity import Unit
from leuit.work import View
from leuit_archives.models import Letter
from leuit_archives.permissions import READ_LETTERS

from .letter_access import visible_letters
from .letter_tiles_out import ALL_TILES
from .nearer_end import page_of


@attrs.frozen
class LetterFilter:
    """What a list shows; empty parts do not narrow it. `text` is of number, subject or sender,
    `waiting` the name of a tile, whose letters wait for the reader.
    """

    direction: str = ""
    year: int | None = None
    unit_id: UUID | None = None
    state: str = ""
    text: str = ""
    waiting: str = ""

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return self != LetterFilter()


@attrs.frozen
class ListedLetter:
    """One letter of a list."""

    id: UUID
    direction: str
    agenda: int | None
    number: str
    subject: str
    sender: str
    unit: str
    dated: dt.date | None
    received_on: dt.date | None
    created_at: dt.datetime
    grade: int
    urgency: str
    state: str
    unit_id: UUID


def letters(
    view: View, wanted: LetterFilter, limit: int, *, before: UUID | None = None
) -> list[ListedLetter]:
    """The next letters that the reader may see; `before` is the last id seen.

    Ids rise with time, so that they are the order of writing down.
    """
    query = _listed(view, wanted)
    if before is not None:
        query = query.where(Letter.id < before)
    rows = view.connection.execute(query.order_by(Letter.id.desc()).limit(limit))
    return [ListedLetter(*row) for row in rows]


def letters_page(
    view: View, wanted: LetterFilter, start: int, limit: int, total: int
) -> list[ListedLetter]:
    """A page of the letters that the reader may see, of as many as `count_letters` told."""
    rows = page_of(view, _listed(view, wanted), (Letter.id,), start, limit, total)
    return [ListedLetter(*row) for row in rows]


def _listed(view: View, wanted: LetterFilter) -> Any:
    return _narrowed(
        select(
            Letter.id,
            Letter.direction,
            Letter.agenda,
            Letter.number,
            Letter.subject,
            Letter.sender,
            Unit.short,
            Letter.dated,
            Letter.received_on,
            Letter.created_at,
            Letter.secrecy,
            Letter.urgency,
            Letter.state,
            Letter.unit_id,
        ).join(Unit, Unit.id == Letter.unit_id),
        view,
        wanted,
    )


def count_letters(view: View, wanted: LetterFilter) -> int:
    """How many there are."""
    query = _narrowed(select(func.count()).select_from(Letter), view, wanted)
    return int(view.connection.execute(query).scalar_one())


def agenda_units(view: View) -> list[tuple[UUID, str]]:
    """The units whose letters the reader may read, by name, where there is one that he may."""
    query = select(Unit.id, Unit.name).where(
        Unit.id.in_(view.units(READ_LETTERS)),
        select(Letter.id).where(Letter.unit_id == Unit.id, visible_letters(view)).exists(),
    )
    return [(row.id, row.name) for row in view.connection.execute(query.order_by(Unit.name))]


def _narrowed(query: Any, view: View, wanted: LetterFilter) -> Any:
    query = query.where(visible_letters(view))
    if wanted.direction:
        query = query.where(Letter.direction == wanted.direction)
    if wanted.year is not None:
        query = query.where(Letter.year == wanted.year)
    if wanted.unit_id is not None:
        query = query.where(Letter.unit_id == wanted.unit_id)
    if wanted.state:
        query = query.where(Letter.state == wanted.state)
    if wanted.waiting:
        found = next(tile for tile in ALL_TILES if tile.name == wanted.waiting)
        query = query.where(Letter.id.in_(found.ids(view)))
    text = wanted.text.strip()
    if not text:
        return query
    if not storable(text):
        return query.where(Letter.id.is_(None))
    pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    columns = (Letter.number, Letter.subject, Letter.sender)
    return query.where(or_(*(column.ilike(pattern, escape="\\") for column in columns)))
