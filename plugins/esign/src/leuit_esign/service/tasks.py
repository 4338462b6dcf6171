"""What of e-sign waits: for the reader, for others because of him, and what he has done.

A reader sees only documents that are his own, or whose open step he decides today, himself or
under a mandate, or on which he acted: those that `readable` shows him. The rule of whose turn it is
stands in `turn`; here it is put into statements made once, since a count is sent with every page.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, Executable, bindparam, func, or_, select

from leuit.identity import Person
from leuit.work import View
from leuit_esign.models import RUNNING, SIGN, Document, Step

from .turn import Capacity, capacities

_RIGHTS = "esign.capacities"


@attrs.frozen
class MyTurn:
    """An open step that the reader decides; `title` is the document's, `position` the step's."""

    document_id: UUID
    title: str
    owner: str
    position: str
    kind: str
    opened_at: dt.datetime
    reminded_at: dt.datetime | None
    due_at: dt.datetime | None
    expires: bool


@attrs.frozen
class TheirTurn:
    """A running document of the reader, with the positions whose turn it is."""

    document_id: UUID
    title: str
    started_at: dt.datetime
    due_at: dt.datetime | None
    positions: tuple[str, ...]


@attrs.frozen
class Decided:
    """A step that the reader decided, as `done` or `refused`."""

    document_id: UUID
    title: str
    kind: str
    state: str
    at: dt.datetime


@attrs.frozen
class Ended:
    """A document of the reader that has ended, and how."""

    document_id: UUID
    title: str
    state: str
    at: dt.datetime


def my_turns(view: View, limit: int) -> list[MyTurn]:
    """What waits for the reader: the earliest limit first, then what waits longest."""
    rights = _rights(view)
    if not rights:
        return []
    mine, _count, values = _asked(view, rights)
    return [MyTurn(*row) for row in _rows(view, mine, values | {"limit": limit})]


def count_my_turns(view: View) -> int:
    """How many steps wait for the reader."""
    rights = _rights(view)
    if not rights:
        return 0
    _mine, count, values = _asked(view, rights)
    return int(view.connection.execute(count, values).scalar_one())


def acts_for_several(view: View) -> bool:
    """Whether the reader decides for more than one position, or in another's name."""
    return len(_rights(view)) > 1


def their_turns(view: View, limit: int) -> list[TheirTurn]:
    """Running documents of the reader, and who has to act now."""
    values = {"owner": view.identity.person_id, "limit": limit}
    rows = _rows(view, _OTHERS, values)
    if not rows:
        return []
    open_steps: dict[UUID, list[str]] = {}
    ids = {"documents": [row.id for row in rows]}
    for step in _rows(view, _OPEN_STEPS, ids):
        open_steps.setdefault(step.document_id, []).append(step.title)
    return [
        TheirTurn(row.id, row.title, row.started_at, row.due_at, tuple(open_steps.get(row.id, ())))
        for row in rows
    ]


def count_their_turns(view: View) -> int:
    """How many documents of the reader run."""
    values = {"owner": view.identity.person_id}
    return int(view.connection.execute(_COUNT_OTHERS, values).scalar_one())


def decided_lately(view: View, limit: int) -> list[Decided]:
    """Steps that the reader decided, the last one first."""
    return [Decided(*row) for row in _rows(view, _DECIDED, _mine(view, limit))]


def ended_lately(view: View, limit: int) -> list[Ended]:
    """Documents of the reader that have ended, the last one first."""
    return [Ended(*row) for row in _rows(view, _ENDED, _mine(view, limit))]


def _rows(view: View, query: Executable, values: dict[str, Any]) -> Sequence[Any]:
    return view.connection.execute(query, values).all()


def _mine(view: View, limit: int) -> dict[str, Any]:
    return {"person": view.identity.person_id, "limit": limit}


def _rights(view: View) -> Mapping[UUID, Capacity]:
    """For which positions the reader acts, asked once in a view: it sees one moment."""
    if _RIGHTS not in view.kept:
        view.kept[_RIGHTS] = capacities(view)
    found: Mapping[UUID, Capacity] = view.kept[_RIGHTS]
    return found


def _asked(
    view: View, rights: Mapping[UUID, Capacity]
) -> tuple[Executable, Executable, dict[str, Any]]:
    """The list, the count and their parameters; most readers act for one post, their own."""
    own = [position for position, right in rights.items() if right.mandate is None]
    if len(rights) == len(own) == 1:
        return *_FOR_ONE, {"position": own[0], "now": view.now}
    return *_FOR_SEVERAL, {"positions": list(rights), "own": own, "now": view.now}


def _open_steps_of(*whose: ColumnElement[bool]) -> tuple[Executable, Executable]:
    """The list and the count of steps that wait for somebody, as `step_of` says it."""
    waiting = (
        *whose,
        Step.state == "open",
        Document.state == RUNNING,
        or_(~Document.expires, Document.due_at.is_(None), Document.due_at > bindparam("now")),
    )
    listed = (
        select(
            Document.id,
            Document.title,
            Person.name,
            Step.title.label("position"),
            Step.kind,
            Step.opened_at,
            Step.reminded_at,
            Document.due_at,
            Document.expires,
        )
        .select_from(Step)
        .join(Document, Document.id == Step.document_id)
        .join(Person, Person.id == Document.owner_id)
        .where(*waiting)
        .order_by(Document.due_at.is_(None), Document.due_at, Step.opened_at, Step.id)
        .limit(bindparam("limit"))
    )
    counted = (
        select(func.count())
        .select_from(Step)
        .join(Document, Document.id == Step.document_id)
        .where(*waiting)
    )
    return listed, counted


_FOR_ONE = _open_steps_of(Step.position_id == bindparam("position"))
_FOR_SEVERAL = _open_steps_of(
    Step.position_id.in_(bindparam("positions", expanding=True)),
    or_(Step.kind == SIGN, Step.position_id.in_(bindparam("own", expanding=True))),
)
_RUNS = (
    Document.owner_id == bindparam("owner"),
    Document.ended_at.is_(None),
    Document.state == RUNNING,
)
_COUNT_OTHERS = select(func.count()).select_from(Document).where(*_RUNS)
_OTHERS = (
    select(Document.id, Document.title, Document.started_at, Document.due_at)
    .where(*_RUNS)
    .order_by(Document.due_at.is_(None), Document.due_at, Document.started_at, Document.id)
    .limit(bindparam("limit"))
)
_OPEN_STEPS = (
    select(Step.document_id, Step.title)
    .where(Step.document_id.in_(bindparam("documents", expanding=True)), Step.state == "open")
    .order_by(Step.document_id, Step.number, Step.id)
)
_DECIDED = (
    select(Document.id, Document.title, Step.kind, Step.state, Step.decided_at)
    .select_from(Step)
    .join(Document, Document.id == Step.document_id)
    .where(Step.person_id == bindparam("person"), Step.decided_at.is_not(None))
    .order_by(Step.decided_at.desc(), Step.id)
    .limit(bindparam("limit"))
)
_ENDED = (
    select(Document.id, Document.title, Document.state, Document.ended_at)
    .where(Document.owner_id == bindparam("person"), Document.ended_at.is_not(None))
    .order_by(Document.ended_at.desc(), Document.id)
    .limit(bindparam("limit"))
)
