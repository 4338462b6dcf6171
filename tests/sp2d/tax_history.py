"""The editions of taxes since 2022: what a claim of an earlier day would have been taxed by.

Until 21 May 2025 taxes were rounded down; the first day of the other way is unverified.
"""

import datetime as dt
from decimal import Decimal
from typing import Literal

import attrs

from leuit_sp2d.rules.tax_example import EXAMPLE
from leuit_sp2d.rules.tax_rules import PpnRules, TaxRules


@attrs.frozen
class PastEdition:
    """An edition as it was: its first day, the law behind it, and how sure that is."""

    effective_from: dt.date
    legal_basis: str
    confidence: Literal["secondary", "unverified"]
    rules: TaxRules


def _ppn(percent: int, numerator: int, luxury: int, denominator: int) -> PpnRules:
    return attrs.evolve(
        EXAMPLE.ppn,
        rate=Decimal(percent),
        base_numerator=numerator,
        base_denominator=denominator,
        luxury_numerator=luxury,
        luxury_denominator=denominator,
    )


_BEFORE = attrs.evolve(EXAMPLE, rounding="down")

EDITIONS_IN_HISTORY = (
    PastEdition(
        dt.date(2022, 2, 21),  # the day of PP 9/2022: the rates of construction were others before
        "UU 42/2009; PP 9/2022; SE-22/PJ.24/1990",
        "unverified",
        attrs.evolve(_BEFORE, ppn=_ppn(10, 1, 1, 1)),
    ),
    PastEdition(
        dt.date(2022, 4, 1),
        "UU 7/2021; PMK 59/2022; SE-22/PJ.24/1990",
        "unverified",
        attrs.evolve(_BEFORE, ppn=_ppn(11, 1, 1, 1)),
    ),
    PastEdition(
        dt.date(2025, 1, 1),
        "PMK 131/2024; PMK 81/2024; SE-22/PJ.24/1990",
        "secondary",
        attrs.evolve(_BEFORE, ppn=_ppn(12, 11, 11, 12)),
    ),
    PastEdition(
        dt.date(2025, 2, 1),
        "PMK 131/2024; PMK 81/2024; SE-22/PJ.24/1990",
        "secondary",
        _BEFORE,
    ),
    PastEdition(
        dt.date(2025, 5, 22),
        "PMK 131/2024; PMK 81/2024; PER-11/PJ/2025 Pasal 129",
        "secondary",
        EXAMPLE,
    ),
)
"""In order of time; each holds until the next one begins, the last one until further notice."""
