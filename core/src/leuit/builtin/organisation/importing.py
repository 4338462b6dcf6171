"""Bringing in a file of units or staff: received, tried, applied in one unit of work.

The file is kept as it came. Trying changes nothing. Applying works the plan out again inside the
writing transaction, so that what is stored was judged against what is there then; with the digest
of the report that a person saw, another outcome than that one is refused.
"""

import datetime as dt
from pathlib import PurePath
from typing import Any, Literal
from uuid import UUID

from leuit.identity import Identity
from leuit.values import (
    InvalidInputError,
    NotFoundError,
    RecordRef,
    _,
)
from leuit.work import Leuit, StoredFile, View, Work, register_file, store_file

from . import import_staff, import_units
from .models import ImportFile
from .report import Report, RowReport, check_digest
from .rights import EDIT, one_at_a_time
from .tables import XLSX, Table, read_table
from .write_staff import apply_staff

Kind = Literal["units", "staff"]
KINDS: tuple[Kind, ...] = ("units", "staff")


class RefusedRowsError(InvalidInputError):
    """Some rows are refused, hence nothing was stored; `report` tells of every row."""

    code = "refused_rows"

    def __init__(self, report: Report) -> None:
        super().__init__(
            _("%(count)s baris ditolak, jadi tidak ada yang disimpan."),
            advice=_("Perbaiki berkasnya, lalu kirim lagi."),
            count=len(report.refused),
        )
        self.report = report


def store_table(app: Leuit, data: bytes, name: str) -> StoredFile:
    """Put a CSV or XLSX that could be read into the store, outside of any unit of work."""
    return store_file(app, data, XLSX if data[:2] == b"PK" else "text/csv", name)


def receive(
    app: Leuit, identity: Identity, kind: Kind, name: str, data: bytes, *, request_id: str = ""
) -> UUID:
    """Keep a file and return the id of its import; raises for a file that cannot be read at all."""
    parse(kind, data)
    label = PurePath(name.replace("\\", "/")).name[:200] or "tanpa-nama"
    file = store_table(app, data, label)
    with app.change(identity, request_id=request_id) as work:
        work.require_anywhere(EDIT)
        sha256 = register_file(work, file)
        row = ImportFile(
            kind=kind,
            name=label,
            sha256=sha256,
            received_by=identity.account_id,
            received_at=work.now,
            counts={},
        )
        work.session.add(row)
        work.session.flush()
        ref = RecordRef("core.import", str(row.id), label)
        work.audit("core.import.received", ref, kind=kind, sha256=sha256)
    return row.id


def load_import(view: View, import_id: UUID) -> ImportFile:
    """A received file; to others than its sender it does not exist, unless they run the regency."""
    row = view.session.get(ImportFile, import_id)
    mine = row is not None and row.received_by == view.identity.account_id
    if row is None or not (mine or view.allows_on_root(EDIT)):
        raise NotFoundError(_("Berkas impor itu tidak ada."))
    return row


def try_import(view: View, kind: Kind, data: bytes, day: dt.date | None = None) -> Report:
    """What the file would do now, row by row; nothing is changed."""
    view.require_anywhere(EDIT)
    table = parse(kind, data)
    rows = _plan(view, kind, table, day or view.today, frozenset()).rows
    return _report(kind, table, rows)


def apply_import(
    app: Leuit,
    identity: Identity,
    import_id: UUID,
    *,
    day: dt.date | None = None,
    skip_bad: bool = False,
    digest: str | None = None,
    request_id: str = "",
) -> Report:
    """Apply a received file in one unit of work and return the report of what was done.

    Raises RefusedRowsError when a row is refused and `skip_bad` is not set, ChangedReportError when
    the outcome is no longer the one whose digest was given.
    """
    with app.read(identity) as view:
        row = load_import(view, import_id)
        kind: Kind = "units" if row.kind == "units" else "staff"
        sha256 = row.sha256
    table = parse(kind, app.blobs.get(sha256))
    with app.change(identity, request_id=request_id) as work:
        one_at_a_time(work)
        work.require_anywhere(EDIT)
        stored = load_import(work, import_id)
        plan = _plan(work, kind, table, day or work.today, frozenset())
        report = _report(kind, table, plan.rows)
        check_digest(digest, report)
        if report.refused and not skip_bad:
            raise RefusedRowsError(report)
        bad: dict[int, RowReport] = {}
        while refused := [row for row in plan.rows if row.status == "ditolak"]:
            bad.update({row.number: row for row in refused})
            plan = _plan(work, kind, table, day or work.today, frozenset(bad))
        _write(work, kind, plan, str(import_id))
        rows = sorted([*plan.rows, *bad.values()], key=lambda row: row.number)
        done = _report(kind, table, rows, applied=True)
        stored.applied_at, stored.counts = work.now, dict(done.counts)
        ref = RecordRef("core.import", str(stored.id), stored.name)
        work.audit("core.import.applied", ref, kind=kind, sha256=sha256, **done.counts)
    return done


def parse(kind: Kind, data: bytes) -> Table:
    """The table of a file of that kind; raises with the reason when it is none."""
    module = import_units if kind == "units" else import_staff
    return read_table(data, module.COLUMNS, module.REQUIRED)


def _plan(view: View, kind: Kind, table: Table, day: dt.date, skip: frozenset[int]) -> Any:
    lines = tuple(line for line in table.lines if line.number not in skip)
    if kind == "units":
        return import_units.plan_units(view, lines, day)
    return import_staff.plan_staff(view, lines, day)


def _write(work: Work, kind: Kind, plan: Any, import_id: str) -> None:
    if kind == "units":
        import_units.apply_units(work, plan, import_id)
    else:
        apply_staff(work, plan, import_id)


def _report(kind: Kind, table: Table, rows: list[RowReport], *, applied: bool = False) -> Report:
    return Report(kind, tuple(rows), table.ignored, applied)
