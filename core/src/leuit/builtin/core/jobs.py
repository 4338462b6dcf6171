"""Jobs as operators see them: a page and commands to list, retry, cancel and hasten."""

from uuid import UUID

from leuit.identity import SYSTEM
from leuit.plugins import CommandContext, HealthAnswer
from leuit.values import InvalidInputError, NotFoundError, _, format_number
from leuit.web import Request, Response, local, page, redirect
from leuit.work import (
    JOB_STATUSES,
    JobCount,
    View,
    Work,
    cancel_job,
    count_jobs,
    jobs_health,
    list_jobs,
    retry_job,
    retry_parked,
    run_job_now,
)

ACTS = {"retry": retry_job, "cancel": cancel_job, "now": run_job_now}
SHOWN = 50
LATE_SECONDS = 600


def show(request: Request) -> Response:
    """The newest jobs, by status when the address says one; older ones page by page."""
    status = request.query.get("status", "")
    before = job_id(request.query["before"]) if request.query.get("before") else None
    with request.read() as view:
        view.require_on_root("core.job.read")
        jobs = list_jobs(view, status=status or None, before=before, limit=SHOWN + 1)
        counts = count_jobs(view)
    kinds = request.app.vocabulary.kinds
    return page(
        request,
        "core/jobs.html",
        jobs=jobs[:SHOWN],
        older=jobs[SHOWN - 1].id if len(jobs) > SHOWN else None,
        newest=before is None,
        titles={name: kind.title for name, kind in kinds.items() if kind.title},
        counts=_by_status(counts),
        chosen=status,
        local=local,
    )


def act(request: Request) -> Response:
    """Retry, cancel or hasten one job."""
    deed = ACTS.get(request.form.get("act", ""))
    if deed is None:
        raise InvalidInputError(_("Pilih ulangi, batalkan, atau jalankan sekarang."))
    with request.change() as work:
        work.require_on_root("core.job.manage")  # a job belongs to the whole regency
        deed(work, job_id(request.params["id"]))
    return redirect("/jobs", _("Pekerjaan diperbarui."))


def listed(context: CommandContext, *, status: str | None = None, json: bool = False) -> int:
    """List the newest jobs, with --status waiting, running, parked, done, cancelled or merged."""
    if status is not None and status not in JOB_STATUSES:
        raise InvalidInputError(
            _("Keadaan pekerjaan “%s” tidak dikenal.") % status,
            advice=_("Pilih: %s.") % ", ".join(JOB_STATUSES),
        )
    with context.app.read(SYSTEM) as view:
        jobs = list_jobs(view, status=status, limit=SHOWN)
    if json:
        context.print_json(
            [
                {
                    "id": str(job.id),
                    "kind": job.kind,
                    "status": job.status,
                    "attempts": job.attempts,
                    "run_at": job.run_at.isoformat(),
                    "error": job.error,
                }
                for job in jobs
            ]
        )
        return 0
    for job in jobs:
        context.print(f"{job.id}  {job.status:<9} {job.kind:<32} {job.error or ''}".rstrip())
    return 0


def retry(context: CommandContext, job: str = "", *, kind: str | None = None) -> int:
    """Let one parked job (its id), or every parked job, try again now; of one --kind, if told."""
    if job and kind:
        raise InvalidInputError(_("Sebut nomor pekerjaan atau --kind, bukan keduanya."))
    with context.app.change(SYSTEM) as work:
        count = _retry_one(work, job) if job else retry_parked(work, kind)
    context.print(_("%s pekerjaan akan diulang.") % count)
    return 0


def cancel(context: CommandContext, job: str) -> int:
    """Cancel a job that has not ended; what it has stored so far stays."""
    with context.app.change(SYSTEM) as work:
        cancel_job(work, job_id(job))
    context.print(_("Pekerjaan dibatalkan."))
    return 0


def run_now(context: CommandContext, job: str) -> int:
    """Let a waiting job begin at once."""
    with context.app.change(SYSTEM) as work:
        run_job_now(work, job_id(job))
    context.print(_("Pekerjaan akan segera dijalankan."))
    return 0


def health(view: View) -> HealthAnswer:
    """Whether jobs keep up: none parked, none overdue by more than ten minutes."""
    state = jobs_health(view)
    figures: dict[str, int | str] = {
        "waiting": state.waiting,
        "running": state.running,
        "parked": state.parked,
        "oldest_seconds": int(state.oldest_seconds),
    }
    if state.parked:
        return HealthAnswer(False, _("%s pekerjaan diparkir.") % state.parked, figures)
    if state.oldest_seconds > LATE_SECONDS:
        minutes = format_number(int(state.oldest_seconds) // 60)
        return HealthAnswer(False, _("Pekerjaan terlambat %s menit.") % minutes, figures)
    return HealthAnswer(True, _("%s menunggu.") % state.waiting, figures)


def job_id(text: str) -> UUID:
    """The id of a job as typed or in an address."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFoundError(_("Pekerjaan itu tidak ada.")) from None


def _retry_one(work: Work, job: str) -> int:
    retry_job(work, job_id(job))
    return 1


def _by_status(counts: list[JobCount]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for line in counts:
        totals[line.status] = totals.get(line.status, 0) + line.count
    return totals
