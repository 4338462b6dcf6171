"""Dossiers: opened under the editions of the day, closed on a date, opened again for a reason."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import func, select

from leuit.builtin.checks import TextChecker
from leuit.builtin.regulations import edition
from leuit.identity import Unit
from leuit.values import (
    ConflictError,
    FieldError,
    InvalidInputError,
    StaleEditError,
    _,
    format_date,
)
from leuit.work import View, Work
from leuit_archives.models import (
    CLASSIFICATION,
    IMPORTED_KIND,
    RETENTION,
    ClassRow,
    Dossier,
    Record,
    RetentionRow,
)
from leuit_archives.models.dossiers import SUMMARY
from leuit_archives.permissions import FILE_RECORDS

from . import classification, schedule
from .kept_tables import table_of
from .moving import require_free
from .reckoning import reckon
from .record_access import dossier_ref, find_dossier

OPENED = "archives.dossier.opened"
CLOSED = "archives.dossier.closed"
REOPENED = "archives.dossier.reopened"
REASON = 500


@attrs.frozen
class HeldClass:
    """A code of the classification of today, and that edition."""

    code: str
    title: str
    edition: UUID


def held_class(view: View, code: str) -> HeldClass | None:
    """A code as the classification of today has it; None where it has none, or none holds."""
    held = edition(view, classification.REGULATION, view.today)
    if held is None:
        return None
    table = table_of(view, CLASSIFICATION, held.figures)
    title = view.connection.execute(
        select(ClassRow.title).where(ClassRow.table_id == table, ClassRow.code == code)
    ).scalar()
    return HeldClass(code, title, held.id) if title is not None else None


def required_class(view: View, code: str) -> HeldClass:
    """As `held_class`; InvalidInputError at `code` where the code is none of today."""
    found = held_class(view, code.strip())
    if found is None:
        sentence = _("Kode itu tidak ada pada klasifikasi yang berlaku hari ini.")
        raise InvalidInputError(sentence, fields=[FieldError("code", sentence, "unknown")])
    return found


def open_dossier(work: Work, unit_id: UUID, held: HeldClass, year: int, title: str) -> Dossier:
    """A new dossier of the unit; its serial is the next of unit, code and year.

    Others who open one in the unit wait, so that no serial is given twice or left out.
    """
    lock_unit(work, unit_id)
    last = work.connection.execute(
        select(func.max(Dossier.serial)).where(
            Dossier.unit_id == unit_id, Dossier.class_code == held.code, Dossier.year == year
        )
    ).scalar()
    dossier = Dossier(
        unit_id=unit_id,
        class_code=held.code,
        class_title=held.title,
        year=year,
        serial=(last or 0) + 1,
        title=title,
        opened_on=work.today,
        classification_edition=held.edition,
        **rule_on(work, held.code),
    )
    work.session.add(dossier)
    work.session.flush()
    work.audit(
        OPENED,
        dossier_ref(dossier),
        unit=unit_id,
        code=held.code,
        year=year,
        serial=dossier.serial,
        title=title,
    )
    reckon(work, [dossier.id])
    return dossier


def lock_unit(work: Work, unit_id: UUID) -> None:
    """Let others who open dossiers of the unit wait until this unit of work ends.

    Whoever holds several dossiers holds their unit first, and the records before it: so nobody
    waits in a circle.
    """
    work.session.execute(select(Unit.id).where(Unit.id == unit_id).with_for_update(key_share=True))


def checked_title(title: str) -> str:
    """The title of a dossier as it is kept; InvalidInputError at `title`."""
    check = TextChecker()
    text = check.read("title", title, most=SUMMARY)
    if check.faults:
        raise InvalidInputError(_("Judul berkas belum benar."), fields=check.faults)
    return text


def locked_dossier(work: Work, dossier_id: UUID) -> Dossier:
    """A dossier held until the unit of work ends; NotFoundError, or a refusal without the right."""
    dossier = find_dossier(work, dossier_id)
    work.require(FILE_RECORDS, dossier.unit_id)
    work.session.refresh(dossier, with_for_update=True)
    return dossier


def close_dossier(work: Work, dossier_id: UUID, version: int, on: dt.date) -> Dossier:
    """Declare a dossier complete as of a day that is not to come.

    Not before it was opened; one of old files alone, which was complete elsewhere, from the day of
    its newest record on: it counts as opened with its first. Raises StaleEditError for another
    version, ConflictError for one that is closed already, InvalidInputError at `on`.
    """
    dossier = locked_dossier(work, dossier_id)
    if dossier.closed_on is not None:
        raise ConflictError(
            _("Berkas itu sudah ditutup per %(day)s."), day=format_date(dossier.closed_on)
        )
    _seen(dossier, version)
    opened_on, earliest = _closable(work, dossier)
    if not earliest <= on <= work.today:
        sentence = _("Pilih hari dari %(first)s sampai hari ini.") % {
            "first": format_date(earliest)
        }
        raise InvalidInputError(sentence, fields=[FieldError("on", sentence, "out_of_range")])
    dossier.opened_on = opened_on
    dossier.closed_on, dossier.closed_by = on, work.identity.person_id
    dossier.version += 1
    work.audit(CLOSED, dossier_ref(dossier), on=on, opened_on=dossier.opened_on)
    reckon(work, [dossier.id])
    return dossier


def reopen_dossier(work: Work, dossier_id: UUID, version: int, reason: str) -> Dossier:
    """Take a closed dossier up again, with the reason.

    Raises as `close_dossier`; InvalidInputError at `reason`.
    """
    dossier = locked_dossier(work, dossier_id)
    if dossier.closed_on is None:
        raise ConflictError(_("Berkas itu masih terbuka."))
    _seen(dossier, version)
    require_free(work, dossier)
    text = checked_reason(reason)
    closed_on = dossier.closed_on
    dossier.closed_on = dossier.closed_by = None
    dossier.version += 1
    work.audit(REOPENED, dossier_ref(dossier), closed_on=closed_on, reason=text)
    reckon(work, [dossier.id])
    return dossier


def checked_reason(reason: str) -> str:
    """A reason as it is kept in the audit log; InvalidInputError at `reason`."""
    check = TextChecker()
    text = check.read("reason", reason, most=REASON)
    if check.faults:
        raise InvalidInputError(_("Sebutkan alasannya."), fields=check.faults)
    return text


def _closable(view: View, dossier: Dossier) -> tuple[dt.date, dt.date]:
    """The day on which a dossier was opened, and the earliest as of which it may be closed.

    Of one with old files neither is that of the import, unless records of this service joined them.
    """
    first, last, old, count = view.connection.execute(
        select(
            func.min(Record.date),
            func.max(Record.date),
            func.count().filter(Record.ref_kind == IMPORTED_KIND),
            func.count(),
        ).where(Record.dossier_id == dossier.id)
    ).one()
    if not old:
        return dossier.opened_on, dossier.opened_on
    if old < count:
        return dossier.opened_on, max(dossier.opened_on, last)
    return min(dossier.opened_on, first), last


def _seen(dossier: Dossier, version: int) -> None:
    if dossier.version != version:
        raise StaleEditError(
            _("Berkas itu baru saja diubah orang lain."), advice=_("Muat ulang halaman.")
        )


def rule_on(view: View, code: str) -> dict[str, Any]:
    """What a dossier keeps of the schedule of today for just its code, by column.

    A rule of a code above it says nothing of it.
    """
    held = edition(view, schedule.REGULATION, view.today)
    if held is None:
        return {"retention_edition": None, "active_years": None, "inactive_years": None}
    table = table_of(view, RETENTION, held.figures)
    names = ("active_years", "active_trigger", "inactive_years", "inactive_trigger", "final_action")
    row = view.connection.execute(
        select(*(getattr(RetentionRow, name) for name in names)).where(
            RetentionRow.table_id == table, RetentionRow.code == code
        )
    ).first()
    kept = dict(zip(names, row, strict=True)) if row else {}
    return {"retention_edition": held.id, "active_years": None, "inactive_years": None} | kept
