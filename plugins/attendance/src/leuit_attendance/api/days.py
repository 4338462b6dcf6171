"""JSON routes about days and months: the same rows under the same rule as the pages."""

import datetime as dt
from typing import Any, TypedDict

import attrs

from leuit.identity import Person
from leuit.values import RecordRef
from leuit.web import PAGE_SIZE, Request, Response, json_answer, page_number, parse_id
from leuit_attendance.cli.day import percent, plain
from leuit_attendance.pages import unit_day, unit_month
from leuit_attendance.pages.dates import day_in_path
from leuit_attendance.pages.person_day import explained
from leuit_attendance.service.unit_day import day_figures, day_people
from leuit_attendance.service.unit_month import (
    PersonLine,
    month_basis,
    month_figures,
    month_people,
)
from leuit_attendance.service.unit_scope import readable_unit, scope_of


@attrs.frozen
class MonthQuery:
    """Filters, as on the page; `page` counts from 1, 50 people each."""

    month: str = ""
    sub: str = ""
    show: str = ""
    name: str = ""
    sort: str = "name"
    page: int = 1


@attrs.frozen
class UnitDayQuery:
    """Filters, as on the page; `page` counts from 1, 50 people each."""

    date: str = ""
    state: str = ""
    name: str = ""
    page: int = 1


@attrs.frozen
class PersonMonthAnswer:
    """One person's month; `statuses` counts days by status, the deduction is in percent."""

    person_id: str
    nip: str | None
    name: str
    statuses: dict[str, int]
    late: int
    early: int
    deduction_percent: float


@attrs.frozen
class MonthAnswer:
    """One page of a unit's month, with the unit's figures; provisional while `closed` is false."""

    unit_code: str
    month: str
    closed: bool
    present: int
    absent: int
    late: int
    early: int
    open_days: int
    total: int
    page: int
    people: list[PersonMonthAnswer]


@attrs.frozen
class PersonDayLine:
    """One person of a unit's day; times in local ISO 8601 with the zone's offset."""

    person_id: str
    nip: str | None
    name: str
    status: str | None
    check_in: str | None
    check_out: str | None
    late_minutes: int
    early_minutes: int
    classes: list[str]


@attrs.frozen
class UnitDayAnswer:
    """One page of a unit's day, with counts of people."""

    unit_code: str
    date: dt.date
    expected: int
    came: int
    late: int
    away: int
    absent: int
    total: int
    page: int
    people: list[PersonDayLine]


PersonDayAnswer = TypedDict(  # "in" cannot be the name of an attribute
    "PersonDayAnswer",
    {
        "nip": str | None,
        "date": str,
        "status": str,
        "in": str | None,
        "out": str | None,
        "late_minutes": int,
        "early_minutes": int,
        "classes": list[str],
        "deduction_percent": float,
        "because": list[dict[str, str]],
    },
)
"""A person's day with its reasons, as `leuit attendance day --json` tells it; moments are local
ISO 8601 with their offset.
"""


def show_month(request: Request) -> Response:
    """A unit's month, person by person."""
    ask = unit_month.asked(request)
    number = page_number(request)
    with request.read() as view:
        unit = readable_unit(view, ask.code)
        scope = scope_of(view, unit, ask.first, ask.last, ask.sub)
        figures = month_figures(view, scope)
        table = month_basis(view, figures.bases, min(ask.last, view.today)).table
        people, total = month_people(
            view, scope, ask.wanted, table, PAGE_SIZE, (number - 1) * PAGE_SIZE
        )
        unit_month.note_reading(view, scope, ask, total)
    return json_answer(
        MonthAnswer(
            unit_code=unit.code,
            month=f"{ask.first:%Y-%m}",
            closed=False,
            present=figures.present,
            absent=figures.absent,
            late=figures.late,
            early=figures.early,
            open_days=figures.open,
            total=total,
            page=number,
            people=[_person(line) for line in people],
        )
    )


def show_unit_day(request: Request) -> Response:
    """Who of a unit is in on a day."""
    day, wanted = unit_day.asked(request)
    number = page_number(request)
    with request.read() as view:
        unit = readable_unit(view, str(request.params["code"]))
        figures = day_figures(view, unit, day)
        rows, total = day_people(view, unit, day, wanted, PAGE_SIZE, (number - 1) * PAGE_SIZE)
        view.note_access(RecordRef("core.unit", str(unit.id), unit.name), what="day", day=day)
    return json_answer(
        UnitDayAnswer(
            unit_code=unit.code,
            date=day,
            expected=figures.expected,
            came=figures.came,
            late=figures.late,
            away=figures.away,
            absent=figures.absent,
            total=total,
            page=number,
            people=[_day_line(row, request.app.zone) for row in rows],
        )
    )


def show_person_day(request: Request) -> Response:
    """A day with its reasons."""
    day = day_in_path(request)
    with request.read() as view:
        person: Person
        person, found = explained(view, parse_id(str(request.params["person_id"])), day)
        return json_answer(plain(person, found, request.app.zone))


def _person(line: PersonLine) -> PersonMonthAnswer:
    return PersonMonthAnswer(
        person_id=str(line.person_id),
        nip=line.nip,
        name=line.name,
        statuses=dict(line.statuses),
        late=line.late,
        early=line.early,
        deduction_percent=percent(line.deduction),
    )


def _day_line(row: Any, zone: dt.tzinfo) -> PersonDayLine:
    def moment(at: dt.datetime | None) -> str | None:
        return None if at is None else at.replace(tzinfo=zone).isoformat()

    return PersonDayLine(
        person_id=str(row.id),
        nip=row.nip,
        name=row.name,
        status=row.status,
        check_in=moment(row.check_in),
        check_out=moment(row.check_out),
        late_minutes=row.late_minutes or 0,
        early_minutes=row.early_minutes or 0,
        classes=(row.classes or "").split(),
    )
