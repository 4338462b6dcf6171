"""Putting a job into the queue, inside the unit of work that needs it.

A waiting job with the same key is re-used by an upsert that touches its row: on PostgreSQL the row
stays locked until this unit commits, and workers skip locked rows, so a job never starts before
the change it was asked for is visible.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, insert, text

from leuit.storage import Prepared, insert_into
from leuit.values import SetupError, _, new_id

from .models import Job
from .plain_values import converter

if TYPE_CHECKING:
    from .unit import Work

_INSERT = Prepared(insert(Job))


def event_args(event: Any) -> dict[str, Any]:
    """An event as the arguments of its listeners' jobs, with its name and version."""
    return {
        "event": type(event).event_name,
        "version": type(event).version,
        "body": converter.unstructure(event),
    }


def enqueue(
    work: "Work",
    kind: str,
    args: dict[str, Any],
    *,
    queue: str | None,
    priority: int,
    run_at: dt.datetime | None,
    dedupe_key: str | None,
) -> UUID:
    """Insert one waiting job; raises SetupError for a kind that nobody registered."""
    known = work.app.vocabulary.kinds.get(kind)
    if known is None:
        raise SetupError(_("Jenis pekerjaan “%(kind)s” tidak terdaftar."), kind=kind)
    row = {
        "id": new_id(),
        "queue": queue or known.queue,
        "kind": kind,
        "args": args,
        "status": "waiting",
        "priority": priority,
        "run_at": run_at or work.now,
        "attempts": 0,
        "failures": 0,
        "dedupe_key": dedupe_key,
        "asked_by": work.identity.account_id,
        "request_id": work.request_id,
        "progress_done": 0,
        "progress_total": 0,
        "progress_text": "",
        "created_at": work.now,
    }
    connection = work.connection
    if dedupe_key is None:
        _INSERT.run(connection, row)
        return row["id"]  # type: ignore[return-value]  # new_id() above
    statement = insert_into(work.app.database.dialect, Job).values(row)
    earliest = func.least if work.app.database.dialect == "postgresql" else func.min
    upsert = statement.on_conflict_do_update(
        index_elements=["dedupe_key"],
        index_where=text("status = 'waiting' AND dedupe_key IS NOT NULL"),
        set_={"run_at": earliest(Job.run_at, statement.excluded.run_at)},
    ).returning(Job.id)
    return connection.execute(upsert).scalar_one()
