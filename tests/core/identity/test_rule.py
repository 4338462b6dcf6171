"""The one rule of rights, in SQL, against the same rule written out slowly in Python."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from leuit.identity import (
    Person,
    UnitClosure,
    holds_on,
    known_by_session,
    known_by_token,
    people_in,
    subtree,
    superior_of,
    units_allowed,
    visible_people,
)
from leuit.work import Leuit

from .world import DAYS, OWN, PERMISSIONS, READ, RIGHTS, WRITE, World, day, worlds

drawn = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
days = st.integers(0, DAYS)
NOW = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)  # keys live by instants, rights by days


@drawn
@given(world=worlds(), on=days)
def test_rights_people_and_superiors_are_those_of_the_slow_rule(
    app: Leuit, world: World, on: int
) -> None:
    """On any day, in any dated tree, SQL finds the units, people and superiors of the text."""
    world.store(app)
    with app.database.reader.connect() as connection:
        session = Session(bind=connection)
        for account in range(world.people + 1):
            _check_account(session, world, account, on)
        for person in range(world.people):
            superior = world.superior(person, on)
            expected = None if superior is None else world.id_of("person", superior)
            assert superior_of(session, world.id_of("person", person), day(on)) == expected
        session.close()


def _check_account(session: Session, world: World, account: int, on: int) -> None:
    person = account if account < world.people else None
    identity = world.identity(account)
    for permission in PERMISSIONS:
        select_units = units_allowed(identity, permission, day(on), RIGHTS)
        units = {world.id_of("unit", u) for u in world.allowed(account, person, permission, on)}
        found = session.execute(select_units).scalars().all()
        assert set(found) == units
        assert len(found) == len(set(found)), "a unit is listed once"
        inside = {
            world.id_of("person", other)
            for other in range(world.people)
            if (own := world.own_unit(other, on)) is not None and world.id_of("unit", own) in units
        }
        assert set(session.execute(people_in(select_units, day(on))).scalars()) == inside
        if permission == OWN and person is not None:
            inside = inside | {world.id_of("person", person)}
        condition = visible_people(identity, permission, day(on), RIGHTS, Person.id)
        assert set(session.execute(select(Person.id).where(condition)).scalars()) == inside
    known = known_by_session(session.connection(), f"session {account}", NOW, day(on), RIGHTS)
    assert known is not None
    assert known.held == world.held(account, person, on)
    own = world.own_post(person, on) if person is not None else None
    assert known.title_line == ("" if own is None else f"J{own} · U{world.posts[own][0]}")


@drawn
@given(world=worlds(), on=days)
def test_the_closure_is_the_tree_of_each_day(app: Leuit, world: World, on: int) -> None:
    """On each day every ancestor stands in the closure once, at its true distance."""
    world.store(app)
    with app.database.reader.connect() as connection:
        for unit in range(len(world.units)):
            rows = connection.execute(
                select(UnitClosure.ancestor_id, UnitClosure.depth)
                .where(
                    UnitClosure.descendant_id == world.id_of("unit", unit),
                    holds_on(UnitClosure.valid_from, UnitClosure.valid_to, day(on)),
                )
                .order_by(UnitClosure.depth)
            ).all()
            expected = [world.id_of("unit", other) for other in world.ancestors(unit, on)]
            assert [row.ancestor_id for row in rows] == expected
            assert [row.depth for row in rows] == list(range(len(expected)))
            below = set(connection.execute(subtree(world.id_of("unit", unit), day(on))).scalars())
            assert below == {world.id_of("unit", other) for other in world.below(unit, on)}


@drawn
@given(world=worlds(), on=days)
def test_a_narrowed_token_reaches_what_it_names_and_nothing_else(
    app: Leuit, world: World, on: int
) -> None:
    """A token narrowed to one permission keeps exactly that one, if its account holds it."""
    world.store(app)
    with app.database.reader.connect() as connection:
        session = Session(bind=connection)
        for account in range(world.people + 1):
            whole, narrow = world.identity(account), world.identity(account, frozenset({READ}))
            full = set(session.execute(units_allowed(whole, READ, day(on), RIGHTS)).scalars())
            assert (
                set(session.execute(units_allowed(narrow, READ, day(on), RIGHTS)).scalars()) == full
            )
            assert not session.execute(units_allowed(narrow, WRITE, day(on), RIGHTS)).all()
            there = session.connection()
            key, token = f"session {account}", f"token {account}"
            by_key = known_by_session(there, key, NOW, day(on), RIGHTS)
            by_token = known_by_token(there, token, NOW, day(on), RIGHTS)
            assert by_key is not None
            assert by_token is not None
            assert by_token.held == by_key.held & {READ}
            assert by_key.identity.only is None
            assert by_token.identity.only == frozenset({READ})
        session.close()
