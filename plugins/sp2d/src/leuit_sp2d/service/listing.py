"""Lists of payments: filtered by what the reader may see, in SQL, newest first."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from leuit.builtin.checks import storable
from leuit.identity import Unit
from leuit.work import View
from leuit_sp2d.models import STANDING, Paper, Payment
from leuit_sp2d.permissions import READ
from leuit_sp2d.rules.numbers import WrongNumberError, parse_number, part_of_number


@attrs.frozen
class Filter:
    """What a list shows; empty parts do not narrow it. `text` is of purpose, payee or number;
    letters alone are not looked for in numbers.
    """

    year: int | None = None
    unit_id: UUID | None = None
    state: str = ""
    kind: str = ""
    text: str = ""


@attrs.frozen
class ListedPayment:
    """One payment of a list."""

    id: UUID
    purpose: str
    payee: str
    unit: str
    kind: str
    state: str
    gross: int
    since: dt.datetime
    due: dt.datetime | None
    round: int
    returned_by: str
    refused_by: str


def payments(
    view: View, wanted: Filter, offset: int, limit: int, *, before: UUID | None = None
) -> list[ListedPayment]:
    """One page of the payments that the reader may see; `before` is the last id seen."""
    query = _narrowed(
        select(
            Payment.id,
            Payment.purpose,
            Payment.payee,
            Unit.short,
            Payment.kind,
            Payment.state,
            Payment.gross,
            Payment.since,
            Payment.due,
            Payment.round,
            Payment.returned_by,
            Payment.refused_by,
        ).join(Unit, Unit.id == Payment.unit_id),
        view,
        wanted,
    )
    if before is not None:
        query = query.where(Payment.id < before)
    rows = view.connection.execute(query.order_by(Payment.id.desc()).offset(offset).limit(limit))
    return [ListedPayment(*row) for row in rows]


def count_payments(view: View, wanted: Filter) -> int:
    """How many there are."""
    query = _narrowed(select(func.count()).select_from(Payment), view, wanted)
    return int(view.connection.execute(query).scalar_one())


@attrs.frozen
class RegisterRow:
    """One SPP, SPM or SP2D of a register."""

    number: str
    dated: dt.date
    unit: str
    payee: str
    purpose: str
    amount: int
    net: int
    state: str
    void_reason: str
    payment_id: UUID
    year: int
    value: int


def register(
    view: View,
    kind: str,
    wanted: Filter,
    offset: int,
    limit: int,
    *,
    before: tuple[int, int] | None = None,
) -> Sequence[RegisterRow]:
    """One page of the register of SPP, SPM or SP2D in the order of numbers, voided ones too.

    `before` is year and value of the last number seen.
    """
    query = _registered(_REGISTER, view, kind, wanted)
    if before is not None:
        query = query.where(tuple_(Paper.year, Paper.value) < before)
    rows = view.connection.execute(
        query.order_by(Paper.year.desc(), Paper.value.desc()).offset(offset).limit(limit)
    )
    return [RegisterRow(*row) for row in rows]


def count_register(view: View, kind: str, wanted: Filter) -> tuple[int, int]:
    """How many documents there are, and the sum of those that hold."""
    held = func.sum(Paper.amount).filter(Paper.state == STANDING)
    counted = select(func.count(), func.coalesce(held, 0)).select_from(Paper)
    if wanted.text.strip():  # of its payment
        counted = counted.join(Payment, Payment.id == Paper.payment_id)
    row = view.connection.execute(_registered(counted, view, kind, wanted)).one()
    return int(row[0]), int(row[1])


def units_of(view: View) -> list[tuple[UUID, str]]:
    """The units that have payments which the reader may see, by name."""
    rows = view.connection.execute(
        select(Unit.id, Unit.name)
        .where(
            Unit.id.in_(view.units(READ)),
            select(Payment.id).where(Payment.unit_id == Unit.id).exists(),
        )
        .order_by(Unit.name)
    )
    return [(row.id, row.name) for row in rows]


_ANY_PAPER = aliased(Paper)
"""Any document of a payment, in a register too, which lists documents itself."""

_REGISTER: Any = (
    select(
        Paper.number,
        Paper.dated,
        Unit.short,
        Payment.payee,
        Payment.purpose,
        Paper.amount,
        Paper.net,
        Paper.state,
        Paper.void_reason,
        Paper.payment_id,
        Paper.year,
        Paper.value,
    )
    .join(Payment, Payment.id == Paper.payment_id)
    .join(Unit, Unit.id == Paper.unit_id)
)


def _registered(query: Any, view: View, kind: str, wanted: Filter) -> Any:
    query = query.where(Paper.kind == kind, Paper.unit_id.in_(view.units(READ)))
    if wanted.year is not None:
        query = query.where(Paper.year == wanted.year)
    if wanted.unit_id is not None:
        query = query.where(Paper.unit_id == wanted.unit_id)
    if wanted.state:
        query = query.where(Paper.state == wanted.state)
    return _searched(query, wanted)


def _narrowed(query: Any, view: View, wanted: Filter) -> Any:
    query = query.where(Payment.unit_id.in_(view.units(READ)))
    if wanted.year is not None:
        query = query.where(Payment.year == wanted.year)
    if wanted.unit_id is not None:
        query = query.where(Payment.unit_id == wanted.unit_id)
    if wanted.state:
        query = query.where(Payment.state == wanted.state)
    if wanted.kind:
        query = query.where(Payment.kind == wanted.kind)
    return _searched(query, wanted)


def _searched(query: Any, wanted: Filter) -> Any:
    text = _meant(wanted.text.strip())
    if not text:
        return query
    if not storable(text):
        return query.where(Payment.id.is_(None))
    pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    found: list[ColumnElement[bool]] = [
        Payment.purpose.ilike(pattern, escape="\\"),
        Payment.payee.ilike(pattern, escape="\\"),
    ]
    if (part := part_of_number(text)) is not None:  # else the papers need not be looked at
        numbered = _ANY_PAPER.number.like(f"%{part}%")
        found.append(
            select(_ANY_PAPER.id).where(_ANY_PAPER.payment_id == Payment.id, numbered).exists()
        )
    return query.where(or_(*found))


def _meant(text: str) -> str:
    """A number as elsewhere written, such as without its leading zeros, in the form of ours."""
    try:
        return str(parse_number(text))
    except WrongNumberError:
        return text
