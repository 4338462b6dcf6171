"""What was agreed: frozen as it was, its stock taken, the money held corrected to it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from leuit.values import ConflictError, _
from leuit.work import View, Work
from leuit_ecatalog.models import (
    Agreement,
    District,
    Product,
    Purchase,
    PurchaseLine,
    Variant,
    Vendor,
)
from leuit_ecatalog.models.products import SHOWN
from leuit_ecatalog.rules.order_totals import totals
from leuit_ecatalog.rules.purchase_states import HOLDING, RESERVING

from .buying_edition import buying_by_id
from .membership import may_sell
from .purchase_access import lines_of, quantities_of
from .rup import move_held
from .stock_held import give_stock_back, take_stock


class NoLongerSoldError(ConflictError):
    """The vendor may not take orders, or a product is not for sale any more."""

    code = "no_longer_sold"


def require_sold(view: View, purchase: Purchase, lines: Sequence[PurchaseLine]) -> None:
    """Raise NoLongerSoldError where vendor or products went meanwhile; what was agreed stays kept.

    A product that was frozen or taken down after the negotiation stops its order (section 4).
    """
    if not may_sell(view, purchase.vendor_id, view.today):
        raise NoLongerSoldError(
            _("Penyedia ini tidak dapat menerima pesanan sekarang."),
            advice=_("Batalkan, atau tunggu sampai sanksinya berakhir. Harga tetap tersimpan."),
        )
    query = (
        select(Product.name)
        .join(Variant, Variant.product_id == Product.id)
        .where(
            Variant.id.in_([one.variant_id for one in lines]),
            (Product.state != SHOWN) | Variant.gone,
        )
        .order_by(Product.name)
        .limit(1)
    )
    name = view.session.scalar(query)
    if name is not None:
        raise NoLongerSoldError(
            _("“%(name)s” tidak dijual lagi, jadi pesanan tidak dapat dilanjutkan."),
            advice=_("Batalkan atau kembalikan. Yang disepakati tetap tersimpan."),
            name=name,
        )


def agree(work: Work, purchase: Purchase, prices: Mapping[UUID, int], shipping: int) -> Agreement:
    """Freeze what was agreed in this attempt; `prices` by line.

    The purchase is held by the caller. Raises NoLongerSoldError, ShortStockError; OverPaguError
    where it would hold more of its package than there is.
    """
    lines = lines_of(work, purchase.id)
    require_sold(work, purchase, lines)
    rules = buying_by_id(work, purchase.edition_id)
    for line in lines:
        line.price = prices[line.id]
    sums = totals(
        ((one.quantity, one.price) for one in lines), shipping, rules, taxable=purchase.taxable
    )
    move_held(work, purchase.rup_id, sums.total - purchase.held)
    take_stock(work, quantities_of(lines))
    purchase.goods, purchase.shipping, purchase.tax = sums.goods, sums.shipping, sums.tax
    purchase.held = sums.total
    agreement = Agreement(
        purchase_id=purchase.id,
        attempt=purchase.attempt,
        goods=sums.goods,
        shipping=sums.shipping,
        tax=sums.tax,
        total=sums.total,
        content=_content(work, purchase, lines),
        at=work.now,
    )
    work.session.add(agreement)
    work.session.flush()
    return agreement


def let_go(work: Work, purchase: Purchase) -> None:
    """Give stock and money back that the purchase keeps; call it before its state changes."""
    if purchase.state in HOLDING:
        move_held(work, purchase.rup_id, -purchase.held)
        purchase.held = 0
    if purchase.state in RESERVING:
        give_stock_back(work, quantities_of(lines_of(work, purchase.id)))


def agreement_of(view: View, purchase: Purchase) -> Agreement | None:
    """What holds as agreed in the present attempt, if anything was."""
    return view.session.get(Agreement, (purchase.id, purchase.attempt))


def _content(work: Work, purchase: Purchase, lines: Sequence[PurchaseLine]) -> dict[str, Any]:
    vendor = work.session.get_one(Vendor, purchase.vendor_id)
    district = work.session.get(District, purchase.district) if purchase.district else None
    rows = work.session.execute(
        select(Variant, Product)
        .join(Product, Product.id == Variant.product_id)
        .where(Variant.id.in_([one.variant_id for one in lines]))
    ).all()
    found = {variant.id: (variant, product) for variant, product in rows}
    return {
        "vendor": {
            "name": vendor.name,
            "legal_form": vendor.legal_form,
            "scale": vendor.scale,
            "nib": vendor.nib,
            "npwp": vendor.npwp,
            "taxable": purchase.taxable,
            "address": vendor.address,
        },
        "delivery": {
            "district": purchase.district,
            "district_name": district.name if district else "",
            "address": purchase.address,
            "needed_by": purchase.needed_by.isoformat() if purchase.needed_by else "",
        },
        "lines": [_line(one, *found[one.variant_id]) for one in lines],
    }


def _line(line: PurchaseLine, variant: Variant, product: Product) -> dict[str, Any]:
    return {
        "line_id": str(line.id),
        "place": line.place,
        "product_id": str(product.id),
        "variant_id": str(variant.id),
        "name": product.name,
        "variant": variant.name,
        "brand": product.brand,
        "description": product.description,
        "attributes": {**product.attributes, **variant.attributes},
        "unit": product.unit_code,
        "quantity": line.quantity,
        "shown_price": line.shown_price,
        "price": line.price,
        "origin": product.origin,
        "country": product.country,
        "tkdn": product.tkdn,
        "bmp": product.bmp,
        "tkdn_number": product.tkdn_number,
        "kbki": product.kbki,
    }
