"""What people do on a payment: take a step, send it back, refuse it, give it up, void an SP2D."""

from typing import Any

from leuit.builtin.core import confirm_password
from leuit.values import InvalidInputError, NotFoundError, _
from leuit.web import Choice, Field, FormPage, Request, Response, page
from leuit_sp2d.inbox import path_of
from leuit_sp2d.permissions import EXCHANGE, ISSUE, REQUEST
from leuit_sp2d.rules.chain import (
    BY_KEY,
    RETUR,
    SP2D,
    SPM,
    require_refusal,
    require_return,
    require_turn,
)
from leuit_sp2d.rules.regulation import COMPARING
from leuit_sp2d.rules.rupiah import format_rupiah, parse_rupiah
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.chain import FIT, Decision, send_back, take_step
from leuit_sp2d.service.checks import machine_checks, warnings
from leuit_sp2d.service.instructions import instruct_again, instructions_of
from leuit_sp2d.service.lines import line_names
from leuit_sp2d.service.payments import cancel, deductions_of, find_payment, lines_of
from leuit_sp2d.service.refusing import refuse
from leuit_sp2d.service.regulation import rules_on
from leuit_sp2d.service.reversing import record_refund, refundable, void_sp2d
from leuit_sp2d.service.tax_receipts import record_receipt

from .common import changed, faults_of, id_in, version_in
from .payments import show_payment
from .summing_up import sum_up
from .words import bank_choices

WITH_PASSWORD = frozenset({SPM, SP2D})
"""Steps that bind the region's money: the password is asked for again before them."""

_TOLD = {
    "draft": _("Pembayaran diajukan kepada bendahara."),
    "spp": _("SPP diterbitkan dan menunggu PPK-SKPD."),
    "verify": _("SPP dinyatakan lengkap dan menunggu PA/KPA."),
    "spm": _("SPM diterbitkan; dananya sudah disisihkan."),
    "test": _("SPM dinyatakan sesuai dan menunggu Kuasa BUD."),
    "sp2d": _("SP2D diterbitkan; perintah bayar menunggu dikirim ke bank."),
}


def act(request: Request) -> Response:
    """Take the reader's step as the page showed it; SPM and SP2D after his password.

    Whoever compares reads a summary first, and may go back from there with all his answers.
    """
    payment_id = id_in(request, "payment_id")
    decision = decision_of(request)
    if decision.step not in BY_KEY:
        return show_payment(request, {"": _("Langkah itu tidak dikenal.")})
    do = request.form.get("do")
    if do in ("return", "refuse"):
        return ask_reasons(request, refusing=do == "refuse")
    if do == "back":
        return show_payment(request)
    if do == "sum" and decision.step in COMPARING:
        return sum_up(request, payment_id, decision)
    if decision.step in WITH_PASSWORD:
        try:
            confirm(request)
        except InvalidInputError as error:
            return show_payment(request, faults_of(error))
    return changed(
        request,
        lambda work: take_step(work, payment_id, decision),
        _path(request),
        _TOLD[decision.step],
        lambda errors: show_payment(request, errors),
    )


def ask_reasons(
    request: Request, errors: dict[str, str] | None = None, *, refusing: bool = False
) -> Response:
    """The page on which somebody says why he sends the payment back or refuses it, by item."""
    payment_id = id_in(request, "payment_id")
    with request.read() as view:
        payment = find_payment(view, payment_id)
        rules = rules_on(view).figures
        step = BY_KEY.get(payment.state)
        asked = [(item.code, item.title) for item in rules.items_of(payment.kind)]
        asked += [(one.answer, one.title) for one in warnings(machine_checks(view, payment))]
    require_turn(payment.state, str(request.form.get("step", "")))
    assert step is not None  # an act names a step, so the state is one
    (require_refusal if refusing else require_return)(step)
    unfit = [pair for pair in asked if request.form.get(f"answer-{pair[0]}", "") == "wrong"]
    return page(
        request,
        "sp2d/return.html",
        status=422 if errors else 200,
        payment=payment,
        path=_path(request),
        step=step,
        refusing=refusing,
        version=request.form.get("version") or payment.version,
        reasons=rules.reasons,
        unfit=unfit,
        typed=request.form,
        errors=errors or {},
    )


def give_back(request: Request) -> Response:
    """Send the payment back for the reasons given."""
    payment_id = id_in(request, "payment_id")
    decision = decision_of(request)
    if decision.step not in BY_KEY:
        return show_payment(request, {"": _("Langkah itu tidak dikenal.")})
    return changed(
        request,
        lambda work: send_back(work, payment_id, decision, reasons_of(request)),
        _path(request),
        _("Pembayaran dikembalikan kepada PPTK; suratnya ada di bawah riwayat."),
        lambda errors: ask_reasons(request, errors),
    )


def refuse_payment(request: Request) -> Response:
    """End the payment for the reasons given."""
    payment_id = id_in(request, "payment_id")
    decision = decision_of(request)
    if decision.step not in BY_KEY:
        return show_payment(request, {"": _("Langkah itu tidak dikenal.")})
    return changed(
        request,
        lambda work: refuse(work, payment_id, decision, reasons_of(request)),
        _path(request),
        _("Pembayaran ditolak; suratnya ada di bawah riwayat."),
        lambda errors: ask_reasons(request, errors, refusing=True),
    )


def give_up(request: Request) -> Response:
    """Cancel a claim that is not on its way."""
    payment_id = id_in(request, "payment_id")
    return changed(
        request,
        lambda work: cancel(work, payment_id, version_in(request), request.form.get("note", "")),
        "/sp2d",
        _("Pengajuan dibatalkan; tagihannya dapat diajukan lagi."),
        lambda errors: show_payment(request, errors),
    )


def void(request: Request) -> Response:
    """Take an SP2D back, after the reasons and the password."""
    payment_id = id_in(request, "payment_id")
    with request.read() as view:
        payment = find_payment(view, payment_id, ISSUE)
        reasons = rules_on(view).figures.reasons
    form = FormPage(
        title=_("Batalkan SP2D"),
        lead=_("SPM dan SPP-nya ikut batal, dananya kembali ke baris anggaran."),
        fields=[
            Field("version", "", "hidden", required=False),
            Field(
                "reason",
                _("Alasan"),
                "select",
                choices=[
                    Choice("", _("Pilih alasan")),
                    *(Choice(one.code, one.title) for one in reasons),
                ],
            ),
            Field("remark", _("Keterangan"), "textarea", rows=3, most=300),
            _password(),
        ],
        submit=_("Batalkan SP2D"),
        action=f"{_path(request)}/void",
        back=_path(request),
        back_label=payment.purpose,
        danger=True,
    ).fill({"version": payment.version})
    return _submitted(
        request,
        form,
        lambda work, values: void_sp2d(
            work,
            payment_id,
            version_in(request),
            [Reason(values["reason"], "", remark=values["remark"])],
        ),
        _("SP2D dibatalkan; pembayaran kembali ke PPTK."),
    )


def repeat(request: Request) -> Response:
    """After a retur: the account put right, and one new instruction."""
    payment_id = id_in(request, "payment_id")
    with request.read() as view:
        payment = find_payment(view, payment_id, ISSUE)
        orders = instructions_of(view, payment_id)
        if request.method != "POST" or not orders:  # else the service knows a second sending
            require_turn(payment.state, RETUR)
        last = orders[-1]
    form = FormPage(
        title=_("Perbaiki rekening penerima"),
        lead=_("Alasan bank: %s") % (last.return_reason or "–"),
        fields=[
            Field("version", "", "hidden", required=False),
            Field("bank", _("Bank"), "select", choices=bank_choices()),
            Field("account", _("Nomor rekening"), width="medium", most=34),
            Field("holder", _("Nama pemilik rekening"), most=70),
            _password(),
        ],
        submit=_("Buat perintah bayar baru"),
        action=f"{_path(request)}/repeat",
        back=_path(request),
        back_label=payment.purpose,
    ).fill(
        {
            "version": payment.version,
            "bank": last.bank,
            "account": last.account,
            "holder": last.holder,
        }
    )
    return _submitted(
        request,
        form,
        lambda work, values: instruct_again(
            work,
            payment_id,
            version_in(request),
            bank=values["bank"],
            account=values["account"],
            holder=values["holder"],
        ),
        _("Perintah bayar baru menunggu dikirim ke bank."),
    )


def refund(request: Request) -> Response:
    """Money that the payee paid back, by its STS, line by line."""
    payment_id = id_in(request, "payment_id")
    with request.read() as view:
        payment = find_payment(view, payment_id, EXCHANGE)
        left = refundable(view, payment_id)
        if request.method == "POST":  # a line that is paid back whole stands in a second sending
            left = dict.fromkeys(lines_of(view, payment_id), 0) | left
        names = line_names(view, left)
    form = FormPage(
        title=_("Catat pengembalian belanja"),
        lead=_("Uang yang disetor kembali membuka lagi baris anggarannya."),
        fields=[
            Field("number", _("Nomor STS"), most=100),
            Field("dated", _("Tanggal setor"), "date"),
            *(
                Field(
                    f"lines.{line_id}",
                    names[line_id],
                    hint=_("Paling banyak %s") % format_rupiah(most),
                    required=False,
                    convert=parse_rupiah,
                    width="medium",
                )
                for line_id, most in left.items()
            ),
        ],
        submit=_("Catat pengembalian"),
        action=f"{_path(request)}/refund",
        back=_path(request),
        back_label=payment.purpose,
    )
    return _submitted(
        request,
        form,
        lambda work, values: record_refund(
            work,
            payment_id,
            values["number"],
            values["dated"],
            {line_id: amount for line_id in left if (amount := values[f"lines.{line_id}"])},
        ),
        _("Pengembalian dicatat; baris anggarannya terbuka lagi."),
    )


def record_tax(request: Request) -> Response:
    """Billing id and NTPN of one deduction."""
    payment_id, deduction_id = id_in(request, "payment_id"), id_in(request, "deduction_id")
    with request.read() as view:
        payment = find_payment(view, payment_id, REQUEST)
        found = [one for one in deductions_of(view, payment_id) if one.id == deduction_id]
    if not found:
        raise NotFoundError(_("Potongan itu tidak ada pada pembayaran ini."))
    form = FormPage(
        title=_("Bukti setor pajak"),
        lead=f"{found[0].title} · {format_rupiah(found[0].amount)}",
        fields=[
            Field("billing_id", _("ID billing"), required=False, width="medium", most=40),
            Field(
                "billing_date",
                _("Tanggal ID billing dibuat"),
                "date",
                required=False,
            ),
            Field(
                "ntpn",
                _("NTPN"),
                required=False,
                width="medium",
                most=40,
                hint=_("16 huruf dan angka dari bukti penerimaan negara; sesudah SP2D terbit."),
            ),
        ],
        submit=_("Simpan bukti setor"),
        action=f"{_path(request)}/taxes/{deduction_id}",
        back=_path(request),
        back_label=payment.purpose,
    ).fill(
        {
            "billing_id": found[0].billing_id,
            "billing_date": found[0].billing_date and f"{found[0].billing_date:%d/%m/%Y}",
            "ntpn": found[0].ntpn,
        }
    )
    return _submitted(
        request,
        form,
        lambda work, values: record_receipt(
            work,
            payment_id,
            deduction_id,
            billing_id=values["billing_id"] or "",
            billing_date=values["billing_date"],
            ntpn=values["ntpn"] or "",
        ),
        _("Bukti setor pajak disimpan."),
    )


def confirm(request: Request) -> None:
    """The reader's password once more; InvalidInputError at the field when it is wrong."""
    confirm_password(
        request.app, request.identity, request.form.get("password", ""), request.request_id
    )


def decision_of(request: Request) -> Decision:
    """The decision in the form: the step that the page showed, its answers, the statement."""
    answers = {
        name.removeprefix("answer-"): FIT
        if value == FIT
        else request.form.get(f"remark-{name}", "")
        for name, value in request.form.pairs
        if name.startswith("answer-")
    }
    return Decision(
        step=request.form.get("step", ""),
        version=version_in(request),
        answers=answers,
        statement=request.form.get("statement") == "ya",
        note=request.form.get("note", "")[:500],
    )


def reasons_of(request: Request) -> list[Reason]:
    """The reasons of the form: ticked ones with their remarks, and one for each unfit item."""
    reasons = [
        Reason(code, "", remark=request.form.get(f"remark-{code}", ""))
        for code in request.form.all("reasons")
    ]
    for name, value in request.form.pairs:
        if name.startswith("item-") and value:
            item = name.removeprefix("item-")
            remark = request.form.get(f"itemremark-{item}", "")
            reasons.append(Reason(value, "", item=item, remark=remark))
    return reasons


def _password() -> Field:
    return Field(
        "password",
        _("Kata sandi Anda"),
        "password",
        hint=_("Diminta sekali lagi karena langkah ini menyangkut uang daerah."),
        autocomplete="current-password",
        width="medium",
    )


def _submitted(request: Request, form: FormPage, change: Any, told: str) -> Response:
    if request.method != "POST":
        return form.answer(request)
    values = form.read(request.form, request.files)
    if form.ok and any(field.name == "password" for field in form.fields):
        try:
            confirm(request)
        except InvalidInputError as error:
            form.refuse(error)
    if not form.ok:
        return form.answer(request)

    def again(errors: dict[str, str]) -> Response:
        known = {field.name for field in form.fields}
        form.errors.update({k if k in known else "": v for k, v in errors.items()})
        return form.answer(request)

    return changed(request, lambda work: change(work, values), _path(request), told, again)


def _path(request: Request) -> str:
    return path_of(id_in(request, "payment_id"))
