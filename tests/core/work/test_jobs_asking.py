"""Asking for a job: with the business row or not at all, and once for equal wishes."""

import datetime as dt
from uuid import UUID

import pytest
from sqlalchemy import func, select

from leuit.identity import SYSTEM
from leuit.values import ConflictError, ManualClock, SetupError, _
from leuit.work import Job, JobContext, Leuit, Worker
from leuit.work.leases import has_status

from . import probe
from .conftest import Make


def number_of_jobs(app: Leuit) -> int:
    """Every job there is."""
    with app.read(SYSTEM) as view:
        return view.session.execute(select(func.count()).select_from(Job)).scalar_one()


def test_a_unit_that_fails_asks_for_nothing(leuit: Leuit) -> None:
    """Neither the row nor the job of a unit that raises is there."""
    with pytest.raises(ConflictError), leuit.change(SYSTEM) as work:
        probe.write(work, "row")
        work.enqueue("probe.echo", {})
        raise ConflictError(_("Batal."))
    assert probe.words(leuit) == []
    assert number_of_jobs(leuit) == 0


def test_a_kind_nobody_knows_is_refused(leuit: Leuit) -> None:
    """Asking for an unknown kind is an error of the asker, at once."""
    with pytest.raises(SetupError, match=r"probe\.unknown"):
        probe.ask(leuit, "unknown")


def test_equal_wishes_are_one_job(leuit: Leuit) -> None:
    """While a job with the key waits, asking again gives the same job, at the earlier instant."""
    later = probe.START + dt.timedelta(days=1)
    first = probe.ask(leuit, "echo", dedupe_key="k", run_at=later)
    assert probe.ask(leuit, "echo", dedupe_key="k") == first
    assert probe.job(leuit, first).run_at == probe.START
    assert probe.ask(leuit, "echo", dedupe_key="k", run_at=later) == first
    assert probe.job(leuit, first).run_at == probe.START
    assert probe.ask(leuit, "echo", dedupe_key="other") != first


def test_a_wish_during_the_run_is_a_job_of_its_own(make: Make) -> None:
    """A running job may have read already what the new wish is about, so it does not count."""
    again: list[UUID] = []

    def asks(context: JobContext) -> None:
        if not again:
            again.append(probe.ask(context.app, "asks", dedupe_key="k"))

    leuit = make(probe.vocabulary(probe.kind("asks", asks)))
    first = probe.ask(leuit, "asks", dedupe_key="k")
    assert Worker(leuit).run_pending() == 2
    assert again != [first]
    assert probe.job(leuit, again[0]).status == "done"
    assert probe.ask(leuit, "asks", dedupe_key="k") not in (first, again[0])


def test_a_failed_job_is_merged_into_the_equal_one_that_waits(
    make: Make, clock: ManualClock
) -> None:
    """Two equal jobs never wait at once; the one that waits takes over the count of failures."""
    newer: list[UUID] = []

    def fails(context: JobContext) -> None:
        if not newer:
            later = context.now() + dt.timedelta(hours=1)
            newer.append(probe.ask(context.app, "fails", dedupe_key="k", run_at=later))
        raise ConflictError(_("Belum bisa."))

    leuit = make(probe.vocabulary(probe.kind("fails", fails, max_attempts=2)))
    first = probe.ask(leuit, "fails", dedupe_key="k")
    worker = Worker(leuit)
    worker.run_pending()
    job = probe.job(leuit, first)
    assert (job.status, job.error) == ("merged", "Belum bisa.")
    job = probe.job(leuit, newer[0])
    assert (job.status, job.failures) == ("waiting", 1)
    assert job.run_at == probe.START + dt.timedelta(hours=1)
    clock.advance(dt.timedelta(hours=2))
    worker.run_pending()
    assert probe.job(leuit, newer[0]).status == "parked"


def test_the_request_follows_the_job(make: Make) -> None:
    """Units of a job carry the request id of the unit that asked for it."""
    seen: list[str] = []

    def look(context: JobContext) -> None:
        with context.change() as work:
            seen.append(work.request_id)

    leuit = make(probe.vocabulary(probe.kind("look", look)))
    with leuit.change(SYSTEM, request_id="req-1") as work:
        work.enqueue("probe.look", {})
    Worker(leuit).run_pending()
    assert seen == ["req-1"]


def test_merging_finds_the_equal_job_by_its_index(leuit: Leuit, engine: str) -> None:
    """However many jobs there were, an equal one that waits is found without reading them."""
    with leuit.read(SYSTEM) as view:
        connection = view.connection
        query = select(Job.id).where(has_status("waiting"), Job.dedupe_key == "k")
        text = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
        if engine == "postgresql":  # so small a table would be read whole
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN" if engine == "postgresql" else "EXPLAIN QUERY PLAN"
        plan = "\n".join(str(row) for row in connection.exec_driver_sql(f"{explain} {text}"))
    assert "uq_job_waiting_key" in plan
