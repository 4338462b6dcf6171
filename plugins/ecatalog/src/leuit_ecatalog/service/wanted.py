"""What somebody looks for in the catalogue: words, facets, prices, an order, and where to go on."""

from typing import Final, Literal, get_args

import attrs

from leuit_ecatalog.models.categories import CODE, KEY
from leuit_ecatalog.rules.domestic import BANDS

Sort = Literal["relevance", "cheapest", "dearest", "newest", "tkdn"]
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)
SMALL: Final = "umkk"
SCALES: Final = {
    SMALL: ("mikro", "kecil", "koperasi"),
    "menengah": ("menengah",),
    "besar": ("besar",),
}
"""What buyers choose by, with the scales of vendors that it stands for (Pasal 65)."""

MOST_CHOSEN: Final = 40
"""Values of one facet that are read; more than anybody chooses by hand."""

DEAREST: Final = 10**15
_MOST_KEYS = 8


@attrs.frozen
class Wanted:
    """A question. Nothing in it is ever an error: what cannot be is of no product.

    Values of one facet are alternatives; of different facets, and of different attributes, all must
    hold. `categories` are codes of any level. `after` is where the page before ended.
    """

    text: str = ""
    categories: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    scales: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    price_from: int | None = None
    price_to: int | None = None
    sort: Sort = "relevance"
    after: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything is chosen beside words."""
        return self.chosen > 0

    @property
    def chosen(self) -> int:
        """How many values are chosen."""
        facets = (self.categories, self.districts, self.scales, self.bands)
        prices = (self.price_from, self.price_to)
        return (
            sum(len(one) for one in facets)
            + sum(len(values) for _key, values in self.attributes)
            + sum(one is not None for one in prices)
        )


def read_wanted(pairs: list[tuple[str, str]], *, after: str = "") -> Wanted:
    """A question out of the names and values of an address; what is not understood is left out."""
    found: dict[str, list[str]] = {}
    attributes: dict[str, list[str]] = {}
    for name, value in pairs:
        given = value.replace("\x00", "").strip()
        if not given:
            continue
        if name.startswith("a."):
            key = name[2:][:KEY]
            if key in attributes or len(attributes) < _MOST_KEYS:
                attributes.setdefault(key, []).append(given[:120])
        else:
            found.setdefault(name, []).append(given)

    def several(name: str, most: int, known: tuple[str, ...] | None = None) -> tuple[str, ...]:
        values = dict.fromkeys(one[:most] for one in found.get(name, ()))
        return tuple(one for one in values if known is None or one in known)[:MOST_CHOSEN]

    sort = found.get("sort", [""])[-1]
    return Wanted(
        text=" ".join(found.get("q", [""])[-1][:200].split()),
        categories=several("kategori", CODE),
        districts=several("kecamatan", 13),
        scales=several("penyedia", 10, tuple(SCALES)),
        bands=several("pdn", 10, BANDS),
        attributes=tuple(
            (key, tuple(dict.fromkeys(values))[:MOST_CHOSEN]) for key, values in attributes.items()
        ),
        price_from=_rupiah(found.get("dari", [""])[-1]),
        price_to=_rupiah(found.get("sampai", [""])[-1]),
        sort=next((one for one in SORTS if one == sort), "relevance"),
        after=after,
    )


def _rupiah(text: str) -> int | None:
    """A price as people type it, `1.450.000` or `Rp1450000`; None for anything else."""
    digits = text.lower().removeprefix("rp").replace(".", "").strip()
    if digits.isascii() and digits.isdigit() and len(digits) <= 16:
        return min(int(digits), DEAREST)
    return None
