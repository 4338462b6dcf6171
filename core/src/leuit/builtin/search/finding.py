"""Finding: pages, counts and suggestions, each under the condition of who asks."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from rapidfuzz.distance import OSA
from sqlalchemy import ColumnElement, and_, func, or_, select

from leuit.work import View

from .engines import full_text_first, matching
from .index import FullText, SearchIndex
from .query import Query, Token, parse
from .words import is_word

COUNTED = 1_000
"""Beyond that many a count only says "more": nobody reads on, and counting on costs."""

_MOST_CANDIDATES = 5_000
_ABOVE_ALL = 2**62
"""Above every row's number: the first page asks in the same words as any other."""
_PLACE = re.compile(r"(?P<tier>[0-9])\.(?P<number>[0-9]{1,18})\.(?P<seen>[0-9]{1,4})")


@attrs.frozen
class Hit:
    """One document that was found; `number` is its row in the index."""

    number: int
    kind: str
    id: UUID


@attrs.frozen
class Found:
    """One page; `after` is where the next one begins, empty at the end."""

    hits: tuple[Hit, ...]
    after: str


def find(
    view: View,
    index: SearchIndex,
    query: Query,
    condition: ColumnElement[bool],
    *,
    limit: int,
    after: str = "",
) -> Found:
    """One page of what the condition lets through, best first (see `query`).

    `after` is what the page before gave; anything else begins at the start. Pages end where counts
    do: who has seen a thousand does better to ask anew.
    """
    tiers = query.tiers()
    tier, last, seen = _place(after, len(tiers))
    rows: list[tuple[int, Hit]] = []
    with full_text_first(view.connection):
        while tier < len(tiers) and len(rows) <= limit:
            left = limit + 1 - len(rows)
            found = _of_tier(view, index, tiers, tier, condition, last, left)
            rows += [(tier, hit) for hit in found]
            tier, last = tier + 1, _ABOVE_ALL
    hits = tuple(hit for _tier, hit in rows[:limit])
    seen += len(hits)
    if len(rows) <= limit or seen >= COUNTED:
        return Found(hits, "")
    return Found(hits, f"{rows[limit - 1][0]}.{hits[-1].number}.{seen}")


def count(view: View, index: FullText, query: Query, condition: ColumnElement[bool]) -> int:
    """How many the condition lets through; one more than `COUNTED` stands for any number above."""
    tiers = query.tiers()
    if not tiers:
        return 0
    columns = [index.entry.c.id]
    rows, _order = matching(view.connection, index, tiers[-1], (), columns)
    limited = rows.where(condition).limit(COUNTED + 1).subquery()
    with full_text_first(view.connection):
        return view.connection.execute(select(func.count()).select_from(limited)).scalar_one()


def suggestion(view: View, index: FullText, query: Query, condition: ColumnElement[bool]) -> str:
    """The question with its misspelt words set right, where that finds something for the asker.

    Empty where every word is known, where nothing is near, and where what it would find is not for
    this reader: a suggestion tells no more than a search would.
    """
    text = query.text
    for term in query.terms:
        if not term.stem or _is_known(view, index, term.token):
            continue
        better = _nearest(view, index, term.token)
        if better:
            text = _replaced(text, term.token, better)
    if text == query.text:
        return ""
    return text if count(view, index, parse(text), condition) else ""


def _place(after: str, tiers: int) -> tuple[int, int, int]:
    """The tier and the last row of the page before, and how many have been seen."""
    found = _PLACE.fullmatch(after)
    if not found or int(found["tier"]) >= tiers:
        return 0, _ABOVE_ALL, 0
    return int(found["tier"]), int(found["number"]), int(found["seen"])


def _of_tier(
    view: View,
    index: SearchIndex,
    tiers: Sequence[tuple[Token, ...]],
    tier: int,
    condition: ColumnElement[bool],
    last: int,
    limit: int,
) -> list[Hit]:
    entry = index.entry
    columns: list[ColumnElement[Any]] = [entry.c.id, entry.c.kind, entry.c.document_id]
    unwanted = tiers[tier - 1] if tier else ()
    rows, order = matching(view.connection, index, tiers[tier], unwanted, columns)
    rows = rows.where(order < last, condition).order_by(order.desc()).limit(limit)
    found = view.connection.execute(rows)
    return [Hit(*row) for row in found]


def _is_known(view: View, index: FullText, word: str) -> bool:
    query = select(index.word.c.word).where(index.word.c.word == word)
    return view.connection.execute(query).first() is not None


def _nearest(view: View, index: FullText, word: str) -> str:
    """The commonest of the nearest words: one letter away, from eight letters on two."""
    if len(word) < 4:
        return ""
    far = 2 if len(word) >= 8 else 1
    known = index.word
    query = (
        select(known.c.word, known.c.documents)
        .where(
            and_(
                known.c.length.between(len(word) - far, len(word) + far),
                or_(
                    func.substr(known.c.word, 1, 2) == word[:2],
                    func.substr(known.c.word, known.c.length - 2, 3) == word[-3:],
                ),
            )
        )
        .order_by(known.c.documents.desc(), known.c.word)
        .limit(_MOST_CANDIDATES)
    )
    best: tuple[int, str] | None = None
    for candidate, _documents in view.connection.execute(query):
        distance = OSA.distance(word, candidate, score_cutoff=far)
        if distance <= far and (best is None or distance < best[0]):
            best = (distance, candidate)
    return best[1] if best else ""


def _replaced(text: str, word: str, better: str) -> str:
    """The text with one word for another; in small letters where only its case differs."""
    shown = text if word in text else text.casefold()
    pieces = shown.split(" ")
    return " ".join(better if _bare(one) == word else one for one in pieces)


def _bare(piece: str) -> str:
    return "".join(one for one in piece if is_word(one) or one.isdigit())
