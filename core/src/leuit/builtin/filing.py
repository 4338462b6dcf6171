"""Handing a finished record over to the service that files, where there is one.

What finished it only leaves a job behind (`ask_to_file`): whatever the archive does, or however
long it takes, the record is finished, and the job is tried again. The job holds the row, and hands
it over once (`hand_over`); asked twice, the key gives one record of the archive. The service that
owns a record's reference files it, and nobody else does.
"""

from typing import Any, Protocol

from leuit.contracts import ArchiveRequest
from leuit.values import RecordRef
from leuit.work import Work

FILE = "archive_record"


class Filed(Protocol):
    """A row of a service, with the reference of the archive's record; empty until it is filed."""

    filed_kind: Any
    filed_id: Any


def ask_to_file(work: Work, job: str, **args: str) -> None:
    """Leave a job behind that hands a record over; nothing where nobody files."""
    if work.app.has_port(FILE):
        work.enqueue(job, args)


def hand_over(work: Work, row: Filed, request: ArchiveRequest, action: str) -> None:
    """Hand a record over and keep the archive's answer on its row, which the caller holds.

    Nothing for a row that was handed over already, or where nobody files by now. `action` is what
    the audit log calls it.
    """
    if row.filed_id or not work.app.has_port(FILE):
        return
    record: RecordRef = work.app.port(FILE)(work, request)
    row.filed_kind, row.filed_id = record.kind, record.id
    work.audit(action, request.ref, sha256=request.sha256, record=record)
