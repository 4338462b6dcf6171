"""A unit's month as its page shows it: figures of all, and the sums of the fifty people shown.

Figures and chart come from one grouped statement over the unit's days of that month; people are
found, filtered, sorted and cut in SQL; days are read for those shown alone. What a person's days
come to is the rules' own sum (`rules.sum_month`), told again here over plain rows, since a page
must not wait for a thousand verdicts; a test holds both together.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, Integer, and_, case, cast, exists, false, func, or_, select

from leuit.builtin.calendar import working_days
from leuit.builtin.regulations import Edition, edition_by_id
from leuit.identity import DEFINITIF, Assignment, Person, Position
from leuit.values import PermissionDeniedError
from leuit.work import View
from leuit_attendance.models import AttendanceDay, DayBasis
from leuit_attendance.rules import DeductionTable

from .explain import READ
from .figures import figures_now
from .unit_scope import Scope

SHOWS = ("late", "early", "absent", "deducted")
SORTS = ("name", "late", "early", "absent", "deduction")
FREE = ("libur", "cuti_bersama", "bebas")
"""Statuses of days on which nobody had to come."""

_done = AttendanceDay.status != "belum"
_late = and_(_done, or_(AttendanceDay.late_minutes > 0, AttendanceDay.flags.contains("missing_in")))
_early = and_(
    _done, or_(AttendanceDay.early_minutes > 0, AttendanceDay.flags.contains("missing_out"))
)
_absent = AttendanceDay.status == "tanpa_keterangan"


@attrs.frozen
class MonthFilter:
    """Which people, in which order: `show` and `sort` are of SHOWS and SORTS, `name` a part of a
    name or a NIP.
    """

    show: str = ""
    name: str = ""
    sort: str = "name"


@attrs.frozen
class DayCount:
    """How many people of the unit came late on a day, and whether anybody had to come."""

    day: dt.date
    late: int
    duty: bool


@attrs.frozen
class MonthFigures:
    """What the unit's month comes to. `late` and `early` count days with lateness or without a tap
    in, with early leaving or without a tap out; `present` counts days of presence and duty trips.
    """

    present: int = 0
    absent: int = 0
    late: int = 0
    early: int = 0
    open: int = 0
    statuses: frozenset[str] = frozenset()
    days: tuple[DayCount, ...] = ()
    bases: tuple[int, ...] = ()

    @property
    def presence_percent(self) -> float | None:
        """Presence in percent of the days on which people had to come and were not excused."""
        expected = self.present + self.absent
        return self.present * 100 / expected if expected else None


@attrs.frozen
class PersonLine:
    """One person's month: his days in order, and what they come to (1/100 percent)."""

    person_id: UUID
    name: str
    nip: str | None
    title: str
    days: Sequence[Any]
    statuses: Mapping[str, int]
    late: int
    early: int
    deduction: int


@attrs.frozen
class MonthBasis:
    """The editions a unit's month was judged under, and the table that sums it up."""

    editions: tuple[Edition, ...] = ()
    table: DeductionTable | None = None
    tables: tuple[DeductionTable, ...] = ()


def month_figures(view: View, scope: Scope) -> MonthFigures:
    """Figures of everybody in the scope, whatever the list is filtered to."""
    rows = view.session.execute(
        select(
            AttendanceDay.day,
            AttendanceDay.basis_id,
            AttendanceDay.status,
            func.count(),
            func.sum(cast(_late, Integer)),
            func.sum(cast(_early, Integer)),
        )
        .where(AttendanceDay.person_id.in_(scope.people()), scope.holds())
        .group_by(AttendanceDay.day, AttendanceDay.basis_id, AttendanceDay.status)
    ).all()
    found: dict[str, int] = defaultdict(int)
    late: dict[dt.date, int] = defaultdict(int)
    duty: set[dt.date] = set()
    bases: set[int] = set()
    early = 0
    for day, basis_id, status, count, late_count, early_count in rows:
        found[status] += count
        late[day] += late_count
        early += early_count
        bases.add(basis_id)
        if status not in FREE:
            duty.add(day)
    return MonthFigures(
        present=found["hadir"] + found["dinas_luar"],
        absent=found["tanpa_keterangan"],
        late=sum(late.values()),
        early=early,
        open=found["belum"],
        statuses=frozenset(status for status, count in found.items() if count),
        days=tuple(DayCount(day, late[day], day in duty) for day in sorted(late)),
        bases=tuple(sorted(bases)),
    )


def shown_days(view: View, scope: Scope, figures: MonthFigures) -> list[dt.date]:
    """The days of the strip: working days, and other days on which somebody had to come."""
    days = set(working_days(view, scope.first, scope.last))
    return sorted(days | {count.day for count in figures.days if count.duty})


def month_basis(view: View, bases: Iterable[int], last: dt.date) -> MonthBasis:
    """The editions of some bases; free days and cap are those of the table in force on `last`."""
    known = figures_now(view)
    by_id = {
        edition.id: edition
        for editions in (known.deductions, known.schedules, known.shifts)
        for edition in editions
    }
    found: dict[UUID, Edition] = {}
    wanted = list(bases)
    if wanted:
        for basis in view.session.scalars(
            select(DayBasis).where(DayBasis.id.in_(wanted)).order_by(DayBasis.id)
        ):
            for edition_id in (basis.deductions_id, basis.schedules_id, basis.shifts_id):
                if edition_id is not None and edition_id not in found:
                    found[edition_id] = by_id.get(edition_id) or edition_by_id(view, edition_id)
    table = known.on(last).table
    if table is None and known.deductions:
        table = known.deductions[-1].figures
    tables = [e.figures for e in found.values() if isinstance(e.figures, DeductionTable)]
    return MonthBasis(tuple(found.values()), table, tuple(tables))


def month_people(
    view: View,
    scope: Scope,
    wanted: MonthFilter,
    table: DeductionTable | None,
    limit: int,
    offset: int,
) -> tuple[list[PersonLine], int]:
    """The people of one page of the list with their days, and how many there are in all."""
    if wanted.show or wanted.sort != "name":
        query = _by_sums(scope, wanted, table)
    else:
        query = _by_name(scope)
    if wanted.name:
        query = query.where(_named(wanted.name))
    rows = view.session.execute(query.limit(limit).offset(offset)).all()
    if rows:
        total = rows[0].total
    elif offset:
        counted = view.session.execute(query.limit(1)).first()
        total = counted.total if counted else 0
    else:
        total = 0
    return _lines(view, scope, rows, table), total


def _by_name(scope: Scope) -> Any:
    """People with a day in the scope, found by their key without summing anything up."""
    return (
        select(Person.id, Person.name, Person.nip, func.count().over().label("total"))
        .where(
            Person.id.in_(scope.people()),
            exists().where(AttendanceDay.person_id == Person.id, scope.holds()),
        )
        .order_by(Person.name, Person.id)
    )


def _by_sums(scope: Scope, wanted: MonthFilter, table: DeductionTable | None) -> Any:
    late_day = and_(_done, AttendanceDay.late_minutes > 0)
    rank = (
        func.row_number()
        .over(partition_by=(AttendanceDay.person_id, late_day), order_by=AttendanceDay.day)
        .label("rank")
    )
    columns = [
        AttendanceDay.person_id,
        cast(_late, Integer).label("late"),
        cast(_early, Integer).label("early"),
        cast(_absent, Integer).label("absent"),
        case((_done, AttendanceDay.deduction), else_=0).label("gross"),
        case((late_day, AttendanceDay.late_deduction), else_=0).label("waivable"),
    ]
    free = table.free_late_days if table else 0
    days = (
        select(*columns, *([rank] if free else []))
        .where(AttendanceDay.person_id.in_(scope.people()), scope.holds())
        .subquery("days")
    )
    net: ColumnElement[int] = days.c.gross
    if free:
        net = net - case((days.c.rank <= free, days.c.waivable), else_=0)
    sums = (
        select(
            days.c.person_id,
            func.sum(days.c.late).label("late"),
            func.sum(days.c.early).label("early"),
            func.sum(days.c.absent).label("absent"),
            func.sum(net).label("net"),
        )
        .group_by(days.c.person_id)
        .subquery("sums")
    )
    cap = table.cap_hundredths if table else None
    deduction: ColumnElement[int] = sums.c.net
    if cap is not None:
        deduction = case((sums.c.net > cap, cap), else_=sums.c.net)
    query = select(Person.id, Person.name, Person.nip, func.count().over().label("total")).join(
        sums, sums.c.person_id == Person.id
    )
    if wanted.show:
        shown = {
            "late": sums.c.late > 0,
            "early": sums.c.early > 0,
            "absent": sums.c.absent > 0,
            "deducted": deduction > 0,
        }
        query = query.where(shown.get(wanted.show, false()))
    orders: dict[str, ColumnElement[int]] = {
        "late": sums.c.late,
        "early": sums.c.early,
        "absent": sums.c.absent,
        "deduction": deduction,
    }
    if wanted.sort in orders:
        query = query.order_by(orders[wanted.sort].desc())
    return query.order_by(Person.name, Person.id)


def _named(text: str) -> ColumnElement[bool]:
    digits = text.replace(" ", "")
    if digits.isascii() and digits.isdigit():
        return Person.nip.startswith(digits)
    return Person.name.icontains(text, autoescape=True)


def _lines(
    view: View, scope: Scope, people: Sequence[Any], table: DeductionTable | None
) -> list[PersonLine]:
    if not people:
        return []
    ids = [row.id for row in people]
    days: dict[UUID, list[Any]] = defaultdict(list)
    for row in view.session.execute(
        select(
            AttendanceDay.person_id,
            AttendanceDay.day,
            AttendanceDay.status,
            AttendanceDay.classes,
            AttendanceDay.flags,
            AttendanceDay.late_minutes,
            AttendanceDay.early_minutes,
            AttendanceDay.deduction,
            AttendanceDay.late_deduction,
        )
        .where(AttendanceDay.person_id.in_(ids), scope.holds())
        .order_by(AttendanceDay.person_id, AttendanceDay.day)
    ):
        days[row[0]].append(row)
    titles = _titles(view, scope, ids)
    return [
        _line(row.id, row.name, row.nip, titles.get(row.id, ""), days.get(row.id, []), table)
        for row in people
    ]


def _line(
    person_id: UUID,
    name: str,
    nip: str | None,
    title: str,
    days: Sequence[Any],
    table: DeductionTable | None,
) -> PersonLine:
    statuses: dict[str, int] = defaultdict(int)
    late = early = gross = waived = late_days = 0
    free = table.free_late_days if table else 0
    for (
        _person,
        _day,
        status,
        _classes,
        flags,
        late_minutes,
        early_minutes,
        deduction,
        late_part,
    ) in days:
        statuses[status] += 1
        if status == "belum":
            continue
        gross += deduction
        if late_minutes:
            late_days += 1
            if late_days <= free:
                waived += late_part
        if late_minutes or "missing_in" in flags:
            late += 1
        if early_minutes or "missing_out" in flags:
            early += 1
    cap = table.cap_hundredths if table else None
    net = gross - waived
    return PersonLine(
        person_id,
        name,
        nip,
        title,
        days,
        statuses,
        late,
        early,
        net if cap is None else min(net, cap),
    )


def _titles(view: View, scope: Scope, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The latest own post of each person in the scope."""
    rows = view.session.execute(
        select(Assignment.person_id, Position.title)
        .join(Position, Position.id == Assignment.position_id)
        .where(
            Assignment.person_id.in_(ids),
            Assignment.kind == DEFINITIF,
            Position.unit_id.in_(scope.units),
            Assignment.valid_from <= scope.last,
            or_(Assignment.valid_to.is_(None), Assignment.valid_to > scope.first),
        )
        .order_by(Assignment.valid_from)
    )
    return {row[0]: row[1] for row in rows}


def person_month(
    view: View, person: Person, first: dt.date, last: dt.date
) -> Sequence[AttendanceDay]:
    """The stored days of one person's month that the reader may see, in order.

    All of them for oneself and for somebody in one's units today; of others those that belonged to
    one's units when they were worked. Raises PermissionDeniedError when there are none of these.
    """
    query = (
        select(AttendanceDay)
        .where(AttendanceDay.person_id == person.id, AttendanceDay.day.between(first, last))
        .order_by(AttendanceDay.day)
    )
    try:
        view.require_person(READ, person.id)
    except PermissionDeniedError:
        found = view.session.scalars(query.where(AttendanceDay.unit_id.in_(view.units(READ)))).all()
        if not found:
            raise
        return found
    return view.session.scalars(query).all()


def person_line(
    person: Person, days: Sequence[AttendanceDay], table: DeductionTable | None
) -> PersonLine:
    """What some stored days of one person come to."""
    plain = [
        (
            row.person_id,
            row.day,
            row.status,
            row.classes,
            row.flags,
            row.late_minutes,
            row.early_minutes,
            row.deduction,
            row.late_deduction,
        )
        for row in days
    ]
    return _line(person.id, person.name, person.nip, "", plain, table)
