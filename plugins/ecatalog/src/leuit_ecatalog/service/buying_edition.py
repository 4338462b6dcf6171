"""Buying as a kind of regulation: the figures of `BuyingRules` as plain values and back.

Reading takes no value for another: `"200000000"` is no number and `"barang"` no list of words.
"""

import datetime as dt
from typing import Any, get_args, get_origin

import cattrs
from cattrs.cols import homogenous_tuple_structure_factory

from leuit.builtin.regulations import Edition, RegulationKind, edition_by_id, require_edition
from leuit.values import FieldError, InvalidInputError, _, format_rupiah
from leuit.work import View
from leuit_ecatalog.rules.buying_example import EXAMPLE
from leuit_ecatalog.rules.buying_rules import (
    CONTRACT,
    ESTIMATE,
    NO_PRICE_PAPER,
    ORDER,
    PURCHASE,
    RECEIPT,
    REFERENCE,
    ROUNDINGS,
    WORK_ORDER,
    BuyingRules,
    Rounding,
    faults_of_buying,
)
from leuit_ecatalog.rules.rup_codes import KIND_WORDS

BUYING = "ecatalog.buying"
BMP_MOST = 1_500

_LABELS = {
    "contracts": _("Bentuk kontrak"),
    "form": _("Bentuk"),
    "kinds": _("Jenis pengadaan"),
    "most": _("Sampai dengan (rupiah)"),
    "basis": _("Dasar hukum"),
    "price_papers": _("Dasar harga e-purchasing"),
    "paper": _("Dokumen harga"),
    "pp_most": _("E-purchasing oleh Pejabat Pengadaan sampai dengan (rupiah)"),
    "pp_basis": _("Dasar batas Pejabat Pengadaan"),
    "approval_above": _("Ditetapkan PA/KPA di atas (rupiah)"),
    "approval_basis": _("Dasar penetapan PA/KPA"),
    "reserved_most": _("Dicadangkan bagi usaha kecil sampai pagu (rupiah)"),
    "reserved_basis": _("Dasar pencadangan"),
    "sum_least": _("TKDN ditambah BMP paling sedikit (perseratus persen)"),
    "tkdn_least": _("TKDN paling sedikit (perseratus persen)"),
    "preference_basis": _("Dasar preferensi produk dalam negeri"),
    "answer_days": _("Waktu menjawab negosiasi (hari kerja, 0 tanpa batas)"),
    "negotiation_days": _("Waktu PPK menindaklanjuti hasil negosiasi (hari kerja)"),
    "confirm_days": _("Waktu penyedia mengonfirmasi pesanan (hari kerja)"),
    "days_basis": _("Dasar batas waktu"),
    "fine_per_mille": _("Denda keterlambatan per hari (per mil)"),
    "fine_most_percent": _("Denda paling banyak (persen)"),
    "fine_basis": _("Dasar denda"),
    "negotiation_above": _("Dinegosiasi di atas (rupiah)"),
    "method_basis": _("Dasar cara membeli"),
    "ppn_percent": _("Tarif PPN (persen)"),
    "ppn_numerator": _("Pembilang dasar PPN"),
    "ppn_denominator": _("Penyebut dasar PPN"),
    "rounding": _("Pembulatan PPN"),
    "ppn_basis": _("Dasar PPN"),
    "competition_above": _("Mini-kompetisi di atas (rupiah)"),
    "competition_pp_most": _("Mini-kompetisi oleh Pejabat Pengadaan sampai (rupiah)"),
    "competition_basis": _("Dasar mini-kompetisi"),
    "number_prefix": _("Awalan nomor pembelian"),
}
FORM_WORDS = {
    PURCHASE: _("Bukti pembelian"),
    RECEIPT: _("Kuitansi"),
    WORK_ORDER: _("Surat perintah kerja"),
    CONTRACT: _("Surat perjanjian"),
    ORDER: _("Surat pesanan"),
}
PAPER_WORDS = {
    NO_PRICE_PAPER: _("tidak diperlukan"),
    REFERENCE: _("Referensi harga"),
    ESTIMATE: _("HPS"),
}
_WORDS = {
    ("rounding", "down"): _("selalu ke bawah"),
    ("rounding", "half_up"): _("mulai lima puluh sen ke atas"),
    **{("form", word): told for word, told in FORM_WORDS.items()},
    **{("paper", word): told for word, told in PAPER_WORDS.items()},
    **{("kinds", word): told for word, told in KIND_WORDS.items()},
}
_FAULTS = {
    "range": _("Angka itu di luar batas."),
    "open_end": _("Harus ada satu baris tanpa batas atas untuk setiap jenis."),
    "unknown": _("Nilai itu tidak dikenal."),
    "prefix": _("Awalan terdiri dari 1 sampai 6 huruf besar."),
}


def buying_kind() -> RegulationKind:
    """What the catalogue registers with the regulations of the core."""
    return RegulationKind(
        BUYING,
        _("Pembelian lewat katalog"),
        BuyingRules,
        structure,
        _CONVERTER.unstructure,
        _LABELS,
        _WORDS,
        EXAMPLE,
        warnings,
    )


def structure(plain: Any) -> BuyingRules:
    """The figures of a plain form; InvalidInputError with every figure that cannot be."""
    rules = _CONVERTER.structure(plain, BuyingRules)
    faults = [FieldError(path, _FAULTS[code], code) for path, code in faults_of_buying(rules)]
    if faults:
        raise InvalidInputError(_("Periksa angka pembelian."), fields=faults)
    return rules


def buying_on(view: View, day: dt.date) -> Edition:
    """The edition that holds on a day; ConflictError naming the gap."""
    return require_edition(view, BUYING, day)


def buying_by_id(view: View, edition_id: Any) -> BuyingRules:
    """The figures under which a purchase was proposed."""
    figures: BuyingRules = edition_by_id(view, edition_id).figures
    return figures


def warnings(rules: BuyingRules) -> list[str]:
    """What is allowed but unlike any edition so far."""
    told: list[str] = []
    if rules.sum_least < rules.tkdn_least + BMP_MOST:
        told.append(_("Produk dapat mencapai jumlah TKDN dan BMP tanpa TKDN paling sedikit."))
    if rules.approval_above < rules.pp_most:
        told.append(_("Penetapan PA/KPA mulai di bawah batas Pejabat Pengadaan."))
    if rules.negotiation_above > rules.pp_most:
        told.append(
            _("Pembelian di atas %(most)s tanpa negosiasi dilakukan PPK.")
            % {"most": format_rupiah(rules.pp_most)}
        )
    if not rules.answer_days:
        told.append(_("Negosiasi tidak mempunyai batas waktu menjawab."))
    if rules.ppn_share == 0:
        told.append(_("Tidak ada PPN yang dihitung."))
    return told


def _whole(value: Any, _kind: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(_("Harus berupa bilangan bulat."))  # noqa: TRY004  # cattrs groups these
    return value


def _text(value: Any, _kind: object) -> str:
    if not isinstance(value, str):
        raise ValueError(_("Harus berupa teks."))  # noqa: TRY004  # as above
    return value


def _rounding(value: Any, _kind: object) -> Rounding:
    for known in ROUNDINGS:
        if value == known:
            return known
    raise ValueError(_("Pilih half_up atau down."))


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
    converter.register_structure_hook(int, _whole)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook_func(
        lambda kind: kind == Rounding or set(get_args(kind)) == set(ROUNDINGS), _rounding
    )
    converter.register_structure_hook_factory(_is_tuple, _tuple_hook)
    return converter


_CONVERTER = _converter()
