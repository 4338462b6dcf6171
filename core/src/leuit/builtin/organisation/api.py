"""JSON for programs: units, people, one person. Every list is cut into pages by a cursor."""

import datetime as dt
from uuid import UUID

import attrs
from sqlalchemy import select, tuple_

from leuit.identity import Person, Unit, superior_of
from leuit.values import NotFoundError, _, parse_nip
from leuit.web import (
    Request,
    Response,
    cursor_after,
    cursor_page,
    json_answer,
    parse_id,
    wrong_cursor,
)
from leuit.work import View

from .rights import READ
from .shown import (
    PeopleFilter,
    clean_filter,
    hold_on,
    people_query,
    pins_of,
    posts_of,
    unit_tree,
    visible_person,
)


@attrs.frozen
class PageQuery:
    """`limit` rows (1 to 200) after `cursor`, which is the `next` of the page before."""

    cursor: str = ""
    limit: int = 50


@attrs.frozen
class PeopleQuery:
    """People whose name contains or whose NIP begins with `q`, in a unit (by code) or below it."""

    q: str = ""
    unit: str = ""
    cursor: str = ""
    limit: int = 50


@attrs.frozen
class UnitAnswer:
    """A unit as it stands today; `valid_to` is the first day on which it is no more."""

    id: UUID
    code: str
    name: str
    short: str
    kind: str
    parent_id: UUID | None
    valid_from: dt.date
    valid_to: dt.date | None


@attrs.frozen
class UnitsAnswer:
    """A page of units by code; `next` is null on the last."""

    items: tuple[UnitAnswer, ...]
    next: str | None


@attrs.frozen
class PersonAnswer:
    """A person with his own (definitif) post of today."""

    id: UUID
    nip: str | None
    name: str
    position: str | None
    unit: str | None


@attrs.frozen
class PeopleAnswer:
    """A page of people by name; `next` is null on the last."""

    items: tuple[PersonAnswer, ...]
    next: str | None


@attrs.frozen
class PostAnswer:
    """A post somebody held, holds or will hold: from `valid_from` until before `valid_to`."""

    kind: str
    position: str
    is_head: bool
    unit: str
    valid_from: dt.date
    valid_to: dt.date | None


@attrs.frozen
class PersonDetailAnswer:
    """One person: today's PIN and superior, and the history of posts, newest first."""

    id: UUID
    nip: str | None
    name: str
    sex: str | None
    pin: str | None
    superior_id: UUID | None
    posts: tuple[PostAnswer, ...]


def units(request: Request) -> Response:
    """The units that exist today and that the asker may see."""
    cursor, limit = cursor_page(request, 1)
    after = cursor[0] if cursor else ""
    with request.read() as view:
        lines = sorted(unit_tree(view), key=lambda line: line.code)
    rest = [line for line in lines if line.code > after]
    items = tuple(
        UnitAnswer(
            line.id,
            line.code,
            line.name,
            line.short,
            line.kind,
            line.parent_id,
            line.valid_from,
            line.valid_to,
        )
        for line in rest[:limit]
    )
    more = len(rest) > limit
    return json_answer(UnitsAnswer(items, cursor_after(items[-1].code) if more else None))


def people(request: Request) -> Response:
    """The people whom the asker may see, with today's own post."""
    cursor, limit = cursor_page(request, 2)
    with request.read() as view:
        wanted = PeopleFilter(
            text=clean_filter(request.query.get("q", "")),
            unit_id=_unit_id(view, clean_filter(request.query.get("unit", ""))),
        )
        query = people_query(view, wanted).order_by(Person.name, Person.id).limit(limit + 1)
        if cursor:
            place = (cursor[0], _cursor_id(cursor[1]))
            query = query.where(tuple_(Person.name, Person.id) > tuple_(*place))
        rows = view.session.execute(query).all()
    items = tuple(
        PersonAnswer(row.id, row.nip, row.name, row.title, row.code) for row in rows[:limit]
    )
    more = len(rows) > limit
    last = cursor_after(items[-1].name, str(items[-1].id)) if more else None
    return json_answer(PeopleAnswer(items, last))


def person(request: Request) -> Response:
    """One person, by id or by NIP; who asks about others is logged."""
    with request.read() as view:
        found = visible_person(view, _person_id(view, str(request.params["person"])))
        pins = [pin.pin for pin in pins_of(view, found.id) if hold_on(pin, view.today)]
        answer = PersonDetailAnswer(
            id=found.id,
            nip=found.nip,
            name=found.name,
            sex=found.sex,
            pin=pins[0] if pins else None,
            superior_id=superior_of(view.session, found.id, view.today),
            posts=tuple(
                PostAnswer(row.kind, row.title, row.is_head, row.code, row.valid_from, row.valid_to)
                for row in posts_of(view, found.id)
            ),
        )
    return json_answer(answer)


def _person_id(view: View, text: str) -> UUID:
    if len(text) != 18 or not text.isdigit():
        return parse_id(text)
    found = view.session.execute(
        select(Person.id).where(Person.nip == parse_nip(text).text)
    ).scalar()
    if found is None:
        raise NotFoundError(_("Pegawai itu tidak ada."))
    return found


def _unit_id(view: View, code: str) -> UUID | None:
    if not code:
        return None
    found = view.session.execute(
        select(Unit.id).where(Unit.code == code, Unit.id.in_(view.units(READ)))
    ).scalar()
    if found is None:
        raise NotFoundError(_("Unit itu tidak ada, atau di luar unit Anda."))
    return found


def _cursor_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise wrong_cursor() from None
