"""The unit of work: one way to change anything, one way to read, and jobs that follow."""

from .app import Leuit
from .context import JobContext
from .delivery import deliver
from .ending_files import (
    files_in_use,
    forget_name,
    release_file,
    released_files,
    take_bytes_away,
)
from .files import StoredFile, register_file, store_file
from .models import EXEMPT_TABLES, AuditEntry, Job, JobSchedule, JobStep
from .numbers import (
    Number,
    NumberSeries,
    ReservedNumber,
    confirm_number,
    reserve_number,
    void_number,
)
from .operate import (
    JOB_STATUSES,
    JobCount,
    JobsHealth,
    cancel_job,
    count_jobs,
    jobs_health,
    list_jobs,
    retry_job,
    retry_parked,
    run_job_now,
)
from .plain_values import converter, faults_of
from .purge import JOBS
from .running import LostLeaseError, WorkerStoppingError
from .session import BarredError
from .transaction import LostTransactionError, NestedUnitError, UnknownOutcomeError
from .unit import UnauditedWriteError, Work
from .view import View
from .vocabulary import JobKind, Listener, Schedule, UploadPurpose, Vocabulary, by_event
from .worker import Worker

__all__ = [
    "EXEMPT_TABLES",
    "JOBS",
    "JOB_STATUSES",
    "AuditEntry",
    "BarredError",
    "Job",
    "JobContext",
    "JobCount",
    "JobKind",
    "JobSchedule",
    "JobStep",
    "JobsHealth",
    "Leuit",
    "Listener",
    "LostLeaseError",
    "LostTransactionError",
    "NestedUnitError",
    "Number",
    "NumberSeries",
    "ReservedNumber",
    "Schedule",
    "StoredFile",
    "UnauditedWriteError",
    "UnknownOutcomeError",
    "UploadPurpose",
    "View",
    "Vocabulary",
    "Work",
    "Worker",
    "WorkerStoppingError",
    "by_event",
    "cancel_job",
    "confirm_number",
    "converter",
    "count_jobs",
    "deliver",
    "faults_of",
    "files_in_use",
    "forget_name",
    "jobs_health",
    "list_jobs",
    "register_file",
    "release_file",
    "released_files",
    "reserve_number",
    "retry_job",
    "retry_parked",
    "run_job_now",
    "store_file",
    "take_bytes_away",
    "void_number",
]
