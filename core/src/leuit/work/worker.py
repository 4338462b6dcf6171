"""The worker: threads that claim jobs and run them, and one that minds leases and schedules.

`leuit serve` has one in its process, woken after the COMMIT of a unit that asked for a job; `leuit
worker` is one in a process of its own. Being woken only saves time: every thread looks by itself
once a second, so no lost wake-up can leave a job lying. A thread outlives every error, since a
database that is gone comes back.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID, uuid4

from leuit.identity import SYSTEM
from leuit.values import LeuitError

from .app import Leuit
from .claim import Claimed, claim, expire_dead, has_due
from .finish import give_back
from .leases import LEASE_SECONDS, PROCESS
from .neighbours import Neighbours
from .release import release_parked
from .runner import run
from .running import Gate, RunningJob, renew
from .schedules import Scheduler

log = logging.getLogger(__name__)

POLL_SECONDS = 1.0
GRACE_SECONDS = 15.0
FAULT_SECONDS = 5.0


class Worker:
    """Does the jobs of some queues (all when None) of one application.

    `threads` jobs run at once. `lease_seconds` is how long its jobs are left alone when it dies.
    """

    def __init__(
        self,
        app: Leuit,
        queues: Sequence[str] | None = None,
        threads: int = 2,
        name: str = "worker",
        *,
        lease_seconds: float = LEASE_SECONDS,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self.app = app
        self.queues = tuple(queues) if queues is not None else None
        self.threads = threads
        self.id = f"{name[:24]}-{uuid4().hex[:6]}@{PROCESS}"
        self._lease_seconds = lease_seconds
        self._poll_seconds = poll_seconds
        self._gate = Gate()
        self._asked = threading.Event()
        self._running: list[threading.Thread] = []
        self._minder: threading.Thread | None = None
        self._neighbours: Neighbours | None = None
        self._held: dict[UUID, RunningJob] = {}
        self._lock = threading.Lock()
        self._preparing = threading.Lock()
        self._bells = [threading.Event() for _thread in range(threads)]
        self._scheduler = Scheduler(app)
        self._released = False
        self._registered = False

    def wake(self) -> None:
        """There may be jobs: let every idle thread look at once, or those of other processes."""
        self._ring()
        neighbours = self._neighbours
        if neighbours is not None and len(self._snapshot()) >= self.threads:
            neighbours.pass_on()

    def start(self) -> None:
        """Begin in threads of this process; returns at once."""
        if self._running:
            return
        if not self._registered:
            self.app.on_wake(self.wake)
            self._registered = True
        self._gate = Gate()
        self._asked.clear()
        self._running = [
            threading.Thread(
                target=self._work, args=(bell,), name=f"{self.id}/{number}", daemon=True
            )
            for number, bell in enumerate(self._bells)
        ]
        self._minder = self._begin_minding(schedules=True)
        if self.app.database.dialect == "postgresql":
            self._neighbours = Neighbours(self.app.database, self._ring)
        for thread in self._running:
            thread.start()

    def stop(self, grace_seconds: float = GRACE_SECONDS) -> None:
        """Stop cleanly: no new job is begun, and none is left in the hands of a dead worker.

        A job with steps is given back before its next step; any other has `grace_seconds` to end.
        What still runs then loses its lease, is given back, and cannot write any more.
        """
        self._asked.set()
        self._gate.stopping.set()
        if self._neighbours is not None:
            neighbours, self._neighbours = self._neighbours, None
            neighbours.stop()
        self._ring()
        deadline = time.monotonic() + grace_seconds
        for thread in self._running:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._gate.over.set()
        if self._minder is not None:
            self._minder.join(max(1.0, deadline - time.monotonic()))
            self._minder = None
        for held in self._snapshot():
            try:
                with self.app.change(SYSTEM) as work:
                    give_back(work, held.claimed, held.reported())
            except LeuitError as error:
                log.warning("job %s keeps its lease: %s", held.job_id, error)
        self._running = []

    def request_stop(self) -> None:
        """Let `run_until_stopped` return soon; may be called from a signal handler."""
        self._asked.set()

    def run_until_stopped(self) -> None:
        """Work until `request_stop` or `stop` is called, then stop cleanly."""
        self.start()
        self._asked.wait()
        self.stop()

    def run_pending(self, limit: int | None = None, *, raise_errors: bool = False) -> int:
        """Do everything that is due, in this thread, also what that brings; the number of jobs.

        Schedules fire first. A job that fails waits for its pause like everywhere; with
        `raise_errors` the first such error is raised once it has been recorded.
        """
        self._prepare()
        self._scheduler.fire()
        count = 0
        with self._minded():
            while limit is None or count < limit:
                claimed = claim(self.app, self.id, self.queues, self._lease_seconds)
                if claimed is None:
                    break
                error = self._run(claimed)
                count += 1
                if error is not None and raise_errors:
                    raise error
        return count

    @contextmanager
    def _minded(self) -> Iterator[None]:
        """Keep the leases of this thread's jobs alive, unless a minder is already at it."""
        if self._running:
            yield
            return
        self._gate = Gate()
        minder = self._begin_minding(schedules=False)
        try:
            yield
        finally:
            self._gate.over.set()
            minder.join()

    def _begin_minding(self, *, schedules: bool) -> threading.Thread:
        minder = threading.Thread(
            target=self._mind, args=(schedules,), name=f"{self.id}/minder", daemon=True
        )
        minder.start()
        return minder

    def _ring(self) -> None:
        for bell in self._bells:
            bell.set()

    def _prepare(self) -> None:
        """What is done once, when the worker begins: free what an earlier process left behind."""
        with self._preparing:
            if self._released:
                return
            expire_dead(self.app)
            release_parked(self.app)
            self._released = True

    def _work(self, bell: threading.Event) -> None:
        while not self._gate.stopping.is_set():
            bell.clear()  # before looking: what is asked for from now on rings again
            if not self._survive(self._drain):
                bell.wait(self._poll_seconds)

    def _drain(self) -> bool:
        """Run one job; whether there was one."""
        self._prepare()
        if not has_due(self.app, self.queues):
            return False
        claimed = claim(self.app, self.id, self.queues, self._lease_seconds)
        if claimed is None:
            return False
        self._run(claimed)
        return True

    def _run(self, claimed: Claimed) -> Exception | None:
        job = RunningJob(self.app, claimed, self._gate, self._lease_seconds)
        with self._lock:
            self._held[job.job_id] = job
        try:
            return run(job)[1]
        finally:
            with self._lock:
                self._held.pop(job.job_id, None)

    def _mind(self, schedules: bool) -> None:
        renewed = time.monotonic()
        while not self._gate.over.is_set():
            if schedules and not self._gate.stopping.is_set():
                self._survive(self._fire)
            if time.monotonic() - renewed >= self._lease_seconds / 3:
                renewed = time.monotonic()
                self._survive(self._renew)
            self._gate.over.wait(min(self._poll_seconds, self._lease_seconds / 4))

    def _fire(self) -> bool:
        return self._scheduler.fire() > 0

    def _renew(self) -> bool:
        held = [job.claimed for job in self._snapshot()]
        if held:
            renew(self.app, held, self._lease_seconds)
        return bool(held)

    def _snapshot(self) -> list[RunningJob]:
        with self._lock:
            return list(self._held.values())

    def _survive(self, function: Callable[[], bool]) -> bool:
        try:
            return function()
        except LeuitError as error:
            log.warning("worker %s: %s", self.id, error)
        except Exception as error:  # the thread must be there when the fault is mended
            log.error("worker %s", self.id, exc_info=error)
        self._gate.stopping.wait(FAULT_SECONDS)
        return False
