"""Purchases that look like one purchase cut into parts that stay under a threshold.

PPN and PPh 22 are not collected up to a threshold, "not split" (PMK 59/2022 Pasal 18). Suspicious
are purchases of one agency from one payee on one account, each up to the threshold, that lie within
so many days and together pass it. How many days is a figure of the edition, as no law gives one. A
suspicion is for a person to judge: it refuses nothing.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

import attrs

from .tax_rules import TaxRules


@attrs.frozen
class Purchase:
    """One purchase: `price` whole rupiah without PPN, `payee` whatever tells payees apart."""

    ref: str
    day: dt.date
    payee: str
    skpd: str
    account: str
    price: int


@attrs.frozen
class SplitSuspect:
    """Purchases in order of days, none above the `threshold`, whose `total` is."""

    threshold: int
    purchases: tuple[Purchase, ...]

    @property
    def total(self) -> int:
        return sum(one.price for one in self.purchases)


def split_suspects(purchases: Iterable[Purchase], rules: TaxRules) -> tuple[SplitSuspect, ...]:
    """Every longest run of purchases that may be one, for each threshold of the edition.

    Two runs may share purchases; none lies within another. In order of threshold, then of the first
    day. Costs one sort and one pass.
    """
    series: defaultdict[tuple[str, str, str], list[Purchase]] = defaultdict(list)
    for one in sorted(purchases, key=lambda one: (one.day, one.ref)):
        series[one.payee, one.skpd, one.account].append(one)
    suspects = [
        SplitSuspect(threshold, run)
        for threshold in rules.thresholds
        for whole in series.values()
        for run in _runs([one for one in whole if one.price <= threshold], rules.split_days)
        if sum(one.price for one in run) > threshold
    ]
    return tuple(sorted(suspects, key=lambda found: (found.threshold, found.purchases[0].day)))


def _runs(small: Sequence[Purchase], days: int) -> Iterable[tuple[Purchase, ...]]:
    """The longest stretches whose last day is at most so many days after the first."""
    reached = 0
    for start, first in enumerate(small):
        end = max(start, reached)
        while end < len(small) and (small[end].day - first.day).days <= days:
            end += 1
        if end > reached:
            yield tuple(small[start:end])
            reached = end
