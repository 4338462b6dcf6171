"""Letters as what is found: those in from when they are registered, those out from when they go.

A letter that became a record is found here and not a second time as its record.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from leuit.builtin.search import Document
from leuit.values import _, format_date, local_day
from leuit.work import View
from leuit_archives.models import INDEX, Addressee, Letter, LetterFile
from leuit_archives.models.letters import IN, SENT

from .letter_access import LetterColumns, readable_letters, visible_letters
from .search_sources import Filed, FileRef, SearchSource, ShownRow

KIND = "letter"
_FOUND = and_(Letter.ended_at.is_(None), or_(Letter.direction == IN, Letter.state == SENT))


def _visible(view: View) -> ColumnElement[bool]:
    entry = INDEX.entry.c
    columns = LetterColumns(entry.document_id, entry.unit_id, entry.grade)
    return readable_letters(view, columns)


def _shown(view: View, ids: Sequence[UUID]) -> Mapping[UUID, ShownRow]:
    rows = view.session.scalars(select(Letter).where(Letter.id.in_(ids), visible_letters(view)))
    return {row.id: _row(row) for row in rows}


def _row(letter: Letter) -> ShownRow:
    parts = [letter.number, letter.sender, format_date(letter.dated) if letter.dated else ""]
    line = " · ".join(part for part in parts if part)
    return ShownRow(letter.subject, line, f"/archives/letters/{letter.id}")


def _one(view: View, letter_id: UUID) -> Filed | None:
    found = _filed(view, [letter_id])
    return found[0] if found else None


def _many(view: View, after: UUID | None, limit: int) -> Sequence[Filed]:
    query = select(Letter.id).where(_FOUND)
    if after is not None:
        query = query.where(Letter.id > after)
    return _filed(view, list(view.session.scalars(query.order_by(Letter.id).limit(limit))))


def _filed(view: View, ids: Sequence[UUID]) -> list[Filed]:
    letters = view.session.scalars(
        select(Letter).where(Letter.id.in_(ids), _FOUND).order_by(Letter.id)
    ).all()
    files = _by_letter(view, select(LetterFile).order_by(LetterFile.place), LetterFile, ids)
    parts = _by_letter(view, select(Addressee).order_by(Addressee.place), Addressee, ids)
    return [
        Filed(
            Document(
                kind=KIND,
                id=letter.id,
                unit_id=letter.unit_id,
                grade=letter.secrecy,
                day=letter.dated
                or letter.received_on
                or local_day(letter.created_at, view.app.zone),
                title=letter.subject,
                keys=" ".join(
                    [letter.number, letter.sender, *(part.name for part in parts[letter.id])]
                ),
                class_code=letter.class_code,
            ),
            tuple(FileRef(file.sha256, file.name) for file in files[letter.id]),
        )
        for letter in letters
    ]


def _by_letter(view: View, query: Any, row: Any, ids: Sequence[UUID]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {one: [] for one in ids}
    for one in view.session.scalars(query.where(row.letter_id.in_(ids))):
        found[one.letter_id].append(one)
    return found


LETTERS = SearchSource(KIND, _("Surat"), _visible, _shown, _one, _many)
