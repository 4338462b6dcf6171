"""Letters out in lists: by where they stand, newest first, only those that the reader may read."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select

from leuit.values import one_line
from leuit.work import View
from leuit_archives.models import Letter
from leuit_archives.models.letters import DRAFT, OUT, REVIEW, SENT, SIGNED, SIGNING, VOID

from .letter_access import visible_letters

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
    query = select(Letter).where(*conditions).order_by(Letter.created_at.desc(), Letter.id.desc())
    count = select(func.count()).select_from(Letter).where(*conditions)
    rows = view.session.scalars(query.limit(limit).offset(start)).all()
    return rows, view.connection.execute(count).scalar_one()


def _holds(word: str) -> ColumnElement[bool]:
    columns = (Letter.subject, Letter.number, Letter.kind)
    return or_(*(func.lower(column).contains(word, autoescape=True) for column in columns))
