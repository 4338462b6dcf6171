"""Who may read a record, as one condition for rows, lists, counts and contents of dossiers.

Those who may read records of its unit; a secret one (Rahasia, Sangat Rahasia) only with the right
to secret papers of that unit. A dossier's title can say as much as its records do: it is seen by
who may read at least one record in it, or file into it; an empty one by all who read the unit.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, and_, exists, or_, select

from leuit.values import NotFoundError, RecordRef, _
from leuit.work import View
from leuit_archives.models import Dossier, Record
from leuit_archives.permissions import FILE_RECORDS, READ_CLASSIFIED, READ_RECORDS
from leuit_archives.rules.secrecy import SECRET_FROM

RECORD, DOSSIER = "archives.record", "archives.dossier"


@attrs.frozen
class RecordColumns:
    """Where a statement has a record's unit and grade: its table, or the index of the search."""

    unit_id: Any
    secrecy: Any


_TABLE = RecordColumns(Record.unit_id, Record.secrecy)


def visible_records(view: View, permission: str = READ_RECORDS) -> ColumnElement[bool]:
    """The condition on `Record` that keeps those on which the reader holds the permission."""
    return readable_records(view, _TABLE, permission)


def readable_records(
    view: View, columns: RecordColumns, permission: str = READ_RECORDS
) -> ColumnElement[bool]:
    """The same condition on other columns."""
    return and_(
        columns.unit_id.in_(view.units(permission)),
        or_(columns.secrecy < SECRET_FROM, columns.unit_id.in_(view.units(READ_CLASSIFIED))),
    )


def readable_dossiers(view: View, permission: str = READ_RECORDS) -> ColumnElement[bool]:
    """The condition on `Dossier` that keeps those whose title the reader may see.

    Of units on which he holds the permission; one in which all records are secret only with the
    right to secret papers there, or with that of filing.
    """
    return and_(
        Dossier.unit_id.in_(view.units(permission)),
        or_(
            Dossier.unit_id.in_(view.units(FILE_RECORDS)),
            Dossier.unit_id.in_(view.units(READ_CLASSIFIED)),
            not_all_secret(),
        ),
    )


def shown_titles(view: View, titles: Mapping[UUID, str]) -> dict[UUID, str]:
    """Titles of dossiers on a list that was made once, redacted where the reader may not see one.

    Such a list stays whole, as it was frozen or signed; by its number a dossier is known.
    """
    return _redacted(view, titles, readable_dossiers(view))


def open_titles(view: View, titles: Mapping[UUID, str]) -> dict[UUID, str]:
    """As `shown_titles`, for a paper that goes from hand to hand: secret ones are redacted."""
    return _redacted(view, titles, not_all_secret())


def _redacted(view: View, titles: Mapping[UUID, str], told: ColumnElement[bool]) -> dict[UUID, str]:
    seen = set(
        view.connection.scalars(select(Dossier.id).where(Dossier.id.in_(list(titles)), told))
    )
    redacted = str(_("(uraian disamarkan)"))
    return {one: title if one in seen else redacted for one, title in titles.items()}


def not_all_secret() -> ColumnElement[bool]:
    """The condition on `Dossier` that a record in it is open or limited, or that it is empty."""
    inside = select(Record.id).where(Record.dossier_id == Dossier.id)
    open_one = inside.where(Record.secrecy < SECRET_FROM)
    return or_(exists(open_one.correlate(Dossier)), ~exists(inside.correlate(Dossier)))


def find_record(view: View, record_id: UUID) -> Record:
    """A record that the reader may read; NotFoundError for any other, there or not."""
    found = view.session.scalar(select(Record).where(Record.id == record_id, visible_records(view)))
    if found is None:
        raise NotFoundError(
            _("Arsip itu tidak ada, atau bukan untuk Anda."), advice=_("Mulai dari daftar arsip.")
        )
    return found


def find_dossier(view: View, dossier_id: UUID) -> Dossier:
    """A dossier whose title the reader may see; NotFoundError for any other, there or not."""
    found = view.session.scalar(
        select(Dossier).where(Dossier.id == dossier_id, readable_dossiers(view))
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
