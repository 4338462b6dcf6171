"""Many records of one unit taken in one unit of work, as `take_record` takes one.

Each has an audit entry of its own, which tells where it came from and where it lies.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import insert, select

from leuit.builtin.regulations import edition
from leuit.storage import Blob, Prepared, among, insert_into
from leuit.values import RecordRef, new_id
from leuit.work import Work
from leuit_archives.models import FILED, IMPORTED_KIND, WAITING, Dossier, Record, RecordFile
from leuit_archives.models.records import FILE, LABEL
from leuit_archives.permissions import FILE_RECORDS
from leuit_archives.rules.filing import grade_of
from leuit_archives.rules.folder_rows import FolderRow

from .dossiers import HeldClass, lock_unit, required_class
from .placing import dossier_for, next_place
from .record_access import RECORD, dossier_ref
from .record_source import KIND
from .search_indexing import ask_index_many
from .secrecy import KIND as SECRECY

IMPORTED = "archives.record.imported"
LONGEST_NAME = 200
_RECORDS = Prepared(insert(Record))
_FILES = Prepared(insert(RecordFile))


@attrs.frozen
class RowToTake:
    """A row with its key, where it stands (`ref`: import and row), and its file in the store."""

    key: str
    ref: str
    row: FolderRow
    sha256: str
    size: int
    media_type: str = "application/octet-stream"

    @property
    def name(self) -> str:
        """The file's own name, without the folders it lay in."""
        return self.row.file.replace("\\", "/").rpartition("/")[2][-LONGEST_NAME:]


def take_many(work: Work, unit_id: UUID, rows: Sequence[RowToTake]) -> int:
    """Take rows whose files are in the store; those whose key is there already are left alone.

    Returns how many were taken. Others who import into the unit wait, so that nothing is taken
    twice and no place is given twice. Raises a refusal without the right, InvalidInputError for a
    code that the classification of today no longer has.
    """
    work.require(FILE_RECORDS, unit_id)
    lock_unit(work, unit_id)
    known = set(
        work.connection.execute(
            select(Record.key).where(
                among(work.database.dialect, Record.key, [row.key for row in rows])
            )
        ).scalars()
    )
    fresh = [row for row in rows if row.key not in known]
    if not fresh:
        return 0
    _register(work, fresh)
    named = {row.row.code for row in fresh if row.row.code}
    codes = {code: required_class(work, code) for code in sorted(named)}
    placed = _placed(work, unit_id, fresh, codes)
    levels = edition(work, SECRECY.name, work.today)
    common = {
        "unit_id": unit_id,
        "secrecy_edition": levels.id if levels else None,
        "retention_edition": None,
        "legacy_unverified": True,
        "taken_at": work.now,
        "ref_kind": IMPORTED_KIND,
    }
    values: list[dict[str, Any]] = []
    for row in fresh:
        told = _values(work, row, codes.get(row.row.code), placed.get(row.key)) | common
        values.append(told)
        _audit(work, row, told, placed.get(row.key))
    _RECORDS.run_many(work.connection, values)
    files = [
        {"record_id": told["id"], "place": 1, "sha256": row.sha256, "name": row.name[:FILE]}
        for row, told in zip(fresh, values, strict=True)
    ]
    _FILES.run_many(work.connection, files)
    ask_index_many(work, KIND, [told["id"] for told in values])
    return len(fresh)


def _register(work: Work, rows: Sequence[RowToTake]) -> None:
    """Name the files in the register of files, each once."""
    files = {
        row.sha256: {
            "sha256": row.sha256,
            "size": row.size,
            "media_type": row.media_type,
            "name": row.name,
            "stored_at": work.now,
        }
        for row in rows
    }
    statement = insert_into(work.database.dialect, Blob).on_conflict_do_nothing()
    work.connection.execute(statement, list(files.values()))


def _placed(
    work: Work, unit_id: UUID, rows: Sequence[RowToTake], codes: dict[str, HeldClass]
) -> dict[str, tuple[Dossier, int]]:
    """By key: the dossier and the place of rows that name one."""
    wanted: dict[tuple[str, int, str], list[RowToTake]] = defaultdict(list)
    for row in rows:
        if row.row.dossier:
            wanted[row.row.code, row.row.year, row.row.dossier].append(row)
    placed = {}
    for (code, year, title), found in wanted.items():
        dossier = dossier_for(work, unit_id, codes[code], year, title)
        first = next_place(work, dossier.id)
        for place, row in enumerate(found, first):
            placed[row.key] = (dossier, place)
    return placed


def _values(
    work: Work, row: RowToTake, held: HeldClass | None, lies: tuple[Dossier, int] | None
) -> dict[str, Any]:
    told = row.row
    return {
        "id": new_id(),
        "key": row.key,
        "ref_id": row.ref,
        "ref_label": row.name[:LABEL],
        "kind": told.kind,
        "title": told.title,
        "number": told.number,
        "date": told.date,
        "signed": told.signed,
        "secrecy": grade_of(told.secrecy, None),
        "class_code": held.code if held else None,
        "class_title": held.title if held else None,
        "classification_edition": held.edition if held else None,
        "dossier_id": lies[0].id if lies else None,
        "place": lies[1] if lies else None,
        "filed_at": work.now if lies else None,
        "filed_by": work.identity.person_id if lies else None,
        "state": FILED if lies else WAITING,
        "version": 1,
    }


def _audit(
    work: Work, row: RowToTake, values: dict[str, Any], lies: tuple[Dossier, int] | None
) -> None:
    work.audit(
        IMPORTED,
        RecordRef(RECORD, str(values["id"]), row.row.title[:200]),
        of=row.ref,
        files=[row.sha256],
        unit=values["unit_id"],
        number=row.row.number,
        date=row.row.date,
        secrecy=values["secrecy"],
        urgency=row.row.urgency,
        sifat=row.row.sifat,
        code=values["class_code"],
        dossier=dossier_ref(lies[0]).label if lies else None,
        place=values["place"],
    )
