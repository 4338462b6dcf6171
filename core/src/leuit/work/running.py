"""A job while its handler runs: what the handler is given, and what keeps it honest.

Every unit of work of a job first renews the lease, under the condition that the claim still holds.
A worker that was thought dead and comes back therefore cannot write anything: its next unit fails
as a whole. On PostgreSQL the renewal also locks the job's row until the unit ends, so nobody takes
the job over in the middle of it.
"""

import datetime as dt
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import insert, select, update

from leuit.identity import SYSTEM
from leuit.values import LeuitError, _, new_id

from .app import Leuit
from .claim import Claimed
from .leases import database_now
from .models import Job, JobStep
from .unit import Work
from .view import View

PROGRESS_SECONDS = 1.0
STEP_NAME_LENGTH = 120


class LostLeaseError(LeuitError):
    """The job is no longer this worker's: taken over after a silence, or cancelled."""

    code = "lost_lease"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Pekerjaan ini sudah dibatalkan atau diambil alih pekerja lain."))


class WorkerStoppingError(LeuitError):
    """The worker is being stopped; the job goes back to the queue and continues elsewhere."""

    code = "worker_stopping"
    status = 503

    def __init__(self) -> None:
        super().__init__(_("Pekerja sedang dihentikan; pekerjaan ini dilanjutkan nanti."))


class Gate:
    """How a worker ends: `stopping` halts its jobs between steps, `over` ends the minding."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.over = threading.Event()


class RunningJob:
    """The JobContext of one claimed job; used by its handler's thread, renewed by the minder's."""

    def __init__(self, app: Leuit, claimed: Claimed, gate: Gate, lease_seconds: float) -> None:
        self.app = app
        self.claimed = claimed
        self.job_id = claimed.id
        self.args = claimed.args
        self.attempt = claimed.attempt
        self._gate = gate
        self._lease_seconds = lease_seconds
        self._steps: dict[str, dict[str, Any]] | None = None
        self._progress: dict[str, Any] = {}
        self._told = float("-inf")
        self._in_unit = False

    def now(self) -> dt.datetime:
        """The present instant by the application's clock."""
        return self.app.clock.now()

    @contextmanager
    def change(self) -> Iterator[Work]:
        """A unit of work of this job, as the system; raises LostLeaseError without a claim."""
        with self._unit() as work:
            yield work

    @contextmanager
    def _unit(self, **values: Any) -> Iterator[Work]:
        with self.app.change(SYSTEM, request_id=self.claimed.request_id) as work:
            began = time.monotonic()
            self._renew(work, **values)
            self._in_unit = True
            try:
                yield work
            finally:
                self._in_unit = False
            if time.monotonic() - began > self._lease_seconds / 3:
                self._renew(work)

    def read(self) -> AbstractContextManager[View]:
        """A view for reading, acting as the system."""
        return self.app.read(SYSTEM, request_id=self.claimed.request_id)

    def step(self, name: str, function: Callable[[Work], dict[str, Any]]) -> dict[str, Any]:
        """Do a named part once: its rows, its result and the renewed lease commit together.

        A part that an earlier attempt finished is not done again; its stored result is returned.
        The result must be a JSON object, and is returned as JSON gives it back. Raises
        LostLeaseError without a claim, ValueError for a name longer than 120 letters.
        """
        if len(name) > STEP_NAME_LENGTH:
            raise ValueError(f"a step's name has at most {STEP_NAME_LENGTH} letters")
        finished = self._finished()
        if name in finished:
            return finished[name]
        if self._gate.stopping.is_set():
            raise WorkerStoppingError
        with self._unit(failures=0) as work:
            result: dict[str, Any] = json.loads(json.dumps(function(work), allow_nan=False))
            row = {"id": new_id(), "job_id": self.job_id, "name": name, "result": result}
            work.connection.execute(insert(JobStep), row | {"done_at": work.now})
        finished[name] = result
        return result

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Say how far the job is; written with its next unit, or by itself once a second."""
        self._progress = {
            "progress_done": done,
            "progress_total": total,
            "progress_text": text[:200],
        }
        if not self._in_unit and time.monotonic() - self._told > PROGRESS_SECONDS:
            with self.change():
                pass

    def reported(self) -> dict[str, Any]:
        """The columns of the progress told last."""
        return dict(self._progress)

    def _finished(self) -> dict[str, dict[str, Any]]:
        if self._steps is None:
            query = select(JobStep.name, JobStep.result).where(JobStep.job_id == self.job_id)
            with self.read() as view:
                self._steps = {row.name: row.result for row in view.session.execute(query)}
        return self._steps

    def _renew(self, work: Work, **values: Any) -> None:
        statement = (
            update(Job)
            .where(self.claimed.is_mine())
            .values(
                lease_until=database_now(work.database, self._lease_seconds),
                **self._progress,
                **values,
            )
        )
        if work.connection.execute(statement).rowcount != 1:
            raise LostLeaseError
        self._told = time.monotonic()


def renew(app: Leuit, jobs: list[Claimed], lease_seconds: float) -> None:
    """Extend the leases of jobs whose handlers are alive but between units.

    A row that a unit of the job has locked is skipped: that unit renews it itself.
    """
    with app.change(SYSTEM) as work:
        for job in jobs:
            held = select(Job.id).where(job.is_mine()).with_for_update(skip_locked=True).cte("held")
            work.connection.execute(
                update(Job)
                .where(Job.id == held.c.id)
                .values(lease_until=database_now(app.database, lease_seconds))
            )
