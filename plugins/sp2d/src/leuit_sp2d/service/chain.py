"""Taking the steps of the chain: done or sent back, in one unit of work each.

A step is taken by somebody with its right, who has done no other step of the payment, on the
payment as he saw it. SPP checks the budget, SPM reserves, SP2D spends. What is sent back gives its
reservation free, voids its documents and begins anew with the PPTK.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs

from leuit.values import ConflictError, FieldError, InvalidInputError, Text, _
from leuit.work import View, Work
from leuit_sp2d.models import FREE, RESERVED, SPENT, Payment
from leuit_sp2d.rules.chain import (
    BY_KEY,
    DRAFT,
    SP2D,
    SPM,
    SPP,
    TEST,
    VERIFY,
    following,
    require_return,
    require_turn,
)
from leuit_sp2d.rules.regulation import PaymentRules

from .acts import DONE, RETURNED, Reason, done_at, same_act, write_act
from .checks import (
    checklist_faults,
    failed_checks,
    items_to_compare,
    machine_checks,
    warnings,
)
from .float import require_float
from .holdings import require_room
from .instructions import instruct
from .ledger import Cause, EmptyPocketError, Move, lock_lines, post, reverse
from .moving import NO_LIMITS, Limits, move, ref_of
from .papers import issue_paper, standing_papers, void_paper
from .payments import lines_of, locked_payment, require_version
from .people import actor_of, take_duty
from .regulation import due_of, return_due_of, rules_on

FIT = "ok"

_Told = dict[str, Any]


@attrs.frozen
class Decision:
    """What somebody decides at a step, on the payment of `version`.

    `answers` are by item of the checklist, and by `answer` of a warning: `ok` or a remark on what
    is wrong. `statement` is the statement of responsibility (SPTJM) that an SPM needs (PP 12/2019
    Pasal 149 ayat (3)).
    """

    step: str
    version: int
    answers: Mapping[str, str] = attrs.field(factory=dict)
    statement: bool = False
    note: str = ""


def take_step(work: Work, payment_id: UUID, decision: Decision) -> Payment:
    """Do the step; the payment goes to the next. The same request again gives the first answer.

    Raises WrongTurnError, StaleEditError, SamePersonError, LimitError, InvalidInputError for
    missing answers, ConflictError for what the machine found wrong.
    """
    step = BY_KEY[decision.step]
    payment = locked_payment(work, payment_id, step.permission)
    if same_act(work, payment, step.key, DONE, decision.version):
        return payment
    require_turn(payment.state, step.key)
    require_version(payment, decision.version)
    actor = actor_of(work)
    take_duty(work, payment.id, actor.person_id, step.key)
    rules = rules_on(work)
    told = _DO[step.key](work, payment, decision, rules.figures)
    write_act(
        work,
        payment,
        step.key,
        DONE,
        actor,
        answers=decision.answers,
        note=decision.note.strip(),
    )
    state = following(step.key)
    limits = _limits(work, payment, state, rules.figures)
    move(work, payment, state, limits, rules_id=rules.id)
    work.audit(f"sp2d.{_AUDITED[step.key]}", ref_of(payment), step=step.key, **told)
    return payment


def send_back(
    work: Work,
    payment_id: UUID,
    decision: Decision,
    reasons: Sequence[Reason],
) -> Payment:
    """Send the payment back to the PPTK with coded reasons; what it reserved is free again.

    Raises InvalidInputError without a reason of the edition, else as `take_step`.
    """
    step = BY_KEY[decision.step]
    payment = locked_payment(work, payment_id, step.permission)
    if same_act(work, payment, step.key, RETURNED, decision.version):
        return payment
    require_turn(payment.state, step.key)
    require_version(payment, decision.version)
    require_return(step)
    actor = actor_of(work)
    take_duty(work, payment.id, actor.person_id, step.key)
    rules: PaymentRules = rules_on(work).figures
    checked = checked_reasons(rules, reasons)
    write_act(
        work,
        payment,
        step.key,
        RETURNED,
        actor,
        reasons=checked,
        answers=decision.answers,
        note=decision.note.strip(),
    )
    begin_anew(work, payment, step.key, checked)
    work.audit(
        "sp2d.payment.returned",
        ref_of(payment),
        step=step.key,
        reasons=[reason.code for reason in checked],
    )
    return payment


def begin_anew(work: Work, payment: Payment, step: str, reasons: Sequence[Reason]) -> None:
    """Void the documents, give the reservation free, and let the PPTK begin the next round."""
    void_papers(work, payment, reasons)
    payment.returned_by = step
    payment.round += 1
    move(work, payment, DRAFT)


def void_papers(work: Work, payment: Payment, reasons: Sequence[Reason]) -> None:
    """Void the documents that stand; what they reserved or spent is free again."""
    told = "; ".join(f"{reason.title}: {reason.remark}".rstrip(": ") for reason in reasons)
    standing = standing_papers(work, payment.id)
    paid_back: dict[UUID, int] = {}
    for kind in ("SP2D", "SPM", "SPP"):
        if (paper := standing.get(kind)) is not None:
            of, cause = Cause(kind.lower(), paper.id), Cause("void", paper.id)
            paid_back = reverse(work, of, cause, less=paid_back)
            void_paper(work, paper, told)


def checked_reasons(rules: PaymentRules, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons with their titles; InvalidInputError for none, or one not in the edition."""
    checked = []
    for reason in reasons:
        known = rules.reason(reason.code)
        if known is None:
            raise _fault("reasons", _("Pilih alasan dari daftar."), "unknown_reason")
        checked.append(attrs.evolve(reason, title=known.title, remark=reason.remark.strip()[:300]))
    if not checked:
        raise _fault("reasons", _("Pilih sedikitnya satu alasan."), "required")
    return tuple(checked)


def _submit(work: Work, payment: Payment, _decision: Decision, rules: PaymentRules) -> _Told:
    if faults := checklist_faults(work, payment, rules):
        raise InvalidInputError(
            _("Dokumen wajib belum lengkap."),
            advice=_("Unggah dokumen yang ditandai."),
            fields=faults,
        )
    require_float(work, payment)
    require_room(work, lines_of(work, payment.id))
    return {"gross": payment.gross}


def _issue_spp(work: Work, payment: Payment, _decision: Decision, _rules: PaymentRules) -> _Told:
    require_room(work, lines_of(work, payment.id))
    return {"number": issue_paper(work, payment, "SPP").number, "gross": payment.gross}


def _verify(work: Work, payment: Payment, decision: Decision, rules: PaymentRules) -> _Told:
    require_fit(work, payment, decision, rules)
    return {"answers": dict(decision.answers)}


def _issue_spm(work: Work, payment: Payment, decision: Decision, _rules: PaymentRules) -> _Told:
    if not decision.statement:
        raise _fault(
            "statement", _("Nyatakan tanggung jawab mutlak atas pembayaran ini."), "required"
        )
    lines = lines_of(work, payment.id)
    paper = issue_paper(work, payment, "SPM")
    moves = [Move(line_id, FREE, RESERVED, amount) for line_id, amount in lines.items()]
    try:
        with work.session.begin_nested():
            post(work, moves, Cause("spm", paper.id))
    except EmptyPocketError:
        # What was moved of the other lines is undone, and nobody moves anything while it is told
        # who holds the money; where some came back meanwhile, there is nothing to tell.
        lock_lines(work, lines)
        require_room(work, lines)
        post(work, moves, Cause("spm", paper.id))
    return {"number": paper.number, "gross": payment.gross}


def _test(work: Work, payment: Payment, decision: Decision, rules: PaymentRules) -> _Told:
    require_fit(work, payment, decision, rules)
    return {"answers": dict(decision.answers)}


def _issue_sp2d(work: Work, payment: Payment, _decision: Decision, _rules: PaymentRules) -> _Told:
    lines = lines_of(work, payment.id)
    paper = issue_paper(work, payment, "SP2D")
    moves = [Move(line_id, RESERVED, SPENT, amount) for line_id, amount in lines.items()]
    post(work, moves, Cause("sp2d", paper.id))
    instruct(work, payment, paper)
    return {"number": paper.number, "gross": payment.gross, "net": payment.net}


def require_fit(view: View, payment: Payment, decision: Decision, rules: PaymentRules) -> None:
    """What is to be compared fits, nothing else is called unfit, and the machine found nothing.

    Each of its warnings is answered. Raises ConflictError, InvalidInputError by the answers.
    """
    checks = machine_checks(view, payment)
    if wrong := failed_checks(checks):
        raise ConflictError(
            _("Pemeriksaan Leuit belum lolos: %(title)s."),
            advice=_("Kembalikan pembayaran ini dengan alasannya."),
            title=wrong[0].title,
        )
    compared = items_to_compare(view, payment, rules)
    unfit: list[tuple[str, Text | str]] = [
        (one.answer, one.title)
        for one in warnings(checks)
        if decision.answers.get(one.answer) != FIT
    ]
    unfit += [
        (item.code, item.title)
        for item in rules.items_of(payment.kind)
        if decision.answers.get(item.code, FIT if item not in compared else None) != FIT
    ]
    if unfit:
        faults = [
            FieldError(
                f"answers.{name}",
                _("Jawab “%(title)s”, atau kembalikan bila tidak sesuai."),
                "unanswered",
                {"title": title},
            )
            for name, title in unfit
        ]
        raise InvalidInputError(_("Daftar periksa belum selesai."), fields=faults)


def _limits(work: Work, payment: Payment, state: str, rules: PaymentRules) -> Limits:
    """When the step that follows has to be done, and until when it may send back."""
    limit = rules.limit_of(state)
    if limit is None:
        return NO_LIMITS
    received = done_at(work, payment, limit.counted_from) or work.now
    due = due_of(work, limit, received)
    same = limit.return_days == limit.days
    return due, due if same else return_due_of(work, limit, received)


def _fault(path: str, sentence: Text, code: str) -> InvalidInputError:
    return InvalidInputError(sentence, fields=[FieldError(path, sentence, code)])


_DO = {
    DRAFT: _submit,
    SPP: _issue_spp,
    VERIFY: _verify,
    SPM: _issue_spm,
    TEST: _test,
    SP2D: _issue_sp2d,
}
_AUDITED = {
    DRAFT: "payment.submitted",
    SPP: "spp.issued",
    VERIFY: "spp.verified",
    SPM: "spm.issued",
    TEST: "spm.tested",
    SP2D: "sp2d.issued",
}
