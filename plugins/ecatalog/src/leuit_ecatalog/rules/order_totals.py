"""What an order costs: lines, shipping, and the tax of a vendor who charges it.

PPN is the statutory rate on a part of the price (PMK 131/2024: 12 percent of 11/12), rounded once
for the order as the edition says; a vendor who is no PKP charges none.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import floor

import attrs

from .buying_rules import BuyingRules, Rounding


@attrs.frozen
class Totals:
    """Whole rupiah: goods without tax, shipping without tax, tax, and all together."""

    goods: int
    shipping: int
    tax: int

    @property
    def total(self) -> int:
        """What is paid."""
        return self.goods + self.shipping + self.tax


def totals(
    lines: Iterable[tuple[int, int]], shipping: int, rules: BuyingRules, *, taxable: bool
) -> Totals:
    """Of pairs of quantity and unit price."""
    goods = sum(quantity * price for quantity, price in lines)
    if not taxable:
        return Totals(goods, shipping, 0)
    return Totals(goods, shipping, _rounded((goods + shipping) * rules.ppn_share, rules.rounding))


def _rounded(amount: Fraction, rounding: Rounding) -> int:
    """Whole rupiah, down or up from exactly half a rupiah (PER-11/PJ/2025 Pasal 129)."""
    return floor(amount) if rounding == "down" else floor(amount + Fraction(1, 2))
