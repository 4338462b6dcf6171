"""Duty: the working window of one person on one date, after every schedule was weighed.

A duty belongs to the local date on which it starts. Its moments are naive local wall times of the
regency's zone: a device tells no zone, and law counts local days.
"""

from __future__ import annotations

from datetime import date, datetime

from attrs import frozen


@frozen
class Duty:
    """When one person had to be at work on one date.

    - `day`: the local date the duty belongs to and starts on.
    - `start`, `end`: naive local moments, `start < end`; the end may lie on the next date.
    - `break_minutes`: unpaid break, told for information; lateness does not depend on it.
    - `tolerance_minutes`, `make_up_minutes`, `flexi_early_minutes`, `flexi_late_minutes`: exactly
      as in `DayPattern`.
    - `on_holidays`: the duty stands on national holidays and cuti bersama; otherwise a holiday
      cancels it.
    - `label`: which schedule or shift it comes from; `article`: the legal basis of that schedule.
    """

    day: date
    start: datetime
    end: datetime
    break_minutes: int = 0
    tolerance_minutes: int = 0
    make_up_minutes: int = 0
    flexi_early_minutes: int = 0
    flexi_late_minutes: int = 0
    on_holidays: bool = False
    label: str = ""
    article: str = ""

    def __attrs_post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError("Awal jam kerja harus sebelum akhirnya.")
        if self.start.tzinfo is not None or self.end.tzinfo is not None:
            raise ValueError("Jam kerja ditulis dalam waktu setempat tanpa zona.")


@frozen
class Rest:
    """No duty on that date, and why: a weekend, a shift off, or no schedule at all."""

    day: date
    label: str = ""
    article: str = ""
