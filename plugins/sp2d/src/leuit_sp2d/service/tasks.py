"""What of payments waits: for the reader, for others because of him, and what he has done.

A step waits for everybody who holds its right on the payment's unit and has done no other step of
it; a payment that came back waits for its PPTK alone. An open claim waits for everybody who may
take it up and did not act on it before.
"""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, and_, func, or_, select

from leuit.work import View
from leuit_sp2d.models import OPEN, Act, ClaimActor, Duty, Payment, PaymentClaim
from leuit_sp2d.permissions import DRAFT as MAY_DRAFT
from leuit_sp2d.permissions import ISSUE
from leuit_sp2d.rules.chain import CANCELLED, DRAFT, PAID, RETUR, STEPS

from .acts import DONE, RETURNED


@attrs.frozen
class Waiting:
    """A payment that waits for a step."""

    id: UUID
    purpose: str
    payee: str
    gross: int
    state: str
    since: dt.datetime
    due: dt.datetime | None
    round: int
    net: int
    version: int


@attrs.frozen
class Decided:
    """What the reader did on a payment."""

    id: UUID
    purpose: str
    step: str
    what: str
    at: dt.datetime


@attrs.frozen
class WaitingClaim:
    """A claim that nobody has taken up yet."""

    id: UUID
    purpose: str
    payee: str
    amount: int
    since: dt.datetime
    due: dt.date | None


def open_claims(view: View, limit: int) -> list[WaitingClaim]:
    """The claims that the reader may take up: the earliest due first, then the oldest."""
    rows = view.connection.execute(
        select(
            PaymentClaim.id,
            PaymentClaim.purpose,
            PaymentClaim.payee,
            PaymentClaim.amount,
            PaymentClaim.at,
            PaymentClaim.due,
        )
        .where(_takeable(view))
        .order_by(PaymentClaim.due.is_(None), PaymentClaim.due, PaymentClaim.at)
        .limit(limit)
    )
    return [WaitingClaim(*row) for row in rows]


def count_open_claims(view: View) -> int:
    """How many there are."""
    counted: Any = select(func.count()).select_from(PaymentClaim).where(_takeable(view))
    return int(view.connection.execute(counted).scalar_one())


def my_turns(view: View, limit: int) -> list[Waiting]:
    """What waits for the reader: the earliest limit first, then what waits longest."""
    return _listed(view, _mine(view), limit)


def my_turns_at(view: View, step: str, limit: int) -> list[Waiting]:
    """As `my_turns`, of one step alone."""
    return _listed(view, and_(_mine(view), Payment.state == step), limit)


def count_my_turns(view: View) -> int:
    """How many payments wait for the reader."""
    return _count(view, _mine(view))


def their_turns(view: View, limit: int) -> list[Waiting]:
    """Payments on which the reader acted, and which wait for somebody else."""
    return _listed(view, _others(view), limit)


def count_their_turns(view: View) -> int:
    """How many there are."""
    return _count(view, _others(view))


def decided_lately(view: View, limit: int) -> list[Decided]:
    """What the reader did, the newest first."""
    rows = view.connection.execute(
        select(Payment.id, Payment.purpose, Act.step, Act.what, Act.at)
        .join(Act, Act.payment_id == Payment.id)
        .where(Act.person_id == view.identity.person_id, Act.what.in_((DONE, RETURNED)))
        .order_by(Act.at.desc())
        .limit(limit)
    )
    return [Decided(*row) for row in rows]


def _listed(view: View, condition: ColumnElement[bool], limit: int) -> list[Waiting]:
    rows: Any = view.connection.execute(
        select(
            Payment.id,
            Payment.purpose,
            Payment.payee,
            Payment.gross,
            Payment.state,
            Payment.since,
            Payment.due,
            Payment.round,
            Payment.net,
            Payment.version,
        )
        .where(condition)
        .order_by(Payment.due.is_(None), Payment.due, Payment.since)
        .limit(limit)
    )
    return [Waiting(*row) for row in rows]


def _count(view: View, condition: ColumnElement[bool]) -> int:
    counted: Any = select(func.count()).select_from(Payment).where(condition)
    return int(view.connection.execute(counted).scalar_one())


def _mine(view: View) -> ColumnElement[bool]:
    """Whose turn it is, in one condition: the state, the right on the unit, no other duty."""
    person = view.identity.person_id
    duty = select(Duty.step).where(Duty.payment_id == Payment.id, Duty.person_id == person)
    turns: list[ColumnElement[bool]] = [
        and_(
            Payment.state == step.key,
            Payment.unit_id.in_(view.units(step.permission)),
            ~duty.where(Duty.step != step.key).exists(),
        )
        for step in STEPS[1:]
    ]
    turns.append(and_(Payment.state == DRAFT, Payment.created_by == person))
    turns.append(and_(Payment.state == RETUR, Payment.unit_id.in_(view.units(ISSUE))))
    return or_(*turns)


def _takeable(view: View) -> ColumnElement[bool]:
    acted = select(ClaimActor.step).where(
        ClaimActor.claim_id == PaymentClaim.id, ClaimActor.person_id == view.identity.person_id
    )
    return and_(
        PaymentClaim.state == OPEN,
        PaymentClaim.unit_id.in_(view.units(MAY_DRAFT)),
        ~acted.exists(),
    )


def _others(view: View) -> ColumnElement[bool]:
    person = view.identity.person_id
    acted = select(Duty.step).where(Duty.payment_id == Payment.id, Duty.person_id == person)
    return and_(
        Payment.state.not_in((DRAFT, PAID, CANCELLED, RETUR)),
        acted.where(Duty.step != Payment.state).exists(),
    )
