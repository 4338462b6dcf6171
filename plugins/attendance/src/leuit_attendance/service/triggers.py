"""What makes days be judged again, besides new taps: holidays, editions, posts and PINs.

Each listener asks for exactly the days that its event can change; whoever writes shifts, schedules
or absences asks by himself.
"""

import datetime as dt
from uuid import UUID

from sqlalchemy import func, select

from leuit.builtin.calendar import HolidaysChanged
from leuit.builtin.organisation import StaffChanged, UnitsMoved
from leuit.builtin.regulations import EditionActivated, editions
from leuit.work import JobContext, Work
from leuit_attendance.models import ShiftRow

from .compute import RECOMPUTE, ask, ask_units
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
    """From its first day until the next edition begins; hours also move neighbouring windows.

    Shifts are the hours of those only who are assigned one: nobody else is judged for them, and the
    days of the others keep the edition of shifts beside which they were judged.
    """
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
        if event.kind == SHIFTS:
            _shift_workers(work, first, min(later) - _DAY if later else None)
            return
        if event.kind == SCHEDULES:
            first, last = reach_of(figures_now(work)).of_duties(first, last)
        if first <= work.today:
            span = [first.isoformat(), min(last, work.today).isoformat()]
            work.enqueue(RECOMPUTE, {"everyone": span})


def _shift_workers(work: Work, first: dt.date, last: dt.date | None) -> None:
    """Each person who is assigned shifts in the range, from his first of them to his last.

    A shift to come counts as far as it bounds the window of a day that exists.
    """
    to_come = work.today + _DAY * reach_of(figures_now(work)).neighbours
    last = to_come if last is None else min(last, to_come)
    rows = work.session.execute(
        select(ShiftRow.person_id, func.min(ShiftRow.day), func.max(ShiftRow.day))
        .where(ShiftRow.day.between(first, last))
        .group_by(ShiftRow.person_id)
    )
    ask(work, [(person, begins, ends) for person, begins, ends in rows], duties=True)


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
