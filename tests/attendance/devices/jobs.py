"""Doing the waiting jobs of one kind, in the thread of the test."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID, uuid4

import attrs
from sqlalchemy import select, update

from leuit.identity import SYSTEM
from leuit.work import Job, JobContext, Leuit, View, Work


@attrs.define
class Context:
    """The job at hand, as far as the handlers of devices need it."""

    app: Leuit
    args: dict[str, Any]
    job_id: UUID = attrs.field(factory=uuid4)
    attempt: int = 1

    def change(self) -> AbstractContextManager[Work]:
        return self.app.change(SYSTEM)

    def read(self) -> AbstractContextManager[View]:
        return self.app.read(SYSTEM)

    def step(self, name: str, function: Callable[[Work], dict[str, Any]]) -> dict[str, Any]:
        with self.change() as work:
            return function(work)

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Nobody looks."""

    def now(self) -> dt.datetime:
        return self.app.clock.now()


def run_jobs(app: Leuit, kind: str, handler: Callable[[JobContext], None]) -> int:
    """Do every waiting job of a kind; returns how many there were."""
    with app.change(SYSTEM) as work:
        waiting = work.session.execute(
            select(Job.id, Job.args).where(Job.kind == kind, Job.status == "waiting")
        ).all()
        work.session.execute(update(Job).where(Job.kind == kind).values(status="done"))
    for row in waiting:
        handler(Context(app, row.args))
    return len(waiting)
