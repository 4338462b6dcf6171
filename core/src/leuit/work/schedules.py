"""Schedules: jobs that the clock asks for, by cron expressions in the region's zone.

The row of a schedule holds the moment it fired for last. Firing is one unit of work that moves
this moment from the old to the new value and enqueues the job; a second scheduler finds another
old value and does nothing. A clock that is set back therefore fires nothing twice, and a day on
which summer time begins or ends has each moment once (cronsim). A schedule never seen before
counts from now. The job finds its moment in `args["scheduled_for"]`, as ISO 8601 in UTC.
"""

import datetime as dt
import logging
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from cronsim import CronSim, CronSimError
from sqlalchemy import Select, select, update

from leuit.identity import SYSTEM
from leuit.storage import insert_into
from leuit.values import SetupError, _

from .app import Leuit
from .models import JobSchedule
from .unit import Work
from .vocabulary import Schedule

log = logging.getLogger(__name__)

AT_ONCE = 500
"""Missed moments that one unit of work makes up for."""


class Scheduler:
    """Fires the schedules of one application; remembers when each is next due, to stay cheap."""

    def __init__(self, app: Leuit) -> None:
        self._app = app
        self._next: dict[str, dt.datetime] = {}
        self._broken: set[str] = set()

    def fire(self) -> int:
        """Enqueue the job of every schedule that is due; the number of jobs."""
        fired = 0
        for schedule in self._app.vocabulary.schedules:
            if schedule.name in self._broken:
                continue
            due = self._next.get(schedule.name)
            if due is not None and self._app.clock.now() < due:
                continue
            try:
                fired += self._fire(schedule)
            except SetupError as error:
                self._broken.add(schedule.name)
                log.error("schedule %s is left out: %s", schedule.name, error)
        return fired

    def _fire(self, schedule: Schedule) -> int:
        fired = 0
        while True:
            with self._app.read(SYSTEM) as view:
                last = view.session.execute(_last(schedule)).scalar_one_or_none()
                now = view.now
            if last is None:
                with self._app.change(SYSTEM) as work:
                    last = _first_seen(work, schedule)
            batch = _missed(schedule, last, now, self._app)
            if not batch:
                self._next[schedule.name] = next(moments(schedule, last, self._app))
                return fired
            with self._app.change(SYSTEM) as work:
                fired += _enqueue(work, schedule, last, batch)


def _missed(
    schedule: Schedule, last: dt.datetime, now: dt.datetime, app: Leuit
) -> list[dt.datetime]:
    missed = takewhile(lambda moment: moment <= now, moments(schedule, last, app))
    return list(islice(missed, AT_ONCE)) if schedule.catch_up else list(deque(missed, 1))


def moments(schedule: Schedule, after: dt.datetime, app: Leuit) -> Iterator[dt.datetime]:
    """The moments of a schedule after an instant, without end; SetupError when there is none."""
    try:
        for moment in CronSim(schedule.cron, after.astimezone(app.zone)):
            yield moment.astimezone(dt.UTC)
    except CronSimError as error:
        raise _unreadable(schedule) from error
    raise _unreadable(schedule)


def _unreadable(schedule: Schedule) -> SetupError:
    return SetupError(
        _("Jadwal “%(name)s” tidak dapat dibaca: %(cron)s."),
        name=schedule.name,
        cron=schedule.cron,
    )


def _last(schedule: Schedule) -> Select[dt.datetime]:
    return select(JobSchedule.last_fired_for).where(JobSchedule.name == schedule.name)


def _first_seen(work: Work, schedule: Schedule) -> dt.datetime:
    row = {"name": schedule.name, "last_fired_for": work.now}
    statement = insert_into(work.database.dialect, JobSchedule).values(row).on_conflict_do_nothing()
    connection = work.connection
    connection.execute(statement)
    return connection.execute(_last(schedule)).scalar_one()


def _enqueue(
    work: Work, schedule: Schedule, last: dt.datetime, batch: Sequence[dt.datetime]
) -> int:
    moved = work.connection.execute(
        update(JobSchedule)
        .where(JobSchedule.name == schedule.name, JobSchedule.last_fired_for == last)
        .values(last_fired_for=batch[-1])
    )
    if moved.rowcount != 1:
        return 0
    for moment in batch:
        work.enqueue(
            schedule.kind,
            {**schedule.args, "scheduled_for": moment.isoformat()},
            dedupe_key=None if schedule.catch_up else f"schedule:{schedule.name}",
        )
    return len(batch)
