"""Account, holder and NPWP of a payment beside what can be known of them.

What the bank would refuse, or what is no NPWP, holds the step. Else the payee is compared with the
transfers that were made before, of all units: another account for the same NPWP, another owner of
the same account, an account from which the bank last returned money, an unusual count of digits.
These are warnings, since each can be right: people change their bank, and names are spelled anew.

A payment of a unit that the asker may not read is not named, and its account by its end alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select

from leuit.contracts import account_digits, bank_name
from leuit.values import LeuitError, RecordRef, Text, _, format_date
from leuit.work import View
from leuit_sp2d.bank.orders import Order, check_order
from leuit_sp2d.models import PAID, RETURNED, Instruction, Payment
from leuit_sp2d.permissions import READ
from leuit_sp2d.rules.bill import name_mark
from leuit_sp2d.rules.chain import CANCELLED, SPENDS
from leuit_sp2d.rules.tax_codes import parse_npwp, same_npwp, spellings

from .machine_check import MachineCheck, warn
from .moving import KIND

LOOKED_AT = 50
"""How many transfers to an account are compared, the latest first."""

_TITLE = _("Rekening dan NPWP terbaca")


def payee_checks(view: View, payment: Payment) -> Iterator[MachineCheck]:
    """Whether account and NPWP can be paid, and what a person should look at.

    Once the money is on its way, or the payment is given up, only the shape is told.
    """
    if fault := _fault(payment):
        yield MachineCheck("payee", _TITLE, False, fault)
        return
    if payment.state in SPENDS or payment.state == CANCELLED:
        yield MachineCheck("payee", _TITLE, True, _npwp_told(payment))
        return
    seen = view.connection.execute(
        _transfers()
        .where(
            Instruction.bank == payment.bank,
            Instruction.account == payment.account,
            Instruction.state.in_((PAID, RETURNED)),
        )
        .limit(LOOKED_AT)
    ).all()
    paid = [row for row in seen if row.state == PAID and row.id != payment.id]
    same = next((row for row in paid if _is_owner(payment, row)), None)
    found = tuple(_warnings(view, payment, seen, paid, same))
    if same is not None:
        told = _("seperti %s") % format_date(same.booked_on, "medium")
        yield MachineCheck("payee", _("Rekening dan NPWP cocok"), True, told)
    else:
        is_new = not any(one.code in ("owner", "account") for one in found)
        yield MachineCheck(
            "payee", _TITLE, True, _("penerima baru") if is_new else _npwp_told(payment)
        )
    yield from found


def note_named(view: View, payment: Payment, checks: Iterable[MachineCheck]) -> None:
    """Record that what was found names the payees of other payments."""
    for other in {check.about for check in checks} - {None, payment.id}:
        view.note_access(RecordRef(KIND, str(other), ""), fields=["npwp", "account"])


def _warnings(
    view: View, payment: Payment, seen: Sequence[Any], paid: Sequence[Any], same: Any
) -> Iterator[MachineCheck]:
    if paid and same is None:
        yield _other_owner(view, payment, paid[0])
    if payment.npwp and not any(same_npwp(row.npwp, payment.npwp) for row in paid):
        before = view.connection.execute(
            _transfers()
            .where(
                Payment.npwp.in_(spellings(payment.npwp)),
                Payment.id != payment.id,
                Instruction.state == PAID,
            )
            .limit(1)
        ).first()
        if before is not None:
            yield _other_account(view, payment, before)
    if seen and seen[0].state == RETURNED:
        yield _returned(view, seen[0])
    usual, count = account_digits(payment.bank), len(payment.account)
    if usual is not None and (count != usual or not payment.account.isdigit()):
        yield warn(
            "digits",
            _("Jumlah angka rekening tidak lazim"),
            _("Nomor rekening %(bank)s lazimnya %(usual)s angka; yang ini %(count)s.")
            % {"bank": bank_name(payment.bank), "usual": usual, "count": count},
        )


def _fault(payment: Payment) -> Text | str:
    """Why nobody can be paid so; empty when he can."""
    order = Order(
        "X", payment.net, payment.payee, payment.holder, payment.bank, payment.account, "X"
    )
    for fault in check_order(order):
        return fault.sentence()
    try:
        parse_npwp(payment.npwp)
    except LeuitError as error:
        return str(error)
    return ""


def _transfers() -> Any:
    """Transfers that the bank booked or returned, the latest first."""
    return (
        select(
            Payment.id,
            Payment.purpose,
            Payment.unit_id,
            Payment.npwp,
            Instruction.bank,
            Instruction.account,
            Instruction.holder,
            Instruction.state,
            Instruction.booked_on,
            Instruction.return_reason,
        )
        .join(Payment, Payment.id == Instruction.payment_id)
        .order_by(Instruction.booked_on.desc(), Instruction.id.desc())
    )


def _is_owner(payment: Payment, row: Any) -> bool:
    """Whether the account was paid for the same owner; who had no NPWP then may have one now."""
    known = not (row.npwp and payment.npwp) or same_npwp(row.npwp, payment.npwp)
    return known and name_mark(row.holder) == name_mark(payment.holder)


def _other_owner(view: View, payment: Payment, before: Any) -> MachineCheck:
    where, about = _where(view, before)
    return warn(
        "owner",
        _("Pemilik rekening lain dari sebelumnya"),
        _("Rekening ini terakhir dibayar untuk %(before)s (%(where)s); kini untuk %(now)s.")
        % {
            "before": _owner(before, shown=about is not None),
            "now": _owner(payment, shown=True),
            "where": where,
        },
        about,
    )


def _other_account(view: View, payment: Payment, before: Any) -> MachineCheck:
    where, about = _where(view, before)
    account = before.account if about is not None else f"•••• {before.account[-4:]}"
    return warn(
        "account",
        _("Rekening lain dari sebelumnya"),
        _("NPWP ini terakhir dibayar ke %(before)s (%(where)s); kini ke %(now)s.")
        % {
            "before": f"{bank_name(before.bank) or before.bank} {account}",
            "now": f"{bank_name(payment.bank) or payment.bank} {payment.account}",
            "where": where,
        },
        about,
    )


def _returned(view: View, last: Any) -> MachineCheck:
    where, about = _where(view, last)
    return warn(
        "retur",
        _("Rekening ini pernah diretur bank"),
        _("Transfer terakhir ke rekening ini diretur (%(where)s). Alasan bank: %(reason)s.")
        % {"where": where, "reason": (last.return_reason or _("tidak disebut")).rstrip(".")},
        about,
    )


def _where(view: View, row: Any) -> tuple[str, Any]:
    """In which payment and when, and its id where the asker may read it."""
    day = format_date(row.booked_on, "medium")
    readable = select(Payment.id).where(Payment.id == row.id, Payment.unit_id.in_(view.units(READ)))
    if view.connection.execute(readable).first() is None:
        return _("pembayaran unit lain, %(day)s") % {"day": day}, None
    return f"{row.purpose}, {day}", row.id


def _owner(row: Any, *, shown: bool) -> str:
    npwp = row.npwp if shown else f"•••• {row.npwp[-4:]}"
    return f"{row.holder}, NPWP {npwp}" if row.npwp else f"{row.holder}, {_('tanpa NPWP')}"


def _npwp_told(payment: Payment) -> str:
    return _("NPWP ada") if payment.npwp else _("tanpa NPWP")
