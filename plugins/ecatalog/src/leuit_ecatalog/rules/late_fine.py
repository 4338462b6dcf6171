"""The fine for what came late: a part of its value for each calendar day.

Forms of the SPK have 1/1000 of the (part of the) contract value before PPN a day [secondary]; the
edition of buying gives the part and the most that may be taken.
"""

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from math import floor

import attrs


@attrs.frozen
class LatePart:
    """What was accepted of one delivery: its value without tax, and the day on which it came."""

    value: int
    came_on: dt.date


def late_fine(
    parts: Iterable[LatePart], due: dt.date, per_mille: int, most_percent: int
) -> tuple[int, int]:
    """The most days that anything was late, and the fine in whole rupiah, rounded down.

    Each part is fined for its own days, up to `most_percent` of its value. Shipping bears none.
    """
    longest, fine = 0, 0
    for part in parts:
        days = max((part.came_on - due).days, 0)
        longest = max(longest, days)
        fined = Fraction(part.value * per_mille * days, 1_000)
        fine += floor(min(fined, Fraction(part.value * most_percent, 100)))
    return longest, fine
