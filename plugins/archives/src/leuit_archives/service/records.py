"""Records come in: handed over by other services through `archive_record`, or by this one.

Taking a record is a row, its files and, where a rule of the day says so, its place in a dossier:
all in the unit of work of who hands it over. What no rule can file lies on the archivist's desk.
"""

import datetime as dt
from uuid import UUID

import attrs
from sqlalchemy import insert, select

from leuit.builtin.checks import storable
from leuit.builtin.regulations import edition
from leuit.contracts import ArchiveRequest
from leuit.identity import Unit
from leuit.storage import Blob, insert_into
from leuit.values import InvalidInputError, RecordRef, _, new_id, one_line
from leuit.work import Work
from leuit_archives.models import WAITING, Record, RecordFile
from leuit_archives.models.instruments import TITLE
from leuit_archives.models.records import KEY, LABEL, NUMBER
from leuit_archives.rules.filing import grade_of

from .placing import dossier_for, put_into
from .proposals import Proposing
from .record_access import RECORD, ref_of
from .secrecy import KIND as SECRECY

TAKEN = "archives.record.taken"


@attrs.frozen
class RecordFileToTake:
    """A file in the register of files, and its name in the archive; empty for that of the file."""

    sha256: str
    name: str = ""


@attrs.frozen(kw_only=True)
class RecordToTake:
    """A finished record. The first of its files is the paper itself.

    `kind` is the kind of naskah, empty for what other services hand over; `code` its code of
    classification where that is known already. `secrecy` is a word of the contract, None where the
    caller knows nothing of it.
    """

    key: str
    ref: RecordRef
    title: str
    files: tuple[RecordFileToTake, ...]
    date: dt.date
    unit_id: UUID
    signed: bool
    number: str = ""
    secrecy: str | None = None
    kind: str = ""
    code: str | None = None


def archive_record(work: Work, request: ArchiveRequest) -> RecordRef:
    """The port: see `leuit.contracts.ArchiveRecord`."""
    return take_record(
        work,
        RecordToTake(
            key=request.key,
            ref=request.ref,
            title=request.title,
            files=(RecordFileToTake(request.sha256),),
            date=request.date,
            unit_id=request.unit_id,
            signed=request.signed,
            number=request.number,
            secrecy=request.secrecy,
        ),
    )


def take_record(work: Work, asked: RecordToTake) -> RecordRef:
    """Take a record, and file it at once where a rule says where; the same key gives the same.

    Raises InvalidInputError for what is no whole record: without key, title or file, with a key or
    number too long to keep, or of a file or unit that is not known. A code that the classification
    of today does not have is left out, and the record waits. A longer title is cut.
    """
    known = _known(work, asked.key)
    if known is not None:
        return known
    files = _checked(work, asked)
    proposing = Proposing(work)
    rule = proposing.rule(asked.kind, asked.ref.kind)
    held = proposing.held(asked.code) if asked.code else None
    levels = edition(work, SECRECY.name, work.today)
    record_id = work.connection.execute(
        insert_into(work.database.dialect, Record)
        .values(
            id=new_id(),
            key=asked.key,
            ref_kind=asked.ref.kind,
            ref_id=asked.ref.id,
            ref_label=asked.ref.label[:LABEL],
            kind=asked.kind,
            unit_id=asked.unit_id,
            title=one_line(asked.title)[:TITLE],
            number=one_line(asked.number),
            date=asked.date,
            signed=asked.signed,
            secrecy=grade_of(asked.secrecy, rule),
            class_code=held.code if held else None,
            class_title=held.title if held else None,
            classification_edition=held.edition if held else None,
            secrecy_edition=levels.id if levels else None,
            taken_at=work.now,
            state=WAITING,
            version=1,
        )
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(Record.id)
    ).scalar()
    if record_id is None:  # another unit of work took it while this one looked
        taken = _known(work, asked.key)
        assert taken is not None
        return taken
    work.connection.execute(
        insert(RecordFile),
        [
            {"record_id": record_id, "place": place, "sha256": file.sha256, "name": file.name}
            for place, file in enumerate(files, 1)
        ],
    )
    record = work.session.get_one(Record, record_id)
    work.audit(
        TAKEN,
        ref_of(record),
        of=str(asked.ref),
        files=[file.sha256 for file in files],
        unit=asked.unit_id,
        number=record.number,
        date=asked.date,
        secrecy=record.secrecy,
    )
    if rule is not None and rule.automatic:
        found = proposing.by(rule, asked.unit_id, record.class_code, asked.date)
        if found is not None and not found.was_closed:
            dossier = dossier_for(work, asked.unit_id, found.held, found.year, found.title)
            put_into(work, record, dossier, by_rule=True)
    return ref_of(record)


def _known(work: Work, key: str) -> RecordRef | None:
    row = work.connection.execute(select(Record.id, Record.title).where(Record.key == key)).first()
    return RecordRef(RECORD, str(row.id), row.title[:200]) if row else None


def _checked(work: Work, asked: RecordToTake) -> list[RecordFileToTake]:
    """The files with their names."""
    if not asked.key or len(asked.key) > KEY or not storable(asked.key):
        raise InvalidInputError(_("Kunci permintaan pemberkasan tidak dapat dipakai."))
    if not one_line(asked.title):
        raise InvalidInputError(_("Arsip perlu judul."))
    if len(one_line(asked.number)) > NUMBER:
        raise InvalidInputError(_("Nomor arsip paling banyak %s huruf.") % NUMBER)
    if work.session.get(Unit, asked.unit_id) is None:
        raise InvalidInputError(_("Unit pencipta arsip itu tidak dikenal."))
    if not asked.files:
        raise InvalidInputError(_("Arsip perlu sedikitnya satu berkas digital."))
    wanted = {file.sha256 for file in asked.files}
    rows = work.connection.execute(select(Blob.sha256, Blob.name).where(Blob.sha256.in_(wanted)))
    names = {row.sha256: row.name for row in rows}
    if len(names) < len(wanted):
        raise InvalidInputError(_("Berkas digital arsip itu belum tersimpan."))
    return [
        RecordFileToTake(file.sha256, one_line(file.name)[:255] or names[file.sha256])
        for file in asked.files
    ]
