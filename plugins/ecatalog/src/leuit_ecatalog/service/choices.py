"""What is chosen, as conditions on the listing: made once for each shape of a question.

A shape is which facets and bounds are chosen, not what: that comes as values beside the statement.
So the statements of a page are built and compiled once, and asking costs what the engine takes.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    exists,
    literal_column,
    select,
)
from sqlalchemy import Date as DateType
from sqlalchemy.sql.visitors import replacement_traverse

from leuit.builtin.search import Query, matched_by, token_query
from leuit.work import View
from leuit_ecatalog.models import LISTING_TEXT, UNKNOWN, Listing, ListingValue
from leuit_ecatalog.models.products import IMPORTED as FOREIGN
from leuit_ecatalog.rules.domestic import (
    BANDS,
    CERTIFICATE,
    IMPORTED,
    SUM,
    UNCERTIFIED,
    DomesticFigures,
)

from .wanted import SCALES, Wanted

CATEGORY, DISTRICT, SCALE, BAND, VALUE = "c", "d", "s", "b", "v"
NEVER: Final = 32_767
"""More than any percentage in hundredths: of figures that are not in force."""

ROW: Final = Listing.__table__.c
VALUES: Final = ListingValue.__table__.c
Condition = ColumnElement[bool]


@attrs.frozen
class Shape:
    """What is asked for: `has_words`, bounds of the price, signs of facets in which something is
    chosen (`v0`, `v1`, … are attributes), and how many attributes have their values counted, each
    with the sign of its own choice, if any.
    """

    dialect: str
    has_words: bool
    has_least: bool
    has_most: bool
    signs: tuple[str, ...]
    counted: tuple[str, ...]


@attrs.frozen
class Choice:
    """The shape of a question with its values."""

    shape: Shape
    values: Mapping[str, Any]

    @property
    def condition(self) -> Condition:
        """Everything that is chosen, with its values in it."""

        def filled(element: Any, **_options: Any) -> Any:
            if isinstance(element, BindParameter) and element.key in self.values:
                value, several = self.values[element.key], element.expanding
                return bindparam(element.key, value, type_=element.type, expanding=several)
            return None

        found: Condition = replacement_traverse(everything(self.shape), {}, filled)
        return found


def choice_of(
    view: View,
    wanted: Wanted,
    query: Query,
    leaves: Sequence[str],
    figures: DomesticFigures | None,
    keys: Sequence[str],
) -> Choice:
    """The conditions of a question. `leaves` are the codes of level 3 below the chosen categories,
    `keys` the attributes of which values are counted; a band whose figures are not in force is of
    no product.
    """
    values: dict[str, Any] = {
        "today": view.today,
        "sum_from": NEVER if figures is None else figures.sum_from,
        "tkdn_from": NEVER if figures is None else figures.tkdn_from,
    }
    signs: list[str] = []
    if wanted.categories:
        signs.append(CATEGORY)
        values["categories"] = list(leaves)
    if wanted.districts:
        signs.append(DISTRICT)
        values["districts"] = list(wanted.districts)
    if wanted.scales:
        signs.append(SCALE)
        values["scales"] = [one for name in wanted.scales for one in SCALES[name]]
    if wanted.bands:
        signs.append(BAND)
        values["bands"] = sum(1 << BANDS.index(one) for one in wanted.bands)
    by_key = {}
    for place, (key, chosen) in enumerate(wanted.attributes):
        by_key[key] = f"{VALUE}{place}"
        signs.append(f"{VALUE}{place}")
        values[f"key{place}"] = key
        values[f"values{place}"] = list(chosen)
    for place, key in enumerate(keys):
        values[f"counted{place}"] = key
    if wanted.price_from is not None:
        values["least"] = wanted.price_from
    if wanted.price_to is not None:
        values["most"] = wanted.price_to
    shape = Shape(
        dialect=view.connection.dialect.name,
        has_words=bool(query.terms),
        has_least=wanted.price_from is not None,
        has_most=wanted.price_to is not None,
        signs=tuple(signs),
        counted=tuple(by_key.get(key, "") for key in keys),
    )
    if query.terms:
        values["asked"] = token_query(shape.dialect, query.tiers()[-1])
    return Choice(shape, values)


def met(
    shape: Shape, columns: Sequence[ColumnElement[Any]]
) -> tuple[Select[Any], ColumnElement[Any]]:
    """Products that meet the words `asked`, all without words; and the number to sort by."""
    if not shape.has_words:
        return select(*columns), ROW.id
    return matched_by(shape.dialect, LISTING_TEXT, bindparam("asked", type_=String()), columns)


def always(shape: Shape) -> Condition:
    """What holds for every product that is counted in any facet."""
    held = [ROW.until > bindparam("today", type_=DateType())]
    if shape.has_least:
        held.append(ROW.low >= bindparam("least"))
    if shape.has_most:
        held.append(ROW.low <= bindparam("most"))
    return and_(*held)


def facet_condition(sign: str) -> Condition:
    """What a product must hold for the choice in one facet."""
    if sign == CATEGORY:
        return ROW.category.in_(_several("categories"))
    if sign == DISTRICT:
        return ROW.district.in_(_several("districts"))
    if sign == SCALE:
        return ROW.scale.in_(_several("scales"))
    if sign == BAND:
        return band_bits().op("&")(bindparam("bands", type_=Integer())) != 0
    place = sign.removeprefix(VALUE)
    return exists(
        select(literal_column("1"))
        .select_from(ListingValue)
        .where(
            VALUES.listing_id == ROW.id,
            VALUES.key == bindparam(f"key{place}", type_=String()),
            VALUES.value.in_(_several(f"values{place}")),
        )
    )


def everything(shape: Shape) -> Condition:
    """All that is chosen, at once."""
    return and_(always(shape), *(facet_condition(sign) for sign in shape.signs))


def band_bits() -> ColumnElement[int]:
    """The set of bands of a product, as bits in the order of `BANDS`."""
    held = {
        SUM: ROW.local >= bindparam("sum_from", type_=Integer()),
        CERTIFICATE: ROW.tkdn >= bindparam("tkdn_from", type_=Integer()),
        UNCERTIFIED: and_(ROW.origin != FOREIGN, ROW.tkdn == UNKNOWN),
        IMPORTED: ROW.origin == FOREIGN,
    }
    found: ColumnElement[int] = literal_column("0")
    for place, band in enumerate(BANDS):
        found = found + case(
            (held[band], literal_column(str(1 << place))), else_=literal_column("0")
        )
    return found


def _several(name: str) -> BindParameter[Any]:
    return bindparam(name, expanding=True, type_=String())
