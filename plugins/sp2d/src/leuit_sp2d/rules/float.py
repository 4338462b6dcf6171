"""The float of an SKPD (uang persediaan): how much it may be, and when it may be refilled.

The treasurer gets the float once a year (UP), spends from it, renders accounts (LPJ) and has what
an approved LPJ accounts for refilled (GU), but only once the used part has reached the share of the
regency's own rules. What is used is accounted for and not yet refilled.
"""

from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal

import attrs


@attrs.frozen
class FloatLimit:
    """The greatest float of an SKPD in whole rupiah; `unit_code` is the code of its unit."""

    unit_code: str
    amount: int


@attrs.frozen
class Float:
    """A float in rupiah: what was given, what LPJs account for, and what came back by GU.

    `accounted` holds every LPJ on its way or approved, `approved` only these.
    """

    given: int
    accounted: int = 0
    approved: int = 0
    refilled: int = 0

    @property
    def in_hand(self) -> int:
        """What the treasurer still holds; an LPJ cannot account for more."""
        return self.given + self.refilled - self.accounted

    @property
    def used(self) -> int:
        """What approved LPJs account for and no GU has brought back yet."""
        return self.approved - self.refilled


def least_used(given: int, share: Decimal) -> int:
    """The least use of a float that allows a refill, with a share in percent: never rounded down.

    Whole rupiah; a share of 50 asks for 50 of 100, and for 51 of 101.
    """
    return int((Decimal(given) * share / 100).to_integral_value(ROUND_CEILING))


def may_refill(funds: Float, share: Decimal) -> bool:
    """Whether enough of the float is used; never where none was given or nothing was used."""
    return funds.given > 0 and funds.used > 0 and funds.used >= least_used(funds.given, share)


def most_float(limits: Iterable[FloatLimit], default: int, unit_code: str) -> int:
    """The greatest float of a unit: its own figure, else that of all others; 0 where none is."""
    return next((limit.amount for limit in limits if limit.unit_code == unit_code), default)
