"""`leuit attendance schedule …`: which schedule whom has from when to when."""

from uuid import UUID

from leuit.plugins import CommandContext
from leuit.values import InvalidInputError, NotFoundError, _, parse_date
from leuit_attendance.models import ScheduleUse
from leuit_attendance.service.compute import drain
from leuit_attendance.service.explain import person_of
from leuit_attendance.service.schedules import (
    NewUse,
    described,
    end_schedule,
    give_schedule,
    uses_of,
)
from leuit_attendance.service.units import unit_named


def give(
    context: CommandContext,
    code: str,
    since: str,
    *,
    unit: str | None = None,
    person: str | None = None,
    until: str | None = None,
    override: bool = False,
    on_holidays: bool = False,
) -> int:
    """Give the schedule CODE of the edition in force from the day SINCE on.

    To the whole region, or to --unit (with all below it), or to --person (NIP or PIN); --until is
    the first day it no longer holds. --override lays it over ordinary schedules, as for Ramadan.
    """
    first = parse_date(since)
    if unit is not None and person is not None:
        raise InvalidInputError(_("Sebut --unit atau --person, bukan keduanya."))
    with context.app.change(context.identity) as work:
        level, target = "region", None
        if unit is not None:
            level, target = "unit", unit_named(work, unit).id
        elif person is not None:
            level, target = "person", person_of(work, person, first).id
        last = parse_date(until) if until else None
        row = give_schedule(work, NewUse(level, target, code, first, last, override, on_holidays))
        context.print(f"{row.id}  {code}  {described(row)}")
    drain(context.app)
    return 0


def end(context: CommandContext, use: str, on: str) -> int:
    """End the use with the id USE: from the day ON it no longer holds."""
    day = parse_date(on)
    with context.app.change(context.identity) as work:
        try:
            row = work.session.get(ScheduleUse, UUID(use))
        except ValueError:
            row = None
        if row is None:
            raise NotFoundError(_("Pemakaian jadwal itu tidak ada."))
        end_schedule(work, row.id, day, row.version)
    drain(context.app)
    context.print(_("Jadwal diakhiri."))
    return 0


def list_uses(context: CommandContext, *, json: bool = False) -> int:
    """Show which schedule whom has, the newest first."""
    with context.app.read(context.identity) as view:
        found = uses_of(view)
        rows = [
            {
                "id": str(use.id),
                "level": use.level,
                "target": name if use.target_id else None,
                "code": use.code,
                "valid_from": use.valid_from.isoformat(),
                "valid_to": use.valid_to.isoformat() if use.valid_to else None,
                "override": use.override,
                "on_holidays": use.on_holidays,
            }
            for use, name in found
        ]
        told = [described(use) for use, _name in found]
    if json:
        context.print_json({"uses": rows})
        return 0
    for row, dates in zip(rows, told, strict=True):
        context.print(f"{row['id']}  {row['code']}  {row['level']} {row['target'] or ''}  {dates}")
    return 0
