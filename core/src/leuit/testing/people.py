"""A small cast for tests of rights: a regency, two units, their heads, a member, and an officer."""

import datetime as dt
from uuid import UUID

import attrs

from leuit.identity import (
    DEFINITIF,
    SYSTEM,
    Account,
    Assignment,
    Grant,
    Identity,
    Person,
    Position,
    Unit,
    UnitLink,
    rebuild_closure,
)
from leuit.values import RecordRef
from leuit.work import Leuit, Work

SINCE = dt.date(2020, 1, 1)


@attrs.frozen
class Cast:
    """Units and identities, all since 2020: the regency above `unit` and `sibling`.

    `regent` heads the regency, `head` the unit, `other_head` its sibling, `member` works in the
    unit, `administrator` holds every right on the regency.
    """

    regency: UUID
    unit: UUID
    sibling: UUID
    regent: Identity
    head: Identity
    other_head: Identity
    member: Identity
    administrator: Identity


def cast(app: Leuit) -> Cast:
    """Store the cast in an empty installation."""
    with app.change(SYSTEM) as work:
        regency = _unit(work, "KAB", None)
        unit, sibling = _unit(work, "UNIT-A", regency), _unit(work, "UNIT-B", regency)
        rebuild_closure(work.session)
        made = Cast(
            regency=regency,
            unit=unit,
            sibling=sibling,
            regent=_person(work, "Rangga Contoh", regency, head=True),
            head=_person(work, "Hendra Contoh", unit, head=True),
            other_head=_person(work, "Otong Contoh", sibling, head=True),
            member=_person(work, "Mimin Contoh", unit, head=False),
            administrator=_account(work, "administrator", None, "Administrator"),
        )
        work.session.add(
            Grant(
                role="core.administrator",
                unit_id=regency,
                account_id=made.administrator.account_id,
                valid_from=SINCE,
            )
        )
        work.audit("core.unit.created", RecordRef("core.unit", str(regency), "contoh"))
    return made


def _unit(work: Work, code: str, parent: UUID | None) -> UUID:
    unit = Unit(code=code, name=f"Unit {code}", short=code, kind="dinas", valid_from=SINCE)
    work.session.add(unit)
    work.session.flush()
    if parent is not None:
        work.session.add(UnitLink(unit_id=unit.id, parent_id=parent, valid_from=SINCE))
    return unit.id


def _person(work: Work, name: str, unit: UUID, *, head: bool) -> Identity:
    person = Person(name=name)
    position = Position(unit_id=unit, title="Kepala" if head else "Pelaksana", is_head=head)
    work.session.add_all([person, position])
    work.session.flush()
    work.session.add(
        Assignment(person_id=person.id, position_id=position.id, kind=DEFINITIF, valid_from=SINCE)
    )
    return _account(work, name.split(maxsplit=1)[0].lower(), person.id, name)


def _account(work: Work, login: str, person: UUID | None, name: str) -> Identity:
    account = Account(login=login, person_id=person, created_at=work.now)
    work.session.add(account)
    work.session.flush()
    return Identity("person", name, account_id=account.id, person_id=person, login=login)
