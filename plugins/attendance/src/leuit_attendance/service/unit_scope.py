"""Which days belong to a unit: those of units that lay below it on that very date.

A day's row names the unit of the person's own post that day, and the tree is dated: who moved away
stays in the months he was there, and a sub-unit that joined in the middle of a month brings only
its days since then. Rights are those of today on the unit asked for.
"""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, Date, Select, Uuid, and_, bindparam, or_, select

from leuit.identity import (
    DEFINITIF,
    Assignment,
    Position,
    Unit,
    UnitClosure,
    holds_on,
)
from leuit.values import NotFoundError, _
from leuit.work import View
from leuit_attendance.models import AttendanceDay

from .explain import READ
from .tables import table_of

_DAYS = table_of(AttendanceDay)
_DAY = dt.timedelta(days=1)


@attrs.frozen
class Span:
    """A unit that belongs on the days from `first` to `last`."""

    unit_id: UUID
    first: dt.date
    last: dt.date


@attrs.frozen
class SubUnit:
    """A unit right below, on some day of the range."""

    code: str
    name: str


@attrs.frozen
class Scope:
    """The unit-days of a range. `whole` are units that belong on all its days, `parts` the others.

    `sub` is the sub-unit that the days are narrowed to, or empty.
    """

    unit: Unit
    first: dt.date
    last: dt.date
    whole: tuple[UUID, ...]
    parts: tuple[Span, ...]
    children: tuple[SubUnit, ...]
    sub: str = ""

    @property
    def units(self) -> list[UUID]:
        """Every unit of the scope."""
        return [*self.whole, *(span.unit_id for span in self.parts)]

    @property
    def dates(self) -> list[dt.date]:
        """The days of the range."""
        return [self.first + number * _DAY for number in range((self.last - self.first).days + 1)]

    @property
    def values(self) -> dict[str, Any]:
        """The values of the parameters that `holds` and `belonging` leave open."""
        found: dict[str, Any] = {
            "first": self.first,
            "last": self.last,
            "whole": self.whole,
            "units": self.units,
        }
        for number, span in enumerate(self.parts):
            found |= {
                f"part_{number}": span.unit_id,
                f"part_first_{number}": span.first,
                f"part_last_{number}": span.last,
            }
        return found


def holds(parts: int) -> ColumnElement[bool]:
    """The condition on rows of days, for a scope with so many parts; statements are built once."""
    inside: ColumnElement[bool] = _DAYS.c.unit_id.in_(bindparam("whole", expanding=True))
    for number in range(parts):
        within = _DAYS.c.day.between(
            bindparam(f"part_first_{number}", type_=Date()),
            bindparam(f"part_last_{number}", type_=Date()),
        )
        unit_id = bindparam(f"part_{number}", type_=Uuid())
        inside = or_(inside, and_(_DAYS.c.unit_id == unit_id, within))
    return and_(_DAYS.c.day.between(bindparam("first"), bindparam("last")), inside)


def belonging() -> Select[UUID]:
    """Whoever held an own post in one of the units in the range: the way to rows by their key.

    A day's row always follows from such a post, so this leaves nobody out.
    """
    return (
        select(Assignment.person_id)
        .join(Position, Position.id == Assignment.position_id)
        .where(
            Assignment.kind == DEFINITIF,
            Position.unit_id.in_(bindparam("units", expanding=True)),
            Assignment.valid_from <= bindparam("last"),
            or_(Assignment.valid_to.is_(None), Assignment.valid_to > bindparam("first")),
        )
    )


def readable_unit(view: View, code: str, permission: str = READ) -> Unit:
    """The unit of a code; NotFoundError, or a refusal without the permission on it today."""
    query = _unit_query(view.units(permission))
    found = view.session.execute(query, {"code": code}).one_or_none()
    if found is None:
        raise NotFoundError(_("Unit itu tidak ada."), advice=_("Pilih unit dari daftar."))
    if not found[1]:
        raise view.refusal(permission)
    unit: Unit = found[0]
    return unit


@lru_cache(maxsize=1024)
def _unit_query(allowed: Select[UUID]) -> Any:
    """A unit and whether it is among the allowed; `View.units` keeps its statements, so do we."""
    return select(Unit, Unit.id.in_(allowed)).where(Unit.code == bindparam("code"))


def scope_of(view: View, unit: Unit, first: dt.date, last: dt.date, sub: str = "") -> Scope:
    """The unit-days of a range, narrowed to a unit below when `sub` is the code of one.

    Raises NotFoundError when `sub` names no unit that was below on some day of the range.
    """
    rows = _below(view, unit.id, first, last)
    children = {row.code: SubUnit(row.code, row.short) for row in rows if row.depth == 1}
    spans = _spans(rows, first, last)
    if sub:
        inner = next((row.descendant_id for row in rows if row.code == sub), None)
        if inner is None:
            raise NotFoundError(_("Bidang itu tidak ada di unit ini."))
        spans = _narrowed(spans, _spans(_below(view, inner, first, last), first, last))
    whole = tuple(span.unit_id for span in spans if (span.first, span.last) == (first, last))
    parts = tuple(span for span in spans if span.first > first or span.last < last)
    return Scope(unit, first, last, whole, parts, tuple(children.values()), sub)


def readable_units(view: View, name: str = "") -> Sequence[Unit]:
    """The units of today whose days one may read, in order of their codes."""
    query = select(Unit).where(
        Unit.id.in_(view.units(READ)), holds_on(Unit.valid_from, Unit.valid_to, view.today)
    )
    if name:
        query = query.where(
            or_(*(part.icontains(name, autoescape=True) for part in (Unit.name, Unit.short)))
        )
    return view.session.scalars(query.order_by(Unit.code)).all()


def _below(view: View, unit_id: UUID, first: dt.date, last: dt.date) -> Sequence[Any]:
    values = {"unit_id": unit_id, "first": first, "last": last}
    return view.connection.execute(_BELOW, values).all()


_BELOW = (
    select(
        UnitClosure.descendant_id,
        UnitClosure.valid_from,
        UnitClosure.valid_to,
        UnitClosure.depth,
        Unit.code,
        Unit.short,
    )
    .join(Unit, Unit.id == UnitClosure.descendant_id)
    .where(
        UnitClosure.ancestor_id == bindparam("unit_id"),
        UnitClosure.valid_from <= bindparam("last"),
        or_(UnitClosure.valid_to.is_(None), UnitClosure.valid_to > bindparam("first")),
    )
    .order_by(Unit.code)
)
"""Units that lay below a unit on some day of a range, itself among them."""


def _spans(rows: Sequence[Any], first: dt.date, last: dt.date) -> list[Span]:
    return [
        Span(
            row.descendant_id,
            max(first, row.valid_from),
            min(last, row.valid_to - _DAY) if row.valid_to else last,
        )
        for row in rows
    ]


def _narrowed(outer: list[Span], inner: list[Span]) -> list[Span]:
    """The days of units that lie in both."""
    found = []
    for one in inner:
        for other in outer:
            begins, ends = max(one.first, other.first), min(one.last, other.last)
            if one.unit_id == other.unit_id and begins <= ends:
                found.append(Span(one.unit_id, begins, ends))
    return found
