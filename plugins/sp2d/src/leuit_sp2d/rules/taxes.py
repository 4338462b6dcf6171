"""Taxes that the treasurer takes out of one claim, and why he does not take others.

A claim has a price without PPN. The supplier charges PPN on it or not; if he does, the gross is
price + PPN, also where the treasurer does not collect that PPN: then the supplier pays it to the
State himself, and it is no deduction. In the cases of a PPN facility nothing is charged at all.

At most two taxes are taken: PPN, and one income tax that follows from the object. Each is
price × rate × part, worked out exactly and rounded **once**: rounding the taxed part first would
make Rp5.499.999 of Rp50.000.000 (section 5 of the facts, vector 16). A tax of Rp0 is left out, as
there is nothing to pay to the State. Exemptions are asked before the threshold, and a threshold is
judged on the whole purchase where the claim is a part of one.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import attrs

from leuit.values import FieldError, FilledText, InvalidInputError, Text, _

from .rupiah import LARGEST, check_amount, format_rupiah
from .tax_rules import OBJECTS, Object, Rounding, TaxRules, spoken

TaxCode = Literal["PPN", "PPH22", "PPH23", "PPH42", "PPH21", "UMKM"]
TITLES: dict[TaxCode, Text] = {
    "PPN": _("PPN"),
    "PPH22": _("PPh Pasal 22"),
    "PPH23": _("PPh Pasal 23"),
    "PPH42": _("PPh Pasal 4 ayat (2)"),
    "PPH21": _("PPh Pasal 21 final"),
    "UMKM": _("PPh final UMKM"),
}
_CONSTRUCTION = ("konstruksi", "konstruksi_terintegrasi", "konsultansi_konstruksi")
_WITHOUT_PPN = ("honorarium", "tanpa_pajak")
_WHOLE = Fraction(1)


class WrongTaxableError(InvalidInputError):
    """A claim contradicts itself, or has a word that the edition does not know."""

    code = "wrong_taxable"


class NoPriceWithinError(InvalidInputError):
    """No whole price makes that gross together with its PPN."""

    code = "no_price_within"


class DeductionsExceedError(InvalidInputError):
    """More is deducted than is claimed."""

    code = "deductions_exceed"


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
            raise _wrong(faults)

    @property
    def judged(self) -> int:
        """The amount that is held to a threshold."""
        return self.price if self.undivided is None else self.undivided


@attrs.frozen
class Deduction:
    """A tax to be taken: `base` × `rate` percent as `how` explains it, `amount` whole rupiah.

    `reduces` says that the bank transfers that much less and pays it to the State; else the line is
    for information and the supplier is paid in full.
    """

    code: TaxCode
    title: Text
    base: int
    rate: Decimal
    how: FilledText
    amount: int
    kap_kjs: str
    reduces: bool = True


@attrs.frozen
class Reason:
    """Why a tax is not taken.

    Codes: `not_charged`, `exempt`, `threshold`, `nothing_due`, and `no_tax` for a payment that
    knows none.
    """

    tax: TaxCode | None
    code: Literal["not_charged", "exempt", "threshold", "nothing_due", "no_tax"]
    sentence: Text | FilledText


@attrs.frozen
class Proposal:
    """What is taken and what not; `gross` is the claim with its PPN, `net` what is transferred."""

    deductions: tuple[Deduction, ...]
    left_out: tuple[Reason, ...]
    gross: int
    net: int


@attrs.frozen
class _Tax:
    """A tax that the claim falls under, before it is asked whether it is taken."""

    code: TaxCode
    rate: Decimal
    kap_kjs: str
    threshold: int = 0
    exempt: tuple[str, ...] = ()
    share: Fraction = _WHOLE


def propose(taxable: Taxable, rules: TaxRules) -> Proposal:
    """The taxes of a claim under an edition.

    Raises WrongTaxableError for an exemption, qualification or golongan that the edition does not
    know: a word mistyped must not change a tax in silence.
    """
    if faults := list(_unknown_words(taxable, rules)):
        raise _wrong(faults)
    if taxable.object == "tanpa_pajak":
        reason = Reason(None, "no_tax", _("Pembayaran ini tidak dikenai pajak."))
        return Proposal((), (reason,), taxable.price, taxable.price)
    found: list[Deduction | Reason] = []
    gross = taxable.price
    if taxable.charges_ppn:
        found.append(_taken(_ppn(rules, luxury=taxable.luxury), taxable, rules.rounding))
        if not taxable.exempt.intersection(rules.ppn.free):
            gross += ppn_on(taxable.price, rules, luxury=taxable.luxury)
    elif taxable.object not in _WITHOUT_PPN:
        found.append(Reason("PPN", "not_charged", _("Rekanan tidak mengenakan PPN.")))
    found.append(_taken(_income_tax(taxable, rules), taxable, rules.rounding))
    deductions = tuple(one for one in found if isinstance(one, Deduction))
    left_out = tuple(one for one in found if isinstance(one, Reason))
    return Proposal(deductions, left_out, gross, net_of(gross, deductions))


def ppn_on(price: int, rules: TaxRules, *, luxury: bool = False) -> int:
    """PPN that a supplier charges on a price, whoever pays it to the State."""
    return tax_of(price, rules.ppn.rate, rules.rounding, rules.ppn.share(luxury=luxury))


def tax_of(base: int, rate: Decimal, rounding: Rounding, share: Fraction = _WHOLE) -> int:
    """`share` of a base × `rate` percent, exact until it is rounded once."""
    return round_rupiah(base * share * Fraction(rate) / 100, rounding)


def round_rupiah(amount: Fraction, rounding: Rounding) -> int:
    """Whole rupiah of an amount that is not negative: down, or up from exactly half a rupiah.

    PER-11/PJ/2025 Pasal 129. Whether exactly .50 goes up is disputed; the text says so.
    """
    if rounding == "down":
        return amount.__floor__()
    return (amount + Fraction(1, 2)).__floor__()


def price_within(gross: int, rules: TaxRules, *, luxury: bool = False) -> int:
    """The whole price without PPN whose price + PPN is exactly `gross`.

    Prices are whole, so at 11 % about one gross in ten has none. It is refused with the two nearest
    that have one, as a price that makes a rupiah more or less would not agree with the invoice.
    """
    check_amount(gross)
    share = rules.ppn.share(luxury=luxury) * Fraction(rules.ppn.rate) / 100
    # Rounding moves the PPN by less than one rupiah, so no other price can make this gross.
    low = (gross / (1 + share)).__floor__()
    made = {price: price + ppn_on(price, rules, luxury=luxury) for price in (low, low + 1)}
    for price, whole in made.items():
        if whole == gross and price > 0:
            return price
    raise NoPriceWithinError(
        _("Tidak ada harga utuh yang bersama PPN-nya menjadi %(gross)s."),
        advice=_(
            "Tulis harga tanpa PPN dari faktur; yang terdekat berjumlah %(below)s, %(above)s."
        ),
        gross=format_rupiah(gross),
        below=format_rupiah(made[low]),
        above=format_rupiah(made[low + 1]),
    )


def net_of(gross: int, deductions: Iterable[Deduction]) -> int:
    """What is transferred: gross less the deductions that reduce it; never below zero."""
    taken = sum(one.amount for one in deductions if one.reduces)
    if taken > gross:
        raise DeductionsExceedError(
            _("Potongan %(taken)s melebihi nilai %(gross)s."),
            advice=_("Periksa lagi nilai tiap potongan."),
            taken=format_rupiah(taken),
            gross=format_rupiah(gross),
        )
    return gross - taken


def percent_text(rate: Decimal) -> str:
    """A rate as people write it, without empty decimals: `2,65%`, `12%`."""
    plain = f"{rate:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.replace(".", ",") + "%"


def _ppn(rules: TaxRules, *, luxury: bool) -> _Tax:
    ppn = rules.ppn
    exempt = (*ppn.exempt, *ppn.free)
    return _Tax("PPN", ppn.rate, ppn.kap_kjs, ppn.threshold, exempt, share=ppn.share(luxury=luxury))


def _income_tax(taxable: Taxable, rules: TaxRules) -> _Tax:
    """The one income tax that the object falls under."""
    if taxable.object == "honorarium":
        honoraria = rules.pph21_honorarium
        group = _group(taxable.golongan)
        rate = next(row.rate for row in honoraria.rates if group in row.golongan)
        return _Tax("PPH21", rate, honoraria.kap_kjs)
    if taxable.umkm and taxable.object in rules.umkm.objects:
        small = rules.umkm
        return _Tax("UMKM", small.rate, small.kap_kjs, small.threshold, small.exempt)
    if taxable.object in ("barang", "jasa", "sewa_harta"):
        code: TaxCode = "PPH22" if taxable.object == "barang" else "PPH23"
        tax = rules.pph22 if taxable.object == "barang" else rules.pph23
        rate = tax.rate if taxable.has_npwp else tax.rate_without_npwp
        return _Tax(code, rate, tax.kap_kjs, tax.threshold, tax.exempt)
    wanted = (taxable.object, taxable.qualification)
    row = next(one for one in rules.pph42.rates if (one.object, one.qualification) == wanted)
    return _Tax("PPH42", row.rate, row.kap_kjs, exempt=rules.pph42.exempt)


def _taken(tax: _Tax, taxable: Taxable, rounding: Rounding) -> Deduction | Reason:
    title = TITLES[tax.code]
    for word in tax.exempt:
        if word in taxable.exempt:
            sentence = _("%(tax)s tidak dipungut: %(word)s.")
            return Reason(tax.code, "exempt", sentence % {"tax": title, "word": spoken(word)})
    if taxable.judged <= tax.threshold:
        sentence = _("%(tax)s tidak dipungut: %(price)s tidak melebihi %(threshold)s.")
        params = {
            "tax": title,
            "price": format_rupiah(taxable.judged),
            "threshold": format_rupiah(tax.threshold),
        }
        return Reason(tax.code, "threshold", sentence % params)
    how = _how(tax, taxable.price)
    amount = tax_of(taxable.price, tax.rate, rounding, tax.share)
    if not amount:
        sentence = _("%(tax)s nihil: %(how)s.")
        return Reason(tax.code, "nothing_due", sentence % {"tax": title, "how": how})
    return Deduction(tax.code, title, taxable.price, tax.rate, how, amount, tax.kap_kjs)


def _how(tax: _Tax, base: int) -> FilledText:
    params = {"rate": percent_text(tax.rate), "base": format_rupiah(base)}
    if tax.share == _WHOLE:
        return _("%(rate)s dari %(base)s") % params
    return _("%(part)s × %(rate)s dari %(base)s") % {**params, "part": str(tax.share)}


def _group(golongan: str) -> str:
    """`III` of `III/c`."""
    return golongan.partition("/")[0].strip()


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
    if claim.charges_ppn and claim.object in _WITHOUT_PPN:
        sentence = _("Pembayaran ini tidak dikenai PPN; hapus tanda PPN-nya.")
        yield FieldError("charges_ppn", sentence, "no_ppn_here")
    if claim.luxury and claim.object != "barang":
        sentence = _("Hanya barang yang dapat tergolong mewah; hapus tandanya.")
        yield FieldError("luxury", sentence, "no_luxury_here")
    if claim.umkm and not claim.has_npwp:
        sentence = _("Surat keterangan UMKM hanya untuk pemilik NPWP; isi NPWP rekanan.")
        yield FieldError("umkm", sentence, "umkm_without_npwp")
    if claim.qualification and claim.object not in _CONSTRUCTION:
        sentence = _("Kualifikasi hanya untuk konstruksi; kosongkan.")
        yield FieldError("qualification", sentence, "not_here")
    if claim.golongan and claim.object != "honorarium":
        sentence = _("Golongan hanya untuk honorarium; kosongkan.")
        yield FieldError("golongan", sentence, "not_here")


def _unknown_words(claim: Taxable, rules: TaxRules) -> Iterable[FieldError]:
    """Words that the edition lacks, each with those that it knows."""
    for word in sorted(claim.exempt.difference(rules.exemptions)):
        yield _unknown("exempt", word, rules.exemptions)
    if claim.object == "honorarium" and _group(claim.golongan) not in rules.golongan:
        yield _unknown("golongan", claim.golongan, rules.golongan)
    rows = [row for row in rules.pph42.rates if row.object == claim.object]
    if claim.object in (*_CONSTRUCTION, "sewa_tanah_bangunan") and not any(
        row.qualification == claim.qualification for row in rows
    ):
        yield _unknown("qualification", claim.qualification, rules.qualifications(claim.object))


def _unknown(path: str, word: str, known: Iterable[str]) -> FieldError:
    sentence = _("“%(word)s” tidak ada dalam edisi pajak yang berlaku. Yang ada: %(known)s.")
    params = {"word": word[:40], "known": ", ".join(known) or "–"}
    return FieldError(path, sentence, "unknown_word", params)


def _wrong(faults: list[FieldError]) -> WrongTaxableError:
    return WrongTaxableError(
        _("Data pajak tagihan ini belum benar."),
        advice=_("Perbaiki isian yang ditandai."),
        fields=faults,
    )


def _is_amount(value: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= LARGEST
