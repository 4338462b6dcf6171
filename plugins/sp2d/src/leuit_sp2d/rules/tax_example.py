"""An edition of taxes for the demo and the first draft of an installation.

It is an example, not law: an installation enacts its own editions. Figures of PPh 23, of rent, of
splitting, of the KAP-KJS (but 411121-402) and the 4 % without NPWP of PPh 23 (UU PPh Pasal 23 ayat
(1a)) are unverified.
"""

from decimal import Decimal

from .tax_rules import (
    FinalRate,
    FinalTaxRules,
    HonorariumRate,
    HonorariumRules,
    IncomeTaxRules,
    PpnRules,
    TaxRules,
    UmkmRules,
)

_THRESHOLD = 2_000_000
_CONSTRUCTION = "411128-409"
_BY_SOMEBODY_ELSE = ("kartu_kredit_pemerintah", "pihak_lain")
_NOT_PURCHASES = ("bbm_gas_pelumas", "benda_pos", "air_listrik", "bos", "gabah_beras")

EXAMPLE = TaxRules(
    ppn=PpnRules(
        rate=Decimal(12),
        base_numerator=11,
        base_denominator=12,
        luxury_numerator=1,
        luxury_denominator=1,
        threshold=_THRESHOLD,
        exempt=(
            *("kartu_kredit_pemerintah", "tanah", "telekomunikasi"),
            *("bbm_pertamina", "angkutan_udara", "pihak_lain"),
        ),
        free=("fasilitas_ppn",),
        kap_kjs="411211-900",
    ),
    pph22=IncomeTaxRules(
        rate=Decimal("1.5"),
        rate_without_npwp=Decimal(3),
        threshold=_THRESHOLD,
        exempt=(*_BY_SOMEBODY_ELSE, *_NOT_PURCHASES, "skb"),
        kap_kjs="411122-900",
    ),
    umkm=UmkmRules(
        rate=Decimal("0.5"),
        threshold=0,
        objects=("barang",),
        exempt=(*_BY_SOMEBODY_ELSE, *_NOT_PURCHASES),
        kap_kjs="411128-423",
    ),
    pph23=IncomeTaxRules(
        rate=Decimal(2),
        rate_without_npwp=Decimal(4),
        threshold=0,
        exempt=("skb",),
        kap_kjs="411124-104",
    ),
    pph42=FinalTaxRules(
        rates=(
            FinalRate("konstruksi", "kecil", Decimal("1.75"), _CONSTRUCTION),
            FinalRate("konstruksi", "menengah_besar", Decimal("2.65"), _CONSTRUCTION),
            FinalRate("konstruksi", "tanpa_sertifikat", Decimal(4), _CONSTRUCTION),
            FinalRate("konstruksi_terintegrasi", "bersertifikat", Decimal("2.65"), _CONSTRUCTION),
            FinalRate("konstruksi_terintegrasi", "tanpa_sertifikat", Decimal(4), _CONSTRUCTION),
            FinalRate("konsultansi_konstruksi", "bersertifikat", Decimal("3.5"), _CONSTRUCTION),
            FinalRate("konsultansi_konstruksi", "tanpa_sertifikat", Decimal(6), _CONSTRUCTION),
            FinalRate("sewa_tanah_bangunan", "", Decimal(10), "411128-403"),
        ),
        exempt=("skb",),
    ),
    pph21_honorarium=HonorariumRules(
        rates=(
            HonorariumRate(("I", "II"), Decimal(0)),
            HonorariumRate(("III",), Decimal(5)),
            HonorariumRate(("IV", "pejabat_negara"), Decimal(15)),
        ),
        kap_kjs="411121-402",
    ),
    rounding="half_up",
    split_days=7,
    billing_days=30,
)
"""Figures of 22 May 2025 and later."""
