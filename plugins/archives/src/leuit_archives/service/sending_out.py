"""A signed letter is sent: it is with every post inside at once, and outside as somebody says."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from leuit.values import ConflictError, FieldError, InvalidInputError, RecordRef, _
from leuit.work import View, Work, confirm_number, reserve_number
from leuit_archives.models import Addressee, Letter
from leuit_archives.models.drafts import REMARK
from leuit_archives.models.letters import COPY, SENT, SIGNED, TO
from leuit_archives.rules.letter_content import LetterContent, Party, clean_text

from .letter_access import ref_of
from .letter_events import letter_sent
from .outgoing import content_now, find_outgoing, locked_outgoing, writable


def send_letter(work: Work, letter_id: UUID, version: int, carried: str = "") -> Letter:
    """Send a signed letter. `carried` says how it goes to those outside (post, courier, e-mail).

    Sent again it stays as it is. Raises ConflictError before it is signed, InvalidInputError when
    it goes outside and nobody says how.
    """
    find_outgoing(work, letter_id)
    known = locked_outgoing(work, letter_id)[0]
    if known.state == SENT and known.version == version + 1:
        return known
    letter, draft = writable(work, letter_id, version)
    if letter.state != SIGNED:
        raise ConflictError(
            _("Surat ini belum ditandatangani."), advice=_("Kirim setelah ditandatangani.")
        )
    content = content_now(work, letter, draft)
    words = clean_text(carried)[:REMARK]
    if goes_outside(content) and not words:
        sentence = _("Tulis cara pengiriman ke luar, misalnya “pos tercatat, 24 November 2026”.")
        raise InvalidInputError(sentence, fields=[FieldError("carried", sentence, "required")])
    _address(work, letter, TO, content.to)
    _address(work, letter, COPY, content.copies)
    draft.carried = words
    enter_agenda(work, letter)
    letter.state, letter.sent_at = SENT, work.now
    letter.version += 1
    work.audit(
        "archives.letter.dispatched",
        ref_of(letter),
        number=letter.number,
        agenda=letter.agenda,
        inside=sum(bool(party.post) for party in (*content.to, *content.copies)),
        carried=words,
    )
    letter_sent(work, letter)
    return letter


def enter_agenda(work: Work, letter: Letter) -> None:
    """Give a letter out its number in the unit's agenda of this year, for good."""
    letter.year = work.today.year
    series = f"archives/agenda/out/{letter.unit_id}/{letter.year}"
    number = reserve_number(work, series, RecordRef("archives.agenda", str(letter.id)))
    confirm_number(work, number.id)
    letter.agenda = number.value


def goes_outside(content: LetterContent) -> bool:
    """Whether somebody outside of the regency gets it."""
    return any(not party.post for party in (*content.to, *content.copies))


def receivers_of(view: View, letter_id: UUID) -> Sequence[Addressee]:
    """To whom a sent letter went, copies last."""
    query = select(Addressee).where(Addressee.letter_id == letter_id)
    return view.session.scalars(query.order_by(Addressee.part.desc(), Addressee.place)).all()


def _address(work: Work, letter: Letter, part: str, parties: Sequence[Party]) -> None:
    for place, party in enumerate(parties, 1):
        work.session.add(
            Addressee(
                letter_id=letter.id,
                part=part,
                place=place,
                position_id=UUID(party.post) if party.post else None,
                name=party.name,
                delivered_at=work.now if party.post else None,
            )
        )
    work.session.flush()
