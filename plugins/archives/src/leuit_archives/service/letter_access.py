"""Who may read a letter, as one condition for rows, lists, counts, search and exports.

Whoever has a part in it does: the post that it was delivered to, that got a disposition of it or
that is to paraf or sign it, and the person who wrote it down, while he holds the post at which he
did and may still write for that unit: reading follows the post, and ends with it (Perka ANRI
17/2011 gives access to offices, by their task and clearance). Beside them those who may read
letters of its unit, or once it is sent its records, but a secret one (Rahasia, Sangat Rahasia) only
with the right to secret papers of that unit.
"""

from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true

from leuit.identity import Assignment, holds_on
from leuit.values import ConflictError, NotFoundError, RecordRef, _
from leuit.work import View
from leuit_archives.models import Addressee, DraftStep, Letter, Receiver
from leuit_archives.models.dispositions import CANCELLED
from leuit_archives.permissions import (
    DRAFT,
    READ_CLASSIFIED,
    READ_LETTERS,
    READ_RECORDS,
    RECEIVE,
    REGISTER,
)
from leuit_archives.rules.secrecy import SECRET_FROM

from .posts import made_in_post


def held_posts(view: View) -> Select[UUID]:
    """A SELECT of the posts that the reader holds today, as definitif, Plt. or Plh."""
    return select(Assignment.position_id).where(
        Assignment.person_id == view.identity.person_id,
        holds_on(Assignment.valid_from, Assignment.valid_to, view.today),
    )


@attrs.frozen
class LetterColumns:
    """Where a statement has a letter's id, unit and grade: its table, or the search's index.

    What else the rule asks of a letter is looked up by its id, row by row, as the index is asked
    for few: a list of all letters that somebody may read, or that came to his post, would cost more
    than the question. Lists of the table look at many, and have those of his post listed once.
    """

    id: Any
    unit_id: Any
    secrecy: Any

    def that(self, condition: ColumnElement[bool]) -> ColumnElement[bool]:
        """A condition on `Letter` as one on this row."""
        if self.id is Letter.id:
            return condition
        return exists().where(Letter.id == self.id, condition)

    def has(self, part: type[Any], *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
        """Whether the letter has such a part: looked up by the row, or for all rows in one list."""
        if self.id is Letter.id:
            return self.id.in_(select(part.letter_id).where(*conditions))
        return exists().where(part.letter_id == self.id, *conditions)


_TABLE = LetterColumns(Letter.id, Letter.unit_id, Letter.secrecy)


def visible_letters(view: View) -> ColumnElement[bool]:
    """The condition on `Letter` that keeps what the reader may read."""
    return readable_letters(view, _TABLE)


def readable_letters(view: View, columns: LetterColumns) -> ColumnElement[bool]:
    """The same condition on other columns."""
    if view.identity.kind == "system":
        return true()
    posts = held_posts(view)
    parts = (
        columns.has(
            Addressee, Addressee.position_id.in_(posts), Addressee.delivered_at.is_not(None)
        ),
        columns.has(Receiver, Receiver.position_id.in_(posts), Receiver.state != CANCELLED),
        columns.has(DraftStep, DraftStep.position_id.in_(posts)),
    )
    kept = and_(
        columns.unit_id.in_(view.units(READ_RECORDS)), columns.that(Letter.sent_at.is_not(None))
    )
    of_the_unit = and_(
        or_(columns.unit_id.in_(view.units(READ_LETTERS)), kept),
        or_(columns.secrecy < SECRET_FROM, columns.unit_id.in_(view.units(READ_CLASSIFIED))),
    )
    person_id = view.identity.person_id
    if person_id is None or not view.is_own(RECEIVE, person_id):
        return of_the_unit
    return or_(of_the_unit, *parts, columns.that(own_letters(view)))


def own_letters(view: View) -> ColumnElement[bool]:
    """The condition on `Letter` that keeps what the reader wrote down or began himself, as long as
    he holds the post at which he did and the right to do so for its unit.
    """
    writes = or_(Letter.unit_id.in_(view.units(REGISTER)), Letter.unit_id.in_(view.units(DRAFT)))
    return and_(made_in_post(view, Letter.created_by, Letter.created_at), writes)


def find_letter(view: View, letter_id: UUID) -> Letter:
    """A letter that the reader may read; NotFoundError for any other, there or not."""
    found = view.session.scalar(select(Letter).where(Letter.id == letter_id, visible_letters(view)))
    if found is None:
        raise NotFoundError(_("Surat itu tidak ada, atau bukan untuk Anda."))
    return found


def kept_letter(view: View, letter_id: UUID) -> Letter:
    """The same of one that was not destroyed; ConflictError for one that was."""
    letter = find_letter(view, letter_id)
    require_kept(letter)
    return letter


def require_kept(letter: Letter) -> None:
    """ConflictError for a letter whose content was lawfully destroyed."""
    if letter.ended_at is not None:
        raise ConflictError(
            _("Surat ini sudah dimusnahkan, jadi datanya tidak berubah lagi."),
            advice=_("Keterangannya ada di daftar arsip yang dimusnahkan."),
        )


def ref_of(letter: Letter) -> RecordRef:
    """The reference by which audit log, numbers and other services name a letter."""
    return RecordRef("archives.letter", str(letter.id), letter.number or letter.subject[:120])
