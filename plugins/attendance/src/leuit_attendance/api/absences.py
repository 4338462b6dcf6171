"""JSON routes of absences: enter, list and cancel, as the personnel office does by page."""

import datetime as dt
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.identity import Person
from leuit.values import NotFoundError, RecordRef, _
from leuit.web import Request, Response, json_answer
from leuit_attendance.models import AbsenceRow
from leuit_attendance.service.absences import (
    ENTER,
    NewAbsence,
    absences_entered,
    cancel_absence,
    enter_absence,
)

MOST = 200


@attrs.frozen
class RecordBody:
    """A document that another service keeps."""

    kind: str
    id: str


@attrs.frozen
class AbsenceBody:
    """An approved absence of the person of that NIP; both days are included."""

    nip: str
    kind: str
    first_day: dt.date
    last_day: dt.date
    document: str
    title: str = ""
    note: str = ""
    record: RecordBody | None = None


@attrs.frozen
class CancelBody:
    """Why an entry is cancelled, and the version that was read."""

    version: int
    reason: str


@attrs.frozen
class AbsenceAnswer:
    """An entered absence."""

    id: UUID
    person_id: UUID
    kind: str
    title: str
    first_day: dt.date
    last_day: dt.date
    document: str
    cancelled: bool
    version: int


@attrs.frozen
class AbsenceList:
    """The newest entries, at most 200."""

    items: list[AbsenceAnswer]


def list_absences(request: Request) -> Response:
    """The newest entries of people whom the asker may enter absences for."""
    with request.read() as view:
        found = absences_entered(view, MOST)
    return json_answer(AbsenceList([_answer(row) for row, _name in found]))


def add_absence(request: Request) -> Response:
    """Enter an absence."""
    sent = request.decode(AbsenceBody)
    with request.change() as work:
        nip = "".join(sent.nip.split())
        person = work.session.scalars(select(Person).where(Person.nip == nip)).one_or_none()
        if person is None:
            raise NotFoundError(_("Tidak ada pegawai dengan NIP itu."))
        work.require_person(ENTER, person.id)
        row = enter_absence(
            work,
            NewAbsence(
                person.id,
                sent.kind,
                sent.first_day,
                sent.last_day,
                sent.document,
                sent.title,
                sent.note,
                RecordRef(sent.record.kind[:80], sent.record.id[:80]) if sent.record else None,
            ),
        )
    return json_answer(_answer(row), 201)


def cancel(request: Request) -> Response:
    """Cancel an entry."""
    sent = request.decode(CancelBody)
    try:
        absence_id = UUID(request.params["absence_id"])
    except ValueError:
        raise NotFoundError(_("Catatan ketidakhadiran itu tidak ada.")) from None
    with request.change() as work:
        row = cancel_absence(work, absence_id, sent.version, sent.reason)
    return json_answer(_answer(row))


def _answer(row: AbsenceRow) -> AbsenceAnswer:
    return AbsenceAnswer(
        row.id,
        row.person_id,
        row.kind,
        row.title,
        row.first_day,
        row.last_day,
        row.document,
        row.cancelled_at is not None,
        row.version,
    )
