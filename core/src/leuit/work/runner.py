"""Running one claimed job to its outcome. No unit of work is open while the handler runs."""

import logging
from collections.abc import Callable

from leuit.identity import SYSTEM
from leuit.values import LeuitError, SetupError, _, translate

from .finish import Outcome, fail, finish, give_back, park
from .running import LostLeaseError, RunningJob, WorkerStoppingError
from .unit import Work
from .vocabulary import JobKind

log = logging.getLogger(__name__)

ERROR_LENGTH = 2000


def run(job: RunningJob) -> tuple[Outcome, Exception | None]:
    """Call the handler of a claimed job and record what came of it, with the error if one came.

    A SetupError parks at once, since only an operator can mend it. Raises UnavailableError when
    the outcome cannot be written; the lease then runs out and the job is taken over.
    """
    claimed = job.claimed
    kind = job.app.vocabulary.kinds.get(claimed.kind)
    if kind is None:
        gone = _("Jenis pekerjaan “%(kind)s” tidak terpasang; menunggu pluginnya kembali.")
        return _leave(
            job,
            lambda work: park(
                work, claimed, translate(gone, params={"kind": claimed.kind}), "unknown_kind"
            ),
        ), None
    if claimed.taken_over and claimed.failures >= kind.max_attempts:
        died = _("Pekerjanya mati %(count)s kali berturut-turut di tengah pekerjaan ini.")
        sentence = translate(died, params={"count": claimed.failures})
        log.error("job %s %s parked: %s", claimed.kind, claimed.id, sentence)
        return _leave(job, lambda work: park(work, claimed, sentence, "failed")), None
    return _call(job, kind)


def _call(job: RunningJob, kind: JobKind) -> tuple[Outcome, Exception | None]:
    claimed = job.claimed
    try:
        kind.handler(job)
    except LostLeaseError as error:
        log.warning("job %s %s left: %s", claimed.kind, claimed.id, error)
        return "lost", error
    except WorkerStoppingError as error:
        return _leave(job, lambda work: give_back(work, claimed, job.reported())), error
    except (KeyboardInterrupt, SystemExit):
        _leave(job, lambda work: give_back(work, claimed, job.reported()))
        raise
    except SetupError as error:
        sentence = _told(error)
        log.error("job %s %s parked: %s", claimed.kind, claimed.id, sentence)
        return _leave(job, lambda work: park(work, claimed, sentence, "setup")), error
    except Exception as error:  # a handler may raise anything; it is stored and logged
        sentence = _told(error)
        outcome = _leave(
            job, lambda work: fail(work, claimed, sentence, kind.max_attempts, job.reported())
        )
        log.warning("job %s %s failed: %s", claimed.kind, claimed.id, outcome, exc_info=error)
        return outcome, error
    return _leave(job, lambda work: finish(work, claimed, job.reported())), None


def _leave(job: RunningJob, record: Callable[[Work], Outcome]) -> Outcome:
    with job.app.change(SYSTEM, request_id=job.claimed.request_id) as work:
        return record(work)


def _told(error: Exception) -> str:
    sentence = str(error) if isinstance(error, LeuitError) else f"{type(error).__name__}: {error}"
    # PostgreSQL keeps no NUL in text, and a column of errors is no place for a whole document.
    return sentence.replace("\x00", "�")[:ERROR_LENGTH]
