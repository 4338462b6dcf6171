"""What follows from a letter that was sent: it is a record, and what it answers is settled."""

from uuid import UUID

from sqlalchemy import or_, select

from leuit.values import _
from leuit.work import Work
from leuit_archives.models import Addressee, Draft, Letter, Receiver
from leuit_archives.models.dispositions import DONE, REPORT
from leuit_archives.models.letters import NOTE, TO
from leuit_archives.rules.disposition import OPEN
from leuit_archives.rules.secrecy import SECRET_FROM

from .letter_access import held_posts, ref_of
from .letter_filing import file_letter


def letter_sent(work: Work, letter: Letter) -> None:
    """Call it once, in the unit of work in which a letter out is sent or comes in as sent.

    It becomes a record of its unit. A reply settles the letter that it answers at the posts of who
    sends and of who signed it, which are still without an outcome there, and ends the dispositions
    of it that they have in hand themselves.
    """
    file_letter(work, letter, signed=True)
    if letter.reply_to_id is None:
        return
    draft = work.session.get(Draft, letter.id)
    signer_id = draft.signer_id if draft is not None else None
    mine = or_(Addressee.position_id.in_(held_posts(work)), Addressee.position_id == signer_id)
    answered = work.session.get_one(Letter, letter.reply_to_id)
    rows = work.session.scalars(
        select(Addressee).where(
            Addressee.letter_id == answered.id,
            Addressee.part == TO,
            mine,
            Addressee.settled_at.is_(None),
        )
    ).all()
    told = _told(letter)
    for row in rows:
        row.settled_at, row.settled_by = work.now, work.identity.person_id
        row.outcome = told[:NOTE]
    ended = _ended(work, answered, signer_id, told)
    if rows or ended:
        work.audit("archives.letter.answered", ref_of(answered), reply=str(letter.id), ended=ended)


def _told(letter: Letter) -> str:
    """A secret reply is not named where all readers of the other letter look; those who may read
    it find the link (`answers_of`).
    """
    if letter.secrecy >= SECRET_FROM:
        return str(_("Dijawab"))
    return str(_("Dijawab dengan surat %s") % (letter.number or letter.subject))


def _ended(work: Work, answered: Letter, signer_id: UUID | None, told: str) -> list[str]:
    """End the dispositions in hand; those that were handed on wait for the posts below."""
    held = Receiver.position_id.in_(held_posts(work))
    rows = work.session.scalars(
        select(Receiver).where(
            Receiver.letter_id == answered.id,
            or_(held, Receiver.position_id == signer_id),
            Receiver.state.in_(sorted(OPEN)),
            Receiver.handed_at.is_(None),
        )
    ).all()
    for row in rows:
        row.state, row.report = DONE, (row.report or told)[:REPORT]
        row.read_at = row.read_at or work.now
        row.acted_at = row.acted_at or work.now
        row.ended_at, row.ended_by = work.now, work.identity.person_id
        row.version += 1
    return [str(row.position_id) for row in rows]
