"""Opening a letter: who reads it first at a post is recorded, and it is no longer unread."""

from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from leuit.work import View, Work
from leuit_archives.models import Addressee, Letter, Receiver
from leuit_archives.models.dispositions import NEW, SEEN

from .letter_access import find_letter, ref_of
from .posts import acting_posts


def is_unread(view: View, letter_id: UUID) -> bool:
    """Whether a post of the reader's has not read the letter, or a disposition of it, yet."""
    posts = list(acting_posts(view))
    unread = select(Letter.id).where(
        Letter.id == letter_id,
        or_(
            select(Addressee.id).where(*_unread_part(letter_id, posts)).exists(),
            select(Receiver.id).where(*_unread_disposition(letter_id, posts)).exists(),
        ),
    )
    return bool(posts) and view.connection.execute(unread).first() is not None


def note_read(work: Work, letter_id: UUID) -> None:
    """Record that the reader has opened it for his posts; from then on nothing is taken back."""
    letter = find_letter(work, letter_id)
    posts = list(acting_posts(work))
    parts = work.session.scalars(
        select(Addressee).where(*_unread_part(letter_id, posts)).with_for_update()
    ).all()
    got = work.session.scalars(
        select(Receiver).where(*_unread_disposition(letter_id, posts)).with_for_update()
    ).all()
    for part in parts:
        part.read_at, part.read_by = work.now, work.identity.person_id
    for receiver in got:
        receiver.state = SEEN
        receiver.read_at, receiver.read_by = work.now, work.identity.person_id
        receiver.version += 1
    if parts or got:
        work.audit(
            "archives.letter.read",
            ref_of(letter),
            positions=sorted(
                {str(part.position_id) for part in parts} | {str(one.position_id) for one in got}
            ),
        )


def _unread_part(letter_id: UUID, posts: list[UUID]) -> tuple[ColumnElement[bool], ...]:
    return (
        Addressee.letter_id == letter_id,
        Addressee.position_id.in_(posts),
        Addressee.delivered_at.is_not(None),
        Addressee.read_at.is_(None),
    )


def _unread_disposition(letter_id: UUID, posts: list[UUID]) -> tuple[ColumnElement[bool], ...]:
    return (
        Receiver.letter_id == letter_id,
        Receiver.position_id.in_(posts),
        Receiver.state == NEW,
    )
