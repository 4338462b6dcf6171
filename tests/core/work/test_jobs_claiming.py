"""A job is one worker's at a time, and who has lost it cannot write for it any more."""

import threading
from collections import Counter
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy import update

from leuit.identity import SYSTEM
from leuit.work import Job, JobContext, Leuit, LostLeaseError, Work, Worker
from leuit.work.claim import Claimed, _due, claim, has_due
from leuit.work.finish import finish
from leuit.work.leases import database_now
from leuit.work.running import Gate, RunningJob, renew

from . import probe
from .conftest import Make


def expire_lease(app: Leuit) -> None:
    """Let every lease run out, as if its worker had died a while ago."""
    with app.change(SYSTEM) as work:
        past = database_now(app.database, -1)
        work.connection.execute(update(Job).values(lease_until=past))


def taken(app: Leuit, worker: str = "one") -> Claimed:
    """A job claimed by a worker of that name."""
    claimed = claim(app, worker, None, 30)
    assert claimed is not None
    return claimed


def test_a_held_job_cannot_be_claimed(leuit: Leuit) -> None:
    """While its lease lasts, a job is nobody else's, and nothing is due."""
    probe.ask(leuit, "echo")
    assert has_due(leuit, None)
    taken(leuit)
    assert not has_due(leuit, None)
    assert claim(leuit, "two", None, 30) is None


def test_an_expired_lease_is_taken_over(leuit: Leuit) -> None:
    """A silent worker's job goes to the next one, as a new attempt."""
    job_id = probe.ask(leuit, "echo")
    assert not taken(leuit).taken_over
    expire_lease(leuit)
    assert has_due(leuit, None)
    again = taken(leuit, "two")
    assert (again.id, again.attempt, again.failures, again.taken_over) == (job_id, 2, 1, True)


def test_jobs_of_a_dead_process_are_free_at_once_on_sqlite(leuit: Leuit, engine: str) -> None:
    """On SQLite only one process writes, so a new one need not wait for the lease of the old."""
    probe.ask(leuit, "echo")
    taken(leuit, "worker-1@elsewhere:1:dead")
    assert Worker(leuit).run_pending() == (1 if engine == "sqlite" else 0)


def test_workers_of_this_process_keep_their_leases(make: Make) -> None:
    """A second worker beginning in the same process does not take what the first is doing."""
    inside: list[int] = []

    def nested(context: JobContext) -> None:
        inside.append(Worker(context.app).run_pending())

    leuit = make(probe.vocabulary(probe.kind("nested", nested)))
    probe.ask(leuit, "nested")
    assert Worker(leuit).run_pending() == 1
    assert inside == [0]


def test_who_lost_the_lease_cannot_finish(leuit: Leuit) -> None:
    """Finishing is fenced: the old holder's report changes nothing."""
    job_id = probe.ask(leuit, "echo")
    old = taken(leuit)
    expire_lease(leuit)
    new = taken(leuit, "two")
    with leuit.change(SYSTEM) as work:
        assert finish(work, old, {}) == "lost"
    assert probe.job(leuit, job_id).status == "running"
    with leuit.change(SYSTEM) as work:
        assert finish(work, new, {}) == "done"


def test_the_same_worker_is_fenced_from_its_earlier_attempt(leuit: Leuit) -> None:
    """The number of the attempt fences too, as a worker can take over from itself."""
    probe.ask(leuit, "echo")
    old = taken(leuit)
    expire_lease(leuit)
    assert taken(leuit).attempt == 2
    with leuit.change(SYSTEM) as work:
        assert finish(work, old, {}) == "lost"


def test_who_lost_the_lease_cannot_write(make: Make) -> None:
    """A unit or step of the old holder fails as a whole; the new holder's rows stand alone."""
    leuit = make(probe.vocabulary())
    probe.ask(leuit, "echo")
    old = RunningJob(leuit, taken(leuit), Gate(), 30)
    expire_lease(leuit)
    new = RunningJob(leuit, taken(leuit, "two"), Gate(), 30)

    def late(work: Work) -> dict[str, Any]:
        probe.write(work, "late")
        return {}

    with pytest.raises(LostLeaseError):
        old.step("part", late)
    with pytest.raises(LostLeaseError), old.change():
        pass
    new.step("part", late)
    assert probe.words(leuit) == ["late"]


def test_nobody_takes_a_job_over_in_the_middle_of_its_unit(leuit: Leuit, engine: str) -> None:
    """However long a unit lasts, nobody takes the job over before it has ended."""
    probe.ask(leuit, "echo")
    job = RunningJob(leuit, taken(leuit), Gate(), 0.0)
    other: list[Claimed | None] = []
    thread = threading.Thread(target=lambda: other.append(claim(leuit, "two", None, 30)))
    with job.change() as work:
        thread.start()
        if engine == "postgresql":  # the row is locked and skipped
            thread.join()
            assert other == [None]
        probe.write(work, "mine")
        assert not any(other)
    thread.join()  # on SQLite it waited for the one writer
    assert probe.words(leuit) == ["mine"]


def test_a_renewed_lease_lasts(leuit: Leuit) -> None:
    """The minder's renewal keeps a job between units; it does not give back what was lost."""
    job_id = probe.ask(leuit, "echo")
    held = taken(leuit)
    expire_lease(leuit)
    renew(leuit, [held], 30)
    assert claim(leuit, "two", None, 30) is None
    expire_lease(leuit)
    taken(leuit, "two")
    renew(leuit, [held], 30)
    assert probe.job(leuit, job_id).worker == "two"


def test_long_handlers_keep_their_lease(make: Make) -> None:
    """A handler that opens no unit for longer than the lease is still the only one."""
    taken_over = threading.Event()

    def long(context: JobContext) -> None:
        other = Worker(context.app, lease_seconds=0.3)
        assert other.run_pending() == 0
        assert not taken_over.wait(1.0)  # longer than three leases
        assert other.run_pending() == 0

    leuit = make(probe.vocabulary(probe.kind("long", long)))
    job_id = probe.ask(leuit, "long")
    Worker(leuit, lease_seconds=0.3).run_pending(raise_errors=True)
    assert probe.job(leuit, job_id).status == "done"


def test_many_workers_run_each_job_once(make: Make) -> None:
    """Eight threads of four workers do a hundred jobs, each exactly once."""
    counted: Counter[str] = Counter()
    lock = threading.Lock()
    all_done = threading.Event()

    def count(context: JobContext) -> None:
        with context.change() as work:
            probe.write(work, context.args["word"])
        with lock:
            counted[context.args["word"]] += 1
            if len(counted) == 100:
                all_done.set()

    leuit = make(probe.vocabulary(probe.kind("count", count)))
    with leuit.change(SYSTEM) as work:
        for number in range(100):
            work.enqueue("probe.count", {"word": f"{number:03}"})
    with ExitStack() as stack:
        for number in range(4):
            worker = Worker(leuit, threads=2, name=f"w{number}")
            stack.callback(worker.stop)
            worker.start()
        assert all_done.wait(60)
    assert sorted(probe.words(leuit)) == [f"{number:03}" for number in range(100)]
    assert set(counted.values()) == {1}


def test_a_job_asked_for_by_an_open_unit_is_not_begun(leuit: Leuit, engine: str) -> None:
    """A waiting job that an open unit asked for again starts only after that unit's commit."""
    probe.ask(leuit, "echo", dedupe_key="k")
    with leuit.change(SYSTEM) as work:
        work.enqueue("probe.echo", {}, dedupe_key="k")
        if engine == "postgresql":
            seen: list[Claimed | None] = []
            thread = threading.Thread(target=lambda: seen.append(claim(leuit, "one", None, 30)))
            thread.start()
            thread.join()
            assert seen == [None]
    assert claim(leuit, "one", None, 30) is not None


def test_stopping_gives_a_job_with_steps_back(make: Make) -> None:
    """A worker that stops leaves a job before its next step; another continues it, no failure."""
    begun, go_on = threading.Event(), threading.Event()

    def two(context: JobContext) -> None:
        context.step("one", lambda _work: {})
        begun.set()
        assert go_on.wait(30)
        context.step("two", lambda _work: {})

    leuit = make(probe.vocabulary(probe.kind("two", two)))
    job_id = probe.ask(leuit, "two")
    worker = Worker(leuit, threads=1)
    worker.start()
    assert begun.wait(30)
    stopper = threading.Thread(target=worker.stop)
    stopper.start()
    assert worker._gate.stopping.wait(30)
    go_on.set()
    stopper.join()
    job = probe.job(leuit, job_id)
    assert (job.status, job.failures, job.attempts) == ("waiting", 0, 1)
    assert Worker(leuit).run_pending() == 1
    assert probe.job(leuit, job_id).status == "done"


def test_stopping_waits_for_a_job_without_steps(make: Make) -> None:
    """A handler that is about to end may end, and is done."""
    begun, go_on = threading.Event(), threading.Event()

    def short(context: JobContext) -> None:
        begun.set()
        assert go_on.wait(30)
        with context.change() as work:
            probe.write(work, "ended")

    leuit = make(probe.vocabulary(probe.kind("short", short)))
    job_id = probe.ask(leuit, "short")
    worker = Worker(leuit, threads=1)
    worker.start()
    assert begun.wait(30)
    stopper = threading.Thread(target=worker.stop)
    stopper.start()
    assert worker._gate.stopping.wait(30)
    go_on.set()
    stopper.join()
    assert probe.job(leuit, job_id).status == "done"
    assert probe.words(leuit) == ["ended"]


def test_stopping_does_not_wait_for_ever(make: Make) -> None:
    """A handler that hangs loses its lease after the grace and can write nothing later."""
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def hangs(context: JobContext) -> None:
        begun.set()
        assert go_on.wait(30)
        try:
            with context.change() as work:
                probe.write(work, "too late")
        finally:
            ended.set()

    leuit = make(probe.vocabulary(probe.kind("hangs", hangs)))
    job_id = probe.ask(leuit, "hangs")
    worker = Worker(leuit, threads=1)
    worker.start()
    threads = list(worker._running)
    assert begun.wait(30)
    worker.stop(grace_seconds=0)
    assert probe.job(leuit, job_id).status == "waiting"
    go_on.set()
    assert ended.wait(30)
    for thread in threads:
        thread.join()
    assert probe.words(leuit) == []
    assert probe.job(leuit, job_id).status == "waiting"


def test_a_long_queue_is_read_from_its_index(leuit: Leuit, engine: str) -> None:
    """Looking for the next job sorts nothing, however many wait."""
    with leuit.change(SYSTEM) as work:
        connection = work.connection
        query = _due(work.now, None).limit(1)
        text = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
        if engine == "postgresql":  # so small a table would be read whole
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN" if engine == "postgresql" else "EXPLAIN QUERY PLAN"
        plan = "\n".join(str(row) for row in connection.exec_driver_sql(f"{explain} {text}"))
    assert "ix_job_claim" in plan
    assert "sort" not in plan.lower()
    assert "TEMP B-TREE" not in plan
