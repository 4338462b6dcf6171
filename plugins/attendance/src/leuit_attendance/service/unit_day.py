"""A unit's day: who is in. People of the unit on that date, with what is stored of the day.

Somebody whose day is not stored yet is told all the same, as not judged.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import attrs
from sqlalchemy import ColumnElement, and_, func, or_, select

from leuit.identity import (
    DEFINITIF,
    Assignment,
    Person,
    Position,
    Unit,
    holds_on,
    subtree,
)
from leuit.work import View
from leuit_attendance.models import AttendanceDay

from .unit_month import FREE

AWAY = ("cuti", "izin", "tugas_belajar", "dinas_luar")
STATES = ("in", "not_in", "late", "early", "away", "absent", "free")


@attrs.frozen
class DayFilter:
    """Which people: `state` is of STATES or empty, `name` a part of a name or a NIP."""

    state: str = ""
    name: str = ""


@attrs.frozen
class DayFigures:
    """How many people of the unit: all, those who have to come, and what became of them."""

    people: int = 0
    expected: int = 0
    came: int = 0
    late: int = 0
    not_in: int = 0
    away: int = 0
    absent: int = 0
    free: int = 0


_IN = or_(AttendanceDay.check_in.is_not(None), AttendanceDay.check_out.is_not(None))
_STATES: dict[str, ColumnElement[bool]] = {
    "in": and_(AttendanceDay.status.in_(("hadir", "belum")), _IN),
    "not_in": or_(
        AttendanceDay.status.is_(None),
        and_(AttendanceDay.status == "belum", ~_IN),
    ),
    "late": and_(AttendanceDay.late_minutes > 0, AttendanceDay.status.in_(("hadir", "belum"))),
    "early": and_(AttendanceDay.early_minutes > 0, AttendanceDay.status == "hadir"),
    "away": AttendanceDay.status.in_(AWAY),
    "absent": AttendanceDay.status == "tanpa_keterangan",
    "free": AttendanceDay.status.in_(FREE),
}


def day_figures(view: View, unit: Unit, day: dt.date) -> DayFigures:
    """The counts of a unit and everything below it."""
    rows = view.session.execute(
        _people(
            unit,
            day,
            AttendanceDay.status,
            _IN.label("came"),
            (AttendanceDay.late_minutes > 0).label("late"),
            func.count().label("count"),
        ).group_by(AttendanceDay.status, "came", "late")
    ).all()
    counts: dict[str, int] = dict.fromkeys(("people", "expected", *STATES), 0)
    for status, came, late, count in rows:
        counts["people"] += count
        if status in FREE:
            counts["free"] += count
        elif status in AWAY:
            counts["away"] += count
        else:
            counts["expected"] += count
            if status == "tanpa_keterangan":
                counts["absent"] += count
            elif came:
                counts["in"] += count
                counts["late"] += count if late else 0
            else:
                counts["not_in"] += count
    return DayFigures(
        people=counts["people"],
        expected=counts["expected"],
        came=counts["in"],
        late=counts["late"],
        not_in=counts["not_in"],
        away=counts["away"],
        absent=counts["absent"],
        free=counts["free"],
    )


def day_people(
    view: View, unit: Unit, day: dt.date, wanted: DayFilter, limit: int, offset: int
) -> tuple[Sequence[Any], int]:
    """One page of the people by name, and how many there are in all."""
    query = _people(
        unit,
        day,
        Person.id,
        Person.name,
        Person.nip,
        Position.title,
        AttendanceDay.status,
        AttendanceDay.check_in,
        AttendanceDay.check_out,
        AttendanceDay.late_minutes,
        AttendanceDay.early_minutes,
        AttendanceDay.classes,
        AttendanceDay.flags,
        func.count().over().label("total"),
    )
    if wanted.state:
        query = query.where(_STATES[wanted.state])
    if wanted.name:
        digits = wanted.name.replace(" ", "")
        if digits.isascii() and digits.isdigit():
            query = query.where(Person.nip.startswith(digits))
        else:
            query = query.where(Person.name.icontains(wanted.name, autoescape=True))
    query = query.order_by(Person.name, Person.id)
    rows = view.session.execute(query.limit(limit).offset(offset)).all()
    if rows or not offset:
        return rows, rows[0].total if rows else 0
    first = view.session.execute(query.limit(1)).first()
    return rows, first.total if first else 0


def headed_units(view: View) -> Sequence[Unit]:
    """The units that the reader heads today, in order of their codes."""
    return view.session.scalars(
        select(Unit)
        .join(Position, Position.unit_id == Unit.id)
        .join(Assignment, Assignment.position_id == Position.id)
        .where(
            Position.is_head,
            Assignment.person_id == view.identity.person_id,
            holds_on(Assignment.valid_from, Assignment.valid_to, view.today),
            holds_on(Unit.valid_from, Unit.valid_to, view.today),
        )
        .order_by(Unit.code)
        .distinct()
    ).all()


def _people(unit: Unit, day: dt.date, *columns: Any) -> Any:
    return (
        select(*columns)
        .select_from(Person)
        .join(
            Assignment,
            and_(
                Assignment.person_id == Person.id,
                Assignment.kind == DEFINITIF,
                holds_on(Assignment.valid_from, Assignment.valid_to, day),
            ),
        )
        .join(Position, Position.id == Assignment.position_id)
        .outerjoin(
            AttendanceDay,
            and_(AttendanceDay.person_id == Person.id, AttendanceDay.day == day),
        )
        .where(Position.unit_id.in_(subtree(unit.id, day)))
    )
