"""Lists of LPJs: those that the reader may see, and those that wait for him or for others."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, and_, func, or_, select

from leuit.identity import Unit
from leuit.work import View
from leuit_sp2d.models import Lpj, Payment, lpj_number
from leuit_sp2d.permissions import READ, REQUEST, VERIFY
from leuit_sp2d.rules.chain import CANCELLED, PAID

from .float import APPROVED, RETURNED, SUBMITTED
from .lpj import OPEN


@attrs.frozen
class ListedLpj:
    """One LPJ of a list; `refill_id` is the live payment that refills it, if there is one."""

    id: UUID
    unit: str
    value: int
    year: int
    purpose: str
    total: int
    state: str
    since: dt.datetime
    refill_id: UUID | None

    @property
    def number(self) -> str:
        """How people name it within its unit."""
        return lpj_number(self.value, self.year)


def lpjs(view: View, offset: int, limit: int, *, before: UUID | None = None) -> list[ListedLpj]:
    """LPJs that the reader may see, the newest first; `before` is the last id seen."""
    wanted: ColumnElement[bool] = Lpj.unit_id.in_(view.units(READ))
    if before is not None:
        wanted = and_(wanted, Lpj.id < before)
    return _listed(view, wanted, limit, offset, newest=True)


def count_lpjs(view: View) -> int:
    """How many there are."""
    return _count(view, Lpj.unit_id.in_(view.units(READ)))


def my_lpjs(view: View, limit: int) -> list[ListedLpj]:
    """What waits for the reader: his own that are not on their way, others' to approve."""
    return _listed(view, _mine(view), limit)


def count_my_lpjs(view: View) -> int:
    """How many there are."""
    return _count(view, _mine(view))


def their_lpjs(view: View, limit: int) -> list[ListedLpj]:
    """The reader's own that wait for approval."""
    return _listed(view, _others(view), limit)


def count_their_lpjs(view: View) -> int:
    """How many there are."""
    return _count(view, _others(view))


def decided_lpjs(view: View, limit: int) -> Sequence[Lpj]:
    """What the reader decided, the newest first."""
    return view.session.scalars(
        select(Lpj)
        .where(
            Lpj.decided_by == view.identity.person_id,
            Lpj.decided_by.is_not(None),
            Lpj.state.in_((APPROVED, RETURNED)),
        )
        .order_by(Lpj.decided_at.desc())
        .limit(limit)
    ).all()


def refill_of(view: View, lpj_id: UUID) -> UUID | None:
    """The live payment that refills an LPJ, if there is one."""
    return view.session.scalars(
        select(Payment.id).where(Payment.lpj_id == lpj_id, Payment.state != CANCELLED).limit(1)
    ).one_or_none()


def units_with_float(view: View) -> list[tuple[UUID, str]]:
    """The units whose float of this year was paid and for which the reader may render accounts."""
    rows = view.connection.execute(
        select(Unit.id, Unit.name)
        .join(Payment, Payment.unit_id == Unit.id)
        .where(
            Unit.id.in_(view.units(REQUEST)),
            Payment.kind == "UP",
            Payment.year == view.today.year,
            Payment.state == PAID,
        )
        .order_by(Unit.name)
    )
    return [(row.id, row.name) for row in rows]


def _listed(
    view: View, condition: ColumnElement[bool], limit: int, offset: int = 0, *, newest: bool = False
) -> list[ListedLpj]:
    refill = (
        select(Payment.id)
        .where(Payment.lpj_id == Lpj.id, Payment.state != CANCELLED)
        .limit(1)
        .scalar_subquery()
    )
    rows = view.connection.execute(
        select(
            Lpj.id,
            Unit.short,
            Lpj.value,
            Lpj.year,
            Lpj.purpose,
            Lpj.total,
            Lpj.state,
            Lpj.since,
            refill,
        )
        .join(Unit, Unit.id == Lpj.unit_id)
        .where(condition)
        .order_by(Lpj.id.desc() if newest else Lpj.since)
        .offset(offset)
        .limit(limit)
    )
    return [ListedLpj(*row) for row in rows]


def _count(view: View, condition: ColumnElement[bool]) -> int:
    counted = select(func.count()).select_from(Lpj).where(condition)
    return int(view.connection.execute(counted).scalar_one())


def _mine(view: View) -> ColumnElement[bool]:
    person = view.identity.person_id
    return or_(
        and_(Lpj.state.in_(OPEN), Lpj.created_by == person),
        and_(
            Lpj.state == SUBMITTED,
            Lpj.unit_id.in_(view.units(VERIFY)),
            Lpj.created_by != person,
        ),
    )


def _others(view: View) -> ColumnElement[bool]:
    return and_(Lpj.state == SUBMITTED, Lpj.created_by == view.identity.person_id)
