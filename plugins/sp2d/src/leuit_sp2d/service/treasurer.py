"""What a treasurer still has to do with money that was paid: taxes not passed on, floats in hand.

Both are of the units for which the reader renders accounts, each in one statement.
"""

import datetime as dt
from typing import Any, get_args
from uuid import UUID

import attrs
from sqlalchemy import Select, case, func, or_, select

from leuit.builtin.regulations import edition
from leuit.identity import Unit
from leuit.work import View
from leuit_sp2d.models import Deduction, Lpj, Payment
from leuit_sp2d.permissions import REQUEST
from leuit_sp2d.rules.chain import PAID
from leuit_sp2d.rules.tax_codes import last_day_of_billing
from leuit_sp2d.rules.taxes import TaxCode

from .float import DROPPED
from .regulation import RULES
from .tax_edition import TAXES


@attrs.frozen
class UnpaidTax:
    """A tax of a paid payment without NTPN; `ends` is the last day of its ID billing, if known.

    `soon` within the days of warning before it, `over` after it.
    """

    id: UUID
    payment_id: UUID
    unit: str
    purpose: str
    title: str
    amount: int
    billing_id: str
    ends: dt.date | None
    soon: bool
    over: bool


@attrs.frozen
class UnpaidTaxes:
    """The most urgent ones, and how many there are with their sum in rupiah.

    Where there is none, `paid` and `taxed` say whether any payment was paid, and any with taxes.
    """

    shown: tuple[UnpaidTax, ...]
    count: int
    total: int
    paid: bool = True
    taxed: bool = True


@attrs.frozen
class HeldFloat:
    """The float of a unit this year in rupiah: what was given, and what LPJs say was spent of it.

    `spent` holds every LPJ that no GU has refilled, a draft too.
    """

    unit: str
    given: int
    spent: int

    @property
    def rest(self) -> int:
        """What should lie with the treasurer."""
        return self.given - self.spent


def unpaid_taxes(view: View, limit: int) -> UnpaidTaxes:
    """Taxes without NTPN: the ID billing that ends first, then those without one, oldest first."""
    mine = (Payment.unit_id.in_(view.units(REQUEST)), Payment.state == PAID)
    rows = view.connection.execute(
        select(
            Deduction.id,
            Deduction.payment_id,
            Unit.short,
            Payment.purpose,
            Deduction.title,
            Deduction.amount,
            Deduction.billing_id,
            Deduction.billing_date,
            func.count().over().label("many"),
            func.sum(Deduction.amount).over().label("total"),
        )
        .join(Payment, Payment.id == Deduction.payment_id)
        .join(Unit, Unit.id == Payment.unit_id)
        .where(*mine, Deduction.ntpn == "", _IS_TAX)
        .order_by(
            Deduction.billing_date.is_(None),
            Deduction.billing_date,
            Payment.since,
            Deduction.place,
        )
        .limit(limit)
    ).all()
    if not rows:
        paid = select(Payment.id).where(*mine)
        taxed = paid.join(Deduction, Deduction.payment_id == Payment.id).where(_IS_TAX)
        return UnpaidTaxes((), 0, 0, paid=_any(view, paid), taxed=_any(view, taxed))
    days, warning = _days(view)
    shown = []
    for row in rows:
        ends = last_day_of_billing(row.billing_date, days) if row.billing_date and days else None
        over = ends is not None and ends < view.today
        soon = ends is not None and view.today <= ends <= view.today + warning
        shown.append(UnpaidTax(*row[:7], ends, soon, over))
    return UnpaidTaxes(tuple(shown), int(rows[0].many), int(rows[0].total))


def held_floats(view: View) -> list[HeldFloat]:
    """The floats that were paid this year, by the name of the unit."""
    year, units = view.today.year, view.units(REQUEST)
    given = (
        select(
            Payment.unit_id,
            func.sum(case((Payment.kind == "UP", Payment.gross), else_=0)).label("given"),
            func.sum(case((Payment.kind == "GU", Payment.gross), else_=0)).label("refilled"),
        )
        .where(
            Payment.unit_id.in_(units),
            Payment.year == year,
            Payment.kind.in_(("UP", "GU")),
            Payment.state == PAID,
        )
        .group_by(Payment.unit_id)
        .subquery()
    )
    told = (
        select(Lpj.unit_id, func.sum(Lpj.total).label("told"))
        .where(Lpj.unit_id.in_(units), Lpj.year == year, Lpj.state != DROPPED)
        .group_by(Lpj.unit_id)
        .subquery()
    )
    rows = view.connection.execute(
        select(Unit.name, given.c.given, given.c.refilled, func.coalesce(told.c.told, 0))
        .join(given, given.c.unit_id == Unit.id)
        .outerjoin(told, told.c.unit_id == Unit.id)
        .order_by(Unit.name)
    )
    return [HeldFloat(row[0], int(row[1]), int(row[3]) - int(row[2])) for row in rows]


_IS_TAX = or_(Deduction.code.in_(get_args(TaxCode)), Deduction.kap_kjs != "")


def _any(view: View, found: Select[Any]) -> bool:
    return view.connection.execute(found.limit(1)).first() is not None


def _days(view: View) -> tuple[int, dt.timedelta]:
    """How long an ID billing can be paid, 0 where no edition says so, and when warning begins."""
    taxes, rules = edition(view, TAXES, view.today), edition(view, RULES, view.today)
    days = taxes.figures.billing_days if taxes else 0
    return days, dt.timedelta(days=rules.figures.warn_days if rules else 0)
