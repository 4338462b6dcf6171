"""The catalogue: a box to search in, facets, cards; comparing what was picked. For everybody."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import attrs

from leuit.values import _, format_rupiah
from leuit.web import RateLimit, Request, Response, page
from leuit.work import View
from leuit_ecatalog.answering import answer_found
from leuit_ecatalog.permissions import BUY
from leuit_ecatalog.rules.units import unit_label
from leuit_ecatalog.service.finding import Card, cards_of, find
from leuit_ecatalog.service.public_products import (
    MOST_COMPARED,
    PublicProduct,
    compared,
    districts,
)
from leuit_ecatalog.service.wanted import Wanted, read_wanted

from .comparison import rows_of
from .facet_lists import Facet, category_names, facets_of
from .shown import SORTS, chips_of

ADDRESS = "/ecatalog"
SEARCHES = RateLimit(600, dt.timedelta(minutes=5))
"""Pages of results for one network: an office shares one, a machine that copies all is slowed."""


@attrs.frozen
class Removal:
    """A value that was chosen, and the address of the page without it."""

    label: str
    path: str


def show_catalogue(request: Request) -> Response:
    """Results of a question, or everything; the address says all of it."""
    SEARCHES.count(request)
    pairs = request.query.multi_items()
    wanted = read_wanted(pairs, after=request.query.get("after", ""))
    with request.read() as view:
        found = find(view, wanted)
        facets = facets_of(view, wanted, found)
        names = category_names(view)
    kept = [(name, value) for name, value in pairs if value.strip() and name != "after"]
    context: dict[str, Any] = {
        "wanted": wanted,
        "found": found,
        "facets": facets,
        "tops": [(code, name) for code, name in names.items() if "." not in code],
        "is_browsing": not wanted.text and not wanted.narrowed and not wanted.after,
        "removals": _removals(wanted, facets, names, kept),
        "sorts": SORTS,
        "better": _address(_with(kept, q=found.better)),
        "unfiltered": _address([("q", wanted.text)] if wanted.text else []),
        "following": _address([*kept, ("after", found.after)]) if found.after else "",
        "first": _address(kept),
        "chips_of": chips_of,
        "unit_label": unit_label,
        "most_compared": MOST_COMPARED,
        "may_buy": request.may(BUY),
    }
    return answer_found(request, lambda: page(request, "ecatalog/catalogue.html", **context))


def show_comparison(request: Request) -> Response:
    """Up to four products side by side, with what differs marked; others like them to add."""
    SEARCHES.count(request)
    ids = _ids(request.query.getlist("p"))
    district = request.query.get("kecamatan", "")
    with request.read() as view:
        products = compared(view, ids, district)
        shown = [one.id for one in products]
        others = _others(view, products) if products else []
        context: dict[str, Any] = {
            "products": products,
            "rows": rows_of(products),
            "cards": {card.product_id: card for card in cards_of(view, shown)},
            "districts": districts(view),
            "district": district,
            "others": others if len(products) < MOST_COMPARED else [],
            "most": MOST_COMPARED,
        }

    def with_ids(chosen: Iterable[UUID]) -> str:
        pairs = [("p", str(one)) for one in chosen]
        return f"{ADDRESS}/compare?{urlencode([*pairs, *_district(district)])}"

    context["without"] = {one: with_ids(each for each in shown if each != one) for one in shown}
    context["added"] = {card.product_id: with_ids([*shown, card.product_id]) for card in others}
    return answer_found(request, lambda: page(request, "ecatalog/comparison.html", **context))


def _others(view: View, products: list[PublicProduct]) -> list[Card]:
    """Products of the category of the first one that are not there yet."""
    shown = {one.id for one in products}
    found = find(view, Wanted(categories=(products[0].category,)), limit=12)
    return [card for card in found.cards if card.product_id not in shown][:6]


def _ids(given: Iterable[str]) -> list[UUID]:
    found = []
    for text in given:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _district(code: str) -> list[tuple[str, str]]:
    return [("kecamatan", code)] if code else []


def _removals(
    wanted: Wanted, facets: list[Facet], names: dict[str, str], kept: list[tuple[str, str]]
) -> list[Removal]:
    """Every value that is chosen, also one that no facet shows."""
    labels = {(facet.name, one.value): one.label for facet in facets for one in facet.values}
    chosen = [("kategori", one) for one in wanted.categories]
    chosen += [("pdn", one) for one in wanted.bands]
    chosen += [("kecamatan", one) for one in wanted.districts]
    chosen += [("penyedia", one) for one in wanted.scales]
    chosen += [(f"a.{key}", one) for key, values in wanted.attributes for one in values]
    made = [
        Removal(
            labels.get(one) or names.get(one[1]) or one[1],
            _address([pair for pair in kept if (pair[0], pair[1].strip()) != one]),
        )
        for one in chosen
    ]
    for name, bound, word in (
        ("dari", wanted.price_from, _("mulai %s")),
        ("sampai", wanted.price_to, _("sampai %s")),
    ):
        if bound is not None:
            rest = [pair for pair in kept if pair[0] != name]
            made.append(Removal(word % format_rupiah(bound), _address(rest)))
    return made


def _with(kept: list[tuple[str, str]], **changed: str) -> list[tuple[str, str]]:
    return [pair for pair in kept if pair[0] not in changed] + list(changed.items())


def _address(pairs: list[tuple[str, str]]) -> str:
    return f"{ADDRESS}?{urlencode(pairs)}" if pairs else ADDRESS
