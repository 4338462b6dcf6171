"""Objects of rows that a plain statement has read belong to the session as if it had read them."""

from typing import Any

from sqlalchemy import inspect, select, update

from leuit.identity import SYSTEM, Person
from leuit.values import RecordRef
from leuit.work import Leuit, Work

REF = RecordRef("core.unit", "x", "contoh")


def _stored(app: Leuit) -> Person:
    with app.change(SYSTEM) as work:
        person = Person(name="Contoh", nip="1")
        work.session.add(person)
        work.audit("core.unit.created", REF)
    return person


def _row(work: Work, person: Person) -> dict[str, Any]:
    columns = select(*Person.__table__.columns).where(Person.id == person.id)
    return dict(work.connection.execute(columns).mappings().one())


def test_what_is_adopted_is_read_and_its_changes_are_stored(app: Leuit) -> None:
    """It is persistent, all of it is there, and a change alone is written."""
    person = _stored(app)
    with app.change(SYSTEM) as work:
        found = work.session.adopt(Person, _row(work, person))
        assert inspect(found).persistent
        assert (found.id, found.name, found.nip) == (person.id, "Contoh", "1")
        assert not work.session.dirty
        assert work.session.get(Person, person.id) is found
        found.name = "Lain"
        work.audit("core.unit.created", REF)
    with app.read(SYSTEM) as view:
        assert view.session.get_one(Person, person.id).name == "Lain"


def test_what_the_session_knows_is_brought_up_to_date(app: Leuit) -> None:
    """It stays the same object, and shows what the statement read."""
    person = _stored(app)
    with app.change(SYSTEM) as work:
        known = work.session.get_one(Person, person.id)
        work.connection.execute(update(Person).values(name="Lain"))
        assert known.name == "Contoh"
        assert work.session.adopt(Person, _row(work, person)) is known
        assert known.name == "Lain"
        assert not work.session.dirty
        work.audit("core.unit.created", REF)
