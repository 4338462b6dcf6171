"""Corrections of records: only with a reason, each with what stood there before and after.

A filed record is final. Its metadata, its code and its dossier are changed here alone; its files
never. The audit log is the history that its page shows.
"""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.checks import TextChecker
from leuit.identity import Person
from leuit.values import ConflictError, InvalidInputError, StaleEditError, _
from leuit.work import AuditEntry, View, Work
from leuit_archives.models import FILED, Dossier, Record
from leuit_archives.models.instruments import TITLE
from leuit_archives.models.records import NUMBER
from leuit_archives.permissions import FILE_RECORDS
from leuit_archives.rules.filing import Filable, misfit
from leuit_archives.rules.secrecy import GRADES

from .dossiers import checked_reason, lock_unit, locked_dossier, required_class
from .placing import RECORD_FILED, check_fit, close_gap, next_place, shelf_of
from .reckoning import reckon
from .record_access import RECORD, dossier_ref, find_record, ref_of
from .record_index import grade_letter, index_record
from .record_source import LETTER
from .records import TAKEN
from .resting import check_correction, standing_of
from .stubs import stub_of
from .taking_many import IMPORTED

CORRECTED = "archives.record.corrected"


@attrs.frozen(kw_only=True)
class Correction:
    """What a record shall say; None leaves as it is. `secrecy` is a word of `GRADES`."""

    title: str | None = None
    number: str | None = None
    date: dt.date | None = None
    code: str | None = None
    secrecy: str | None = None
    dossier_id: UUID | None = None


@attrs.frozen
class Event:
    """One entry of a record's history."""

    at: dt.datetime
    action: str
    actor: str
    details: dict[str, Any]


def correct_record(
    work: Work, record_id: UUID, version: int, wanted: Correction, reason: str
) -> Record:
    """Correct a record; one whose correction changes nothing stays as it is.

    Raises NotFoundError, a refusal without the right on the unit, StaleEditError for another
    version, InvalidInputError by field, and ConflictError where the record would not fit its
    dossier, would leave or enter a closed one, or rests (`service.resting`).
    """
    record = find_record(work, record_id)
    work.require(FILE_RECORDS, record.unit_id)
    work.session.refresh(record, with_for_update=True)
    if record.version != version:
        raise StaleEditError(
            _("Arsip itu baru saja diubah orang lain."),
            advice=_("Muat ulang halaman, lalu periksa lagi."),
        )
    text = checked_reason(reason)
    resting, left = standing_of(work, record), record.dossier_id
    before = _told(work, record)
    _write(work, record, wanted)
    if record.state == FILED:
        _settle(work, record, wanted.dossier_id)
    after = _told(work, record)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return record
    check_correction(resting, changed)
    record.version += 1
    work.session.flush()
    work.audit(
        CORRECTED,
        ref_of(record),
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        reason=text,
    )
    reckon(work, [one for one in {left, record.dossier_id} if one is not None])
    if "secrecy" in changed and record.ref_kind == LETTER:
        grade_letter(work, UUID(record.ref_id), record.secrecy)
    index_record(work, record)
    return record


def history_of(view: View, record: Record) -> list[Event]:
    """What happened to a record, the earliest first; the right to read it is the caller's.

    Of a destroyed one no words are told: what they once were is gone with it.
    """
    gone = stub_of(view, record) is not None
    rows = view.connection.execute(
        select(AuditEntry.at, AuditEntry.action, AuditEntry.body)
        .where(AuditEntry.ref_kind == RECORD, AuditEntry.ref_id == str(record.id))
        .where(AuditEntry.action.in_((TAKEN, IMPORTED, RECORD_FILED, CORRECTED)))
        .order_by(AuditEntry.id)
    )
    told = [(at, action, json.loads(body or "{}")) for at, action, body in rows]
    names = _names(view, [body.get("actor", {}) for _at, _action, body in told])
    return [
        Event(at, action, name, _told_of(body.get("details", {}), gone=gone))
        for (at, action, body), name in zip(told, names, strict=True)
    ]


def _told_of(details: dict[str, Any], *, gone: bool) -> dict[str, Any]:
    """The details; of what is gone only what is plainly so, such as that a rule filed it."""
    return {name: value for name, value in details.items() if value is True or not gone}


def _names(view: View, actors: Sequence[dict[str, str]]) -> list[str]:
    """What actors are called: the log has their ids alone."""
    wanted = {UUID(one["person"]) for one in actors if "person" in one}
    people: dict[str, str] = {
        str(row.id): row.name
        for row in view.connection.execute(
            select(Person.id, Person.name).where(Person.id.in_(wanted))
        )
    }
    return [people.get(one.get("person", ""), one.get("name", "–")) for one in actors]


def _write(work: Work, record: Record, wanted: Correction) -> None:
    check = TextChecker()
    if wanted.title is not None:
        record.title = check.read("title", wanted.title, most=TITLE)
    if wanted.number is not None:
        record.number = check.read("number", wanted.number, most=NUMBER, required=False)
    if wanted.secrecy is not None and wanted.secrecy not in GRADES:
        check.fault("secrecy", _("Pilih salah satu."), "unknown")
    if wanted.date is not None and wanted.date > work.today:
        check.fault("date", _("Tanggal arsip tidak boleh sesudah hari ini."), "out_of_range")
    if check.faults:
        raise InvalidInputError(_("Perbaikan belum disimpan."), fields=check.faults)
    record.date = wanted.date or record.date
    if wanted.secrecy is not None:
        record.secrecy = GRADES.index(wanted.secrecy) + 1
    if wanted.code and wanted.code != record.class_code:
        held = required_class(work, wanted.code)
        record.class_code, record.class_title = held.code, held.title
        record.classification_edition = held.edition


def _settle(work: Work, record: Record, wanted: UUID | None) -> None:
    """Let the record lie where it should: it fits its dossier, or moves to another one."""
    present = work.session.get_one(Dossier, record.dossier_id)
    if wanted is None or wanted == present.id:
        shelf = attrs.evolve(shelf_of(present), closed=False)  # its words may be mended there
        if misfit(Filable(record.unit_id, record.date, record.class_code), shelf):
            raise ConflictError(
                _("Dengan perbaikan itu arsip tidak cocok lagi dengan berkasnya."),
                advice=_("Pilih juga berkas yang cocok."),
            )
        return
    lock_unit(work, record.unit_id)  # two dossiers follow, in any order
    held = {one: locked_dossier(work, one) for one in (present.id, wanted)}
    if held[present.id].closed_on is not None:
        raise ConflictError(
            _("Berkas asal arsip itu sudah ditutup."), advice=_("Buka kembali berkasnya dahulu.")
        )
    check_fit(record, held[wanted], record.class_code)
    place = record.place or 0
    record.dossier_id, record.place = wanted, next_place(work, wanted)
    work.session.flush()
    close_gap(work, present.id, place)


def _told(work: Work, record: Record) -> dict[str, Any]:
    """The record in plain values, as the audit log keeps them."""
    dossier = work.session.get(Dossier, record.dossier_id) if record.dossier_id else None
    return {
        "title": record.title,
        "number": record.number,
        "date": record.date.isoformat(),
        "code": record.class_code,
        "secrecy": GRADES[record.secrecy - 1],
        "dossier": dossier_ref(dossier).label if dossier else None,
    }
