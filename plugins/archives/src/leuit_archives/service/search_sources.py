"""What can be found: each kind of document says who may see it and how it is shown.

A kind plugs in by adding its `SearchSource` to `SOURCES`, and by calling `ask_index` in the unit of
work that changes a document: when it comes in, when its file, title, grade, unit or class changes,
and when it goes.
"""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement

from leuit.builtin.search import Document
from leuit.values import Text
from leuit.work import View


@attrs.frozen
class FileRef:
    """A file in the store, under the name that its sender gave it."""

    sha256: str
    name: str


@attrs.frozen
class Filed:
    """A document as it is indexed: what its owner knows of it, and files whose text is read."""

    document: Document
    files: tuple[FileRef, ...] = ()


@attrs.frozen
class ShownRow:
    """A document in a list of results: its title, one line (number, sender, day), its address."""

    title: str
    line: str
    path: str


@attrs.frozen
class SearchSource:
    """One kind of document.

    `visible(view)` is the condition over `INDEX.entry` that keeps what the reader may see, as the
    same rule guards the document's own page; everything that the search tells is put under it.
    `shown(view, ids)` gives a row for each of these documents; one that is left out is not shown.
    `one(view, id)` is a document as it is to be indexed, None when it is gone.
    `many(view, after, limit)` are the next ones in the order of ids, for making the index anew.
    """

    kind: str
    title: Text
    visible: Callable[[View], ColumnElement[bool]]
    shown: Callable[[View, Sequence[UUID]], Mapping[UUID, ShownRow]]
    one: Callable[[View, UUID], Filed | None]
    many: Callable[[View, UUID | None, int], Sequence[Filed]]


SOURCES: list[SearchSource] = []
"""Filled by `registration.search`, in the order in which kinds are offered."""


def source_of(kind: str) -> SearchSource | None:
    """The source of a kind; None for one that has left."""
    return next((source for source in SOURCES if source.kind == kind), None)
