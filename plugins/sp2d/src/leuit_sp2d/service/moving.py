"""A payment comes to another state: stored and told at one place, whoever moves it."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, update
from sqlalchemy.orm.attributes import set_committed_value

from leuit.storage import Prepared
from leuit.values import RecordRef
from leuit.work import Work
from leuit_sp2d.events import PaymentMoved
from leuit_sp2d.models import Payment

from .telling import tell_claimant

KIND = "sp2d.payment"
Limits = tuple[dt.datetime | None, dt.datetime | None]
"""When the step that follows has to be done, and until when it may send back."""

NO_LIMITS: Limits = (None, None)
"""Of a state in which nobody has to do anything by a day."""


def ref_of(payment: Payment) -> RecordRef:
    """How other services and the audit log name a payment."""
    return RecordRef(KIND, str(payment.id), payment.purpose[:120])


def move(
    work: Work,
    payment: Payment,
    state: str,
    limits: Limits = NO_LIMITS,
    *,
    rules_id: UUID | None = None,
) -> None:
    """Bring the payment to a state, and tell those who listen; its version moves on.

    `rules_id` is the edition by which it moved; without one it keeps that of the last step. What
    of other rows its claimant is told has to be stored before.
    """
    stored: dict[str, Any] = {
        "state": state,
        "since": work.now,
        "due": limits[0],
        "return_due": limits[1],
        "rules_id": rules_id or payment.rules_id,
        "version": payment.version + 1,
    }
    _MOVE.run(work.connection, {"payment": payment.id, **stored})
    for name, value in stored.items():  # it is stored: the session need not write it again
        set_committed_value(payment, name, value)
    work.emit(PaymentMoved(ref_of(payment), payment.state, work.now))
    tell_claimant(work, payment)


# Built once, and not left to the session, whose bookkeeping took as long as three statements.
_MOVE = Prepared(update(Payment).where(Payment.id == bindparam("payment")))
