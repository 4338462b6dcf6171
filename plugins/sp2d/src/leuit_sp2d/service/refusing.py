"""Refusing a payment for good: it ends, beside the return, after which it begins anew.

PA/KPA and Kuasa BUD refuse what does not meet the rules (PP 12/2019 Pasal 148 and 149; Permendagri
77/2020); whoever verifies for them may too. The payment counts as cancelled and names who refused.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete

from leuit.work import Work
from leuit_sp2d.models import Bill, Payment
from leuit_sp2d.rules.chain import BY_KEY, CANCELLED, require_refusal, require_turn

from .acts import REFUSED, Reason, same_act, write_act
from .chain import Decision, checked_reasons, void_papers
from .moving import move, ref_of
from .payments import locked_payment, require_version
from .people import actor_of, take_duty
from .regulation import rules_on
from .telling import release_claim


def refuse(work: Work, payment_id: UUID, decision: Decision, reasons: Sequence[Reason]) -> Payment:
    """End the payment with coded reasons. The same request again gives the first answer.

    Its documents are void, what they reserved and its bill are free, and the claim that it was
    taken up from lies on the desk again. Raises ConflictError at a step that may only send back,
    InvalidInputError without a reason of the edition, else as `take_step`.
    """
    step = BY_KEY[decision.step]
    payment = locked_payment(work, payment_id, step.permission)
    if same_act(work, payment, step.key, REFUSED, decision.version):
        return payment
    require_turn(payment.state, step.key)
    require_version(payment, decision.version)
    require_refusal(step)
    actor = actor_of(work)
    take_duty(work, payment.id, actor.person_id, step.key)
    checked = checked_reasons(rules_on(work).figures, reasons)
    write_act(
        work,
        payment,
        step.key,
        REFUSED,
        actor,
        reasons=checked,
        answers=decision.answers,
        note=decision.note.strip(),
    )
    void_papers(work, payment, checked)
    payment.refused_by = step.key
    work.session.execute(delete(Bill).where(Bill.payment_id == payment.id))
    release_claim(work, payment)  # before the move, of which its claimant hears as of the desk
    move(work, payment, CANCELLED)
    work.audit(
        "sp2d.payment.refused",
        ref_of(payment),
        step=step.key,
        reasons=[reason.code for reason in checked],
    )
    return payment
