"""The report of a folder in the database: kept row by row, read page by page, for a month."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, delete, exists, insert, select

from leuit.builtin.organisation import RowReport
from leuit.work import JobContext, View
from leuit_archives.models import FolderImport, FolderImportRow
from leuit_archives.models.folder_imports import ROW_KEY, ROW_LABEL, TAKING, TRYING

AT_ONCE = 1_000
MOST_SENTENCES = 20
KEPT = dt.timedelta(days=30)
FORGET = "archives.forget_folder_reports"


def keep_report(context: JobContext, import_id: UUID, rows: tuple[RowReport, ...]) -> None:
    """Write the rows in place of those of an earlier try, many at once.

    What is killed in between is tried again, and begins anew.
    """
    with context.change() as work:
        work.connection.execute(
            delete(FolderImportRow).where(FolderImportRow.import_id == import_id)
        )
    for start in range(0, len(rows), AT_ONCE):
        values = [_values(import_id, row) for row in rows[start : start + AT_ONCE]]
        with context.change() as work:
            work.connection.execute(insert(FolderImportRow), values)


def report_rows(
    view: View, import_id: UUID, outcome: str, *, start: int = 0, limit: int
) -> list[Row[Any]]:
    """Rows of an outcome, or of all with the refused ones first, from a place on."""
    refused_first = (FolderImportRow.outcome != "ditolak", FolderImportRow.number)
    query = _query(import_id, outcome).order_by(*refused_first)
    return list(view.connection.execute(query.offset(start).limit(limit)))


def all_rows(view: View, import_id: UUID, outcome: str) -> Iterator[Row[Any]]:
    """Every row in the order of the table, a few hundred in memory."""
    last = 0
    query = _query(import_id, outcome).order_by(FolderImportRow.number).limit(AT_ONCE)
    while True:
        rows = view.connection.execute(query.where(FolderImportRow.number > last)).all()
        yield from rows
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].number


def forget_old_reports(context: JobContext) -> None:
    """Forget the rows of folders that were sent a month ago; what came of each stays counted."""
    with context.read() as view:
        old = view.connection.scalars(
            select(FolderImport.id).where(
                FolderImport.asked_at < view.now - KEPT,
                FolderImport.state.not_in((TRYING, TAKING)),
                exists().where(FolderImportRow.import_id == FolderImport.id),
            )
        ).all()
    for import_id in old:
        with context.change() as work:
            work.connection.execute(
                delete(FolderImportRow).where(FolderImportRow.import_id == import_id)
            )


def _query(import_id: UUID, outcome: str) -> Select[Any]:
    query: Select[Any] = select(
        FolderImportRow.number,
        FolderImportRow.key,
        FolderImportRow.label,
        FolderImportRow.outcome,
        FolderImportRow.sentences,
    ).where(FolderImportRow.import_id == import_id)
    return query.where(FolderImportRow.outcome == outcome) if outcome else query


def _values(import_id: UUID, row: RowReport) -> dict[str, Any]:
    faults = [fault.sentence() for fault in row.faults]
    told = faults or [str(change) for change in row.changes]
    return {
        "import_id": import_id,
        "number": row.number,
        "key": row.key[:ROW_KEY],
        "label": row.label[:ROW_LABEL],
        "outcome": row.status,
        "sentences": told[:MOST_SENTENCES],
    }
