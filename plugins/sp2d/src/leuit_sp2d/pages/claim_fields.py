"""What the form of a claim asks, by its kind: a float, its refill, a salary, or a bill."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs

from leuit.builtin.regulations import require_edition
from leuit.values import InvalidInputError, _, parse_date
from leuit.web import Choice, Field
from leuit.work import View
from leuit_sp2d.models import Lpj, Payment
from leuit_sp2d.rules.rupiah import format_rupiah, parse_rupiah
from leuit_sp2d.rules.salary import TYPES
from leuit_sp2d.rules.tax_rules import OBJECTS, TaxRules
from leuit_sp2d.rules.tax_words import spoken
from leuit_sp2d.service.float import approved_lpj, last_account, most_of, refillable
from leuit_sp2d.service.lines import line_choices
from leuit_sp2d.service.tax_edition import TAXES

from .words import bank_choices, month_name

TYPED_LINES = ("LS_BJ", "LS_GAJI")
"""Kinds whose budget lines are typed; those of a refill come from its LPJ."""


@attrs.frozen
class Office:
    """The unit, year and kind of a claim, and what may be chosen for it.

    `lpjs` are the LPJs that a GU may refill; `most` is the greatest float for a UP; `first` is what
    the form shows before anything is typed.
    """

    unit_id: UUID
    unit: str
    year: int
    kind: str
    lines: dict[str, str] = attrs.field(factory=dict)
    taxes: TaxRules | None = None
    lpjs: dict[str, str] = attrs.field(factory=dict)
    most: int = 0
    first: Mapping[str, Any] = attrs.field(factory=dict)


def office_of(
    view: View, unit_id: UUID, unit: str, year: int, kind: str, payment: Payment | None = None
) -> Office:
    """What the form of a kind needs to know; of a stored `payment` its own LPJ stays a choice."""
    office = Office(unit_id, unit, year, kind)
    if kind in TYPED_LINES:
        lines = {
            str(one.id): f"{one.label} ({_('sisa')} {format_rupiah(one.free)})"
            for one in line_choices(view, unit_id, year)
        }
        office = attrs.evolve(office, lines=lines)
    if kind == "LS_BJ":
        return attrs.evolve(office, taxes=require_edition(view, TAXES, view.today).figures)
    if kind == "LS_GAJI":
        month = f"{view.today:%Y-%m}"
        known = last_account(view, unit_id, ("LS_GAJI",))
        return attrs.evolve(office, first={**known, "salary_month": month, "salary_run": 1})
    first: dict[str, Any] = dict(last_account(view, unit_id, ("UP", "GU")))
    if kind == "UP":
        first["purpose"] = _("Uang persediaan tahun %s") % year
        return attrs.evolve(office, most=most_of(view, unit_id), first=first)
    lpjs = refillable(view, unit_id, year)
    own = payment.lpj_id if payment else None
    if own is not None and (kept := approved_lpj(view, unit_id, year, own)) is not None:
        lpjs = [kept, *lpjs]
    first |= {"purpose": _("Ganti uang persediaan"), "lpj": lpjs[0].id if lpjs else ""}
    return attrs.evolve(office, lpjs={str(one.id): _lpj_label(one) for one in lpjs}, first=first)


def fields_of(office: Office) -> list[Field]:
    """The fields of the form of a kind, in their order."""
    what = {"LS_BJ": _bill, "LS_GAJI": _salary, "UP": _float, "GU": _refill}[office.kind]
    return [*what(office), *_whom(office.kind), *_tax_fields(office.taxes)]


def _bill(_office: Office) -> list[Field]:
    return [
        _purpose(_("Misalnya: laptop layanan kecamatan.")),
        Field("basis", _("Dasar (kontrak, SPK, surat pesanan)"), most=200),
        Field("invoice", _("Nomor tagihan"), most=100, width="medium"),
        Field("invoice_date", _("Tanggal tagihan"), "date", convert=parse_date),
    ]


def _salary(office: Office) -> list[Field]:
    types = [Choice(name, word) for name, word in TYPES.items()]
    months = [
        f"{year}-{month:02d}"
        for year in (office.year, office.year - 1)
        for month in range(12, 0, -1)
    ]
    shown = [Choice(month, month_name(month)) for month in months]
    return [
        Field("salary_type", _("Jenis gaji"), "select", choices=types, width="medium"),
        Field("salary_month", _("Bulan"), "select", choices=shown, width="medium"),
        Field(
            "salary_run",
            _("Pembayaran ke-"),
            hint=_("1, kecuali susulan dan sejenisnya yang berulang dalam bulan itu."),
            convert=_whole,
            width="short",
        ),
        _purpose(_("Misalnya: gaji induk Oktober.")),
    ]


def _float(office: Office) -> list[Field]:
    return [
        Field(
            "amount",
            _("Besaran UP"),
            hint=_("Paling banyak %s menurut aturan daerah.") % format_rupiah(office.most),
            convert=parse_rupiah,
            width="medium",
        ),
        _purpose(),
        Field("basis", _("Dasar (keputusan bupati)"), most=200, required=False),
    ]


def _refill(office: Office) -> list[Field]:
    lpjs = [Choice(key, label) for key, label in office.lpjs.items()] or [Choice("", "–")]
    return [
        Field(
            "lpj",
            _("LPJ yang diganti"),
            "select",
            choices=lpjs,
            hint=_("Nilai dan baris anggarannya diambil dari LPJ itu."),
        ),
        _purpose(),
    ]


def _purpose(hint: str = "") -> Field:
    return Field("purpose", _("Untuk apa"), most=300, hint=hint)


def _whom(kind: str) -> list[Field]:
    npwp = Field(
        "npwp",
        _("NPWP"),
        required=False,
        hint=_("15 atau 16 angka; kosongkan bila tidak ada."),
        width="medium",
    )
    name = _("Nama penerima") if kind in TYPED_LINES else _("Bendahara yang menerima")
    return [
        Field("payee", name, most=140),
        *([npwp] if kind == "LS_BJ" else []),
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
        Field("object", _("Objek pajak"), "select", choices=objects),
        Field(
            "price",
            _("Harga tanpa PPN"),
            hint=_("Untuk honorarium dan sewa tanah: nilai seluruhnya."),
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


def _lpj_label(lpj: Lpj) -> str:
    return f"{lpj.number} · {format_rupiah(lpj.total)} · {lpj.purpose}"


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 3):
        raise InvalidInputError(_("Tulis angka dari 1 sampai 99."))
    return int(text)
