"""Certificates of a product that end: they count through their last day, by the date alone."""

import datetime as dt
from typing import Final

import attrs

TKDN, SNI, HALAL = "tkdn", "sni", "halal"
KINDS: Final = (TKDN, SNI, HALAL)
WARN_DAYS: Final = 30


@attrs.frozen
class Certificate:
    """A number and the last day on which it holds; without a day it holds on."""

    kind: str
    number: str
    until: dt.date | None

    def counts(self, on: dt.date) -> bool:
        """Whether there is one that holds on that day."""
        return bool(self.number) and (self.until is None or self.until >= on)

    def ends_soon(self, on: dt.date, days: int = WARN_DAYS) -> bool:
        """Whether it still holds and ends within so many days."""
        return self.counts(on) and self.until is not None and (self.until - on).days <= days

    def has_ended(self, on: dt.date) -> bool:
        """Whether it held once and no longer does."""
        return bool(self.number) and self.until is not None and self.until < on
