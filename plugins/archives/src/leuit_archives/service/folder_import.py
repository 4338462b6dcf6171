"""Bringing in a folder of old files with a table: tried without any change, then taken in batches.

Each row has a key: the unit, what its file is, and how it is described. A row whose record is there
already is left alone, so that an import that was stopped is begun again and makes nothing twice,
also where rows were put in or moved in between. A table with one refused row brings in nothing.

What comes in so has no schedule that it was kept under: `Record.legacy_unverified`.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.checks import storable
from leuit.builtin.organisation import RefusedRowsError, Report, RowReport, unit_by_code
from leuit.identity import Identity
from leuit.values import ConflictError, FieldError, NotFoundError, Text, _
from leuit.work import Leuit, View
from leuit_archives.models import Record
from leuit_archives.permissions import FILE_RECORDS
from leuit_archives.reading import RefusedFileError, TextReader
from leuit_archives.rules.folder_rows import FolderRow, read_row

from .dossiers import held_class
from .folder_source import FileFault, Source, TableRow, table_rows
from .taking_many import RowToTake, take_many

BATCH = 500
ASKED_AT_ONCE = 500
MOST_NAMED = 20


@attrs.frozen
class FolderPlan:
    """What an import would do: the report, the rows that are still to be taken, and notes."""

    unit_id: UUID
    import_id: str
    report: Report
    rows: tuple[RowToTake, ...] = attrs.field(repr=False)
    notes: tuple[str, ...]


Told = Callable[[int, int], None]


def try_folder(
    app: Leuit,
    identity: Identity,
    source: Source,
    unit_code: str,
    *,
    import_id: str = "",
    told: Told = lambda _done, _total: None,
) -> FolderPlan:
    """What each row would become; files are opened as files of strangers, outside a unit of work.

    What is taken names the `import_id`; one that is not told follows from unit and table.
    Raises InvalidInputError or TooLargeError for what is no such folder, NotFoundError for the
    unit, a refusal without the right to file there.
    """
    data = source.table()
    rows, ignored = table_rows(data)
    import_id = import_id or hashlib.sha256(unit_code.encode() + b"\n" + data).hexdigest()[:16]
    with app.read(identity) as view:
        unit = unit_by_code(view, unit_code)
        if unit is None:
            raise NotFoundError(_("Tidak ada unit berkode %(code)s."), code=unit_code[:40])
        view.require(FILE_RECORDS, unit.id)
        unit_id = unit.id
        read = [_read(view, row) for row in rows]
    reports = [report for _row, report in read]
    named: set[str] = set()
    wanted: list[RowToTake] = []
    seen: Counter[str] = Counter()
    with TextReader() as reader:
        for start in range(0, len(read), ASKED_AT_ONCE):
            batch = []
            for row, report in read[start : start + ASKED_AT_ONCE]:
                named.add(report.key)
                if row is None:
                    continue
                try:
                    content = source.read(row.file)
                except FileFault as fault:
                    report.refuse("file", fault.sentence)
                    continue
                batch.append((_keyed(row, report, content, unit_id, import_id, seen), report))
            for one, report in _fresh(app, identity, batch):
                kept = _opened(reader, source, one, report)
                if kept is not None:
                    report.changed(_("Baru."), new=True)
                    wanted.append(kept)
            told(min(start + ASKED_AT_ONCE, len(read)), len(read))
    return FolderPlan(
        unit_id,
        import_id,
        Report("folder", tuple(reports), ignored),
        tuple(wanted),
        tuple(_notes(source.unnamed(named))),
    )


def apply_folder(
    app: Leuit,
    identity: Identity,
    source: Source,
    plan: FolderPlan,
    *,
    request_id: str = "",
    told: Told = lambda _done, _total: None,
) -> int:
    """Take the rows of a plan, batch by batch; returns how many records were made.

    Each batch is whole or not at all: what is stopped in between is begun again with a new plan.
    Raises RefusedRowsError when a row is refused, ConflictError for a file that changed meanwhile.
    """
    if plan.report.refused:
        raise RefusedRowsError(plan.report)
    taken = 0
    for start in range(0, len(plan.rows), BATCH):
        batch = plan.rows[start : start + BATCH]
        for row in batch:
            if app.blobs.put(_again(source, row)) != row.sha256:
                raise _changed(row)
        with app.change(identity, request_id=request_id) as work:
            taken += take_many(work, plan.unit_id, batch)
        told(start + len(batch), len(plan.rows))
    return taken


def _read(view: View, row: TableRow) -> tuple[FolderRow | None, RowReport]:
    """A row, or None where its cells make none; its report."""
    cells = row.cells
    report = RowReport(row.number, cells.get("file", "")[:300], cells.get("title", "")[:200])
    if row.fault is not None:
        report.refuse("file", row.fault)
        return None, report
    if not all(storable(cell) for cell in cells.values()):
        report.refuse("title", _("Ada huruf yang tidak dapat disimpan; ketik ulang."))
        return None, report
    found, faults = read_row(cells, view.today)
    if found is not None and found.code and not _is_held(view, found.code):
        sentence = _("Kode itu tidak ada pada klasifikasi yang berlaku hari ini.")
        faults = (FieldError("code", sentence, "unknown"),)
    if faults:
        report.faults.extend(faults)
        report.status = "ditolak"
        return None, report
    return found, report


def _is_held(view: View, code: str) -> bool:
    known: dict[str, bool] = view.kept.setdefault("archives.held_codes", {})
    if code not in known:
        known[code] = held_class(view, code) is not None
    return known[code]


def _keyed(
    row: FolderRow,
    report: RowReport,
    content: bytes,
    unit_id: UUID,
    import_id: str,
    seen: Counter[str],
) -> RowToTake:
    sha256 = hashlib.sha256(content).hexdigest()
    told = f"{row.title}\n{row.number}\n{row.date.isoformat()}"
    described = hashlib.sha256(told.encode()).hexdigest()[:32]
    key = f"import:{unit_id.hex}:{sha256}:{described}"
    seen[key] += 1  # rows that say the same of the same file are as many records
    return RowToTake(
        key=f"{key}:{seen[key]}",
        ref=f"{import_id}:{report.number}",
        row=row,
        sha256=sha256,
        size=len(content),
    )


def _fresh(
    app: Leuit, identity: Identity, batch: Sequence[tuple[RowToTake, RowReport]]
) -> list[tuple[RowToTake, RowReport]]:
    """Those whose record is not there yet."""
    with app.read(identity) as view:
        known = set(
            view.session.scalars(
                select(Record.key).where(Record.key.in_([row.key for row, _report in batch]))
            )
        )
    return [(row, report) for row, report in batch if row.key not in known]


def _opened(
    reader: TextReader, source: Source, row: RowToTake, report: RowReport
) -> RowToTake | None:
    """The row with what its file is; None where the file may not be kept, with the reason."""
    try:
        media_type = reader.read(_again(source, row), row.name).media_type
    except RefusedFileError as error:
        report.refuse("file", error)
        return None
    return attrs.evolve(row, media_type=media_type)


def _again(source: Source, row: RowToTake) -> bytes:
    try:
        content = source.read(row.row.file)
    except FileFault as fault:
        raise _changed(row) from fault
    return content


def _changed(row: RowToTake) -> ConflictError:
    return ConflictError(
        _("Berkas “%(file)s” berubah sejak diperiksa."),
        advice=_("Jalankan lagi; yang sudah masuk tidak diulang."),
        file=row.row.file,
    )


def _notes(unnamed: Sequence[str]) -> Iterator[Text | str]:
    """What stays behind in the folder."""
    if unnamed:
        told = {"count": len(unnamed), "names": ", ".join(unnamed[:MOST_NAMED])}
        yield _("%(count)s berkas tidak disebut di tabel dan tidak ikut: %(names)s.") % told
