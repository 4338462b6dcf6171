"""A unit's month as its page shows it: figures of all, and the sums of the fifty people shown.

Figures and chart come from one grouped statement over the unit's days of that month; people are
found, filtered, sorted and cut in SQL; days are read for those shown alone. What a person's days
come to is the rules' own sum (`rules.sum_month`), told again here over plain rows, since a page
must not wait for a thousand verdicts; a test holds both together.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import attrs
from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    or_,
    select,
)

from leuit.builtin.calendar import working_days
from leuit.builtin.regulations import Edition, edition, editions
from leuit.identity import DEFINITIF, Assignment, Person, Position
from leuit.values import PermissionDeniedError
from leuit.work import Leuit, View
from leuit_attendance.models import AttendanceDay, DayBasis
from leuit_attendance.rules import DeductionTable

from .explain import READ
from .figures import DEDUCTIONS, figures_of
from .tables import table_of
from .unit_scope import Scope, belonging, holds

SHOWS = ("late", "early", "absent", "deducted")
SORTS = ("name", "late", "early", "absent", "deduction")
FREE = ("libur", "cuti_bersama", "bebas")
"""Statuses of days on which nobody had to come."""

_DAYS = table_of(AttendanceDay)
_done = _DAYS.c.status != "belum"
_late = and_(_done, or_(_DAYS.c.late_minutes > 0, _DAYS.c.flags.contains("missing_in")))
_early = and_(_done, or_(_DAYS.c.early_minutes > 0, _DAYS.c.flags.contains("missing_out")))
_absent = _DAYS.c.status == "tanpa_keterangan"


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
    """One person's month: status and classes of his days, and their sums (1/100 percent).

    Days without any duty (`bebas`) are left out.
    """

    person_id: UUID
    name: str
    nip: str | None
    title: str
    days: Mapping[dt.date, tuple[str, str]]
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
    query = _figures_query(len(scope.parts))
    rows = view.connection.execute(query, scope.values).all()
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


@lru_cache(maxsize=64)
def _figures_query(parts: int) -> Any:
    return (
        select(
            _DAYS.c.day,
            _DAYS.c.basis_id,
            _DAYS.c.status,
            func.count(),
            func.sum(cast(_late, Integer)),
            func.sum(cast(_early, Integer)),
        )
        .where(_DAYS.c.person_id.in_(belonging()), _DAYS.c.status != "bebas", holds(parts))
        .group_by(_DAYS.c.day, _DAYS.c.basis_id, _DAYS.c.status)
    )


def shown_days(view: View, scope: Scope, figures: MonthFigures) -> tuple[list[dt.date], int]:
    """The days of the strip, and how many of them are working days of the calendar.

    Other days are shown when somebody had to come, as those who work in shifts do.
    """
    working = set(working_days(view, scope.first, scope.last))
    return sorted(working | {count.day for count in figures.days if count.duty}), len(working)


def month_basis(view: View, bases: Iterable[int], last: dt.date) -> MonthBasis:
    """The editions of some bases; free days and cap are those of the table in force on `last`.

    Neither a basis nor an active edition ever changes, so both are read once per installation.
    """
    found: dict[UUID, Edition] = {}
    for basis_id in bases:
        for known in _editions_of(view, basis_id):
            found.setdefault(known.id, known)
    holding = edition(view, DEDUCTIONS, last)
    if holding is None:
        earlier = editions(view, DEDUCTIONS)
        holding = earlier[-1] if earlier else None
    tables = [e.figures for e in found.values() if isinstance(e.figures, DeductionTable)]
    table = holding.figures if holding else None
    return MonthBasis(tuple(found.values()), table, tuple(tables))


_kept: "WeakKeyDictionary[Leuit, dict[int, tuple[Edition, ...]]]" = WeakKeyDictionary()
_lock = Lock()


def _editions_of(view: View, basis_id: int) -> tuple[Edition, ...]:
    with _lock:
        kept = _kept.setdefault(view.app, {})
        known = kept.get(basis_id)
    if known is None:
        basis = view.session.get_one(DayBasis, basis_id)
        figures = figures_of(view, basis)
        three = (figures.deductions, figures.schedules, figures.shifts)
        known = kept[basis_id] = tuple(found for found in three if found is not None)
    return known


def month_people(
    view: View,
    scope: Scope,
    wanted: MonthFilter,
    table: DeductionTable | None,
    limit: int,
    offset: int,
) -> tuple[list[PersonLine], int]:
    """The people of one page of the list with their days, and how many there are in all."""
    parts = len(scope.parts)
    if wanted.show or wanted.sort != "name":
        free, cap = (table.free_late_days, table.cap_hundredths) if table else (0, None)
        query = _by_sums(parts, wanted.show, wanted.sort, free, cap)
    else:
        query = _by_name(parts)
    if wanted.name:
        query = query.where(_named(wanted.name))
    connection = view.connection
    values = {**scope.values, "limit": limit, "offset": offset}
    rows = connection.execute(query, values).all()
    if rows:
        total = rows[0].total
    elif offset:
        counted = connection.execute(query, values | {"limit": 1, "offset": 0}).first()
        total = counted.total if counted else 0
    else:
        total = 0
    return _lines(view, scope, rows, table), total


@lru_cache(maxsize=64)
def _by_name(parts: int) -> Any:
    """People with a day in the scope, found by their key without summing anything up."""
    return (
        select(Person.id, Person.name, Person.nip, func.count().over().label("total"))
        .where(
            Person.id.in_(belonging()),
            exists().where(_DAYS.c.person_id == Person.id, holds(parts)),
        )
        .order_by(Person.name, Person.id)
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
    )


@lru_cache(maxsize=256)
def _by_sums(parts: int, show: str, sort: str, free: int, cap: int | None) -> Any:
    late_day = and_(_done, _DAYS.c.late_minutes > 0)
    rank = (
        func.row_number()
        .over(partition_by=(_DAYS.c.person_id, late_day), order_by=_DAYS.c.day)
        .label("rank")
    )
    columns = [
        _DAYS.c.person_id,
        cast(_late, Integer).label("late"),
        cast(_early, Integer).label("early"),
        cast(_absent, Integer).label("absent"),
        case((_done, _DAYS.c.deduction), else_=0).label("gross"),
        case((late_day, _DAYS.c.late_deduction), else_=0).label("waivable"),
    ]
    days = (
        select(*columns, *([rank] if free else []))
        .where(_DAYS.c.person_id.in_(belonging()), holds(parts))
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
    deduction: ColumnElement[int] = sums.c.net
    if cap is not None:
        deduction = case((sums.c.net > cap, cap), else_=sums.c.net)
    query = select(Person.id, Person.name, Person.nip, func.count().over().label("total")).join(
        sums, sums.c.person_id == Person.id
    )
    shown: dict[str, ColumnElement[bool]] = {
        "late": sums.c.late > 0,
        "early": sums.c.early > 0,
        "absent": sums.c.absent > 0,
        "deducted": deduction > 0,
    }
    orders: dict[str, ColumnElement[int]] = {
        "late": sums.c.late,
        "early": sums.c.early,
        "absent": sums.c.absent,
        "deduction": deduction,
    }
    if show:
        query = query.where(shown[show])
    if sort in orders:
        query = query.order_by(orders[sort].desc())
    query = query.order_by(Person.name, Person.id)
    return query.limit(bindparam("limit")).offset(bindparam("offset"))


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
    values = {**scope.values, "people": ids}
    connection = view.connection
    packed = view.app.database.dialect == "sqlite"  # where ids are kept without hyphens
    dates = {day.isoformat(): day for day in scope.dates}
    days: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(_days_query(len(scope.parts)), values).all():
        days[row[0]].append(row)
    titles = {row[0]: row[1] for row in connection.execute(_TITLES, values)}
    return [
        _line(
            row.id,
            row.name,
            row.nip,
            titles.get(row.id, ""),
            days.get(row.id.hex if packed else str(row.id), ()),
            dates,
            table,
        )
        for row in people
    ]


@lru_cache(maxsize=64)
def _days_query(parts: int) -> Any:
    """Days of people, but for free ones. Ids and dates come as text: a page reads more than a
    thousand, and text is all that they are compared by.
    """
    return (
        select(
            cast(_DAYS.c.person_id, String).label("person"),
            cast(_DAYS.c.day, String).label("date"),
            _DAYS.c.status,
            _DAYS.c.classes,
            _DAYS.c.flags,
            _DAYS.c.late_minutes,
            _DAYS.c.early_minutes,
            _DAYS.c.deduction,
            _DAYS.c.late_deduction,
        )
        .where(
            _DAYS.c.person_id.in_(bindparam("people", expanding=True)),
            _DAYS.c.status != "bebas",
            holds(parts),
        )
        .order_by(_DAYS.c.person_id, _DAYS.c.day)
    )


_TITLES = (
    select(Assignment.person_id, Position.title)
    .join(Position, Position.id == Assignment.position_id)
    .where(
        Assignment.person_id.in_(bindparam("people", expanding=True)),
        Assignment.kind == DEFINITIF,
        Position.unit_id.in_(bindparam("units", expanding=True)),
        Assignment.valid_from <= bindparam("last"),
        or_(Assignment.valid_to.is_(None), Assignment.valid_to > bindparam("first")),
    )
    .order_by(Assignment.valid_from)
)
"""The own posts of people in the scope; the latest comes last."""


def _line(
    person_id: UUID,
    name: str,
    nip: str | None,
    title: str,
    rows: Sequence[Any],
    dates: Mapping[Any, dt.date],
    table: DeductionTable | None,
) -> PersonLine:
    statuses: dict[str, int] = defaultdict(int)
    late = early = gross = waived = late_days = 0
    free = table.free_late_days if table else 0
    days: dict[dt.date, tuple[str, str]] = {}
    for _person, day, status, classes, flags, late_minutes, early_minutes, cut, late_cut in rows:
        days[dates[day]] = (status, classes)
        statuses[status] += 1
        if status == "belum":
            continue
        gross += cut
        if late_minutes:
            late_days += 1
            if late_days <= free:
                waived += late_cut
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
        if row.status != "bebas"
    ]
    dates = {row.day: row.day for row in days}
    return _line(person.id, person.name, person.nip, "", plain, dates, table)
