"""What becomes of a job that fails: another try after a pause, then a person's decision."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import update

from leuit.identity import SYSTEM
from leuit.values import ConflictError, ManualClock, SetupError, _, new_id
from leuit.work import Job, JobContext, Leuit, Work, Worker
from leuit.work.claim import claim
from leuit.work.finish import FIRST_DELAY, LONGEST_DELAY, backoff
from leuit.work.leases import database_now

from . import probe
from .conftest import Make


def failing(_context: JobContext) -> None:
    raise ConflictError(_("Mesin sidik jari menolak."), advice=_("Periksa kabelnya."))


def expire_lease(app: Leuit) -> None:
    """Let every lease run out, as if its worker had died a while ago."""
    with app.change(SYSTEM) as work:
        past = database_now(app.database, -1)
        work.connection.execute(update(Job).values(lease_until=past))


def test_a_failed_job_waits_for_its_pause(make: Make, clock: ManualClock) -> None:
    """It comes back after the pause that its id and failure give, with the error's sentence."""
    leuit = make(probe.vocabulary(probe.kind("failing", failing)))
    job_id = probe.ask(leuit, "failing")
    worker = Worker(leuit)
    assert worker.run_pending() == 1
    job = probe.job(leuit, job_id)
    assert (job.status, job.failures) == ("waiting", 1)
    assert job.error == "Mesin sidik jari menolak. Periksa kabelnya."
    assert job.run_at == probe.START + backoff(job_id, 1)
    clock.set(job.run_at - dt.timedelta(microseconds=1))
    assert worker.run_pending() == 0
    clock.set(job.run_at)
    assert worker.run_pending() == 1


def test_pauses_grow_and_are_told_apart() -> None:
    """From 5 s by four to an hour, at most a quarter more, differing between jobs, repeatable."""
    for failures, expected in (
        (1, 5),
        (2, 20),
        (3, 80),
        (4, 320),
        (5, 1280),
        (6, 3600),
        (99, 3600),
    ):
        pauses = {backoff(new_id(), failures).total_seconds() for _number in range(50)}
        assert len(pauses) > 40
        assert expected <= min(pauses)
        assert max(pauses) <= expected * 1.25
    job_id = new_id()
    assert backoff(job_id, 3) == backoff(job_id, 3)
    assert (FIRST_DELAY, LONGEST_DELAY) == (5, 3600)


def test_too_many_failures_park(make: Make, clock: ManualClock) -> None:
    """After `max_attempts` failures in a row the job is parked with the last sentence."""
    leuit = make(probe.vocabulary(probe.kind("failing", failing, max_attempts=3)))
    job_id = probe.ask(leuit, "failing")
    worker = Worker(leuit)
    for _number in range(5):
        worker.run_pending()
        clock.advance(dt.timedelta(hours=2))
    job = probe.job(leuit, job_id)
    assert (job.status, job.parked_for, job.attempts) == ("parked", "failed", 3)
    assert job.error == "Mesin sidik jari menolak. Periksa kabelnya."
    Worker(leuit).run_pending()
    assert probe.job(leuit, job_id).status == "parked"


def test_progress_forgives_failures(make: Make, clock: ManualClock) -> None:
    """A job that finishes a step between failures is not parked however often it fails."""

    def slow(context: JobContext) -> None:
        for number in range(6):
            done = context.step(f"step {number}", lambda work: {"at": work.now.isoformat()})
            if done["at"] == context.now().isoformat():
                raise ConflictError(_("Belum bisa."))

    leuit = make(probe.vocabulary(probe.kind("slow", slow, max_attempts=2)))
    job_id = probe.ask(leuit, "slow")
    worker = Worker(leuit)
    for _number in range(7):
        worker.run_pending()
        clock.advance(dt.timedelta(hours=2))
    job = probe.job(leuit, job_id)
    assert (job.status, job.attempts) == ("done", 7)


def test_an_error_of_the_setup_parks_at_once_and_is_tried_at_the_next_start(make: Make) -> None:
    """A SetupError is not retried by the clock, but by the next worker that begins."""
    mended: list[bool] = []

    def needs_setup(_context: JobContext) -> None:
        if not mended:
            raise SetupError(_("Alamat server belum diisi."))

    leuit = make(probe.vocabulary(probe.kind("setup", needs_setup)))
    job_id = probe.ask(leuit, "setup")
    worker = Worker(leuit)
    worker.run_pending()
    job = probe.job(leuit, job_id)
    assert (job.status, job.parked_for, job.error) == (
        "parked",
        "setup",
        "Alamat server belum diisi.",
    )
    mended.append(True)
    assert worker.run_pending() == 0
    assert Worker(leuit).run_pending() == 1
    assert probe.job(leuit, job_id).status == "done"


def test_jobs_of_a_missing_plugin_wait_for_it(make: Make) -> None:
    """A kind nobody registered parks with that reason; when it is back the job is done."""
    whole = probe.vocabulary(probe.kind("lost", probe.echo))
    with_plugin, without = make(whole), make(probe.vocabulary())
    job_id = probe.ask(with_plugin, "lost", {"word": "back"})
    other = probe.ask(with_plugin, "echo", {"word": "other"})
    Worker(without).run_pending()
    job = probe.job(without, job_id)
    assert (job.status, job.parked_for) == ("parked", "unknown_kind")
    assert job.error is not None
    assert "probe.lost" in job.error
    assert probe.job(without, other).status == "done"
    Worker(without).run_pending()
    assert probe.job(without, job_id).status == "parked"
    Worker(with_plugin).run_pending()
    assert probe.words(without) == ["other", "back"]
    assert probe.job(without, job_id).error is None


def test_a_job_that_kills_its_worker_is_parked(leuit: Leuit) -> None:
    """Deaths without progress count like failures, so that one job cannot kill for ever."""
    job_id = probe.ask(leuit, "echo")
    for _number in range(5):
        assert claim(leuit, "dead@elsewhere", None, 30) is not None
        expire_lease(leuit)
    assert Worker(leuit).run_pending() == 1
    job = probe.job(leuit, job_id)
    assert (job.status, job.parked_for) == ("parked", "failed")
    assert job.error == "Pekerjanya mati 5 kali berturut-turut di tengah pekerjaan ini."
    assert probe.words(leuit) == []


def test_an_unforeseen_error_is_stored_as_text_both_engines_keep(make: Make) -> None:
    """Any exception ends in the row, cut to length and without NUL."""

    def broken(_context: JobContext) -> None:
        raise RuntimeError("a\x00b" + "c" * 5000)

    leuit = make(probe.vocabulary(probe.kind("broken", broken)))
    job_id = probe.ask(leuit, "broken")
    Worker(leuit).run_pending()
    error = probe.job(leuit, job_id).error
    assert error is not None
    assert error.startswith("RuntimeError: a\ufffdbccc")
    assert len(error) == 2000


@pytest.mark.parametrize("result", [{"at": dt.date(2026, 1, 1)}, {"x": float("nan")}])
def test_a_result_that_is_not_json_stores_nothing(make: Make, result: dict[str, Any]) -> None:
    """A step whose result cannot be kept is rolled back as a whole."""

    def odd(context: JobContext) -> None:
        def part(work: Work) -> dict[str, Any]:
            probe.write(work, "odd")
            return result

        context.step("part", part)

    leuit = make(probe.vocabulary(probe.kind("odd", odd)))
    job_id = probe.ask(leuit, "odd")
    Worker(leuit).run_pending()
    assert probe.words(leuit) == []
    assert probe.job(leuit, job_id).failures == 1
