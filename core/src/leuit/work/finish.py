"""How a job leaves a worker's hands: done, to be tried again, parked, or given back.

Each is one unit of work and counts only while the claim holds; a worker that lost its lease finds
no row and changes nothing.
"""

import datetime as dt
import hashlib
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, case, select, update
from sqlalchemy.exc import IntegrityError

from .claim import Claimed
from .leases import has_status
from .models import Job
from .unit import Work

Outcome = Literal["done", "waiting", "merged", "parked", "lost"]
ParkedFor = Literal["failed", "unknown_kind", "setup"]

FIRST_DELAY = 5.0
LONGEST_DELAY = 3600.0
MERGED_TRIES = 5


def backoff(job_id: UUID, failures: int) -> dt.timedelta:
    """The pause before the next attempt: 5 s, then four times as long each, at most an hour.

    Up to a quarter is added, so that jobs which failed together do not come back together. It is
    drawn from the job's id: the same job and failure always give the same pause.
    """
    seconds: float = min(LONGEST_DELAY, FIRST_DELAY * 4.0 ** min(failures - 1, 10))
    digest = hashlib.sha256(job_id.bytes + failures.to_bytes(4, "big")).digest()
    return dt.timedelta(seconds=seconds * (1 + int.from_bytes(digest[:4], "big") / 2**34))


def finish(work: Work, job: Claimed, progress: dict[str, Any]) -> Outcome:
    """The job is done."""
    values = {"status": "done", "finished_at": work.now, "error": None, "lease_until": None}
    return "done" if _mark(work, job.is_mine(), values | progress) else "lost"


def fail(
    work: Work, job: Claimed, error: str, max_attempts: int, progress: dict[str, Any]
) -> Outcome:
    """The handler raised: wait for another attempt, or park when too many got nowhere."""
    failures = work.session.execute(
        select(Job.failures).where(job.is_mine()).with_for_update()
    ).scalar_one_or_none()
    if failures is None:
        return "lost"
    failures += 1
    if failures >= max_attempts:
        return park(work, job, error, "failed", {"failures": failures} | progress)
    later = work.now + backoff(job.id, failures)
    values = {"error": error, "failures": failures, "run_at": later} | progress
    return to_waiting(work, job.is_mine(), job.dedupe_key, values)


def park(
    work: Work, job: Claimed, error: str, reason: ParkedFor, values: dict[str, Any] | None = None
) -> Outcome:
    """The job waits for a person, or for its plugin, with the reason in a sentence."""
    parked = {
        "status": "parked",
        "parked_for": reason,
        "error": error,
        "finished_at": work.now,
        "lease_until": None,
    }
    return "parked" if _mark(work, job.is_mine(), parked | (values or {})) else "lost"


def give_back(work: Work, job: Claimed, progress: dict[str, Any]) -> Outcome:
    """The worker stops: somebody else goes on at once, and no attempt is counted."""
    values = {"run_at": work.now} | progress
    return to_waiting(work, job.is_mine(), job.dedupe_key, values)


def to_waiting(
    work: Work, which: ColumnElement[bool], dedupe_key: str | None, values: dict[str, Any]
) -> Outcome:
    """Put one job back among the waiting; "lost" when it is not there any more.

    When an equal job came to wait in the meantime it is merged into that one, which takes over
    the count of failures: otherwise a job that always fails would never be parked.
    """
    waiting = {
        "status": "waiting",
        "parked_for": None,
        "lease_until": None,
        "finished_at": None,
    } | values
    for _try in range(MERGED_TRIES):
        if dedupe_key is not None and _merge(work, which, dedupe_key, values):
            return "merged"
        try:
            with work.session.begin_nested():
                return "waiting" if _mark(work, which, waiting) else "lost"
        except IntegrityError:
            if dedupe_key is None:
                raise
    return "lost"


def _merge(work: Work, which: ColumnElement[bool], dedupe_key: str, values: dict[str, Any]) -> bool:
    newer = work.session.execute(
        select(Job.id).where(has_status("waiting"), Job.dedupe_key == dedupe_key).with_for_update()
    ).scalar_one_or_none()
    if newer is None:
        return False
    merged = {"status": "merged", "parked_for": None, "lease_until": None, "finished_at": work.now}
    kept = {key: value for key, value in values.items() if key != "run_at"}
    if not _mark(work, which, kept | merged):
        return False
    failures = values.get("failures", 0)
    most = case((Job.failures > failures, Job.failures), else_=failures)
    _mark(work, Job.id == newer, {"failures": most})
    return True


def _mark(work: Work, which: ColumnElement[bool], values: dict[str, Any]) -> bool:
    result = work.connection.execute(update(Job).where(which).values(**values))
    return result.rowcount == 1
