"""A claim as the taxes see it, which cannot contradict itself."""

from collections.abc import Iterable

import attrs

from leuit.values import FieldError, InvalidInputError, _

from .rupiah import WrongAmountError, check_amount
from .tax_rules import OBJECTS, Object, TaxRules

CONSTRUCTION = ("konstruksi", "konstruksi_terintegrasi", "konsultansi_konstruksi")
"""Objects whose rate follows from a qualification."""
WITHOUT_PPN = ("honorarium", "tanpa_pajak")
"""Objects on which nobody charges PPN."""


class WrongTaxableError(InvalidInputError):
    """A claim contradicts itself, or has a word that the edition does not know."""

    code = "wrong_taxable"


@attrs.frozen
class Taxable:
    """One claim as the taxes see it.

    `price` is whole rupiah without PPN; of an honorarium or a rent of land it is the gross.
    `undivided` is the whole price of the purchase when this claim is a part of it. `golongan` may
    carry its letter (`III/c`). `exempt` are the exemptions that the treasurer states. Raises
    WrongTaxableError with every fault at once.
    """

    object: Object
    price: int
    charges_ppn: bool
    luxury: bool = False
    has_npwp: bool = True
    umkm: bool = False
    qualification: str = ""
    golongan: str = ""
    exempt: frozenset[str] = frozenset()
    undivided: int | None = None

    def __attrs_post_init__(self) -> None:
        if faults := list(_contradictions(self)):
            raise wrong_taxable(faults)

    @property
    def judged(self) -> int:
        """The amount that is held to a threshold."""
        return self.price if self.undivided is None else self.undivided

    @property
    def golongan_group(self) -> str:
        """`III` of `III/c`."""
        return self.golongan.partition("/")[0].strip()


def unknown_words(claim: Taxable, rules: TaxRules) -> Iterable[FieldError]:
    """Words that the edition lacks, each with those that it knows."""
    for word in sorted(claim.exempt.difference(rules.exemptions)):
        yield _unknown("exempt", word, rules.exemptions)
    if claim.object == "honorarium" and claim.golongan_group not in rules.golongan:
        yield _unknown("golongan", claim.golongan, rules.golongan)
    rows = [row for row in rules.pph42.rates if row.object == claim.object]
    if claim.object in (*CONSTRUCTION, "sewa_tanah_bangunan") and not any(
        row.qualification == claim.qualification for row in rows
    ):
        yield _unknown("qualification", claim.qualification, rules.qualifications(claim.object))


def wrong_taxable(faults: list[FieldError]) -> WrongTaxableError:
    """The refusal of a claim with all its faults."""
    return WrongTaxableError(
        _("Data pajak tagihan ini belum benar."),
        advice=_("Perbaiki isian yang ditandai."),
        fields=faults,
    )


def _contradictions(claim: Taxable) -> Iterable[FieldError]:
    if claim.object not in OBJECTS:
        yield FieldError("object", _("Jenis pembayaran ini tidak dikenal."), "unknown_word")
    if not _is_amount(claim.price):
        yield FieldError("price", _("Harga harus rupiah utuh di atas nol."), "wrong_amount")
    elif claim.undivided is not None and not (
        _is_amount(claim.undivided) and claim.undivided >= claim.price
    ):
        sentence = _("Harga seluruh pembelian tidak boleh di bawah harga bagian ini.")
        yield FieldError("undivided", sentence, "below_part")
    if claim.charges_ppn and claim.object in WITHOUT_PPN:
        sentence = _("Pembayaran ini tidak dikenai PPN; hapus tanda PPN-nya.")
        yield FieldError("charges_ppn", sentence, "no_ppn_here")
    if claim.luxury and claim.object != "barang":
        sentence = _("Hanya barang yang dapat tergolong mewah; hapus tandanya.")
        yield FieldError("luxury", sentence, "no_luxury_here")
    if claim.umkm and not claim.has_npwp:
        sentence = _("Surat keterangan UMKM hanya untuk pemilik NPWP; isi NPWP rekanan.")
        yield FieldError("umkm", sentence, "umkm_without_npwp")
    if claim.qualification and claim.object not in CONSTRUCTION:
        sentence = _("Kualifikasi hanya untuk konstruksi; kosongkan.")
        yield FieldError("qualification", sentence, "not_here")
    if claim.golongan and claim.object != "honorarium":
        sentence = _("Golongan hanya untuk honorarium; kosongkan.")
        yield FieldError("golongan", sentence, "not_here")


def _unknown(path: str, word: str, known: Iterable[str]) -> FieldError:
    params = {"word": word[:40], "known": ", ".join(known) or "–"}
    if not word:
        return FieldError(path, _("Isi salah satu dari: %(known)s."), "missing", params)
    sentence = _("“%(word)s” tidak ada dalam edisi pajak yang berlaku. Yang ada: %(known)s.")
    return FieldError(path, sentence, "unknown_word", params)


def _is_amount(value: int) -> bool:
    try:
        check_amount(value)
    except WrongAmountError:
        return False
    return True
