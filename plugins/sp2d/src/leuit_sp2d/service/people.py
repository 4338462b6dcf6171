"""Who acts on a payment: a person with the right of the step, who has done no other step of it."""

from uuid import UUID

import attrs
from sqlalchemy import bindparam, select

from leuit.identity import Person
from leuit.storage import DIALECTS, Prepared, insert_into
from leuit.values import PermissionDeniedError, _
from leuit.work import View, Work
from leuit_sp2d.models import Duty
from leuit_sp2d.rules.chain import same_person

from .signatories import reader


@attrs.frozen
class Actor:
    """The person who acts, and the post in which he is known."""

    person_id: UUID
    acted_as: str


def actor_of(view: View) -> Actor:
    """The person behind the identity; PermissionDeniedError for an account without a person."""
    person_id = view.identity.person_id
    if person_id is None:
        raise PermissionDeniedError(
            _("Langkah pembayaran hanya dapat dilakukan oleh seorang pegawai."),
            advice=_("Masuk dengan akun pegawai Anda."),
        )
    known = reader(view)
    return Actor(person_id, known.title[:200] if known else "")


def take_duty(work: Work, payment_id: UUID, person_id: UUID, step: str) -> None:
    """Bind a person to one step of a payment for good; SamePersonError when it is another one.

    This is the one place where duties are kept apart, and the key of the table keeps them: what
    another unit binds at the same time is waited for.
    """
    bind = _BIND[work.database.dialect]
    values = {"payment_id": payment_id, "person_id": person_id, "step": step}
    if bind.run(work.connection, values) == 1:
        return
    held = step_of(work, payment_id, person_id)
    if held is not None and held != step:
        raise same_person(held)


def step_of(view: View, payment_id: UUID, person_id: UUID | None) -> str | None:
    """The step at which a person has acted on a payment, if any."""
    values = {"payment": payment_id, "person": person_id}
    found = _HELD.first(view.connection, values)
    return found.step if found else None


def names_of(view: View, people: set[UUID]) -> dict[UUID, str]:
    """The names of people by id."""
    rows = view.connection.execute(select(Person.id, Person.name).where(Person.id.in_(people)))
    return {row.id: row.name for row in rows}


# Built once: they are on the path of every step.
_HELD = Prepared(
    select(Duty.step).where(
        Duty.payment_id == bindparam("payment"), Duty.person_id == bindparam("person")
    )
)
_BIND = {one: Prepared(insert_into(one, Duty).on_conflict_do_nothing()) for one in DIALECTS}
