"""Bulk filing with audit beside a bare bulk insert.

100,000 rows of an import, in dossiers of 1,000, whose files are in the store already: batches of
`take_many` as `leuit archives import --apply` makes them, each in its own unit of work with an
audit entry for every record. The baseline inserts the same rows of records, files and the register
of files, with all their indexes, in batches of the same size and in transactions of their own,
through SQLAlchemy's `insert` with rows ready made; it writes no audit entries, looks for no keys
and asks for no dossier. By turns on the same engine, into two databases of their own; records a
second, the goal is 0.3 of the baseline.
"""

import datetime as dt
import hashlib
import sys
import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from leuit.identity import SYSTEM
from leuit.storage import Blob
from leuit.values import RecordRef, new_id
from leuit.work import Leuit
from leuit_archives.models import FILED, Dossier, Record, RecordFile
from leuit_archives.rules.folder_rows import FolderRow
from leuit_archives.service.folder_import import BATCH
from leuit_archives.service.taking_many import RowToTake, take_many
from tests.archives.archive_room import TABLES, put_in_force
from tests.bench.places import ENGINES, installation, installed
from tests.core.organisation.office import open_office

ROWS, A_DOSSIER = 100_000, 1_000
FULL = {"rows": 1_000_000}
GOAL = 0.3
CODE = "000.1.2"


def measure(rows: int = ROWS, engines: Sequence[str] = ENGINES) -> list[dict[str, Any]]:
    """Rows for the report, for each engine."""
    return [_measured(engine, rows) for engine in engines]


def _measured(engine: str, rows: int) -> dict[str, Any]:
    host = installed()
    with installation(engine, host) as first, installation(engine, host) as second:
        ours_app = Leuit(first, host.vocabulary)
        bare_app = Leuit(second, host.vocabulary)
        try:
            ours, theirs = _by_turns(ours_app, bare_app, rows)
        finally:
            ours_app.close()
            bare_app.close()
    ratio = ours / theirs
    return {
        "name": f"bulk filing with audit, {rows} records, a second",
        "engine": engine,
        "value": round(ours),
        "baseline": round(theirs),
        "ratio": round(ratio, 2),
        "goal": f">= {GOAL}",
        "holds": ratio >= GOAL,
    }


def _by_turns(ours_app: Leuit, bare_app: Leuit, rows: int) -> tuple[float, float]:
    """Records a second of both: a tenth of the rows each, by turns, so that both are as loaded."""
    unit, other = _founded(ours_app), _founded(bare_app)
    dossiers = _dossiers(bare_app, other, rows)
    spent = [0.0, 0.0]
    part = rows // 10
    for start in range(0, rows, part):
        wanted = [_row(unit, number) for number in range(start, start + part)]
        began = time.perf_counter()
        for at in range(0, part, BATCH):
            with ours_app.change(SYSTEM) as work:
                take_many(work, unit, wanted[at : at + BATCH])
        spent[0] += time.perf_counter() - began
        ready = [_ready(other, number, dossiers) for number in range(start, start + part)]
        began = time.perf_counter()
        for at in range(0, part, BATCH):
            _bare(bare_app, ready[at : at + BATCH])
        spent[1] += time.perf_counter() - began
        sys.stderr.write(f"{start + part}: {spent[0]:.1f} s beside {spent[1]:.1f} s\n")
    return rows / spent[0], rows / spent[1]


def _founded(app: Leuit) -> UUID:
    office = open_office(app)
    for name, data in TABLES.items():
        put_in_force(app, name, data)
    return office.unit("DIN.A")


def _row(unit: UUID, number: int) -> RowToTake:
    """As the trial of a folder makes them."""
    sha256 = hashlib.sha256(str(number).encode()).hexdigest()
    told = FolderRow(
        file=f"tahun/surat-{number}.pdf",
        title=f"Surat perjalanan dinas nomor {number} tentang kegiatan contoh",
        date=dt.date(2019, 1, 1) + dt.timedelta(number % 300),
        number=f"000.1.2/{number}/2019",
        code=CODE,
        dossier=f"Perjalanan {number // A_DOSSIER}",
        year=2019,
        secrecy="limited",
        urgency="biasa",
        sifat="biasa",
        signed=True,
    )
    key = f"import:{unit.hex}:{sha256}:{sha256[:32]}:1"
    return RowToTake(key, f"0123456789abcdef:{number}", told, sha256, 120_000, "application/pdf")


def _dossiers(app: Leuit, unit: UUID, rows: int) -> dict[int, UUID]:
    """The dossiers of the baseline, which are there before its time begins."""
    found = {}
    with app.change(SYSTEM) as work:
        for serial in range((rows - 1) // A_DOSSIER + 1):
            dossier = Dossier(
                unit_id=unit,
                class_code=CODE,
                class_title="Perjalanan Dinas",
                year=2019,
                serial=serial + 1,
                title=f"Perjalanan {serial}",
                opened_on=work.today,
                classification_edition=new_id(),
            )
            work.session.add(dossier)
            work.session.flush()
            found[serial] = dossier.id
        work.audit("archives.dossier.opened", RecordRef("archives.dossier", "bench"))
    return found


Ready = tuple[dict[str, Any], dict[str, Any], dict[str, Any]]


def _ready(unit: UUID, number: int, dossiers: dict[int, UUID]) -> Ready:
    """The same rows, ready made."""
    row, now = _row(unit, number), dt.datetime.now(dt.UTC)
    record = {
        "id": new_id(),
        "key": row.key,
        "ref_kind": "archives.import",
        "ref_id": row.ref,
        "ref_label": row.name,
        "kind": "",
        "unit_id": unit,
        "title": row.row.title,
        "number": row.row.number,
        "date": row.row.date,
        "signed": True,
        "secrecy": 2,
        "class_code": CODE,
        "class_title": "Perjalanan Dinas",
        "classification_edition": unit,
        "retention_edition": None,
        "secrecy_edition": None,
        "dossier_id": dossiers[number // A_DOSSIER],
        "place": number % A_DOSSIER + 1,
        "taken_at": now,
        "filed_at": now,
        "filed_by": None,
        "state": FILED,
        "legacy_unverified": True,
        "version": 1,
    }
    file = {"record_id": record["id"], "place": 1, "sha256": row.sha256, "name": row.name}
    blob = {
        "sha256": row.sha256,
        "size": row.size,
        "media_type": row.media_type,
        "name": row.name,
        "stored_at": now,
    }
    return record, file, blob


def _bare(app: Leuit, batch: Sequence[Ready]) -> None:
    """One transaction of plain inserts."""
    with app.database.writer.connect() as connection, connection.begin():
        connection.execute(insert(Blob), [blob for _record, _file, blob in batch])
        connection.execute(insert(Record), [record for record, _file, _blob in batch])
        connection.execute(insert(RecordFile), [file for _record, file, _blob in batch])
