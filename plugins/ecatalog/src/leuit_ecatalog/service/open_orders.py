"""Awarded orders as everybody may list them: who buys what of whom, for how much, and its state.

Nothing that a person typed is in it but the names of units, vendors and products.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Select, case, func, or_, select

from leuit.identity import Unit
from leuit.work import View
from leuit_ecatalog.models import Agreement, OrderDocument, Purchase, RupPackage, Vendor
from leuit_ecatalog.models.orders import ORDER
from leuit_ecatalog.rules.purchase_states import HOLDING

from .orders import COMPLETE

_BATCH = 500


@attrs.frozen
class OrderFilter:
    """What a list of orders is narrowed to."""

    text: str = ""
    year: int | None = None


@attrs.frozen
class OpenRow:
    """An order in a list; amounts in whole rupiah with tax, `signed_at` of its Surat Pesanan."""

    id: UUID
    number: str
    order_number: str
    state: str
    unit: str
    vendor_id: UUID
    vendor: str
    rup_id: str
    rup_name: str
    method: str
    total: int
    signed_at: dt.datetime


@attrs.frozen
class OpenOrderLine:
    """A line as it was agreed; `price` is for one without tax."""

    number: str
    name: str
    quantity: int
    unit: str
    price: int
    origin: str
    tkdn: int | None


def open_orders(view: View, wanted: OrderFilter, start: int, limit: int) -> list[OpenRow]:
    """A page of orders, the newest first."""
    query = (
        _narrowed(_rows(), wanted, view)
        .order_by(OrderDocument.signed_at.desc(), Purchase.id.desc())
        .offset(start)
        .limit(limit)
    )
    return [_row(row) for row in view.connection.execute(query)]


def count_open_orders(view: View, wanted: OrderFilter) -> tuple[int, int]:
    """How many there are, and what those that hold come to together: what lapsed, was declined or
    stopped with nothing accepted costs nothing.
    """
    held = case((Purchase.state.in_(HOLDING), _TOTAL), else_=0)
    columns: Any = select(func.count(), func.coalesce(func.sum(held), 0))
    query = _narrowed(columns.select_from(_joined()), wanted, view)
    count, total = view.connection.execute(query).one()
    return int(count), int(total)


def all_open_orders(view: View, wanted: OrderFilter) -> Iterator[OpenRow]:
    """Every one of them in the order of their numbers, for a file."""
    query = _narrowed(_rows(), wanted, view).order_by(Purchase.number)
    result = view.connection.execution_options(yield_per=_BATCH).execute(query)
    for row in result:
        yield _row(row)


def all_open_lines(view: View, wanted: OrderFilter) -> Iterator[OpenOrderLine]:
    """Every line of every order in the order of their numbers, for a file."""
    columns: Any = select(Purchase.number, Agreement.content)
    query = (
        _narrowed(
            columns.select_from(
                _joined().join(
                    Agreement.__table__,
                    (Agreement.purchase_id == Purchase.id)
                    & (Agreement.attempt == Purchase.attempt),
                )
            ),
            wanted,
            view,
        )
        .order_by(Purchase.number)
        .execution_options(yield_per=_BATCH)
    )
    for number, content in view.connection.execute(query):
        for line in content["lines"]:
            yield OpenOrderLine(
                number,
                f"{line['name']} ({line['variant']})" if line["variant"] else line["name"],
                line["quantity"],
                line["unit"],
                line["price"],
                line["origin"],
                line["tkdn"],
            )


_TOTAL = Purchase.goods + Purchase.shipping + Purchase.tax


def _joined() -> Any:
    return (
        Purchase.__table__.join(
            OrderDocument.__table__,
            (OrderDocument.purchase_id == Purchase.id)
            & (OrderDocument.kind == ORDER)
            & OrderDocument.state.in_(COMPLETE),
        )
        .join(RupPackage.__table__, RupPackage.id == Purchase.rup_id)
        .join(Vendor.__table__, Vendor.id == Purchase.vendor_id)
        .join(Unit.__table__, Unit.id == Purchase.unit_id)
    )


def _rows() -> Any:
    return select(
        Purchase.id,
        Purchase.number,
        OrderDocument.number,
        Purchase.state,
        Unit.name,
        Vendor.id,
        Vendor.name,
        RupPackage.rup_id,
        RupPackage.name,
        Purchase.method,
        _TOTAL,
        OrderDocument.signed_at,
    ).select_from(_joined())


def _row(row: Any) -> OpenRow:
    return OpenRow(*row)


def _narrowed(query: Select[Any], wanted: OrderFilter, view: View) -> Select[Any]:
    if wanted.year is not None:
        zone = view.app.zone
        first = dt.datetime(wanted.year, 1, 1, tzinfo=zone)
        query = query.where(
            OrderDocument.signed_at >= first,
            OrderDocument.signed_at < first.replace(year=wanted.year + 1),
        )
    if wanted.text:
        query = query.where(
            or_(
                *(
                    column.icontains(wanted.text, autoescape=True)
                    for column in (
                        Purchase.number,
                        OrderDocument.number,
                        Unit.name,
                        Vendor.name,
                        RupPackage.name,
                    )
                )
            )
        )
    return query
