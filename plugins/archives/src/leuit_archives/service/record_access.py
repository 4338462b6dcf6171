"""Who may read a record, as one condition for rows, lists, counts and contents of dossiers.

Those who may read records of its unit; a secret one (Rahasia, Sangat Rahasia) only with the right
to secret papers of that unit. Dossiers are seen by the same units, without what is hidden in them.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from leuit.values import NotFoundError, RecordRef, _
from leuit.work import View
from leuit_archives.models import Dossier, Record
from leuit_archives.permissions import READ_CLASSIFIED, READ_RECORDS
from leuit_archives.rules.secrecy import SECRET_FROM

RECORD, DOSSIER = "archives.record", "archives.dossier"


def visible_records(view: View, permission: str = READ_RECORDS) -> ColumnElement[bool]:
    """The condition on `Record` that keeps those on which the reader holds the permission."""
    return and_(
        Record.unit_id.in_(view.units(permission)),
        or_(Record.secrecy < SECRET_FROM, Record.unit_id.in_(view.units(READ_CLASSIFIED))),
    )


def find_record(view: View, record_id: UUID) -> Record:
    """A record that the reader may read; NotFoundError for any other, there or not."""
    found = view.session.scalar(select(Record).where(Record.id == record_id, visible_records(view)))
    if found is None:
        raise NotFoundError(
            _("Arsip itu tidak ada, atau bukan untuk Anda."), advice=_("Mulai dari daftar arsip.")
        )
    return found


def find_dossier(view: View, dossier_id: UUID) -> Dossier:
    """A dossier of a unit whose records the reader may read; NotFoundError for any other."""
    found = view.session.scalar(
        select(Dossier).where(
            Dossier.id == dossier_id, Dossier.unit_id.in_(view.units(READ_RECORDS))
        )
    )
    if found is None:
        raise NotFoundError(
            _("Berkas itu tidak ada, atau bukan untuk Anda."), advice=_("Mulai dari daftar berkas.")
        )
    return found


def ref_of(record: Record) -> RecordRef:
    """The reference by which audit log and other services name a record."""
    return RecordRef(RECORD, str(record.id), record.title[:200])


def dossier_ref(dossier: Dossier) -> RecordRef:
    """The reference by which the audit log names a dossier."""
    return RecordRef(DOSSIER, str(dossier.id), f"{signature_of(dossier)} {dossier.title}"[:200])


def signature_of(dossier: Dossier) -> str:
    """The number of a dossier (nomor berkas): code, serial and year, as `900.1.3/2/2026`."""
    return f"{dossier.class_code}/{dossier.serial}/{dossier.year}"
