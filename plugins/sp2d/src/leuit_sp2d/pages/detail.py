"""Everything that the page of a payment shows, out of one view."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.regulations import edition
from leuit.contracts import bank_name
from leuit.identity import Unit
from leuit.values import _, format_date, format_time
from leuit.web import Request, local
from leuit.work import View
from leuit_sp2d.inbox import path_of
from leuit_sp2d.models import RETURNED as TRANSFER_RETURNED
from leuit_sp2d.models import WAITING, Act, Instruction, Line, Payment
from leuit_sp2d.permissions import DRAFT as MAY_DRAFT
from leuit_sp2d.permissions import EXCHANGE, ISSUE, REQUEST
from leuit_sp2d.rules.chain import (
    BANK,
    BY_KEY,
    CANCELLED,
    DRAFT,
    HOLDS,
    PAID,
    RETUR,
    SPENDS,
    SPM,
    STEPS,
    TEST,
    VERIFY,
    Step,
)
from leuit_sp2d.rules.regulation import ChecklistItem, PaymentRules
from leuit_sp2d.rules.rupiah import format_rupiah
from leuit_sp2d.rules.salary import TYPES
from leuit_sp2d.service import acts
from leuit_sp2d.service.checks import machine_checks, warnings
from leuit_sp2d.service.instructions import instructions_of
from leuit_sp2d.service.moving import ref_of
from leuit_sp2d.service.papers import papers_of
from leuit_sp2d.service.payee_check import note_named
from leuit_sp2d.service.payments import deductions_of, evidence_of, find_payment, lines_of
from leuit_sp2d.service.people import names_of, step_of
from leuit_sp2d.service.regulation import RULES
from leuit_sp2d.service.reversing import refundable, refunds_of
from leuit_sp2d.service.tax_receipts import last_days
from leuit_sp2d.service.telling import claim_of
from leuit_sp2d.words import in_words

from .signing_words import signing_words, to_sign_again
from .words import KINDS, month_name, state_chip


@attrs.frozen
class Bar:
    """The ceiling of one line as a bar of a thousand parts: spent, in process, this payment."""

    line_id: UUID
    title: str
    account: str
    ceiling: int
    spent: int
    process: int
    this: int
    left: int
    parts: tuple[int, int, int]
    over: bool


def detail(view: View, request: Request, payment_id: UUID) -> dict[str, Any]:
    """The context of the page; the payee's account is personal data of others, so it is noted."""
    payment = find_payment(view, payment_id)
    if payment.created_by != view.identity.person_id:
        view.note_access(ref_of(payment), fields=["payee", "npwp", "account"])
    found = edition(view, RULES, view.today)
    rules: PaymentRules | None = found.figures if found else None
    history = acts.acts_of(view, payment.id)
    mine = _my_step(view, payment)
    orders = instructions_of(view, payment.id)
    evidence = evidence_of(view, payment.id)
    checks = machine_checks(view, payment)
    note_named(view, payment, checks)
    return {
        "payment": payment,
        "path": path_of(payment.id),
        "state_words": state_chip(payment.state, payment.returned_by, payment.refused_by),
        "since": local(request, payment.since),
        "due": payment.due and local(request, payment.due),
        "late": payment.due is not None and payment.due < view.now,
        "kind": KINDS[payment.kind],
        "unit": view.connection.execute(
            select(Unit.name).where(Unit.id == payment.unit_id)
        ).scalar_one(),
        "bank": bank_name(payment.bank) or payment.bank,
        "bars": list(_bars(view, payment)),
        "deductions": (cuts := deductions_of(view, payment.id)),
        "billing_ends": last_days(view, cuts),
        "may_record_tax": payment.state != CANCELLED and view.allows(REQUEST, payment.unit_id),
        "words": in_words(payment.net, capital=True),
        "papers": (issued := papers_of(view, payment.id)),
        "signing": signing_words(view, issued),
        "to_sign_again": to_sign_again(view, issued),
        "orders": orders,
        "checks": checks,
        "warnings": warnings(checks),
        "items": _items(rules, payment, evidence),
        "loose": [one for one in evidence if one.item not in _codes(rules, payment)],
        "steps": _timeline(view, request, payment, history),
        "letters": [act for act in history if act.what in _WITH_LETTER],
        "mine": mine,
        "answers_wanted": mine is not None and mine.key in (VERIFY, TEST),
        "return_due": payment.return_due and local(request, payment.return_due),
        "reasons": rules.reasons if rules else (),
        "may_edit": payment.state == DRAFT and view.allows(MAY_DRAFT, payment.unit_id),
        "may_void": _may_void(view, payment, orders),
        "may_repeat": payment.state == RETUR and view.allows(ISSUE, payment.unit_id),
        "may_refund": payment.state == PAID
        and view.allows(EXCHANGE, payment.unit_id)
        and bool(refundable(view, payment.id)),
        "refunds": refunds_of(view, payment.id),
        "has_rules": rules is not None,
        "more_data": [*_salary(payment), *_ordered(view, request, payment, history)],
        "claim": claim_of(view, payment),
    }


def _salary(payment: Payment) -> list[tuple[str, str]]:
    """Which salary a payment is, as terms with their values."""
    if not payment.salary_month:
        return []
    told = f"{TYPES[payment.salary_type]} {month_name(payment.salary_month)}"
    return [(_("Gaji"), f"{told} ({payment.salary_run})" if payment.salary_run > 1 else told)]


def _ordered(
    view: View, request: Request, payment: Payment, history: Iterable[Act]
) -> list[tuple[str, str]]:
    """Who ordered the payment and when, while his SPM stands."""
    done = [
        act
        for act in history
        if (act.step, act.what, act.round) == (SPM, acts.DONE, payment.round) and act.person_id
    ]
    if not done:
        return []
    [act], at = done, local(request, done[0].at)
    who = ", ".join(
        [*names_of(view, {act.person_id for act in done if act.person_id}).values(), act.acted_as]
    )
    return [(_("SPM diterbitkan"), f"{who} · {format_date(at, 'medium')}, {format_time(at)}")]


def _my_step(view: View, payment: Payment) -> Step | None:
    """The step that waits for the reader, if it does."""
    step = BY_KEY.get(payment.state)
    if step is None or not view.allows(step.permission, payment.unit_id):
        return None
    held = step_of(view, payment.id, view.identity.person_id)
    return step if held in (None, step.key) else None


def _may_void(view: View, payment: Payment, orders: list[Instruction]) -> bool:
    return (
        payment.state in (BANK, RETUR)
        and bool(orders)
        and orders[-1].state in (WAITING, TRANSFER_RETURNED)
        and view.allows(ISSUE, payment.unit_id)
    )


def _bars(view: View, payment: Payment) -> Iterable[Bar]:
    amounts = lines_of(view, payment.id)
    lines = view.session.scalars(
        select(Line).where(Line.id.in_(amounts)).order_by(Line.activity, Line.account)
    )
    for line in lines:
        this = amounts[line.id]
        spent, process, left = line.spent, line.reserved, line.ceiling - line.spent - line.reserved
        if payment.state in HOLDS:
            process -= this
        elif payment.state in SPENDS:
            spent -= this
        elif payment.state != CANCELLED:
            left -= this
        whole = max(line.ceiling, spent + process + this, 1)
        yield Bar(
            line.id,
            f"{line.activity} {line.activity_name}",
            f"{line.account} {line.account_name}",
            line.ceiling,
            spent,
            process,
            this,
            left,
            (spent * 1000 // whole, process * 1000 // whole, this * 1000 // whole),
            left < 0,
        )


def _codes(rules: PaymentRules | None, payment: Payment) -> set[str]:
    return {item.code for item in rules.items_of(payment.kind)} if rules else set()


def _items(
    rules: PaymentRules | None, payment: Payment, evidence: Iterable[Any]
) -> list[dict[str, Any]]:
    """The checklist with the files of each item; what is `wanted` is compared at this step.

    What is no document is shown as one only where it has files.
    """
    files: dict[str, list[Any]] = {}
    for one in evidence:
        files.setdefault(one.item, []).append(one)
    return [
        {
            "item": item,
            "files": files.get(item.code, []),
            "wanted": item.is_compared(payment.state, has_file=item.code in files),
            "document": item.is_document or item.code in files,
            "stamp": _stamp_words(rules, item, payment.gross) if rules else "",
        }
        for item in (rules.items_of(payment.kind) if rules else ())
    ]


def _stamp_words(rules: PaymentRules, item: ChecklistItem, gross: int) -> str:
    """What the edition says of the stamp duty on an item; empty where nobody has to look for it."""
    if not item.stamp or not rules.stamp_duty:
        return ""
    duty, limit = format_rupiah(rules.stamp_duty), format_rupiah(rules.stamp_above)
    if item.stamp == "always":
        return _("Bermeterai %s") % duty
    if rules.duty_on(item, gross):
        told = _("Bermeterai %(duty)s, karena nilainya di atas %(limit)s")
        return told % {"duty": duty, "limit": limit}
    return _("Tanpa meterai, karena nilainya tidak di atas %s") % limit


def _timeline(
    view: View, request: Request, payment: Payment, history: list[Act]
) -> list[Mapping[str, Any]]:
    """What was done in order, what is waited for, and what follows."""
    names = names_of(view, {act.person_id for act in history if act.person_id})
    steps: list[Mapping[str, Any]] = []
    for act in history:
        at = local(request, act.at)
        who = names.get(act.person_id, "") if act.person_id else _("Bank")
        when = f"{format_date(at, 'medium')}, {format_time(at)}"
        steps.append(
            {
                "state": "done",
                "title": _title(act),
                "meta": " · ".join(part for part in (who, act.acted_as, when) if part),
                "remark": _remark(act),
            }
        )
    if payment.state in BY_KEY:
        place = [step.key for step in STEPS].index(payment.state)
        for number, step in enumerate(STEPS[place:]):
            steps.append(
                {
                    "state": "next" if number else "now",
                    "title": step.title,
                    "meta": step.who,
                    "remark": "",
                }
            )
    return steps


_WITH_LETTER = (acts.RETURNED, acts.REFUSED, acts.VOIDED)
_DID = {
    acts.RETURNED: _("dikembalikan"),
    acts.REFUSED: _("ditolak"),
    acts.VOIDED: _("SP2D dibatalkan"),
    acts.AGAIN: _("perintah bayar diulang"),
}


def _title(act: Act) -> str:
    if act.what == acts.PAID:
        return _("Dana diterima bank penerima")
    if act.what == acts.RETUR:
        return _("Transfer diretur bank")
    title = BY_KEY[act.step].title
    return f"{title}: {_DID[act.what]}" if act.what in _DID else title


def _remark(act: Act) -> str:
    told = [
        f"{reason['title']}: {reason['remark']}" if reason["remark"] else reason["title"]
        for reason in act.reasons
    ]
    return "; ".join([*told, act.note] if act.note else told)
