"""An index of its own for the tests of the search, and documents to put into it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

import attrs
from sqlalchemy import ColumnElement, MetaData, true

from leuit.builtin.search import (
    Document,
    Query,
    SearchIndex,
    count,
    find,
    make_full_text,
    parse,
    put,
    remove,
)
from leuit.identity import SYSTEM
from leuit.storage.base import NAMES
from leuit.values import RecordRef
from leuit.work import Leuit, Work

DAY = dt.date(2026, 11, 24)
OURS = UUID(int=1)
SPACE = UUID(int=7)


def document(name: str, title: str = "", text: str = "", **changed: Any) -> Document:
    """A document of a name, open and of our unit unless told otherwise."""
    made = Document("letter", uuid5(SPACE, name), OURS, 1, DAY, title or name, text=text)
    return attrs.evolve(made, **changed)


@attrs.frozen
class Room:
    """The index and what is in it, by name."""

    app: Leuit
    index: SearchIndex
    names: dict[UUID, str]

    @classmethod
    def of(cls, app: Leuit) -> "Room":
        """Tables of an index beside those of the installation."""
        metadata = MetaData(naming_convention=NAMES)
        index = SearchIndex(metadata, "trial")
        with app.database.writer.connect() as connection, connection.begin():
            metadata.create_all(connection)
            make_full_text(connection, "trial")
        return cls(app, index, {})

    def put(self, *documents: Document) -> None:
        """Index some documents in one unit."""
        with self.app.change(SYSTEM) as work:
            put(work, self.index, documents)
            audited(work)
        self.names.update({one.id: one.title for one in documents})

    def remove(self, *documents: Document) -> int:
        """Take some out in one unit."""
        with self.app.change(SYSTEM) as work:
            number = remove(work, self.index, [(one.kind, one.id) for one in documents])
            audited(work)
        return number

    def found(
        self, text: str | Query, condition: ColumnElement[bool] | None = None, limit: int = 50
    ) -> list[str]:
        """Titles of what is found, in order, over all pages; their number is the count."""
        query = parse(text) if isinstance(text, str) else text
        allowed = true() if condition is None else condition
        titles: list[str] = []
        after = ""
        with self.app.read(SYSTEM) as view:
            while True:
                page = find(view, self.index, query, allowed, limit=limit, after=after)
                titles += [self.names[hit.id] for hit in page.hits]
                after = page.after
                if not after:
                    break
            assert count(view, self.index, query, allowed) == len(titles)
        return titles


def audited(work: Work) -> None:
    """What a unit that writes must say; the index follows from acts that are audited."""
    work.audit("core.unit.created", RecordRef("core.unit", "x", "Uji"))


def titles(documents: Sequence[Document]) -> list[str]:
    """Their titles."""
    return [one.title for one in documents]
