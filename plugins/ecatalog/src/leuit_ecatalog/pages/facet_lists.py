"""The facets of the page: values with counts, each with what it is called; chosen ones always."""

import functools
from collections.abc import Iterable, Mapping
from typing import Final

import attrs
from sqlalchemy import select

from leuit.values import _
from leuit.work import View
from leuit_ecatalog.models import Attribute, Category
from leuit_ecatalog.models.categories import NUMBER
from leuit_ecatalog.service.domestic import domestic_figures
from leuit_ecatalog.service.finding import Found
from leuit_ecatalog.service.public_products import districts, shown_value
from leuit_ecatalog.service.wanted import SCALES, Wanted

from .shown import SCALE_WORDS, band_words

AT_ONCE: Final = 8
"""Values that are seen at once; the rest opens."""


@attrs.frozen
class FacetValue:
    """A value that may be chosen: how many products it would leave, and how deep it stands."""

    value: str
    label: str
    number: int
    chosen: bool
    depth: int = 0


@attrs.frozen
class Facet:
    """A facet: `name` is that of its parameter; chosen values come first where there are many."""

    name: str
    title: str
    values: tuple[FacetValue, ...]

    @property
    def first(self) -> tuple[FacetValue, ...]:
        return self.values[:AT_ONCE]

    @property
    def rest(self) -> tuple[FacetValue, ...]:
        return self.values[AT_ONCE:]

    @property
    def chosen(self) -> tuple[FacetValue, ...]:
        return tuple(one for one in self.values if one.chosen)


def facets_of(view: View, wanted: Wanted, found: Found) -> list[Facet]:
    """Every facet that has a value to choose."""
    counts = found.counts
    scales = {
        name: sum(counts.scales.get(one, 0) for one in members) for name, members in SCALES.items()
    }
    made = [
        Facet("kategori", _("Kategori"), _categories(view, wanted, counts.categories)),
        Facet(
            "pdn",
            _("Produk dalam negeri"),
            _kept(band_words(domestic_figures(view)), counts.bands, wanted.bands, by_number=False),
        ),
        Facet(
            "kecamatan",
            _("Lokasi penyedia"),
            _kept(dict(districts(view)), counts.districts, wanted.districts),
        ),
        Facet(
            "penyedia", _("Penyedia"), _kept(SCALE_WORDS, scales, wanted.scales, by_number=False)
        ),
        *_attributes(wanted, found),
    ]
    return [one for one in made if one.values]


def category_names(view: View) -> dict[str, str]:
    """The name of every category by its code."""
    query = select(Category.code, Category.name).order_by(Category.code)
    return {row.code: row.name for row in view.connection.execute(query)}


def _kept(
    words: Mapping[str, str],
    counts: Mapping[str, int],
    chosen: Iterable[str],
    *,
    by_number: bool = True,
) -> tuple[FacetValue, ...]:
    picked = set(chosen)
    found = [
        FacetValue(value, label, counts.get(value, 0), value in picked)
        for value, label in words.items()
        if counts.get(value) or value in picked
    ]
    if by_number:
        found.sort(key=lambda one: (not one.chosen, -one.number, one.label))
    return tuple(found)


def _categories(view: View, wanted: Wanted, counts: Mapping[str, int]) -> tuple[FacetValue, ...]:
    """Level 2, and below each that is chosen its level 3; level 1 where it is chosen itself."""
    names = category_names(view)
    numbers: dict[str, int] = {}
    for code, number in counts.items():
        parts = code.split(".")
        for level in range(1, len(parts) + 1):
            above = ".".join(parts[:level])
            numbers[above] = numbers.get(above, 0) + number
    picked = set(wanted.categories)
    open_ = {".".join(code.split(".")[:2]) for code in picked if "." in code}
    tops = [code for code in names if code in picked and "." not in code]
    second = [
        code
        for code in names
        if code.count(".") == 1 and (numbers.get(code) or code in picked or code in open_)
    ]
    second.sort(key=lambda code: (code not in open_, -numbers.get(code, 0), names[code]))
    shown: list[tuple[str, int]] = [(code, 0) for code in tops]
    for code in second:
        shown.append((code, 0))
        if code in open_:
            below = [
                one
                for one in names
                if one.startswith(f"{code}.") and (numbers.get(one) or one in picked)
            ]
            shown += [(one, 1) for one in below]
    return tuple(
        FacetValue(code, names[code], numbers.get(code, 0), code in picked, depth)
        for code, depth in shown
    )


def _attributes(wanted: Wanted, found: Found) -> list[Facet]:
    chosen = dict(wanted.attributes)
    made = []
    for one in found.facets:
        counts = found.counts.attributes.get(one.key, {})
        picked = chosen.get(one.key, ())
        values = [
            FacetValue(value, shown_value(one.type, value), counts.get(value, 0), value in picked)
            for value in dict.fromkeys([*counts, *picked])
        ]
        values.sort(key=functools.partial(_place_of, one))
        made.append(Facet(f"a.{one.key}", one.label, tuple(values)))
    return made


def _place_of(attribute: Attribute, value: FacetValue) -> tuple[float, str]:
    """Choices in their own order, numbers by size, anything else by name."""
    if attribute.type == NUMBER:
        try:
            return float(value.value.partition(" ")[0]), value.label
        except ValueError:
            return 0.0, value.label
    if value.value in attribute.choices:
        return float(attribute.choices.index(value.value)), value.label
    return float(len(attribute.choices)), value.label
