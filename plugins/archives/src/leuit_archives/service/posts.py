"""For which posts the reader acts today, and how they are called."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from leuit.builtin.organisation import spelled
from leuit.identity import (
    DEFINITIF,
    Assignment,
    Person,
    Position,
    Unit,
    decided_by,
    holders_of,
    holders_of_held,
    holds_on,
)
from leuit.values import PermissionDeniedError, _
from leuit.work import View

_KEPT = "archives.acting_posts"
_SPANS = "archives.spans_of_posts"
_FOREVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


@attrs.frozen
class Post:
    """A post, its unit, and who decides for it today; without a holder it is vacant."""

    id: UUID
    title: str
    unit_id: UUID
    unit: str
    is_head: bool
    holder_id: UUID | None = None
    holder: str = ""


def acting_posts(view: View) -> Mapping[UUID, str]:
    """The posts for which the reader decides today, by how he holds them.

    While a Plh. or Plt. stands in, the post is his and not the definitif holder's.
    """
    if _KEPT not in view.kept:
        person_id = view.identity.person_id
        found: Mapping[UUID, str] = {}
        if person_id is not None:
            values = {"person_id": person_id, "on": view.today}
            found = decided_by(person_id, view.connection.execute(_HELD, values).all())
        view.kept[_KEPT] = found
    kept: Mapping[UUID, str] = view.kept[_KEPT]
    return kept


_HELD = holders_of_held()


def made_in_post(
    view: View, by: InstrumentedAttribute[UUID], at: InstrumentedAttribute[dt.datetime]
) -> ColumnElement[bool]:
    """The condition on who made a thing and when: the reader, at a post that he holds still.

    What one made at a post that has ended belongs to whoever has the post now, not to oneself.
    """
    spans = [and_(at >= first, at < last) for first, last in _spans(view)]
    return and_(by == view.identity.person_id, or_(false(), *spans))


def _spans(view: View) -> Sequence[tuple[dt.datetime, dt.datetime]]:
    """When the reader held the posts that he holds today, in instants."""
    if _SPANS not in view.kept:
        mine = Assignment.person_id == view.identity.person_id
        today = select(Assignment.position_id).where(
            mine, holds_on(Assignment.valid_from, Assignment.valid_to, view.today)
        )
        rows = view.connection.execute(
            select(Assignment.valid_from, Assignment.valid_to).where(
                mine, Assignment.position_id.in_(today)
            )
        )
        zone = view.app.zone
        view.kept[_SPANS] = [
            (
                dt.datetime.combine(row.valid_from, dt.time(), zone).astimezone(dt.UTC),
                dt.datetime.combine(row.valid_to, dt.time(), zone).astimezone(dt.UTC)
                if row.valid_to
                else _FOREVER,
            )
            for row in rows
        ]
    kept: Sequence[tuple[dt.datetime, dt.datetime]] = view.kept[_SPANS]
    return kept


def require_acting(view: View, position_id: UUID) -> None:
    """PermissionDeniedError unless the reader decides for the post today."""
    if position_id not in acting_posts(view):
        raise PermissionDeniedError(
            _("Surat ini ditujukan kepada jabatan lain."),
            advice=_("Yang memegang jabatannya hari ini yang bertindak, termasuk Plh. dan Plt."),
        )


def posts_by_id(view: View, ids: Collection[UUID]) -> dict[UUID, Post]:
    """Posts by id, with who decides for each today."""
    if not ids:
        return {}
    holder: Any = (
        holders_of(Position.id, view.today)
        .with_only_columns(Assignment.person_id)
        .limit(1)
        .correlate(Position)
        .scalar_subquery()
    )
    rows = view.session.execute(
        select(
            Position.id,
            Position.title,
            Position.unit_id,
            Unit.short,
            Position.is_head,
            Person.id.label("holder_id"),
            Person.name,
        )
        .join(Unit, Unit.id == Position.unit_id)
        .outerjoin(Person, Person.id == holder)
        .where(Position.id.in_(ids))
    )
    return {
        row.id: Post(
            row.id,
            row.title,
            row.unit_id,
            row.short,
            row.is_head,
            row.holder_id,
            row.name or "",
        )
        for row in rows
    }


def title_of(view: View, position_id: UUID) -> str:
    """The title under which the reader acts for a post of his: “Plh. Kepala Dinas”."""
    title: str = view.session.get_one(Position, position_id).title
    held = acting_posts(view).get(position_id, DEFINITIF)
    return title if held == DEFINITIF else f"{held} {title}"


def spelled_posts(view: View, ids: Collection[UUID]) -> dict[UUID, str]:
    """Posts by id as `position_named` finds them: title and code of the unit."""
    rows = view.session.execute(
        select(Position.id, Position.title, Unit.code)
        .join(Unit, Unit.id == Position.unit_id)
        .where(Position.id.in_(ids))
    )
    return {row.id: spelled(row.title, row.code) for row in rows}
