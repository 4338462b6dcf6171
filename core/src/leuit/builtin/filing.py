"""Handing a finished record over to the service that files, where there is one.

What finished it only leaves a job behind (`ask_to_file`): whatever the archive does, or however
long it takes, the record is finished, and the job is tried again. The job holds the row, and hands
it over once (`hand_over`); asked twice, the key gives one record of the archive. The service that
owns a record's reference files it, and nobody else does.
"""

from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Select

from leuit.contracts import ArchiveRequest
from leuit.values import RecordRef
from leuit.work import JobContext, Work

FILE = "archive_record"
AT_ONCE = 500


class Filed(Protocol):
    """A row of a service, with the reference of the archive's record; empty until it is filed."""

    filed_kind: Any
    filed_id: Any


def ask_to_file(work: Work, job: str, **args: str) -> None:
    """Leave a job behind that hands a record over; nothing where nobody files."""
    if work.app.has_port(FILE):
        work.enqueue(job, args)


def ask_for_the_rest(context: JobContext, job: str, argument: str, rows: Select[UUID]) -> int:
    """Leave a job behind for each row that is finished and was never handed over; how many.

    For a service's nightly round: what was finished before anybody filed, or given up on, is handed
    over then. `rows` selects the ids of such rows alone, by which it is read in pieces; the job
    gets each as `argument`. Nothing where nobody files.
    """
    if not context.app.has_port(FILE):
        return 0
    [column] = rows.selected_columns
    last, number, asked = "", 0, 0
    while True:
        number += 1

        def ask(work: Work, after: str = last) -> dict[str, Any]:
            query = rows.where(column > UUID(after)) if after else rows
            ids = [
                str(one) for one in work.connection.scalars(query.order_by(column).limit(AT_ONCE))
            ]
            for one in ids:
                work.enqueue(job, {argument: one}, dedupe_key=f"{job}:{one}")
            return {"count": len(ids), "last": ids[-1] if len(ids) == AT_ONCE else ""}

        done = context.step(f"rest-{number}", ask)
        asked += int(done["count"])
        last = done["last"]
        if not last:
            return asked


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
