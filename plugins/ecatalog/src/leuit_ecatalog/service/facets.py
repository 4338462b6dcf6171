"""Facets: what may be chosen, and how many products each choice would leave.

The counts of a facet ignore what is chosen in it, as its values are alternatives, and heed all the
rest. One statement answers for all of them: each product that is met gets the set of facets that it
misses, as bits; it counts in all facets when it misses none, and in one when it misses that alone.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs
from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)

from leuit.builtin.search import Query, full_text_first, matching
from leuit.work import View
from leuit_ecatalog.models import LISTING_TEXT, UNKNOWN, Listing, ListingValue
from leuit_ecatalog.models.products import IMPORTED as FOREIGN
from leuit_ecatalog.rules.local_content import (
    BANDS,
    CERTIFICATE,
    IMPORTED,
    SUM,
    UNCERTIFIED,
    LocalContent,
)

from .wanted import SCALES, Wanted

CATEGORY, DISTRICT, SCALE, BAND, VALUE, TOTAL = "c", "d", "s", "b", "v", "t"
_ROW: Final = Listing.__table__.c
_VALUES: Final = ListingValue.__table__.c
Condition = ColumnElement[bool]


@attrs.frozen
class Counts:
    """How many products are met in all, and by the values of each facet: level-3 codes, kecamatan,
    scales of vendors, bands; attributes by their keys.
    """

    total: int = 0
    categories: Mapping[str, int] = attrs.field(factory=dict)
    districts: Mapping[str, int] = attrs.field(factory=dict)
    scales: Mapping[str, int] = attrs.field(factory=dict)
    bands: Mapping[str, int] = attrs.field(factory=dict)
    attributes: Mapping[str, Mapping[str, int]] = attrs.field(factory=dict)


@attrs.frozen
class Choice:
    """What holds for every product that is met, and the condition of each facet in which something
    is chosen, by the facet's sign (an attribute's is `v` and its key).
    """

    always: Condition
    facets: Mapping[str, Condition]

    @property
    def all(self) -> Condition:
        """Everything at once."""
        return and_(self.always, *self.facets.values())


def choice_of(
    view: View, wanted: Wanted, leaves: Sequence[str], figures: LocalContent | None
) -> Choice:
    """The conditions of a question. `leaves` are the codes of level 3 below the chosen categories;
    a band whose figures are not in force is of no product.
    """
    always = [_ROW.until > view.today]
    if wanted.price_from is not None:
        always.append(_ROW.low >= wanted.price_from)
    if wanted.price_to is not None:
        always.append(_ROW.low <= wanted.price_to)
    facets: dict[str, Condition] = {}
    if wanted.categories:
        facets[CATEGORY] = _ROW.category.in_(leaves)
    if wanted.districts:
        facets[DISTRICT] = _ROW.district.in_(wanted.districts)
    if wanted.scales:
        facets[SCALE] = _ROW.scale.in_([one for name in wanted.scales for one in SCALES[name]])
    if wanted.bands:
        held = _bands(figures)
        facets[BAND] = or_(false(), *(held[one] for one in wanted.bands if one in held))
    for key, values in wanted.attributes:
        facets[VALUE + key] = exists(
            select(literal_column("1"))
            .select_from(ListingValue)
            .where(_VALUES.listing_id == _ROW.id, _VALUES.key == key, _VALUES.value.in_(values))
        )
    return Choice(and_(*always), facets)


def count(
    view: View, query: Query, choice: Choice, keys: Sequence[str], figures: LocalContent | None
) -> Counts:
    """The counts of a question; `keys` are the attributes of which values are counted."""
    signs = {sign: 1 << place for place, sign in enumerate(choice.facets)}
    missed = _missed(choice, signs)
    columns = [
        _ROW.id,
        _ROW.category,
        _ROW.district,
        _ROW.scale,
        _band_bits(figures).label("band"),
        missed.label("missed"),
    ]
    met = _met(view, query, columns).where(choice.always)
    if signs:
        met = met.where(missed.in_([0, *signs.values()]))
    hit = met.cte("hit").prefix_with("MATERIALIZED")

    def among(sign: str) -> Condition:
        return hit.c.missed.in_([0, signs[sign]]) if sign in signs else hit.c.missed == 0

    def grouped(sign: str, column: Any) -> Select[Any]:
        return (
            select(literal(sign), literal(""), column, func.count())
            .where(among(sign))
            .group_by(column)
        )

    parts = [
        grouped(CATEGORY, hit.c.category),
        grouped(DISTRICT, hit.c.district),
        grouped(SCALE, hit.c.scale),
    ]
    parts += [
        select(literal(BAND), literal(""), literal(band), func.count()).where(
            among(BAND), hit.c.band.op("&")(1 << place) != 0
        )
        for place, band in enumerate(BANDS)
    ]
    parts.append(
        select(literal(TOTAL), literal(""), literal(""), func.count()).where(hit.c.missed == 0)
    )
    parts += [
        select(literal(VALUE), literal(key), _VALUES.value, func.count())
        .select_from(hit)
        .join(ListingValue, _VALUES.listing_id == hit.c.id)
        .where(_VALUES.key == key, among(VALUE + key))
        .group_by(_VALUES.value)
        for key in keys
    ]
    statement = union_all(*parts)
    if query.terms:
        with full_text_first(view.connection):
            rows = view.connection.execute(statement).all()
    else:
        rows = view.connection.execute(statement).all()
    return _counts(rows)


def _met(view: View, query: Query, columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    """Products that the words meet by their stems; all of them without words."""
    if not query.terms:
        return select(*columns)
    tiers = query.tiers()
    return matching(view.connection, LISTING_TEXT, tiers[-1], (), columns)[0]


def _missed(choice: Choice, signs: Mapping[str, int]) -> ColumnElement[int]:
    """The set of chosen facets that a product does not meet, as bits."""
    found: ColumnElement[int] = literal_column("0")
    for sign, condition in choice.facets.items():
        found = found + case((condition, 0), else_=signs[sign])
    return found


def _bands(figures: LocalContent | None) -> dict[str, Condition]:
    """What makes a product one of each band; those of figures need an edition."""
    held = {
        UNCERTIFIED: and_(_ROW.origin != FOREIGN, _ROW.tkdn == UNKNOWN),
        IMPORTED: _ROW.origin == FOREIGN,
    }
    if figures is not None:
        held[SUM] = _ROW.local >= figures.sum_from
        held[CERTIFICATE] = _ROW.tkdn >= figures.tkdn_from
    return held


def _band_bits(figures: LocalContent | None) -> ColumnElement[int]:
    found: ColumnElement[int] = literal_column("0")
    held = _bands(figures)
    for place, band in enumerate(BANDS):
        if band in held:
            found = found + case((held[band], 1 << place), else_=0)
    return found


def _counts(rows: Sequence[Any]) -> Counts:
    total = 0
    simple: dict[str, dict[str, int]] = defaultdict(dict)
    attributes: dict[str, dict[str, int]] = defaultdict(dict)
    for facet, key, value, number in rows:
        if facet == TOTAL:
            total = number
        elif facet == VALUE:
            attributes[key][value] = number
        elif number:
            simple[facet][value] = number
    return Counts(
        total=total,
        categories=simple[CATEGORY],
        districts=simple[DISTRICT],
        scales=simple[SCALE],
        bands=simple[BAND],
        attributes=attributes,
    )
