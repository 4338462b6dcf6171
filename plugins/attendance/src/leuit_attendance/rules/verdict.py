"""Verdict: what one person's day came to, with each reason and its article.

Statuses: hadir, tanpa_keterangan, libur, cuti_bersama, cuti, tugas_belajar, dinas_luar, izin,
bebas, belum. In order of strength: a holiday (unless the duty stands on holidays), no duty (bebas),
an approved absence, then presence. The order of absences and presence is in use, unverified.

- libur, cuti_bersama: the date is a holiday, and there is no duty or the holiday cancels it.
- bebas: no duty that date (weekend, shift off), and no holiday; also within an absence's dates.
- cuti, tugas_belajar, dinas_luar, izin: a duty covered by an approved absence. Taps are shown but
  not judged: no minutes, no class, no deduction.
- hadir: a duty with a tap, late or not, complete or not.
- tanpa_keterangan: a duty whose matching window has closed without any tap and without a document.
- belum: too early to tell (only with `as_of`). Before the window opens nothing is told. While it is
  open and the duty is not yet judged, the clock-in side is judged (minutes, class, deduction), the
  last tap so far is shown as the clock-out without judging it, nothing is missing yet, and no flag
  speaks of the clock-out. The duty
  is judged early once `as_of` has reached both its end and the earliest permitted leaving and a
  clock-out exists: then it is hadir with all its classes, and a missing clock-in is missing.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from attrs import field, frozen

from .reason import Reason

Status = Literal[
    "hadir",
    "tanpa_keterangan",
    "libur",
    "cuti_bersama",
    "cuti",
    "tugas_belajar",
    "dinas_luar",
    "izin",
    "bebas",
    "belum",
]

Flag = Literal["missing_in", "missing_out", "wrong_key", "tolerated", "flexi", "punched_while_away"]
"""What a person should look at, without effect on the figures:

missing_in, missing_out: a judged duty with a tap lacks that side (an absent day has neither) ·
wrong_key: the clock-in was tapped with a leaving key (1, 2, 5) or the clock-out with a coming key
(0, 3, 4), told once · tolerated: late within the tolerance · flexi: the end was moved by the flexi
window · punched_while_away: taps in a duty covered by an absence."""


@frozen
class DayVerdict:
    """The judgement of one date.

    - `starts`, `ends`: the duty's window, None without a duty (also when a holiday cancels it).
    - `earliest_out`: when one might leave without being early, after flexi, tolerance and make-up;
      the scheduled end when nothing moves it (also when no clock-in is known, or none yet); None
      for an absent day, before the window opens, and when presence was not judged.
    - `check_in`, `check_out`: naive local moments of the taps taken, None where there is none.
    - `late_minutes`: whole minutes from the start to the clock-in, 0 when in time, tolerated,
      within the flexi window or missing. `early_minutes`: from the clock-out to `earliest_out`, 0
      likewise.
    - `classes`: lateness class first, then the early one; the absent class alone for an absent day.
    - `late_deduction`, `early_deduction`, `absent_deduction`: 1/100 percent of the base, before the
      month's free days and cap. A missing clock-in or clock-out counts in the first or second.
    - `reasons`: why, in the order of reading; empty when computed with `explain=False`.
    """

    day: date
    status: Status
    starts: datetime | None = None
    ends: datetime | None = None
    earliest_out: datetime | None = None
    check_in: datetime | None = None
    check_out: datetime | None = None
    late_minutes: int = 0
    early_minutes: int = 0
    classes: tuple[str, ...] = ()
    late_deduction: int = 0
    early_deduction: int = 0
    absent_deduction: int = 0
    flags: tuple[Flag, ...] = ()
    reasons: tuple[Reason, ...] = field(default=(), repr=False)

    def with_reasons(self, reasons: tuple[Reason, ...]) -> DayVerdict:
        """The same verdict with these reasons; written out, as `attrs.evolve` costs more."""
        return DayVerdict(
            self.day,
            self.status,
            self.starts,
            self.ends,
            self.earliest_out,
            self.check_in,
            self.check_out,
            self.late_minutes,
            self.early_minutes,
            self.classes,
            self.late_deduction,
            self.early_deduction,
            self.absent_deduction,
            self.flags,
            reasons,
        )

    @property
    def deduction(self) -> int:
        """The day's whole deduction in 1/100 percent of the base."""
        return self.late_deduction + self.early_deduction + self.absent_deduction

    @property
    def deduction_percent(self) -> Decimal:
        """The day's whole deduction in percent of the base."""
        return Decimal(self.deduction) / 100
