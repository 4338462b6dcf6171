"""Whether a claim that is handed in can be kept: every fault at once, by the path of its field."""

from collections.abc import Iterator
from typing import Any

import attrs
from sqlalchemy import select

from leuit.builtin.checks import TextChecker
from leuit.contracts import PaymentEvidence, PaymentPayee, PaymentRequest
from leuit.identity import Person, Unit
from leuit.storage import Blob
from leuit.values import FieldError, InvalidInputError, LeuitError, _, one_line
from leuit.work import View
from leuit_sp2d.bank.orders import Order, check_order
from leuit_sp2d.rules.codes import parse_account
from leuit_sp2d.rules.rupiah import check_amount
from leuit_sp2d.rules.tax_codes import parse_npwp

from .claims import LINE_KINDS, MOST_LINES
from .evidence import MOST as MOST_FILES

LONGEST_KEY = 200
MOST_ACTORS = 50


def checked_request(view: View, request: PaymentRequest) -> PaymentRequest:
    """The request with its texts made plain; InvalidInputError names every fault by its path."""
    texts = TextChecker()

    def line(path: str, given: str, most: int, *, required: bool = True) -> str:
        return texts.read(path, one_line(given), most=most, required=required)

    payee = PaymentPayee(
        name=line("payee.name", request.payee.name, 140),
        bank=request.payee.bank,
        account=line("payee.account", request.payee.account, 34).replace(" ", ""),
        holder=line("payee.holder", request.payee.holder, 70),
        npwp=request.payee.npwp,
    )
    plain = attrs.evolve(
        request,
        purpose=line("purpose", request.purpose, 300),
        basis=line("basis", request.basis, 200, required=False),
        payee=payee,
    )
    faults = [
        *texts.faults,
        *_faults_of_head(view, plain),
        *_faults_of_payee(payee),
        *_faults_of_amounts(plain),
        *_faults_of_files(view, plain.evidence),
        *_faults_of_actors(view, plain),
    ]
    if faults:
        raise InvalidInputError(
            _("Klaim pembayaran belum dapat diterima."),
            advice=_("Perbaiki isian yang ditandai."),
            fields=faults,
        )
    return attrs.evolve(plain, payee=attrs.evolve(payee, npwp=parse_npwp(payee.npwp) or ""))


def _faults_of_head(view: View, request: PaymentRequest) -> Iterator[FieldError]:
    if not request.key or len(request.key) > LONGEST_KEY:
        yield FieldError("key", _("Kunci klaim tidak dapat dipakai."), "key")
    if max(len(request.ref.kind), len(request.ref.id)) > 80:
        yield FieldError("ref", _("Rujukan klaim tidak dapat dipakai."), "ref")
    if request.kind not in LINE_KINDS:
        yield FieldError("kind", _("Pilih jenis pembayaran."), "kind")
    if view.session.get(Unit, request.unit_id) is None:
        yield FieldError("unit_id", _("Unit itu tidak ada."), "unknown_unit")
    if request.due is not None and request.due < view.today:
        yield FieldError("due", _("Tanggal itu sudah lewat."), "past")


def _faults_of_payee(payee: PaymentPayee) -> Iterator[FieldError]:
    order = Order("X", 1, payee.name, payee.holder, payee.bank, payee.account, "X")
    told = {"payee": payee.name, "holder": payee.holder, "account": payee.account}
    for fault in check_order(order):
        if told.get(fault.path, "-"):  # an empty field is told as missing, not as wrong
            path = "payee.name" if fault.path == "payee" else f"payee.{fault.path}"
            yield attrs.evolve(fault, path=path)
    try:
        parse_npwp(payee.npwp)
    except LeuitError as error:
        yield FieldError("payee.npwp", error.message, error.code, error.params)


def _faults_of_amounts(request: PaymentRequest) -> Iterator[FieldError]:
    amounts = {"amount": request.amount}
    amounts |= {f"shares[{n}].amount": one.amount for n, one in enumerate(request.shares)}
    for path, amount in amounts.items():
        try:
            check_amount(amount)
        except LeuitError as error:
            yield FieldError(path, error.message, error.code, error.params)
    if len(request.shares) > MOST_LINES:
        yield FieldError("shares", _("Baris anggaran terlalu banyak."), "too_many")
    for number, one in enumerate(request.shares):
        try:
            parse_account(one.account)
        except LeuitError as error:
            yield FieldError(f"shares[{number}].account", error.message, error.code, error.params)
    if request.shares and sum(one.amount for one in request.shares) != request.amount:
        yield FieldError("shares", _("Jumlah rincian harus sama dengan nilainya."), "unequal")


def _faults_of_files(view: View, evidence: tuple[PaymentEvidence, ...]) -> Iterator[FieldError]:
    if len(evidence) > MOST_FILES:
        yield FieldError("evidence", _("Lampiran terlalu banyak."), "too_many")
        return
    known = _there(view, Blob.sha256, {one.sha256 for one in evidence})
    for number, one in enumerate(evidence):
        if one.sha256 not in known:
            path = f"evidence[{number}].sha256"
            yield FieldError(path, _("Berkas itu belum tersimpan."), "unknown_file")
        if not 0 < len(one.item) <= 20 or not 0 < len(one.name) <= 200:
            path = f"evidence[{number}]"
            yield FieldError(path, _("Nama atau dokumen lampiran tidak dapat dipakai."), "name")


def _faults_of_actors(view: View, request: PaymentRequest) -> Iterator[FieldError]:
    if len(request.acted) > MOST_ACTORS:
        yield FieldError("acted", _("Pelaku terlalu banyak."), "too_many")
        return
    known = _there(view, Person.id, {one.person_id for one in request.acted})
    for number, one in enumerate(request.acted):
        if one.person_id not in known:
            yield FieldError(f"acted[{number}]", _("Orang itu tidak dikenal."), "unknown_person")


def _there(view: View, column: Any, wanted: set[Any]) -> set[Any]:
    return set(view.connection.execute(select(column).where(column.in_(wanted))).scalars())
