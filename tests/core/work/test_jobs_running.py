"""Jobs run after the commit that asked for them: to the end, in order, with steps done once."""

import datetime as dt
import threading
from typing import Any

import pytest

from leuit.identity import SYSTEM
from leuit.values import ConflictError, ManualClock, UnavailableError, _
from leuit.work import JobContext, Leuit, Work, Worker
from leuit.work.claim import has_due

from . import probe
from .conftest import Make


def test_a_job_is_done_once(leuit: Leuit) -> None:
    """What was asked for is done, and only once."""
    job_id = probe.ask(leuit, "echo", {"word": "hello"})
    assert Worker(leuit).run_pending() == 1
    assert Worker(leuit).run_pending() == 0
    assert probe.words(leuit) == ["hello"]
    job = probe.job(leuit, job_id)
    assert (job.status, job.attempts, job.finished_at) == ("done", 1, probe.START)


def test_jobs_of_jobs_are_done_too(make: Make) -> None:
    """Draining goes on with the jobs that jobs ask for."""

    def parent(context: JobContext) -> None:
        with context.change() as work:
            work.enqueue("probe.echo", {"word": "child"})

    leuit = make(probe.vocabulary(probe.kind("parent", parent)))
    probe.ask(leuit, "parent")
    assert Worker(leuit).run_pending() == 2
    assert probe.words(leuit) == ["child"]


def test_order_is_priority_then_age(leuit: Leuit) -> None:
    """The smaller priority goes first, equal ones in the order of asking."""
    for word, priority in (("c", 5), ("a", 0), ("b", 0), ("first", -1)):
        probe.ask(leuit, "echo", {"word": word}, priority=priority)
    Worker(leuit).run_pending()
    assert probe.words(leuit) == ["first", "a", "b", "c"]


def test_a_job_waits_for_its_time(leuit: Leuit, clock: ManualClock) -> None:
    """A job with a later instant is not begun before it."""
    later = clock.now() + dt.timedelta(hours=1)
    probe.ask(leuit, "echo", run_at=later)
    assert Worker(leuit).run_pending() == 0
    clock.set(later)
    assert Worker(leuit).run_pending() == 1


def test_a_worker_keeps_to_its_queues(leuit: Leuit) -> None:
    """A worker of some queues leaves the others alone."""
    probe.ask(leuit, "echo", {"word": "slow"}, queue="slow")
    probe.ask(leuit, "echo", {"word": "quick"}, queue="quick")
    Worker(leuit, queues=["quick"]).run_pending()
    assert probe.words(leuit) == ["quick"]


def test_the_limit_bounds_a_drain(leuit: Leuit) -> None:
    """`run_pending(limit)` stops after that many jobs."""
    for _number in range(3):
        probe.ask(leuit, "echo")
    assert Worker(leuit).run_pending(limit=2) == 2
    assert len(probe.words(leuit)) == 2


def test_a_finished_step_is_replayed_not_repeated(make: Make, clock: ManualClock) -> None:
    """The second attempt gets the stored result of a finished step and does the rest."""
    seen: list[dict[str, Any]] = []

    def twice(context: JobContext) -> None:
        def first(work: Work) -> dict[str, Any]:
            probe.write(work, "first")
            return {"pair": (1, 2), "at": work.now.isoformat()}

        seen.append(context.step("first", first))
        if len(seen) == 1:
            raise ConflictError(_("Belum bisa."))

    leuit = make(probe.vocabulary(probe.kind("twice", twice)))
    job_id = probe.ask(leuit, "twice")
    Worker(leuit).run_pending()
    clock.advance(dt.timedelta(hours=2))
    Worker(leuit).run_pending()
    assert probe.words(leuit) == ["first"]
    assert seen == [{"pair": [1, 2], "at": probe.START.isoformat()}] * 2
    assert probe.job(leuit, job_id).status == "done"


def test_a_failing_step_leaves_nothing(make: Make) -> None:
    """Rows of a step that raises are gone, and so is its mark."""

    def failing(context: JobContext) -> None:
        def part(work: Work) -> dict[str, Any]:
            probe.write(work, "half")
            raise ConflictError(_("Belum bisa."))

        context.step("part", part)

    leuit = make(probe.vocabulary(probe.kind("failing", failing)))
    job_id = probe.ask(leuit, "failing")
    Worker(leuit).run_pending()
    assert probe.words(leuit) == []
    assert probe.job(leuit, job_id).error == "Belum bisa."


def test_progress_is_stored(make: Make) -> None:
    """What a job says of its progress stands in its row when it has ended."""

    def slow(context: JobContext) -> None:
        context.progress(1, 3, "satu")
        context.progress(2, 3, "dua")

    leuit = make(probe.vocabulary(probe.kind("slow", slow)))
    job_id = probe.ask(leuit, "slow")
    Worker(leuit).run_pending()
    job = probe.job(leuit, job_id)
    assert (job.progress_done, job.progress_total, job.progress_text) == (2, 3, "dua")


def test_no_unit_is_open_while_a_handler_runs(make: Make) -> None:
    """A handler can change and read by itself: the worker holds no transaction around it."""

    def free(context: JobContext) -> None:
        with context.app.change(SYSTEM) as work:
            probe.write(work, "own unit")
        with context.read() as view:
            assert view.identity is SYSTEM

    leuit = make(probe.vocabulary(probe.kind("free", free)))
    probe.ask(leuit, "free")
    Worker(leuit).run_pending(raise_errors=True)
    assert probe.words(leuit) == ["own unit"]


def test_an_error_reaches_who_asks_for_it(make: Make) -> None:
    """`raise_errors` raises the handler's error after it has been recorded."""

    def failing(_context: JobContext) -> None:
        raise ConflictError(_("Belum bisa."))

    leuit = make(probe.vocabulary(probe.kind("failing", failing)))
    job_id = probe.ask(leuit, "failing")
    with pytest.raises(ConflictError):
        Worker(leuit).run_pending(raise_errors=True)
    assert probe.job(leuit, job_id).status == "waiting"


def test_a_started_worker_is_woken_by_the_commit(make: Make) -> None:
    """Workers of the process are told of a job once its unit has committed, without a poll."""
    done = threading.Event()
    leuit = make(probe.vocabulary(probe.kind("tell", lambda _context: done.set())))
    worker = Worker(leuit, poll_seconds=3600)
    worker.start()
    try:
        probe.ask(leuit, "tell")
        assert done.wait(20)
    finally:
        worker.stop()


def test_a_lost_wake_up_costs_one_poll(make: Make) -> None:
    """A job nobody was told of is found by looking."""
    done = threading.Event()
    leuit = make(probe.vocabulary(probe.kind("tell", lambda _context: done.set())))
    other = make(leuit.vocabulary)  # its commits wake nobody here
    worker = Worker(leuit, poll_seconds=0.01)
    worker.start()
    try:
        probe.ask(other, "tell")
        assert done.wait(20)
    finally:
        worker.stop()


def test_a_busy_process_tells_its_neighbours(make: Make, engine: str) -> None:
    """On PostgreSQL the workers of other processes hear of a job when their own poll is far off."""
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def busy(_context: JobContext) -> None:
        begun.set()
        assert go_on.wait(60)

    words = probe.vocabulary(
        probe.kind("busy", busy), probe.kind("tell", lambda _context: done.set())
    )
    leuit, other = make(words), make(words)
    worker, neighbour = (Worker(app, threads=1, poll_seconds=3600) for app in (leuit, other))
    worker.start()
    try:
        probe.ask(leuit, "busy")
        assert begun.wait(20)
        if engine == "sqlite":  # no other process writes there: nobody to tell
            assert worker._neighbours is None
            return
        neighbour.start()
        probe.ask(leuit, "tell")
        assert done.wait(20)
    finally:
        go_on.set()
        neighbour.stop()
        worker.stop()


def test_a_worker_outlives_faults(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong while looking for jobs, the thread is there when it is mended."""
    done = threading.Event()
    faults: list[Exception] = [UnavailableError(_("Basis data tidak ada.")), RuntimeError("odd")]

    def faulty(app: Leuit, queues: tuple[str, ...] | None) -> bool:
        if faults:
            raise faults.pop()
        return has_due(app, queues)

    monkeypatch.setattr("leuit.work.worker.has_due", faulty)
    monkeypatch.setattr("leuit.work.worker.FAULT_SECONDS", 0.0)
    leuit = make(probe.vocabulary(probe.kind("tell", lambda _context: done.set())))
    probe.ask(leuit, "tell")
    worker = Worker(leuit, threads=1, poll_seconds=0.01)
    worker.start()
    try:
        assert done.wait(20)
    finally:
        worker.stop()
    assert faults == []


def test_a_worker_outlives_its_connections(
    make: Make,
    engine: str,
    database_url: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After every connection of the pool was cut, jobs are done again without a restart."""
    done = threading.Semaphore(0)
    monkeypatch.setattr("leuit.work.worker.FAULT_SECONDS", 0.0)
    leuit = make(probe.vocabulary(probe.kind("tell", lambda _context: done.release())))
    other = make(leuit.vocabulary)
    worker = Worker(leuit, threads=1, poll_seconds=0.01)
    worker.start()
    try:
        probe.ask(leuit, "tell")
        assert done.acquire(timeout=20)
        other.close()
        if engine == "postgresql":
            request.getfixturevalue("postgres").disconnect_all(database_url)
        else:
            leuit.close()
        probe.ask(other, "tell")
        assert done.acquire(timeout=20)
    finally:
        worker.stop()
