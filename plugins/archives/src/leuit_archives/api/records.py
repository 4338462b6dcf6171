"""Records for programs: found, read, filed, corrected."""

import datetime as dt
from typing import Literal
from uuid import UUID

import attrs

from leuit.values import FieldError, InvalidInputError, _
from leuit.web import Request, Response, cursor_after, cursor_page, file_answer
from leuit.work import Work
from leuit_archives.service.correcting import Correction, correct_record
from leuit_archives.service.filing import ChosenRecord, NewDossier, file_records
from leuit_archives.service.record_files import read_file
from leuit_archives.service.record_listing import RecordFilter, records

from .values import (
    DossierAnswer,
    Grade,
    RecordAnswer,
    RecordLine,
    changed,
    dossier_answer,
    id_of,
    lines_of,
    record_answer,
    told,
)


@attrs.frozen
class RecordsQuery:
    """`limit` records (1 to 200) after `cursor`; the others narrow the list where they are given.

    Those that are `waiting` come in the order of their coming, those `filed` the newest first.
    `source` is a kind of record of another service, `text` is looked for in title and number.
    """

    state: Literal["waiting", "filed"] = "filed"
    unit: UUID | None = None
    year: int = 0
    source: str = ""
    text: str = ""
    cursor: str = ""
    limit: int = 50


@attrs.frozen
class RecordsAnswer:
    """A page of records; `next` is the cursor of the one after, or null."""

    items: list[RecordLine]
    next: str | None


@attrs.frozen
class ChosenBody:
    """A record that waits, and the version that was read."""

    id: UUID
    version: int


@attrs.frozen
class FileBody:
    """Records of one unit, filed all or none: into `dossier_id`, or into the open dossier of `code`
    and `title`, which is opened where there is none. An empty title is the code's name and year.
    """

    records: list[ChosenBody]
    dossier_id: UUID | None = None
    code: str = ""
    title: str = ""


@attrs.frozen
class CorrectBody:
    """What a record shall say, null to leave as it is, and why; the version that was read."""

    version: int
    reason: str
    title: str | None = None
    number: str | None = None
    date: dt.date | None = None
    code: str | None = None
    secrecy: Grade | None = None
    dossier_id: UUID | None = None


def list_records(request: Request) -> Response:
    """The records that the asker may read."""
    query = request.decode_query(RecordsQuery)
    cursor, limit = cursor_page(request, 1)
    if query.year and not 1900 <= query.year <= 9999:
        sentence = _("Tahun itu tidak dikenal.")
        raise InvalidInputError(sentence, fields=[FieldError("year", sentence, "out_of_range")])
    wanted = RecordFilter(
        query.state, query.unit, query.year or None, query.source[:80], query.text[:100]
    )
    with request.read() as view:
        found = records(view, wanted, limit + 1, after=id_of(cursor[0]) if cursor else None)
        lines = lines_of(view, [record for record, _unit in found[:limit]])
    more = cursor_after(str(lines[-1].id)) if len(found) > limit else None
    return told(RecordsAnswer(lines, more))


def show(request: Request) -> Response:
    """One record."""
    with request.read() as view:
        answer = record_answer(view, request.params["record_id"])
    return told(answer)


def download(request: Request) -> Response:
    """A file of a record, as it was handed over; the reading is noted."""
    with request.read() as view:
        file = read_file(view, request.params["record_id"], request.params["place"])
    return file_answer(request.app.blobs.get(file.sha256), file.name, "application/octet-stream")


def file(request: Request) -> Response:
    """File records; the answer is their dossier."""
    sent = request.decode(FileBody)
    chosen = [ChosenRecord(one.id, one.version) for one in sent.records]
    target = sent.dossier_id or NewDossier(sent.code, sent.title)

    def act(work: Work) -> DossierAnswer:
        dossier = file_records(work, chosen, target)
        return dossier_answer(work, dossier.id)

    return changed(request, act)


def correct(request: Request) -> Response:
    """Correct a record, with the reason."""
    sent = request.decode(CorrectBody)
    record_id: UUID = request.params["record_id"]
    wanted = Correction(
        title=sent.title,
        number=sent.number,
        date=sent.date,
        code=sent.code,
        secrecy=sent.secrecy,
        dossier_id=sent.dossier_id,
    )

    with request.change() as work:
        correct_record(work, record_id, sent.version, wanted, sent.reason)
    with request.read() as view:  # its history tells of this correction once it is committed
        answer: RecordAnswer = record_answer(view, record_id)
    return told(answer)
