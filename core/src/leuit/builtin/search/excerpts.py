"""What is shown of a document: the part around the first word that was looked for, with marks."""

import re
from collections.abc import Iterator

import attrs

from .query import Query, Term
from .words import RUN, glued, is_word, parts, plain, stem

_BEFORE = 60
_BLANKS = re.compile(r"\s+")


@attrs.frozen
class Piece:
    """Some text; `hit` says whether it is what was looked for."""

    text: str
    hit: bool = False


def marked(text: str, query: Query) -> list[Piece]:
    """All of a text, with the words that were looked for as pieces of their own."""
    return _pieces(text, [one.span() for one in RUN.finditer(text) if _is_hit(one[0], query)])


def excerpt(text: str, query: Query, length: int = 240) -> list[Piece]:
    """The part of a text around its first hit; its beginning where there is none, as when the words
    stand in the title.
    """
    first = next((one.start() for one in RUN.finditer(text) if _is_hit(one[0], query)), 0)
    start = _word_start(text, max(0, first - _BEFORE))
    cut = text[start : start + length]
    if start + length < len(text):
        cut = cut.rsplit(" ", 1)[0]
    shown = _BLANKS.sub(" ", cut).strip()
    if not shown:
        return []
    pieces = marked(shown, query)
    before = [Piece("… ")] if start else []
    after = [Piece(" …")] if start + len(cut) < len(text.rstrip()) else []
    return [*before, *pieces, *after]


def _word_start(text: str, at: int) -> int:
    """Where the next word begins, near enough."""
    if at == 0:
        return 0
    blank = text.find(" ", at, at + _BEFORE)
    return blank + 1 if blank >= 0 else at


def _pieces(text: str, hits: list[tuple[int, int]]) -> list[Piece]:
    return list(_cut(text, hits))


def _cut(text: str, hits: list[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for start, end in hits:
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], hit=True)
        at = end
    if at < len(text):
        yield Piece(text[at:])


def _is_hit(run: str, query: Query) -> bool:
    found = parts(plain(run))
    whole = glued(found)
    return any(_meets(term, found, whole) for term in query.terms)


def _meets(term: Term, found: list[str], whole: str) -> bool:
    if term.beginning:
        return (
            term.token in whole
            if len(found) > 1
            else any(one.startswith(term.token) for one in found)
        )
    if term.token in found:
        return True
    return bool(term.stem) and any(is_word(one) and stem(one) == term.stem for one in found)
