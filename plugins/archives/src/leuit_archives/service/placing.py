"""A record's place in a dossier: the next one, so that places count from 1 without a gap."""

from uuid import UUID

from sqlalchemy import Select, func, select, update

from leuit.builtin.regulations import edition
from leuit.values import ConflictError, _
from leuit.work import Work
from leuit_archives.models import FILED, Dossier, Record
from leuit_archives.rules.filing import MISFITS, Filable, Shelf, misfit

from . import schedule
from .dossiers import HeldClass, lock_unit, open_dossier
from .record_access import dossier_ref, ref_of

RECORD_FILED = "archives.record.filed"


def shelf_of(dossier: Dossier) -> Shelf:
    """What of a dossier decides what it may take."""
    closed = dossier.closed_on is not None
    return Shelf(dossier.unit_id, dossier.class_code, dossier.year, closed)


def put_into(work: Work, record: Record, dossier: Dossier, *, by_rule: bool = False) -> None:
    """File a record that waits into a dossier that the caller holds; `by_rule` by nobody's hand.

    Without a code it gets that of the dossier. Raises ConflictError where it may not go there.
    """
    check_fit(record, dossier, record.class_code)
    if record.class_code is None:
        record.class_code, record.class_title = dossier.class_code, dossier.class_title
        record.classification_edition = dossier.classification_edition
    held = edition(work, schedule.REGULATION, work.today)
    record.retention_edition = held.id if held else None
    record.dossier_id, record.place = dossier.id, next_place(work, dossier.id)
    record.state, record.filed_at = FILED, work.now
    record.filed_by = None if by_rule else work.identity.person_id
    record.version += 1
    work.session.flush()
    work.audit(
        RECORD_FILED,
        ref_of(record),
        dossier=dossier_ref(dossier).label,
        code=record.class_code,
        place=record.place,
        by_rule=by_rule,
    )


def check_fit(record: Record, dossier: Dossier, code: str | None) -> None:
    """Raise ConflictError, in words, where the record may not lie in the dossier."""
    found = misfit(Filable(record.unit_id, record.date, code), shelf_of(dossier))
    if found:
        raise ConflictError(MISFITS[found], advice=_("Pilih berkas lain, atau buat berkas baru."))


def next_place(work: Work, dossier_id: UUID) -> int:
    """The place after the last one of a dossier that the caller holds."""
    last = work.connection.execute(
        select(func.max(Record.place)).where(Record.dossier_id == dossier_id)
    ).scalar()
    return (last or 0) + 1


def close_gap(work: Work, dossier_id: UUID, place: int) -> None:
    """Let those behind a place that became free move up, in a dossier that the caller holds.

    In two steps: while rows move one by one no two may have one place.
    """
    behind = update(Record).where(Record.dossier_id == dossier_id)
    work.connection.execute(behind.where(Record.place > place).values(place=-Record.place))
    work.connection.execute(behind.where(Record.place < 0).values(place=-Record.place - 1))
    work.session.expire_all()


def dossier_for(work: Work, unit_id: UUID, held: HeldClass, year: int, title: str) -> Dossier:
    """The unit's open dossier of that code, year and title, held; opened where there is none.

    The newest where there are several. A closed one stays closed: another is opened.
    """
    wanted = (
        same_dossier(unit_id, held.code, year, title)
        .where(Dossier.closed_on.is_(None))
        .order_by(Dossier.serial.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = work.session.scalars(wanted).one_or_none()
    if found is None:  # another may be opening it: wait, then look again
        lock_unit(work, unit_id)
        found = work.session.scalars(wanted).one_or_none()
    return found or open_dossier(work, unit_id, held, year, title)


def same_dossier(unit_id: UUID, code: str, year: int, title: str) -> Select[Dossier]:
    """A SELECT of the unit's dossiers of that code, year and title."""
    return select(Dossier).where(
        Dossier.unit_id == unit_id,
        Dossier.class_code == code,
        Dossier.year == year,
        Dossier.title == title,
    )
