"""What `leuit demo` does for attendance, step by step; each does only what is not there yet."""

import datetime as dt

from leuit.plugins import CommandContext, DemoPlan
from leuit.values import _, local_time
from leuit_attendance.service.compute import drain

from .duties import absences, roles, shifts
from .fleet import install_devices, push_punches
from .office import read_office
from .rules import put_deductions_in_force, put_hours_in_force


def fill(context: CommandContext, plan: DemoPlan) -> None:
    """Rules, roles, shifts, absences, devices; then what the devices saw, pushed over HTTP.

    The rules hold from the first of the weeks, so that nobody is absent before there were devices;
    the table of deductions comes last, so that every day is judged once.
    """
    app = context.app
    now = local_time(app.clock.now(), app.zone).replace(tzinfo=None)
    first, today = now.date() - dt.timedelta(weeks=plan.weeks), now.date()
    office = read_office(context)
    roles(context, office)
    put_hours_in_force(context, office, first)
    shifts(context, office, plan.seed, first, today)
    absences(context, office, plan.seed, first, today)
    install_devices(context, office)
    push_punches(context, read_office(context), plan.seed, first, now)
    _judge(context)  # nothing yet: no table of deductions is in force
    put_deductions_in_force(context, office, first)
    _judge(context)


def _judge(context: CommandContext) -> None:
    text = _("Hari absensi")
    context.progress(0, 1, text)
    drain(context.app)
    context.progress(1, 1, text)
