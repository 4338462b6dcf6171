"""Whether a claim that is handed in can be kept: every fault at once, by the path of its field."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.checks import TextChecker
from leuit.contracts import PaymentEvidence, PaymentPayee, PaymentRequest
from leuit.identity import Person, Unit
from leuit.storage import Blob
from leuit.values import FieldError, InvalidInputError, LeuitError, _, one_line
from leuit.work import View
from leuit_sp2d.rules.codes import parse_account
from leuit_sp2d.rules.rupiah import check_amount
from leuit_sp2d.rules.tax_codes import parse_npwp
from leuit_sp2d.rules.tpp import WHOLE, last_day

from .claims import LINE_KINDS, MOST_LINES, faults_of_payee
from .evidence import MOST as MOST_FILES

LONGEST_KEY = 200
MOST_ACTORS = 50
MOST_PEOPLE = 10_000
_CHUNK = 500


def field_of(path: str) -> str:
    """The field of a form or body that holds what a path of the request names: both know the payee
    field by field, where the request knows him as a whole.
    """
    return _FIELDS.get(path, path.removeprefix("payee."))


_FIELDS = {"unit_id": "unit", "payee.name": "payee"}


def checked_request(view: View, request: PaymentRequest) -> PaymentRequest:
    """The request with its texts made plain; InvalidInputError names every fault by its path."""
    texts = TextChecker()

    def line(path: str, given: str, most: int, *, required: bool = True) -> str:
        return texts.read(path, one_line(given), most=most, required=required)

    payee = None
    if (given := request.payee) is not None and not request.allowance:
        payee = PaymentPayee(
            name=line("payee.name", given.name, 140),
            bank=given.bank,
            account=line("payee.account", given.account, 34).replace(" ", ""),
            holder=line("payee.holder", given.holder, 70),
            npwp=given.npwp,
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
        *(_faults_of_payee(payee) if payee is not None else ()),
        *(_faults_of_allowance(view, request) if request.allowance else _faults_of_sums(plain)),
        *_faults_of_files(view, plain.evidence),
        *_faults_of_actors(view, plain),
    ]
    if faults:
        raise InvalidInputError(
            _("Klaim pembayaran belum dapat diterima."),
            advice=_("Perbaiki isian yang ditandai."),
            fields=faults,
        )
    if payee is None:
        return plain
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
    for fault in faults_of_payee(payee.name, payee.holder, payee.bank, payee.account, payee.npwp):
        name = "name" if fault.path == "payee" else fault.path
        yield attrs.evolve(fault, path=f"payee.{name}")


def _faults_of_allowance(view: View, request: PaymentRequest) -> Iterator[FieldError]:
    """What is wrong with a claim of percentages: people, month, and what it must not say."""
    if request.kind != "LS_GAJI":
        yield FieldError("kind", _("Tunjangan dibayar dengan LS gaji."), "kind")
    for path in ("payee", "amount", "shares"):
        if getattr(request, path):
            yield FieldError(path, _("Kosongkan pada klaim tunjangan."), "not_with_allowance")
    yield from _faults_of_month(request.month, view.today)
    if len(request.allowance) > MOST_PEOPLE:
        yield FieldError("allowance", _("Pegawai terlalu banyak."), "too_many")
        return
    ids = [one.person_id for one in request.allowance]
    known = set[UUID]()
    for start in range(0, len(ids), _CHUNK):
        known |= _there(view, Person.id, set(ids[start : start + _CHUNK]))
    seen = set[UUID]()
    for number, one in enumerate(request.allowance):
        path = f"allowance[{number}]"
        if one.person_id not in known:
            told = _("Orang itu tidak dikenal.")
            yield FieldError(f"{path}.person_id", told, "unknown_person")
        elif one.person_id in seen:
            yield FieldError(f"{path}.person_id", _("Orang itu disebut dua kali."), "twice")
        seen.add(one.person_id)
        # It may have come by way of JSON as a truth value or a fraction.
        if type(one.deduction) is not int or not 0 <= one.deduction <= WHOLE:
            sentence = _("Potongan harus 0 sampai 10000 perseratus persen.")
            yield FieldError(f"{path}.deduction", sentence, "out_of_range")


def _faults_of_month(month: dt.date | None, today: dt.date) -> Iterator[FieldError]:
    """A month is claimed when it is over, and paid no later than in the year after it."""
    if month is None or month.day != 1:
        yield FieldError("month", _("Isi tanggal satu bulannya."), "month")
    elif last_day(month) >= today:
        yield FieldError("month", _("Bulan itu belum lewat."), "future")
    elif month.year < today.year - 1:
        yield FieldError("month", _("Bulan itu terlalu lama berlalu untuk dibayar."), "past")


def _faults_of_sums(request: PaymentRequest) -> Iterator[FieldError]:
    """A claim without an allowance tells payee and amount, and no month."""
    if request.month is not None:
        yield FieldError("month", _("Bulan hanya untuk klaim tunjangan."), "only_with_allowance")
    if request.payee is None:
        yield FieldError("payee", _("Isi penerimanya."), "required")
    if request.amount is None:
        yield FieldError("amount", _("Isi nilainya."), "required")
        return
    yield from _faults_of_amounts(request, request.amount)


def _faults_of_amounts(request: PaymentRequest, total: int) -> Iterator[FieldError]:
    amounts = {"amount": total}
    amounts |= {f"shares[{n}].amount": one.amount for n, one in enumerate(request.shares)}
    for path, amount in amounts.items():
        try:
            check_amount(amount)
        except LeuitError as error:
            yield error.at(path)
    if len(request.shares) > MOST_LINES:
        yield FieldError("shares", _("Baris anggaran terlalu banyak."), "too_many")
    for number, one in enumerate(request.shares):
        try:
            parse_account(one.account)
        except LeuitError as error:
            yield error.at(f"shares[{number}].account")
    if request.shares and sum(one.amount for one in request.shares) != total:
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
