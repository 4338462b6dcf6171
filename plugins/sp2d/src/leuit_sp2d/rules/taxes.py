"""Taxes that the treasurer takes out of one claim, and why he does not take others.

A claim has a price without PPN. The supplier charges PPN on it or not; if he does, the gross is
price + PPN, also where the treasurer does not collect that PPN: then the supplier pays it to the
State himself, and it is no deduction. In the cases of a PPN facility nothing is charged at all.

At most two taxes are taken: PPN, and one income tax that follows from the object. Each is
price × rate × part, worked out exactly and rounded **once**: rounding the taxed part first would
make Rp5.499.999 of Rp50.000.000. A tax of Rp0 is left out, as
there is nothing to pay to the State. Exemptions are asked before the threshold, and a threshold is
judged on the whole purchase where the claim is a part of one.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import attrs

from leuit.values import FilledText, InvalidInputError, Text, _

from .rupiah import format_rupiah
from .tax_amounts import WHOLE, percent_text, ppn_on, tax_of
from .tax_rules import Rounding, TaxRules
from .tax_words import spoken
from .taxable import WITHOUT_PPN, Taxable, unknown_words, wrong_taxable

TaxCode = Literal["PPN", "PPH22", "PPH23", "PPH42", "PPH21", "UMKM"]
TITLES: dict[TaxCode, Text] = {
    "PPN": _("PPN"),
    "PPH22": _("PPh Pasal 22"),
    "PPH23": _("PPh Pasal 23"),
    "PPH42": _("PPh Pasal 4 ayat (2)"),
    "PPH21": _("PPh Pasal 21 final"),
    "UMKM": _("PPh final UMKM"),
}


class DeductionsExceedError(InvalidInputError):
    """More is deducted than is claimed."""

    code = "deductions_exceed"


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
    share: Fraction = WHOLE


def propose(taxable: Taxable, rules: TaxRules) -> Proposal:
    """The taxes of a claim under an edition.

    Raises WrongTaxableError for an exemption, qualification or golongan that the edition does not
    know: a word mistyped must not change a tax in silence.
    """
    if faults := list(unknown_words(taxable, rules)):
        raise wrong_taxable(faults)
    if taxable.object == "tanpa_pajak":
        reason = Reason(None, "no_tax", _("Pembayaran ini tidak dikenai pajak."))
        return Proposal((), (reason,), taxable.price, taxable.price)
    found: list[Deduction | Reason] = []
    gross = taxable.price
    if taxable.charges_ppn:
        found.append(_taken(_ppn(rules, luxury=taxable.luxury), taxable, rules.rounding))
        if not taxable.exempt.intersection(rules.ppn.free):
            gross += ppn_on(taxable.price, rules, luxury=taxable.luxury)
    elif taxable.object not in WITHOUT_PPN:
        found.append(Reason("PPN", "not_charged", _("Rekanan tidak mengenakan PPN.")))
    found.append(_taken(_income_tax(taxable, rules), taxable, rules.rounding))
    deductions = tuple(one for one in found if isinstance(one, Deduction))
    left_out = tuple(one for one in found if isinstance(one, Reason))
    return Proposal(deductions, left_out, gross, net_of(gross, deductions))


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


def _ppn(rules: TaxRules, *, luxury: bool) -> _Tax:
    ppn = rules.ppn
    exempt = (*ppn.exempt, *ppn.free)
    return _Tax("PPN", ppn.rate, ppn.kap_kjs, ppn.threshold, exempt, share=ppn.share(luxury=luxury))


def _income_tax(taxable: Taxable, rules: TaxRules) -> _Tax:
    """The one income tax that the object falls under."""
    if taxable.object == "honorarium":
        honoraria = rules.pph21_honorarium
        group = taxable.golongan_group
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
    if tax.share == WHOLE:
        return _("%(rate)s dari %(base)s") % params
    return _("%(part)s × %(rate)s dari %(base)s") % {**params, "part": str(tax.share)}
