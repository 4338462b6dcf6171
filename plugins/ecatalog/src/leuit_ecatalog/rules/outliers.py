"""Prices that look like a slip: many times, or a small part of, what others ask.

An outlier warns the vendor while he types and the moderator while he decides; it never blocks and
never accuses (domain section 10, complaint 1). The comparison is with prices of products that are
shown in the same category and unit; fewer than four say nothing.
"""

from collections.abc import Sequence
from fractions import Fraction
from statistics import quantiles
from typing import Final

import attrs

LEAST: Final = 4


@attrs.frozen
class Spread:
    """What others ask: median and quartiles (inclusive method), and how many they are."""

    median: Fraction
    lower: Fraction
    upper: Fraction
    count: int


def spread_of(prices: Sequence[int]) -> Spread | None:
    """The spread of prices; None where too few are known."""
    if len(prices) < LEAST:
        return None
    exact = [Fraction(price) for price in prices]
    lower, middle, upper = quantiles(exact, n=4, method="inclusive")
    return Spread(middle, lower, upper, len(prices))


def is_outlier(price: int, spread: Spread | None, factor: int) -> bool:
    """Whether a price is at least `factor` times the median, or at most that part of it."""
    if spread is None:
        return False
    return price >= factor * spread.median or price * factor <= spread.median
