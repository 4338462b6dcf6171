"""What programs are told of a payment; times in UTC, ISO 8601, amounts in whole rupiah."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.identity import Unit
from leuit.work import View
from leuit_sp2d.models import Line, Payment, PaymentLine
from leuit_sp2d.service.acts import acts_of
from leuit_sp2d.service.checks import machine_checks
from leuit_sp2d.service.instructions import instructions_of
from leuit_sp2d.service.papers import papers_of
from leuit_sp2d.service.payee_check import note_named
from leuit_sp2d.service.payments import deductions_of, evidence_of
from leuit_sp2d.service.people import names_of
from leuit_sp2d.service.reversing import refunds_of
from leuit_sp2d.service.telling import claim_of


@attrs.frozen
class PaymentLineAnswer:
    """How much a budget line bears."""

    line: UUID
    activity: str
    account: str
    account_name: str
    amount: int


@attrs.frozen
class DeductionAnswer:
    """A tax or another deduction; one that does not reduce the transfer is told only.

    `rate` is in percent, as text; `ntpn` proves that a tax reached the State.
    """

    id: UUID
    code: str
    title: str
    base: int | None
    rate: str | None
    how: str
    amount: int
    reduces: bool
    kap_kjs: str
    billing_id: str
    billing_date: dt.date | None
    ntpn: str


@attrs.frozen
class SalaryAnswer:
    """Which salary is paid; `month` is written 2026-10, `run` counts from 1."""

    month: str
    type: str
    run: int


@attrs.frozen
class EvidenceAnswer:
    """A file of the checklist's `item`; `size` in bytes."""

    id: UUID
    item: str
    name: str
    sha256: str
    size: int
    added_at: dt.datetime


@attrs.frozen
class PaperAnswer:
    """An SPP, SPM or SP2D; `state` is standing or voided.

    `signing` is empty before signatures were asked for, then waiting, signed, refused, recalled,
    expired or unfit, of which `signing_note` says more; `signing_round` counts how often they were
    asked for anew. `filed_kind` and `filed_id` name the record of the archive.
    """

    id: UUID
    kind: str
    number: str
    dated: dt.date
    amount: int
    state: str
    void_reason: str
    signing: str
    signing_note: str
    signing_round: int
    filed_kind: str
    filed_id: str


@attrs.frozen
class InstructionAnswer:
    """A transfer; `state` is waiting, sent, paid, returned or withdrawn."""

    id: UUID
    end_to_end: str
    amount: int
    payee: str
    bank: str
    account: str
    holder: str
    remittance: str
    state: str
    booked_on: dt.date | None
    bank_ref: str
    return_reason: str


@attrs.frozen
class RefundAnswer:
    """Money that came back by an STS."""

    id: UUID
    number: str
    dated: dt.date
    total: int


@attrs.frozen
class ReasonAnswer:
    """A coded reason, about an item of the checklist or the whole."""

    code: str
    title: str
    item: str
    remark: str


@attrs.frozen
class ActAnswer:
    """What was done: `what` is done, returned, refused, voided, paid, retur or again.

    Nobody is the bank.
    """

    id: UUID
    round: int
    step: str
    what: str
    person_id: UUID | None
    person: str
    acted_as: str
    reasons: list[ReasonAnswer]
    note: str
    at: dt.datetime


@attrs.frozen
class CheckAnswer:
    """What the machine compared. A `warning` holds no step; `verify` and `test` answer it as they
    answer an item of the checklist, by the name `answer`. `about` is the payment that it names.
    """

    code: str
    title: str
    ok: bool
    told: str
    warning: bool
    answer: str
    about: UUID | None


@attrs.frozen
class PaymentAnswer:
    """A payment as it stands. `state` is whose turn it is: draft, spp, verify, spm, test, sp2d,
    then bank, retur, paid, or cancelled; `refused_by` names the step that ended it so. `since` and
    `due` are of that step. A change names the `version` that was read. `claim` is what it was taken
    up from, `lpj` what a GU refills.
    """

    id: UUID
    unit_id: UUID
    unit: str
    year: int
    kind: str
    purpose: str
    basis: str
    payee: str
    npwp: str
    bank: str
    account: str
    holder: str
    invoice: str
    invoice_date: dt.date | None
    gross: int
    net: int
    state: str
    round: int
    since: dt.datetime
    due: dt.datetime | None
    returned_by: str
    refused_by: str
    version: int
    created_by: UUID
    created_at: dt.datetime
    claim: UUID | None
    lpj: UUID | None
    salary: SalaryAnswer | None
    lines: list[PaymentLineAnswer]
    deductions: list[DeductionAnswer]
    evidence: list[EvidenceAnswer]
    papers: list[PaperAnswer]
    instructions: list[InstructionAnswer]
    refunds: list[RefundAnswer]
    acts: list[ActAnswer]
    checks: list[CheckAnswer]


def answer_of(view: View, payment: Payment) -> PaymentAnswer:
    """A payment with all its parts."""
    claim = claim_of(view, payment)
    checks = machine_checks(view, payment)
    note_named(view, payment, checks)
    unit: str = view.connection.execute(
        select(Unit.name).where(Unit.id == payment.unit_id)
    ).scalar_one()
    return PaymentAnswer(
        **_same(PaymentAnswer, payment, ("unit", "claim", "lpj", "salary", *_PARTS)),
        unit=unit,
        claim=claim.id if claim else None,
        lpj=payment.lpj_id,
        salary=SalaryAnswer(payment.salary_month, payment.salary_type, payment.salary_run)
        if payment.salary_type
        else None,
        lines=_lines(view, payment.id),
        deductions=[
            DeductionAnswer(
                **_same(DeductionAnswer, one, ("rate",)),
                rate=None if one.rate is None else f"{one.rate.normalize():f}",
            )
            for one in deductions_of(view, payment.id)
        ],
        evidence=[evidence_answer(one) for one in evidence_of(view, payment.id)],
        papers=[PaperAnswer(**_same(PaperAnswer, one)) for one in papers_of(view, payment.id)],
        instructions=[instruction_answer(one) for one in instructions_of(view, payment.id)],
        refunds=[RefundAnswer(**_same(RefundAnswer, one)) for one in refunds_of(view, payment.id)],
        acts=_acts(view, payment.id),
        checks=[
            CheckAnswer(
                one.code,
                str(one.title),
                one.ok,
                str(one.told),
                warning=one.warning,
                answer=one.answer if one.warning else "",
                about=one.about,
            )
            for one in checks
        ],
    )


def evidence_answer(one: Any) -> EvidenceAnswer:
    """A file of a payment."""
    return EvidenceAnswer(**_same(EvidenceAnswer, one))


def instruction_answer(one: Any) -> InstructionAnswer:
    """A transfer to a payee."""
    return InstructionAnswer(**_same(InstructionAnswer, one))


def _lines(view: View, payment_id: UUID) -> list[PaymentLineAnswer]:
    rows = view.connection.execute(
        select(Line.id, Line.activity, Line.account, Line.account_name, PaymentLine.amount)
        .join(PaymentLine, PaymentLine.line_id == Line.id)
        .where(PaymentLine.payment_id == payment_id)
        .order_by(Line.activity, Line.account)
    )
    return [PaymentLineAnswer(*row) for row in rows]


def _acts(view: View, payment_id: UUID) -> list[ActAnswer]:
    history = acts_of(view, payment_id)
    names = names_of(view, {act.person_id for act in history if act.person_id})
    return [
        ActAnswer(
            **_same(ActAnswer, act, ("person", "reasons")),
            person=names.get(act.person_id, "") if act.person_id else "",
            reasons=[ReasonAnswer(**reason) for reason in act.reasons],
        )
        for act in history
    ]


def _same(kind: type, row: Any, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields of an answer that a row has by the same names."""
    names = (field.name for field in attrs.fields(kind))
    return {name: getattr(row, name) for name in names if name not in without}


_PARTS = (
    "lines",
    "deductions",
    "evidence",
    "papers",
    "instructions",
    "refunds",
    "acts",
    "checks",
)
