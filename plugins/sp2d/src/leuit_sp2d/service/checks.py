"""What the machine compares by itself before a person decides: sums, limits, payee, bill, files."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import func, select

from leuit.builtin.regulations import edition
from leuit.values import FieldError, Text, _
from leuit.work import View
from leuit_sp2d.models import Bill, Evidence, Payment, PaymentClaim
from leuit_sp2d.rules.chain import HOLDS, SPENDS
from leuit_sp2d.rules.regulation import ChecklistItem, PaymentRules
from leuit_sp2d.rules.rupiah import format_rupiah

from .allowances import fixed_total, salary_of
from .claims import LINE_KINDS
from .float import fault_of_float, lines_of_lpj
from .holdings import shortages
from .machine_check import MachineCheck, warn
from .payee_check import payee_checks
from .payments import deductions_of, lines_of
from .regulation import RULES
from .splitting import looks_split
from .taxed import OTHER, expected
from .telling import claim_of


def machine_checks(view: View, payment: Payment) -> tuple[MachineCheck, ...]:
    """All comparisons of a payment as it is now."""
    return (
        *_budget(view, payment),
        *_float(view, payment),
        _sums(view, payment),
        *_taxes(view, payment),
        *_claimed(view, payment),
        *payee_checks(view, payment),
        _bill(view, payment),
    )


def failed_checks(checks: Iterable[MachineCheck]) -> tuple[MachineCheck, ...]:
    """Those that do not hold, warnings left out."""
    return tuple(check for check in checks if not check.ok and not check.warning)


def warnings(checks: Iterable[MachineCheck]) -> tuple[MachineCheck, ...]:
    """Those that hold no step, but want an answer of whoever compares."""
    return tuple(check for check in checks if check.warning)


def files_by_item(view: View, payment: Payment) -> Mapping[str, int]:
    """How many files prove each item."""
    rows = view.connection.execute(
        select(Evidence.item, func.count())
        .where(Evidence.payment_id == payment.id)
        .group_by(Evidence.item)
    )
    return {row[0]: row[1] for row in rows}


def checklist_faults(view: View, payment: Payment, rules: PaymentRules) -> list[FieldError]:
    """The required documents that have no file yet."""
    files = files_by_item(view, payment)
    return [
        FieldError(
            f"evidence.{item.code}",
            _("Unggah dokumen: %(title)s."),
            "missing_document",
            {"title": item.title},
        )
        for item in _required(rules, payment)
        if not files.get(item.code)
    ]


def items_to_compare(
    view: View, payment: Payment, rules: PaymentRules
) -> tuple[ChecklistItem, ...]:
    """What a person compares at the step for which the payment waits."""
    files = files_by_item(view, payment)
    return tuple(
        item
        for item in rules.items_of(payment.kind)
        if item.is_compared(payment.state, has_file=item.code in files)
    )


def _required(rules: PaymentRules, payment: Payment) -> tuple[ChecklistItem, ...]:
    return tuple(item for item in rules.items_of(payment.kind) if item.required)


def _budget(view: View, payment: Payment) -> Iterator[MachineCheck]:
    title = _("Pagu dan SPD cukup")
    if payment.kind not in LINE_KINDS:
        return
    if payment.state in HOLDS | SPENDS:
        told = _("sudah cair") if payment.state in SPENDS else _("sudah disisihkan")
        yield MachineCheck("budget", title, True, told)
    elif found := shortages(view, lines_of(view, payment.id)):
        missing = sum(line.shortage.missing for line in found)
        yield MachineCheck("budget", title, False, _("kurang %s") % format_rupiah(missing))
    else:
        yield MachineCheck("budget", title, True, format_rupiah(payment.gross))


def _float(view: View, payment: Payment) -> Iterator[MachineCheck]:
    """A float within its figure; a refill of just what its LPJ accounts for, line by line."""
    if payment.kind == "UP" and payment.state not in SPENDS:
        if edition(view, RULES, view.today) is None:
            return  # nothing to compare with; no step is taken without rules either
        ok = fault_of_float(view, payment.unit_id, payment.gross) is None
        told = format_rupiah(payment.gross)
        yield MachineCheck("float", _("UP dalam batas aturannya"), ok, told)
    elif payment.lpj_id is not None:
        ok = lines_of_lpj(view, payment.lpj_id) == lines_of(view, payment.id)
        told = _("%s baris") % len(lines_of(view, payment.id))
        yield MachineCheck("refill", _("Sama dengan LPJ yang disahkan"), ok, told)


def _sums(view: View, payment: Payment) -> MachineCheck:
    lines = lines_of(view, payment.id)
    kept_back = sum(one.amount for one in deductions_of(view, payment.id) if one.reduces)
    told = _("%s baris") % len(lines) if lines else _("tanpa baris anggaran")
    borne = sum(lines.values()) if payment.kind in LINE_KINDS else payment.gross
    ok = borne == payment.gross and payment.gross - kept_back == payment.net
    return MachineCheck("sums", _("Hitungan benar"), ok, told)


def _taxes(view: View, payment: Payment) -> Iterator[MachineCheck]:
    """The taxes kept with the payment are those of the edition that they were worked out by."""
    proposal = expected(view, payment)
    if proposal is None:
        return
    kept = sorted(
        (one.code, one.amount) for one in deductions_of(view, payment.id) if one.code != OTHER
    )
    wanted = sorted((one.code, one.amount) for one in proposal.deductions)
    ok = kept == wanted and proposal.gross == payment.gross
    yield MachineCheck("taxes", _("Pajak menurut edisinya"), ok, _("%s pajak") % len(kept))
    if others := looks_split(view, payment):
        yield warn("split", _("Mungkin pembelian yang dipecah"), ", ".join(others))


def _claimed(view: View, payment: Payment) -> Iterator[MachineCheck]:
    """A payment that was taken up from a claim pays what was asked for, to whom it was asked for.

    A tax number that the claim lacks may be added.
    """
    claim = claim_of(view, payment)
    if claim is None:
        return
    if claim.month is not None:
        yield _as_listed(view, payment, claim, claim.month)
        return
    names = ["kind", "payee", "bank", "account", "holder", *(["npwp"] if claim.npwp else [])]
    same = all(getattr(claim, name) == getattr(payment, name) for name in names)
    ok = same and claim.amount == payment.gross
    told = format_rupiah(claim.amount or 0) if same else _("penerima berbeda")
    yield MachineCheck("claim", _("Sama dengan klaimnya"), ok, told)


def _as_listed(view: View, payment: Payment, claim: PaymentClaim, month: dt.date) -> MachineCheck:
    """An allowance is paid as the salary of its month, and as much as its people get together."""
    total, salary = fixed_total(view, claim.id), salary_of(month)
    same = (payment.kind, payment.salary_month, payment.salary_type) == (
        claim.kind,
        salary.month,
        salary.type,
    )
    told = format_rupiah(total) if same else _("jenis atau bulan berbeda")
    ok = same and total == payment.gross
    return MachineCheck("claim", _("Sama dengan klaimnya"), ok, told)


def _bill(view: View, payment: Payment) -> MachineCheck:
    title = _("Tidak dibayar dua kali") if payment.state in SPENDS else _("Belum pernah dibayar")
    if payment.kind == "LS_BJ" and not payment.invoice:
        return MachineCheck("bill", title, True, _("tanpa tagihan"))
    own = view.connection.execute(
        select(func.count()).where(Bill.payment_id == payment.id)
    ).scalar_one()
    return MachineCheck("bill", title, own > 0, _ONCE.get(payment.kind, _ONCE_BILL))


_ONCE: Mapping[str, Text] = {
    "UP": _("UP pertama tahun ini"),
    "GU": _("LPJ diganti sekali"),
    "LS_GAJI": _("bulan dan jenis unik"),
}
_ONCE_BILL = _("nomor tagihan unik")
