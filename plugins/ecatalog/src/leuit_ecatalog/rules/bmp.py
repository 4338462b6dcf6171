"""The company benefit weight (bobot manfaat perusahaan): factors with weights, up to a cap.

Permenperin 35/2025, in force from 12 December 2025, knows fifteen factors of 4, 2 or 1 percent and
at most 15,00. Factors and cap are figures of the dated edition `ecatalog.local_content`.
"""

from collections.abc import Collection
from typing import Final

import attrs

from leuit.values import InvalidInputError, _


@attrs.frozen
class BmpFactor:
    """One thing that a firm does for the country; `weight` in hundredths of a percent."""

    code: str
    title: str
    weight: int


@attrs.frozen
class LocalContent:
    """The figures of an edition; `bmp_most` in hundredths of a percent."""

    factors: tuple[BmpFactor, ...]
    bmp_most: int

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(factor.code for factor in self.factors)


EXAMPLE: Final = LocalContent(
    factors=(
        BmpFactor("tenaga_kerja", "Penyerapan tenaga kerja", 400),
        BmpFactor("investasi_baru", "Investasi baru", 400),
        BmpFactor("kemitraan", "Kemitraan dan rantai pasok", 400),
        BmpFactor("perintis", "Industri perintis atau substitusi impor", 400),
        BmpFactor("mesin_lokal", "Mesin dalam negeri", 400),
        BmpFactor("lokasi", "Lokasi usaha", 400),
        BmpFactor("merek_sendiri", "Merek sendiri", 200),
        BmpFactor("industri_40", "Industri 4.0", 200),
        BmpFactor("hijau", "Industri hijau", 200),
        BmpFactor("sdm", "Pengembangan sumber daya manusia", 200),
        BmpFactor("ekspor", "Ekspor", 200),
        BmpFactor("sertifikasi", "Sertifikasi", 100),
        BmpFactor("esg", "Lingkungan, sosial, dan tata kelola (ESG)", 100),
        BmpFactor("penghargaan", "Penghargaan", 100),
        BmpFactor("lapor_siinas", "Pelaporan SIINas", 100),
    ),
    bmp_most=1_500,
)
"""Permenperin 35/2025 as its factors are summarised; an edition of the regency takes its place."""


def bmp_of(figures: LocalContent, codes: Collection[str]) -> int:
    """The weight of the chosen factors in hundredths of a percent, at most the cap.

    Each counts once. InvalidInputError for a code that the edition does not have.
    """
    weights = {factor.code: factor.weight for factor in figures.factors}
    if unknown := sorted(set(codes) - set(weights)):
        raise InvalidInputError(_("Faktor BMP “%(code)s” tidak dikenal."), code=unknown[0][:40])
    return min(sum(weights[code] for code in set(codes)), figures.bmp_most)


def check_local_content(figures: LocalContent) -> LocalContent:
    """The figures when they can be used; InvalidInputError otherwise."""
    codes = [factor.code for factor in figures.factors]
    if not codes or len(set(codes)) < len(codes):
        raise InvalidInputError(_("Tulis sedikitnya satu faktor BMP, tiap kode sekali."))
    if any(not factor.code or not factor.title.strip() for factor in figures.factors):
        raise InvalidInputError(_("Tiap faktor BMP punya kode dan nama."))
    if any(not 0 < factor.weight <= 10_000 for factor in figures.factors):
        raise InvalidInputError(_("Bobot faktor BMP di atas 0 dan paling banyak 10.000."))
    if not 0 < figures.bmp_most <= 1_500:
        raise InvalidInputError(_("Batas BMP di atas 0 dan paling banyak 1.500."))
    return figures
