"""What whoever compares reads before he says that a payment is fit: all that he answered, once."""

from typing import Any
from uuid import UUID

from leuit.contracts import bank_name
from leuit.values import ConflictError, InvalidInputError, Text, _
from leuit.web import Request, Response, page
from leuit.work import View
from leuit_sp2d.rules.chain import BY_KEY, TEST, VERIFY, require_turn
from leuit_sp2d.service.chain import Decision, require_fit
from leuit_sp2d.service.checks import items_to_compare, machine_checks, warnings
from leuit_sp2d.service.moving import ref_of
from leuit_sp2d.service.papers import standing_papers
from leuit_sp2d.service.payments import find_payment, require_version
from leuit_sp2d.service.regulation import rules_on
from leuit_sp2d.words import in_words

from .common import faults_of
from .payments import show_payment
from .words import KINDS

_FOLLOWS: dict[str, Text] = {
    VERIFY: _("Sesudah ini SPP menunggu PA/KPA, yang menerbitkan SPM."),
    TEST: _("Sesudah ini SPM menunggu Kuasa BUD, yang menerbitkan SP2D."),
}
_PAPERS = {VERIFY: "SPP", TEST: "SPM"}


def sum_up(request: Request, payment_id: UUID, decision: Decision) -> Response:
    """The summary of a decision that could be taken as it is; else the payment with its faults."""
    try:
        with request.read() as view:
            shown = _summary(view, payment_id, decision)
    except (ConflictError, InvalidInputError) as error:
        return show_payment(request, faults_of(error))
    path = f"/sp2d/payments/{payment_id}"
    return page(request, "sp2d/summary.html", path=path, typed=request.form, **shown)


def _summary(view: View, payment_id: UUID, decision: Decision) -> dict[str, Any]:
    step = BY_KEY[decision.step]
    payment = find_payment(view, payment_id, step.permission)
    require_turn(payment.state, step.key)
    require_version(payment, decision.version)
    rules = rules_on(view).figures
    require_fit(view, payment, decision, rules)
    view.note_access(ref_of(payment), fields=["payee", "npwp", "account"])
    checks = machine_checks(view, payment)
    return {
        "payment": payment,
        "step": step,
        "follows": _FOLLOWS[step.key],
        "kind": KINDS[payment.kind],
        "paper": standing_papers(view, payment.id).get(_PAPERS[step.key]),
        "bank": bank_name(payment.bank) or payment.bank,
        "words": in_words(payment.net, capital=True),
        "passed": sum(check.ok for check in checks),
        "warnings": warnings(checks),
        "items": items_to_compare(view, payment, rules),
    }
