"""JSON of the catalogue for everybody: results, one product, and how a question may go on."""

import datetime as dt
from typing import Annotated
from uuid import UUID

import attrs
import msgspec

from leuit.web import RateLimit, Request, Response, json_answer, wrong_cursor
from leuit_ecatalog.answering import answer_found, answer_public
from leuit_ecatalog.models import UNKNOWN
from leuit_ecatalog.service.completing import complete
from leuit_ecatalog.service.finding import Card, find, knows_place
from leuit_ecatalog.service.public_products import PublicProduct, public_product, stamp_of
from leuit_ecatalog.service.wanted import SCALES, Sort, read_wanted

QUESTIONS = RateLimit(1_200, dt.timedelta(minutes=5))
"""Calls of one network, suggestions included, which come with every letter."""

MOST = 100


@attrs.frozen
class FoundProduct:
    """A product as a list has it; prices in whole rupiah without PPN, percentages in hundredths."""

    id: UUID
    name: str
    vendor: str
    district: str
    category: str
    price_from: int
    price_to: int
    unit: str
    origin: str
    tkdn: int | None
    tkdn_bmp: int | None
    scale: str
    frozen: bool


@attrs.frozen
class FacetCounts:
    """How many products each value would leave, by what is asked with; categories by their codes of
    level 3. A facet's own choice is not heeded in it.
    """

    kategori: dict[str, int]
    kecamatan: dict[str, int]
    penyedia: dict[str, int]
    pdn: dict[str, int]
    atribut: dict[str, dict[str, int]]


@attrs.frozen
class FoundProducts:
    """A page of results; `next_cursor` is empty at the end, `suggestion` a better question."""

    items: tuple[FoundProduct, ...]
    total: int
    facets: FacetCounts
    next_cursor: str
    suggestion: str


@attrs.frozen
class FindQuery:
    """What is looked for. Values of one facet are parted by commas: any of them may hold.

    `atribut` has `key:value` parted by semicolons; values of one key are alternatives.
    """

    q: Annotated[str, msgspec.Meta(max_length=200)] = ""
    kategori: Annotated[str, msgspec.Meta(max_length=400)] = ""
    kecamatan: Annotated[str, msgspec.Meta(max_length=400)] = ""
    penyedia: Annotated[str, msgspec.Meta(max_length=40)] = ""
    pdn: Annotated[str, msgspec.Meta(max_length=40)] = ""
    atribut: Annotated[str, msgspec.Meta(max_length=600)] = ""
    dari: Annotated[int, msgspec.Meta(ge=0, le=10**15)] = 0
    sampai: Annotated[int, msgspec.Meta(ge=0, le=10**15)] = 10**15
    sort: Sort = "relevance"
    cursor: Annotated[str, msgspec.Meta(max_length=40)] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=MOST)] = 24


@attrs.frozen
class OneQuery:
    """The kecamatan, by its code, whose prices are wanted."""

    kecamatan: Annotated[str, msgspec.Meta(max_length=13)] = ""


@attrs.frozen
class SuggestQuery:
    """What has been typed so far."""

    q: Annotated[str, msgspec.Meta(max_length=200)] = ""


@attrs.frozen
class Suggestions:
    """Questions that begin so and find something, the likeliest first."""

    suggestions: tuple[str, ...]


@attrs.frozen
class ShownVariant:
    """A form in which a product is sold; `stock` None is made to order."""

    name: str
    price: int
    stock: int | None
    attributes: dict[str, str]


@attrs.frozen
class ShownProduct:
    """One product as everybody sees it; nothing in it is of a person."""

    id: UUID
    version: int
    name: str
    brand: str
    description: str
    frozen: bool
    unit: str
    category: str
    category_path: tuple[str, ...]
    vendor: str
    vendor_district: str
    vendor_scale: str
    origin: str
    country: str
    tkdn: int | None
    bmp: int | None
    sni: str
    halal: str
    kbki: str
    least_order: int
    attributes: dict[str, str]
    variants: tuple[ShownVariant, ...]
    shipping_fee: int | None
    shipping_days: int | None
    pictures: tuple[str, ...]


def list_products(request: Request) -> Response:
    """Products of a question with the counts of all facets."""
    QUESTIONS.count(request)
    query = request.decode_query(FindQuery)
    if query.cursor and not knows_place(query.cursor):
        raise wrong_cursor()
    pairs = [("q", query.q), ("sort", query.sort)]
    for name in ("kategori", "kecamatan", "penyedia", "pdn"):
        pairs += [(name, one) for one in getattr(query, name).split(",")]
    for one in query.atribut.split(";"):
        key, _colon, value = one.partition(":")
        if value:
            pairs.append((f"a.{key.strip()}", value))
    wanted = attrs.evolve(
        read_wanted(pairs, after=query.cursor),
        price_from=query.dari or None,
        price_to=query.sampai if query.sampai < 10**15 else None,
    )
    with request.read() as view:
        found = find(view, wanted, limit=query.limit)
    counts = found.counts
    answer = FoundProducts(
        items=tuple(_item(card) for card in found.cards),
        total=counts.total,
        facets=FacetCounts(
            dict(counts.categories),
            dict(counts.districts),
            {
                name: number
                for name, members in SCALES.items()
                if (number := sum(counts.scales.get(one, 0) for one in members))
            },
            dict(counts.bands),
            {key: dict(values) for key, values in counts.attributes.items()},
        ),
        next_cursor=found.after,
        suggestion=found.better,
    )
    return answer_found(request, lambda: json_answer(answer))


def show_product(request: Request) -> Response:
    """One product that is shown; 404 for any other."""
    QUESTIONS.count(request)
    product_id = request.params["product_id"]
    district = request.decode_query(OneQuery).kecamatan
    with request.read() as view:
        stamp = stamp_of(view, product_id)

    def made() -> Response:
        with request.read() as view:
            return json_answer(_whole(public_product(view, product_id, district)))

    return answer_public(request, f"json:{product_id}:{stamp}:{district}", made)


def suggest(request: Request) -> Response:
    """How a question may go on."""
    QUESTIONS.count(request)
    text = request.decode_query(SuggestQuery).q
    with request.read() as view:
        found = Suggestions(tuple(complete(view, text)))
    return answer_found(request, lambda: json_answer(found))


def _item(card: Card) -> FoundProduct:
    return FoundProduct(
        id=card.product_id,
        name=card.name,
        vendor=card.vendor_name,
        district=card.place_name,
        category=card.category,
        price_from=card.low,
        price_to=card.high,
        unit=card.unit_code,
        origin=card.origin,
        tkdn=None if card.tkdn == UNKNOWN else card.tkdn,
        tkdn_bmp=None if card.local == UNKNOWN else card.local,
        scale=card.scale,
        frozen=card.frozen,
    )


def _whole(product: PublicProduct) -> ShownProduct:
    def number(paper: object) -> str:
        return getattr(paper, "number", "") if getattr(paper, "holds", False) else ""

    return ShownProduct(
        id=product.id,
        version=product.stamp,
        name=product.name,
        brand=product.brand,
        description=product.description,
        frozen=product.frozen,
        unit=product.unit_code,
        category=product.category,
        category_path=tuple(name for _code, name in product.path),
        vendor=product.vendor,
        vendor_district=product.vendor_place,
        vendor_scale=product.vendor_scale,
        origin=product.origin,
        country=product.country,
        tkdn=product.tkdn,
        bmp=product.bmp,
        sni=number(product.sni),
        halal=number(product.halal),
        kbki=product.kbki,
        least_order=product.least_order,
        attributes=dict(product.attributes),
        variants=tuple(
            ShownVariant(one.name, one.price, one.stock, dict(one.attributes))
            for one in product.variants
        ),
        shipping_fee=product.shipping.fee if product.shipping else None,
        shipping_days=product.shipping.days if product.shipping else None,
        pictures=tuple(f"/ecatalog/pictures/{one.id}/large" for one in product.images),
    )
