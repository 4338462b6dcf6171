"""Schedule resolution: which pattern holds for a person on a date.

1. A shift assigned to that date holds, whatever schedules exist; shift off is rest.
2. Otherwise an override in force (Ramadan) beats every ordinary schedule, as the Perpres binds all.
3. Among overrides, and among ordinary schedules, the more specific level wins: person, position,
   unit (the nearest unit upwards first), region.
4. On one level the schedule that began later wins; of two that began together, the first by title.
5. The winner's pattern of the weekday is the duty; a day without a pattern is rest, and no weaker
   schedule is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from .duty import Duty, Rest
from .schedule import DatedSchedule, DayPattern
from .shift import ShiftAssignment


def resolve_duty(
    day: date, schedules: Iterable[DatedSchedule], shift: ShiftAssignment | None = None
) -> Duty | Rest:
    """The duty of one person on one date, from the schedules given to him, his units and region.

    `schedules` may hold ones of other dates. A shift of another date is an error of the caller
    (ValueError).
    """
    if shift is not None:
        if shift.day != day:
            raise ValueError(f"Penugasan sif {shift.day} dipakai untuk tanggal {day}.")
        chosen = shift.shift
        if chosen.pattern is None:
            return Rest(day, chosen.title, chosen.basis.label)
        return _duty(day, chosen.pattern, shift.on_holidays, chosen.title, chosen.basis.label)
    winner = pick_schedule(day, schedules)
    if winner is None:
        return Rest(day, "Belum ada jadwal yang berlaku")
    week = winner.week
    pattern = week.days[day.weekday()]
    if pattern is None:
        return Rest(day, week.title, week.basis.label)
    return _duty(day, pattern, winner.on_holidays, week.title, week.basis.label)


def pick_schedule(day: date, schedules: Iterable[DatedSchedule]) -> DatedSchedule | None:
    """The schedule in force on that date by the order above, shifts aside."""
    found = [schedule for schedule in schedules if schedule.holds_on(day)]
    if len(found) > 1:
        return min(found, key=lambda schedule: (schedule.rank, schedule.week.title))
    return found[0] if found else None


def _duty(day: date, pattern: DayPattern, on_holidays: bool, label: str, article: str) -> Duty:
    midnight = datetime.combine(day, time.min)  # naive local wall time, as every duty is
    return Duty(
        day,
        midnight + pattern.starts_after,
        midnight + pattern.ends_after,
        pattern.break_minutes,
        pattern.tolerance_minutes,
        pattern.make_up_minutes,
        pattern.flexi_early_minutes,
        pattern.flexi_late_minutes,
        on_holidays,
        label,
        article,
    )
