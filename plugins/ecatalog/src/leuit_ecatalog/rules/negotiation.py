"""Negotiation of prices: numbered rounds per line, down from the price that is shown.

Round 1 is the buyer's; then both sides answer in turn. A side may take the last offer of the other,
or make one of its own. An offer above the shown price (harga tayang), which is a ceiling, is
refused; a vendor's own offers never rise, nor do the buyer's fall, and the buyer never offers more
than the vendor asks.
"""

from collections.abc import Mapping, Sequence
from operator import gt, lt
from typing import Final, Literal

import attrs

Side = Literal["buyer", "vendor"]
BUYER: Final = "buyer"
VENDOR: Final = "vendor"
MOST_ROUNDS = 50


@attrs.frozen
class Round:
    """One side's prices by line for one unit without tax, and what it asks for bringing all."""

    number: int
    side: Side
    prices: Mapping[str, int]
    shipping: int


@attrs.frozen
class OfferFault:
    """What is wrong with an offer: the line (empty for the whole) and a code."""

    line: str
    code: str


def whose_turn(rounds: Sequence[Round]) -> Side:
    """Who makes the next offer, or takes the last one."""
    return BUYER if not rounds or rounds[-1].side == VENDOR else VENDOR


def faults_of_offer(
    rounds: Sequence[Round],
    side: Side,
    prices: Mapping[str, int],
    shipping: int,
    shown: Mapping[str, int],
    shown_shipping: int,
) -> list[OfferFault]:
    """Everything that is wrong with an offer against the shown prices and the rounds before."""
    if whose_turn(rounds) != side:
        return [OfferFault("", "turn")]
    if len(rounds) >= MOST_ROUNDS:
        return [OfferFault("", "rounds")]
    if set(prices) != set(shown):
        return [OfferFault("", "lines")]
    faults = [OfferFault(line, "least") for line in shown if prices[line] < 1]
    faults += [OfferFault(line, "ceiling") for line in shown if prices[line] > shown[line]]
    if not 0 <= shipping <= shown_shipping:
        faults.append(OfferFault("shipping", "ceiling" if shipping > 0 else "least"))
    if side == BUYER and rounds:
        asked = rounds[-1]
        faults += [OfferFault(line, "above") for line in shown if prices[line] > asked.prices[line]]
        if shipping > asked.shipping:
            faults.append(OfferFault("shipping", "above"))
    own = next((one for one in reversed(rounds) if one.side == side), None)
    if own is None:
        return faults
    back = lt if side == BUYER else gt
    faults += [OfferFault(line, "back") for line in shown if back(prices[line], own.prices[line])]
    if back(shipping, own.shipping):
        faults.append(OfferFault("shipping", "back"))
    return faults


def may_take(rounds: Sequence[Round], side: Side) -> bool:
    """Whether that side may take the last offer: it is the other's, and it is its turn."""
    return bool(rounds) and rounds[-1].side != side
