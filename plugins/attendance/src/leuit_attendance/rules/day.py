"""The day: from a duty, punches, a holiday and absences to a verdict.

The statuses, their order and what each one leaves open stand in `verdict`. The figures never depend
on whether reasons are asked for: reasons are told afterwards, from the finished verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from .absence import ABSENCE_PRIORITY, Absence
from .duty import Duty, Rest
from .edition import DeductionTable
from .explain import explain_day
from .holiday import Holiday
from .lateness import class_of, judge_arrival, minutes_after
from .matching import choose, matching_window, sort_punches, within
from .punch import IN_KEYS, OUT_KEYS, Punch
from .verdict import DayVerdict, Flag

Taps = tuple[Punch | None, Punch | None]


def judge_day(
    day: date,
    duty: Duty | Rest | None,
    punches: Iterable[Punch],
    table: DeductionTable,
    *,
    holiday: Holiday | None = None,
    absences: Sequence[Absence] = (),
    before: Duty | None = None,
    after: Duty | None = None,
    as_of: datetime | None = None,
    explain: bool = True,
) -> DayVerdict:
    """The verdict of one person's date.

    `punches` may hold any of the person's; those outside the duty's window are not looked at.
    `before` and `after` are the person's neighbouring duties: without them a window is only bound
    by the edition. `as_of` is the local moment of asking; without it every day is over. With
    `explain=False` the reasons stay empty and nothing else differs.
    """
    taps = sort_punches(punches)
    return _judge(day, duty, taps, table, holiday, absences, before, after, as_of, explain)


def judge_days(
    days: Iterable[date],
    duties: Mapping[date, Duty | Rest],
    punches: Iterable[Punch],
    table: DeductionTable,
    *,
    holidays: Mapping[date, Holiday] | None = None,
    absences: Sequence[Absence] = (),
    as_of: datetime | None = None,
    explain: bool = True,
) -> list[DayVerdict]:
    """The verdicts of many dates of one person, in their order, each as `judge_day` gives it.

    `duties` should reach one duty beyond both ends of `days`, as neighbours bound the windows; the
    neighbours of a date are the duties before and after it in this mapping.
    """
    holidays = holidays or {}
    taps = sort_punches(punches)
    found = [duty for duty in duties.values() if isinstance(duty, Duty)]
    ordered = [None, *sorted(found, key=lambda duty: duty.day), None]
    place = {duty.day: position for position, duty in enumerate(ordered) if duty is not None}
    verdicts = []
    for day in days:
        duty = duties.get(day)
        before = after = None
        if position := place.get(day):
            before, after = ordered[position - 1], ordered[position + 1]
        holiday = holidays.get(day)
        verdicts.append(
            _judge(day, duty, taps, table, holiday, absences, before, after, as_of, explain)
        )
    return verdicts


def _judge(
    day: date,
    duty: Duty | Rest | None,
    punches: Sequence[Punch],
    table: DeductionTable,
    holiday: Holiday | None,
    absences: Sequence[Absence],
    before: Duty | None,
    after: Duty | None,
    as_of: datetime | None,
    explain: bool,
) -> DayVerdict:
    for other in (duty, holiday):
        if other is not None and other.day != day:
            raise ValueError(f"Jadwal atau hari libur {other.day} dipakai untuk tanggal {day}.")
    absence: Absence | None = None
    taps: Taps = (None, None)
    records: Sequence[Punch] = ()
    if holiday is not None and not (type(duty) is Duty and duty.on_holidays):
        verdict = DayVerdict(day, holiday.kind)
    elif type(duty) is not Duty:
        verdict = DayVerdict(day, "bebas")
    else:
        opens, closes = matching_window(duty, table.matching, before, after)
        absence = covering_absence(day, absences) if absences else None
        if absence is None and as_of is not None and as_of < opens:
            verdict = DayVerdict(day, "belum", duty.start, duty.end)
        else:
            records = within(punches, opens, closes)
            taps = choose(duty, records, table.matching)
            if absence is not None:
                verdict = _away(duty, absence, taps)
            else:
                running = as_of is not None and as_of < closes
                verdict = _present(duty, taps, table, as_of if running else None)
    if explain:
        reasons = explain_day(verdict, duty, table, holiday, absence, taps, records)
        return verdict.with_reasons(reasons)
    return verdict


def covering_absence(day: date, absences: Sequence[Absence]) -> Absence | None:
    """The absence that names the day: the strongest kind, of equal ones the first."""
    found = [absence for absence in absences if absence.covers(day)]
    if not found:
        return None
    return min(found, key=_strength)


def _strength(absence: Absence) -> tuple[int, date, date, str]:
    kind = ABSENCE_PRIORITY.index(absence.kind)
    return kind, absence.first_day, absence.last_day, absence.document


def _away(duty: Duty, absence: Absence, taps: Taps) -> DayVerdict:
    tap_in, tap_out = taps
    return DayVerdict(
        duty.day,
        absence.kind,
        duty.start,
        duty.end,
        check_in=tap_in.at if tap_in else None,
        check_out=tap_out.at if tap_out else None,
        flags=("punched_while_away",) if tap_in or tap_out else (),
    )


def _present(duty: Duty, taps: Taps, table: DeductionTable, as_of: datetime | None) -> DayVerdict:
    """A duty by its taps; `as_of` is given while its window is open."""
    tap_in, tap_out = taps
    classes = table.classes
    earliest = duty.end
    late = 0
    flags: list[Flag] = []
    if tap_in is not None:
        late, earliest, shift = judge_arrival(duty, tap_in.at, classes.seconds)
        if shift:
            flags.append(shift)
        if tap_in.status in OUT_KEYS:
            flags.append("wrong_key")
    running = as_of is not None and (tap_out is None or as_of < earliest or as_of < duty.end)
    if tap_in is None and tap_out is None and not running:
        absent = table.hundredths_by_class.get(classes.absent, 0)
        return DayVerdict(
            duty.day,
            "tanpa_keterangan",
            duty.start,
            duty.end,
            classes=(classes.absent,),
            absent_deduction=absent,
        )
    late_class = class_of(classes.late, late) if late else None
    early_class = None
    early = 0
    if not running:
        if tap_in is None:
            flags.append("missing_in")
            late_class = classes.missing_in
        if tap_out is None:
            flags.append("missing_out")
            early_class = classes.missing_out
        else:
            early = minutes_after(earliest, tap_out.at, classes.seconds)
            early_class = class_of(classes.early, early) if early else None
            if tap_out.status in IN_KEYS and "wrong_key" not in flags:
                flags.append("wrong_key")
    names = tuple(name for name in (late_class, early_class) if name is not None)
    percents = table.hundredths_by_class
    return DayVerdict(
        duty.day,
        "belum" if running else "hadir",
        duty.start,
        duty.end,
        earliest,
        tap_in.at if tap_in is not None else None,
        tap_out.at if tap_out is not None else None,
        late,
        early,
        names,
        percents.get(late_class, 0) if late_class is not None else 0,
        percents.get(early_class, 0) if early_class is not None else 0,
        0,
        tuple(flags),
    )
