"""Which position a text names, and who decides for it on a day: its Plh., its Plt., or its holder.

A title that several units have is named with its unit: `Sekretaris Dinas · DINKES`.
"""

import contextlib
import datetime as dt
import re
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, and_, func, or_, select

from leuit.identity import Person, Position, Unit, holders_of, holds_on
from leuit.values import ConflictError, InvalidInputError, NotFoundError, _
from leuit.work import View


@attrs.frozen
class PostHolder:
    """A person who decides for a position; `kind` is `definitif`, `Plt.` or `Plh.`"""

    person_id: UUID
    name: str
    nip: str | None
    position_id: UUID
    title: str
    unit: str
    kind: str


_WITH_UNIT = re.compile(r"(.+\S)\s*[·/]\s*(\S.*)", re.DOTALL)
_EXAMPLES = 4


def spelled(title: str, unit_code: str) -> str:
    """A position as `position_named` finds it, whatever other units have."""
    return f"{title} · {unit_code}"


def position_named(view: View, text: str, on: dt.date) -> UUID:
    """The position with that title, or the head of the unit with that code, or a position's id.

    A title may be followed by the code or short name of its unit, after ` · ` (or ` / `, which is
    on every keyboard). Raises NotFoundError, or InvalidInputError without a title and when several
    positions fit.
    """
    if not text.strip():
        raise InvalidInputError(_("Tulis nama jabatannya, atau kode unit untuk kepalanya."))
    rows = view.session.execute(
        select(Position.id, Position.title, Unit.code)
        .join(Unit, Unit.id == Position.unit_id)
        .where(or_(*_fitting(text.strip())), holds_on(Unit.valid_from, Unit.valid_to, on))
        .order_by(Unit.code, Position.title)
    ).all()
    if not rows:
        raise NotFoundError(
            _("Tidak ada jabatan “%(title)s”."),
            advice=_(
                "Tulis nama jabatannya, bila perlu dengan unitnya seperti "
                "“Sekretaris Dinas · DINKES”, atau kode unit untuk kepalanya."
            ),
            title=text,
        )
    if len(rows) > 1:
        raise InvalidInputError(
            _("Jabatan “%(title)s” ada di beberapa unit."),
            advice=_("Tulis bersama kode unitnya, misalnya %(examples)s."),
            title=text,
            examples=", ".join(f"“{spelled(row.title, row.code)}”" for row in rows[:_EXAMPLES]),
        )
    found: UUID = rows[0].id
    return found


def _fitting(text: str) -> list[ColumnElement[bool]]:
    """How a position may answer to a text; any one suffices."""
    title = func.lower(Position.title)
    ways = [title == text.lower(), and_(Unit.code == text, Position.is_head)]
    if parts := _WITH_UNIT.fullmatch(text):
        post, unit = parts[1].lower(), parts[2].lower()
        ways.append(
            and_(title == post, or_(func.lower(Unit.code) == unit, func.lower(Unit.short) == unit))
        )
    with contextlib.suppress(ValueError):
        ways.append(Position.id == UUID(text))
    return ways


def holder_of(view: View, position_id: UUID, on: dt.date) -> PostHolder:
    """Who decides for a position on a day; ConflictError while it is vacant."""
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
    return PostHolder(
        person.id, person.name, person.nip, position.id, position.title, unit.name, holder.kind
    )
