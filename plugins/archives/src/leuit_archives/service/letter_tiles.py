"""What waits for the reader's posts: letters and dispositions, unread and not yet dealt with.

Each is a list and a count over the posts for which the reader decides today; nothing is asked of
the rest of the table.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from leuit.values import Text, _
from leuit.work import View
from leuit_archives.models import Addressee, Disposition, Letter, Receiver
from leuit_archives.models.dispositions import ACTED, NEW, SEEN
from leuit_archives.models.letters import COPY, TO
from leuit_archives.rules.disposition import OPEN

from .posts import acting_posts

_GONE = aliased(Letter)
_Statements = tuple[Any, Any, Any]
"""Rows in order, how many, and ids of letters; each with the parameter `posts`."""


@attrs.frozen
class Turn:
    """A letter that waits, since when, and until when an answer is wanted; `giver` told to."""

    letter_id: UUID
    subject: str
    sender: str
    number: str
    urgency: str
    since: dt.datetime
    due: dt.datetime | None = None
    giver: str = ""


@attrs.frozen
class Tile:
    """One of the lists that people know: `rows(view, offset, limit)`, how many there are, and a
    SELECT of the ids of its letters.
    """

    name: str
    title: Text
    icon: str
    empty: Text
    rows: Callable[[View, int, int], Sequence[Turn]]
    count: Callable[[View], int]
    ids: Callable[[View], Any]


def _of_letters(*conditions: ColumnElement[bool]) -> _Statements:
    mine = (
        Addressee.position_id.in_(bindparam("posts", expanding=True)),
        Addressee.delivered_at.is_not(None),
        ~_ended(Addressee.letter_id),
        *conditions,
    )
    listed = (
        select(
            Letter.id,
            Letter.subject,
            Letter.sender,
            Letter.number,
            Letter.urgency,
            Addressee.delivered_at,
        )
        .join(Addressee, Addressee.letter_id == Letter.id)
        .where(*mine)
        .order_by(Addressee.delivered_at, Addressee.id)
    )
    counted = select(func.count()).select_from(Addressee).where(*mine)
    return _limited(listed), counted, select(Addressee.letter_id).where(*mine)


def _of_dispositions(*conditions: ColumnElement[bool]) -> _Statements:
    mine = (
        Receiver.position_id.in_(bindparam("posts", expanding=True)),
        ~_ended(Receiver.letter_id),
        *conditions,
    )
    listed = (
        select(
            Letter.id,
            Letter.subject,
            Letter.sender,
            Letter.number,
            Letter.urgency,
            Disposition.created_at,
            Disposition.due_at,
            Disposition.acted_as,
        )
        .join(Receiver, Receiver.letter_id == Letter.id)
        .join(Disposition, Disposition.id == Receiver.disposition_id)
        .where(*mine)
        .order_by(Disposition.due_at.is_(None), Disposition.due_at, Disposition.created_at)
    )
    counted = select(func.count()).select_from(Receiver).where(*mine)
    return _limited(listed), counted, select(Receiver.letter_id).where(*mine)


def _ended(letter_id: Any) -> ColumnElement[bool]:
    """Nothing waits any more in a letter that was destroyed."""
    return select(_GONE.id).where(_GONE.id == letter_id, _GONE.ended_at.is_not(None)).exists()


def _limited(query: Any) -> Any:
    return query.offset(bindparam("offset")).limit(bindparam("limit"))


_COUNTED: list[Any] = []


def _tile(name: str, title: Text, icon: str, empty: Text, statements: _Statements) -> Tile:
    listed, counted, found = statements

    def rows(view: View, offset: int, limit: int) -> list[Turn]:
        posts = list(acting_posts(view))
        if not posts:
            return []
        values = {"posts": posts, "offset": offset, "limit": limit}
        return [Turn(*row) for row in view.connection.execute(listed, values)]

    def count(view: View) -> int:
        posts = list(acting_posts(view))
        if not posts:
            return 0
        return int(view.connection.execute(counted, {"posts": posts}).scalar_one())

    def ids(view: View) -> Any:
        return found.params(posts=list(acting_posts(view)))

    _COUNTED.append(counted.scalar_subquery())
    return Tile(name, title, icon, empty, rows, count, ids)


_BELOW = aliased(Receiver)
_STILL_BELOW = (
    select(_BELOW.id)
    .join(Disposition, Disposition.id == _BELOW.disposition_id)
    .where(Disposition.from_id == Receiver.id, _BELOW.state.in_(sorted(OPEN)))
    .exists()
)
"""What was handed on waits for others, and comes back when none of them has it open any more."""

UNREAD = _tile(
    "unread",
    _("Naskah masuk belum dibaca"),
    "mail",
    _("Surat baru untuk jabatan Anda muncul di sini."),
    _of_letters(Addressee.part == TO, Addressee.read_at.is_(None), Addressee.settled_at.is_(None)),
)
UNSETTLED = _tile(
    "unsettled",
    _("Naskah masuk belum ditindaklanjuti"),
    "mail-open",
    _("Surat yang sudah dibaca tetapi belum didisposisi, dibalas, atau dicukupkan."),
    _of_letters(
        Addressee.part == TO, Addressee.read_at.is_not(None), Addressee.settled_at.is_(None)
    ),
)
NEW_DISPOSITIONS = _tile(
    "dispositions",
    _("Disposisi belum dibaca"),
    "list-tree",
    _("Disposisi baru untuk jabatan Anda muncul di sini."),
    _of_dispositions(Receiver.state == NEW),
)
OPEN_DISPOSITIONS = _tile(
    "open-dispositions",
    _("Disposisi belum ditindaklanjuti"),
    "list-checks",
    _("Disposisi yang sudah dibaca dan menunggu Anda kerjakan."),
    _of_dispositions(
        Receiver.state.in_((SEEN, ACTED)), or_(Receiver.handed_at.is_(None), ~_STILL_BELOW)
    ),
)
COPIES = _tile(
    "copies",
    _("Tembusan belum dibaca"),
    "copy",
    _("Tembusan baru untuk jabatan Anda muncul di sini."),
    _of_letters(Addressee.part == COPY, Addressee.read_at.is_(None)),
)
TILES: tuple[Tile, ...] = (UNREAD, UNSETTLED, NEW_DISPOSITIONS, OPEN_DISPOSITIONS, COPIES)
_COUNT_ALL = select(*_COUNTED)


def count_turns(view: View) -> int:
    """How many wait in all tiles together, in one statement: it is asked with every page."""
    posts = list(acting_posts(view))
    if not posts:
        return 0
    return sum(view.connection.execute(_COUNT_ALL, {"posts": posts}).one())
