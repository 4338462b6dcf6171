"""A claim of a month whose place a newer one takes: it closes with it, and comes back without it.

It closes when the newer one is taken up, not when that comes in: until then the newer may be
refused, and the older paid after all. It stays closed while the newer lies on the desk again, for
instance after its payment was given up. When the newer is refused there, the older is open again:
otherwise nothing would be left of the month that could be paid.
"""

from typing import Any

from sqlalchemy import Select, select

from leuit.contracts import PAYMENT_REPLACED
from leuit.values import _
from leuit.work import Work
from leuit_sp2d.models import OPEN, REPLACED, PaymentClaim

from .allowances import is_newer
from .telling import claim_ref, tell_open, tell_refused


def close_older(work: Work, newer: PaymentClaim) -> None:
    """Close the older open claims of the unit and month of a claim that is taken up.

    Each keeps the reason and the link to the newer one, and its claimant hears of it.
    """
    if newer.month is None:
        return
    reason = _("Klaim yang lebih baru sudah diambil: %s") % (newer.basis or newer.purpose)
    for older in work.session.scalars(
        _held(
            PaymentClaim.unit_id == newer.unit_id,
            PaymentClaim.month == newer.month,
            PaymentClaim.id != newer.id,
            # One that is closed now may come back by a refusal that is waited for here.
            PaymentClaim.state.in_((OPEN, REPLACED)),
        )
    ):
        if older.state == REPLACED or is_newer(older, newer):
            continue
        older.state, older.replaced_by = REPLACED, newer.id
        older.reason_code, older.reason = PAYMENT_REPLACED, str(reason)[:500]
        older.decided_by, older.decided_at = work.identity.person_id, work.now
        older.version += 1
        work.session.flush()
        tell_refused(work, older)
        work.audit("sp2d.claim.replaced", claim_ref(older), newer=claim_ref(newer))


def reopen_older(work: Work, newer: PaymentClaim) -> None:
    """Put the claims that a refused one had replaced on the desk again."""
    for older in work.session.scalars(_held(PaymentClaim.replaced_by == newer.id)):
        older.state, older.replaced_by = OPEN, None
        older.reason_code = older.reason = ""
        older.decided_by = older.decided_at = None
        older.version += 1
        work.session.flush()
        tell_open(work, older)
        work.audit("sp2d.claim.reopened", claim_ref(older), refused=claim_ref(newer))


def _held(*wanted: Any) -> Select[PaymentClaim]:
    """Claims that nobody else changes until the unit ends: always the newest first, after the one
    that is decided about, so that two who decide never wait for each other.
    """
    return (
        select(PaymentClaim)
        .where(*wanted)
        .order_by(PaymentClaim.at.desc(), PaymentClaim.id.desc())
        .with_for_update()
        .execution_options(populate_existing=True)
    )
