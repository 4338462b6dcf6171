"""The unit of work: one way to change anything, one way to read, and jobs that follow."""

from .app import Leuit
from .context import JobContext
from .deliver import deliver
from .models import EXEMPT_TABLES, AuditEntry, Job, JobSchedule, JobStep
from .queue import converter
from .running import LostLeaseError, WorkerStoppingError
from .session import BarredError
from .transaction import LostTransactionError, NestedUnitError, UnknownOutcomeError
from .unit import UnauditedWriteError, Work
from .view import View
from .vocabulary import JobKind, Listener, Schedule, Vocabulary, by_event
from .worker import Worker

__all__ = [
    "EXEMPT_TABLES",
    "AuditEntry",
    "BarredError",
    "Job",
    "JobContext",
    "JobKind",
    "JobSchedule",
    "JobStep",
    "Leuit",
    "Listener",
    "LostLeaseError",
    "LostTransactionError",
    "NestedUnitError",
    "Schedule",
    "UnauditedWriteError",
    "UnknownOutcomeError",
    "View",
    "Vocabulary",
    "Work",
    "Worker",
    "WorkerStoppingError",
    "by_event",
    "converter",
    "deliver",
]
