"""Taking back what was issued: an SP2D that did not reach its payee, money that was paid back.

The ledger is never changed: what was spent is freed by entries that name the ones they take back.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from leuit.values import (
    ConflictError,
    FieldError,
    InvalidInputError,
    LeuitError,
    _,
    new_id,
    one_line,
)
from leuit.work import View, Work
from leuit_sp2d.models import FREE, SPENT, Entry, Payment, Refund
from leuit_sp2d.permissions import EXCHANGE, ISSUE
from leuit_sp2d.rules.chain import BANK, PAID, RETUR, SP2D, WrongTurnError, require_turn
from leuit_sp2d.rules.rupiah import check_amount, format_rupiah

from .acts import VOIDED, Reason, same_act, write_act
from .chain import begin_anew, checked_reasons
from .instructions import withdraw
from .ledger import Cause, Move, left_of, lock_lines, post
from .moving import ref_of
from .papers import standing_papers
from .payments import locked_payment, require_version
from .people import actor_of, take_duty
from .regulation import rules_on


def void_sp2d(work: Work, payment_id: UUID, version: int, reasons: Sequence[Reason]) -> Payment:
    """Take an SP2D back that the bank does not have, or has returned; SPM and SPP fall with it.

    All that it spent is free again, and the PPTK begins anew. Raises ConflictError while the bank
    may still pay.
    """
    payment = locked_payment(work, payment_id, ISSUE)
    if same_act(work, payment, SP2D, VOIDED, version):
        return payment
    if payment.state not in (BANK, RETUR):
        require_turn(payment.state, BANK)
    require_version(payment, version)
    actor = actor_of(work)
    take_duty(work, payment.id, actor.person_id, SP2D)
    checked = checked_reasons(rules_on(work).figures, reasons)
    withdraw(work, payment)
    number = standing_papers(work, payment.id)["SP2D"].number
    write_act(work, payment, SP2D, VOIDED, actor, reasons=checked)
    begin_anew(work, payment, SP2D, checked)
    work.audit(
        "sp2d.sp2d.voided",
        ref_of(payment),
        number=number,
        reasons=[reason.code for reason in checked],
    )
    return payment


def record_refund(
    work: Work, payment_id: UUID, number: str, dated: dt.date, amounts: Mapping[UUID, int]
) -> Refund:
    """Money that a payee paid back into the RKUD by an STS: it frees the lines that bore it.

    The same STS with the same amounts again gives the first answer. Raises InvalidInputError for
    more than was spent on a line and not paid back yet.
    """
    payment = locked_payment(work, payment_id, EXCHANGE)
    number = one_line(number)[:100]
    if (known := _known(work, payment, number)) is not None:
        if known.payment_id == payment.id and _freed(work, known) == dict(amounts):
            return known
        raise ConflictError(
            _("STS %(number)s sudah dicatat dengan isi lain."),
            advice=_("Periksa nomor STS."),
            number=number,
        )
    if payment.state != PAID:
        raise WrongTurnError(
            _("Pengembalian hanya dicatat untuk pembayaran yang sudah dibayar."),
            advice=_("Tunggu rekening koran."),
        )
    actor = actor_of(work)
    sp2d = standing_papers(work, payment.id)["SP2D"]
    lock_lines(work, amounts)
    moves = _moves(work, Cause("sp2d", sp2d.id), amounts)
    faults = [] if number else [FieldError("number", _("Isi nomor STS."), "required")]
    if dated > work.today or dated < sp2d.dated:
        faults.append(
            FieldError("dated", _("Tanggal setor sesudah SP2D dan tidak di masa depan."), "date")
        )
    if faults:
        raise InvalidInputError(_("Pengembalian belum dapat dicatat."), fields=faults)
    refund = Refund(
        id=new_id(),
        payment_id=payment.id,
        year=payment.year,
        number=number,
        dated=dated,
        total=sum(move.amount for move in moves),
        recorded_at=work.now,
        recorded_by=actor.person_id,
    )
    work.session.add(refund)
    work.session.flush()
    post(work, moves, Cause("refund", refund.id))
    work.audit("sp2d.refund.recorded", ref_of(payment), number=number, total=refund.total)
    return refund


def refunds_of(view: View, payment_id: UUID) -> list[Refund]:
    """What was paid back of a payment, in order."""
    return list(
        view.session.scalars(
            select(Refund).where(Refund.payment_id == payment_id).order_by(Refund.id)
        )
    )


def refundable(view: View, payment_id: UUID) -> dict[UUID, int]:
    """What may still be paid back on each line of a paid payment."""
    sp2d = standing_papers(view, payment_id).get("SP2D")
    if sp2d is None:
        return {}
    rows = left_of(view, Cause("sp2d", sp2d.id))
    return {row.line_id: int(row.left) for row in rows if row.left}


def _known(view: View, payment: Payment, number: str) -> Refund | None:
    return view.session.scalars(
        select(Refund).where(Refund.year == payment.year, Refund.number == number)
    ).one_or_none()


def _freed(view: View, refund: Refund) -> dict[UUID, int]:
    """How much a refund freed on each line."""
    rows = view.connection.execute(
        select(Entry.line_id, Entry.amount).where(
            Entry.cause_kind == "refund", Entry.cause_id == refund.id
        )
    )
    return {row.line_id: row.amount for row in rows}


def _moves(work: Work, spent: Cause, amounts: Mapping[UUID, int]) -> list[Move]:
    left = {row.line_id: row for row in left_of(work, spent)}
    moves = []
    faults = []
    for line_id, amount in amounts.items():
        entry = left.get(line_id)
        try:
            check_amount(amount)
        except LeuitError as error:
            faults.append(error.at(f"lines.{line_id}"))
            continue
        if entry is None or amount > entry.left:
            faults.append(
                FieldError(
                    f"lines.{line_id}",
                    _("Paling banyak %(most)s dapat dikembalikan ke baris ini."),
                    "too_much",
                    {"most": format_rupiah(int(entry.left) if entry else 0)},
                )
            )
            continue
        moves.append(Move(line_id, SPENT, FREE, amount, reverses=entry.id))
    if not amounts:
        faults.append(FieldError("lines", _("Isi nilai yang dikembalikan."), "required"))
    if faults:
        raise InvalidInputError(_("Pengembalian belum dapat dicatat."), fields=faults)
    return moves
