"""Documents of a kind of its own for the tests of the search, and who may see them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

import attrs
import pytest
from sqlalchemy import ColumnElement, select

from leuit.builtin.search import Document
from leuit.identity import SYSTEM, Identity, Unit
from leuit.values import Text, _
from leuit.work import Leuit, View, Worker, store_file
from leuit_archives.models import INDEX
from leuit_archives.service.search_indexing import ask_index, ask_rebuild
from leuit_archives.service.search_sources import Filed, FileRef, SearchSource, ShownRow

DAY = dt.date(2026, 9, 1)
SPACE = UUID(int=9)
KIND = "trial"


@attrs.define
class Shelf:
    """Documents by id. The identity in `reads_all` sees all, others grades up to 2."""

    app: Leuit
    unit_id: UUID
    kept: dict[UUID, Filed] = attrs.field(factory=dict)
    reads_all: Identity = SYSTEM

    @classmethod
    def of(cls, app: Leuit) -> "Shelf":
        """An empty shelf in the first unit there is."""
        with app.read(SYSTEM) as view:
            unit_id = view.connection.scalars(select(Unit.id).order_by(Unit.name)).first()
        return cls(app, unit_id or UUID(int=1))

    def source(self, kind: str = KIND) -> SearchSource:
        """The shelf as a kind of documents."""
        return SearchSource(kind, TITLE, self._visible, self._shown, self._one, self._many)

    def holds(self, name: str, files: Sequence[tuple[bytes, str]] = (), **changed: Any) -> UUID:
        """Put a document on the shelf, without indexing it."""
        made = Document(KIND, uuid5(SPACE, name), self.unit_id, 1, DAY, name)
        refs = [
            FileRef(store_file(self.app, data, "application/pdf", called).sha256, called)
            for data, called in files
        ]
        self.kept[made.id] = Filed(attrs.evolve(made, **changed), tuple(refs))
        return made.id

    def indexed(self, *ids: UUID) -> None:
        """Ask for documents to be indexed, as their owner would, and do it."""
        with self.app.change(SYSTEM) as work:
            for document_id in ids or self.kept:
                ask_index(work, KIND, document_id)
        self.run()

    def rebuilt(self) -> None:
        """The index anew."""
        with self.app.change(SYSTEM) as work:
            ask_rebuild(work)
        self.run()

    def run(self) -> None:
        """Do every job that waits."""
        Worker(self.app, name="test").run_pending(raise_errors=True)

    def _visible(self, view: View) -> ColumnElement[bool]:
        return INDEX.entry.c.grade <= (4 if view.identity == self.reads_all else 2)

    def _shown(self, _view: View, ids: Sequence[UUID]) -> Mapping[UUID, ShownRow]:
        return {
            one: ShownRow(
                self.kept[one].document.title, "Nomor 5 · 1 Sep 2026", f"/archives/x/{one}"
            )
            for one in ids
            if one in self.kept
        }

    def _one(self, _view: View, document_id: UUID) -> Filed | None:
        return self.kept.get(document_id)

    def _many(self, _view: View, after: UUID | None, limit: int) -> Sequence[Filed]:
        ids = sorted(one for one in self.kept if after is None or one > after)
        return [self.kept[one] for one in ids[:limit]]


TITLE: Text = _("Surat")


def plug_in(monkeypatch: pytest.MonkeyPatch, shelf: Shelf) -> None:
    """Make a shelf the one kind of documents that there is."""
    sources = [shelf.source()]
    for module in ("service.search", "service.search_indexing", "service.search_sources"):
        monkeypatch.setattr(f"leuit_archives.{module}.SOURCES", sources)
    monkeypatch.setattr("leuit_archives.pages.search.SOURCES", sources)
