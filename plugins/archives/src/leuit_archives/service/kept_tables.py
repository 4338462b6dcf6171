"""Long tables in the database: stored once by the hash of their rows, read by their edition."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import insert, select

from leuit.storage import insert_into
from leuit.values import RecordRef, UnavailableError, _, new_id
from leuit.work import StoredFile, View, Work, register_file
from leuit_archives.models import InstrumentTable

IMPORTED = "archives.table.imported"


@attrs.frozen
class TableBody:
    """What an edition of a long instrument says: the hash of its rows, and how many there are."""

    table: str
    count: int


def keep_table(
    work: Work, kind: str, model: type[Any], rows: Sequence[Mapping[str, Any]], file: StoredFile
) -> TableBody:
    """Store the rows, unless the same ones are stored already."""
    told = json.dumps(list(rows), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    sha256 = hashlib.sha256(told.encode()).hexdigest()
    register_file(work, file)
    table_id = work.connection.execute(
        insert_into(work.database.dialect, InstrumentTable)
        .values(
            id=new_id(),
            kind=kind,
            sha256=sha256,
            count=len(rows),
            file_sha256=file.sha256,
            imported_at=work.now,
            imported_by=work.identity.person_id,
        )
        .on_conflict_do_nothing()
        .returning(InstrumentTable.id)
    ).scalar()
    if table_id is not None:
        work.connection.execute(insert(model), [{"table_id": table_id, **row} for row in rows])
        ref = RecordRef("archives.table", str(table_id), file.name)
        work.audit(IMPORTED, ref, kind=kind, count=len(rows), sha256=sha256)
    return TableBody(sha256, len(rows))


def table_of(view: View, kind: str, body: TableBody) -> UUID:
    """The id of the table that an edition names; UnavailableError where it is not stored."""
    found = view.connection.execute(
        select(InstrumentTable.id).where(
            InstrumentTable.kind == kind, InstrumentTable.sha256 == body.table
        )
    ).scalar()
    if found is None:
        raise UnavailableError(
            _("Tabel edisi ini tidak ada di basis data."),
            advice=_("Impor berkasnya lagi sebagai edisi baru."),
        )
    return found
