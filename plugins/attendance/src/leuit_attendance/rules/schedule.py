"""Working time: the pattern of one day, the week of such days, and who has it from when.

Law: Perpres 21/2023. Pasal 3(1) five days, Monday to Friday; Pasal 4(1) 37 h 30 min a week without
breaks (2250 minutes); Pasal 4(2) 32 h 30 min in Ramadan (1950 minutes); Pasal 4(5) and 4(6) breaks.
The end of a day is set by the PPK (the Bupati) or the head of the agency, so a week whose sum
differs is accepted with a warning: real schedules differ, and Pasal 7 exempts units that serve
directly.

Clock times are local wall times of the regency in whole minutes.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Final, Literal

from attrs import field, frozen

from leuit.values import Text, _

from .basis import Basis

WEEK_MINUTES = 2250
"""Minutes of work a week without breaks, Perpres 21/2023 Pasal 4(1)."""
RAMADAN_WEEK_MINUTES = 1950
"""Minutes of work a week without breaks in Ramadan, Perpres 21/2023 Pasal 4(2)."""

Level = Literal["person", "position", "unit", "region"]
LEVELS: tuple[Level, ...] = ("person", "position", "unit", "region")
"""Whom a schedule is given to, the most specific first."""


@frozen
class DayPattern:
    """When a working day starts and ends, and how late or early it may shift.

    All lateness is decided on whole minutes, rounded by the edition's seconds rule.

    - `start`, `end`: local clock times, whole minutes. An `end` at or before `start` is the next
      day's: 21:00-07:00 crosses midnight, 07:00-07:00 is a duty of 24 hours.
    - `break_minutes`: unpaid break inside the window; it only lessens the weekly sum.
    - `flexi_early_minutes`: coming up to so many whole minutes before `start` lets one leave by as
      many minutes before `end`. Earlier than that gives no more. Seconds of the early coming are
      always cut. (PMK 221/2021: 90)
    - `flexi_late_minutes`: coming up to so many minutes after `start` is not late; the end moves
      back by the minutes of lateness, to be made up the same day. (PMK 221/2021: 90)
    - `tolerance_minutes`: coming up to so many minutes after `start` is not late (looked at only
      beyond the flexi window); the end moves back by the fixed `make_up_minutes`, whatever the
      lateness was. (KemenPANRB 6/2018: tolerance 30, make-up 30: in 07:35, earliest out 16:30.)
      With `make_up_minutes` 0 the tolerance is free.
    - Beyond both windows the whole lateness counts from `start`, and the scheduled `end` holds, so
      that no minute is counted both as late and as early.
    """

    start: time
    end: time
    break_minutes: int = 0
    tolerance_minutes: int = 0
    make_up_minutes: int = 0
    flexi_early_minutes: int = 0
    flexi_late_minutes: int = 0
    starts_after: timedelta = field(init=False, eq=False, repr=False)
    """From midnight of the duty's date to its start."""
    ends_after: timedelta = field(init=False, eq=False, repr=False)
    """From midnight of the duty's date to its end, beyond 24 hours when it crosses midnight."""

    def __attrs_post_init__(self) -> None:
        start = self.start.hour * 60 + self.start.minute
        object.__setattr__(self, "starts_after", timedelta(minutes=start))
        object.__setattr__(self, "ends_after", timedelta(minutes=start + self.window_minutes))
        for moment in (self.start, self.end):
            if moment.second or moment.microsecond or moment.tzinfo is not None:
                raise ValueError("Jam kerja ditulis dalam jam dan menit setempat, mis. 07:30.")
        for name in (
            "break_minutes",
            "tolerance_minutes",
            "make_up_minutes",
            "flexi_early_minutes",
            "flexi_late_minutes",
        ):
            if not 0 <= getattr(self, name) < 1440:
                raise ValueError(f"{name} harus antara 0 dan 1439 menit.")
        if self.break_minutes >= self.window_minutes:
            raise ValueError("Waktu istirahat harus lebih pendek daripada jam kerja.")
        if self.make_up_minutes and not self.tolerance_minutes:
            raise ValueError("make_up_minutes hanya berlaku bersama tolerance_minutes.")

    @property
    def crosses_midnight(self) -> bool:
        """Whether the day ends on the next date."""
        return self.end <= self.start

    @property
    def window_minutes(self) -> int:
        """Minutes from start to end, break included (1 to 1440)."""
        start = self.start.hour * 60 + self.start.minute
        end = self.end.hour * 60 + self.end.minute
        return end - start if end > start else end - start + 1440

    @property
    def work_minutes(self) -> int:
        """Minutes from start to end without the break."""
        return self.window_minutes - self.break_minutes


@frozen
class WeekSchedule:
    """The day patterns of one week; a day without a pattern has no duty.

    `expected_minutes` is the weekly sum that law asks for (2250, Ramadan 1950, 0: none known).
    """

    title: str
    basis: Basis
    monday: DayPattern | None = None
    tuesday: DayPattern | None = None
    wednesday: DayPattern | None = None
    thursday: DayPattern | None = None
    friday: DayPattern | None = None
    saturday: DayPattern | None = None
    sunday: DayPattern | None = None
    expected_minutes: int = WEEK_MINUTES
    days: tuple[DayPattern | None, ...] = field(init=False, eq=False, repr=False)
    """The seven patterns, Monday first, so that `days[date.weekday()]` is the day's."""

    def __attrs_post_init__(self) -> None:
        days = (
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
            self.sunday,
        )
        object.__setattr__(self, "days", days)
        if not any(days):
            raise ValueError("Jadwal harus memuat sedikitnya satu hari kerja.")

    @property
    def week_minutes(self) -> int:
        """Minutes of work a week without breaks."""
        return sum(day.work_minutes for day in self.days if day is not None)

    def warnings(self) -> tuple[str, ...]:
        """What a drafter should look at again; none of it refuses the schedule (real weeks differ:
        Kota Pontianak 2025 has 33 h in Ramadan).
        """
        found: list[str] = []
        total = self.week_minutes
        if self.expected_minutes and total != self.expected_minutes:
            found.append(_SUM % {"sum": _hours(total), "expected": _hours(self.expected_minutes)})
        if any(day and 0 < day.tolerance_minutes <= day.flexi_late_minutes for day in self.days):
            found.append(_IDLE_TOLERANCE)
        return tuple(found)


_SUM: Final[Text] = _(
    "Jumlah jam kerja seminggu %(sum)s, ketentuan %(expected)s. Periksa lagi jam dan istirahatnya."
)
_IDLE_TOLERANCE: Final[Text] = _(
    "Toleransi tidak melampaui jendela fleksibel, jadi tidak berpengaruh."
)


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if rest:
        return _("%(hours)s jam %(minutes)s menit") % {"hours": hours, "minutes": rest}
    return _("%(hours)s jam") % {"hours": hours}


@frozen
class DatedSchedule:
    """A week schedule given to a person, a position, a unit or the whole region, [from, to).

    - `valid_from` is its first day, `valid_to` the first day it no longer holds (None: open).
    - `level` says to whom; `distance` orders units of the tree: 0 the person's own unit, 1 its
      parent, and so on (0 for the other levels).
    - `override`: a passing rule such as Ramadan. Any override beats any ordinary schedule; see
      `resolve_duty` for the whole order.
    - `on_holidays`: people under it work on national holidays and cuti bersama.
    """

    week: WeekSchedule
    level: Level
    valid_from: date
    valid_to: date | None = None
    override: bool = False
    distance: int = 0
    on_holidays: bool = False
    rank: tuple[bool, int, int, int] = field(init=False, eq=False, repr=False)
    """The least rank wins: overrides first, then the nearer level, unit and later start."""

    def __attrs_post_init__(self) -> None:
        place = (LEVELS.index(self.level), self.distance, -self.valid_from.toordinal())
        object.__setattr__(self, "rank", (not self.override, *place))
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            raise ValueError("Akhir masa berlaku jadwal harus sesudah awalnya.")

    def holds_on(self, day: date) -> bool:
        """Whether the schedule is in force on that local date."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
