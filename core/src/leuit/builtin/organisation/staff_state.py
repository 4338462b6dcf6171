"""The staff as an import sees it: read in a few statements, then changed in memory only."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.identity import DEFINITIF, Account, Assignment, Person, PersonPin, Position, Unit
from leuit.values import new_id
from leuit.work import View

from .ledger import Ledger, metadata_table
from .rights import EDIT, MANAGE
from .series import Span


@attrs.define
class PersonState:
    """A person as he is, or would be after the rows read so far."""

    id: UUID
    nip: str | None
    nik: str | None
    name: str
    sex: str | None
    email: str | None
    new: bool = False
    changed: set[str] = attrs.field(factory=set)
    posts: dict[tuple[str, UUID | None], list[Span[UUID]]] = attrs.field(factory=dict)
    pins: list[Span[str]] = attrs.field(factory=list)
    login: str | None = None
    new_account: bool = False

    def spans(self, kind: str, position_id: UUID) -> list[Span[UUID]]:
        """His posts of a kind; Plt. and Plh. are looked at post by post."""
        return self.posts.setdefault((kind, None if kind == DEFINITIF else position_id), [])


@attrs.define
class PostState:
    """A post in a unit."""

    id: UUID
    unit_id: UUID
    title: str
    is_head: bool
    new: bool = False
    changed: bool = False


@attrs.define
class StaffState:
    """Everybody, every post and every unit, indexed by what rows name them by."""

    units: dict[str, Any]
    unit_names: dict[UUID, str]
    people: dict[UUID, PersonState]
    by_nip: dict[str, PersonState]
    by_nik: dict[str, PersonState]
    posts: dict[tuple[UUID, str], PostState]
    posts_by_id: dict[UUID, PostState]
    logins: set[str]
    editable: set[UUID]
    managed: set[UUID]
    assignments: Ledger[UUID] = attrs.field(
        factory=lambda: Ledger(metadata_table(Assignment), "position_id")
    )
    pins: Ledger[str] = attrs.field(factory=lambda: Ledger(metadata_table(PersonPin), "pin"))

    def add_person(self, person: PersonState) -> None:
        """Make a person known to later rows."""
        self.people[person.id] = person
        self.index(person)

    def index(self, person: PersonState) -> None:
        """Find the person by the numbers he has now."""
        if person.nip:
            self.by_nip[person.nip] = person
        if person.nik:
            self.by_nik[person.nik] = person

    def post(self, unit_id: UUID, title: str) -> PostState:
        """The post of that title in the unit, new when there was none."""
        known = self.posts.get((unit_id, title))
        if known is None:
            known = PostState(new_id(), unit_id, title, False, new=True)
            self.posts[unit_id, title] = known
            self.posts_by_id[known.id] = known
        return known


def load_staff(view: View) -> StaffState:
    """Read the whole staff of the regency: seven statements, however many rows a file has."""
    session = view.session
    units: dict[str, Any] = {
        row.code: row
        for row in session.execute(
            select(Unit.id, Unit.code, Unit.name, Unit.short, Unit.valid_from, Unit.valid_to)
        )
    }
    state = StaffState(
        units=units,
        unit_names={row.id: row.short for row in units.values()},
        people={},
        by_nip={},
        by_nik={},
        posts={},
        posts_by_id={},
        logins=set(),
        editable=set(session.execute(view.units(EDIT)).scalars()),
        managed=set(session.execute(view.units(MANAGE)).scalars()),
    )
    for row in session.execute(
        select(Person.id, Person.nip, Person.nik, Person.name, Person.sex, Person.email)
    ):
        state.add_person(PersonState(*row))
    for place in session.execute(
        select(Position.id, Position.unit_id, Position.title, Position.is_head)
    ):
        post = PostState(*place)
        state.posts[post.unit_id, post.title] = post
        state.posts_by_id[post.id] = post
    _load_dated(view, state)
    return state


def _load_dated(view: View, state: StaffState) -> None:
    session = view.session
    for row in session.execute(
        select(
            Assignment.id,
            Assignment.person_id,
            Assignment.position_id,
            Assignment.kind,
            Assignment.valid_from,
            Assignment.valid_to,
        )
    ):
        state.people[row.person_id].spans(row.kind, row.position_id).append(
            Span(row.id, row.position_id, row.valid_from, row.valid_to)
        )
    for pin in session.execute(
        select(
            PersonPin.id,
            PersonPin.person_id,
            PersonPin.pin,
            PersonPin.valid_from,
            PersonPin.valid_to,
        )
    ):
        state.people[pin.person_id].pins.append(Span(pin.id, pin.pin, pin.valid_from, pin.valid_to))
    for account in session.execute(select(Account.login, Account.person_id)):
        state.logins.add(account.login)
        if account.person_id is not None:
            state.people[account.person_id].login = account.login


def share_a_day(spans: Iterable[tuple[UUID, Span[Any]]]) -> set[UUID]:
    """Owners of spans of which two, of different owners, hold on one day."""
    clashing: set[UUID] = set()
    ordered = sorted(spans, key=lambda pair: pair[1].valid_from)
    open_until: list[tuple[UUID, Span[Any]]] = []
    for owner, span in ordered:
        open_until = [
            pair
            for pair in open_until
            if pair[1].valid_to is None or pair[1].valid_to > span.valid_from
        ]
        for other, _span in open_until:
            if other != owner:
                clashing |= {owner, other}
        open_until.append((owner, span))
    return clashing
