"""A small dated regency, drawn at random, and the rule of rights written out the slow way.

The oracle walks plain Python lists day by day, as the text of the rule reads; it shares nothing
with the SQL but the values.
"""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.orm import Session

from leuit.identity import (
    DEFINITIF,
    PLH,
    PLT,
    Account,
    ApiToken,
    Assignment,
    Grant,
    Identity,
    Permission,
    Person,
    Position,
    Rights,
    Role,
    Unit,
    UnitClosure,
    UnitLink,
    WebSession,
    key_hash,
    rebuild_closure,
)
from leuit.values import new_id
from leuit.work import Leuit

DAYS = 10
START = dt.date(2026, 1, 1)
LATE = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
READ, WRITE, APPROVE, OWN = "try.row.read", "try.row.write", "try.row.approve", "try.row.own"
PERMISSIONS = (READ, WRITE, APPROVE, OWN)
RIGHTS = Rights(
    permissions={name: Permission(name, name) for name in PERMISSIONS},
    roles={
        role.name: role
        for role in (
            Role("try.reader", "r", {READ}),
            Role("try.writer", "w", {READ, WRITE}),
            Role("try.head", "h", {READ, APPROVE}, given_to="head"),
            Role("try.everyone", "e", {OWN}, given_to="everyone"),
        )
    },
)
TABLES = (
    WebSession,
    ApiToken,
    Grant,
    Account,
    Assignment,
    Position,
    UnitClosure,
    UnitLink,
    Unit,
    Person,
)


def day(number: int) -> dt.date:
    """A day of the small calendar."""
    return START + dt.timedelta(days=number)


@attrs.frozen
class Dated:
    """Something that holds from day `start` until before `end` (None: open)."""

    value: tuple[Any, ...]
    start: int
    end: int | None
    id: UUID = attrs.field(factory=new_id)

    def on(self, number: int) -> bool:
        return self.start <= number and (self.end is None or number < self.end)


@attrs.frozen
class World:
    """Units (by index, parents before children), links, people, posts, assignments, grants."""

    units: list[Dated]
    links: list[list[Dated]]  # by unit: (parent index,)
    people: int
    posts: list[tuple[int, bool]]  # (unit, is head)
    assignments: list[Dated]  # (person, post, kind)
    grants: list[Dated]  # (role, unit, "account" | "post", index)
    ids: dict[tuple[str, int], UUID]

    def id_of(self, kind: str, index: int) -> UUID:
        return self.ids[kind, index]

    # ------------------------------------------------------------------------------- the slow rule

    def ancestors(self, unit: int, on: int) -> list[int]:
        """The unit and those above it that day, nearest first; none when it does not exist."""
        if not self.units[unit].on(on):
            return []
        found = [unit]
        while parents := [link.value[0] for link in self.links[found[-1]] if link.on(on)]:
            assert len(parents) == 1
            found.append(parents[0])
        return found

    def below(self, unit: int, on: int) -> set[int]:
        return {other for other in range(len(self.units)) if unit in self.ancestors(other, on)}

    def held_posts(self, person: int, on: int) -> set[int]:
        return {row.value[1] for row in self.assignments if row.on(on) and row.value[0] == person}

    def roles(self, account: int, person: int | None, on: int) -> set[tuple[str, int]]:
        """(role, unit) pairs that are given by grants that day."""
        posts = self.held_posts(person, on) if person is not None else set()
        return {
            (str(row.value[0]), row.value[1])
            for row in self.grants
            if row.on(on)
            and (
                (row.value[2] == "account" and row.value[3] == account)
                or (row.value[2] == "post" and row.value[3] in posts)
            )
        }

    def headed(self, person: int | None, on: int) -> set[int]:
        if person is None:
            return set()
        return {self.posts[post][0] for post in self.held_posts(person, on) if self.posts[post][1]}

    def allowed(self, account: int, person: int | None, permission: str, on: int) -> set[int]:
        found: set[int] = set()
        for role, unit in self.roles(account, person, on):
            if permission in RIGHTS.roles[role].permissions:
                found |= self.below(unit, on)
        if permission in RIGHTS.roles["try.head"].permissions:
            for unit in self.headed(person, on):
                found |= self.below(unit, on)
        return found

    def held(self, account: int, person: int | None, on: int) -> set[str]:
        names = {role for role, _unit in self.roles(account, person, on)}
        names |= {"try.head"} if self.headed(person, on) else set()
        names |= {"try.everyone"} if person is not None else set()
        return {permission for name in names for permission in RIGHTS.roles[name].permissions}

    def own_post(self, person: int, on: int) -> int | None:
        for row in self.assignments:
            if row.on(on) and row.value[0] == person and row.value[2] == DEFINITIF:
                return int(row.value[1])
        return None

    def own_unit(self, person: int, on: int) -> int | None:
        post = self.own_post(person, on)
        return None if post is None else int(self.posts[post][0])

    def superior(self, person: int, on: int) -> int | None:
        own = self.own_unit(person, on)
        if own is None:
            return None
        for unit in self.ancestors(own, on):
            if unit in self.headed(person, on):
                continue
            heads = [
                row
                for row in self.assignments
                if row.on(on) and self.posts[row.value[1]] == (unit, True)
            ]
            if heads:
                order = [PLH, PLT, DEFINITIF]
                first = min(heads, key=lambda r: (order.index(str(r.value[2])), -r.start, r.id))
                return int(first.value[0])
        return None

    # ------------------------------------------------------------------------------------- storing

    def store(self, app: Leuit) -> None:
        """Replace everything in the database by this world."""
        with app.database.writer.begin() as connection:
            session = Session(bind=connection, join_transaction_mode="rollback_only")
            for table in TABLES:
                session.execute(delete(table))
            self._add(session)
            rebuild_closure(session)
            session.flush()
            session.close()

    def _add(self, session: Session) -> None:
        now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        for index, unit in enumerate(self.units):
            session.add(
                Unit(
                    id=self.ids["unit", index],
                    code=f"U{index}",
                    name=f"U{index}",
                    short=f"U{index}",
                    kind="bidang",
                    **_range(unit),
                )
            )
        for index in range(self.people):
            session.add(Person(id=self.ids["person", index], name=f"P{index}"))
        session.flush()
        for index in range(self.people + 1):
            person = self.ids["person", index] if index < self.people else None
            session.add(
                Account(
                    id=self.ids["account", index],
                    login=f"a{index}",
                    person_id=person,
                    created_at=now,
                )
            )
        session.flush()
        for index in range(self.people + 1):
            live = {"account_id": self.ids["account", index], "created_at": now, "expires_at": LATE}
            session.add(WebSession(key_hash=key_hash(f"session {index}"), **live))
            token = ApiToken(key_hash=key_hash(f"token {index}"), title="Uji", **live)
            token.permissions = READ
            session.add(token)
        for index, links in enumerate(self.links):
            session.add_all(
                UnitLink(
                    id=link.id,
                    unit_id=self.ids["unit", index],
                    parent_id=self.ids["unit", link.value[0]],
                    **_range(link),
                )
                for link in links
            )
        for index, (unit_index, is_head) in enumerate(self.posts):
            session.add(
                Position(
                    id=self.ids["post", index],
                    unit_id=self.ids["unit", unit_index],
                    title=f"J{index}",
                    is_head=is_head,
                )
            )
        session.flush()
        for row in self.assignments:
            session.add(
                Assignment(
                    id=row.id,
                    person_id=self.ids["person", row.value[0]],
                    position_id=self.ids["post", row.value[1]],
                    kind=row.value[2],
                    **_range(row),
                )
            )
        for row in self.grants:
            role, unit_index, holder, holder_index = row.value
            session.add(
                Grant(
                    id=row.id,
                    role=role,
                    unit_id=self.ids["unit", unit_index],
                    **{
                        "account_id" if holder == "account" else "position_id": self.ids[
                            "account" if holder == "account" else "post", holder_index
                        ]
                    },
                    **_range(row),
                )
            )
        session.flush()

    def identity(self, account: int, only: frozenset[str] | None = None) -> Identity:
        """The identity of an account; the last one has no person."""
        person = self.ids["person", account] if account < self.people else None
        return Identity(
            kind="service" if only else "person",
            name="",
            account_id=self.ids["account", account],
            person_id=person,
            only=only,
        )


def _range(row: Dated) -> dict[str, dt.date | None]:
    return {
        "valid_from": day(row.start),
        "valid_to": None if row.end is None else day(row.end),
    }


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, int | None]:
    start = draw(st.integers(0, DAYS - 1))
    end = draw(st.none() | st.integers(start + 1, DAYS))
    return start, end


@st.composite
def series(draw: st.DrawFn, values: st.SearchStrategy[tuple[Any, ...]]) -> list[Dated]:
    """Up to three values one after another, with or without gaps."""
    cuts = sorted(draw(st.sets(st.integers(0, DAYS), max_size=4)))
    ends: list[int | None] = [*cuts[1:], None]
    rows = [Dated(draw(values), a, b) for a, b in zip(cuts, ends, strict=bool(cuts))]
    return [row for row in rows if draw(st.integers(0, 3))]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A regency of at most six units, four people and some posts and grants, all dated."""
    count = draw(st.integers(1, 6))
    units = [Dated((), *draw(spans())) for _ in range(count)]
    links: list[list[Dated]] = [[]]
    links += [draw(series(st.tuples(st.integers(0, index - 1)))) for index in range(1, count)]
    people = draw(st.integers(1, 4))
    posts = draw(
        st.lists(st.tuples(st.integers(0, count - 1), st.booleans()), min_size=1, max_size=6)
    )
    post = st.integers(0, len(posts) - 1)
    assignments: list[Dated] = []
    for person in range(people):
        own = st.tuples(st.just(person), post, st.just(DEFINITIF))
        assignments += draw(series(own))
    extra = st.tuples(st.integers(0, people - 1), post, st.sampled_from([PLT, PLH]))
    assignments += [Dated(draw(extra), *draw(spans())) for _ in range(draw(st.integers(0, 4)))]
    unit, role = st.integers(0, count - 1), st.sampled_from(["try.reader", "try.writer"])
    grant = st.tuples(role, unit, st.just("account"), st.integers(0, people)) | st.tuples(
        role, unit, st.just("post"), post
    )
    grants = [Dated(draw(grant), *draw(spans())) for _ in range(draw(st.integers(0, 5)))]
    ids = {
        (kind, index): new_id()
        for kind, size in (
            ("unit", count),
            ("person", people),
            ("account", people + 1),
            ("post", len(posts)),
        )
        for index in range(size)
    }
    return World(units, links, people, posts, assignments, grants, ids)
