"""Completing a question while it is typed: one look-up, and only words of what is shown."""

import functools
from collections import Counter
from typing import Final

from sqlalchemy import Date, Select, String, bindparam, select

from leuit.builtin.search import (
    MOST_QUERY,
    TITLE,
    Token,
    full_text_first,
    matched_by,
    token_query,
)
from leuit.work import View
from leuit_ecatalog.models import LISTING_TEXT, Listing, ListingWord

from .separate import separate

MOST: Final = 8
SHORTEST: Final = 2
_LOOKED_AT: Final = 60
_LONGEST: Final = 40
_WORD = ListingWord.__table__.c
_ROW = Listing.__table__.c


def complete(view: View, text: str) -> list[str]:
    """Questions that begin as the text does, the likeliest first, each of which finds something.

    The last word is completed: alone by the words that most products have, behind others by the
    names of products that have those too. Nothing for less than two letters in all.
    """
    words = separate(text[:MOST_QUERY]).split()[:6]
    if not words or max(map(len, words)) > _LONGEST or len("".join(words)) < SHORTEST:
        return []
    return _by_names(view, words) if len(words) > 1 else _by_word(view, words[0])


def _by_word(view: View, begun: str) -> list[str]:
    statement = _words(view.connection.dialect.name)
    values = {"begun": begun, "end": begun + "\U0010ffff", "pattern": f"{begun}%"}
    return list(view.connection.scalars(statement, values))


@functools.lru_cache(maxsize=2)
def _words(dialect: str) -> Select[str]:
    """Words of letters alone that begin so, those of most products first."""
    query = select(_WORD.word).order_by(_WORD.documents.desc(), _WORD.word).limit(MOST)
    if dialect == "sqlite":
        return query.where(_WORD.word >= bindparam("begun"), _WORD.word < bindparam("end"))
    # An index of patterns: the order of words is one of the region's language.
    return query.where(_WORD.word.like(bindparam("pattern")))


def _by_names(view: View, words: list[str]) -> list[str]:
    *told, begun = words
    wanted = [Token(TITLE + one) for one in told] + [Token(TITLE + begun, beginning=True)]
    dialect = view.connection.dialect.name
    values = {"asked": token_query(dialect, wanted), "today": view.today}
    with full_text_first(view.connection):
        names = list(view.connection.scalars(_names(dialect), values))
    found: Counter[str] = Counter()
    for name in names:
        found.update(
            {one for one in separate(name).split() if one.startswith(begun) and one not in told}
        )
    best = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return [" ".join([*told, word]) for word, _number in best[:MOST]]


@functools.lru_cache(maxsize=2)
def _names(dialect: str) -> Select[str]:
    """The newest names that have the words."""
    asked = bindparam("asked", type_=String())
    rows, order = matched_by(dialect, LISTING_TEXT, asked, [_ROW.name])
    rows = rows.where(_ROW.until > bindparam("today", type_=Date()))
    return rows.order_by(order.desc()).limit(_LOOKED_AT)
