"""The products that fit one need: chosen by the officer, judged by the preference."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Select, delete, select

from leuit.values import InvalidInputError, NotFoundError, _
from leuit.work import View, Work
from leuit_ecatalog.models import Comparison, Product, PurchaseLine, Variant, Vendor
from leuit_ecatalog.models.products import SHOWN
from leuit_ecatalog.rules.buying_rules import BuyingRules
from leuit_ecatalog.rules.preference import Offer, Preference, preferred

from .quoting import Quote, offer_of

MOST_COMPARED = 20
MOST_FOUND = 30


@attrs.frozen
class Compared:
    """A product beside the one that is bought: what it costs at least, and how it is judged.

    `excluded` is the code of the reason why it may not be bought, empty where it may.
    """

    product_id: UUID
    name: str
    vendor: str
    price: int
    offer: Offer
    bought: bool
    excluded: str


@attrs.frozen
class LineJudgement:
    """What the preference says over one line; `allowed` is whether what is bought is allowed.

    `uncompared` says that nothing was set beside it although its category has other products: then
    only what reaches the sum of the first step is bought without a word.
    """

    line_id: UUID
    preference: Preference
    compared: tuple[Compared, ...]
    allowed: bool
    uncompared: bool

    @property
    def needs_reason(self) -> bool:
        """Whether the officer has to say why."""
        return self.preference.needs_reason or not self.allowed or self.uncompared

    @property
    def best_price(self) -> int:
        """The lowest price of what may be bought, of the bought one where nothing may."""
        prices = [one.price for one in self.compared if not one.excluded or one.bought]
        return min(prices)


def judge(
    view: View, lines: Sequence[PurchaseLine], found: Mapping[UUID, Quote], rules: BuyingRules
) -> list[LineJudgement]:
    """The judgement of every line by the figures of an edition."""
    chosen = _chosen(view, [line.id for line in lines])
    ids = {one for group in chosen.values() for one in group} | {one.product_id for one in lines}
    others = _products(view, ids)
    return [
        _judged(
            line,
            found,
            chosen.get(line.id, []),
            others,
            rules,
            alone=line.id not in chosen and _has_others(view, found[line.variant_id]),
        )
        for line in lines
    ]


def found_products(
    view: View, line: PurchaseLine, text: str, limit: int = MOST_FOUND
) -> list[tuple[Product, str, int]]:
    """Products of the same category that are shown: product, vendor's name, least price."""
    own = view.session.get_one(Product, line.product_id)
    query = _priced().where(
        Product.category_id == own.category_id,
        Product.state == SHOWN,
        Product.id != own.id,
    )
    for word in text.split()[:8]:
        query = query.where(Product.name.icontains(word, autoescape=True))
    best: dict[UUID, tuple[Product, str, int]] = {}
    for product, vendor, price in view.session.execute(query.limit(limit * 4)):
        known = best.get(product.id)
        if known is None or price < known[2]:
            best[product.id] = (product, vendor, price)
    return sorted(best.values(), key=lambda one: (one[2], str(one[0].id)))[:limit]


def compared_with(view: View, line_id: UUID) -> list[UUID]:
    """The products that were chosen beside the one of the line."""
    return _chosen(view, [line_id]).get(line_id, [])


def choose_compared(work: Work, line: PurchaseLine, chosen: Collection[UUID]) -> None:
    """Compare a line with just these; each must be a shown product of the same category."""
    if len(chosen) > MOST_COMPARED:
        raise InvalidInputError(_("Paling banyak %(most)s pembanding."), most=MOST_COMPARED)
    own = work.session.get_one(Product, line.product_id)
    query = select(Product.id).where(
        Product.id.in_(chosen),
        Product.category_id == own.category_id,
        Product.id != own.id,
        Product.state == SHOWN,
    )
    fit = set(work.session.scalars(query))
    if fit != set(chosen):
        raise NotFoundError(
            _("Salah satu pembanding tidak tayang lagi."), advice=_("Pilih lagi pembandingnya.")
        )
    work.session.execute(delete(Comparison).where(Comparison.line_id == line.id))
    work.session.add_all(Comparison(line_id=line.id, product_id=one) for one in sorted(fit))
    work.session.flush()


def _judged(
    line: PurchaseLine,
    found: Mapping[UUID, Quote],
    chosen: Sequence[UUID],
    others: Mapping[UUID, tuple[Product, str, int, Offer]],
    rules: BuyingRules,
    *,
    alone: bool,
) -> LineJudgement:
    own = found[line.variant_id]
    offers = [own.offer, *(others[one][3] for one in chosen if one in others)]
    judged = preferred(offers, line.quantity, rules)
    excluded = dict(judged.excluded)
    rows = []
    for offer in offers:
        product_id = UUID(offer.key)
        bought = product_id == line.product_id
        known = others.get(product_id)
        rows.append(
            Compared(
                product_id,
                own.name if bought or known is None else known[0].name,
                known[1] if known else "",
                own.price if bought or known is None else known[2],
                offer,
                bought,
                excluded.get(offer.key, ""),
            )
        )
    return LineJudgement(
        line.id,
        judged,
        tuple(rows),
        own.offer.key in judged.allowed,
        uncompared=alone and judged.step != 1,
    )


def _has_others(view: View, own: Quote) -> bool:
    """Whether the category has other products that are shown."""
    query = select(Product.id).where(
        Product.category_id == own.category_id,
        Product.state == SHOWN,
        Product.id != own.product_id,
    )
    return view.session.execute(query.limit(1)).first() is not None


def _chosen(view: View, lines: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    query = (
        select(Comparison.line_id, Comparison.product_id)
        .join(Product, Product.id == Comparison.product_id)
        .where(Comparison.line_id.in_(lines), Product.state == SHOWN)
        .order_by(Comparison.product_id)
    )
    chosen: dict[UUID, list[UUID]] = {}
    for row in view.connection.execute(query):
        chosen.setdefault(row.line_id, []).append(row.product_id)
    return chosen


def _products(view: View, ids: Collection[UUID]) -> dict[UUID, tuple[Product, str, int, Offer]]:
    """Product, vendor's name, least price and offer by id; the offer has the largest stock of any
    variant, as a need is met by one of them.
    """
    stock: dict[UUID, int | None] = {}
    best: dict[UUID, tuple[Product, str, int]] = {}
    query = _priced(Variant.stock).where(Product.id.in_(ids))
    for product, vendor, price, there in view.session.execute(query):
        known = best.get(product.id)
        before = stock.get(product.id, 0)
        stock[product.id] = None if there is None or before is None else max(before, there)
        if known is None or price < known[2]:
            best[product.id] = (product, vendor, price)
    return {key: (*one, offer_of(one[0], stock[key], view.today)) for key, one in best.items()}


def _priced(*more: Any) -> Select[Any]:
    return (
        select(Product, Vendor.name, Variant.price, *more)
        .join(Variant, Variant.product_id == Product.id)
        .join(Vendor, Vendor.id == Product.vendor_id)
        .where(~Variant.gone)
        .order_by(Variant.price, Product.id)
    )
