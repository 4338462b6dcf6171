"""Who may read a letter, as one condition for rows, lists, counts, search and exports.

Whoever has a part in it does: the post that it was delivered to, the post that got a disposition of
it, and the person who wrote it down. Beside them those who may read letters of its unit, but a
secret one (Rahasia, Sangat Rahasia) only with the right to secret papers of that unit.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from leuit.identity import Assignment, holds_on
from leuit.values import NotFoundError, RecordRef, _
from leuit.work import View
from leuit_archives.models import Addressee, Letter, Receiver
from leuit_archives.models.dispositions import CANCELLED
from leuit_archives.permissions import READ_CLASSIFIED, READ_LETTERS
from leuit_archives.rules.secrecy import SECRET_FROM


def held_posts(view: View) -> Select[UUID]:
    """A SELECT of the posts that the reader holds today, as definitif, Plt. or Plh."""
    return select(Assignment.position_id).where(
        Assignment.person_id == view.identity.person_id,
        holds_on(Assignment.valid_from, Assignment.valid_to, view.today),
    )


def visible_letters(view: View) -> ColumnElement[bool]:
    """The condition on `Letter` that keeps what the reader may read."""
    if view.identity.kind == "system":
        return true()
    posts = held_posts(view)
    delivered = select(Addressee.letter_id).where(
        Addressee.position_id.in_(posts), Addressee.delivered_at.is_not(None)
    )
    instructed = select(Receiver.letter_id).where(
        Receiver.position_id.in_(posts), Receiver.state != CANCELLED
    )
    return or_(
        and_(
            Letter.unit_id.in_(view.units(READ_LETTERS)),
            or_(Letter.secrecy < SECRET_FROM, Letter.unit_id.in_(view.units(READ_CLASSIFIED))),
        ),
        Letter.id.in_(delivered),
        Letter.id.in_(instructed),
        Letter.created_by == view.identity.person_id,
    )


def find_letter(view: View, letter_id: UUID) -> Letter:
    """A letter that the reader may read; NotFoundError for any other, there or not."""
    found = view.session.scalar(select(Letter).where(Letter.id == letter_id, visible_letters(view)))
    if found is None:
        raise NotFoundError(_("Surat itu tidak ada, atau bukan untuk Anda."))
    return found


def ref_of(letter: Letter) -> RecordRef:
    """The reference by which audit log, numbers and other services name a letter."""
    return RecordRef("archives.letter", str(letter.id), letter.number or letter.subject[:120])
