"""Completing a question while it is typed: one look-up, and only words of what is shown."""

from collections import Counter
from typing import Final

from sqlalchemy import select

from leuit.builtin.search import MOST_QUERY, TITLE, Token, full_text_first, matching
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
    names of products that have those too. Nothing for less than two letters.
    """
    words = separate(text[:MOST_QUERY]).split()[:6]
    if not words or len(words[-1]) < SHORTEST or max(map(len, words)) > _LONGEST:
        return []
    return _by_names(view, words) if len(words) > 1 else _by_word(view, words[0])


def _by_word(view: View, begun: str) -> list[str]:
    query = select(_WORD.word).order_by(_WORD.documents.desc(), _WORD.word).limit(MOST)
    if view.connection.dialect.name == "sqlite":
        query = query.where(_WORD.word >= begun, _WORD.word < begun + "\U0010ffff")
    else:  # an index of patterns: the order of words is one of the region's language
        query = query.where(_WORD.word.startswith(begun, autoescape=True))
    return list(view.connection.scalars(query))


def _by_names(view: View, words: list[str]) -> list[str]:
    *told, begun = words
    wanted = [Token(TITLE + one) for one in told] + [Token(TITLE + begun, beginning=True)]
    rows, order = matching(view.connection, LISTING_TEXT, wanted, (), [_ROW.name])
    rows = rows.where(_ROW.until > view.today).order_by(order.desc()).limit(_LOOKED_AT)
    with full_text_first(view.connection):
        names = list(view.connection.scalars(rows))
    found: Counter[str] = Counter()
    for name in names:
        found.update(
            {one for one in separate(name).split() if one.startswith(begun) and one not in told}
        )
    best = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return [" ".join([*told, word]) for word, _number in best[:MOST]]
