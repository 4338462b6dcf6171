"""What makes days be judged again, besides new taps: holidays, editions, posts and PINs.

Each listener asks for exactly the days that its event can change; whoever writes shifts, schedules
or absences asks by himself.
"""

import datetime as dt
from uuid import UUID

from leuit.builtin.calendar import HolidaysChanged
from leuit.builtin.organisation import StaffChanged, UnitsMoved
from leuit.builtin.regulations import EditionActivated, editions
from leuit.work import JobContext

from .compute import RECOMPUTE, ask_units
from .figures import DEDUCTIONS, SCHEDULES, SHIFTS, figures_now
from .reach import reach_of

_DAY = dt.timedelta(days=1)


def holidays_changed(context: JobContext, event: HolidaysChanged) -> None:
    """A day taken into or out of the calendar changes itself only: a neighbouring duty bounds
    windows although a holiday cancels it.
    """
    with context.change() as work:
        if event.first <= work.today:
            span = [event.first.isoformat(), min(event.last, work.today).isoformat()]
            work.enqueue(RECOMPUTE, {"everyone": span})


def edition_activated(context: JobContext, event: EditionActivated) -> None:
    """From its first day until the next edition begins; hours also move neighbouring windows."""
    if event.kind not in (DEDUCTIONS, SCHEDULES, SHIFTS):
        return
    with context.change() as work:
        first, last = event.effective_from, work.today
        later = [
            edition.effective_from
            for edition in editions(work, event.kind)
            if edition.effective_from > event.effective_from
        ]
        if later:
            last = min(last, min(later) - _DAY)
        if event.kind != DEDUCTIONS:
            first, last = reach_of(figures_now(work)).of_duties(first, last)
        if first <= work.today:
            span = [first.isoformat(), min(last, work.today).isoformat()]
            work.enqueue(RECOMPUTE, {"everyone": span})


def units_moved(context: JobContext, event: UnitsMoved) -> None:
    """Another parent hands down other schedules, from the day of the move on."""
    with context.change() as work:
        ask_units(work, [UUID(unit) for unit in event.units], event.since, work.today)


def staff_changed(context: JobContext, event: StaffChanged) -> None:
    """Another post or PIN: from the day of the change on, and what its duties and taps reach."""
    with context.change() as work:
        reach = reach_of(figures_now(work))
        first = min(reach.of_duties(event.since, event.since)[0], event.since - _DAY * reach.back)
        if first <= work.today:
            span = [first.isoformat(), work.today.isoformat()]
            people = [[str(UUID(person)), *span] for person in event.people]
            work.enqueue(RECOMPUTE, {"people": people})
