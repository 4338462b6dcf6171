"""Reading: a consistent look at the database that never waits for writers."""

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from leuit.identity import (
    Identity,
    Unit,
    UnitLink,
    holds_on,
    is_given_outside,
    is_own,
    people_in,
    units_allowed,
    visible_people,
)
from leuit.values import PermissionDeniedError, RecordRef, _, local_day

from .session import LentSession

if TYPE_CHECKING:
    from .app import Leuit


class View:
    """One transaction seen with the eyes of an identity.

    `now` is one instant and `today` one local date for the whole block, so that a page does not
    change its mind at midnight. `connection` is for statements about rows, not objects: it costs
    nothing to make, sees what the session has flushed, and an open savepoint holds for it too.
    `kept` is for what is asked once in the block, by a name that its owner chooses.
    """

    def __init__(
        self,
        app: "Leuit",
        connection: Connection,
        identity: Identity,
        request_id: str,
        *,
        autoflush: bool = False,
    ) -> None:
        self.app = app
        self.connection = connection
        self.identity = identity
        self.request_id = request_id
        self.now: dt.datetime = app.clock.now()
        self.today: dt.date = local_day(self.now, app.zone)
        self.accesses: list[tuple[RecordRef, dict[str, Any]]] = []
        self.kept: dict[str, Any] = {}
        self._session: LentSession | None = None
        self._autoflush = autoflush

    @property
    def session(self) -> LentSession:
        """For objects; made when it is first asked for, since many views need none."""
        if self._session is None:
            self._session = LentSession(self.connection, autoflush=self._autoflush)
        return self._session

    def release(self) -> None:
        """Forget every object; the owner of the connection ends the transaction."""
        if self._session is not None:
            self._session.release()

    def units(self, permission: str, on: dt.date | None = None) -> Select[UUID]:
        """A SELECT of the units on which the identity holds the permission (today, or on a date).

        Rights are always those of today unless the question is about a past day's rights.
        """
        rights = self.app.vocabulary.rights
        return units_allowed(self.identity, permission, on or self.today, rights)

    def allows(self, permission: str, unit_id: UUID, on: dt.date | None = None) -> bool:
        """Whether the identity holds the permission on that unit."""
        allowed = self.units(permission, on).subquery()
        query = select(Unit.id).where(Unit.id == unit_id, Unit.id.in_(select(allowed)))
        return self.session.execute(query).first() is not None

    def allows_anywhere(self, permission: str) -> bool:
        """Whether the identity holds the permission on any unit, or for itself."""
        if self.identity.person_id and self.is_own(permission, self.identity.person_id):
            return True
        if self.is_given_outside(permission):
            return True
        return self.session.execute(self.units(permission).limit(1)).first() is not None

    def allows_on_root(self, permission: str) -> bool:
        """Whether the identity holds the permission for the whole regency: on a root unit.

        The system does, also before any unit exists.
        """
        allowed = self.units(permission).subquery()
        if self.identity.kind == "system":
            return True
        query = select(Unit.id).where(
            Unit.id.in_(select(allowed)),
            ~exists().where(
                UnitLink.unit_id == Unit.id,
                holds_on(UnitLink.valid_from, UnitLink.valid_to, self.today),
            ),
        )
        return self.session.execute(query.limit(1)).first() is not None

    def is_own(self, permission: str, person_id: UUID) -> bool:
        """Whether the permission is given to everyone for himself, and this is himself."""
        return is_own(self.identity, permission, person_id, self.app.vocabulary.rights)

    def is_given_outside(self, permission: str) -> bool:
        """Whether the permission is given to accounts from outside, and this is one of them."""
        return is_given_outside(self.identity, permission, self.app.vocabulary.rights)

    def visible(
        self, permission: str, person_id: InstrumentedAttribute[UUID], on: dt.date | None = None
    ) -> ColumnElement[bool]:
        """The condition on a column of people that keeps those whom the identity may see."""
        rights = self.app.vocabulary.rights
        return visible_people(self.identity, permission, on or self.today, rights, person_id)

    def require(self, permission: str, unit_id: UUID, on: dt.date | None = None) -> None:
        """Raise PermissionDeniedError unless the identity holds the permission on that unit."""
        if not self.allows(permission, unit_id, on):
            raise self.refusal(permission)

    def require_anywhere(self, permission: str) -> None:
        """Raise PermissionDeniedError unless the identity holds the permission somewhere."""
        if not self.allows_anywhere(permission):
            raise self.refusal(permission)

    def require_on_root(self, permission: str) -> None:
        """Raise PermissionDeniedError unless the identity holds the permission for the regency."""
        if not self.allows_on_root(permission):
            raise self.refusal(permission)

    def require_person(self, permission: str, person_id: UUID, on: dt.date | None = None) -> None:
        """Raise PermissionDeniedError unless the person is oneself or in an allowed unit."""
        if self.is_own(permission, person_id):
            return
        day = on or self.today
        people = people_in(self.units(permission), day).subquery()
        query = select(people.c.person_id).where(people.c.person_id == person_id)
        if self.session.execute(query).first() is None:
            raise self.refusal(permission)

    def refusal(self, permission: str) -> PermissionDeniedError:
        """The refusal that names the permission by its Indonesian title."""
        title = self.app.vocabulary.rights.permissions[permission].title
        return PermissionDeniedError(
            _("Anda tidak berhak di sini: %(title)s."),
            advice=_("Hubungi atasan atau petugas kepegawaian bila ini keliru."),
            title=title,
        )

    def note_access(self, ref: RecordRef, **details: Any) -> None:
        """Record that personal data of others is being read (UU PDP art. 31).

        Buffered, and written to the audit log before the block of the view ends.
        """
        self.accesses.append((ref, details))
