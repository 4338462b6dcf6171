"""Searching: one question, filters, and results of every kind that the reader may see.

The condition of who asks is part of every statement: of pages, counts and suggestions alike.
"""

import datetime as dt
import re
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, and_, false, or_, select

from leuit.builtin.search import (
    COUNTED,
    Piece,
    Query,
    count,
    excerpt,
    find,
    marked,
    parse,
    suggestion,
)
from leuit.identity import Unit
from leuit.values import Text
from leuit.work import View
from leuit_archives.models import INDEX

from .search_sources import SOURCES, ShownRow

PAGE = 20
_CODE = re.compile(r"[0-9A-Za-z.]{1,40}")


@attrs.frozen
class Wanted:
    """The question and its filters; an empty one does not narrow. `after` goes on from a page."""

    text: str = ""
    year: int | None = None
    unit_id: UUID | None = None
    kind: str = ""
    grade: int | None = None
    code: str = ""
    after: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return any((self.year, self.unit_id, self.kind, self.grade, self.code))


@attrs.frozen
class Result:
    """One document that was found."""

    kind: Text
    title: list[Piece]
    line: str
    path: str
    excerpt: list[Piece]


@attrs.frozen
class Results:
    """One page. `total` counts what the reader may see, and stops at one more than `COUNTED`."""

    query: Query
    rows: list[Result]
    total: int
    after: str
    suggestion: str

    @property
    def is_many(self) -> bool:
        """Whether there are more than are counted."""
        return self.total > COUNTED


def search(view: View, wanted: Wanted) -> Results:
    """A page of results; with none at all, a question that finds something, if one is near."""
    query = parse(wanted.text)
    allowed = condition(view, wanted)
    page = find(view, INDEX, query, allowed, limit=PAGE, after=wanted.after)
    total = count(view, INDEX, query, allowed)
    shown: dict[tuple[str, UUID], ShownRow] = {}
    for source in SOURCES:
        ids = [hit.id for hit in page.hits if hit.kind == source.kind]
        if ids:
            rows = source.shown(view, ids)
            shown |= {(source.kind, document_id): row for document_id, row in rows.items()}
    texts = _texts(view, [hit.number for hit in page.hits])
    titles = {source.kind: source.title for source in SOURCES}
    found = [
        Result(
            kind=titles[hit.kind],
            title=marked(row.title, query),
            line=row.line,
            path=row.path,
            excerpt=excerpt(texts.get(hit.number, ""), query),
        )
        for hit in page.hits
        if (row := shown.get((hit.kind, hit.id))) is not None
    ]
    better = "" if total or not query.terms else suggestion(view, INDEX, query, allowed)
    return Results(query, found, total, page.after, better)


def condition(view: View, wanted: Wanted) -> ColumnElement[bool]:
    """What the reader may see of what the filters leave."""
    entry = INDEX.entry.c
    seen = [
        and_(entry.kind == source.kind, source.visible(view))
        for source in SOURCES
        if wanted.kind in {"", source.kind}
    ]
    narrowed: list[ColumnElement[bool]] = [or_(*seen)] if seen else [false()]
    if wanted.year is not None:
        days = dt.date(wanted.year, 1, 1), dt.date(wanted.year, 12, 31)
        narrowed.append(entry.day.between(*days))
    if wanted.unit_id is not None:
        narrowed.append(entry.unit_id == wanted.unit_id)
    if wanted.grade is not None:
        narrowed.append(entry.grade == wanted.grade)
    if wanted.code:
        narrowed.append(_below(wanted.code))
    return and_(*narrowed)


def units(view: View) -> list[tuple[UUID, str]]:
    """Every unit by name, to filter by: names of units are no secret."""
    rows = view.connection.execute(select(Unit.id, Unit.name).order_by(Unit.name))
    return [(row.id, row.name) for row in rows]


def _below(code: str) -> ColumnElement[bool]:
    """Of a class or of one below it; what cannot be a code is of none."""
    if not _CODE.fullmatch(code):
        return false()
    column = INDEX.entry.c.class_code
    return or_(column == code, column.startswith(f"{code}."))


def _texts(view: View, numbers: list[int]) -> dict[int, str]:
    table = INDEX.text.c
    rows = view.connection.execute(select(table.id, table.text).where(table.id.in_(numbers)))
    return {row.id: row.text for row in rows}
