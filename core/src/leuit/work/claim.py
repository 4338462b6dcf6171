"""Claiming: a job becomes one worker's, and nobody else's.

One statement picks a row that nobody has locked and marks it (PostgreSQL: a common table
expression with `FOR UPDATE SKIP LOCKED`, since a plain subquery with LIMIT may be run again for
each row; SQLite: the same statement under the one writer). A row that an uncommitted unit has
touched is skipped, so a job never begins before the change it was asked for is visible.

Jobs whose lease has run out are taken over before new ones are begun. That is one failure for the
job: it may be what killed its worker. A finished step sets failures back to nought, so the death
of a worker eats no attempts while the job gets on.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, Select, select, update

from leuit.identity import SYSTEM

from .app import Leuit
from .leases import PROCESS, database_now, has_status
from .models import Job
from .unit import Work


@attrs.frozen
class Claimed:
    """A job in the hands of a worker; `worker` and `attempt` fence every write for it."""

    id: UUID
    kind: str
    args: dict[str, Any]
    worker: str
    attempt: int
    failures: int
    dedupe_key: str | None
    request_id: str
    taken_over: bool = False

    def is_mine(self) -> ColumnElement[bool]:
        """The condition under which this claim still holds."""
        return (
            (Job.id == self.id)
            & (Job.worker == self.worker)
            & (Job.attempts == self.attempt)
            & has_status("running")
        )


def has_due(app: Leuit, queues: Sequence[str] | None) -> bool:
    """Whether there is anything to claim, asked without waiting for a writer."""
    with app.read(SYSTEM) as view:
        connection = view.connection
        return any(
            connection.execute(query.limit(1)).first() is not None
            for query in (_expired(app, queues), _due(view.now, queues))
        )


def claim(
    app: Leuit, worker: str, queues: Sequence[str] | None, lease_seconds: float
) -> Claimed | None:
    """Take one job that is due, the most urgent first; None when there is none."""
    with app.change(SYSTEM) as work:
        return _take(work, _expired(app, queues), worker, lease_seconds, taken_over=True) or _take(
            work, _due(work.now, queues), worker, lease_seconds, taken_over=False
        )


def expire_dead(app: Leuit) -> None:
    """On SQLite, end the leases of earlier processes at once: only one process ever writes."""
    if app.database.dialect != "sqlite":
        return
    dead = has_status("running") & ~Job.worker.endswith(f"@{PROCESS}", autoescape=True)
    with app.read(SYSTEM) as view:
        if view.session.execute(select(Job.id).where(dead).limit(1)).first() is None:
            return
    with app.change(SYSTEM) as work:
        past = database_now(app.database, -1.0)
        work.connection.execute(
            update(Job).where(dead, Job.lease_until > past).values(lease_until=past)
        )


def _due(now: dt.datetime, queues: Sequence[str] | None) -> Select[UUID]:
    query = select(Job.id).where(has_status("waiting"), Job.run_at <= now)
    if queues is not None:
        query = query.where(Job.queue.in_(queues))
    return query.order_by(Job.priority, Job.run_at, Job.id)


def _expired(app: Leuit, queues: Sequence[str] | None) -> Select[UUID]:
    query = select(Job.id).where(
        has_status("running"), Job.lease_until < database_now(app.database)
    )
    if queues is not None:
        query = query.where(Job.queue.in_(queues))
    return query.order_by(Job.priority, Job.run_at, Job.id)


def _take(
    work: Work, query: Select[UUID], worker: str, lease_seconds: float, *, taken_over: bool
) -> Claimed | None:
    picked = query.limit(1).with_for_update(skip_locked=True).cte("picked")
    statement = (
        update(Job)
        .where(Job.id == picked.c.id)
        .values(
            status="running",
            worker=worker,
            attempts=Job.attempts + 1,
            failures=Job.failures + (1 if taken_over else 0),
            lease_until=database_now(work.database, lease_seconds),
            finished_at=None,
        )
        .returning(
            Job.id,
            Job.kind,
            Job.args,
            Job.attempts,
            Job.failures,
            Job.dedupe_key,
            Job.request_id,
        )
    )
    row = work.connection.execute(statement).first()
    if row is None:
        return None
    return Claimed(
        id=row.id,
        kind=row.kind,
        args=row.args,
        worker=worker,
        attempt=row.attempts,
        failures=row.failures,
        dedupe_key=row.dedupe_key,
        request_id=row.request_id,
        taken_over=taken_over,
    )
