"""A day opened to its reasons.

Reasons are not stored: the day is judged again under the editions that are kept with it. Where that
gives other figures than the stored ones (something has changed and its job has not run yet), or
nothing is stored, the editions of the date are taken and the answer says so.
"""

import datetime as dt
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.regulations import Edition
from leuit.identity import Person
from leuit.values import NotFoundError, RecordRef, _, format_date
from leuit.work import View
from leuit_attendance.models import AttendanceDay, DayBasis
from leuit_attendance.rules import DayVerdict

from .figures import DayFigures, figures_now, figures_of
from .judging import Bench, Judged, Target

READ = "attendance.day.read"


@attrs.frozen
class ExplainedDay:
    """One day with its reasons. `pending` says that the stored row is not up to date yet."""

    person_id: UUID
    unit_id: UUID
    verdict: DayVerdict
    editions: tuple[Edition, ...]
    stored: AttendanceDay | None
    pending: bool


def explain_day(view: View, person: Person, day: dt.date) -> ExplainedDay:
    """The day of a person whom the reader may see; reading somebody else's is noted.

    Raises NotFoundError for a day that does not exist: after today, without a post of his own, or
    without a deduction table in force.
    """
    require_day(view, person.id, day)
    if view.identity.kind != "system" and view.identity.person_id != person.id:
        view.note_access(RecordRef("core.person", str(person.id), person.name), what="day", day=day)
    stored = view.session.get(AttendanceDay, (person.id, day))
    judged = None
    if stored is not None:
        basis = view.session.get_one(DayBasis, stored.basis_id)
        judged = _judge(view, person.id, day, figures_of(view, basis))
    if judged is None or stored is None or not _equal(judged, stored):
        judged, pending = _judge(view, person.id, day, None), True
    else:
        pending = False
    if judged is None:
        raise NotFoundError(
            _("Tidak ada hari absensi %(day)s untuk %(name)s."),
            advice=_("Hari dihitung selama pegawai punya jabatan dan tabel potongan berlaku."),
            day=format_date(day),
            name=person.name,
        )
    figures = judged.figures
    known = (figures.deductions, figures.schedules, figures.shifts)
    return ExplainedDay(
        person.id,
        judged.unit_id,
        judged.verdicts[0],
        tuple(edition for edition in known if edition is not None),
        stored,
        pending,
    )


def require_day(view: View, person_id: UUID, day: dt.date) -> None:
    """Raise unless the reader may see the day: his own, that of somebody in his units today, or one
    that belonged to his units when it was worked.
    """
    unit_id = view.session.execute(
        select(AttendanceDay.unit_id).where(
            AttendanceDay.person_id == person_id, AttendanceDay.day == day
        )
    ).scalar_one_or_none()
    if unit_id is None or not view.allows(READ, unit_id):
        view.require_person(READ, person_id)


def person_of(view: View, text: str, day: dt.date) -> Person:
    """The person of a NIP, or of the PIN that devices knew him by on that day.

    Raises NotFoundError.
    """
    from leuit.identity import PersonPin, holds_on

    wanted = "".join(text.split())
    person = view.session.scalars(select(Person).where(Person.nip == wanted)).one_or_none()
    if person is None:
        person = view.session.scalars(
            select(Person)
            .join(PersonPin, PersonPin.person_id == Person.id)
            .where(PersonPin.pin == wanted, holds_on(PersonPin.valid_from, PersonPin.valid_to, day))
        ).one_or_none()
    if person is None:
        raise NotFoundError(
            _("Tidak ada pegawai dengan NIP atau PIN “%(text)s”."),
            advice=_("Periksa nomornya; PIN berlaku menurut tanggalnya."),
            text=text[:40],
        )
    return person


def _judge(view: View, person_id: UUID, day: dt.date, fixed: DayFigures | None) -> Judged | None:
    target = Target(person_id, day, day)
    bench = Bench(view, [target], figures_now(view), fixed=fixed)
    return next(bench.judge(target, explain=True), None)


def _equal(judged: Judged, stored: AttendanceDay) -> bool:
    verdict = judged.verdicts[0]
    return (
        judged.unit_id,
        verdict.status,
        verdict.check_in,
        verdict.check_out,
        verdict.late_minutes,
        verdict.early_minutes,
        " ".join(verdict.classes),
        verdict.deduction,
        " ".join(verdict.flags),
    ) == (
        stored.unit_id,
        stored.status,
        stored.check_in,
        stored.check_out,
        stored.late_minutes,
        stored.early_minutes,
        stored.classes,
        stored.deduction,
        stored.flags,
    )
