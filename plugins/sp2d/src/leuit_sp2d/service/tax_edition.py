"""Taxes as a kind of regulation: the figures of `TaxRules` as plain values and back.

Percent figures are decimal text, as no engine keeps a fraction of JSON exactly. Reading takes no
value for another: `"2000000"` is no number and `"bos"` no list of words.
"""

import re
from decimal import Decimal
from typing import Any, get_args, get_origin

import cattrs
from cattrs.cols import homogenous_tuple_structure_factory

from leuit.builtin.regulations import RegulationKind
from leuit.values import _
from leuit_sp2d.rules.tax_example import EXAMPLE
from leuit_sp2d.rules.tax_figures import is_rate
from leuit_sp2d.rules.tax_rules import FinalObject, TaxRules
from leuit_sp2d.rules.tax_words import WORDS

TAXES = "sp2d.taxes"
_PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,4})?")

_LABELS = {
    "ppn": _("PPN"),
    "pph22": _("PPh Pasal 22 (barang)"),
    "umkm": _("PPh final UMKM"),
    "pph23": _("PPh Pasal 23 (jasa dan sewa harta)"),
    "pph42": _("PPh Pasal 4 ayat (2)"),
    "pph21_honorarium": _("PPh Pasal 21 final atas honorarium"),
    "rate": _("Tarif (persen)"),
    "rate_without_npwp": _("Tarif tanpa NPWP (persen)"),
    "rates": _("Tarif"),
    "base_numerator": _("Pembilang dasar pajak"),
    "base_denominator": _("Penyebut dasar pajak"),
    "luxury_numerator": _("Pembilang dasar pajak barang mewah"),
    "luxury_denominator": _("Penyebut dasar pajak barang mewah"),
    "threshold": _("Tidak dipungut sampai dengan (rupiah)"),
    "exempt": _("Tidak dipungut bila"),
    "free": _("Tidak dikenakan bila"),
    "kap_kjs": _("KAP-KJS"),
    "objects": _("Menggantikan PPh atas"),
    "object": _("Objek"),
    "qualification": _("Kualifikasi"),
    "golongan": _("Golongan"),
    "rounding": _("Pembulatan"),
    "split_days": _("Pembelian diduga terpecah dalam (hari)"),
    "billing_days": _("ID billing dapat dibayar selama (hari)"),
}
_FIELDS_OF_WORDS = ("exempt", "free", "objects", "object", "qualification", "golongan")
_WORDS = {
    ("rounding", "down"): _("selalu ke bawah"),
    ("rounding", "half_up"): _("mulai lima puluh sen ke atas"),
    **{(field, word): text for field in _FIELDS_OF_WORDS for word, text in WORDS.items()},
}


def tax_kind() -> RegulationKind:
    """What payments register with the regulations of the core."""
    return RegulationKind(
        TAXES,
        _("Pajak atas pembayaran"),
        TaxRules,
        lambda plain: _CONVERTER.structure(plain, TaxRules),
        _CONVERTER.unstructure,
        _LABELS,
        _WORDS,
        EXAMPLE,
        warnings,
    )


def warnings(rules: TaxRules) -> list[str]:
    """What is allowed but unlike any edition so far."""
    told: list[str] = []
    ppn = rules.ppn
    if max(ppn.share(luxury=False), ppn.share(luxury=True)) > 1:
        told.append(_("Dasar PPN lebih besar daripada harganya."))
    if ppn.share(luxury=True) < ppn.share(luxury=False):
        told.append(_("Barang mewah dikenai PPN lebih rendah daripada barang lain."))
    if ppn.threshold != rules.pph22.threshold:
        told.append(_("Batas PPN dan batas PPh Pasal 22 berbeda."))
    for title, tax in ((_("PPh Pasal 22"), rules.pph22), (_("PPh Pasal 23"), rules.pph23)):
        if tax.rate_without_npwp < tax.rate:
            sentence = _("%(tax)s: tarif tanpa NPWP lebih rendah daripada tarif biasa.")
            told.append(sentence % {"tax": title})
    unrated = set(get_args(FinalObject)).difference(row.object for row in rules.pph42.rates)
    told += [
        _("Belum ada tarif untuk %(object)s; tagihannya akan ditolak.") % {"object": WORDS[word]}
        for word in sorted(unrated)
    ]
    if not rules.billing_days:
        told.append(_("ID billing hanya dapat dibayar pada hari dibuat."))
    return told


def _percent(value: Any, _kind: object) -> Decimal:
    if not isinstance(value, str) or not _PERCENT.fullmatch(value):
        raise ValueError(_("Tulis persen sebagai teks dengan titik, misalnya “1.5”."))
    rate = Decimal(value)
    is_rate(None, None, rate)  # here too, as only here the fault gets the path of the figure
    return rate


def _whole(value: Any, _kind: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(_("Harus berupa bilangan bulat."))  # noqa: TRY004  # cattrs groups these
    return value


def _text(value: Any, _kind: object) -> str:
    if not isinstance(value, str):
        raise ValueError(_("Harus berupa teks."))  # noqa: TRY004  # as above
    return value


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _tuple_hook(kind: Any, converter: cattrs.Converter) -> Any:
    inner = homogenous_tuple_structure_factory(kind, converter)

    def read(value: Any, _kind: object) -> Any:
        if not isinstance(value, list):
            raise ValueError(_("Harus berupa daftar."))  # noqa: TRY004  # as above
        return inner(value, kind)

    return read


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True)
    converter.register_structure_hook(Decimal, _percent)
    converter.register_structure_hook(int, _whole)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook_factory(_is_tuple, _tuple_hook)
    converter.register_unstructure_hook(Decimal, lambda rate: f"{rate:f}")
    return converter


_CONVERTER = _converter()
