"""Filing by hand: one record or many at once, into the dossier that is proposed or another one.

A record is filed once. Of two people who file it at once the second hears where it lies; filing
several stops at what cannot go there, but those that somebody filed meanwhile are only told.
"""

from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.identity import Person
from leuit.values import ConflictError, InvalidInputError, NotFoundError, StaleEditError, _
from leuit.work import View, Work
from leuit_archives.models import FILED, Dossier, Record
from leuit_archives.permissions import FILE_RECORDS

from .dossiers import checked_title, lock_unit, locked_dossier, required_class
from .placing import dossier_for, put_into
from .proposals import Proposing, named_after
from .record_access import signature_of, visible_records

MOST_AT_ONCE = 200


@attrs.frozen
class ChosenRecord:
    """A record on the desk, and its version as the archivist saw it."""

    id: UUID
    version: int


@attrs.frozen
class NewDossier:
    """A dossier to be filed into by its code and title; an open one of that name is used again.

    Without a title it is named after its code and year.
    """

    code: str
    title: str


@attrs.frozen
class Outcome:
    """What became of several: how many were filed, and of the others why not."""

    filed: int
    left: tuple[tuple[str, str], ...]


def file_records(work: Work, chosen: Sequence[ChosenRecord], target: UUID | NewDossier) -> Dossier:
    """File records of one unit into one dossier, all of them or none.

    A new dossier is of the year of the oldest record. Raises NotFoundError for a record or dossier
    that the archivist may not see, ConflictError for one that is filed already or does not fit,
    StaleEditError for another version, InvalidInputError at `code` or `title`.
    """
    records = _held(work, chosen)
    for record, one in zip(records, chosen, strict=True):
        _check_waiting(work, record)
        _check_seen(record, one)
    units = {record.unit_id for record in records}
    if len(units) > 1:
        raise ConflictError(
            _("Arsip yang dipilih berasal dari beberapa unit."),
            advice=_("Pilih arsip satu unit saja, karena berkas milik satu unit."),
        )
    if isinstance(target, NewDossier):
        held = required_class(work, target.code)
        year = min(record.date.year for record in records)
        title = checked_title(target.title.strip() or named_after(held, year))
        dossier = dossier_for(work, units.pop(), held, year, title)
    else:
        dossier = locked_dossier(work, target)
    for record in records:
        put_into(work, record, dossier)
    return dossier


def file_as_proposed(work: Work, chosen: Sequence[ChosenRecord]) -> Outcome:
    """File each record where it is proposed; what nobody proposed anything for, or somebody filed
    or changed meanwhile, is left and told.
    """
    left: list[tuple[str, str]] = []
    filed = 0
    records = _held(work, chosen)
    for unit_id in sorted({record.unit_id for record in records}):
        lock_unit(work, unit_id)  # several dossiers follow, in any order
    for record, one in zip(records, chosen, strict=True):
        try:
            _check_waiting(work, record)
            _check_seen(record, one)
        except (ConflictError, StaleEditError) as error:
            left.append((record.title, str(error)))
            continue
        found = Proposing(work).of(record)
        if found is None:
            left.append((record.title, str(_("Belum ada usul berkas untuk arsip ini."))))
            continue
        put_into(
            work, record, dossier_for(work, record.unit_id, found.held, found.year, found.title)
        )
        filed += 1
    return Outcome(filed, tuple(left))


def waiting_records(view: View, ids: Sequence[UUID]) -> list[Record]:
    """Records that wait and that the reader may file, in the order of their coming."""
    return list(
        view.session.scalars(
            select(Record)
            .where(Record.id.in_(ids), Record.state != FILED, visible_records(view, FILE_RECORDS))
            .order_by(Record.id)
        )
    )


def _held(work: Work, chosen: Sequence[ChosenRecord]) -> list[Record]:
    """The records, held until the unit of work ends, in the order in which they were chosen."""
    ids = [one.id for one in chosen]
    if not ids or len(set(ids)) < len(ids):
        raise InvalidInputError(_("Pilih sedikitnya satu arsip, masing-masing sekali."))
    if len(ids) > MOST_AT_ONCE:
        raise InvalidInputError(_("Paling banyak %s arsip sekali jalan.") % MOST_AT_ONCE)
    # In the order of ids, so that two who chose the same do not wait for each other for ever.
    found = {
        record.id: record
        for record in work.session.scalars(
            select(Record)
            .where(Record.id.in_(ids), visible_records(work, FILE_RECORDS))
            .order_by(Record.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    }
    if len(found) < len(ids):
        raise NotFoundError(
            _("Arsip itu tidak ada, atau bukan untuk Anda."), advice=_("Mulai dari daftar arsip.")
        )
    return [found[one] for one in ids]


def _check_waiting(work: Work, record: Record) -> None:
    if record.state != FILED:
        return
    dossier = work.session.get_one(Dossier, record.dossier_id)
    person = work.session.get(Person, record.filed_by) if record.filed_by else None
    raise ConflictError(
        _("“%(title)s” sudah diberkaskan oleh %(who)s di berkas %(dossier)s."),
        title=record.title,
        who=person.name if person else str(_("aturan otomatis")),
        dossier=signature_of(dossier),
    )


def _check_seen(record: Record, chosen: ChosenRecord) -> None:
    if record.version != chosen.version:
        raise StaleEditError(
            _("“%(title)s” baru saja diubah orang lain."),
            advice=_("Muat ulang halaman, lalu periksa lagi."),
            title=record.title,
        )
