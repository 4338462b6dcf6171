"""What of payments waits: for the reader, for others because of him, and what he has done.

A step waits for everybody who holds its right on the payment's unit and has done no other step of
it; a payment that came back waits for its PPTK alone, one whose order no file holds yet for whoever
exchanges files with the bank. An open claim waits for everybody who may take it up and did not act
on it before.
The statements are made once for each reader and day, since a count is sent with every page: an
index finds what is at a step, so that what was paid long ago costs nothing.
"""

import datetime as dt
from functools import lru_cache
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)

from leuit.identity import Unit, UnitLink, holds_on
from leuit.work import View
from leuit_sp2d.models import (
    OPEN,
    WAITING,
    Act,
    ClaimActor,
    Duty,
    Instruction,
    Payment,
    PaymentClaim,
)
from leuit_sp2d.permissions import DRAFT as MAY_DRAFT
from leuit_sp2d.permissions import EXCHANGE, ISSUE
from leuit_sp2d.rules.chain import BANK, DRAFT, RETUR, STEPS

from .acts import DONE, REFUSED, RETURNED


@attrs.frozen
class Waiting:
    """A payment that waits for a step, which `due` limits; `return_due` is that of sending back."""

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
    return_due: dt.datetime | None

    def decide_by(self, now: dt.datetime) -> dt.datetime | None:
        """The limit that passes next: that of sending back as long as it can be kept."""
        if self.return_due is not None and self.due is not None and now <= self.return_due:
            return min(self.return_due, self.due)
        return self.due


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
    amount: int | None
    since: dt.datetime
    due: dt.date | None


def open_claims(view: View, limit: int) -> list[WaitingClaim]:
    """The claims that the reader may take up: the earliest due first, then the oldest."""
    listed, _counted = _takeable(view.identity.person_id, view.units(MAY_DRAFT))
    return [WaitingClaim(*row) for row in view.connection.execute(listed, {"limit": limit})]


def count_open_claims(view: View) -> int:
    """How many there are."""
    _listed, counted = _takeable(view.identity.person_id, view.units(MAY_DRAFT))
    return int(view.connection.execute(counted).scalar_one())


def my_turns(view: View, limit: int) -> list[Waiting]:
    """What waits for the reader: the earliest limit first, then what waits longest."""
    listed, _counted = _mine(view)
    return _waiting(view, listed, {"limit": limit})


def my_turns_at(view: View, step: str, limit: int) -> list[Waiting]:
    """As `my_turns`, of one step alone."""
    listed, _counted = _mine(view)
    return _waiting(view, listed.where(Payment.state == step), {"limit": limit})


def count_my_turns(view: View) -> int:
    """How many payments wait for the reader."""
    _listed, counted = _mine(view)
    return int(view.connection.execute(counted).scalar_one())


def their_turns(view: View, limit: int) -> list[Waiting]:
    """Payments on which the reader acted, and which wait for somebody else."""
    listed, _counted = _theirs(view)
    return _waiting(view, listed, {"limit": limit})


def count_their_turns(view: View) -> int:
    """How many there are."""
    _listed, counted = _theirs(view)
    return int(view.connection.execute(counted).scalar_one())


def decided_lately(view: View, limit: int) -> list[Decided]:
    """What the reader did, the newest first."""
    values = {"person": view.identity.person_id, "limit": limit}
    return [Decided(*row) for row in view.connection.execute(_DECIDED, values)]


def _waiting(view: View, query: Executable, values: dict[str, Any]) -> list[Waiting]:
    return [Waiting(*row) for row in view.connection.execute(query, values | {"now": view.now})]


def _mine(view: View) -> tuple[Any, Executable]:
    """The list and the count of what waits for the reader."""
    units = [view.units(step.permission) for step in STEPS[1:]]
    to_bank = _to_bank(view.units(EXCHANGE), view.today)
    return _asked(view.identity.person_id, to_bank, *units, view.units(ISSUE))


def _theirs(view: View) -> tuple[Any, Executable]:
    """As `_mine`, of what waits for somebody else."""
    return _passed_on(view.identity.person_id, _to_bank(view.units(EXCHANGE), view.today))


@lru_cache(maxsize=1024)
def _to_bank(units: Select[UUID], today: dt.date) -> ColumnElement[bool]:
    """An order waits, and the reader may send it: the page of the bank is for the whole regency.

    Its payment is at the bank then. To say so made the database look at all that the bank has.
    """
    waiting = select(Instruction.payment_id).where(Instruction.state == WAITING)
    above = exists().where(
        UnitLink.unit_id == Unit.id, holds_on(UnitLink.valid_from, UnitLink.valid_to, today)
    )
    on_root = exists(select(Unit.id).where(Unit.id.in_(units), ~above)).correlate(None)
    return and_(Payment.id.in_(waiting), Payment.unit_id.in_(units), on_root)


@lru_cache(maxsize=1024)
def _asked(
    person: UUID | None, to_bank: ColumnElement[bool], *units: Select[UUID]
) -> tuple[Any, Executable]:
    """Kept as long as the reader's units are the same statements: until tomorrow, for most.

    `units` are those of the steps after the first, in order, and those of whoever mends a retur.
    """
    *of_steps, of_retur = units
    duty = select(Duty.step).where(Duty.payment_id == Payment.id, Duty.person_id == person)
    turns: list[ColumnElement[bool]] = [
        and_(
            Payment.state == step.key,
            Payment.unit_id.in_(allowed),
            ~duty.where(Duty.step != step.key).exists(),
        )
        for step, allowed in zip(STEPS[1:], of_steps, strict=True)
    ]
    turns.append(and_(Payment.state == DRAFT, Payment.created_by == person))
    turns.append(and_(Payment.state == RETUR, Payment.unit_id.in_(of_retur)))
    listed, _counted = _statements(or_(*turns, to_bank))
    return listed, select(_count(or_(*turns)) + _count(to_bank))


@lru_cache(maxsize=1024)
def _passed_on(person: UUID | None, to_bank: ColumnElement[bool]) -> tuple[Any, Executable]:
    """What the reader acted on at an earlier step, kept as `_asked` is."""
    acted = select(Duty.step).where(
        Duty.payment_id == Payment.id, Duty.person_id == person, Duty.step != Payment.state
    )
    on_its_way = Payment.state.in_([step.key for step in STEPS[1:]] + [BANK])
    return _statements(and_(on_its_way, acted.exists(), ~to_bank))


@lru_cache(maxsize=1024)
def _takeable(person: UUID | None, units: Select[UUID]) -> tuple[Any, Executable]:
    """The list and the count of claims, kept as `_asked` is."""
    acted = select(ClaimActor.step).where(
        ClaimActor.claim_id == PaymentClaim.id, ClaimActor.person_id == person
    )
    takeable = and_(PaymentClaim.state == OPEN, PaymentClaim.unit_id.in_(units), ~acted.exists())
    listed = (
        select(
            PaymentClaim.id,
            PaymentClaim.purpose,
            PaymentClaim.payee,
            PaymentClaim.amount,
            PaymentClaim.at,
            PaymentClaim.due,
        )
        .where(takeable)
        .order_by(PaymentClaim.due.is_(None), PaymentClaim.due, PaymentClaim.at)
        .limit(bindparam("limit"))
    )
    return listed, select(func.count()).select_from(PaymentClaim).where(takeable)


def _statements(condition: ColumnElement[bool]) -> tuple[Any, Executable]:
    """The list, the earliest limit first and then what waits longest, and the count."""
    listed = (
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
            Payment.return_due,
        )
        .where(condition)
        .order_by(_DECIDE_BY.is_(None), _DECIDE_BY, Payment.since)
        .limit(bindparam("limit"))
    )
    return listed, select(_count(condition))


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """A sum of two is faster than one of either: what waits for the bank is found by its orders."""
    return select(func.count()).select_from(Payment).where(condition).scalar_subquery()


_NOW = bindparam("now", type_=Payment.due.type)
_DECIDE_BY = case(  # as `Waiting.decide_by`
    (and_(Payment.return_due >= _NOW, Payment.return_due < Payment.due), Payment.return_due),
    else_=Payment.due,
)
_DECIDED = (
    select(Payment.id, Payment.purpose, Act.step, Act.what, Act.at)
    .join(Act, Act.payment_id == Payment.id)
    .where(Act.person_id == bindparam("person"), Act.what.in_((DONE, RETURNED, REFUSED)))
    .order_by(Act.at.desc())
    .limit(bindparam("limit"))
)
