"""Jobs that have ended are kept for a while to be looked at, then deleted with their steps.

Parked jobs stay until somebody decides about them. The core registers `JOBS` like any plugin
registers its own.
"""

import datetime as dt

from sqlalchemy import delete, select

from leuit.values import _

from .context import JobContext
from .models import Job
from .vocabulary import JobKind, Schedule

KEEP_DAYS = 30
AT_ONCE = 500
ENDED = ("done", "cancelled", "merged")


def purge(context: JobContext) -> None:
    """Delete jobs that ended more than `args["days"]` (30) days ago, a few hundred a unit."""
    days = context.args.get("days", KEEP_DAYS)
    before = context.now() - dt.timedelta(days=days)
    old = (
        select(Job.id)
        .where(Job.status.in_(ENDED), Job.finished_at < before)
        .order_by(Job.finished_at)
        .limit(AT_ONCE)
    )
    deleted = AT_ONCE
    while deleted == AT_ONCE:
        with context.change() as work:
            connection = work.connection
            deleted = connection.execute(delete(Job).where(Job.id.in_(old))).rowcount


PURGE = JobKind("core.jobs.purge", purge, title=_("Hapus catatan pekerjaan lama"))
JOBS = (PURGE, Schedule("core.jobs.purge", "20 2 * * *", PURGE.name))
"""What the core's own plugin returns from `leuit_jobs`."""
