"""The form of a claim: the unit and the kind first, then what that kind needs.

The taxes of a bill are worked out by the edition of the day from price and object; nobody types
their amounts. The deductions of a salary are typed or read from a file. The form comes back with
everything that was typed when something is wrong with it.
"""

from typing import Any
from uuid import UUID

from leuit.values import ConflictError, InvalidInputError, LeuitError, _, new_id
from leuit.web import Choice, Field, FormPage, Request, Response, parse_id, redirect
from leuit.work import View
from leuit_sp2d.inbox import path_of
from leuit_sp2d.models import Payment, PaymentClaim
from leuit_sp2d.permissions import DRAFT as MAY_DRAFT
from leuit_sp2d.rules.chain import DRAFT, require_turn
from leuit_sp2d.rules.rupiah import format_rupiah
from leuit_sp2d.rules.salary import Salary
from leuit_sp2d.rules.tax_words import spoken
from leuit_sp2d.rules.taxable import Taxable
from leuit_sp2d.service.allowance_list import draw_list
from leuit_sp2d.service.allowances import payable, priced, salary_of
from leuit_sp2d.service.claim_desk import find_claim, read_claim, require_open, take_claim
from leuit_sp2d.service.claims import (
    MOST_DEDUCTIONS,
    TAKEN_KINDS,
    Claim,
    ClaimedDeduction,
    ClaimedLine,
)
from leuit_sp2d.service.deduction_file import DeductionFile
from leuit_sp2d.service.lines import lines_by_account, units_with_budget
from leuit_sp2d.service.payments import deductions_of, draft, find_payment, lines_of, revise
from leuit_sp2d.service.taxed import OTHER, taxable_of, with_taxes

from .claim_fields import TYPED_LINES, Office, fields_of, office_of
from .claim_rows import (
    LINES,
    MOST_ROWS,
    ROWS,
    cut_rows,
    cut_values,
    cuts_in,
    fill_cuts,
    lines_in,
    rows_in,
)
from .common import faults_of, id_in, version_in
from .words import KINDS

NEW = "/sp2d/payments/new"
MAX_BODY = 9 * 1024 * 1024
_PAGE = "sp2d/claim.html"


def new_claim(request: Request) -> Response:
    """Choose unit and kind, then the form; what is sent is written down once."""
    if asked_claim := request.form.get("claim") or request.query.get("claim", ""):
        return _take_up(request, parse_id(asked_claim))
    with request.read() as view:
        units = units_with_budget(view, MAY_DRAFT, view.today.year)
        if not units:
            raise ConflictError(
                _("Belum ada DPA untuk unit Anda tahun ini."),
                advice=_("Minta petugas anggaran memasukkan DPA."),
            )
        asked, kind = (
            request.form.get(name) or request.query.get(name, "") for name in ("unit", "kind")
        )
        if (not asked and len(units) > 1) or kind not in KINDS:
            return _choose(request, units, {"unit": asked, "kind": kind})
        unit_id = parse_id(asked) if asked else units[0][0]
        view.require(MAY_DRAFT, unit_id)
        office = office_of(view, unit_id, dict(units).get(unit_id, ""), view.today.year, kind)
    if request.method != "POST":
        form = _form(office, NEW).fill({"key": new_id(), **office.first})
        return form.answer(request, _PAGE, **_shown(request, office, (ROWS, ROWS)))
    return _sent(request, office, None)


def _take_up(request: Request, claim_id: UUID) -> Response:
    """The form with what a claim on the desk asks for; sent, it takes the claim up."""
    with request.read() as view:
        asked = request.method != "POST"
        claim = (read_claim if asked else find_claim)(view, claim_id)
        view.require(MAY_DRAFT, claim.unit_id)
        office = office_of(view, claim.unit_id, claim.purpose, view.today.year, claim.kind)
        values = _asked_for(view, claim, office)
        if asked:
            require_open(claim)
            if claim.month is not None:
                payable(view, claim)
    if not asked:
        return _sent(request, office, None)
    rows = max(ROWS, len(claim.lines) + 1)
    return (
        _form(office, NEW, claim=str(claim_id))
        .fill({"key": new_id(), **office.first, **values})
        .answer(request, _PAGE, **_shown(request, office, (rows, ROWS)))
    )


def edit_claim(request: Request) -> Response:
    """The form of a claim that is not on its way; its kind stays."""
    payment_id = id_in(request, "payment_id")
    with request.read() as view:
        payment = find_payment(view, payment_id, MAY_DRAFT)
        require_turn(payment.state, DRAFT)
        office = office_of(view, payment.unit_id, "", payment.year, payment.kind, payment)
        values = _values(view, payment)
    if request.method != "POST":
        lines, cuts = (
            max(ROWS, sum(name.startswith(f"{prefix}-") for name in values) + 1)
            for prefix in ("line", "cut")
        )
        form = _form(office, f"{path_of(payment_id)}/edit", payment).fill(values)
        return form.answer(
            request, _PAGE, **_shown(request, office, (lines, cuts), exempt=values["exempt"])
        )
    return _sent(request, office, payment)


def _sent(request: Request, office: Office, payment: Payment | None) -> Response:
    action = f"{path_of(payment.id)}/edit" if payment else NEW
    form = _form(office, action, payment, request.form.get("claim", ""))
    values = form.read(request.form, request.files)
    form.values.update({name: value for name, value in request.form.items() if "-" in name})
    line_rows, taken_rows = rows_in(request.form, LINES), cut_rows(request.form, None)
    rows = line_rows, taken_rows
    more = request.form.get("more", "")
    if more or "import" in request.form:
        form.errors.clear()
        read = None
        if "import" in request.form and office.kind == "LS_GAJI":
            read = fill_cuts(request, form)
            rows = line_rows, cut_rows(request.form, read)
        elif more == "cuts":
            rows = line_rows, min(taken_rows + ROWS, MOST_DEDUCTIONS)
        else:
            rows = min(line_rows + ROWS, MOST_ROWS), taken_rows
        return form.answer(request, _PAGE, **_shown(request, office, rows, read))
    lines = lines_in(request, form, line_rows) if office.kind in TYPED_LINES else ()
    others = cuts_in(request, form, taken_rows) if office.kind in TAKEN_KINDS else ()
    taxable = _taxable(request, form, values, office)
    if form.ok:
        try:
            claim = _claim(office, values, lines, others)
            drawn = None
            if payment is None and values["claim"]:
                drawn = draw_list(request.app, request.identity, parse_id(values["claim"]))
            with request.change() as work:
                if taxable is not None:
                    claim = with_taxes(work, claim, taxable)
                if payment is None and values["claim"]:
                    stored = take_claim(
                        work,
                        parse_id(values["claim"]),
                        version_in(request, "claim_version"),
                        claim,
                        key=parse_id(values["key"] or str(new_id())),
                        drawn=drawn,
                    )
                elif payment is None:
                    stored = draft(work, claim, key=parse_id(values["key"] or str(new_id())))
                else:
                    stored = revise(work, payment.id, claim, version_in(request))
                path = path_of(stored.id)
            return redirect(path, _("Pengajuan disimpan. Lampirkan dokumennya, lalu ajukan."))
        except (InvalidInputError, ConflictError) as error:
            _refuse(form, error)
    return form.answer(request, _PAGE, **_shown(request, office, rows))


def _shown(
    request: Request,
    office: Office,
    rows: tuple[int, int],
    read: DeductionFile | None = None,
    exempt: Any = None,
) -> dict[str, Any]:
    """What the form shows beside its fields; `exempt` are the exemptions of a stored claim."""
    words = office.taxes.exemptions if office.taxes else ()
    return {
        "office": office,
        "rows": rows[0],
        "cut_rows": rows[1],
        "read": read,
        "exemptions": [(word, spoken(word)) for word in sorted(words)],
        "exempt_chosen": request.form.all("exempt") if exempt is None else exempt,
    }


def _refuse(form: FormPage, error: LeuitError) -> None:
    known = {field.name for field in form.fields} | {"lines", "deductions"}
    for path, sentence in faults_of(error).items():
        place = path.partition("[")[0].partition(".")[0]
        form.errors.setdefault(place if place in known else "", sentence)


def _claim(
    office: Office,
    values: dict[str, Any],
    lines: tuple[ClaimedLine, ...],
    others: tuple[ClaimedDeduction, ...],
) -> Claim:
    salary = None
    if office.kind == "LS_GAJI":
        salary = Salary(values["salary_month"], values["salary_type"], values["salary_run"])
    return Claim(
        kind=office.kind,
        unit_id=office.unit_id,
        year=office.year,
        purpose=values["purpose"],
        basis=values.get("basis") or "",
        payee=values["payee"],
        bank=values["bank"],
        account=values["account"],
        holder=values["holder"],
        lines=lines,
        npwp=values.get("npwp") or "",
        invoice=values.get("invoice") or "",
        invoice_date=values.get("invoice_date"),
        deductions=others,
        amount=values.get("amount") or 0,
        lpj_id=parse_id(values["lpj"]) if office.kind == "GU" else None,
        salary=salary,
    )


def _taxable(
    request: Request, form: FormPage, values: dict[str, Any], office: Office
) -> Taxable | None:
    """What the taxes follow from; None for kinds that have none."""
    if office.taxes is None:
        return None
    if not values.get("object") or values.get("price") is None:
        return None
    try:
        return Taxable(
            object=values["object"],
            price=values["price"],
            charges_ppn=values["charges_ppn"],
            luxury=values["luxury"],
            has_npwp=bool(values["npwp"]),
            umkm=values["umkm"],
            qualification=values["qualification"] or "",
            golongan=values["golongan"] or "",
            exempt=frozenset(request.form.all("exempt")),
            undivided=values["undivided"],
        )
    except InvalidInputError as error:
        _refuse(form, error)
        return None


def _choose(request: Request, units: list[tuple[UUID, str]], given: dict[str, str]) -> Response:
    fields = [Field("kind", _("Jenis"), "radio", choices=[Choice(*pair) for pair in KINDS.items()])]
    if len(units) > 1:
        choices = [Choice(str(unit_id), name) for unit_id, name in units]
        fields.insert(0, Field("unit", _("Unit"), "select", choices=choices))
    form = FormPage(
        title=_("Ajukan pembayaran"),
        lead=_("Pilih siapa yang membayar dan untuk apa.")
        if len(units) > 1
        else _("Pilih jenis pembayarannya."),
        fields=fields,
        submit=_("Lanjut"),
        action=NEW,
        back="/sp2d",
        back_label=_("Pembayaran"),
    ).fill(given)
    if given["unit"] or given["kind"]:
        form.errors["kind"] = _("Pilih jenis pembayaran.")
    return form.answer(request, "sp2d/claim_kind.html")


def _form(office: Office, action: str, payment: Payment | None = None, claim: str = "") -> FormPage:
    """The form; back from it is the payment that is mended, or the claim that is taken up."""
    names = ("version",) if payment else ("key", "claim", "claim_version")
    hidden = [Field(name, "", "hidden", required=False) for name in names]
    kind = str(KINDS[office.kind])
    back, label = ("/sp2d", str(_("Pembayaran")))
    if payment:
        back, label = path_of(payment.id), payment.purpose
    elif claim:
        back, label = f"/sp2d/claims/{parse_id(claim)}", str(_("Klaim"))
    return FormPage(
        title=_("Perbaiki pengajuan") if payment else _("Ajukan pembayaran"),
        lead=f"{kind} · {office.unit}" if office.unit else kind,
        fields=[*hidden, *fields_of(office)],
        submit=_("Simpan pengajuan"),
        action=action,
        back=back,
        back_label=label,
    )


def _asked_for(view: View, claim: PaymentClaim, office: Office) -> dict[str, Any]:
    """What the form shows of a claim; a budget line where just one has the account."""
    values: dict[str, Any] = {"purpose": claim.purpose, "basis": claim.basis}
    values |= {"claim": claim.id, "claim_version": claim.version}
    amount = claim.amount or 0
    if claim.month is not None:
        salary, amount = salary_of(claim.month), priced(view, claim).total
        values |= {"salary_type": salary.type, "salary_month": salary.month}
    else:
        names = ("payee", "npwp", "bank", "account", "holder")
        values |= {name: getattr(claim, name) for name in names}
    accounts = lines_by_account(view, claim.unit_id, office.year)
    shares = claim.lines or [{"account": "", "amount": amount}]
    for row, share in enumerate(shares):
        fitting = accounts.get(share["account"], [])
        values[f"amount-{row}"] = format_rupiah(share["amount"])
        values[f"line-{row}"] = fitting[0] if len(fitting) == 1 else ""
    return values


def _values(view: View, payment: Payment) -> dict[str, Any]:
    """What the form shows of a stored claim."""
    names = ("version", "purpose", "basis", "invoice", "payee", "npwp", "bank", "account", "holder")
    values: dict[str, Any] = {name: getattr(payment, name) for name in names}
    values |= {name: getattr(payment, name) for name in _SALARY}
    values |= {"amount": format_rupiah(payment.gross), "lpj": payment.lpj_id}
    if payment.invoice_date:
        values["invoice_date"] = f"{payment.invoice_date:%d/%m/%Y}"
    for row, (line_id, amount) in enumerate(lines_of(view, payment.id).items()):
        values |= {f"line-{row}": line_id, f"amount-{row}": format_rupiah(amount)}
    values |= cut_values(
        tuple(
            ClaimedDeduction(one.code, one.title, one.amount, one.reduces)
            for one in deductions_of(view, payment.id)
            if one.code == OTHER or payment.taxed is None
        )
    )
    taxable = taxable_of(payment)
    values["exempt"] = taxable.exempt if taxable is not None else frozenset()
    if taxable is not None:
        values |= {
            "object": taxable.object,
            "price": format_rupiah(taxable.price),
            "charges_ppn": "ya" if taxable.charges_ppn else "",
            "luxury": "ya" if taxable.luxury else "",
            "umkm": "ya" if taxable.umkm else "",
            "qualification": taxable.qualification,
            "golongan": taxable.golongan,
            "undivided": format_rupiah(taxable.undivided) if taxable.undivided else "",
        }
    return values


_SALARY = ("salary_month", "salary_type", "salary_run")
