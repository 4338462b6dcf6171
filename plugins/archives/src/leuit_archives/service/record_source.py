"""Records of other services as what is found; letters are found as letters (`letter_source`)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from leuit.builtin.search import Document
from leuit.values import _, format_date
from leuit.work import View
from leuit_archives.models import INDEX, Record, RecordFile, Tombstone

from .record_access import RecordColumns, readable_records, visible_records
from .search_sources import Filed, FileRef, SearchSource, ShownRow

KIND = "record"
LETTER = "archives.letter"
_FOUND = and_(
    Record.ref_kind != LETTER,
    ~select(Tombstone.record_id).where(Tombstone.record_id == Record.id).exists(),
)


def _visible(view: View) -> ColumnElement[bool]:
    entry = INDEX.entry.c
    return readable_records(view, RecordColumns(entry.unit_id, entry.grade))


def _shown(view: View, ids: Sequence[UUID]) -> Mapping[UUID, ShownRow]:
    rows = view.session.scalars(select(Record).where(Record.id.in_(ids), visible_records(view)))
    return {row.id: _row(row) for row in rows}


def _row(record: Record) -> ShownRow:
    line = " · ".join(part for part in (record.number, format_date(record.date)) if part)
    return ShownRow(record.title, line, f"/archives/records/{record.id}")


def _one(view: View, record_id: UUID) -> Filed | None:
    found = _filed(view, [record_id])
    return found[0] if found else None


def _many(view: View, after: UUID | None, limit: int) -> Sequence[Filed]:
    query = select(Record.id).where(_FOUND)
    if after is not None:
        query = query.where(Record.id > after)
    return _filed(view, list(view.session.scalars(query.order_by(Record.id).limit(limit))))


def _filed(view: View, ids: Sequence[UUID]) -> list[Filed]:
    records = view.session.scalars(
        select(Record).where(Record.id.in_(ids), _FOUND).order_by(Record.id)
    ).all()
    files: dict[UUID, list[FileRef]] = {one: [] for one in ids}
    for file in view.session.scalars(
        select(RecordFile).where(RecordFile.record_id.in_(ids)).order_by(RecordFile.place)
    ):
        files[file.record_id].append(FileRef(file.sha256, file.name))
    return [
        Filed(
            Document(
                kind=KIND,
                id=record.id,
                unit_id=record.unit_id,
                grade=record.secrecy,
                day=record.date,
                title=record.title,
                keys=f"{record.number} {record.ref_label}",
                class_code=record.class_code or "",
            ),
            tuple(files[record.id]),
        )
        for record in records
    ]


RECORDS = SearchSource(KIND, _("Arsip"), _visible, _shown, _one, _many)
