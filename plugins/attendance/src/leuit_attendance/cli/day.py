"""`leuit attendance day NIP-or-PIN DATE`: one day and why it is what it is."""

import datetime as dt
from typing import Any

from leuit.identity import Person
from leuit.plugins import CommandContext
from leuit.values import _, format_date, format_percent, format_time, parse_date
from leuit_attendance.service.compute import drain
from leuit_attendance.service.explain import ExplainedDay, explain_day, person_of


def show_day(context: CommandContext, nip: str, date: str, *, json: bool = False) -> int:
    """Show the attendance day of NIP (or of a device's PIN) on DATE, with every reason.

    Exit status 1 when the person is unknown or the day does not exist.
    """
    day = parse_date(date)
    drain(context.app)
    with context.app.read(context.identity) as view:
        person = person_of(view, nip, day)
        found = explain_day(view, person, day)
    if json:
        context.print_json(plain(person, found, context.app.zone))
    else:
        _print(context, person, found)
    return 0


def plain(person: Person, found: ExplainedDay, zone: dt.tzinfo) -> dict[str, Any]:
    """The day for programs: moments in local ISO 8601 with the zone's offset."""
    verdict = found.verdict
    return {
        "nip": person.nip,
        "date": verdict.day.isoformat(),
        "status": verdict.status,
        "in": _moment(verdict.check_in, zone),
        "out": _moment(verdict.check_out, zone),
        "late_minutes": verdict.late_minutes,
        "early_minutes": verdict.early_minutes,
        "classes": list(verdict.classes),
        "deduction_percent": percent(verdict.deduction),
        "because": [
            {"rule": reason.rule, "article": reason.article, "text": reason.text}
            for reason in verdict.reasons
        ],
    }


def percent(hundredths: int) -> int | float:
    """1/100 percent as a JSON number: 300 is 3, 125 is 1.25."""
    return hundredths // 100 if hundredths % 100 == 0 else hundredths / 100


def _moment(moment: dt.datetime | None, zone: dt.tzinfo) -> str | None:
    return None if moment is None else moment.replace(tzinfo=zone).isoformat()


def _print(context: CommandContext, person: Person, found: ExplainedDay) -> None:
    verdict = found.verdict
    context.print(f"{person.name}  {person.nip or '-'}")
    context.print(f"{format_date(verdict.day, 'full')}: {verdict.status}")
    for label, moment in ((_("Masuk"), verdict.check_in), (_("Pulang"), verdict.check_out)):
        context.print(f"{label}: {format_time(moment) if moment else '-'}")
    context.print(
        _("Terlambat %s menit, pulang lebih awal %s menit")
        % (verdict.late_minutes, verdict.early_minutes)
    )
    context.print(_("Potongan: %s") % format_percent(verdict.deduction_percent))
    for reason in verdict.reasons:
        article = f"  [{reason.article}]" if reason.article else ""
        context.print(f"- {reason.text}{article}")
