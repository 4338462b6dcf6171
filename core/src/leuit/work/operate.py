"""What operators see of the jobs and do to them.

Functions take the view or the work of the caller, who has checked the permission; each act is
audited. Arguments of a job may name people, so that lists show them only to operators.
"""

from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Select, and_, func, select, update

from leuit.values import ConflictError, NotFoundError, RecordRef, _

from .finish import Outcome, to_waiting
from .leases import has_status
from .models import Job
from .unit import Work
from .view import View

RETRIED = "core.job.retried"
CANCELLED = "core.job.cancelled"
HASTENED = "core.job.hastened"
JOB_STATUSES = ("waiting", "running", "parked", "done", "cancelled", "merged")


@attrs.frozen
class JobCount:
    """How many jobs of a kind have a status."""

    kind: str
    status: str
    count: int


@attrs.frozen
class JobsHealth:
    """Whether jobs keep up: `oldest_seconds` is how long the most belated job is overdue."""

    waiting: int
    running: int
    parked: int
    oldest_seconds: float


def list_jobs(
    view: View,
    *,
    status: str | None = None,
    kind: str | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> list[Job]:
    """Jobs, the newest first; `before` is the last id of the page before."""
    query = select(Job).order_by(Job.id.desc()).limit(limit)
    if status is not None:
        query = query.where(Job.status == status)
    if kind is not None:
        query = query.where(Job.kind == kind)
    if before is not None:
        query = query.where(Job.id < before)
    return list(view.session.execute(query).scalars())


def count_jobs(view: View) -> list[JobCount]:
    """Numbers by kind and status."""
    query = (
        select(Job.kind, Job.status, func.count())
        .group_by(Job.kind, Job.status)
        .order_by(Job.kind, Job.status)
    )
    return [JobCount(*row) for row in view.session.execute(query)]


def jobs_health(view: View) -> JobsHealth:
    """The numbers that an alarm watches."""

    def number(status: str) -> int:
        query: Select[Any] = select(func.count()).select_from(Job).where(has_status(status))
        return int(view.session.execute(query).scalar_one())

    oldest = view.session.execute(
        select(Job.run_at)
        .where(has_status("waiting"), Job.run_at <= view.now)
        .order_by(Job.run_at)
        .limit(1)
    ).scalar_one_or_none()
    return JobsHealth(
        waiting=number("waiting"),
        running=number("running"),
        parked=number("parked"),
        oldest_seconds=(view.now - oldest).total_seconds() if oldest else 0.0,
    )


def retry_job(work: Work, job_id: UUID) -> Outcome:
    """Let a parked or cancelled job try again now, with a clean count of failures.

    Finished steps stay finished. "merged" when an equal job waits already. Raises ConflictError
    for a job in another state.
    """
    job = _locked(work, job_id)
    if job.status not in ("parked", "cancelled"):
        raise _wrong_state(job, _("Hanya pekerjaan yang diparkir atau dibatalkan dapat diulang."))
    outcome = _again(work, job)
    work.audit(RETRIED, _ref(job), outcome=outcome)
    return outcome


def retry_parked(work: Work, kind: str | None = None) -> int:
    """Let every parked job (of a kind) try again now; the number of jobs."""
    query = select(Job).where(has_status("parked")).order_by(Job.id).with_for_update()
    if kind is not None:
        query = query.where(Job.kind == kind)
    found = list(work.session.execute(query).scalars())
    for job in found:
        work.audit(RETRIED, _ref(job), outcome=_again(work, job))
    return len(found)


def cancel_job(work: Work, job_id: UUID) -> None:
    """Cancel a job that is not done; a running one stops before its next unit of work.

    What it has stored so far stays. Raises ConflictError for a job that has ended.
    """
    job = _locked(work, job_id)
    if job.status not in ("waiting", "running", "parked"):
        raise _wrong_state(job, _("Pekerjaan ini sudah berakhir."))
    work.connection.execute(
        update(Job)
        .where(Job.id == job.id)
        .values(status="cancelled", parked_for=None, lease_until=None, finished_at=work.now)
    )
    work.audit(CANCELLED, _ref(job), was=job.status)


def run_job_now(work: Work, job_id: UUID) -> None:
    """Let a waiting job begin at once instead of at its time; raises ConflictError otherwise."""
    job = _locked(work, job_id)
    if job.status != "waiting":
        raise _wrong_state(job, _("Hanya pekerjaan yang menunggu dapat dipercepat."))
    work.connection.execute(
        update(Job).where(Job.id == job.id, has_status("waiting")).values(run_at=work.now)
    )
    work.after_commit(work.app.wake)
    work.audit(HASTENED, _ref(job))


def _again(work: Work, job: Job) -> Outcome:
    fresh = {"failures": 0, "error": None, "run_at": work.now}
    which = and_(Job.id == job.id, Job.status == job.status)
    outcome = to_waiting(work, which, job.dedupe_key, fresh)
    if work.app.wake not in work.on_commit:
        work.after_commit(work.app.wake)
    return outcome


def _locked(work: Work, job_id: UUID) -> Job:
    job = work.session.execute(
        select(Job).where(Job.id == job_id).with_for_update()
    ).scalar_one_or_none()
    if job is None:
        raise NotFoundError(_("Pekerjaan itu tidak ada."))
    return job


def _ref(job: Job) -> RecordRef:
    return RecordRef("core.job", str(job.id), job.kind)


def _wrong_state(job: Job, sentence: str) -> ConflictError:
    return ConflictError(sentence, advice=_("Keadaannya sekarang: %(status)s."), status=job.status)
