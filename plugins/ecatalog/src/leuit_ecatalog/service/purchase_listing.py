"""Purchases of the units that one may read, narrowed and counted, and those of a vendor."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Select, func, or_, select

from leuit.identity import Unit
from leuit.work import View
from leuit_ecatalog.models import Purchase, RupPackage, Vendor
from leuit_ecatalog.permissions import READ_PURCHASES
from leuit_ecatalog.rules.purchase_states import DRAFT, NEGOTIATING

from .membership import own_vendor
from .orders import has_order

_BATCH = 500


@attrs.frozen
class PurchaseFilter:
    """What a list of purchases is narrowed to."""

    state: str = ""
    unit_id: UUID | None = None
    rup_id: str = ""
    vendor_id: UUID | None = None
    text: str = ""


@attrs.frozen
class PurchaseRow:
    """A purchase in a list."""

    id: UUID
    number: str
    need: str
    state: str
    turn: str
    unit: str
    vendor: str
    rup_id: str
    method: str
    goods: int
    shipping: int
    tax: int
    since: dt.datetime
    due_at: dt.datetime | None

    @property
    def total(self) -> int:
        """What is paid, 0 for a draft that was never sent."""
        return self.goods + self.shipping + self.tax


def purchases(view: View, wanted: PurchaseFilter, start: int, limit: int) -> list[PurchaseRow]:
    """A page of purchases, those that moved last first."""
    query = _narrowed(view, _rows(), wanted).order_by(Purchase.since.desc(), Purchase.id.desc())
    return [_row(row) for row in view.connection.execute(query.offset(start).limit(limit))]


def count_purchases(view: View, wanted: PurchaseFilter) -> int:
    """How many there are."""
    query = _narrowed(view, select(func.count()).select_from(_joined()), wanted)
    total: int = view.connection.execute(query).scalar_one()
    return total


def all_purchases(view: View, wanted: PurchaseFilter) -> Iterator[PurchaseRow]:
    """Every one of them in the order of their numbers, for a file; drafts come last."""
    query = _narrowed(view, _rows(), wanted).order_by(
        Purchase.number.is_(None), Purchase.number, Purchase.id
    )
    result = view.connection.execute(query)
    while rows := result.fetchmany(_BATCH):
        yield from (_row(row) for row in rows)


def vendors_of(view: View) -> Sequence[Any]:
    """Vendors of purchases that the asker may read, by name."""
    query = (
        select(Vendor.id, Vendor.name)
        .where(
            Vendor.id.in_(
                select(Purchase.vendor_id).where(Purchase.unit_id.in_(view.units(READ_PURCHASES)))
            )
        )
        .order_by(Vendor.name)
        .limit(_BATCH)
    )
    return view.connection.execute(query).all()


def units_of(view: View) -> Sequence[Any]:
    """Units that have purchases or packages which the asker may read, by name."""
    query = (
        select(Unit.id, Unit.name)
        .where(Unit.id.in_(view.units(READ_PURCHASES)), Unit.id.in_(select(RupPackage.unit_id)))
        .order_by(Unit.name)
    )
    return view.connection.execute(query).all()


def offers(view: View, start: int, limit: int) -> list[PurchaseRow]:
    """What the asker's own vendor was offered, what waits for it first."""
    vendor = own_vendor(view)
    query = (
        _rows()
        .where(Purchase.vendor_id == vendor.id, Purchase.state != DRAFT)
        .order_by(Purchase.state != NEGOTIATING, Purchase.since.desc(), Purchase.id.desc())
    )
    return [_row(row) for row in view.connection.execute(query.offset(start).limit(limit))]


def count_offers(view: View) -> int:
    """How many there are."""
    vendor = own_vendor(view)
    query = (
        select(func.count())
        .select_from(Purchase)
        .where(Purchase.vendor_id == vendor.id, Purchase.state != DRAFT)
    )
    return view.session.scalar(query) or 0


def orders(view: View, waiting: Sequence[str], start: int, limit: int) -> list[PurchaseRow]:
    """Orders of the asker's own vendor, those in a `waiting` state first."""
    vendor = own_vendor(view)
    query = (
        _rows()
        .where(Purchase.vendor_id == vendor.id, has_order())
        .order_by(Purchase.state.not_in(waiting), Purchase.since.desc(), Purchase.id.desc())
    )
    return [_row(row) for row in view.connection.execute(query.offset(start).limit(limit))]


def count_orders(view: View) -> int:
    """How many there are."""
    vendor = own_vendor(view)
    query = (
        select(func.count())
        .select_from(Purchase)
        .where(Purchase.vendor_id == vendor.id, has_order())
    )
    return view.session.scalar(query) or 0


def _joined() -> Any:
    return (
        Purchase.__table__.join(RupPackage.__table__, RupPackage.id == Purchase.rup_id)
        .join(Vendor.__table__, Vendor.id == Purchase.vendor_id)
        .join(Unit.__table__, Unit.id == Purchase.unit_id)
    )


def _rows() -> Any:
    return select(
        Purchase.id,
        Purchase.number,
        Purchase.need,
        Purchase.state,
        Purchase.turn,
        Unit.name,
        Vendor.name,
        RupPackage.rup_id,
        Purchase.method,
        Purchase.goods,
        Purchase.shipping,
        Purchase.tax,
        Purchase.since,
        Purchase.due_at,
    ).select_from(_joined())


def _row(row: Any) -> PurchaseRow:
    return PurchaseRow(row[0], row[1] or "", *row[2:])


def _narrowed(view: View, query: Select[Any], wanted: PurchaseFilter) -> Select[Any]:
    query = query.where(Purchase.unit_id.in_(view.units(READ_PURCHASES)))
    if wanted.state:
        query = query.where(Purchase.state == wanted.state)
    if wanted.unit_id:
        query = query.where(Purchase.unit_id == wanted.unit_id)
    if wanted.vendor_id:
        query = query.where(Purchase.vendor_id == wanted.vendor_id)
    if wanted.rup_id:
        query = query.where(RupPackage.rup_id == wanted.rup_id)
    if wanted.text:
        query = query.where(
            or_(
                Purchase.number.icontains(wanted.text, autoescape=True),
                Purchase.need.icontains(wanted.text, autoescape=True),
            )
        )
    return query
