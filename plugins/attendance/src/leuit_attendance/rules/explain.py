"""Explanation: the reasons of a finished verdict, in the order in which a person reads the day.

Reasons never change a figure; they are told from the verdict and from what it was judged by. The
article of a time is that of the schedule, of a class or missing tap that of the deduction table, of
a day off that of the decree, of an absence its document.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from leuit.values import format_date, format_percent, format_time

from .absence import Absence
from .duty import Duty, Rest
from .edition import DeductionTable
from .holiday import Holiday
from .lateness import judge_arrival, minutes_after
from .matching import count_taps
from .punch import IN_KEYS, OUT_KEYS, Punch
from .reason import Reason, reason
from .verdict import DayVerdict


def explain_day(
    verdict: DayVerdict,
    duty: Duty | Rest | None,
    table: DeductionTable,
    holiday: Holiday | None,
    absence: Absence | None,
    taps: tuple[Punch | None, Punch | None],
    records: Sequence[Punch] = (),
) -> tuple[Reason, ...]:
    """Why the verdict is what it is; the arguments are those that it was judged by.

    `records` are all that devices told within the duty's window, of which `taps` were chosen.
    """
    if verdict.status in ("libur", "cuti_bersama") and holiday is not None:
        rule = "day.holiday" if holiday.kind == "libur" else "day.cuti_bersama"
        return (reason(rule, holiday.basis, title=holiday.title),)
    if not isinstance(duty, Duty):
        label = duty.label if duty is not None and duty.label else "Tanpa jadwal"
        article = duty.article if duty is not None else ""
        return (reason("day.rest", article, label=label),)
    told = []
    if holiday is not None:
        told.append(reason("day.holiday_on_duty", duty.article, title=holiday.title))
    if absence is not None:
        told += _absence(verdict, absence)
    else:
        told += _presence(verdict, duty, table, taps)
        told += _repeated(records, table.matching.collapse_seconds)
        told += [_class(name, table) for name in verdict.classes]
    return tuple(told)


def _absence(verdict: DayVerdict, absence: Absence) -> list[Reason]:
    told = [
        reason(
            f"absence.{absence.kind}",
            absence.document,
            title=absence.title or absence.kind.replace("_", " ").capitalize(),
            first=format_date(absence.first_day, "medium"),
            last=format_date(absence.last_day, "medium"),
        )
    ]
    moments = [at for at in (verdict.check_in, verdict.check_out) if at is not None]
    if moments:
        times = ", ".join(format_time(at) for at in moments)
        told.append(reason("absence.punched", absence.document, times=times))
    return told


def _presence(
    verdict: DayVerdict,
    duty: Duty,
    table: DeductionTable,
    taps: tuple[Punch | None, Punch | None],
) -> list[Reason]:
    tap_in, tap_out = taps
    told: list[Reason] = []
    if tap_in is not None:
        told.append(_arrival(duty, tap_in.at, table))
        if tap_in.status in OUT_KEYS:
            told.append(_wrong_key("punch.wrong_key_in", duty, tap_in))
    if verdict.status == "belum":
        future = verdict.earliest_out is None
        rule = "day.future" if future else "day.running"
        told.append(reason(rule, duty.article, **_window(duty)))
    elif verdict.status == "tanpa_keterangan":
        told.append(reason("day.absent", table.basis.label, **_window(duty)))
    else:
        if tap_in is None:
            told.append(
                reason("punch.missing_in", table.basis.label, start=format_time(duty.start))
            )
        if tap_out is None:
            told.append(reason("punch.missing_out", table.basis.label, end=format_time(duty.end)))
        elif verdict.earliest_out is not None:
            told.append(_leaving(duty, tap_out.at, verdict.earliest_out, table))
            if tap_out.status in IN_KEYS:
                told.append(_wrong_key("punch.wrong_key_out", duty, tap_out))
    return told


def _repeated(records: Sequence[Punch], seconds: int) -> list[Reason]:
    told = len({(record.at, record.status) for record in records})  # what comes twice is one record
    taps = count_taps(records, seconds)
    if taps == told:
        return []
    figures = {"records": str(told), "taps": str(taps), "seconds": str(seconds)}
    return [reason("punch.repeated", "", **figures)]  # how taps are read stands in no law


def _window(duty: Duty) -> dict[str, str]:
    return {"start": format_time(duty.start), "end": format_time(duty.end)}


def _arrival(duty: Duty, check_in: datetime, table: DeductionTable) -> Reason:
    seconds = table.classes.seconds
    late, earliest, shift = judge_arrival(duty, check_in, seconds)
    start = format_time(duty.start)
    if late:
        return reason(
            "late.minutes",
            duty.article,
            f"late.minutes.{seconds}",
            time=format_time(check_in, seconds == "up"),
            start=start,
            minutes=str(late),
        )
    if shift:
        ahead = check_in < duty.start
        after = minutes_after(check_in, duty.start, seconds)
        return reason(
            f"late.{shift}",
            duty.article,
            "late.flexi_early" if ahead else f"late.{shift}",
            time=format_time(check_in, seconds == "up"),
            start=start,
            minutes=str(minutes_after(duty.start, check_in, "cut") if ahead else after),
            earliest=format_time(earliest),
            # coming earlier than the window counts no more than the window
            **({"counted": str(minutes_after(duty.end, earliest, "cut"))} if ahead else {}),
        )
    past = check_in > duty.start  # by seconds only, or the minutes would have counted
    return reason(
        "late.none",
        duty.article,
        "late.none.cut" if past else "late.none",
        time=format_time(check_in, past),
        start=start,
    )


def _leaving(duty: Duty, check_out: datetime, earliest: datetime, table: DeductionTable) -> Reason:
    seconds = table.classes.seconds
    early = minutes_after(earliest, check_out, seconds)
    if early:
        return reason(
            "early.minutes",
            duty.article,
            f"early.minutes.{seconds}",
            time=format_time(check_out, seconds == "up"),
            earliest=format_time(earliest),
            minutes=str(early),
        )
    before = check_out < earliest  # by seconds only
    return reason(
        "early.none",
        duty.article,
        "early.none.cut" if before else "early.none",
        time=format_time(check_out, before),
        earliest=format_time(earliest),
    )


def _wrong_key(rule: str, duty: Duty, punch: Punch) -> Reason:
    return reason(rule, duty.article, time=format_time(punch.at), key=str(punch.status))


def _class(name: str, table: DeductionTable) -> Reason:
    hundredths = table.hundredths_by_class.get(name)
    if hundredths is None:
        return reason(f"class.{name}", table.basis.label, "class.no_deduction", name=name)
    return reason(
        f"class.{name}",
        table.basis.label,
        "class",
        name=name,
        percent=percent_text(hundredths),
        base="TPP" if table.base == "tpp" else "bagian disiplin TPP",
    )


def percent_text(hundredths: int) -> str:
    """1/100 percent as people write it, without idle zeros: 1%, 0,5%, 1,25%."""
    decimals = 0 if hundredths % 100 == 0 else 1 if hundredths % 10 == 0 else 2
    return format_percent(Decimal(hundredths) / 100, decimals)
