"""Posts and who holds them.

`definitif` is a person's own post: one at a time. `Plt.` and `Plh.` come on top and end by
themselves. A unit has one head's post, and one definitif holder of it at a time; rights follow.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from leuit.builtin.checks import TextChecker
from leuit.identity import DEFINITIF, PLH, PLT, Assignment, Person, Position
from leuit.values import (
    ConflictError,
    FieldError,
    InvalidInputError,
    NotFoundError,
    RecordRef,
    _,
)
from leuit.work import View, Work

from .events import StaffChanged
from .people import get_person, person_ref
from .rights import EDIT, check_range, one_at_a_time, refuse_oneself, require_person
from .series import Span, set_from
from .units import get_unit, require_open

KINDS = (DEFINITIF, PLT, PLH)


def overlaps(row: Any, valid_from: dt.date, valid_to: dt.date | None) -> ColumnElement[bool]:
    """The condition that a dated row shares a day with the range."""
    starts: ColumnElement[bool] = or_(row.valid_to.is_(None), row.valid_to > valid_from)
    return starts if valid_to is None else starts & (row.valid_from < valid_to)


def get_position(view: View, position_id: UUID) -> Position:
    """The post; raises NotFoundError."""
    position = view.session.get(Position, position_id)
    if position is None:
        raise NotFoundError(_("Jabatan itu tidak ada."))
    return position


def create_position(work: Work, unit_id: UUID, title: str, *, is_head: bool = False) -> Position:
    """A post in a unit; an equal title in the unit is the same post and is returned."""
    one_at_a_time(work)
    unit = get_unit(work, unit_id)
    work.require(EDIT, unit_id)
    checker = TextChecker()
    title = checker.read("title", title, most=200)
    known = work.session.execute(select(Position).where(Position.unit_id == unit_id)).scalars()
    posts = {post.title: post for post in known}
    heads = [post.title for post in posts.values() if post.is_head and post.title != title]
    if is_head and heads:
        checker.faults.append(second_head(heads[0]))
    if checker.faults:
        raise InvalidInputError(_("Data jabatan keliru."), fields=checker.faults)
    if title in posts and posts[title].is_head == is_head:
        return posts[title]
    position = posts.get(title) or Position(unit_id=unit_id, title=title)
    position.is_head = is_head
    work.session.add(position)
    work.session.flush()
    ref = RecordRef("core.position", str(position.id), title)
    work.audit("core.position.set", ref, unit=unit.code, is_head=is_head)
    return position


def assign(
    work: Work,
    person_id: UUID,
    position_id: UUID,
    kind: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    *,
    decree: str = "",
) -> None:
    """Give a post from the day on; a definitif one ends the person's former definitif post."""
    one_at_a_time(work)
    person, position = get_person(work, person_id), get_position(work, position_id)
    refuse_oneself(work, person_id)
    work.require(EDIT, position.unit_id)
    if kind not in KINDS:
        raise InvalidInputError(_("Jenis penempatan: definitif, Plt., atau Plh."))
    check_range(valid_from, valid_to)
    require_open(get_unit(work, position.unit_id), valid_from)
    if kind == DEFINITIF:
        require_person(work, EDIT, person_id, take_up=True)
        _refuse_second_holder(work, position, person_id, valid_from, valid_to)
    rows = _held(work, person_id, kind, None if kind == DEFINITIF else position_id)
    spans = [Span(row.id, row.position_id, row.valid_from, row.valid_to) for row in rows.values()]
    if valid_to is not None and kind != DEFINITIF:
        spans = [span for span in spans if span.valid_from < valid_to]
    step = set_from(spans, position_id, valid_from, valid_to)
    if step.kind == "same":
        return
    old = rows[step.span.id] if step.span else None
    if old is not None and step.kind == "resize":
        old.valid_to = valid_to
    elif old is not None and step.kind == "correct":
        old.position_id, old.valid_to, old.decree = position_id, valid_to, decree
    else:
        if old is not None:
            old.valid_to = valid_from
        work.session.add(
            Assignment(
                person_id=person_id,
                position_id=position_id,
                kind=kind,
                valid_from=valid_from,
                valid_to=valid_to,
                decree=decree[:120],
            )
        )
    work.audit(
        "core.assignment.started",
        person_ref(person),
        position=position.id,
        title=position.title,
        kind=kind,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    work.emit(StaffChanged(people=(str(person_id),), since=valid_from))


def end_assignment(work: Work, assignment_id: UUID, on: dt.date) -> None:
    """The post is held for the last time on the day before; from `on` it is not."""
    one_at_a_time(work)
    row = work.session.get(Assignment, assignment_id)
    if row is None:
        raise NotFoundError(_("Penempatan itu tidak ada."))
    person = get_person(work, row.person_id)
    refuse_oneself(work, row.person_id)
    work.require(EDIT, get_position(work, row.position_id).unit_id)
    if row.valid_to is not None and row.valid_to <= on:
        raise ConflictError(_("Penempatan itu sudah berakhir pada tanggal itu."))
    if on <= row.valid_from:
        work.session.delete(row)
    else:
        row.valid_to = on
    work.audit(
        "core.assignment.ended", person_ref(person), position=row.position_id, kind=row.kind, on=on
    )
    work.emit(StaffChanged(people=(str(row.person_id),), since=on))


def _held(
    work: Work, person_id: UUID, kind: str, position_id: UUID | None
) -> dict[UUID, Assignment]:
    query = select(Assignment).where(Assignment.person_id == person_id, Assignment.kind == kind)
    if position_id is not None:
        query = query.where(Assignment.position_id == position_id)
    return {row.id: row for row in work.session.execute(query).scalars()}


def _refuse_second_holder(
    work: Work, position: Position, person_id: UUID, valid_from: dt.date, valid_to: dt.date | None
) -> None:
    if not position.is_head:
        return
    holder = work.session.execute(
        select(Person.name)
        .join(Assignment, Assignment.person_id == Person.id)
        .where(
            Assignment.position_id == position.id,
            Assignment.kind == DEFINITIF,
            Assignment.person_id != person_id,
            overlaps(Assignment, valid_from, valid_to),
        )
    ).scalar()
    if holder is not None:
        raise ConflictError(
            _("Jabatan kepala “%(title)s” sudah dipegang %(name)s."),
            advice=_("Akhiri penempatan lama dahulu, atau tempatkan sebagai Plt. atau Plh."),
            title=position.title,
            name=holder,
        )


def second_head(title: str) -> FieldError:
    """The fault of a second head's post in a unit."""
    return FieldError(
        "is_head",
        _("Unit ini sudah punya jabatan kepala: “%(title)s”."),
        "second_head",
        {"title": title},
    )
