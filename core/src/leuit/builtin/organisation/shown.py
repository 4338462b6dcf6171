"""What pages and the API show of units and people: a few statements a page, each under the rule."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from leuit.builtin.checks import storable
from leuit.identity import (
    DEFINITIF,
    PLH,
    PLT,
    Account,
    Assignment,
    Person,
    PersonPin,
    Position,
    Unit,
    UnitLink,
    holds_on,
    subtree,
)
from leuit.values import InvalidInputError, NotFoundError, PermissionDeniedError, _
from leuit.work import View

from .people import person_ref
from .rights import READ, require_person

LONGEST_FILTER = 100


@attrs.frozen
class UnitLine:
    """A unit in the tree of those that the reader may see; `depth` counts shown ancestors."""

    id: UUID
    code: str
    name: str
    short: str
    kind: str
    parent_id: UUID | None
    depth: int
    valid_from: dt.date
    valid_to: dt.date | None


@attrs.frozen
class Head:
    """Who heads a unit today, and how (definitif, Plt. or Plh.)."""

    person_id: UUID
    name: str
    title: str
    kind: str


def clean_filter(text: str) -> str:
    """A filter as typed, trimmed; raises InvalidInputError for what no engine can look for."""
    text = text.strip()[:LONGEST_FILTER]
    if not storable(text):
        raise InvalidInputError(_("Ada huruf yang tidak dapat dicari; ketik ulang."))
    return text


def unit_tree(view: View, text: str = "", kind: str = "") -> list[UnitLine]:
    """The units that exist today and may be seen, each below its parent, filtered."""
    rows: Sequence[Any] = view.session.execute(
        select(
            Unit.id,
            Unit.code,
            Unit.name,
            Unit.short,
            Unit.kind,
            Unit.valid_from,
            Unit.valid_to,
            UnitLink.parent_id,
        )
        .outerjoin(
            UnitLink,
            and_(
                UnitLink.unit_id == Unit.id,
                holds_on(UnitLink.valid_from, UnitLink.valid_to, view.today),
            ),
        )
        .where(holds_on(Unit.valid_from, Unit.valid_to, view.today), Unit.id.in_(view.units(READ)))
    ).all()
    known = {row.id for row in rows}
    children: dict[UUID | None, list[Any]] = {}
    for row in rows:
        children.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    lines: list[UnitLine] = []
    waiting = [(row, 0) for row in _by_code(children.get(None, ()))]
    while waiting:
        row, depth = waiting.pop()
        lines.append(
            UnitLine(
                row.id,
                row.code,
                row.name,
                row.short,
                row.kind,
                row.parent_id,
                depth,
                row.valid_from,
                row.valid_to,
            )
        )
        waiting += [(child, depth + 1) for child in _by_code(children.get(row.id, ()))]
    wanted = text.casefold()
    return [
        line
        for line in lines
        if (not kind or line.kind == kind)
        and any(wanted in part.casefold() for part in (line.name, line.short, line.code))
    ]


def _by_code(rows: Iterable[Any]) -> list[Any]:
    """Last first, as they are taken from the end."""
    return sorted(rows, key=lambda row: row.code, reverse=True)


def heads_of(view: View, units: Iterable[UUID]) -> dict[UUID, Head]:
    """Who heads each of the units today: Plh. before Plt. before definitif."""
    order = {PLH: 0, PLT: 1, DEFINITIF: 2}
    rows = view.session.execute(
        select(
            Position.unit_id,
            Position.title,
            Assignment.kind,
            Assignment.valid_from,
            Person.id,
            Person.name,
        )
        .join(Assignment, Assignment.position_id == Position.id)
        .join(Person, Person.id == Assignment.person_id)
        .where(
            Position.unit_id.in_(list(units)),
            Position.is_head,
            holds_on(Assignment.valid_from, Assignment.valid_to, view.today),
        )
    ).all()
    heads: dict[UUID, Head] = {}
    for row in sorted(rows, key=lambda row: (order[row.kind], -row.valid_from.toordinal())):
        heads.setdefault(row.unit_id, Head(row.id, row.name, row.title, row.kind))
    return heads


def people_counts(view: View, units: Iterable[UUID]) -> dict[UUID, int]:
    """How many people have their own post in each of the units today (not in those below)."""
    rows = view.session.execute(
        select(Position.unit_id, func.count())
        .join(Assignment, Assignment.position_id == Position.id)
        .where(
            Position.unit_id.in_(list(units)),
            Assignment.kind == DEFINITIF,
            holds_on(Assignment.valid_from, Assignment.valid_to, view.today),
        )
        .group_by(Position.unit_id)
    )
    return {row[0]: row[1] for row in rows}


def visible_unit(view: View, unit_id: UUID) -> Unit:
    """The unit if the reader may see it, else NotFoundError."""
    unit = view.session.execute(
        select(Unit).where(Unit.id == unit_id, Unit.id.in_(view.units(READ)))
    ).scalar_one_or_none()
    if unit is None:
        raise NotFoundError(_("Unit itu tidak ada, atau di luar unit Anda."))
    return unit


@attrs.frozen
class PeopleFilter:
    """Which people a list shows: a part of the name or a NIP, a unit with all below it."""

    text: str = ""
    unit_id: UUID | None = None
    without_post: bool = False


def people_query(view: View, wanted: PeopleFilter) -> Select[*tuple[Any, ...]]:
    """People whom the reader may see, with today's own post; neither sorted nor cut."""
    own = and_(
        Assignment.person_id == Person.id,
        Assignment.kind == DEFINITIF,
        holds_on(Assignment.valid_from, Assignment.valid_to, view.today),
    )
    query: Select[*tuple[Any, ...]] = (
        select(
            Person.id,
            Person.nip,
            Person.name,
            Position.title,
            Unit.short,
            Unit.code,
            Unit.id.label("unit_id"),
        )
        .outerjoin(Assignment, own)
        .outerjoin(Position, Position.id == Assignment.position_id)
        .outerjoin(Unit, Unit.id == Position.unit_id)
    )
    if wanted.without_post and view.allows_on_root(READ):
        query = query.where(Assignment.id.is_(None))
    else:
        query = query.where(Position.unit_id.in_(view.units(READ)))
    if wanted.unit_id is not None:
        query = query.where(Position.unit_id.in_(subtree(wanted.unit_id, view.today)))
    return query.where(_matches(wanted.text)) if wanted.text else query


def _matches(text: str) -> ColumnElement[bool]:
    digits = text.replace(" ", "")
    if digits.isdigit():
        return or_(Person.nip.startswith(digits), Person.nik == digits)
    return Person.name.icontains(text, autoescape=True)


def count_of(view: View, query: Select[*tuple[Any, ...]]) -> int:
    """How many rows the query has in all."""
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    return view.session.execute(counted).scalar_one()


def visible_person(view: View, person_id: UUID) -> Person:
    """The person if the reader may see him, else NotFoundError; the reading is logged."""
    person = view.session.get(Person, person_id)
    missing = NotFoundError(_("Pegawai itu tidak ada, atau di luar unit Anda."))
    if person is None:
        raise missing
    if person_id != view.identity.person_id:
        try:
            require_person(view, READ, person_id)
        except PermissionDeniedError:
            raise missing from None  # whether a NIP is known here is nobody else's business
        view.note_access(person_ref(person))
    return person


def posts_of(view: View, person_id: UUID) -> list[Row[Any]]:
    """Every post a person held, holds or will hold, newest first."""
    return list(
        view.session.execute(
            select(
                Assignment.id,
                Assignment.kind,
                Assignment.valid_from,
                Assignment.valid_to,
                Assignment.decree,
                Position.title,
                Position.is_head,
                Unit.id.label("unit_id"),
                Unit.name.label("unit"),
                Unit.short,
                Unit.code,
            )
            .join(Position, Position.id == Assignment.position_id)
            .join(Unit, Unit.id == Position.unit_id)
            .where(Assignment.person_id == person_id)
            .order_by(Assignment.valid_from.desc(), Assignment.kind)
        )
    )


def pins_of(view: View, person_id: UUID) -> list[PersonPin]:
    """Every PIN of a person, newest first."""
    return list(
        view.session.execute(
            select(PersonPin)
            .where(PersonPin.person_id == person_id)
            .order_by(PersonPin.valid_from.desc())
        ).scalars()
    )


def account_of(view: View, person_id: UUID) -> Account | None:
    """The account of a person, or None."""
    return view.session.execute(
        select(Account).where(Account.person_id == person_id)
    ).scalar_one_or_none()


def hold_on(row: Any, day: dt.date) -> bool:
    """Whether a dated row holds on the day, for templates."""
    return bool(row.valid_from <= day and (row.valid_to is None or day < row.valid_to))
