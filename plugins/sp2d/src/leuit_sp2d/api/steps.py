"""Taking the steps of a payment by program: each as the person whose token it is.

SPM, SP2D, voiding and a new transfer bind the region's money: they take the password of that person
in the body, so that a token alone moves nothing.
"""

import datetime as dt
from typing import Literal
from uuid import UUID

import attrs

from leuit.builtin.core import confirm_password
from leuit.web import Request, Response
from leuit.work import Work
from leuit_sp2d.models import Payment
from leuit_sp2d.pages.acting import WITH_PASSWORD
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.chain import Decision, send_back, take_step
from leuit_sp2d.service.instructions import instruct_again
from leuit_sp2d.service.paper_sending import ask_again
from leuit_sp2d.service.payments import cancel, find_payment
from leuit_sp2d.service.refusing import refuse
from leuit_sp2d.service.reversing import record_refund, void_sp2d

from .bounds import Amount, Note, Remark, Version
from .once import changed, prepared
from .values import PaymentAnswer, answer_of

StepName = Literal["draft", "spp", "verify", "spm", "test", "sp2d"]


@attrs.frozen
class ReasonBody:
    """A coded reason of the edition; `item` is the document of the checklist that it is about."""

    code: str
    remark: Remark = ""
    item: str = ""


@attrs.frozen
class PaymentStepBody:
    """The step as the asker saw it. `answers` are by item of the checklist: `ok`, or what is wrong.

    `verify` and `test` need an answer for each document and each warning of `checks`; `spm` the
    `statement` of responsibility (SPTJM); `spm` and `sp2d` the asker's `password`.
    """

    step: StepName
    version: Version
    answers: dict[str, Remark] = attrs.field(factory=dict)
    statement: bool = False
    note: Note = ""
    password: str = attrs.field(default="", repr=False)


@attrs.frozen
class ReturnBody:
    """Why the payment goes back to the PPTK, or is refused for good."""

    step: StepName
    version: Version
    reasons: list[ReasonBody]
    answers: dict[str, Remark] = attrs.field(factory=dict)
    note: Note = ""


@attrs.frozen
class CancelBody:
    """The version that was read, and a word on why."""

    version: Version
    note: Note = ""


@attrs.frozen
class VoidBody:
    """Why an SP2D is taken back that the payee did not get; with the asker's `password`."""

    version: Version
    reasons: list[ReasonBody]
    password: str = attrs.field(repr=False)


@attrs.frozen
class SignAgainBody:
    """`round` is the paper's `signing_round` that was read."""

    round: Version


@attrs.frozen
class RepeatBody:
    """The payee's account put right after a bank's retur; with the asker's `password`."""

    version: Version
    bank: str
    account: str
    holder: str
    password: str = attrs.field(repr=False)


@attrs.frozen
class RefundLineBody:
    """How much of what a budget line bore came back."""

    line: UUID
    amount: Amount


@attrs.frozen
class RefundBody:
    """Money that the payee paid back into the RKUD by the STS `number` of `dated`."""

    number: str
    dated: dt.date
    lines: list[RefundLineBody]


def take(request: Request) -> Response:
    """Take a step of the payment."""
    sent = request.decode(PaymentStepBody)
    decision = Decision(
        sent.step, sent.version, sent.answers, statement=sent.statement, note=sent.note
    )

    def prepare() -> None:
        if sent.step in WITH_PASSWORD:
            confirm(request, sent.password)

    return prepared(
        request,
        prepare,
        lambda work, _nothing: _told(work, take_step(work, request.params["payment_id"], decision)),
    )


def give_back(request: Request) -> Response:
    """Send the payment back to the PPTK."""
    sent = request.decode(ReturnBody)
    decision = Decision(sent.step, sent.version, sent.answers, note=sent.note)
    return changed(
        request,
        lambda work: _told(
            work,
            send_back(work, request.params["payment_id"], decision, _reasons(sent.reasons)),
        ),
    )


def refuse_payment(request: Request) -> Response:
    """End the payment."""
    sent = request.decode(ReturnBody)
    decision = Decision(sent.step, sent.version, sent.answers, note=sent.note)
    return changed(
        request,
        lambda work: _told(
            work, refuse(work, request.params["payment_id"], decision, _reasons(sent.reasons))
        ),
    )


def give_up(request: Request) -> Response:
    """Cancel a claim that is not on its way."""
    sent = request.decode(CancelBody)
    return changed(
        request,
        lambda work: _told(
            work, cancel(work, request.params["payment_id"], sent.version, sent.note)
        ),
    )


def void(request: Request) -> Response:
    """Take an SP2D back; SPM and SPP fall with it."""
    sent = request.decode(VoidBody)
    return prepared(
        request,
        lambda: confirm(request, sent.password),
        lambda work, _nothing: _told(
            work,
            void_sp2d(work, request.params["payment_id"], sent.version, _reasons(sent.reasons)),
        ),
    )


def sign_again(request: Request) -> Response:
    """Ask anew for the signatures of a paper that were not given."""
    sent = request.decode(SignAgainBody)

    def act(work: Work) -> PaymentAnswer:
        payment_id = request.params["payment_id"]
        ask_again(work, payment_id, request.params["paper_id"], sent.round)
        return answer_of(work, find_payment(work, payment_id))

    return changed(request, act)


def repeat(request: Request) -> Response:
    """Make a new transfer to an account that was put right."""
    sent = request.decode(RepeatBody)
    return prepared(
        request,
        lambda: confirm(request, sent.password),
        lambda work, _nothing: _told(
            work,
            instruct_again(
                work,
                request.params["payment_id"],
                sent.version,
                bank=sent.bank,
                account=sent.account,
                holder=sent.holder,
            ),
        ),
    )


def refund(request: Request) -> Response:
    """Record money that came back."""
    sent = request.decode(RefundBody)
    amounts: dict[UUID, int] = {}
    for one in sent.lines:  # a line named twice is one sum, whatever is left decides
        amounts[one.line] = amounts.get(one.line, 0) + one.amount

    def act(work: Work) -> PaymentAnswer:
        payment_id = request.params["payment_id"]
        record_refund(work, payment_id, sent.number, sent.dated, amounts)
        return answer_of(work, find_payment(work, payment_id))

    return changed(request, act)


def confirm(request: Request, password: str) -> None:
    """The asker's password once more; InvalidInputError at `password` when it is wrong."""
    confirm_password(request.app, request.identity, password, request.request_id)


def _reasons(sent: list[ReasonBody]) -> list[Reason]:
    return [Reason(one.code, "", item=one.item[:20], remark=one.remark) for one in sent]


def _told(work: Work, payment: Payment) -> PaymentAnswer:
    work.session.flush()
    return answer_of(work, payment)
