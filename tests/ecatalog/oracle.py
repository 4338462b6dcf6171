"""Finding as the domain text says it, without any engine: every product is looked at in turn.

Words are cut at everything that is no letter and no digit, and between letters and digits; all of
them must be there, as they stand or by their stem. In the name they count most, then anywhere as
they stand, then by stems; newer ones first. A facet's counts heed every choice but its own.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Any

import attrs
import snowballstemmer

from leuit_ecatalog.service.wanted import Wanted

STOP = frozenset(
    ("yang", "dan", "di", "ke", "dari", "untuk", "pada", "dengan", "atau", "dalam", "oleh")
)
STEMMER = snowballstemmer.stemmer("indonesian")
SMALL = ("mikro", "kecil", "koperasi")


@attrs.frozen
class Item:
    """A product as the test knows it; `order` grows with when it was shown."""

    name: str
    description: str
    category: str
    district: str
    scale: str
    origin: str
    tkdn: int | None
    bmp: int | None
    price: int
    order: int
    state: str
    attributes: dict[str, str] = attrs.field(factory=dict)
    path: str = ""
    vendor: str = "X"

    @property
    def is_shown(self) -> bool:
        return self.state in ("tayang", "dibekukan")


def cut(text: str) -> list[str]:
    """The words of a text."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(one for one in folded if not unicodedata.combining(one))
    return re.findall(r"[^\W\d_]+|\d+", unicodedata.normalize("NFKC", kept))


def asked(text: str) -> list[str]:
    """The words of a question that tell something."""
    words = list(dict.fromkeys(cut(text[:200])))
    telling = [one for one in words if one not in STOP]
    return (telling or words)[:12]


def stems(words: list[str]) -> set[str]:
    """Stems of those that are words."""
    return {STEMMER.stemWord(one) for one in words if one.isalpha()}


def tier(item: Item, words: list[str]) -> int | None:
    """How well a product meets all the words: 0 best, None not at all."""
    name = cut(item.name)
    said = name + cut(f"{item.description} {item.path} {item.vendor}")
    for value in item.attributes.values():
        said += cut(value)
    if set(words) <= set(name):
        return 0
    if set(words) <= set(said):
        return 1
    by_stem = stems(said)
    ok = all(STEMMER.stemWord(one) in by_stem if one.isalpha() else one in said for one in words)
    return 2 if ok else None


def meets(item: Item, wanted: Wanted, but: str = "") -> bool:
    """Whether a product meets all choices, or all but those of one facet."""
    held: dict[str, bool] = {
        "c": not wanted.categories
        or any(
            item.category == one or item.category.startswith(one + ".") for one in wanted.categories
        ),
        "d": not wanted.districts or item.district in wanted.districts,
        "s": not wanted.scales or any(in_scale(item, one) for one in wanted.scales),
        "b": not wanted.bands or bool(set(bands(item)) & set(wanted.bands)),
    }
    for key, values in wanted.attributes:
        held[f"v{key}"] = item.attributes.get(key) in values
    priced = (wanted.price_from is None or item.price >= wanted.price_from) and (
        wanted.price_to is None or item.price <= wanted.price_to
    )
    return item.is_shown and priced and all(ok for sign, ok in held.items() if sign != but)


def in_scale(item: Item, name: str) -> bool:
    """Whether the vendor is one of a group of scales."""
    return item.scale in SMALL if name == "umkk" else item.scale == name


def bands(item: Item) -> list[str]:
    """In which ways a product is domestic, with 40 and 25 percent."""
    found = []
    if item.tkdn is not None and item.tkdn + (item.bmp or 0) >= 4_000:
        found.append("jumlah")
    if item.tkdn is not None and item.tkdn >= 2_500:
        found.append("tkdn")
    if item.origin != "impor" and item.tkdn is None:
        found.append("tanpa")
    if item.origin == "impor":
        found.append("impor")
    return found


def answer(items: list[Item], wanted: Wanted) -> dict[str, Any]:
    """Names in their order, and all counts."""
    words = asked(wanted.text)
    tiers = {id(one): 0 if not words else tier(one, words) for one in items}
    met = [one for one in items if tiers[id(one)] is not None]
    found = [one for one in met if meets(one, wanted)]
    keys: dict[str, Callable[[Item], tuple[Any, ...]]] = {
        "relevance": lambda one: (tiers[id(one)], -one.order),
        "newest": lambda one: (-one.order,),
        "cheapest": lambda one: (one.price, -one.order),
        "dearest": lambda one: (-one.price, -one.order),
        "tkdn": lambda one: (
            -(-1 if one.tkdn is None else one.tkdn + (one.bmp or 0)),
            -one.order,
        ),
    }
    found.sort(key=keys[wanted.sort])
    return {
        "orders": [one.order for one in found],
        "total": len(found),
        "categories": dict(Counter(one.category for one in met if meets(one, wanted, "c"))),
        "districts": dict(Counter(one.district for one in met if meets(one, wanted, "d"))),
        "scales": dict(Counter(one.scale for one in met if meets(one, wanted, "s"))),
        "bands": dict(
            Counter(band for one in met if meets(one, wanted, "b") for band in bands(one))
        ),
    }
