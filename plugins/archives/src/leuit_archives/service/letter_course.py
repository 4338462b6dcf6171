"""What happened with a letter: to whom it came, its dispositions as a tree, its answers."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.identity import Person
from leuit.work import View
from leuit_archives.models import Addressee, Disposition, Letter, Receiver

from .dispositions import receivers_of, sheets_of
from .letter_access import visible_letters
from .letters_in import parts_of


@attrs.frozen
class Branch:
    """A post that got a disposition, and the sheets that it gave on."""

    receiver: Receiver
    read_by: str
    ended_by: str
    sheets: tuple["Sheet", ...]


@attrs.frozen
class Sheet:
    """A disposition, who gave it, and what became of it at each post."""

    disposition: Disposition
    giver: str
    branches: tuple[Branch, ...]


@attrs.frozen
class Part:
    """An addressee, and the dispositions that he gave."""

    addressee: Addressee
    read_by: str
    settled_by: str
    sheets: tuple[Sheet, ...]


@attrs.frozen
class Answer:
    """A letter that answers this one, for those who may read it."""

    id: UUID
    number: str
    subject: str
    state: str
    direction: str


def course_of(view: View, letter_id: UUID) -> list[Part]:
    """Addressees in order with the tree of dispositions below each."""
    parts = parts_of(view, letter_id)
    sheets, got = sheets_of(view, letter_id), receivers_of(view, letter_id)
    names = _names(view, parts, sheets, got)

    def drawn(found: Sequence[Disposition]) -> tuple[Sheet, ...]:
        return tuple(
            Sheet(
                sheet,
                names[sheet.person_id],
                tuple(
                    Branch(
                        one,
                        names.get(one.read_by, "") if one.read_by else "",
                        names.get(one.ended_by, "") if one.ended_by else "",
                        drawn([below for below in sheets if below.from_id == one.id]),
                    )
                    for one in got
                    if one.disposition_id == sheet.id
                ),
            )
            for sheet in found
        )

    return [
        Part(
            part,
            names.get(part.read_by, "") if part.read_by else "",
            names.get(part.settled_by, "") if part.settled_by else "",
            drawn([sheet for sheet in sheets if sheet.addressee_id == part.id]),
        )
        for part in parts
    ]


def branches_of(course: Sequence[Part]) -> list[Branch]:
    """Every post that got a disposition, each before those that got it from there."""

    def below(sheets: Sequence[Sheet]) -> list[Branch]:
        return [
            one
            for sheet in sheets
            for branch in sheet.branches
            for one in (branch, *below(branch.sheets))
        ]

    return below([sheet for part in course for sheet in part.sheets])


def answers_of(view: View, letter_id: UUID) -> list[Answer]:
    """Letters that answer it, of those that the reader may read."""
    rows = view.connection.execute(
        select(Letter.id, Letter.number, Letter.subject, Letter.state, Letter.direction)
        .where(Letter.reply_to_id == letter_id, visible_letters(view))
        .order_by(Letter.id)
    )
    return [Answer(*row) for row in rows]


def answered_by(view: View, letter: Letter) -> Letter | None:
    """The letter that this one answers, for those who may read it."""
    if letter.reply_to_id is None:
        return None
    return view.session.scalar(
        select(Letter).where(Letter.id == letter.reply_to_id, visible_letters(view))
    )


def _names(
    view: View,
    parts: Sequence[Addressee],
    sheets: Sequence[Disposition],
    got: Sequence[Receiver],
) -> Mapping[UUID | None, str]:
    ids = {one.person_id for one in sheets}
    ids |= {one for part in parts for one in (part.read_by, part.settled_by) if one}
    ids |= {one for row in got for one in (row.read_by, row.ended_by) if one}
    rows = view.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in rows}
