"""What the bank is told to pay: one instruction a payment, and one linked one after a retur."""

from uuid import UUID

from sqlalchemy import func, insert, select

from leuit.storage import Prepared
from leuit.values import ConflictError, InvalidInputError, _, new_id, one_line
from leuit.work import View, Work
from leuit_sp2d.bank.orders import Order, check_order
from leuit_sp2d.models import RETURNED, WAITING, WITHDRAWN, Instruction, Payment
from leuit_sp2d.permissions import ISSUE
from leuit_sp2d.rules.chain import BANK, RETUR, SP2D, require_turn

from .acts import AGAIN, write_act
from .moving import move, ref_of
from .papers import IssuedPaper, standing_papers
from .payments import locked_payment, require_version
from .people import actor_of, take_duty
from .same_request import digest_of, note_done, was_done


def instruct(work: Work, payment: Payment, sp2d: IssuedPaper) -> None:
    """Write the first instruction of an SP2D, of its net amount to the payee of the claim."""
    _INSERT.run(
        work.connection,
        {
            "id": new_id(),
            "payment_id": payment.id,
            "end_to_end": f"SP2D{payment.year}-{sp2d.value:06d}",
            "amount": payment.net,
            "payee": payment.payee,
            "bank": payment.bank,
            "account": payment.account,
            "holder": payment.holder,
            "remittance": sp2d.number,
            "made_at": work.now,
        },
    )


_INSERT = Prepared(insert(Instruction))


def instruct_again(
    work: Work, payment_id: UUID, version: int, *, bank: str, account: str, holder: str
) -> Payment:
    """After a bank's retur: one linked instruction to an account that was put right.

    The SP2D and its posting stay as they are; only where the money goes changes. The same request
    again gives the first answer, one with another account does not.
    """
    payment = locked_payment(work, payment_id, ISSUE)
    asked = digest_of(work, "instruct_again", payment_id, version, bank, account, holder)
    if was_done(work, asked):
        return payment
    require_turn(payment.state, RETUR)
    require_version(payment, version)
    actor = actor_of(work)
    take_duty(work, payment.id, actor.person_id, SP2D)
    account, holder = one_line(account).replace(" ", ""), one_line(holder)
    _check_account(payment.payee, bank, account, holder)
    last = instructions_of(work, payment.id)[-1]
    if last.state != RETURNED:
        raise ConflictError(_("Perintah bayar terakhir belum diretur bank."))
    sp2d = standing_papers(work, payment.id)["SP2D"]
    count = work.session.scalar(select(func.count()).where(Instruction.payment_id == payment.id))
    instruction = Instruction(
        payment_id=payment.id,
        replaces_id=last.id,
        end_to_end=f"SP2D{payment.year}-{sp2d.value:06d}-{(count or 0) + 1}",
        amount=last.amount,
        payee=payment.payee,
        bank=bank,
        account=account,
        holder=holder,
        remittance=sp2d.number,
        made_at=work.now,
    )
    work.session.add(instruction)
    write_act(work, payment, SP2D, AGAIN, actor, note=instruction.end_to_end)
    note_done(work, asked)
    move(work, payment, BANK)
    work.audit(
        "sp2d.instruction.repeated",
        ref_of(payment),
        end_to_end=instruction.end_to_end,
        replaces=last.end_to_end,
    )
    return payment


def withdraw(work: Work, payment: Payment) -> None:
    """Take the open instruction back before the bank has it; ConflictError when it was sent."""
    last = instructions_of(work, payment.id)[-1]
    work.session.refresh(last, with_for_update=True)  # a file of orders may take it meanwhile
    if last.state == WAITING:
        last.state = WITHDRAWN
    elif last.state != RETURNED:
        raise ConflictError(
            _("Perintah bayar %(name)s sudah dikirim ke bank."),
            advice=_("Tunggu rekening koran; bila diretur, SP2D dapat dibatalkan."),
            name=last.end_to_end,
        )


def instructions_of(view: View, payment_id: UUID) -> list[Instruction]:
    """The instructions of a payment, the first one first."""
    return list(
        view.session.scalars(
            select(Instruction)
            .where(Instruction.payment_id == payment_id)
            .order_by(Instruction.made_at, Instruction.id)
        )
    )


def _check_account(payee: str, bank: str, account: str, holder: str) -> None:
    faults = check_order(Order("X", 1, payee, holder, bank, account, "X"))
    if faults:
        raise InvalidInputError(_("Rekening penerima keliru."), fields=faults)
