"""Who signs for a position on a day: its Plh., else its Plt., else its own holder."""

import datetime as dt
from uuid import UUID

import attrs
from sqlalchemy import and_, func, or_, select

from leuit.identity import Person, Position, Unit, holders_of, holds_on
from leuit.values import ConflictError, InvalidInputError, NotFoundError, _
from leuit.work import View


@attrs.frozen
class Signer:
    """A person who signs for a position; `kind` is `definitif`, `Plt.` or `Plh.`"""

    person_id: UUID
    name: str
    nip: str | None
    position_id: UUID
    title: str
    unit: str
    kind: str


def position_named(view: View, text: str, on: dt.date) -> UUID:
    """The position with that title, or the head of the unit with that code.

    Raises NotFoundError, or InvalidInputError without a title and when several positions have it.
    """
    if not text.strip():
        raise InvalidInputError(_("Tulis nama jabatannya, atau kode unit untuk kepalanya."))
    rows = view.session.execute(
        select(Position.id, Unit.code)
        .join(Unit, Unit.id == Position.unit_id)
        .where(
            or_(
                func.lower(Position.title) == text.strip().lower(),
                and_(Unit.code == text.strip(), Position.is_head),
            ),
            holds_on(Unit.valid_from, Unit.valid_to, on),
        )
        .order_by(Unit.code)
    ).all()
    if not rows:
        raise NotFoundError(
            _("Tidak ada jabatan “%(title)s”."),
            advice=_("Tulis nama jabatannya, atau kode unit untuk kepalanya."),
            title=text,
        )
    if len(rows) > 1:
        raise InvalidInputError(
            _("Jabatan “%(title)s” ada di beberapa unit: %(units)s."),
            advice=_("Tulis kode unitnya untuk menunjuk kepalanya."),
            title=text,
            units=", ".join(row.code for row in rows[:10]),
        )
    found: UUID = rows[0].id
    return found


def signer_of(view: View, position_id: UUID, on: dt.date) -> Signer:
    """Who signs for a position on a day; ConflictError while it is vacant."""
    position = view.session.get_one(Position, position_id)
    holder = view.session.execute(holders_of(position_id, on).limit(1)).first()
    if holder is None:
        raise ConflictError(
            _("Jabatan “%(title)s” sedang kosong."),
            advice=_("Tunjuk Plt. atau Plh. lebih dahulu."),
            title=position.title,
        )
    person = view.session.get_one(Person, holder.person_id)
    unit = view.session.get_one(Unit, position.unit_id)
    return Signer(
        person.id, person.name, person.nip, position.id, position.title, unit.name, holder.kind
    )
