"""`leuit attendance recap UNIT YYYY-MM`: what a unit's month comes to, person by person."""

import datetime as dt
import re
from typing import Any

from leuit.plugins import CommandContext
from leuit.values import InvalidInputError, _, format_percent
from leuit_attendance.service.compute import drain
from leuit_attendance.service.recap import PersonMonth, Recap, recap
from leuit_attendance.service.units import unit_named

from .day import percent


def show_recap(context: CommandContext, unit: str, month: str, *, json: bool = False) -> int:
    """Show the month (2026-10) of everybody in UNIT (code, short name or name) and below it."""
    first = _month(month)
    drain(context.app)
    with context.app.read(context.identity) as view:
        found = recap(view, unit_named(view, unit), first)
    if json:
        context.print_json(plain(found))
    else:
        _print(context, found)
    return 0


def plain(found: Recap) -> dict[str, Any]:
    """The recap for programs."""
    return {
        "unit": {"code": found.unit.code, "name": found.unit.name},
        "month": found.first.isoformat()[:7],
        "editions": [
            {
                "id": str(edition.id),
                "kind": edition.kind,
                "title": edition.title,
                "legal_basis": edition.legal_basis,
                "confidence": edition.confidence,
                "effective_from": edition.effective_from.isoformat(),
            }
            for edition in found.editions
        ],
        "people": [_person(person) for person in found.people],
    }


def _person(person: PersonMonth) -> dict[str, Any]:
    sums = person.sums
    return {
        "nip": person.nip,
        "name": person.name,
        "days": person.days,
        "whole_month": person.whole,
        "statuses": sums.statuses,
        "late_days": sums.late_days,
        "early_days": sums.early_days,
        "late_minutes": sums.late_minutes,
        "early_minutes": sums.early_minutes,
        "missing_in": sums.missing_in,
        "missing_out": sums.missing_out,
        "classes": sums.classes,
        "gross_percent": percent(sums.gross),
        "waived_percent": percent(sums.waived),
        "capped_percent": percent(sums.capped),
        "deduction_percent": percent(sums.deduction),
    }


def _month(text: str) -> dt.date:
    found = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1:
        raise InvalidInputError(
            _("“%(text)s” bukan bulan."), advice=_("Tulis misalnya 2026-10."), text=text
        )
    return dt.date(int(found[1]), int(found[2]), 1)


def _print(context: CommandContext, found: Recap) -> None:
    context.print(f"{found.unit.name}, {found.first.isoformat()[:7]}")
    for person in found.people:
        sums = person.sums
        statuses = ", ".join(f"{count} {status}" for status, count in sums.statuses.items())
        context.print(f"{person.name}  {person.nip or '-'}")
        context.print(
            _("  %s; terlambat %s menit, pulang lebih awal %s menit; kelas %s; potongan %s")
            % (
                statuses,
                sums.late_minutes,
                sums.early_minutes,
                ", ".join(f"{name} {count}" for name, count in sums.classes.items()) or "-",
                format_percent(sums.deduction_percent),
            )
        )
    for edition in found.editions:
        context.print(f"- {edition.title} [{edition.legal_basis}]")
