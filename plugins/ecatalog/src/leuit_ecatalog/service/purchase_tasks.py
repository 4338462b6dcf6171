"""What waits for buyers, for PPK and PA, and for vendors: one rule for the list and its count."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select

from leuit.work import View
from leuit_ecatalog.models import (
    Bill,
    Delivery,
    OrderDocument,
    OrderPayment,
    Purchase,
    PurchaseAct,
    PurchaseDuty,
    Vendor,
    VendorMember,
)
from leuit_ecatalog.models.orders import SENT, WAITING
from leuit_ecatalog.permissions import APPROVE, AUTHORISE, PAY, PREPARE
from leuit_ecatalog.rules.buying_rules import PA, PP, PPK
from leuit_ecatalog.rules.negotiation import BUYER, VENDOR
from leuit_ecatalog.rules.purchase_duties import TREASURER
from leuit_ecatalog.rules.purchase_states import (
    AGREED,
    AUTHORISING,
    BILLING,
    CANCELLED,
    CONFIRMING,
    DECLINED,
    DONE,
    DRAFT,
    HANDOVER,
    LAPSED,
    NEGOTIATING,
    ORDERING,
    PAID,
    PAYING,
    PROCESSING,
    REVIEW,
    STATES,
    STOPPED,
)

from .order_documents import SIGN_PORT
from .order_payments import MADE, PAID_BY_HAND, PAY_PORT

_ENDED = (DONE, DECLINED, STOPPED, CANCELLED, LAPSED)
_RUNNING = tuple(state for state in STATES if state not in (DRAFT, *_ENDED))
_FOR_VENDOR = (CONFIRMING, PROCESSING, BILLING)


@attrs.frozen
class Waiting:
    """A purchase that waits, or one on which something was done (`what`)."""

    id: UUID
    number: str
    need: str
    state: str
    vendor: str
    total: int
    since: dt.datetime
    due_at: dt.datetime | None
    what: str = ""


def my_turns(view: View, limit: int) -> list[Waiting]:
    """What waits for the reader, the earliest limit first."""
    return _listed(view, _mine(view), limit)


def count_my_turns(view: View) -> int:
    """How many there are."""
    return view.session.scalar(_count(_mine(view))) or 0


def their_turns(view: View, limit: int) -> list[Waiting]:
    """Purchases in which the reader has acted, and which wait for somebody else."""
    return _listed(view, _others(view), limit)


def count_their_turns(view: View) -> int:
    """How many there are."""
    return view.session.scalar(_count(_others(view))) or 0


def done_lately(view: View, limit: int) -> list[Waiting]:
    """What the reader did last."""
    query = (
        _columns(PurchaseAct.at, PurchaseAct.what)
        .join(PurchaseAct, PurchaseAct.purchase_id == Purchase.id)
        .where(
            PurchaseAct.person_id == view.identity.person_id,
            PurchaseAct.what.not_in(("drafted", "revised")),
        )
        .order_by(PurchaseAct.at.desc(), PurchaseAct.id.desc())
        .limit(limit)
    )
    return [_waiting(row) for row in view.connection.execute(query)]


def offers_to_answer(view: View, limit: int) -> list[Waiting]:
    """Offers that the vendor of the reader has to answer."""
    return _listed(view, _for_vendor(view, VENDOR), limit)


def count_offers_to_answer(view: View) -> int:
    """How many there are."""
    return view.session.scalar(_count(_for_vendor(view, VENDOR))) or 0


def offers_answered(view: View, limit: int) -> list[Waiting]:
    """Offers of the vendor of the reader that wait for the buyer."""
    return _listed(view, _for_vendor(view, BUYER), limit)


def count_offers_answered(view: View) -> int:
    """How many there are."""
    return view.session.scalar(_count(_for_vendor(view, BUYER))) or 0


def orders_to_do(view: View, limit: int) -> list[Waiting]:
    """Orders that wait for the vendor of the reader: to be taken, delivered or billed."""
    return _listed(view, _orders(view, waiting=True), limit)


def count_orders_to_do(view: View) -> int:
    """How many there are."""
    return view.session.scalar(_count(_orders(view, waiting=True))) or 0


def orders_elsewhere(view: View, limit: int) -> list[Waiting]:
    """Orders of the vendor of the reader that wait for somebody else."""
    return _listed(view, _orders(view, waiting=False), limit)


def count_orders_elsewhere(view: View) -> int:
    """How many there are."""
    return view.session.scalar(_count(_orders(view, waiting=False))) or 0


def offers_done(view: View, limit: int) -> list[Waiting]:
    """What the reader did last for his vendor."""
    query = (
        _columns(PurchaseAct.at, PurchaseAct.what)
        .join(PurchaseAct, PurchaseAct.purchase_id == Purchase.id)
        .where(
            PurchaseAct.account_id == view.identity.account_id,
            Purchase.vendor_id.in_(_own_vendors(view)),
        )
        .order_by(PurchaseAct.at.desc(), PurchaseAct.id.desc())
        .limit(limit)
    )
    return [_waiting(row) for row in view.connection.execute(query)]


def _mine(view: View) -> ColumnElement[bool]:
    person_id = view.identity.person_id
    if person_id is None:
        return Purchase.id.is_(None)
    prepares, approves = view.units(PREPARE), view.units(APPROVE)
    authorises = view.units(AUTHORISE)
    buyer = and_(Purchase.state == NEGOTIATING, Purchase.turn == BUYER)
    drafted = and_(Purchase.state == DRAFT, _acted(person_id, PP, PPK))
    return or_(
        drafted,
        and_(
            buyer,
            Purchase.official == PP,
            Purchase.unit_id.in_(prepares),
            ~_acted_otherwise(person_id, PP),
        ),
        and_(
            or_(
                and_(buyer, Purchase.official == PPK),
                Purchase.state.in_((AGREED, REVIEW, PAID)),
                and_(Purchase.state.in_((ORDERING, HANDOVER)), ~_signing(view)),
                and_(Purchase.state == PROCESSING, _coming()),
            ),
            Purchase.unit_id.in_(approves),
            ~_acted_otherwise(person_id, PPK),
        ),
        and_(
            Purchase.state == AUTHORISING,
            Purchase.unit_id.in_(authorises),
            ~_acted_otherwise(person_id, PA),
        ),
        and_(
            Purchase.state == PAYING,
            Purchase.unit_id.in_(view.units(PAY)),
            or_(_billed(), _by_hand(view)),
            ~_acted_otherwise(person_id, TREASURER),
        ),
    )


def _others(view: View) -> ColumnElement[bool]:
    person_id = view.identity.person_id
    if person_id is None:
        return Purchase.id.is_(None)
    waits = Purchase.state.in_(_RUNNING)
    return and_(waits, _acted(person_id, PP, PPK, PA, TREASURER), ~_mine(view))


def _signing(view: View) -> ColumnElement[bool]:
    """Whether its document waits for a signature elsewhere, where somebody signs."""
    if not view.app.has_port(SIGN_PORT):
        return false()
    return exists().where(
        OrderDocument.purchase_id == Purchase.id,
        OrderDocument.state == WAITING,
    )


def _coming() -> ColumnElement[bool]:
    return exists().where(Delivery.purchase_id == Purchase.id, Delivery.state == SENT)


def _billed() -> ColumnElement[bool]:
    return exists().where(Bill.purchase_id == Purchase.id, Bill.state == SENT)


def _by_hand(view: View) -> ColumnElement[bool]:
    """Whether its payment is to be written down, as `order_payments.by_hand_is_open` says."""
    of_it = exists().where(OrderPayment.purchase_id == Purchase.id)
    if view.app.has_port(PAY_PORT):
        return of_it.where(OrderPayment.state.in_(PAID_BY_HAND))
    return of_it.where(OrderPayment.state != MADE)


def _acted(person_id: UUID, *roles: str) -> ColumnElement[bool]:
    return exists().where(
        PurchaseDuty.purchase_id == Purchase.id,
        PurchaseDuty.person_id == person_id,
        PurchaseDuty.role.in_(roles),
    )


def _acted_otherwise(person_id: UUID, role: str) -> ColumnElement[bool]:
    return exists().where(
        PurchaseDuty.purchase_id == Purchase.id,
        PurchaseDuty.person_id == person_id,
        PurchaseDuty.role != role,
    )


def _for_vendor(view: View, turn: str) -> ColumnElement[bool]:
    return and_(
        Purchase.state == NEGOTIATING,
        Purchase.turn == turn,
        Purchase.vendor_id.in_(_own_vendors(view)),
    )


def _orders(view: View, *, waiting: bool) -> ColumnElement[bool]:
    states = _FOR_VENDOR if waiting else (HANDOVER, PAYING, PAID)
    return and_(Purchase.state.in_(states), Purchase.vendor_id.in_(_own_vendors(view)))


def _own_vendors(view: View) -> Select[UUID]:
    return select(VendorMember.vendor_id).where(
        VendorMember.account_id == view.identity.account_id, VendorMember.until.is_(None)
    )


def _count(condition: ColumnElement[bool]) -> Select[int]:
    return select(func.count()).select_from(Purchase).where(condition)


def _columns(since: Any = Purchase.since, *more: Any) -> Select[Any]:
    return select(
        Purchase.id,
        Purchase.number,
        Purchase.need,
        Purchase.state,
        Vendor.name,
        Purchase.goods + Purchase.shipping + Purchase.tax,
        since,
        Purchase.due_at,
        *more,
    ).join(Vendor, Vendor.id == Purchase.vendor_id)


def _listed(view: View, condition: ColumnElement[bool], limit: int) -> list[Waiting]:
    query = (
        _columns()
        .where(condition)
        .order_by(Purchase.due_at.is_(None), Purchase.due_at, Purchase.since, Purchase.id)
        .limit(limit)
    )
    return [_waiting(row) for row in view.connection.execute(query)]


def _waiting(row: Sequence[Any]) -> Waiting:
    return Waiting(row[0], row[1] or "", *row[2:])
