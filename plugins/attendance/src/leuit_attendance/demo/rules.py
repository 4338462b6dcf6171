"""The rules of the demonstration: drafted by the personnel office, activated by somebody else."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from leuit.builtin.regulations import Draft, enact_edition
from leuit.plugins import CommandContext
from leuit.values import _
from leuit_attendance.data import seed_schedules, seed_shifts, seed_tables
from leuit_attendance.models import ScheduleUse
from leuit_attendance.rules import Basis, to_plain
from leuit_attendance.service.figures import (
    DEDUCTIONS,
    SCHEDULES,
    SHIFTS,
    ScheduleBook,
    ShiftBook,
)
from leuit_attendance.service.schedules import NewUse, give_schedule

from .office import Office

SCHEDULE = "kantor"


def put_hours_in_force(context: CommandContext, office: Office, first: dt.date) -> None:
    """Schedule and shifts from the day on, and the schedule for the whole region."""
    week = seed_schedules()["schedule_permenpanrb_6_2018"]
    patterns = seed_shifts()
    book = ShiftBook(tuple(patterns.values()))
    _enact(
        context, office, SCHEDULES, ScheduleBook({SCHEDULE: week}), week.title, week.basis, first
    )
    _enact(context, office, SHIFTS, book, _("Sif rumah sakit"), patterns["malam"].basis, first)
    with context.app.change(office.cast["personnel"]) as work:
        region = select(ScheduleUse.id).where(ScheduleUse.level == "region")
        if work.session.scalars(region.limit(1)).first() is None:
            give_schedule(work, NewUse("region", None, SCHEDULE, first))


def put_deductions_in_force(context: CommandContext, office: Office, first: dt.date) -> None:
    """The usual table of a Pemda, marked unverified, from the day on: with it days are judged."""
    table = seed_tables()["tpp_umum"]
    _enact(context, office, DEDUCTIONS, table, table.title, table.basis, first)


def _enact(
    context: CommandContext,
    office: Office,
    kind: str,
    figures: Any,
    title: str,
    basis: Basis,
    first: dt.date,
) -> None:
    """Four eyes as for any edition: the personnel office writes, the acting regent activates."""
    draft = Draft(
        title=_("Contoh: %s") % title,
        legal_basis=basis.label,
        confidence=basis.confidence,
        effective_from=first,
        body=to_plain(figures),
        source=_("Data contoh"),
    )
    cast = office.cast
    enact_edition(context.app, kind, draft, drafter=cast["personnel"], activator=cast["regent"])
