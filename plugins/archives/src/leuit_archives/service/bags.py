"""A dossier as a BagIt package: files of its records, with metadata as JSON and CSV beside them.

It holds what the reader may read, and numbers that by itself: neither a count nor a gap tells of a
record that is hidden from him. It is made when it is asked for and kept nowhere, so that
there is no copy that a later disposal of the dossier would have to find.
"""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator, Sequence
from typing import IO, Any
from uuid import UUID

from sqlalchemy import func, select

from leuit.builtin.regulations import RegulationEdition
from leuit.identity import Identity, Unit
from leuit.storage import Blob
from leuit.values import LeuitError, RecordRef, TooLargeError, UnavailableError, _, local_time
from leuit.work import Leuit, View
from leuit_archives.models import (
    Disposal,
    DisposalItem,
    DisposalPaper,
    Dossier,
    Record,
    RecordFile,
)
from leuit_archives.rules.bag_names import safe_name
from leuit_archives.rules.secrecy import GRADES, SECRET_FROM

from .bag_writing import BagWriter
from .record_access import dossier_ref, find_dossier, ref_of, signature_of, visible_records
from .record_listing import contents, files_of

PAGE = 200
MOST_BY_WEB = 2 * 1024**3
"""What is packed while a browser waits; more is for `leuit archives bag`."""

_COLUMNS = (
    "item",
    "title",
    "number",
    "date",
    "kind",
    "class_code",
    "class_title",
    "secrecy",
    "signed",
    "classification_edition",
    "retention_edition",
    "secrecy_edition",
    "legacy_unverified",
    "source",
    "file",
    "sha256",
)


class ChangedFileError(UnavailableError):
    """A file of the dossier is gone from the store or is not what was stored; no bag is made."""

    code = "changed_file"


def write_bag(
    app: Leuit, identity: Identity, dossier_id: UUID, out: IO[bytes], *, most: int | None = None
) -> str:
    """Write the package of a dossier and return its name; call it outside a unit of work.

    Raises NotFoundError, TooLargeError for more than `most` bytes, ChangedFileError naming the
    record whose file is gone or changed. Reading is noted for the dossier and each secret record.
    """
    with app.read(identity) as view:
        dossier = find_dossier(view, dossier_id)
        if most is not None and _size(view, dossier.id) > most:
            raise TooLargeError(
                _("Berkas itu terlalu besar untuk diunduh sekaligus."),
                advice=_("Minta pengelola sistem menjalankan: leuit archives bag %(id)s."),
                id=str(dossier.id),
            )
        name = safe_name(f"berkas {signature_of(dossier).replace('/', '-')}")
        when = local_time(view.now, app.zone)
        with BagWriter(out, name, when) as bag:
            _fill(view, bag, dossier)
            bag.finish(_info(view, dossier, when))
        view.note_access(dossier_ref(dossier), what="bag")
    return f"{name}.zip"


def _fill(view: View, bag: BagWriter, dossier: Dossier) -> None:
    """Records one after another: their files, then a line of each in both metadata files."""
    editions = _Editions(view)
    table, lines = bag.scratch(), bag.scratch()
    _csv_line(table, _COLUMNS)
    head = json.dumps(_told_dossier(view, dossier, editions), ensure_ascii=False, indent=1)
    lines.write(f'{{"dossier": {head},\n"records": ['.encode())
    for item, record in enumerate(_records(view, dossier.id), 1):
        if record.secrecy >= SECRET_FROM:
            view.note_access(ref_of(record), what="bag")
        told = _told(record, item, editions)
        told["files"] = []
        for file in files_of(view, record.id):
            path = f"{item:05d}/{file.place:02d} {safe_name(file.name)}"
            try:
                bag.add(path, view.app.blobs.pieces(file.sha256))
            except LeuitError as error:
                raise _changed(record, file, error) from error
            told["files"].append({"path": f"data/{path}", "sha256": file.sha256})
            cells = [told.get(column) for column in _COLUMNS[:-2]]
            _csv_line(table, [*cells, f"data/{path}", file.sha256])
        lines.write(f"{',' if item > 1 else ''}\n".encode())
        lines.write(json.dumps(told, ensure_ascii=False).encode())
        view.session.expunge(record)
    lines.write(b"\n]}\n")
    bag.add_tag("metadata/records.csv", table)
    bag.add_tag("metadata/records.json", lines)


def _records(view: View, dossier_id: UUID) -> Iterator[Record]:
    after = 0
    while found := contents(view, dossier_id, PAGE, after=after):
        after = found[-1].place or 0
        yield from found


def _size(view: View, dossier_id: UUID) -> int:
    query = (
        select(func.coalesce(func.sum(Blob.size), 0))
        .join(RecordFile, RecordFile.sha256 == Blob.sha256)
        .join(Record, Record.id == RecordFile.record_id)
        .where(Record.dossier_id == dossier_id, visible_records(view))
    )
    return int(view.connection.execute(query).scalar_one())


def _info(view: View, dossier: Dossier, when: dt.datetime) -> dict[str, str]:
    unit = view.session.get_one(Unit, dossier.unit_id)
    return {
        "Source-Organization": unit.name,
        "External-Identifier": signature_of(dossier),
        "External-Description": dossier.title,
        "Bagging-Date": when.date().isoformat(),
        "Bag-Software-Agent": "Leuit",
    }


def _told_dossier(view: View, dossier: Dossier, editions: "_Editions") -> dict[str, Any]:
    unit = view.session.get_one(Unit, dossier.unit_id)
    return {
        "number": signature_of(dossier),
        "title": dossier.title,
        "unit": unit.name,
        "class_code": dossier.class_code,
        "class_title": dossier.class_title,
        "year": dossier.year,
        "opened_on": dossier.opened_on.isoformat(),
        "closed_on": dossier.closed_on.isoformat() if dossier.closed_on else None,
        "classification_edition": editions.name(dossier.classification_edition),
        "retention_edition": editions.name(dossier.retention_edition),
        "active_years": dossier.active_years,
        "active_trigger": dossier.active_trigger,
        "inactive_years": dossier.inactive_years,
        "inactive_trigger": dossier.inactive_trigger,
        "final_action": dossier.final_action,
        "handed_over": _handed_over(view, dossier.id),
    }


def _handed_over(view: View, dossier_id: UUID) -> dict[str, Any] | None:
    """By which list and berita acara it was handed over, stated authentic, whole and usable."""
    row = view.connection.execute(
        select(
            Disposal.year,
            Disposal.serial,
            DisposalItem.place,
            DisposalItem.ended_at,
            DisposalPaper.number,
            DisposalPaper.dated,
            DisposalPaper.sha256,
        )
        .join(Disposal, Disposal.id == DisposalItem.disposal_id)
        .join(DisposalPaper, DisposalPaper.disposal_id == Disposal.id)
        .where(
            DisposalItem.dossier_id == dossier_id,
            DisposalItem.outcome == "handed_over",
            DisposalPaper.step == "sign",
        )
    ).first()
    if row is None:
        return None
    return {
        "list": f"{row.serial}/{row.year}",
        "item": row.place,
        "at": row.ended_at.isoformat(),
        "minutes_number": row.number,
        "minutes_dated": row.dated.isoformat(),
        "minutes_sha256": row.sha256,
    }


def _told(record: Record, item: int, editions: "_Editions") -> dict[str, Any]:
    return {
        "item": item,
        "id": str(record.id),
        "title": record.title,
        "number": record.number,
        "date": record.date.isoformat(),
        "kind": record.kind,
        "class_code": record.class_code,
        "class_title": record.class_title,
        "secrecy": GRADES[record.secrecy - 1],
        "signed": record.signed,
        "classification_edition": editions.name(record.classification_edition),
        "retention_edition": editions.name(record.retention_edition),
        "secrecy_edition": editions.name(record.secrecy_edition),
        "legacy_unverified": record.legacy_unverified,
        "source": str(RecordRef(record.ref_kind, record.ref_id)),
        "taken_at": record.taken_at.isoformat(),
        "filed_at": record.filed_at.isoformat() if record.filed_at else None,
    }


class _Editions:
    """What editions are called, each asked for once: an id says nothing to another system."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._known: dict[UUID, str] = {}

    def name(self, edition_id: UUID | None) -> str | None:
        if edition_id is None:
            return None
        if edition_id not in self._known:
            row = self._view.connection.execute(
                select(RegulationEdition.title, RegulationEdition.legal_basis).where(
                    RegulationEdition.id == edition_id
                )
            ).one()
            self._known[edition_id] = f"{row.title} ({row.legal_basis})"
        return self._known[edition_id]


def _csv_line(target: IO[bytes], cells: Sequence[Any]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(
        ["" if cell is None else cell for cell in cells]
    )
    target.write(text.getvalue().encode())


def _changed(record: Record, file: RecordFile, error: LeuitError) -> ChangedFileError:
    return ChangedFileError(
        _("Berkas digital “%(file)s” dari arsip “%(title)s” hilang atau berubah: %(reason)s"),
        advice=_("Pulihkan berkas itu dari cadangan, lalu buat paketnya lagi."),
        file=file.name,
        title=record.title[:200],
        reason=str(error),
    )
