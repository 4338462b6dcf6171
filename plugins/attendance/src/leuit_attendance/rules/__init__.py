"""The rules of attendance: pure functions over frozen values, without clock, database or web.

A day is judged from a duty (when one had to be there), the punches, the holidays, the approved
absences and the edition of the regency's deduction table. Nothing here reads anything else, so the
same values always give the same verdict. All moments are naive local wall times of the regency's
zone.
"""

from .absence import ABSENCE_PRIORITY, Absence, AbsenceKind
from .basis import Basis, Confidence
from .day import covering_absence, judge_day, judge_days
from .duty import Duty, Rest
from .edition import (
    ClassPercent,
    ClassWindow,
    DeductionTable,
    LatenessClasses,
    MatchingRule,
    SecondsRule,
)
from .explain import percent_text
from .holiday import Holiday, HolidayKind
from .lateness import class_of, judge_arrival, minutes_after
from .matching import choose, count_taps, matching_window, sort_punches, within
from .month import ClosedDay, MonthSum, deduction_of, of_whole, sum_month
from .plain import from_plain, to_plain
from .punch import IN_KEYS, OUT_KEYS, Punch
from .reason import SENTENCES, Reason
from .resolution import pick_schedule, resolve_duty
from .schedule import (
    LEVELS,
    RAMADAN_WEEK_MINUTES,
    WEEK_MINUTES,
    DatedSchedule,
    DayPattern,
    Level,
    WeekSchedule,
)
from .shift import ShiftAssignment, ShiftPattern
from .verdict import DayVerdict, Flag, Status

__all__ = [
    "ABSENCE_PRIORITY",
    "IN_KEYS",
    "LEVELS",
    "OUT_KEYS",
    "RAMADAN_WEEK_MINUTES",
    "SENTENCES",
    "WEEK_MINUTES",
    "Absence",
    "AbsenceKind",
    "Basis",
    "ClassPercent",
    "ClassWindow",
    "ClosedDay",
    "Confidence",
    "DatedSchedule",
    "DayPattern",
    "DayVerdict",
    "DeductionTable",
    "Duty",
    "Flag",
    "Holiday",
    "HolidayKind",
    "LatenessClasses",
    "Level",
    "MatchingRule",
    "MonthSum",
    "Punch",
    "Reason",
    "Rest",
    "SecondsRule",
    "ShiftAssignment",
    "ShiftPattern",
    "Status",
    "WeekSchedule",
    "choose",
    "class_of",
    "count_taps",
    "covering_absence",
    "deduction_of",
    "from_plain",
    "judge_arrival",
    "judge_day",
    "judge_days",
    "matching_window",
    "minutes_after",
    "of_whole",
    "percent_text",
    "pick_schedule",
    "resolve_duty",
    "sort_punches",
    "sum_month",
    "to_plain",
    "within",
]
