"""Telling whoever asked for a payment where it is; one that was given up lies on the desk again."""

import datetime as dt
from typing import Any

from sqlalchemy import bindparam, select

from leuit.contracts import PaymentMade, PaymentProgressed, PaymentRefused
from leuit.storage import Prepared
from leuit.values import RecordRef
from leuit.work import View, Work
from leuit_sp2d.models import OPEN, STANDING, Instruction, Paper, Payment, PaymentClaim
from leuit_sp2d.models import PAID as TRANSFERRED
from leuit_sp2d.rules.chain import PAID

from .allowances import loosen

KIND = "sp2d.claim"


def claim_ref(claim: PaymentClaim) -> RecordRef:
    """How other services and the audit log name a claim."""
    return RecordRef(KIND, str(claim.id), claim.purpose[:120])


def caller_ref(claim: PaymentClaim) -> RecordRef:
    """The record of the caller, by which the events name a claim."""
    return RecordRef(claim.ref_kind, claim.ref_id, claim.ref_label)


def claim_of(view: View, payment: Payment) -> PaymentClaim | None:
    """The claim that a payment was taken up from, if any."""
    found = _CLAIM.first(view.connection, {"payment": payment.id})  # most have none
    return None if found is None else view.session.get_one(PaymentClaim, found.id)


def tell_claimant(work: Work, payment: Payment) -> None:
    """Tell where a payment is now, and that its money arrived; nothing where nobody asked."""
    listeners = work.app.vocabulary.listeners
    if PaymentProgressed not in listeners and PaymentMade not in listeners:
        return
    claim = claim_of(work, payment)
    if claim is None:
        return
    _tell_state(work, claim, payment.state)
    if payment.state != PAID:
        return
    number = work.connection.execute(
        select(Paper.number).where(
            Paper.payment_id == payment.id, Paper.kind == "SP2D", Paper.state == STANDING
        )
    ).scalar_one()
    order: Any = work.connection.execute(
        select(Instruction.booked_on, Instruction.amount).where(
            Instruction.payment_id == payment.id, Instruction.state == TRANSFERRED
        )
    ).one()
    work.emit(
        PaymentMade(caller_ref(claim), claim.key, order.booked_on, order.amount, _at(work), number)
    )


def tell_refused(work: Work, claim: PaymentClaim) -> None:
    """Tell that a claim will not be paid, and why."""
    work.emit(
        PaymentRefused(caller_ref(claim), claim.key, claim.reason_code, claim.reason, _at(work))
    )


def tell_open(work: Work, claim: PaymentClaim) -> None:
    """Tell that a claim lies on the desk again."""
    _tell_state(work, claim, OPEN)


def release_claim(work: Work, payment: Payment) -> None:
    """Put the claim of a payment that was given up on the desk again; nothing where it has none."""
    claim = claim_of(work, payment)
    if claim is None:
        return
    loosen(work, claim)
    claim.state, claim.payment_id = OPEN, None
    claim.decided_by = claim.decided_at = None
    claim.version += 1
    work.session.flush()
    tell_open(work, claim)
    work.audit("sp2d.claim.released", claim_ref(claim), payment=payment.id)


def _tell_state(work: Work, claim: PaymentClaim, state: str) -> None:
    work.emit(PaymentProgressed(caller_ref(claim), claim.key, state, _at(work)))


def _at(work: Work) -> dt.datetime:
    """The instant of an event: each that one unit tells is later than the one before.

    A statement may tell that money arrived and was returned; who hears it in another order knows.
    """
    told: int = work.kept.get(_TOLD, 0)
    work.kept[_TOLD] = told + 1
    return work.now + dt.timedelta(microseconds=told)


_TOLD = "sp2d.told"
_CLAIM = Prepared(select(PaymentClaim.id).where(PaymentClaim.payment_id == bindparam("payment")))
