"""Finding: one page of products for a question, with its counts and, for none, a better question.

Everything is asked of the listing alone, which holds nothing that is not shown: what is hidden
leaks neither by a count nor by a suggestion.
"""

import re
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, and_, or_, select

from leuit.builtin.search import (
    MOST_QUERY,
    Query,
    full_text_first,
    matching,
    parse,
    suggestion,
)
from leuit.work import View
from leuit_ecatalog.models import LISTING_TEXT, Attribute, Category, Listing

from .facets import Choice, Counts, choice_of, count
from .local_content import local_content
from .separate import separate_question
from .wanted import Sort, Wanted

PAGE: Final = 24
_ROW: Final = Listing.__table__.c
_ABOVE_ALL: Final = 2**62
_PLACE = re.compile(r"(-?[0-9]{1,16})\.([0-9]{1,19})", re.ASCII)
_CARD: Final = (
    _ROW.id,
    _ROW.product_id,
    _ROW.name,
    _ROW.vendor_name,
    _ROW.place_name,
    _ROW.category,
    _ROW.low,
    _ROW.high,
    _ROW.unit_code,
    _ROW.origin,
    _ROW.tkdn,
    _ROW.local,
    _ROW.scale,
    _ROW.standard,
    _ROW.frozen,
    _ROW.picture,
    _ROW.stamp,
)


@attrs.frozen
class Card:
    """A product as a list shows it; see `models.Listing` for what its fields say."""

    number: int
    product_id: UUID
    name: str
    vendor_name: str
    place_name: str
    category: str
    low: int
    high: int
    unit_code: str
    origin: str
    tkdn: int
    local: int
    scale: str
    standard: bool
    frozen: bool
    picture: str | None
    stamp: int


@attrs.frozen
class Found:
    """One page: `after` is where the next one begins, empty at the end. `facets` are the attributes
    that may be chosen, `better` a question with misspelt words set right, where nothing was found.
    """

    query: Query
    cards: tuple[Card, ...]
    counts: Counts
    facets: tuple[Attribute, ...]
    after: str
    better: str


def question(text: str) -> Query:
    """The terms of what somebody typed; without any, everything is browsed (EC-61, EC-70)."""
    return parse(separate_question(text[:MOST_QUERY]))


def find(view: View, wanted: Wanted, *, limit: int = PAGE) -> Found:
    """The products of a question, best first, in an order that stays: the same on both engines."""
    query = question(wanted.text)
    leaves = leaves_of(view, wanted.categories)
    figures = local_content(view)
    choice = choice_of(view, wanted, leaves, figures)
    facets = _facets(view, leaves) if len(leaves) == 1 else ()
    keys = [one.key for one in facets]
    keys += [key for key, _values in wanted.attributes if key not in keys]
    counts = count(view, query, choice, keys, figures)
    cards, after = _page(view, wanted, query, choice, limit)
    better = ""
    if not counts.total and query.terms:
        better = suggestion(view, LISTING_TEXT, query, choice.all)
    return Found(query, cards, counts, facets, after, better)


def knows_place(after: str) -> bool:
    """Whether a text is one that a page may have given to go on from."""
    return _PLACE.fullmatch(after) is not None


def leaves_of(view: View, codes: Sequence[str]) -> list[str]:
    """The codes of level 3 that are these or below these."""
    if not codes:
        return []
    below = [Category.code.startswith(f"{code}.", autoescape=True) for code in codes]
    query = select(Category.code).where(Category.level == 3, or_(Category.code.in_(codes), *below))
    return sorted(view.connection.scalars(query))


def cards_of(view: View, ids: Sequence[UUID]) -> list[Card]:
    """Those of the products that are shown, in the order of the ids."""
    query = select(*_CARD).where(_ROW.product_id.in_(ids), _ROW.until > view.today)
    found = {row.product_id: Card(*row) for row in view.connection.execute(query)}
    return [found[one] for one in ids if one in found]


def _facets(view: View, leaves: Sequence[str]) -> tuple[Attribute, ...]:
    query = (
        select(Attribute)
        .join(Category, Category.id == Attribute.category_id)
        .where(Category.code.in_(leaves), Attribute.facet)
        .order_by(Attribute.place)
    )
    return tuple(view.session.scalars(query))


def _page(
    view: View, wanted: Wanted, query: Query, choice: Choice, limit: int
) -> tuple[tuple[Card, ...], str]:
    if wanted.sort == "relevance" and query.terms:
        with full_text_first(view.connection):
            return _by_tiers(view, wanted.after, query, choice.all, limit)
    order = "newest" if wanted.sort == "relevance" else wanted.sort
    if query.terms:
        with full_text_first(view.connection):
            return _sorted(view, wanted.after, query, choice.all, order, limit)
    return _sorted(view, wanted.after, query, choice.all, order, limit)


def _by_tiers(
    view: View, after: str, query: Query, condition: ColumnElement[bool], limit: int
) -> tuple[tuple[Card, ...], str]:
    """All words in the name first, then as they stand anywhere, then their stems; newest first."""
    tiers = query.tiers()
    tier, last = _place(after)
    if not 0 <= tier < len(tiers):
        tier, last = 0, _ABOVE_ALL
    found: list[tuple[int, Card]] = []
    while tier < len(tiers) and len(found) <= limit:
        unwanted = tiers[tier - 1] if tier else ()
        rows, order = matching(view.connection, LISTING_TEXT, tiers[tier], unwanted, _CARD)
        rows = rows.where(order < last, condition).order_by(order.desc())
        met = view.connection.execute(rows.limit(limit + 1 - len(found)))
        found += [(tier, Card(*row)) for row in met]
        tier, last = tier + 1, _ABOVE_ALL
    cards = tuple(card for _tier, card in found[:limit])
    return cards, f"{found[limit - 1][0]}.{cards[-1].number}" if len(found) > limit else ""


def _sorted(
    view: View,
    after: str,
    query: Query,
    condition: ColumnElement[bool],
    sort: Sort,
    limit: int,
) -> tuple[tuple[Card, ...], str]:
    """By a value of the row, equal ones newest first."""
    rows = (
        matching(view.connection, LISTING_TEXT, query.tiers()[-1], (), _CARD)[0]
        if query.terms
        else select(*_CARD)
    )
    number = _ROW.id + 0 if query.terms else _ROW.id
    value: Any = {"cheapest": _ROW.low, "dearest": _ROW.low, "tkdn": _ROW.local}.get(sort)
    ascending = sort == "cheapest"
    if after and knows_place(after):
        seen, last = _place(after)
        if value is None:
            rows = rows.where(number < last)
        else:
            on = value > seen if ascending else value < seen
            rows = rows.where(or_(on, and_(value == seen, number < last)))
    if value is not None:
        rows = rows.order_by(value if ascending else value.desc())
    rows = rows.where(condition).order_by(number.desc()).limit(limit + 1)
    cards = [Card(*row) for row in view.connection.execute(rows)]
    if len(cards) <= limit:
        return tuple(cards), ""
    end = cards[limit - 1]
    seen = 0 if value is None else end.local if sort == "tkdn" else end.low
    return tuple(cards[:limit]), f"{seen}.{end.number}"


def _place(after: str) -> tuple[int, int]:
    found = _PLACE.fullmatch(after)
    if found is None:
        return 0, _ABOVE_ALL
    return int(found[1]), min(int(found[2]), _ABOVE_ALL)
