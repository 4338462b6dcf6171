"""Approved absences, entered by the personnel office with the number of the approving document.

Two absences of one person never share a day. Nothing is changed afterwards: a wrong entry is
cancelled with a reason and entered anew, so that every past judgement stays explainable.
"""

import datetime as dt
from collections.abc import Sequence
from typing import get_args
from uuid import UUID

import attrs
from sqlalchemy import func, select

from leuit.builtin.checks import TextChecker
from leuit.contracts import Description
from leuit.identity import Person
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    RecordRef,
    StaleEditError,
    _,
    format_date,
)
from leuit.work import Leuit, View, Work
from leuit_attendance.models import AbsenceRow
from leuit_attendance.rules import AbsenceKind

from .compute import ask

ENTER = "attendance.absence.enter"
LONGEST = 366 * 5
KINDS: dict[str, str] = {
    "cuti": _("Cuti"),
    "tugas_belajar": _("Tugas belajar"),
    "dinas_luar": _("Dinas luar (SPT)"),
    "izin": _("Izin"),
}


@attrs.frozen
class NewAbsence:
    """An approved absence to be entered; both days are included.

    `title` tells the kind more exactly ("Cuti tahunan"); `record` points to the document where
    another service keeps it.
    """

    person_id: UUID
    kind: str
    first_day: dt.date
    last_day: dt.date
    document: str
    title: str = ""
    note: str = ""
    record: RecordRef | None = None


def enter_absence(work: Work, new: NewAbsence) -> AbsenceRow:
    """Enter an absence; raises InvalidInputError with every fault, ConflictError on an overlap."""
    person = _locked_person(work, new.person_id)
    check = TextChecker()
    document = check.read("document", new.document, most=120)
    title = check.read("title", new.title, most=80, required=False)
    note = check.read("note", new.note, most=500, required=False)
    if new.kind not in get_args(AbsenceKind):
        check.fault("kind", _("Pilih cuti, tugas belajar, dinas luar, atau izin."))
    if new.last_day < new.first_day:
        check.fault("last_day", _("Hari terakhir tidak boleh sebelum hari pertama."))
    elif (new.last_day - new.first_day).days >= LONGEST:
        check.fault("last_day", _("Paling lama lima tahun."))
    if check.faults:
        raise InvalidInputError(_("Ketidakhadiran belum dicatat."), fields=check.faults)
    _refuse_overlap(work, new)
    row = AbsenceRow(
        person_id=new.person_id,
        kind=new.kind,
        title=title or KINDS[new.kind],
        first_day=new.first_day,
        last_day=new.last_day,
        document=document,
        record_kind=new.record.kind if new.record else "",
        record_id=new.record.id if new.record else "",
        note=note,
        entered_by=work.identity.account_id,
        entered_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.audit(
        "attendance.absence.entered",
        _ref(row, person),
        person=new.person_id,
        kind=new.kind,
        first=new.first_day,
        last=new.last_day,
        document=document,
        record=new.record,
    )
    ask(work, [(new.person_id, new.first_day, new.last_day)])
    return row


def cancel_absence(work: Work, absence_id: UUID, version: int, reason: str) -> AbsenceRow:
    """Take an absence out of force, saying why."""
    found = work.session.get(AbsenceRow, absence_id)
    if found is None:
        raise NotFoundError(_("Catatan ketidakhadiran itu tidak ada."))
    person = _locked_person(work, found.person_id)
    row = work.session.get_one(AbsenceRow, absence_id, populate_existing=True)
    check = TextChecker()
    text = check.read("reason", reason, most=200)
    if check.faults:
        raise InvalidInputError(_("Tulis alasan pembatalan."), fields=check.faults)
    if row.cancelled_at is not None or row.version != version:
        raise StaleEditError(
            _("Catatan ini sudah dibatalkan atau diubah orang lain."),
            advice=_("Muat ulang halaman."),
        )
    row.cancelled_at, row.cancelled_by = work.now, work.identity.account_id
    row.cancelled_reason, row.version = text, row.version + 1
    work.session.flush()
    work.audit("attendance.absence.cancelled", _ref(row, person), reason=text)
    ask(work, [(row.person_id, row.first_day, row.last_day)])
    return row


def absences_entered(view: View, limit: int, offset: int = 0) -> Sequence[tuple[AbsenceRow, str]]:
    """Absences of people whom the reader may enter them for, the newest first, with the names.

    Reading them is noted, as they tell of illness and family.
    """
    rows = view.session.execute(
        select(AbsenceRow, Person.name)
        .join(Person, Person.id == AbsenceRow.person_id)
        .where(view.visible(ENTER, AbsenceRow.person_id))
        .order_by(AbsenceRow.entered_at.desc(), AbsenceRow.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()
    for person_id in sorted({row.AbsenceRow.person_id for row in rows}):
        if person_id != view.identity.person_id and view.identity.kind != "system":
            view.note_access(RecordRef("core.person", str(person_id)), what="absences")
    return [(row.AbsenceRow, row.name) for row in rows]


def count_absences(view: View) -> int:
    """How many `absences_entered` would tell of."""
    query = (
        select(func.count())
        .select_from(AbsenceRow)
        .where(view.visible(ENTER, AbsenceRow.person_id))
    )
    return view.session.execute(query).scalar_one()


def document_of(app: Leuit, row: AbsenceRow) -> Description:
    """How the approving document is shown: named by the service that keeps it, if it does."""
    if row.record_kind and app.has_port("describe_record"):
        ref = RecordRef(row.record_kind, row.record_id, row.document)
        told: Description | None = app.port("describe_record")(ref)
        if told is not None:
            return told
    return Description(row.document)


def _locked_person(work: Work, person_id: UUID) -> Person:
    """The person, whose other absences nobody else can enter until this unit ends."""
    person = work.session.scalars(
        select(Person).where(Person.id == person_id).with_for_update(key_share=True)
    ).one_or_none()
    if person is None:
        raise NotFoundError(_("Pegawai itu tidak ada."))
    if work.identity.kind != "system":
        work.require_person(ENTER, person_id)
    return person


def _refuse_overlap(work: Work, new: NewAbsence) -> None:
    other = work.session.scalars(
        select(AbsenceRow)
        .where(
            AbsenceRow.person_id == new.person_id,
            AbsenceRow.cancelled_at.is_(None),
            AbsenceRow.first_day <= new.last_day,
            AbsenceRow.last_day >= new.first_day,
        )
        .order_by(AbsenceRow.first_day)
        .limit(1)
    ).one_or_none()
    if other is not None:
        raise ConflictError(
            _("Sudah tercatat %(title)s %(first)s–%(last)s (%(document)s)."),
            advice=_("Batalkan catatan itu dahulu, atau ubah tanggalnya."),
            title=other.title,
            first=format_date(other.first_day),
            last=format_date(other.last_day),
            document=other.document,
        )


def _ref(row: AbsenceRow, person: Person) -> RecordRef:
    return RecordRef("attendance.absence", str(row.id), f"{person.name}: {row.title}")
