"""TPP (tambahan penghasilan pegawai): what a person gets of the base amount after a month's cuts.

Base amounts are fixed by the regent within what PP 12/2019 Pasal 58 allows; what is cut, in 1/100
percent of the whole, comes from the signed recap of attendance.
"""

import datetime as dt
from calendar import monthrange

WHOLE = 10_000
"""All of it, in 1/100 percent."""


def tpp_amount(base: int, deduction: int) -> int:
    """What is left of `base` (whole rupiah) after a `deduction` of 0 to 10_000 (1/100 percent).

    What is below one rupiah falls away, once for each person: documents of the treasury are in
    whole rupiah, rounding up would pay more than the regent has granted, and a sum that was rounded
    would be no sum of the rows above it.
    """
    if base < 0 or not 0 <= deduction <= WHOLE:
        raise ValueError("Besaran atau potongan di luar batas.")
    return base * (WHOLE - deduction) // WHOLE


def last_day(month: dt.date) -> dt.date:
    """The last day of a month, whose base amount holds for all of it."""
    return month.replace(day=monthrange(month.year, month.month)[1])
