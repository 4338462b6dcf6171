"""Letting go of jobs that were parked because of the installation, once it is mended.

A worker does this when it begins: jobs whose kind is registered again (their plugin is back) and
jobs that were parked by a SetupError (an event newer than the program, a missing setting) wait
again, with a clean count of failures. The latter are parked again when nothing was mended. Jobs
parked after too many failures stay until somebody retries them.
"""

from sqlalchemy import and_, or_, select

from leuit.identity import SYSTEM

from .app import Leuit
from .finish import to_waiting
from .leases import has_status
from .models import Job

AT_ONCE = 100


def release_parked(app: Leuit) -> int:
    """Put back what can go on now; the number of jobs."""
    mended = and_(
        has_status("parked"),
        or_(
            Job.parked_for == "setup",
            and_(Job.parked_for == "unknown_kind", Job.kind.in_(sorted(app.vocabulary.kinds))),
        ),
    )
    with app.read(SYSTEM) as view:
        query = select(Job.id, Job.dedupe_key).where(mended).order_by(Job.id)
        found = [(row.id, row.dedupe_key) for row in view.session.execute(query)]
    for start in range(0, len(found), AT_ONCE):
        with app.change(SYSTEM) as work:
            for job_id, key in found[start : start + AT_ONCE]:
                fresh = {"failures": 0, "error": None, "run_at": work.now}
                to_waiting(work, and_(Job.id == job_id, mended), key, fresh)
    return len(found)
