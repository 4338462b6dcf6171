"""What an order costs: lines, shipping, and the tax of a vendor who charges it.

PPN is the statutory rate on a part of the price (PMK 131/2024: 12 percent of 11/12), rounded down
to whole rupiah once for the order; a vendor who is no PKP charges none.
"""

from collections.abc import Iterable
from fractions import Fraction

import attrs

from .buying_rules import BuyingRules


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
    share = Fraction(rules.ppn_percent * rules.ppn_numerator, 100 * rules.ppn_denominator)
    return Totals(goods, shipping, int((goods + shipping) * share))


def late_fine(base: int, days: int, rules: BuyingRules) -> int:
    """Of the part that is late, without tax, by calendar days; never more than the edition's most.

    Each day's fine is the same share of the base; the sum is rounded down to whole rupiah.
    """
    if days <= 0:
        return 0
    fine = base * rules.fine_per_mille * days // 1000
    return min(fine, base * rules.fine_most_percent // 100)
