"""Who works where in the demonstration: read once, before anything is filled in."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

import attrs
from sqlalchemy import or_, select

from leuit.builtin.organisation import CAST, WARD_POSTS
from leuit.identity import (
    DEFINITIF,
    Account,
    Assignment,
    Identity,
    Person,
    PersonPin,
    Position,
    Unit,
)
from leuit.plugins import CommandContext
from leuit_attendance.models import AbsenceRow, ShiftRow
from leuit_attendance.service.sample import UNIT as SAMPLE

HOSPITAL = "rumah_sakit"


@attrs.frozen
class Colleague:
    """Somebody with a post and a PIN."""

    person_id: UUID
    name: str
    nip: str
    pin: str
    unit_id: UUID
    is_head: bool
    in_shifts: bool


@attrs.frozen
class Office:
    """Units, colleagues by unit, who acts by role in the cast, shifts and absences by person."""

    units: Mapping[UUID, Unit]
    root: UUID
    colleagues: Mapping[UUID, tuple[Colleague, ...]]
    cast: Mapping[str, Identity]
    shifts: Mapping[tuple[UUID, dt.date], str]
    absences: tuple[AbsenceRow, ...]

    @property
    def everybody(self) -> list[Colleague]:
        """All colleagues, unit by unit."""
        return [one for several in self.colleagues.values() for one in several]

    def is_absent(self, person_id: UUID, day: dt.date) -> bool:
        """Whether an absence was entered for the day."""
        return any(
            row.person_id == person_id and row.first_day <= day <= row.last_day
            for row in self.absences
        )


def read_office(context: CommandContext) -> Office:
    """The office as it stands now."""
    with context.app.read(context.identity) as view:
        today = view.today
        session = view.session
        units = {unit.id: unit for unit in session.scalars(select(Unit).order_by(Unit.code))}
        found: dict[UUID, list[Colleague]] = {}
        for row in session.execute(
            select(Person.id, Person.name, Person.nip, PersonPin.pin, Position)
            .join(PersonPin, PersonPin.person_id == Person.id)
            .join(Assignment, Assignment.person_id == Person.id)
            .join(Position, Position.id == Assignment.position_id)
            .where(
                Assignment.kind == DEFINITIF,
                Assignment.valid_from <= today,
                or_(Assignment.valid_to.is_(None), Assignment.valid_to > today),
                PersonPin.valid_to.is_(None),
                Person.nip.is_not(None),
                Position.unit_id.not_in(select(Unit.id).where(Unit.code == SAMPLE)),
            )
            .order_by(PersonPin.pin)
        ):
            unit = units[row.Position.unit_id]
            ward = unit.kind == HOSPITAL and row.Position.title in WARD_POSTS
            found.setdefault(unit.id, []).append(
                Colleague(row.id, row.name, row.nip, row.pin, unit.id, row.Position.is_head, ward)
            )
        accounts = {
            login: (account, person)
            for login, account, person in session.execute(
                select(Account.login, Account.id, Account.person_id)
            )
        }
        cast = {
            key: Identity("person", member.name, *accounts[member.nip], login=member.nip)
            for key, member in CAST.items()
        }
        return Office(
            units=units,
            root=next(
                one.unit_id
                for several in found.values()
                for one in several
                if one.nip == CAST["regent"].nip
            ),
            colleagues={unit: tuple(several) for unit, several in found.items()},
            cast=cast,
            shifts={
                (row.person_id, row.day): row.code for row in session.scalars(select(ShiftRow))
            },
            absences=tuple(
                session.scalars(select(AbsenceRow).where(AbsenceRow.cancelled_at.is_(None)))
            ),
        )
