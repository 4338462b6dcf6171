"""Amounts of tax: exact until they are rounded once, and the price that a gross contains."""

from decimal import Decimal
from fractions import Fraction
from math import floor

from leuit.values import InvalidInputError, _

from .rupiah import check_amount, format_rupiah
from .tax_rules import Rounding, TaxRules

WHOLE = Fraction(1)
"""All of a price is taxed."""


class NoPriceWithinError(InvalidInputError):
    """No whole price makes that gross together with its PPN."""

    code = "no_price_within"


def ppn_on(price: int, rules: TaxRules, *, luxury: bool = False) -> int:
    """PPN that a supplier charges on a price, whoever pays it to the State."""
    return tax_of(price, rules.ppn.rate, rules.rounding, rules.ppn.share(luxury=luxury))


def tax_of(base: int, rate: Decimal, rounding: Rounding, share: Fraction = WHOLE) -> int:
    """`share` of a base × `rate` percent, exact until it is rounded once."""
    return round_rupiah(base * share * Fraction(rate) / 100, rounding)


def round_rupiah(amount: Fraction, rounding: Rounding) -> int:
    """Whole rupiah of an amount that is not negative: down, or up from exactly half a rupiah.

    PER-11/PJ/2025 Pasal 129. Whether exactly .50 goes up is disputed; the text says so.
    """
    if rounding == "down":
        return floor(amount)
    return floor(amount + Fraction(1, 2))


def price_within(gross: int, rules: TaxRules, *, luxury: bool = False) -> int:
    """The whole price without PPN whose price + PPN is exactly `gross`.

    Prices are whole, so at 11 % about one gross in ten has none. It is refused with the two nearest
    that have one, as a price that makes a rupiah more or less would not agree with the invoice.
    """
    check_amount(gross)
    share = rules.ppn.share(luxury=luxury) * Fraction(rules.ppn.rate) / 100
    # Rounding moves the PPN by less than one rupiah, so no other price can make this gross.
    low = floor(gross / (1 + share))
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


def percent_text(rate: Decimal) -> str:
    """A rate as people write it, without empty decimals: `2,65%`, `12%`."""
    plain = f"{rate:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.replace(".", ",") + "%"
