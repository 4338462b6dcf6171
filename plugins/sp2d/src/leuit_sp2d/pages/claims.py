"""The form of a claim: what is paid, to whom, from which budget lines, and its taxes.

The taxes are worked out by the edition of the day from price and object; nobody types their
amounts. The form comes back with everything that was typed when something is wrong with it.
"""

from typing import Any
from uuid import UUID

import attrs

from leuit.builtin.regulations import edition
from leuit.values import ConflictError, InvalidInputError, LeuitError, _, new_id, parse_date
from leuit.web import Choice, Field, FormPage, Request, Response, redirect
from leuit.work import View
from leuit_sp2d.models import Payment, PaymentClaim
from leuit_sp2d.permissions import DRAFT as MAY_DRAFT
from leuit_sp2d.rules.chain import DRAFT, require_turn
from leuit_sp2d.rules.rupiah import format_rupiah, parse_rupiah
from leuit_sp2d.rules.tax_rules import OBJECTS, TaxRules
from leuit_sp2d.rules.tax_words import spoken
from leuit_sp2d.rules.taxable import Taxable
from leuit_sp2d.service.claim_desk import find_claim, require_open, take_claim
from leuit_sp2d.service.claims import LINE_KINDS, Claim, ClaimedDeduction, ClaimedLine
from leuit_sp2d.service.lines import line_choices, lines_by_account, units_with_budget
from leuit_sp2d.service.payments import deductions_of, draft, find_payment, lines_of, revise
from leuit_sp2d.service.tax_edition import TAXES
from leuit_sp2d.service.taxed import OTHER, taxable_of, with_taxes
from leuit_sp2d.service.telling import claim_ref

from .acting import bank_choices
from .common import faults_of, id_in, uuid_of, version_in
from .words import KINDS

ROWS = 3
MOST_ROWS = 40


@attrs.frozen
class Office:
    """The unit and year of a claim, with the lines and tax rules that it may use."""

    unit_id: UUID
    unit: str
    year: int
    lines: dict[str, str]
    taxes: TaxRules | None


def new_claim(request: Request) -> Response:
    """Choose the unit where there are several, then the form; what is sent is written down once."""
    if asked_claim := request.form.get("claim") or request.query.get("claim", ""):
        return _take_up(request, uuid_of(asked_claim))
    with request.read() as view:
        units = units_with_budget(view, MAY_DRAFT, view.today.year)
        if not units:
            raise ConflictError(
                _("Belum ada DPA untuk unit Anda tahun ini."),
                advice=_("Minta petugas anggaran memasukkan DPA."),
            )
        asked = request.form.get("unit") or request.query.get("unit", "")
        if not asked and len(units) > 1:
            return _choose_unit(request, units)
        unit_id = uuid_of(asked) if asked else units[0][0]
        view.require(MAY_DRAFT, unit_id)
        office = _office(view, unit_id, dict(units).get(unit_id, ""), view.today.year)
    if request.method != "POST":
        return (
            _form(office, "/sp2d/payments/new")
            .fill({"key": new_id()})
            .answer(request, "sp2d/claim.html", **_shown(request, office, ROWS))
        )
    return _sent(request, office, None)


def _take_up(request: Request, claim_id: UUID) -> Response:
    """The form with what a claim on the desk asks for; sent, it takes the claim up."""
    with request.read() as view:
        claim = find_claim(view, claim_id)
        view.require(MAY_DRAFT, claim.unit_id)
        office = _office(view, claim.unit_id, claim.purpose, view.today.year)
        values = _asked_for(view, claim, office)
        if request.method != "POST":
            require_open(claim)
            view.note_access(claim_ref(claim), fields=["payee", "npwp", "account"])
    if request.method == "POST":
        return _sent(request, office, None)
    rows = max(ROWS, len(claim.lines) + 1)
    return (
        _form(office, "/sp2d/payments/new")
        .fill({"key": new_id(), **values})
        .answer(request, "sp2d/claim.html", **_shown(request, office, rows))
    )


def edit_claim(request: Request) -> Response:
    """The form of a claim that is not on its way."""
    payment_id = id_in(request, "payment_id")
    with request.read() as view:
        payment = find_payment(view, payment_id, MAY_DRAFT)
        require_turn(payment.state, DRAFT)
        office = _office(view, payment.unit_id, "", payment.year)
        values = _values(view, payment)
    if request.method != "POST":
        rows = max(ROWS, sum(name.startswith("line-") for name in values) + 1)
        form = _form(office, f"/sp2d/payments/{payment_id}/edit", payment)
        return form.fill(values).answer(
            request, "sp2d/claim.html", **_shown(request, office, rows, values)
        )
    return _sent(request, office, payment)


def _sent(request: Request, office: Office, payment: Payment | None) -> Response:
    action = f"/sp2d/payments/{payment.id}/edit" if payment else "/sp2d/payments/new"
    form = _form(office, action, payment)
    rows = _rows(request)
    values = form.read(request.form, request.files)
    form.values.update({name: value for name, value in request.form.items() if "-" in name})
    if "more" in request.form:
        form.errors.clear()
        return form.answer(request, "sp2d/claim.html", **_shown(request, office, rows + ROWS))
    lines, others = _lines(request, form, rows), _others(request, form, rows)
    taxable = _taxable(request, form, values, office)
    if form.ok:
        try:
            claim = _claim(office, values, lines, others)
            with request.change() as work:
                if taxable is not None:
                    claim = with_taxes(work, claim, taxable)
                if payment is None and values["claim"]:
                    stored = take_claim(
                        work,
                        uuid_of(values["claim"]),
                        version_in(request, "claim_version"),
                        claim,
                        key=uuid_of(values["key"] or str(new_id())),
                    )
                elif payment is None:
                    stored = draft(work, claim, key=uuid_of(values["key"] or str(new_id())))
                else:
                    stored = revise(work, payment.id, claim, version_in(request))
                path = f"/sp2d/payments/{stored.id}"
            return redirect(path, _("Pengajuan disimpan. Lampirkan dokumennya, lalu ajukan."))
        except (InvalidInputError, ConflictError) as error:
            _refuse(form, error)
    return form.answer(request, "sp2d/claim.html", **_shown(request, office, rows))


def _shown(
    request: Request, office: Office, rows: int, values: dict[str, Any] | None = None
) -> dict[str, Any]:
    """What the form shows beside its fields; `values` of a stored claim tick its exemptions."""
    words = office.taxes.exemptions if office.taxes else ()
    return {
        "office": office,
        "rows": rows,
        "exemptions": [(word, spoken(word)) for word in sorted(words)],
        "exempt_chosen": values["exempt"] if values else request.form.all("exempt"),
    }


def _refuse(form: FormPage, error: LeuitError) -> None:
    known = {field.name for field in form.fields} | {"lines"}
    for path, sentence in faults_of(error).items():
        place = path.partition("[")[0].partition(".")[0]
        form.errors.setdefault(place if place in known else "", sentence)


def _claim(
    office: Office,
    values: dict[str, Any],
    lines: tuple[ClaimedLine, ...],
    others: tuple[ClaimedDeduction, ...],
) -> Claim:
    return Claim(
        kind=values["kind"],
        unit_id=office.unit_id,
        year=office.year,
        purpose=values["purpose"],
        basis=values["basis"] or "",
        payee=values["payee"],
        bank=values["bank"],
        account=values["account"],
        holder=values["holder"],
        lines=lines,
        npwp=values["npwp"] or "",
        invoice=values["invoice"] or "",
        invoice_date=values["invoice_date"],
        deductions=others,
    )


def _lines(request: Request, form: FormPage, rows: int) -> tuple[ClaimedLine, ...]:
    found = []
    for row in range(rows):
        line, amount = (
            request.form.get(f"{name}-{row}", "").strip() for name in ("line", "amount")
        )
        if not line and not amount:
            continue
        try:
            if not line:
                raise InvalidInputError(_("Pilih baris anggarannya."))
            found.append(ClaimedLine(uuid_of(line), parse_rupiah(amount)))
        except InvalidInputError as error:
            form.errors[f"amount-{row}"] = str(error)
    return tuple(found)


def _others(request: Request, form: FormPage, rows: int) -> tuple[ClaimedDeduction, ...]:
    found = []
    for row in range(rows):
        title = request.form.get(f"cut-{row}", "").strip()
        amount = request.form.get(f"cutamount-{row}", "").strip()
        if not title and not amount:
            continue
        try:
            reduces = request.form.get(f"cutinfo-{row}") != "ya"
            found.append(ClaimedDeduction(OTHER, title, parse_rupiah(amount), reduces))
        except InvalidInputError as error:
            form.errors[f"cutamount-{row}"] = str(error)
    return tuple(found)


def _taxable(
    request: Request, form: FormPage, values: dict[str, Any], office: Office
) -> Taxable | None:
    """What the taxes follow from; None for salaries, whose deductions are entered."""
    if values.get("kind") != "LS_BJ" or office.taxes is None:
        return None
    if not values.get("object") or values.get("price") is None:
        for name in ("object", "price"):
            if not values.get(name) and name not in form.errors:
                form.errors[name] = _("Isi untuk menghitung pajaknya.")
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


def _rows(request: Request) -> int:
    numbers = [
        int(tail)
        for name in request.form
        if (tail := name.rpartition("-")[2]).isascii() and tail.isdigit() and len(tail) < 3
    ]
    return min(max([ROWS - 1, *numbers]) + 1, MOST_ROWS)


def _office(view: View, unit_id: UUID, unit: str, year: int) -> Office:
    taxes = edition(view, TAXES, view.today)
    lines = {
        str(one.id): f"{one.label} ({_('sisa')} {format_rupiah(one.free)})"
        for one in line_choices(view, unit_id, year)
    }
    return Office(unit_id, unit, year, lines, taxes.figures if taxes else None)


def _choose_unit(request: Request, units: list[tuple[UUID, str]]) -> Response:
    form = FormPage(
        title=_("Ajukan pembayaran"),
        lead=_("Pilih unit yang membayar."),
        fields=[
            Field("unit", _("Unit"), "select", choices=[Choice(str(i), name) for i, name in units])
        ],
        submit=_("Lanjut"),
        action="/sp2d/payments/new",
        back="/sp2d",
        back_label=_("Pembayaran"),
    )
    return form.answer(request, "sp2d/choose_unit.html")


def _form(office: Office, action: str, payment: Payment | None = None) -> FormPage:
    names = ("version",) if payment else ("key", "claim", "claim_version")
    hidden = [Field(name, "", "hidden", required=False) for name in names]
    return FormPage(
        title=_("Perbaiki pengajuan") if payment else _("Ajukan pembayaran"),
        lead=office.unit,
        fields=[*hidden, *_what(), *_whom(), *_tax_fields(office.taxes)],
        submit=_("Simpan pengajuan"),
        action=action,
        back=f"/sp2d/payments/{payment.id}" if payment else "/sp2d",
        back_label=payment.purpose if payment else _("Pembayaran"),
    )


def _what() -> list[Field]:
    kinds = [Choice(kind, KINDS[kind]) for kind in LINE_KINDS]
    return [
        Field("kind", _("Jenis"), "select", choices=kinds, width="medium"),
        Field("purpose", _("Untuk apa"), most=300, hint=_("Misalnya: laptop layanan kecamatan.")),
        Field(
            "basis",
            _("Dasar (kontrak, SPK, surat pesanan)"),
            most=200,
            required=False,
        ),
        Field("invoice", _("Nomor tagihan"), most=100, required=False, width="medium"),
        Field("invoice_date", _("Tanggal tagihan"), "date", required=False, convert=parse_date),
    ]


def _whom() -> list[Field]:
    return [
        Field("payee", _("Nama penerima"), most=140),
        Field(
            "npwp",
            _("NPWP"),
            required=False,
            hint=_("15 atau 16 angka; kosongkan bila tidak ada."),
            width="medium",
        ),
        Field("bank", _("Bank"), "select", choices=bank_choices()),
        Field("account", _("Nomor rekening"), most=34, width="medium"),
        Field("holder", _("Nama pemilik rekening"), most=70, hint=_("Seperti di buku tabungan.")),
    ]


def _tax_fields(taxes: TaxRules | None) -> list[Field]:
    if taxes is None:
        return []
    objects = [Choice("", "–"), *(Choice(one, str(spoken(one)).capitalize()) for one in OBJECTS)]
    words = {row.qualification for row in taxes.pph42.rates if row.qualification}
    groups = {name for row in taxes.pph21_honorarium.rates for name in row.golongan}
    return [
        Field("object", _("Objek pajak"), "select", choices=objects, required=False),
        Field(
            "price",
            _("Harga tanpa PPN"),
            hint=_("Untuk honorarium dan sewa tanah: nilai seluruhnya."),
            required=False,
            convert=parse_rupiah,
            width="medium",
        ),
        Field("charges_ppn", _("Penyedia memungut PPN"), "checkbox", required=False),
        Field("luxury", _("Barang mewah"), "checkbox", required=False),
        Field("umkm", _("Penyedia memakai PPh final UMKM"), "checkbox", required=False),
        _choice("qualification", _("Kualifikasi (konstruksi)"), words),
        _choice("golongan", _("Golongan (honorarium)"), groups),
        Field(
            "undivided",
            _("Nilai seluruh pembelian, bila ini sebagian"),
            required=False,
            convert=parse_rupiah,
            width="medium",
        ),
    ]


def _choice(name: str, label: str, words: set[str]) -> Field:
    choices = [Choice("", "–"), *(Choice(word, str(spoken(word))) for word in sorted(words))]
    return Field(name, label, "select", choices=choices, required=False, width="medium")


def _asked_for(view: View, claim: PaymentClaim, office: Office) -> dict[str, Any]:
    """What the form shows of a claim; a budget line where just one has the account."""
    names = ("kind", "purpose", "basis", "payee", "npwp", "bank", "account", "holder")
    values: dict[str, Any] = {name: getattr(claim, name) for name in names}
    values |= {"claim": claim.id, "claim_version": claim.version}
    accounts = lines_by_account(view, claim.unit_id, office.year)
    shares = claim.lines or [{"account": "", "amount": claim.amount}]
    for row, share in enumerate(shares):
        fitting = accounts.get(share["account"], [])
        values[f"amount-{row}"] = format_rupiah(share["amount"])
        values[f"line-{row}"] = fitting[0] if len(fitting) == 1 else ""
    return values


def _values(view: View, payment: Payment) -> dict[str, Any]:
    """What the form shows of a stored claim."""
    names = ("version", "kind", "purpose", "basis", "invoice", "payee", "npwp", "bank", "account")
    values: dict[str, Any] = {name: getattr(payment, name) for name in (*names, "holder")}
    if payment.invoice_date:
        values["invoice_date"] = f"{payment.invoice_date:%d/%m/%Y}"
    for row, (line_id, amount) in enumerate(lines_of(view, payment.id).items()):
        values |= {f"line-{row}": line_id, f"amount-{row}": format_rupiah(amount)}
    own = [one for one in deductions_of(view, payment.id) if one.code == OTHER]
    for row, one in enumerate(own):
        values |= {f"cut-{row}": one.title, f"cutamount-{row}": format_rupiah(one.amount)}
        values |= {} if one.reduces else {f"cutinfo-{row}": "ya"}
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
