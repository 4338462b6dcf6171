"""What operators can see of jobs and do to them, each act audited."""

import datetime as dt
import threading
from uuid import UUID

import attrs
import pytest
from sqlalchemy import func, select

from leuit.identity import SYSTEM
from leuit.values import ConflictError, ManualClock, NotFoundError, _, new_id
from leuit.work import (
    JOBS,
    AuditEntry,
    Job,
    JobContext,
    JobCount,
    JobKind,
    JobsHealth,
    JobStep,
    Leuit,
    Worker,
    cancel_job,
    count_jobs,
    jobs_health,
    list_jobs,
    retry_job,
    retry_parked,
    run_job_now,
)

from . import probe
from .conftest import Make


def failing(_context: JobContext) -> None:
    raise ConflictError(_("Belum bisa."))


ONCE = probe.kind("once", failing, max_attempts=1)


def audited(app: Leuit) -> list[tuple[str, str]]:
    """Actions and ids of the log, in order."""
    with app.read(SYSTEM) as view:
        query = select(AuditEntry.action, AuditEntry.ref_id).order_by(AuditEntry.id)
        return [(row.action, row.ref_id) for row in view.session.execute(query)]


def test_health_counts_what_waits_and_what_is_parked(make: Make, clock: ManualClock) -> None:
    """The oldest age is that of jobs that are due, not of those planned for later."""
    leuit = make(probe.vocabulary(ONCE))
    probe.ask(leuit, "once")
    Worker(leuit).run_pending()
    probe.ask(leuit, "echo", run_at=clock.now() + dt.timedelta(days=1))
    with leuit.read(SYSTEM) as view:
        assert jobs_health(view) == JobsHealth(1, 0, 1, 0.0)
    probe.ask(leuit, "echo")
    clock.advance(dt.timedelta(minutes=2))
    with leuit.read(SYSTEM) as view:
        assert jobs_health(view) == JobsHealth(2, 0, 1, 120.0)
        assert count_jobs(view) == [
            JobCount("probe.echo", "waiting", 2),
            JobCount("probe.once", "parked", 1),
        ]


def test_lists_are_newest_first_in_pages(leuit: Leuit) -> None:
    """Filters by status and kind, and a page begins where the last one ended."""
    ids = [probe.ask(leuit, "echo") for _number in range(5)]
    probe.ask(leuit, "steps", {"steps": 1})
    with leuit.read(SYSTEM) as view:
        page = list_jobs(view, status="waiting", kind="probe.echo", limit=3)
        assert [job.id for job in page] == ids[:1:-1]
        rest = list_jobs(view, kind="probe.echo", before=page[-1].id)
        assert [job.id for job in rest] == ids[1::-1]
        assert list_jobs(view, status="parked") == []


def test_a_parked_job_can_be_retried(make: Make) -> None:
    """It runs again with a clean count; the act is in the log."""
    leuit = make(probe.vocabulary(ONCE))
    job_id = probe.ask(leuit, "once")
    worker = Worker(leuit)
    worker.run_pending()
    with leuit.change(SYSTEM) as work:
        assert retry_job(work, job_id) == "waiting"
    job = probe.job(leuit, job_id)
    assert (job.failures, job.parked_for, job.error) == (0, None, None)
    assert worker.run_pending() == 1
    assert audited(leuit) == [("core.job.retried", str(job_id))]


def test_a_retry_beside_an_equal_waiting_job_is_merged(make: Make) -> None:
    """Two equal jobs never wait at once, also not by an operator's hand."""
    leuit = make(probe.vocabulary(ONCE))
    job_id = probe.ask(leuit, "once", dedupe_key="k")
    Worker(leuit).run_pending()
    newer = probe.ask(leuit, "once", dedupe_key="k")
    with leuit.change(SYSTEM) as work:
        assert retry_job(work, job_id) == "merged"
    assert probe.job(leuit, job_id).status == "merged"
    assert probe.job(leuit, newer).status == "waiting"


def test_all_parked_jobs_can_be_retried_at_once(make: Make) -> None:
    """Every parked job of the kind, or of all kinds; equal ones become one."""
    leuit = make(probe.vocabulary(ONCE))
    for key in (None, "k"):
        probe.ask(leuit, "once", dedupe_key=key)
        Worker(leuit).run_pending()
    probe.ask(leuit, "once", dedupe_key="k")
    Worker(leuit).run_pending()
    with leuit.change(SYSTEM) as work:
        assert retry_parked(work, "probe.echo") == 0
        assert retry_parked(work) == 3
    with leuit.read(SYSTEM) as view:
        assert count_jobs(view) == [
            JobCount("probe.once", "merged", 1),
            JobCount("probe.once", "waiting", 2),
        ]


def test_a_waiting_job_can_be_cancelled(leuit: Leuit) -> None:
    """It is never begun, unless somebody lets it try again."""
    job_id = probe.ask(leuit, "echo")
    with leuit.change(SYSTEM) as work:
        cancel_job(work, job_id)
    assert Worker(leuit).run_pending() == 0
    with leuit.change(SYSTEM) as work:
        retry_job(work, job_id)
    assert Worker(leuit).run_pending() == 1
    assert [action for action, _ref in audited(leuit)] == ["core.job.cancelled", "core.job.retried"]


def test_a_running_job_stops_before_its_next_unit(make: Make) -> None:
    """Cancelling takes the lease away; what was stored before stays, nothing is added."""

    def long(context: JobContext) -> None:
        with context.change() as work:
            probe.write(work, "before")
        with context.app.change(SYSTEM) as work:
            cancel_job(work, context.job_id)
        with context.change() as work:
            probe.write(work, "after")

    leuit = make(probe.vocabulary(probe.kind("long", long)))
    job_id = probe.ask(leuit, "long")
    Worker(leuit).run_pending()
    assert probe.words(leuit) == ["before"]
    assert probe.job(leuit, job_id).status == "cancelled"


def test_a_planned_job_can_run_now(leuit: Leuit, clock: ManualClock) -> None:
    """It is due at once, workers are woken, and the act is in the log."""
    job_id = probe.ask(leuit, "echo", run_at=clock.now() + dt.timedelta(days=9))
    woken = threading.Event()
    leuit.on_wake(woken.set)
    with leuit.change(SYSTEM) as work:
        run_job_now(work, job_id)
    assert woken.is_set()
    assert Worker(leuit).run_pending() == 1
    assert audited(leuit) == [("core.job.hastened", str(job_id))]


@pytest.mark.parametrize("act", [retry_job, cancel_job, run_job_now])
def test_an_act_that_does_not_fit_is_refused(leuit: Leuit, act: object) -> None:
    """A job that is done, and one that is not there, are refused with a sentence, unaudited."""
    assert callable(act)
    job_id = probe.ask(leuit, "echo")
    Worker(leuit).run_pending()
    with pytest.raises(ConflictError, match="done"), leuit.change(SYSTEM) as work:
        act(work, job_id)
    with pytest.raises(NotFoundError), leuit.change(SYSTEM) as work:
        act(work, new_id())
    assert audited(leuit) == []


def test_old_jobs_are_purged_with_their_steps(make: Make, clock: ManualClock) -> None:
    """What ended long ago goes; parked, waiting and younger jobs stay."""
    purge = next(value for value in JOBS if isinstance(value, JobKind))
    leuit = make(probe.vocabulary(ONCE, purge))
    for name, args in (("steps", {"steps": 2}), ("once", {}), ("echo", {})):
        probe.ask(leuit, name, args)
    worker = Worker(leuit)
    worker.run_pending()
    clock.advance(dt.timedelta(days=31))
    young = probe.ask(leuit, "echo")
    worker.run_pending()
    waiting = probe.ask(leuit, "echo", run_at=clock.now() + dt.timedelta(days=1))
    with leuit.change(SYSTEM) as work:
        own = work.enqueue(purge.name, {})
    worker.run_pending(raise_errors=True)
    left: set[UUID]
    with leuit.read(SYSTEM) as view:
        left = set(view.session.execute(select(Job.id)).scalars())
        steps = view.session.execute(select(func.count()).select_from(JobStep)).scalar_one()
        parked = view.session.execute(select(Job.id).where(Job.status == "parked")).scalar_one()
    assert left == {young, waiting, own, parked}
    assert steps == 0


def test_the_purge_goes_on_beyond_one_unit(make: Make, clock: ManualClock) -> None:
    """More old jobs than one unit deletes are deleted too; `days` can be chosen."""
    purge = next(value for value in JOBS if isinstance(value, JobKind))
    leuit = make(probe.vocabulary(purge))
    long_ago = clock.now() - dt.timedelta(days=8)
    with leuit.change(SYSTEM) as work:
        for _number in range(1003):
            old = {"kind": "probe.echo", "args": {}, "status": "done", "queue": "default"}
            moments = {"run_at": long_ago, "created_at": long_ago, "finished_at": long_ago}
            work.session.add(Job(**old, **moments, priority=0))
        work.enqueue(purge.name, {"days": 7})
    Worker(leuit).run_pending(raise_errors=True)
    with leuit.read(SYSTEM) as view:
        assert [attrs.astuple(count) for count in count_jobs(view)] == [
            ("core.jobs.purge", "done", 1)
        ]
