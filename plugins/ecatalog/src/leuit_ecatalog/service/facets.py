"""Facets: how many products each choice would leave.

The counts of a facet ignore what is chosen in it, as its values are alternatives, and heed all the
rest. One statement answers for all of them: each product that is met gets the set of facets that it
misses, as bits; it counts in all facets when it misses none, and in one when it misses that alone.
"""

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    bindparam,
    case,
    func,
    literal_column,
    select,
    union_all,
)

from leuit.builtin.search import full_text_first
from leuit.work import View
from leuit_ecatalog.models import ListingValue
from leuit_ecatalog.rules.domestic import BANDS

from .choices import (
    BAND,
    CATEGORY,
    DISTRICT,
    ROW,
    SCALE,
    VALUE,
    VALUES,
    Choice,
    Condition,
    Shape,
    always,
    band_bits,
    facet_condition,
    met,
)

TOTAL = "t"


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


def count(view: View, choice: Choice, keys: Sequence[str]) -> Counts:
    """The counts of a question; `keys` are those attributes of which the choice counts values."""
    statement = _statement(choice.shape)
    if choice.shape.has_words:
        with full_text_first(view.connection):
            rows = view.connection.execute(statement, choice.values).all()
    else:
        rows = view.connection.execute(statement, choice.values).all()
    return _counts(rows, keys)


@functools.lru_cache(maxsize=512)
def _statement(shape: Shape) -> CompoundSelect[Any]:
    """Rows of a facet's sign, a value, and how many products have it."""
    bits = {sign: 1 << place for place, sign in enumerate(shape.signs)}
    missed = _missed(bits)
    columns = [ROW.id, ROW.category, ROW.district, ROW.scale]
    found, _order = met(shape, [*columns, band_bits().label("band"), missed.label("missed")])
    found = found.where(always(shape))
    if bits:
        found = found.where(missed.in_([_number(0), *map(_number, bits.values())]))
    hit = found.cte("hit").prefix_with("MATERIALIZED")

    def among(sign: str) -> Condition:
        own = [_number(bits[sign])] if sign in bits else []
        return hit.c.missed.in_([_number(0), *own])

    def grouped(sign: str, column: ColumnElement[Any]) -> Select[Any]:
        return select(_word(sign), column, func.count()).where(among(sign)).group_by(column)

    parts: list[Any] = [
        grouped(CATEGORY, hit.c.category),
        grouped(DISTRICT, hit.c.district),
        grouped(SCALE, hit.c.scale),
    ]
    parts += [
        select(_word(BAND), _word(band), func.count()).where(
            among(BAND), hit.c.band.op("&")(_number(1 << place)) != _number(0)
        )
        for place, band in enumerate(BANDS)
    ]
    parts.append(select(_word(TOTAL), _word(""), func.count()).where(hit.c.missed == _number(0)))
    parts += [
        select(_word(f"{VALUE}{place}"), VALUES.value, func.count())
        .select_from(hit)
        .join(ListingValue, VALUES.listing_id == hit.c.id)
        .where(VALUES.key == bindparam(f"counted{place}", type_=String()), among(own))
        .group_by(VALUES.value)
        for place, own in enumerate(shape.counted)
    ]
    return union_all(*parts)


def _missed(bits: Mapping[str, int]) -> ColumnElement[int]:
    """The set of chosen facets that a product does not meet."""
    found = _number(0)
    for sign, bit in bits.items():
        found = found + case((facet_condition(sign), _number(0)), else_=_number(bit))
    return found


def _number(value: int) -> ColumnElement[int]:
    """A number that is a part of the shape."""
    return literal_column(str(value))


def _word(value: str) -> ColumnElement[str]:
    """A sign that is a part of the shape: letters and digits of ours."""
    return literal_column(f"'{value}'", String())


def _counts(rows: Sequence[Any], keys: Sequence[str]) -> Counts:
    total = 0
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for facet, value, number in rows:
        if facet == TOTAL:
            total = number
        elif number:
            found[facet][value] = number
    return Counts(
        total=total,
        categories=found[CATEGORY],
        districts=found[DISTRICT],
        scales=found[SCALE],
        bands=found[BAND],
        attributes={
            key: found[f"{VALUE}{place}"]
            for place, key in enumerate(keys)
            if found[f"{VALUE}{place}"]
        },
    )
