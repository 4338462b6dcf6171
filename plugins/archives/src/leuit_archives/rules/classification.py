"""The classification as a table: what bars it from coming into force, and what an edition changed.

Every code stands below an existing one and a code stands once (Permendagri 83/2022 Pasal 3).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs

from .codes import is_code, level_of, parents_of, sort_key
from .faults import (
    BAD_CODE,
    DUPLICATE_CODE,
    LONG_TITLE,
    MISSING_PARENT,
    MOST_TITLE,
    NO_TITLE,
    WRONG_LEVEL,
    WRONG_PARENT,
    RowFault,
)


@attrs.frozen
class ClassLine:
    """One code of a classification; `parent` is empty at level 1."""

    code: str
    title: str
    parent: str
    level: int


@attrs.frozen
class Renamed:
    """A code that has another title than before."""

    code: str
    before: str
    after: str


@attrs.frozen
class Moved:
    """A title that stood at a code now closed and stands at an added one."""

    title: str
    before: str
    after: str


@attrs.frozen
class ClassDifferences:
    """What one table has against another, in the order of codes.

    A moved title is named beside its two codes, which stay among the closed and the added.
    """

    added: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    moved: tuple[Moved, ...] = ()


def faults_of(lines: Sequence[ClassLine]) -> list[RowFault]:
    """Everything wrong with the rows, in their order; of a duplicate, each row after the first."""
    codes = {line.code for line in lines}
    seen: set[str] = set()
    faults = []
    for index, line in enumerate(lines):
        kinds = [*_faults_of_place(line, codes, seen), *_faults_of_title(line.title)]
        faults += [RowFault(index, kind, line.code) for kind in kinds]
        seen.add(line.code)
    return faults


def _faults_of_place(line: ClassLine, codes: set[str], seen: set[str]) -> Iterator[str]:
    if line.code in seen:
        yield DUPLICATE_CODE
    if not is_code(line.code):
        yield BAD_CODE
        return
    parent = next(iter(parents_of(line.code)), "")
    if line.parent != parent:
        yield WRONG_PARENT
    if parent and parent not in codes:
        yield MISSING_PARENT
    if line.level != level_of(line.code):
        yield WRONG_LEVEL


def _faults_of_title(title: str) -> Iterator[str]:
    if not title.strip():
        yield NO_TITLE
    if len(title) > MOST_TITLE:
        yield LONG_TITLE


def differences(before: Iterable[ClassLine], after: Iterable[ClassLine]) -> ClassDifferences:
    """What the later table changed; both are without faults.

    Titles are compared as they stand. One is moved only if each table has it once among the codes
    that the other lacks: "Laporan" under ten codes says nothing.
    """
    old = {line.code: line.title for line in before}
    new = {line.code: line.title for line in after}
    added = tuple(sorted(new.keys() - old.keys(), key=sort_key))
    closed = tuple(sorted(old.keys() - new.keys(), key=sort_key))
    left, came = _single(old, closed), _single(new, added)
    return ClassDifferences(
        added=added,
        closed=closed,
        renamed=tuple(
            Renamed(code, old[code], new[code])
            for code in sorted(old.keys() & new.keys(), key=sort_key)
            if old[code] != new[code]
        ),
        moved=tuple(
            Moved(title, code, came[title]) for title, code in left.items() if title in came
        ),
    )


def _single(titles: dict[str, str], codes: Sequence[str]) -> dict[str, str]:
    """The code of every title that stands once among these codes, in their order."""
    count = Counter(titles[code] for code in codes)
    return {titles[code]: code for code in codes if count[titles[code]] == 1}
