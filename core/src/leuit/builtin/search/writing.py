"""Putting documents into an index and taking them out, inside the unit of work of the caller.

Extracting text does not belong here: it is done before, outside any unit. All of a batch becomes a
few statements. Taking out is real: no token, text or count is left in the tables.
"""

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from leuit.storage import among
from leuit.work import Work

from .documents import CODE, Document
from .engines import add_rows, count_up, drop_rows, merge_some, overwritten, stored_tokens
from .index import VOCABULARY_GRADE, FullText, SearchIndex
from .words import tokens_of, vocabulary_of

SHOWN_TEXT = 200_000
"""Characters of a text that are kept to be shown; all of it is found."""

_AT_ONCE = 300
"""Names in one statement: SQLite takes 32,766 values, and older ones 999."""


def put(work: Work, index: SearchIndex, documents: Sequence[Document]) -> None:
    """Index documents, each in place of what was indexed of it before."""
    latest = {(one.kind, one.id): one for one in documents}
    if not latest:
        return
    gone = _taken_out(work, index, list(latest))
    taken = _taken_numbers(work, index, latest.values())
    entries, texts = [], []
    counts: Counter[str] = Counter()
    for one in latest.values():
        words = tokens_of(f"{one.title}\n{one.keys}", one.text)
        number = _number(one, taken)
        entries.append(
            {
                "id": number,
                "kind": one.kind,
                "document_id": one.id,
                "unit_id": one.unit_id,
                "grade": one.grade,
                "day": one.day,
                "class_code": one.class_code[:CODE],
                "words": " ".join(words),
            }
        )
        shown = one.text[:SHOWN_TEXT].replace("\x00", " ")
        texts.append({"id": number, "text": shown})
        if one.grade <= VOCABULARY_GRADE:
            counts.update(vocabulary_of(words))
    work.connection.execute(insert(index.entry), entries)
    work.connection.execute(insert(index.text), texts)
    add_rows(work.connection, index, entries)
    counts.subtract(gone)
    count_words(work, index, counts)


def remove(work: Work, index: SearchIndex, names: Iterable[tuple[str, UUID]]) -> int:
    """Take documents out, by kind and id; returns how many there were.

    On SQLite before 3.42 their tokens lie in the full text until `erase` has gone over it.
    """
    wanted = list(names)
    before = work.kept.get(_REMOVED, 0)
    gone = _taken_out(work, index, wanted)
    count_words(work, index, Counter({word: -number for word, number in gone.items()}))
    removed: int = work.kept.get(_REMOVED, 0) - before
    return removed


def erase(work: Work, index: SearchIndex, *, first: bool) -> bool:
    """One bounded step of going over the full text, so that nothing is left of what was removed.

    Call it in units of their own, the first time with `first`, until it returns False.
    """
    return merge_some(work.connection, index, first=first)


_REMOVED = "leuit.search.removed"


def _taken_out(work: Work, index: SearchIndex, names: Sequence[tuple[str, UUID]]) -> Counter[str]:
    """Delete entries; returns how often each word of the vocabulary goes with them."""
    entry = index.entry
    words: Counter[str] = Counter()
    wanted, dialect = set(names), work.database.dialect
    for start in range(0, len(names), _AT_ONCE):
        ids = [document_id for _kind, document_id in names[start : start + _AT_ONCE]]
        columns = (entry.c.id, entry.c.kind, entry.c.document_id, entry.c.grade, entry.c.words)
        query = select(*columns).where(among(dialect, entry.c.document_id, ids))
        rows = [
            row for row in work.connection.execute(query) if (row.kind, row.document_id) in wanted
        ]
        if not rows:
            continue
        wanted -= {(row.kind, row.document_id) for row in rows}
        for row in rows:
            if row.grade <= VOCABULARY_GRADE:
                words.update(vocabulary_of(stored_tokens(row.words)))
        numbers = [row.id for row in rows]
        with overwritten(work.connection):
            drop_rows(work.connection, index, [(row.id, row.words) for row in rows])
            work.connection.execute(delete(entry).where(among(dialect, entry.c.id, numbers)))
            work.connection.execute(
                delete(index.text).where(among(dialect, index.text.c.id, numbers))
            )
        work.kept[_REMOVED] = work.kept.get(_REMOVED, 0) + len(rows)
    return words


def _taken_numbers(work: Work, index: SearchIndex, documents: Iterable[Document]) -> set[int]:
    """Those of the documents' numbers that other entries have."""
    wanted = sorted({_first_number(one) for one in documents})
    taken: set[int] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        query = select(index.entry.c.id).where(among(work.database.dialect, index.entry.c.id, part))
        taken.update(work.connection.scalars(query))
    return taken


def _first_number(one: Document) -> int:
    """The day, and behind it a number that the same document always gets."""
    return (one.day.toordinal() << 40) + (zlib.crc32(f"{one.kind}:{one.id}".encode()) << 8)


def _number(one: Document, taken: set[int]) -> int:
    number = _first_number(one)
    if number in taken:
        number += 1 + one.id.int % 255
    taken.add(number)
    return number


def count_words(work: Work, index: FullText, counts: Counter[str]) -> None:
    """Add to the counts of words, or take away; in one order, so that two units cannot wait for
    each other.
    """
    word = index.word
    more = [(one, number) for one, number in sorted(counts.items()) if number > 0]
    less: list[dict[str, Any]] = [
        {"the_word": one, "fewer": -number} for one, number in sorted(counts.items()) if number < 0
    ]
    if more:
        count_up(work.connection, index, more)
    if less:
        fewer = update(word).where(word.c.word == bindparam("the_word"))
        work.connection.execute(fewer.values(documents=word.c.documents - bindparam("fewer")), less)
        with overwritten(work.connection):
            work.connection.execute(delete(word).where(word.c.documents <= 0))
