"""Keeping the index true: one document after a change, or all of them anew.

Text is read out of files in a process of its own, outside any unit of work. What goes into the
index is what the owner says in the unit that writes it, so that a document whose grade was raised
meanwhile is never stored with the old one.
"""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import Any
from uuid import UUID

import attrs
import structlog
from sqlalchemy import Select, select, update

from leuit.builtin.search import MOST_TEXT, Document, erase, put, remove
from leuit.values import NotFoundError, UnavailableError
from leuit.work import JobContext, Leuit, Work
from leuit_archives.models import INDEX
from leuit_archives.reading import RefusedFileError, TextReader

from .search_sources import SOURCES, Filed, FileRef, SearchSource, source_of

log = structlog.get_logger("leuit.archives.search")

ONE, MANY = "archives.search_one", "archives.search_many"
REBUILD, ERASE = "archives.search_rebuild", "archives.search_erase"
BATCH = 100
_STALE = 500


def ask_index(work: Work, kind: str, document_id: UUID) -> None:
    """Index a document, or take it out, once this unit is committed."""
    args = {"kind": kind, "id": str(document_id)}
    work.enqueue(ONE, args, dedupe_key=f"{ONE}:{kind}:{document_id}")


def regrade(work: Work, kind: str, document_id: UUID, grade: int) -> None:
    """Let a raised grade hold for every search that begins after this unit, before the job has
    read anything: until then the index would answer by the old one.
    """
    entry = INDEX.entry
    work.connection.execute(
        update(entry)
        .where(entry.c.document_id == document_id, entry.c.kind == kind, entry.c.grade < grade)
        .values(grade=grade)
    )


def ask_index_many(work: Work, kind: str, ids: Iterable[UUID]) -> None:
    """The same for many of a kind, by one job; an empty list asks for nothing."""
    if named := [str(one) for one in ids]:
        work.enqueue(MANY, {"kind": kind, "ids": named})


def forget(work: Work, kind: str, ids: Iterable[UUID]) -> None:
    """Take documents of a kind out in this unit: what is destroyed is found by nobody from its
    commit on. A job looks at them once more, since another may be writing one of them just now.
    """
    names = [(kind, one) for one in ids]
    for start in range(0, len(names), _STALE):
        _forget(work, names[start : start + _STALE])
    ask_index_many(work, kind, [one for _kind, one in names])


def ask_rebuild(work: Work) -> None:
    """Make the whole index anew; it stays in use meanwhile."""
    work.enqueue(REBUILD, {"kind": "", "after": "", "done": 0}, dedupe_key=REBUILD)


def index_one(ctx: JobContext) -> None:
    """The job of one document."""
    with _Texts(ctx.app) as texts:
        _index(ctx, texts, ctx.args["kind"], UUID(ctx.args["id"]))


def index_many(ctx: JobContext) -> None:
    """The job of many: begun anew, it does some of them again, which changes nothing."""
    ids = ctx.args["ids"]
    with _Texts(ctx.app) as texts:
        for number, one in enumerate(ids, 1):
            _index(ctx, texts, ctx.args["kind"], UUID(one))
            ctx.progress(number, len(ids))


def rebuild(ctx: JobContext) -> None:
    """The job of a batch; it asks for the next one in the unit that stores this one.

    So a process that dies does one batch again, and no more than a batch is ever in memory.
    """
    kinds = sorted(source.kind for source in SOURCES)
    kind = ctx.args["kind"] or (kinds[0] if kinds else "")
    after = UUID(ctx.args["after"]) if ctx.args["after"] else None
    source = source_of(kind)
    filed: Sequence[Filed] = ()
    if source is not None:
        with ctx.read() as view:
            filed = source.many(view, after, BATCH)
    with _Texts(ctx.app) as texts:
        read = {one.document.id: texts.of(one.files) for one in filed}
    last = filed[-1].document.id if len(filed) == BATCH else None
    done = ctx.args["done"] + len(filed)
    with ctx.change() as work:
        if source is not None:
            _store(work, source, filed, read)
        stale = _not_in(kind, after, last, read)
        for names in _batches(work.connection.execute(stale).all()):
            _forget(work, names)
        later = [one for one in kinds if one > kind]
        if last is not None or later:
            following = {"kind": kind, "after": str(last)} if last else {"kind": later[0]}
            work.enqueue(REBUILD, {"after": "", "done": done} | following)
        else:
            gone = select(INDEX.entry.c.kind, INDEX.entry.c.document_id).where(
                INDEX.entry.c.kind.not_in(kinds)
            )
            for names in _batches(work.connection.execute(gone).all()):
                _forget(work, names)
    ctx.progress(done, done)


def erase_removed(ctx: JobContext) -> None:
    """The job that goes over the full text, so that removed words are gone from its files too."""
    more, first = True, True
    while more:
        with ctx.change() as work:
            more = erase(work, INDEX, first=first)
        first = False


class _Texts(ExitStack):
    """The text of files; the process that reads them is started for the first one."""

    def __init__(self, app: Leuit) -> None:
        super().__init__()
        self._app = app
        self._reader: TextReader | None = None

    def of(self, files: Iterable[FileRef]) -> str:
        """All of it, up to the limit; a file that is refused, gone or changed has none: logged."""
        found: list[str] = []
        for file in files:
            if self._reader is None:
                self._reader = self.enter_context(TextReader())
            try:
                found.append(self._reader.read(self._app.blobs.get(file.sha256), file.name).text)
            except RefusedFileError as error:
                log.warning("file_without_text", sha256=file.sha256, reason=error.reason)
            except NotFoundError:
                log.warning("file_missing", sha256=file.sha256)
            except UnavailableError:
                if self._app.blobs.fixity(file.sha256) == "sound":
                    raise
                log.warning("file_changed", sha256=file.sha256)
        return "\n".join(found)[:MOST_TEXT]


def _index(ctx: JobContext, texts: _Texts, kind: str, document_id: UUID) -> None:
    """Text is read outside the unit; files that changed meanwhile are read again."""
    source = source_of(kind)
    read: Filed | None = None
    while True:
        text = texts.of(read.files) if read else ""
        with ctx.change() as work:
            now = source.one(work, document_id) if source else None
            if now is None:
                _forget(work, [(kind, document_id)])
                return
            if read is not None and read.files == now.files:
                put(work, INDEX, [_with_text(now, text)])
                return
        read = now


def _with_text(filed: Filed, text: str) -> Document:
    told = filed.document.text
    return attrs.evolve(filed.document, text=f"{told}\n{text}" if told and text else told or text)


def _store(work: Work, source: SearchSource, filed: Sequence[Filed], read: dict[UUID, str]) -> None:
    """The documents of a batch as they are now; one that has changed since is asked for again."""
    ready = []
    for one in filed:
        now = source.one(work, one.document.id)
        if now is None or now.files != one.files:
            ask_index(work, source.kind, one.document.id)
        else:
            ready.append(_with_text(now, read[one.document.id]))
    put(work, INDEX, ready)


def _not_in(
    kind: str, after: UUID | None, last: UUID | None, read: dict[UUID, str]
) -> Select[tuple[str, UUID]]:
    """What the index has of a kind between two ids, and its owner has no more."""
    entry = INDEX.entry.c
    query = select(entry.kind, entry.document_id).where(entry.kind == kind)
    if after is not None:
        query = query.where(entry.document_id > after)
    if last is not None:
        query = query.where(entry.document_id <= last)
    return query.where(entry.document_id.not_in(list(read)))


def _batches(rows: Sequence[Any]) -> Iterable[list[tuple[str, UUID]]]:
    for start in range(0, len(rows), _STALE):
        yield [(row.kind, row.document_id) for row in rows[start : start + _STALE]]


def _forget(work: Work, names: Sequence[tuple[str, UUID]]) -> None:
    if remove(work, INDEX, names):
        work.enqueue(ERASE, {}, dedupe_key=ERASE)
