"""`kill -9` of real processes: nothing acknowledged is lost, doubled or half-done."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from leuit.identity import SYSTEM
from leuit.work import Job, JobStep, Leuit

from . import probe
from .conftest import Make

ROOT = Path(__file__).parents[3]
LEASE_SECONDS = 1.0


@contextmanager
def process(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """The probe in a process of its own, killed at the end if it still lives."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.core.work.probe", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as started:
        try:
            yield started
        finally:
            started.kill()


def heard(started: "subprocess.Popen[str]", word: str) -> None:
    """Read what the process tells until it says the word."""
    assert started.stdout is not None
    for line in started.stdout:
        if line.strip() == word:
            return
    raise AssertionError(f"the process ended before it said {word}")


def do_with_kills(app: Leuit, url: str, steps: int, kills: int) -> None:
    """A job of many steps whose worker is killed again and again, always a little further on."""
    job_id = probe.ask(app, "told", {"steps": steps})
    for number in range(1, kills + 1):
        with process("work", url, str(LEASE_SECONDS)) as worker:
            heard(worker, str(steps * number // (kills + 1)))
            worker.send_signal(signal.SIGKILL)
            worker.wait()
    with process("work", url, str(LEASE_SECONDS)) as worker:
        heard(worker, str(steps))
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(60) == 0
    job = probe.job(app, job_id)
    assert (job.status, job.attempts) == ("done", kills + 1)
    assert probe.words(app) == [f"step {number}" for number in range(steps)]
    with app.read(SYSTEM) as view:
        marks = select(func.count(JobStep.name.distinct())).where(JobStep.job_id == job_id)
        assert view.session.execute(marks).scalar_one() == steps


@pytest.fixture
def told(make: Make) -> Leuit:
    """An application that knows the kind of the process to be killed."""
    return make(probe.vocabulary(probe.kind("told", probe.told_steps)))


def test_a_killed_worker_loses_and_doubles_no_step(told: Leuit, database_url: str) -> None:
    """Forty steps, two kills: every step has its one row, though two failures would park."""
    do_with_kills(told, database_url, steps=40, kills=2)


@pytest.mark.ci
def test_three_kills_in_three_hundred_steps(told: Leuit, database_url: str) -> None:
    """Three hundred steps, three kills: three hundred distinct results."""
    do_with_kills(told, database_url, steps=300, kills=3)


def test_asking_is_part_of_the_unit(leuit: Leuit, database_url: str) -> None:
    """An asker killed between its row and its job leaves neither; earlier units have both."""
    for finished in (0, 1, 3):
        with process("ask", database_url) as asker:
            assert asker.stdin is not None
            for _number in range(finished):
                heard(asker, "between")
                asker.stdin.write("go on\n")
                asker.stdin.flush()
            heard(asker, "between")
            asker.send_signal(signal.SIGKILL)
            asker.wait()
    with leuit.read(SYSTEM) as view:
        jobs = view.session.execute(select(func.count()).select_from(Job)).scalar_one()
    assert len(probe.words(leuit)) == jobs == 4
