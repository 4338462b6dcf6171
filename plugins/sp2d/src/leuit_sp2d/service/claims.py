"""What a payment is asked for: checked as a whole, all faults at once, before it is written down.

The claim names the payee as the bank needs it, the bill, how much each budget line bears, and the
deductions. Amounts are whole rupiah; gross is the sum of the lines, net is what the bank transfers.
A float (UP) bears no line, so its amount is told; its refill (GU) bears the lines of its LPJ.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.checks import TextChecker
from leuit.values import FieldError, InvalidInputError, LeuitError, _, one_line
from leuit.work import View
from leuit_sp2d.bank.orders import Order, check_order
from leuit_sp2d.models import Line
from leuit_sp2d.rules.regulation import KINDS
from leuit_sp2d.rules.rupiah import LARGEST, check_amount
from leuit_sp2d.rules.salary import Salary, faults_of_salary
from leuit_sp2d.rules.tax_codes import parse_npwp

from .float import approved_lpj, fault_of_float, fault_of_refill, lines_of_lpj

MOST_LINES = 200
MOST_DEDUCTIONS = 20
LINE_KINDS = ("LS_BJ", "LS_GAJI", "GU")
"""Kinds that bear budget lines; a float is a cash advance and bears none."""

TAKEN_KINDS = ("LS_BJ", "LS_GAJI")
"""Kinds from which something may be deducted."""


@attrs.frozen
class ClaimedLine:
    """How much a budget line shall bear."""

    line_id: UUID
    amount: int


@attrs.frozen
class ClaimedDeduction:
    """A deduction of the claim; `reduces` is kept back from the transfer, else it is told only."""

    code: str
    title: str
    amount: int
    reduces: bool = True
    base: int | None = None
    rate: Decimal | None = None
    how: str = ""
    kap_kjs: str = ""
    billing_id: str = ""
    ntpn: str = ""


@attrs.frozen
class Claim:
    """A claim as it is written down; texts are one line each.

    `amount` is that of a UP alone. A GU names the approved LPJ that it refills, and `lines` are
    taken from there.
    """

    kind: str
    unit_id: UUID
    year: int
    purpose: str
    basis: str
    payee: str
    bank: str
    account: str
    holder: str
    lines: tuple[ClaimedLine, ...]
    npwp: str = ""
    invoice: str = ""
    invoice_date: dt.date | None = None
    deductions: tuple[ClaimedDeduction, ...] = ()
    taxed: Mapping[str, Any] | None = None
    tax_rules_id: UUID | None = None
    amount: int = 0
    lpj_id: UUID | None = None
    salary: Salary | None = None

    @property
    def gross(self) -> int:
        if self.kind not in LINE_KINDS:
            return self.amount
        return sum(line.amount for line in self.lines)

    @property
    def net(self) -> int:
        return self.gross - sum(one.amount for one in self.deductions if one.reduces)


def checked(view: View, claim: Claim) -> Claim:
    """The claim with its texts made plain; InvalidInputError names every fault by its field."""
    texts = TextChecker()

    def line(field: str, most: int, *, required: bool = True) -> str:
        given = getattr(claim, field)
        return texts.read(field, one_line(given), most=most, required=required)

    plain = attrs.evolve(
        claim,
        purpose=line("purpose", 300),
        basis=line("basis", 200, required=claim.kind == "LS_BJ"),
        payee=line("payee", 140),
        holder=line("holder", 70),
        account=line("account", 34).replace(" ", ""),
        invoice=line("invoice", 100, required=claim.kind == "LS_BJ"),
    )
    faults = [
        *texts.faults,
        *faults_of_payee(plain.payee, plain.holder, plain.bank, plain.account, plain.npwp),
    ]
    if claim.kind not in KINDS:
        faults.append(FieldError("kind", _("Pilih jenis pembayaran."), "kind"))
    elif claim.kind == "UP":
        faults += _faults_of_float(view, plain)
    elif claim.kind == "GU":
        plain = _refilling(view, plain, faults)
    elif claim.kind == "LS_GAJI":
        faults += _faults_of_salary(plain)
    if claim.kind == "LS_BJ" and claim.invoice_date is None:
        faults.append(FieldError("invoice_date", _("Isi tanggal tagihan."), "required"))
    elif claim.invoice_date is not None and claim.invoice_date > view.today:
        faults.append(
            FieldError("invoice_date", _("Tanggal tagihan tidak boleh sesudah hari ini."), "future")
        )
    if claim.kind in TAKEN_KINDS:
        faults += _faults_of_lines(view, plain)
        faults += _faults_of_deductions(plain)
    elif claim.deductions:
        faults.append(
            FieldError("deductions", _("Uang persediaan tidak dipotong."), "no_deductions")
        )
    if faults:
        raise InvalidInputError(
            _("Pengajuan belum dapat disimpan."),
            advice=_("Perbaiki isian yang ditandai."),
            fields=faults,
        )
    return attrs.evolve(plain, npwp=parse_npwp(plain.npwp) or "")


def _faults_of_float(view: View, claim: Claim) -> Iterable[FieldError]:
    if claim.lines:
        yield FieldError("lines", _("UP tidak membebani baris anggaran."), "no_lines")
    fault = _amount("amount", claim.amount) or fault_of_float(view, claim.unit_id, claim.amount)
    if fault is not None:
        yield fault


def _refilling(view: View, claim: Claim, faults: list[FieldError]) -> Claim:
    """The claim with the lines of its LPJ, which names its basis too; adds what is in the way."""
    lpj = approved_lpj(view, claim.unit_id, claim.year, claim.lpj_id)
    if lpj is None:
        faults.append(FieldError("lpj", _("Pilih LPJ yang sudah disahkan."), "unknown_lpj"))
        return claim
    if (fault := fault_of_refill(view, lpj.unit_id, lpj.year)) is not None:
        faults.append(fault)
    lines = tuple(ClaimedLine(*pair) for pair in lines_of_lpj(view, lpj.id).items())
    return attrs.evolve(claim, lines=lines, basis=claim.basis or lpj.number)


def _faults_of_salary(claim: Claim) -> Iterable[FieldError]:
    if claim.salary is None:
        yield FieldError("salary_type", _("Pilih jenis gaji."), "required")
        return
    for field, sentence, code in faults_of_salary(claim.salary, claim.year):
        yield FieldError(field, sentence, code)


def faults_of_payee(
    payee: str, holder: str, bank: str, account: str, npwp: str
) -> Iterable[FieldError]:
    """For what the bank would refuse a payee, and an NPWP that is none, by field."""
    told = {"payee": payee, "holder": holder, "account": account}
    for fault in check_order(Order("X", 1, payee, holder, bank, account, "X")):
        if told.get(fault.path, "-"):  # an empty field is told as missing, not as wrong
            yield fault
    try:
        parse_npwp(npwp)
    except LeuitError as error:
        yield error.at("npwp")


def _faults_of_lines(view: View, claim: Claim) -> Iterable[FieldError]:
    if not claim.lines:
        yield FieldError("lines", _("Isi nilai pada sedikitnya satu baris anggaran."), "required")
        return
    if len(claim.lines) > MOST_LINES:
        yield FieldError("lines", _("Baris anggaran terlalu banyak."), "too_many")
        return
    ids = [line.line_id for line in claim.lines]
    known = set(
        view.connection.execute(
            select(Line.id).where(
                Line.id.in_(ids), Line.unit_id == claim.unit_id, Line.year == claim.year
            )
        ).scalars()
    )
    for place, line in enumerate(claim.lines):
        path = f"lines[{place}]"
        if line.line_id not in known:
            yield FieldError(path, _("Baris anggaran itu bukan milik unit ini."), "unknown_line")
        elif ids.index(line.line_id) != place:
            yield FieldError(path, _("Baris anggaran itu disebut dua kali."), "twice")
        if (fault := _amount(f"{path}.amount", line.amount)) is not None:
            yield fault
    if claim.gross > LARGEST:
        yield FieldError("lines", _("Jumlahnya terlalu besar."), "wrong_amount")


def _faults_of_deductions(claim: Claim) -> Iterable[FieldError]:
    if len(claim.deductions) > MOST_DEDUCTIONS:
        yield FieldError("deductions", _("Potongan terlalu banyak."), "too_many")
    for place, one in enumerate(claim.deductions[:MOST_DEDUCTIONS]):
        if (fault := _amount(f"deductions[{place}].amount", one.amount)) is not None:
            yield fault
        if not one.title.strip() or len(one.title) > 120:
            yield FieldError(f"deductions[{place}].title", _("Isi nama potongan."), "required")
    if claim.lines and claim.net <= 0:
        yield FieldError(
            "deductions", _("Potongan melebihi atau sama dengan nilai pembayaran."), "net"
        )


def _amount(path: str, amount: int) -> FieldError | None:
    try:
        check_amount(amount)
    except LeuitError as error:
        return error.at(path)
    return None
