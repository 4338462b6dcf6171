"""Letters out in lists: by where they stand, newest first, only those that the reader may read."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from leuit.values import one_line
from leuit.work import View
from leuit_archives.models import Draft, Letter
from leuit_archives.models.letters import DRAFT, OUT, REVIEW, SENT, SIGNED, SIGNING, VOID

from .letter_access import visible_letters
from .nearer_end import page_of

GROUPS = {
    "open": (DRAFT,),
    "moving": (REVIEW, SIGNING),
    "signed": (SIGNED,),
    "sent": (SENT,),
    "void": (VOID,),
}


def outgoing_letters(
    view: View, group: str, text: str, limit: int, start: int
) -> tuple[Sequence[Letter], int]:
    """Letters of a group whose subject, number or kind holds each word; and how many there are."""
    conditions: list[ColumnElement[bool]] = [Letter.direction == OUT, visible_letters(view)]
    if group in GROUPS:
        conditions.append(Letter.state.in_(GROUPS[group]))
    conditions.extend(_holds(word) for word in one_line(text).casefold().split())
    count = select(func.count()).select_from(Letter).where(*conditions)
    total: int = view.connection.execute(count).scalar_one()
    order = (Letter.created_at, Letter.id)
    rows = page_of(view, select(Letter).where(*conditions), order, start, limit, total)
    return [row[0] for row in rows], total


def outgoing_after(
    view: View, group: str, after: tuple[dt.datetime, UUID] | None, limit: int
) -> Sequence[Letter]:
    """Letters written here, of a group or all, the newest first, from the one after a place on."""
    written = select(Draft.letter_id).where(Draft.letter_id == Letter.id).exists()
    query = select(Letter).where(Letter.direction == OUT, visible_letters(view), written)
    if group in GROUPS:
        query = query.where(Letter.state.in_(GROUPS[group]))
    if after is not None:
        at, last = after
        earlier = or_(Letter.created_at < at, and_(Letter.created_at == at, Letter.id < last))
        query = query.where(earlier)
    order = (Letter.created_at.desc(), Letter.id.desc())
    return view.session.scalars(query.order_by(*order).limit(limit)).all()


def _holds(word: str) -> ColumnElement[bool]:
    columns = (Letter.subject, Letter.number, Letter.kind)
    return or_(*(func.lower(column).contains(word, autoescape=True) for column in columns))
