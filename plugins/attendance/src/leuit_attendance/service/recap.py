"""The recap of a unit's month: what each person's stored days come to.

A person is told with the days he belonged to the unit (or below it); who moved in the middle of the
month stands in both units, each with its own days. Free days and cap are those of the table in
force on the month's last day.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

import attrs
from sqlalchemy import or_, select

from leuit.builtin.regulations import Edition
from leuit.identity import (
    DEFINITIF,
    Assignment,
    Person,
    Position,
    Unit,
    UnitClosure,
)
from leuit.values import RecordRef
from leuit.work import View
from leuit_attendance.models import AttendanceDay, DayBasis
from leuit_attendance.rules import DayVerdict, DeductionTable, MonthSum, Status, sum_month

from .explain import READ
from .figures import figures_now, figures_of

_DAY = dt.timedelta(days=1)


@attrs.frozen
class PersonMonth:
    """One person's sums. `whole` is False when days of the month belong to another unit."""

    person_id: UUID
    nip: str | None
    name: str
    days: int
    whole: bool
    sums: MonthSum


@attrs.frozen
class Recap:
    """A unit's month; `editions` are those that its days were judged under."""

    unit: Unit
    first: dt.date
    last: dt.date
    people: tuple[PersonMonth, ...]
    editions: tuple[Edition, ...]


def month_range(first: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of the month of a date."""
    begins = first.replace(day=1)
    return begins, (begins + dt.timedelta(days=31)).replace(day=1) - _DAY


def recap(view: View, unit: Unit, month: dt.date) -> Recap:
    """The recap of a unit and everything below it; needs the right to read the unit's days."""
    view.require(READ, unit.id)
    first, last = month_range(month)
    units = _below(view, unit.id, first, last)
    people = _people(view, units, first, last)
    rows = _stored(view, people, first, last)
    table = _table(view, min(last, view.today))
    found = []
    bases: set[int] = set()
    for person_id, (nip, name) in people.items():
        mine = [row for row in rows[person_id] if row.unit_id in units]
        if not mine:
            continue
        bases |= {row.basis_id for row in mine}
        found.append(
            PersonMonth(
                person_id,
                nip,
                name,
                len(mine),
                len(mine) == len(rows[person_id]),
                sum_month(map(verdict_of, mine), table) if table else MonthSum(),
            )
        )
    ref = RecordRef("core.unit", str(unit.id), unit.name)
    if view.identity.kind != "system":
        view.note_access(ref, what="recap", month=first.isoformat()[:7], people=len(found))
    return Recap(unit, first, last, tuple(found), _editions(view, bases))


def verdict_of(row: AttendanceDay) -> DayVerdict:
    """The stored day as the rules' verdict: enough for sums and lists, without reasons."""
    status: Status = row.status  # type: ignore[assignment]  # written from a verdict only
    absent = status == "tanpa_keterangan"
    rest = row.deduction - row.late_deduction
    return DayVerdict(
        row.day,
        status,
        row.schedule_start,
        row.schedule_end,
        check_in=row.check_in,
        check_out=row.check_out,
        late_minutes=row.late_minutes,
        early_minutes=row.early_minutes,
        classes=tuple(row.classes.split()),
        late_deduction=row.late_deduction,
        early_deduction=0 if absent else rest,
        absent_deduction=rest if absent else 0,
        flags=tuple(row.flags.split()),  # type: ignore[arg-type]  # written from a verdict only
    )


def _table(view: View, day: dt.date) -> DeductionTable | None:
    figures = figures_now(view)
    known = figures.on(day).table
    if known is None and figures.deductions:
        known = figures.deductions[-1].figures
    return known


def _below(view: View, unit_id: UUID, first: dt.date, last: dt.date) -> frozenset[UUID]:
    """The unit and what lay below it on some day of the month."""
    return frozenset(
        view.session.scalars(
            select(UnitClosure.descendant_id).where(
                UnitClosure.ancestor_id == unit_id,
                UnitClosure.valid_from <= last,
                or_(UnitClosure.valid_to.is_(None), UnitClosure.valid_to > first),
            )
        )
    )


def _people(
    view: View, units: Iterable[UUID], first: dt.date, last: dt.date
) -> dict[UUID, tuple[str | None, str]]:
    rows = view.session.execute(
        select(Person.id, Person.nip, Person.name)
        .where(
            Person.id.in_(
                select(Assignment.person_id)
                .join(Position, Position.id == Assignment.position_id)
                .where(
                    Assignment.kind == DEFINITIF,
                    Position.unit_id.in_(units),
                    Assignment.valid_from <= last,
                    or_(Assignment.valid_to.is_(None), Assignment.valid_to > first),
                )
            )
        )
        .order_by(Person.name, Person.id)
    )
    return {row.id: (row.nip, row.name) for row in rows}


def _stored(
    view: View, people: Iterable[UUID], first: dt.date, last: dt.date
) -> Mapping[UUID, list[AttendanceDay]]:
    found: dict[UUID, list[AttendanceDay]] = defaultdict(list)
    wanted = list(people)
    for start in range(0, len(wanted), 500):
        for row in view.session.scalars(
            select(AttendanceDay)
            .where(
                AttendanceDay.person_id.in_(wanted[start : start + 500]),
                AttendanceDay.day.between(first, last),
            )
            .order_by(AttendanceDay.person_id, AttendanceDay.day)
        ):
            found[row.person_id].append(row)
    return found


def _editions(view: View, bases: Iterable[int]) -> tuple[Edition, ...]:
    found: dict[UUID, Edition] = {}
    for basis in view.session.scalars(
        select(DayBasis).where(DayBasis.id.in_(list(bases))).order_by(DayBasis.id)
    ):
        figures = figures_of(view, basis)
        for edition in (figures.deductions, figures.schedules, figures.shifts):
            if edition is not None:
                found[edition.id] = edition
    return tuple(found.values())
