"""The unit of work: rows, audit entries and what follows from them, together or not at all."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import attrs
from sqlalchemy import Connection, insert

from leuit.audit import Entry, seal
from leuit.identity import Identity
from leuit.storage import Database, Prepared
from leuit.values import LeuitError, RecordRef, _, new_id

from .models import EXEMPT_TABLES, AuditEntry
from .queue import enqueue, event_args
from .transaction import written_tables
from .view import View

if TYPE_CHECKING:
    from .app import Leuit

_INSERT = Prepared(insert(AuditEntry))


class UnauditedWriteError(LeuitError):
    """A unit changed rows and said nothing to the audit log; it was rolled back."""

    code = "unaudited_write"
    status = 500


class Work(View):
    """A view that may also change things. Nothing slow belongs inside: the writer is waiting."""

    def __init__(
        self, app: "Leuit", connection: Connection, identity: Identity, request_id: str
    ) -> None:
        super().__init__(app, connection, identity, request_id, autoflush=True)
        self.on_commit: list[Callable[[], None]] = []
        self._entries: list[dict[str, Any]] = []

    @property
    def database(self) -> Database:
        return self.app.database

    def audit(self, action: str, ref: RecordRef, **details: Any) -> UUID:
        """Write an entry of a registered action about `ref`; returns the entry's id.

        Details are what an auditor needs to understand the change: short plain values. Dates,
        decimals and ids become text; floats are refused, secrets do not belong here.
        """
        self.app.vocabulary.action(action)
        entry = Entry(
            id=new_id(),
            at=self.now,
            action=action,
            actor=dict(self.identity.as_actor()),
            ref={"kind": ref.kind, "id": ref.id, "label": ref.label},
            details={key: _plain(value) for key, value in details.items()},
            request_id=self.request_id,
        )
        sealed = seal(entry)
        self._entries.append(
            {
                "id": entry.id,
                "at": entry.at,
                "action": action,
                "ref_kind": ref.kind,
                "ref_id": ref.id,
                "leaf": sealed.leaf,
                "salt": sealed.salt,
                "body": sealed.body,
                "log_index": None,
            }
        )
        return entry.id

    def emit(self, event: Any) -> None:
        """Tell every listener of the event after the commit: one job each, at least once."""
        for listener in self.app.vocabulary.listeners.get(type(event), ()):
            self.enqueue(listener.kind, event_args(event), queue="events")

    def enqueue(
        self,
        kind: str,
        args: dict[str, Any],
        *,
        queue: str | None = None,
        priority: int = 0,
        run_at: dt.datetime | None = None,
        dedupe_key: str | None = None,
    ) -> UUID:
        """Ask for a job once this unit is committed; returns the job's id.

        With a `dedupe_key` an equal waiting job is re-used, and kept from being claimed until this
        unit ends. A smaller `priority` goes first.
        """
        job_id = enqueue(
            self,
            kind,
            args,
            queue=queue,
            priority=priority,
            run_at=run_at,
            dedupe_key=dedupe_key,
        )
        if self.app.wake not in self.on_commit:
            self.on_commit.append(self.app.wake)
        return job_id

    def after_commit(self, function: Callable[[], None]) -> None:
        """Call a function once the change is durable; it must not fail and must be quick."""
        self.on_commit.append(function)

    def finish(self) -> None:
        """Flush, check that every write is accounted for, and write the audit entries."""
        if self._session is not None:
            self._session.flush()
            self._session.connection()  # raises when an earlier flush had failed
        silent = written_tables(self.connection) - EXEMPT_TABLES - self.app.vocabulary.unaudited
        if silent and not self._entries:
            raise UnauditedWriteError(
                _("Perubahan tabel %(tables)s tidak dicatat di log audit."),
                tables=", ".join(sorted(silent)),
            )
        if self._entries:
            _INSERT.run_many(self.connection, self._entries)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, (dt.date, dt.datetime, dt.time)):
        return value.isoformat()
    if isinstance(value, (Decimal, UUID, RecordRef)):
        return str(value)
    if attrs.has(type(value)):
        return _plain(attrs.asdict(value))
    raise TypeError(f"an audit detail cannot be a {type(value).__name__}")
