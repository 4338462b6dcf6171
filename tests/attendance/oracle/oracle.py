"""The oracle: what a day must come to, slowly and literally, from the texts alone.

Written from the law's figures (the attendance reference: section 1 working time, section 3 TPP
deductions, section 4 leave and the order of statuses, section 8 what is planted in the samples,
section 9 vectors) and from the meaning that the value types state for their fields. It shares
nothing with the engine but those types: minutes are counted one by one, taps are asked one by one
whether they belong, schedules are thrown out one criterion after the other.

A sentence in quotation marks is the text that a rule is read from.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from leuit_attendance.rules import (
    Absence,
    ClassWindow,
    DatedSchedule,
    DayPattern,
    DayVerdict,
    DeductionTable,
    Duty,
    Flag,
    Holiday,
    MatchingRule,
    MonthSum,
    Punch,
    Rest,
    SecondsRule,
    ShiftAssignment,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
Phase = Literal["before", "open", "closed"]


# ------------------------------------------------------------------------------- which hours hold


def duty_on(
    day: date, schedules: Iterable[DatedSchedule], shift: ShiftAssignment | None
) -> Duty | Rest:
    """Section 1, end: "a schedule is a dated set of day patterns given to a unit, a position or a
    person; Ramadan is a dated override; a shift belongs to the date on which it starts".
    """
    if shift is not None:
        # "A shift assigned to that date holds, whatever schedules exist; shift off is rest."
        basis = shift.shift.basis
        if shift.shift.pattern is None:
            return Rest(day, shift.shift.title, basis.label)
        return window_of(
            day, shift.shift.pattern, shift.on_holidays, shift.shift.title, basis.label
        )
    left = [s for s in schedules if in_force(s, day)]
    # "an override in force (Ramadan) beats every ordinary schedule" (Perpres 21/2023 Pasal 4(2))
    if any(s.override for s in left):
        left = [s for s in left if s.override]
    # "the more specific level wins", the nearest unit upwards before its parents
    for level in ("person", "position", "unit", "region"):
        if any(s.level == level for s in left):
            left = [s for s in left if s.level == level]
            break
    if not left:
        return Rest(day)
    nearest = min(s.distance for s in left)
    left = [s for s in left if s.distance == nearest]
    # "On one level the schedule that began later wins; of two together, the first by title."
    latest = max(s.valid_from for s in left)
    left = [s for s in left if s.valid_from == latest]
    first_title = min(s.week.title for s in left)
    held = next(s for s in left if s.week.title == first_title)
    week = held.week
    pattern = {
        "Monday": week.monday,
        "Tuesday": week.tuesday,
        "Wednesday": week.wednesday,
        "Thursday": week.thursday,
        "Friday": week.friday,
        "Saturday": week.saturday,
        "Sunday": week.sunday,
    }[day.strftime("%A")]
    # "a day without a pattern is rest, and no weaker schedule is asked" (Pasal 3(1): five days)
    if pattern is None:
        return Rest(day, week.title, week.basis.label)
    return window_of(day, pattern, held.on_holidays, week.title, week.basis.label)


def in_force(schedule: DatedSchedule, day: date) -> bool:
    """`valid_from` is the first day, `valid_to` "the first day it no longer holds"."""
    if day < schedule.valid_from:
        return False
    return schedule.valid_to is None or day < schedule.valid_to


def window_of(day: date, pattern: DayPattern, on_holidays: bool, label: str, article: str) -> Duty:
    """Section 1 row 16: malam 21:00-07:00 crosses midnight, Damkar 24 hours from 07:00 to 07:00;
    "an end at or before start is the next day's".
    """
    start = datetime.combine(day, pattern.start)
    end = datetime.combine(day, pattern.end)
    if pattern.end <= pattern.start:
        end = datetime.combine(day + DAY, pattern.end)
    return Duty(
        day=day,
        start=start,
        end=end,
        break_minutes=pattern.break_minutes,
        tolerance_minutes=pattern.tolerance_minutes,
        make_up_minutes=pattern.make_up_minutes,
        flexi_early_minutes=pattern.flexi_early_minutes,
        flexi_late_minutes=pattern.flexi_late_minutes,
        on_holidays=on_holidays,
        label=label,
        article=article,
    )


# ------------------------------------------------------------------- which taps belong to a duty


def phase(
    moment: datetime, duty: Duty, rule: MatchingRule, before: Duty | None, after: Duty | None
) -> Phase:
    """Where a moment stands to a duty's window: [start - before, end + after), "no wider than the
    midpoints to its neighbours"; a tap exactly on the middle "belongs to the later duty".

    Section 7, night shift: an OUT at 07:10 is the night's, not the next day's.
    """
    if moment < duty.start - rule.before_minutes * MINUTE:
        return "before"
    if before is not None and moment - before.end < duty.start - moment:
        return "before"  # nearer to the end of the previous duty than to this start
    if moment >= duty.end + rule.after_minutes * MINUTE:
        return "closed"
    if after is not None and moment - duty.end >= after.start - moment:
        return "closed"  # as near to the start of the next duty, or nearer
    return "open"


def taps_of(
    duty: Duty,
    punches: Iterable[Punch],
    rule: MatchingRule,
    before: Duty | None,
    after: Duty | None,
) -> list[Punch]:
    """Every record of the window, one by one; "a tap outside every window changes nothing"."""
    return [p for p in punches if phase(p.at, duty, rule, before, after) == "open"]


def in_and_out(
    duty: Duty, taps: Sequence[Punch], rule: MatchingRule
) -> tuple[Punch | None, Punch | None]:
    """Section 7, wrong key: "take first = IN, last = OUT instead of trusting the status key";
    forgotten clock-out: "never invent a punch silently".
    """
    if not taps:
        return None, None
    first_at = min(p.at for p in taps)
    last_at = max(p.at for p in taps)
    # "the clock-in takes the one with the smallest key, the clock-out the one with the greatest"
    first_key = min(p.status for p in taps if p.at == first_at)
    last_key = max(p.status for p in taps if p.at == last_at)
    first = next(p for p in taps if p.at == first_at and p.status == first_key)
    last = next(p for p in taps if p.at == last_at and p.status == last_key)
    # taps "within collapse_seconds (inclusive) of the earliest are one tap"
    if all((p.at - first_at).total_seconds() <= rule.collapse_seconds for p in taps):
        to_start = abs((first_at - duty.start).total_seconds())
        to_end = abs((first_at - duty.end).total_seconds())
        if to_start < to_end:
            return first, None
        if to_end < to_start:
            return None, last
        # "at equal distance the key of the earliest record decides: a leaving key (1, 2, 5) is
        # the clock-out, any other the clock-in"
        return (None, last) if first_key in {1, 2, 5} else (first, None)
    # "nobody leaves before work begins", the very second of it included
    if all(p.at <= duty.start for p in taps):
        return first, None
    # "Likewise all at or after the duty's end"
    if all(p.at >= duty.end for p in taps):
        return None, last
    return first, last


# -------------------------------------------------------------------- minutes, classes, deductions


def minutes_between(limit: datetime, moment: datetime, seconds: SecondsRule) -> int:
    """Section 2.1: cut, 08:00:59 is 30 minutes after 07:30; up, it is 31. Counted one by one.

    It is 0 when `moment` is not after `limit`.
    """
    count = 0
    if seconds == "cut":
        while limit + (count + 1) * MINUTE <= moment:  # one more whole minute has passed
            count += 1
    else:
        while limit + count * MINUTE < moment:  # one more minute has begun
            count += 1
    return count


def arrival(
    duty: Duty, check_in: datetime, seconds: SecondsRule
) -> tuple[int, datetime, list[Flag]]:
    """Minutes late, the earliest permitted leaving, and the flags of it.

    Section 1 row 13 (PMK 221/2021 flexi) and row 14 (KemenPANRB 6/2018 tolerance and make-up).
    """
    late = minutes_between(duty.start, check_in, seconds)
    if late == 0:
        # row 13: "up to 90 min early allows leaving early by as much"; "Earlier than that gives no
        # more. Seconds of the early coming are always cut."
        gained = min(minutes_between(check_in, duty.start, "cut"), duty.flexi_early_minutes)
        return 0, duty.end - gained * MINUTE, ["flexi"] if gained > 0 else []
    if late <= duty.flexi_late_minutes:
        # row 13: "up to 90 min late must be made up the same day"
        return 0, duty.end + late * MINUTE, ["flexi"]
    if late <= duty.tolerance_minutes:
        # row 14: "to be made up with 30 min the same day (07:35 in → earliest out 16:30)"
        return 0, duty.end + duty.make_up_minutes * MINUTE, ["tolerated"]
    # "Beyond both windows the whole lateness counts from start, and the scheduled end holds"
    return late, duty.end, []


def class_name(windows: Sequence[ClassWindow], minutes: int) -> str | None:
    """Section 3: "`from_minutes` is inclusive, `to_minutes` exclusive, empty: without limit"."""
    for window in windows:
        if window.from_minutes <= minutes and (
            window.to_minutes is None or minutes < window.to_minutes
        ):
            return window.name
    return None


def percent_of(name: str | None, table: DeductionTable) -> int:
    """1/100 percent of one occurrence; "a class that is not listed is told without a deduction"."""
    found = 0
    for entry in table.percents:
        if entry.name == name:
            found = int(entry.percent * 100)
    return found


# --------------------------------------------------------------------------------------- the day


def verdict_of(
    day: date,
    duty: Duty | Rest | None,
    punches: Sequence[Punch],
    table: DeductionTable,
    *,
    holiday: Holiday | None,
    absences: Sequence[Absence],
    before: Duty | None,
    after: Duty | None,
    as_of: datetime | None,
) -> DayVerdict:
    """Section 4, end: "holiday > cuti > tugas belajar > dinas luar > izin > present / TL / PSW >
    tanpa keterangan".
    """
    # Perpres 21/2023 Pasal 6; "no duty or the holiday cancels it"
    if holiday is not None and not (isinstance(duty, Duty) and duty.on_holidays):
        return DayVerdict(day, holiday.kind)
    # "no duty (bebas)" stands above an approved absence
    if not isinstance(duty, Duty):
        return DayVerdict(day, "bebas")
    taps = taps_of(duty, punches, table.matching, before, after)
    check_in, check_out = in_and_out(duty, taps, table.matching)
    in_at = None if check_in is None else check_in.at
    out_at = None if check_out is None else check_out.at
    away = absence_status(day, absences)
    if away is not None:
        # section 4: "present without a punch when an approved document covers the interval";
        # "Taps are shown but not judged"
        flags: tuple[Flag, ...] = ("punched_while_away",) if taps else ()
        return DayVerdict(day, away, duty.start, duty.end, None, in_at, out_at, flags=flags)
    now: Phase = "closed"
    if as_of is not None:
        now = phase(as_of, duty, table.matching, before, after)
    if now == "before":
        return DayVerdict(day, "belum", duty.start, duty.end)
    if now == "closed" and not taps:
        absent = table.classes.absent
        return DayVerdict(
            day,
            "tanpa_keterangan",
            duty.start,
            duty.end,
            classes=(absent,),
            absent_deduction=percent_of(absent, table),
        )
    return presence(day, duty, check_in, check_out, table, now, as_of)


def absence_status(day: date, absences: Sequence[Absence]) -> Status | None:
    """The strongest kind that covers the duty starting on that date, both ends included."""
    strongest_first: tuple[Status, ...] = ("cuti", "tugas_belajar", "dinas_luar", "izin")
    for kind in strongest_first:
        for absence in absences:
            if absence.kind == kind and absence.first_day <= day <= absence.last_day:
                return kind
    return None


def presence(
    day: date,
    duty: Duty,
    check_in: Punch | None,
    check_out: Punch | None,
    table: DeductionTable,
    now: Phase,
    as_of: datetime | None,
) -> DayVerdict:
    """A duty with at least one tap, or one whose window is still open."""
    late, earliest, flags = 0, duty.end, list[Flag]()
    if check_in is not None:
        late, earliest, flags = arrival(duty, check_in.at, table.classes.seconds)
    # "judged early once as_of has reached both its end and the earliest permitted leaving and a
    # clock-out exists"
    judged = now == "closed" or (
        as_of is not None and check_out is not None and as_of >= duty.end and as_of >= earliest
    )
    late_class: str | None = None
    if check_in is not None:
        late_class = class_name(table.classes.late, late)
        if check_in.status in {1, 2, 5}:
            flags.append("wrong_key")
    elif judged:
        # section 3: "No clock-in without a valid reason counts as late > 90 min"; "A missing side
        # adds no minutes"
        late_class = table.classes.missing_in
        flags.append("missing_in")
    early, early_class = 0, None
    if judged and check_out is not None:
        early = minutes_between(check_out.at, earliest, table.classes.seconds)
        early_class = class_name(table.classes.early, early)
        if check_out.status in {0, 3, 4} and "wrong_key" not in flags:
            flags.append("wrong_key")
    elif judged:
        # section 3: "no clock-out [counts] as leaving > 90 min early"
        early_class = table.classes.missing_out
        flags.append("missing_out")
    return DayVerdict(
        day=day,
        status="hadir" if judged else "belum",
        starts=duty.start,
        ends=duty.end,
        earliest_out=earliest,
        check_in=None if check_in is None else check_in.at,
        check_out=None if check_out is None else check_out.at,
        late_minutes=late,
        early_minutes=early,
        classes=tuple(name for name in (late_class, early_class) if name is not None),
        late_deduction=percent_of(late_class, table),
        early_deduction=percent_of(early_class, table),
        flags=tuple(flags),
    )


def verdicts_of(
    days: Iterable[date],
    duties: Mapping[date, Duty | Rest],
    punches: Sequence[Punch],
    table: DeductionTable,
    *,
    holidays: Mapping[date, Holiday],
    absences: Sequence[Absence],
    as_of: datetime | None,
) -> list[DayVerdict]:
    """Each date by itself: "the neighbours of a date are the duties before and after it in this
    mapping"; a neighbour "counts although a holiday or an absence cancels it".
    """
    found = []
    for day in days:
        before: Duty | None = None
        after: Duty | None = None
        for other in sorted(duties):
            neighbour = duties[other]
            if not isinstance(neighbour, Duty):
                continue
            if other < day:
                before = neighbour  # the last one before the day stays
            elif other > day and after is None:
                after = neighbour  # the first one after the day stays
        found.append(
            verdict_of(
                day,
                duties.get(day),
                punches,
                table,
                holiday=holidays.get(day),
                absences=absences,
                before=before,
                after=after,
                as_of=as_of,
            )
        )
    return found


# ------------------------------------------------------------------------------------- the month


def month_of(verdicts: Iterable[DayVerdict], table: DeductionTable) -> MonthSum:
    """Section 3, end: "cap per month, free late days per month"; section 1 row 14: "TPP is cut only
    beyond 5 late days in the month". "Days still open (belum) are counted and nothing else".
    """
    total = MonthFigures()
    for verdict in sorted(verdicts, key=lambda v: v.day):
        total.statuses[verdict.status] = total.statuses.get(verdict.status, 0) + 1
        if verdict.status == "belum":
            continue
        for name in verdict.classes:
            total.classes[name] = total.classes.get(name, 0) + 1
        total.late_minutes += verdict.late_minutes
        total.early_minutes += verdict.early_minutes
        total.early_days += 1 if verdict.early_minutes > 0 else 0
        total.missing_in += 1 if "missing_in" in verdict.flags else 0
        total.missing_out += 1 if "missing_out" in verdict.flags else 0
        total.gross += verdict.late_deduction
        total.gross += verdict.early_deduction
        total.gross += verdict.absent_deduction
        if verdict.late_minutes > 0:
            total.late_days += 1
            if total.free < table.free_late_days:
                # "carry no lateness deduction. Early leaving on such a day still counts, and a
                # missing clock-in is not a late day"
                total.free += 1
                total.waived += verdict.late_deduction
    remaining = total.gross - total.waived
    capped = 0
    if table.cap_percent is not None:
        # "the most that one month's days may deduct together"
        capped = max(0, remaining - int(table.cap_percent * 100))
    return MonthSum(
        statuses=total.statuses,
        classes=total.classes,
        late_days=total.late_days,
        early_days=total.early_days,
        missing_in=total.missing_in,
        missing_out=total.missing_out,
        late_minutes=total.late_minutes,
        early_minutes=total.early_minutes,
        gross=total.gross,
        free_late_days=total.free,
        waived=total.waived,
        capped=capped,
    )


class MonthFigures:
    """The running figures of a month that is being added up day by day."""

    def __init__(self) -> None:
        self.statuses: dict[str, int] = {}
        self.classes: dict[str, int] = {}
        self.late_days = self.early_days = self.missing_in = self.missing_out = 0
        self.late_minutes = self.early_minutes = self.gross = self.free = self.waived = 0


def amount_of(tpp: Decimal, hundredths: int, table: DeductionTable) -> Fraction:
    """Vector 13: 3 % of 5 000 000 is 150 000 of the whole, 60 000 of a discipline part of 40 %."""
    base = Fraction(tpp)
    if table.base == "discipline_part":
        base = base * Fraction(table.part_percent) / 100
    return base * hundredths / 100 / 100
