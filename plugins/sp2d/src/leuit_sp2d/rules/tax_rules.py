"""Figures by which the treasurer collects taxes: one dated edition of them.

An edition holds from its own day on. What changes on another day is another edition: the rate of
PPN, the base of luxury goods (1 February 2025), the rounding of PER-11/PJ/2025. Rates are percent
of the price without PPN, or of the gross where a law says so. A threshold is in whole rupiah and
counts up to and including: at the threshold the treasurer does not collect yet. 0 is no threshold.

Words of exemptions, qualifications and golongan are figures too: an edition may know others.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

import attrs

from leuit.values import _

from .tax_figures import (
    are_words,
    is_kap_kjs,
    is_part,
    is_rate,
    is_span,
    is_threshold,
    is_word_or_empty,
    refuse_repeats,
)

Rounding = Literal["down", "half_up"]
Object = Literal[
    "barang",
    "jasa",
    "sewa_harta",
    "konstruksi",
    "konstruksi_terintegrasi",
    "konsultansi_konstruksi",
    "sewa_tanah_bangunan",
    "honorarium",
    "tanpa_pajak",
]
"""What is paid for. `tanpa_pajak` is paid without any tax, as a grant or a bill of the State."""
FinalObject = Literal[
    "konstruksi", "konstruksi_terintegrasi", "konsultansi_konstruksi", "sewa_tanah_bangunan"
]
"""What PPh Pasal 4 ayat (2) is taken from."""
UmkmObject = Literal["barang", "jasa", "sewa_harta"]
"""What PPh 22 or PPh 23 is taken from, in whose place the final tax of a small business stands."""


@attrs.frozen
class PpnRules:
    """PPN = price × rate × numerator / denominator (PMK 131/2024), luxury goods by their own pair.

    `exempt` are the cases in which the treasurer does not collect what the supplier charges (PMK
    59/2022 Pasal 18 ayat (1), kept by PMK 81/2024); in those of `free` nothing is charged at all.
    """

    rate: Decimal = attrs.field(validator=is_rate)
    base_numerator: int = attrs.field(validator=is_part)
    base_denominator: int = attrs.field(validator=is_part)
    luxury_numerator: int = attrs.field(validator=is_part)
    luxury_denominator: int = attrs.field(validator=is_part)
    threshold: int = attrs.field(validator=is_threshold)
    exempt: tuple[str, ...] = attrs.field(validator=are_words)
    free: tuple[str, ...] = attrs.field(validator=are_words)
    kap_kjs: str = attrs.field(validator=is_kap_kjs)

    def __attrs_post_init__(self) -> None:
        refuse_repeats((*self.exempt, *self.free))

    def share(self, *, luxury: bool) -> Fraction:
        """The part of the price that is taxed."""
        if luxury:
            return Fraction(self.luxury_numerator, self.luxury_denominator)
        return Fraction(self.base_numerator, self.base_denominator)


@attrs.frozen
class IncomeTaxRules:
    """PPh Pasal 22 or 23: a rate, the higher one of a payee without NPWP, and what is exempt."""

    rate: Decimal = attrs.field(validator=is_rate)
    rate_without_npwp: Decimal = attrs.field(validator=is_rate)
    threshold: int = attrs.field(validator=is_threshold)
    exempt: tuple[str, ...] = attrs.field(validator=are_words)
    kap_kjs: str = attrs.field(validator=is_kap_kjs)


@attrs.frozen
class UmkmRules:
    """The final tax of a supplier with a certificate (PP 23/2018, PP 55/2022).

    It stands in the place of PPh 22 or PPh 23 for the `objects`; other claims of such a supplier
    are taxed like any other's.
    """

    rate: Decimal = attrs.field(validator=is_rate)
    threshold: int = attrs.field(validator=is_threshold)
    objects: tuple[UmkmObject, ...] = attrs.field(validator=are_words)
    exempt: tuple[str, ...] = attrs.field(validator=are_words)
    kap_kjs: str = attrs.field(validator=is_kap_kjs)


@attrs.frozen
class FinalRate:
    """One rate of PPh Pasal 4 ayat (2): of an object, and of a qualification where it has any."""

    object: FinalObject
    qualification: str = attrs.field(validator=is_word_or_empty)
    rate: Decimal = attrs.field(validator=is_rate)
    kap_kjs: str = attrs.field(validator=is_kap_kjs)


@attrs.frozen
class FinalTaxRules:
    """PPh Pasal 4 ayat (2): construction (PP 9/2022), rent of land and buildings."""

    rates: tuple[FinalRate, ...]
    exempt: tuple[str, ...] = attrs.field(validator=are_words)

    def __attrs_post_init__(self) -> None:
        refuse_repeats((row.object, row.qualification) for row in self.rates)
        bare = {row.object for row in self.rates if not row.qualification}
        if any(row.object in bare for row in self.rates if row.qualification):
            raise ValueError(_("Satu pekerjaan bertarif dengan dan tanpa kualifikasi."))


@attrs.frozen
class HonorariumRate:
    """One rate of PPh Pasal 21 on honoraria, for a group of golongan."""

    golongan: tuple[str, ...] = attrs.field(validator=are_words)
    rate: Decimal = attrs.field(validator=is_rate)


@attrs.frozen
class HonorariumRules:
    """PPh Pasal 21, final, on honoraria out of the APBD (PP 80/2010 Pasal 4)."""

    rates: tuple[HonorariumRate, ...]
    kap_kjs: str = attrs.field(validator=is_kap_kjs)

    def __attrs_post_init__(self) -> None:
        refuse_repeats(golongan for row in self.rates for golongan in row.golongan)


@attrs.frozen
class TaxRules:
    """The figures of one edition.

    `rounding` is how each tax becomes whole rupiah: always down (SE-22/PJ.24/1990), or from half a
    rupiah up (PER-11/PJ/2025 Pasal 129). `split_days` is how many days apart purchases of one payee
    may lie to be suspected of being one. `billing_days` is how long an ID billing can be paid.
    """

    ppn: PpnRules
    pph22: IncomeTaxRules
    umkm: UmkmRules
    pph23: IncomeTaxRules
    pph42: FinalTaxRules
    pph21_honorarium: HonorariumRules
    rounding: Rounding
    split_days: int = attrs.field(validator=is_span)
    billing_days: int = attrs.field(validator=is_span)

    @property
    def exemptions(self) -> tuple[str, ...]:
        """Every word that exempts from some tax, in the order of the taxes, each once."""
        taxes = (
            *(self.ppn.exempt, self.ppn.free, self.pph22.exempt),
            *(self.umkm.exempt, self.pph23.exempt, self.pph42.exempt),
        )
        return tuple(dict.fromkeys(word for words in taxes for word in words))

    @property
    def thresholds(self) -> tuple[int, ...]:
        """The thresholds that a purchase may be split to stay under, each once, smallest first."""
        taxes = (self.ppn, self.pph22, self.umkm, self.pph23)
        return tuple(sorted({tax.threshold for tax in taxes if tax.threshold}))

    def qualifications(self, of: str) -> tuple[str, ...]:
        """The qualifications by which a work is taxed; none for what has one rate."""
        rows = self.pph42.rates
        return tuple(row.qualification for row in rows if row.object == of and row.qualification)

    @property
    def golongan(self) -> tuple[str, ...]:
        """The golongan that honoraria are taxed by."""
        return tuple(name for row in self.pph21_honorarium.rates for name in row.golongan)


OBJECTS: tuple[Object, ...] = get_args(Object)
