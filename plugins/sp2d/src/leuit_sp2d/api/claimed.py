"""A claim as a program sends it, of every kind, and its faults at the paths that were sent."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated
from uuid import UUID

import attrs
import msgspec

from leuit.values import FieldError, InvalidInputError, LeuitError, Text, _
from leuit.work import View
from leuit_sp2d.rules.regulation import KINDS
from leuit_sp2d.rules.salary import MOST_RUNS, Salary
from leuit_sp2d.rules.tax_rules import Object
from leuit_sp2d.rules.taxable import Taxable
from leuit_sp2d.service.claims import Claim, ClaimedDeduction, ClaimedLine
from leuit_sp2d.service.deduction_file import parse_code
from leuit_sp2d.service.taxed import OTHER, with_taxes

from .bounds import Amount, Version, Year


@attrs.frozen
class ClaimedLineBody:
    """A budget line, by its id, and what it shall bear."""

    line: UUID
    amount: Amount


@attrs.frozen
class OtherDeductionBody:
    """A deduction that is no tax; one that does not reduce the transfer is told only.

    `code` is that of the salary roll (IWP, BPJS4); without it the deduction is LAIN.
    """

    title: str
    amount: Amount
    reduces: bool = True
    code: str = ""


@attrs.frozen
class SalaryBody:
    """Which salary is paid: `month` as 2026-10, `type`, and for types that repeat the `run`.

    `type` is induk or tpp, once a month, or susulan, kekurangan, terusan or uang_duka.
    """

    month: str
    type: str
    run: Annotated[int, msgspec.Meta(ge=1, le=MOST_RUNS)] = 1


@attrs.frozen
class TaxableBody:
    """What the taxes follow from: `price` without PPN, of an honorarium or rent of land the gross.

    `undivided` is the whole price where this is a part of a purchase; `exempt` names the exemptions
    of the edition that the treasurer states.
    """

    object: Object
    price: Amount
    charges_ppn: bool
    luxury: bool = False
    umkm: bool = False
    qualification: str = ""
    golongan: str = ""
    exempt: list[str] = attrs.field(factory=list)
    undivided: Amount | None = None


@attrs.frozen
class PaymentBody:
    """A claim of a payee: what for, to whom, from which budget lines.

    `kind` is LS_BJ (goods and services, with `taxable`, `basis`, `invoice` and `invoice_date`),
    LS_GAJI (with `salary`), UP (a float, with its `amount` and no lines) or GU (with the approved
    `lpj` that it refills, which gives the lines). `bank` is the bank's three-digit code. The lines
    sum to the gross: for goods and services to the price with its PPN.
    """

    unit: UUID
    year: Year
    kind: str
    purpose: str
    payee: str
    bank: str
    account: str
    holder: str
    lines: list[ClaimedLineBody] = attrs.field(factory=list)
    basis: str = ""
    npwp: str = ""
    invoice: str = ""
    invoice_date: dt.date | None = None
    taxable: TaxableBody | None = None
    deductions: list[OtherDeductionBody] = attrs.field(factory=list)
    amount: Amount | None = None
    lpj: UUID | None = None
    salary: SalaryBody | None = None


@attrs.frozen
class RevisionBody(PaymentBody):
    """The whole claim anew, and the version that was read."""

    version: Version = attrs.field(kw_only=True)


def claim_of_body(view: View, sent: PaymentBody, salary: Salary | None = None) -> Claim:
    """The claim with the taxes of the day; `salary` is the one that is paid where none was sent.

    InvalidInputError for what does not belong to the kind, at its path.
    """
    if sent.salary is not None:
        salary = Salary(sent.salary.month, sent.salary.type, sent.salary.run)
    faults = list(_misplaced(sent))
    claim = Claim(
        kind=sent.kind,
        unit_id=sent.unit,
        year=sent.year,
        purpose=sent.purpose,
        basis=sent.basis,
        payee=sent.payee,
        bank=sent.bank,
        account=sent.account,
        holder=sent.holder,
        lines=tuple(ClaimedLine(one.line, one.amount) for one in sent.lines),
        npwp=sent.npwp,
        invoice=sent.invoice,
        invoice_date=sent.invoice_date,
        deductions=tuple(
            ClaimedDeduction(code, one.title, one.amount, one.reduces)
            for one, code in zip(sent.deductions, _codes(sent, faults), strict=True)
        ),
        amount=sent.amount or 0,
        lpj_id=sent.lpj,
        salary=salary,
    )
    if sent.kind == "LS_BJ" and sent.taxable is None:
        sentence = _("Isi untuk menghitung pajaknya.")
        faults.append(FieldError("taxable", sentence, "required"))
    if faults:
        raise InvalidInputError(
            _("Pengajuan belum dapat disimpan."),
            advice=_("Perbaiki isian yang ditandai."),
            fields=faults,
        )
    if sent.kind != "LS_BJ" or sent.taxable is None:
        return claim
    values = attrs.asdict(sent.taxable, recurse=False) | {"exempt": frozenset(sent.taxable.exempt)}
    try:
        return with_taxes(view, claim, Taxable(has_npwp=bool(sent.npwp), **values))
    except InvalidInputError as error:
        raise _placed(error) from error


@contextmanager
def told_where_sent(sent: PaymentBody) -> Iterator[None]:
    """Faults of the service with the path of the body; a salary that was not sent is one fault."""
    try:
        yield
    except InvalidInputError as error:
        moved = [
            attrs.evolve(one, path=_SALARY[one.path] if sent.salary else "salary")
            if one.path in _SALARY
            else one
            for one in error.fields
        ]
        error.fields = tuple(moved)
        raise


def _misplaced(sent: PaymentBody) -> Iterator[FieldError]:
    """What was sent though the kind has no such field; kinds that are none are told elsewhere."""
    if sent.kind not in KINDS:
        return
    for name, (kind, sentence) in _BELONGS.items():
        if getattr(sent, name) is not None and sent.kind != kind:
            yield FieldError(name, sentence, "not_here")
    if sent.kind == "GU" and sent.lines:
        yield FieldError("lines", _("Baris anggaran GU diambil dari LPJ-nya."), "no_lines")
    if sent.kind == "UP" and sent.amount is None:
        yield FieldError("amount", _("Isi besaran UP."), "required")


def _codes(sent: PaymentBody, faults: list[FieldError]) -> list[str]:
    """The code of each deduction; those of taxes are worked out, so a salary alone names them."""
    codes = []
    for place, one in enumerate(sent.deductions):
        path = f"deductions[{place}].code"
        codes.append(OTHER)
        if not one.code.strip():
            continue
        if sent.kind != "LS_GAJI":
            faults.append(FieldError(path, _("Kode potongan hanya untuk LS gaji."), "not_here"))
            continue
        try:
            codes[-1] = parse_code(one.code)
        except LeuitError as error:
            faults.append(error.at(path))
    return codes


def _placed(error: InvalidInputError) -> InvalidInputError:
    """The same refusal with the faults of the tax words where they stand in the body."""
    names = {field.name for field in attrs.fields(TaxableBody)}
    error.fields = tuple(
        attrs.evolve(one, path=f"taxable.{one.path}")
        if one.path.partition("[")[0] in names
        else one
        for one in error.fields
    )
    return error


_BELONGS: dict[str, tuple[str, Text]] = {
    "amount": ("UP", _("Nilai diisi untuk UP saja; jenis lain menurut barisnya.")),
    "lpj": ("GU", _("LPJ disebut untuk GU saja.")),
    "salary": ("LS_GAJI", _("Bulan dan jenis gaji disebut untuk LS gaji saja.")),
    "taxable": ("LS_BJ", _("Pajak dihitung untuk LS barang dan jasa saja.")),
}
_SALARY = {
    "salary_month": "salary.month",
    "salary_type": "salary.type",
    "salary_run": "salary.run",
}
"""Paths of the service, which knows a salary by three fields of a form."""
