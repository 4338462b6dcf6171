"""Tables of the unit of work: the audit log's entries and the jobs, which are also the outbox."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from leuit.storage import CoreBase
from leuit.values import new_id


class AuditEntry(CoreBase):
    """One entry in its final form; `log_index` stays empty until the log's sequencer sets it.

    `salt` and `body` may be erased later; `leaf` never changes. `action`, `ref_kind` and `ref_id`
    are copies for looking things up, erased together with the body.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_ref", "ref_kind", "ref_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(String(120))
    ref_kind: Mapped[str] = mapped_column(String(60))
    ref_id: Mapped[str] = mapped_column(String(120))
    leaf: Mapped[bytes]
    salt: Mapped[bytes | None]
    body: Mapped[bytes | None]
    log_index: Mapped[int | None] = mapped_column(BigInteger, unique=True)


class Job(CoreBase):
    """Work to be done after the commit that asked for it.

    `status`: waiting, running, done, parked (waits for a person or an upgrade), cancelled, merged
    (failed while an equal job was already waiting: that one does the work).
    `dedupe_key` is unique among waiting jobs only: a running one may already have read what the
    new request is about.
    `attempts` counts how often the job was begun and, with `worker`, is the fence of its writes;
    `failures` counts failures and deaths in a row without a finished step.
    `parked_for`: failed, unknown_kind (its plugin is gone), setup (an operator must mend it).
    `run_at` is by the application's clock, `lease_until` by the database's.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index(
            "uq_job_waiting_key",
            "dedupe_key",
            unique=True,
            sqlite_where=text("status = 'waiting' AND dedupe_key IS NOT NULL"),
            postgresql_where=text("status = 'waiting' AND dedupe_key IS NOT NULL"),
        ),
        Index(
            "ix_job_claim",
            "priority",
            "run_at",
            "id",
            sqlite_where=text("status = 'waiting'"),
            postgresql_where=text("status = 'waiting'"),
        ),
        # Each status that is looked for has its own index: one over all of them would be taken by
        # SQLite's planner instead, and every claim would sort the whole queue.
        Index(
            "ix_job_lease",
            "lease_until",
            sqlite_where=text("status = 'running'"),
            postgresql_where=text("status = 'running'"),
        ),
        Index(
            "ix_job_parked",
            "kind",
            sqlite_where=text("status = 'parked'"),
            postgresql_where=text("status = 'parked'"),
        ),
        Index("ix_job_finished_at", "finished_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    queue: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(120))
    args: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(String(10))
    priority: Mapped[int]
    run_at: Mapped[dt.datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    parked_for: Mapped[str | None] = mapped_column(String(20))
    dedupe_key: Mapped[str | None] = mapped_column(String(200))
    asked_by: Mapped[UUID | None]
    request_id: Mapped[str] = mapped_column(String(40), default="")
    worker: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[dt.datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
    progress_done: Mapped[int] = mapped_column(default=0)
    progress_total: Mapped[int] = mapped_column(default=0)
    progress_text: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]


class JobStep(CoreBase):
    """A finished step of a job with its result; a retried job does not do it again."""

    __tablename__ = "job_step"
    __table_args__ = (UniqueConstraint("job_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    job_id: Mapped[UUID] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    result: Mapped[dict[str, Any]]
    done_at: Mapped[dt.datetime]


class JobSchedule(CoreBase):
    """When a scheduled job fired last; the schedule itself stands in the plugin's code."""

    __tablename__ = "job_schedule"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    last_fired_for: Mapped[dt.datetime]


EXEMPT_TABLES = frozenset({"web_session", "sign_in_attempt", "job", "job_step", "job_schedule"})
"""Tables that may change without an audit entry: their rows are traces of other audited acts."""
