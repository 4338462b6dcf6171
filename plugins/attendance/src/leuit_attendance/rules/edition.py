"""Edition: what a Perbup decides about lateness and deductions, as one dated value.

National law fixes no percentages; every regency's own regulation does (base: PP 12/2019 Pasal 58,
procedure: Kepmendagri 900-4700/2020). So every figure here is data with its source, and the engine
only applies it. Percentages are `Decimal` for people and integers of 1/100 percent for the engine.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from attrs import field, frozen

from .basis import Basis

SecondsRule = Literal["cut", "up"]
"""cut: 08:00:59 is 30 minutes after 07:30; up: it is 31. Every begun minute counts with `up`."""
Base = Literal["tpp", "discipline_part"]
"""What a percentage is taken of: the whole TPP, or only its discipline part."""


def hundredths(percent: Decimal) -> int:
    """A percentage as an integer of 1/100 percent: 1.25 is 125. Finer ones are refused."""
    scaled = percent * 100
    if not percent.is_finite() or scaled != scaled.to_integral_value():
        raise ValueError("Persentase paling halus 0,01%.")
    return int(scaled)


@frozen
class ClassWindow:
    """A class and its minutes: from inclusive, to exclusive, `to_minutes` None without limit."""

    name: str
    from_minutes: int
    to_minutes: int | None = None

    def __attrs_post_init__(self) -> None:
        if self.from_minutes < 1:
            raise ValueError("Kelas dimulai paling cepat pada menit ke-1.")
        if self.to_minutes is not None and self.to_minutes <= self.from_minutes:
            raise ValueError("Batas akhir kelas harus lebih besar daripada batas awalnya.")


@frozen
class LatenessClasses:
    """Windows of minutes with their class names, and what a missing punch counts as.

    - `late` (TL1, TL2 ...) and `early` (PSW1, PSW2 ...): ascending, without overlap; minutes in no
      window have no class (PMK 221/2021 starts at minute 91). The usual table is
      1-<31, 31-<61, 61-<91, from 91.
    - `missing_in`, `missing_out`: the class of a duty day with a tap on one side only, when the
      regulation says so (usually TL4, PSW4); None: told, but without class and deduction. A missing
      side adds no minutes.
    - `absent`: the class of a duty day without any tap and without a document (TK).
    - `seconds`: how a difference in seconds becomes minutes, for late and early alike.
    """

    late: tuple[ClassWindow, ...] = ()
    early: tuple[ClassWindow, ...] = ()
    missing_in: str | None = None
    missing_out: str | None = None
    absent: str = "TK"
    seconds: SecondsRule = "cut"

    def __attrs_post_init__(self) -> None:
        for windows in (self.late, self.early):
            for before, after in pairwise(windows):
                if before.to_minutes is None or before.to_minutes > after.from_minutes:
                    raise ValueError(f"Kelas {before.name} dan {after.name} bertumpang tindih.")

    @property
    def names(self) -> tuple[str, ...]:
        """Every class that a day can get, each once."""
        found = [window.name for window in (*self.late, *self.early)]
        found += [name for name in (self.missing_in, self.missing_out, self.absent) if name]
        return tuple(dict.fromkeys(found))


@frozen
class MatchingRule:
    """Which taps belong to a duty.

    A duty's window is [start - `before_minutes`, end + `after_minutes`), and no wider than the
    midpoints to its neighbours: the middle between the end of the previous duty and this start, and
    between this end and the start of the next duty. A tap exactly on the middle belongs to the
    later duty. A tap outside every window changes nothing. A neighbour counts although a holiday or
    an absence cancels it.

    Within the window the earliest tap is the clock-in and the latest the clock-out, whatever their
    keys, except:

    - Taps that all lie within `collapse_seconds` (inclusive) of the earliest are one tap. It is the
      clock-in when its earliest record is nearer to the duty's start than to its end, the clock-out
      when nearer to the end; at equal distance the key of the earliest record decides: a leaving
      key (1, 2, 5) is the clock-out, any other the clock-in. As a clock-in its time is that of its
      earliest record, as a clock-out that of its latest.
    - Several taps, the latest at or before the duty's start: nobody leaves before work begins, so
      there is a clock-in (the earliest) and no clock-out. Likewise all at or after the duty's end:
      a clock-out (the latest) and no clock-in.

    Of records at the very same second the clock-in takes the one with the smallest key, the
    clock-out the one with the greatest.
    """

    before_minutes: int = 240
    after_minutes: int = 360
    collapse_seconds: int = 60
    before: timedelta = field(init=False, eq=False, repr=False)
    after: timedelta = field(init=False, eq=False, repr=False)
    collapse: timedelta = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.before_minutes < 0 or self.after_minutes < 0 or self.collapse_seconds < 0:
            raise ValueError("Jendela pencocokan tap tidak boleh negatif.")
        # made once, as every day of every person asks for them
        object.__setattr__(self, "before", timedelta(minutes=self.before_minutes))
        object.__setattr__(self, "after", timedelta(minutes=self.after_minutes))
        object.__setattr__(self, "collapse", timedelta(seconds=self.collapse_seconds))


@frozen
class ClassPercent:
    """The deduction of one occurrence of a class, in percent of the base (0 to 100)."""

    name: str
    percent: Decimal
    hundredths: int = field(init=False, eq=False, repr=False)
    """The same in 1/100 percent."""

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "hundredths", hundredths(self.percent))
        if not 0 <= self.hundredths <= 10_000:
            raise ValueError("Persentase harus antara 0 dan 100.")


@frozen
class DeductionTable:
    """A regulation's whole table of lateness and deductions: the edition a day is judged under.

    - `percents`: the deduction of each class, per occurrence; the absent class per absent day. A
      class that is not listed is told without a deduction.
    - `base`, `part_percent`: what the percentages are taken of; with "discipline_part" the part is
      that many percent of the whole TPP (usual after Kepmendagri 900-4700/2020: 40, unverified).
    - `cap_percent`: the most that one month's days may deduct together, None without a cap.
    - `free_late_days`: so many days a month with `late_minutes` > 0, in order of date, carry no
      lateness deduction (KemenPANRB 6/2018: 5). Early leaving on such a day still counts, and a
      missing clock-in is not a late day.
    """

    title: str
    basis: Basis
    classes: LatenessClasses
    percents: tuple[ClassPercent, ...] = ()
    base: Base = "tpp"
    part_percent: Decimal = Decimal(100)
    cap_percent: Decimal | None = None
    free_late_days: int = 0
    matching: MatchingRule = MatchingRule()
    hundredths_by_class: dict[str, int] = field(init=False, eq=False, repr=False)
    """Deduction of each listed class in 1/100 percent."""
    cap_hundredths: int | None = field(init=False, eq=False, repr=False)
    """`cap_percent` in 1/100 percent."""

    def __attrs_post_init__(self) -> None:
        by_class = {entry.name: entry.hundredths for entry in self.percents}
        if len(by_class) != len(self.percents):
            raise ValueError("Satu kelas hanya boleh punya satu persentase.")
        object.__setattr__(self, "hundredths_by_class", by_class)
        unknown = by_class.keys() - set(self.classes.names)
        if unknown:
            raise ValueError(f"Persentase untuk kelas yang tidak dikenal: {min(unknown)}.")
        if not 0 < hundredths(self.part_percent) <= 10_000:
            raise ValueError("part_percent harus lebih dari 0 dan paling banyak 100.")
        if self.base == "tpp" and self.part_percent != 100:
            raise ValueError("part_percent hanya berlaku untuk dasar discipline_part.")
        cap = None if self.cap_percent is None else hundredths(self.cap_percent)
        object.__setattr__(self, "cap_hundredths", cap)
        if cap is not None and not 0 <= cap <= 10_000:
            raise ValueError("cap_percent harus antara 0 dan 100.")
        if self.free_late_days < 0:
            raise ValueError("free_late_days tidak boleh negatif.")
