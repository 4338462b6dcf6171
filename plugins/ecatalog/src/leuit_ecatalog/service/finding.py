"""Finding: one page of products for a question, with its counts and, for none, a better question.

Everything is asked of the listing alone, which holds nothing that is not shown: what is hidden
leaks neither by a count nor by a suggestion.
"""

import functools
import re
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import attrs
from sqlalchemy import BigInteger, Integer, Select, and_, bindparam, or_, select

from leuit.builtin.search import (
    MOST_QUERY,
    Query,
    full_text_first,
    parse,
    suggestion,
    token_query,
)
from leuit.work import View
from leuit_ecatalog.models import LISTING_TEXT, Attribute, Category

from .choices import ROW, Choice, Shape, choice_of, everything, met
from .domestic import domestic_figures
from .facets import Counts, count
from .separate import separate_question
from .wanted import Sort, Wanted

PAGE: Final = 24
_ABOVE_ALL: Final = 2**62
_PLACE = re.compile(r"(-?[0-9]{1,16})\.([0-9]{1,19})", re.ASCII)
_CARD: Final = (
    ROW.id,
    ROW.product_id,
    ROW.name,
    ROW.vendor_name,
    ROW.place_name,
    ROW.category,
    ROW.low,
    ROW.high,
    ROW.unit_code,
    ROW.origin,
    ROW.tkdn,
    ROW.local,
    ROW.scale,
    ROW.standard,
    ROW.frozen,
    ROW.picture,
    ROW.stamp,
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
    picture: UUID | None
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
    facets = _facets(view, leaves) if len(leaves) == 1 else ()
    keys = list(dict.fromkeys([one.key for one in facets] + [key for key, _v in wanted.attributes]))
    choice = choice_of(view, wanted, query, leaves, domestic_figures(view), keys)
    counts = count(view, choice, keys)
    cards, after = _page(view, wanted, query, choice, limit) if counts.total else ((), "")
    better = ""
    if not counts.total and query.terms:
        better = suggestion(view, LISTING_TEXT, query, choice.condition)
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
    query: Select[Any] = select(*_CARD).where(ROW.product_id.in_(ids), ROW.until > view.today)
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
    if not query.terms:
        return _sorted(view, wanted, choice, limit)
    with full_text_first(view.connection):
        if wanted.sort == "relevance":
            return _by_tiers(view, wanted.after, query, choice, limit)
        return _sorted(view, wanted, choice, limit)


def _by_tiers(
    view: View, after: str, query: Query, choice: Choice, limit: int
) -> tuple[tuple[Card, ...], str]:
    """All words in the name first, then as they stand anywhere, then their stems; newest first."""
    tiers = query.tiers()
    tier, last = _place(after)
    if not 0 <= tier < len(tiers):
        tier, last = 0, _ABOVE_ALL
    statement = _page_statement(choice.shape, "newest", goes_on=True)
    found: list[tuple[int, Card]] = []
    while tier < len(tiers) and len(found) <= limit:
        unwanted = tiers[tier - 1] if tier else ()
        asked = token_query(choice.shape.dialect, tiers[tier], unwanted)
        values = {"asked": asked, "last": last, "most_rows": limit + 1 - len(found)}
        met_here = view.connection.execute(statement, {**choice.values, **values})
        found += [(tier, Card(*row)) for row in met_here]
        tier, last = tier + 1, _ABOVE_ALL
    cards = tuple(card for _tier, card in found[:limit])
    return cards, f"{found[limit - 1][0]}.{cards[-1].number}" if len(found) > limit else ""


def _sorted(view: View, wanted: Wanted, choice: Choice, limit: int) -> tuple[tuple[Card, ...], str]:
    """By a value of the row, equal ones newest first."""
    sort: Sort = "newest" if wanted.sort == "relevance" else wanted.sort
    goes_on = knows_place(wanted.after)
    seen, last = _place(wanted.after)
    statement = _page_statement(choice.shape, sort, goes_on=goes_on)
    values = {"seen": seen, "last": last, "most_rows": limit + 1}
    rows = view.connection.execute(statement, {**choice.values, **values})
    cards = [Card(*row) for row in rows]
    if len(cards) <= limit:
        return tuple(cards), ""
    end = cards[limit - 1]
    value = {"cheapest": end.low, "dearest": end.low, "tkdn": end.local}.get(sort, 0)
    return tuple(cards[:limit]), f"{value}.{end.number}"


@functools.lru_cache(maxsize=512)
def _page_statement(shape: Shape, sort: Sort, *, goes_on: bool) -> Select[Any]:
    """Cards in an order, from behind the product `last`, whose value was `seen`."""
    rows, number = met(shape, _CARD)
    rows = rows.where(everything(shape))
    last, seen = bindparam("last", type_=BigInteger()), bindparam("seen", type_=BigInteger())
    value: Any = {"cheapest": ROW.low, "dearest": ROW.low, "tkdn": ROW.local}.get(sort)
    ascending = sort == "cheapest"
    if value is None:
        rows = rows.where(number < last) if goes_on else rows
    else:
        if goes_on:
            on = value > seen if ascending else value < seen
            rows = rows.where(or_(on, and_(value == seen, number < last)))
        rows = rows.order_by(value if ascending else value.desc())
    return rows.order_by(number.desc()).limit(bindparam("most_rows", type_=Integer()))


def _place(after: str) -> tuple[int, int]:
    found = _PLACE.fullmatch(after)
    if found is None:
        return 0, _ABOVE_ALL
    return int(found[1]), min(int(found[2]), _ABOVE_ALL)
