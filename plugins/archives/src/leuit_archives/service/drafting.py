"""Writing a letter out: begun, saved as versions, given attachments, begun as a reply."""

from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.identity import Position, Unit
from leuit.pdf_pages import UnreadablePdfError, count_pages
from leuit.values import (
    ConflictError,
    FieldError,
    InvalidInputError,
    NotFoundError,
    _,
)
from leuit.work import StoredFile, View, Work, register_file
from leuit_archives.models import Draft, DraftVersion, Letter, LetterFile
from leuit_archives.models.letters import DRAFT, OUT
from leuit_archives.permissions import DRAFT as MAY_DRAFT
from leuit_archives.rules.letter_content import LetterContent, Party, clean_text
from leuit_archives.rules.letter_kinds import LetterKind

from .draft_content import checked, put_on, to_plain
from .letter_access import find_letter, ref_of
from .letter_ending import let_go
from .letter_levels import current_levels
from .letter_rules import kind_to_write, page_rules
from .outgoing import FIRST_ATTACHMENT, attachments_of, content_now, require_draft, writable

NOTE = 1_000
MOST_FILES = 20


def first_content(view: View, kind: LetterKind, reply_to: UUID | None) -> LetterContent:
    """What the form begins with: the words of the kind, and of a reply its subject and addressee.

    Raises NotFoundError for a letter to reply to that the reader may not read.
    """
    words = page_rules(view, view.today).template_of(kind.kind)
    content = LetterContent(
        subject="",
        body=words.body,
        closing=words.closing,
        place=_("di tempat") if kind.page_shape == "korespondensi" else "",
    )
    if reply_to is None:
        return content
    answered = find_letter(view, reply_to)
    levels = current_levels(view, view.today)
    return attrs.evolve(
        content,
        subject=str(_("Tindak lanjut %s") % answered.subject)[:500],
        to=_sender_of(view, answered),
        secrecy=next((one.code for one in levels if one.order == answered.secrecy), ""),
        urgency=answered.urgency,
        class_code=answered.class_code,
    )


def create(
    work: Work,
    key: UUID,
    unit_id: UUID,
    kind: str,
    content: LetterContent,
    reply_to: UUID | None = None,
) -> Letter:
    """Begin a letter as its first version; the same key again gives the first one.

    Raises InvalidInputError by field, PermissionDeniedError, NotFoundError.
    """
    known = work.session.scalar(select(Letter).where(Letter.key == key))
    if known is not None:
        return find_letter(work, known.id)
    work.require(MAY_DRAFT, unit_id)
    chosen = kind_to_write(work, kind)
    if reply_to is not None:
        find_letter(work, reply_to)
    content = checked(work, content)
    writer = writer_of(work)
    unit = work.session.get_one(Unit, unit_id)
    letter = Letter(
        key=key,
        direction=OUT,
        state=DRAFT,
        unit_id=unit_id,
        year=work.today.year,
        kind=chosen.kind,
        subject=content.subject,
        sender=unit.name,
        secrecy=1,
        reply_to_id=reply_to,
        created_by=writer,
        created_at=work.now,
    )
    put_on(work, letter, content)
    work.session.add(letter)
    work.session.flush()
    draft = Draft(letter_id=letter.id, latest=1)
    _point(draft, content)
    work.session.add_all([draft, _version(work, letter.id, 1, content, "")])
    work.audit("archives.letter.drafted", ref_of(letter), kind=letter.kind, unit_id=str(unit_id))
    return letter


def save(work: Work, letter_id: UUID, version: int, content: LetterContent, note: str) -> Letter:
    """Keep what changed as the next version; nothing happens when nothing did.

    Raises InvalidInputError by field, ConflictError once it is on its way, StaleEditError.
    """
    letter, draft = writable(work, letter_id, version)
    require_draft(letter)
    content = checked(work, content)
    words = clean_text(note)
    if len(words) > NOTE:
        sentence = _("Paling banyak %s huruf.") % NOTE
        raise InvalidInputError(sentence, fields=[FieldError("note", sentence)])
    if content == content_now(work, letter, draft):
        return letter
    draft.latest += 1
    letter.version += 1
    put_on(work, letter, content)
    _point(draft, content)
    work.session.add(_version(work, letter.id, draft.latest, content, words))
    work.audit("archives.letter.rewritten", ref_of(letter), version=draft.latest)
    return letter


def pages_in(data: bytes) -> int:
    """How many pages of a file can be shown; call it outside of any unit."""
    if not data.startswith(b"%PDF-"):
        return 0
    try:
        return count_pages(data)
    except UnreadablePdfError:
        return 0


def attach(
    work: Work, letter_id: UUID, version: int, file: StoredFile, pages: int = 0
) -> LetterFile:
    """Put a file with the letter; the same file twice is one."""
    letter, _draft = writable(work, letter_id, version)
    require_draft(letter)
    known = attachments_of(work, letter_id)
    for one in known:
        if one.sha256 == file.sha256:
            return one
    if len(known) >= MOST_FILES:
        raise ConflictError(_("Paling banyak %s lampiran.") % MOST_FILES)
    place = max((one.place for one in known), default=FIRST_ATTACHMENT - 1) + 1
    row = letter_file(work, letter_id, place, file, pages)
    letter.version += 1
    work.audit("archives.letter.attached", ref_of(letter), sha256=file.sha256, name=file.name)
    return row


def detach(work: Work, letter_id: UUID, version: int, file_id: UUID) -> None:
    """Take a file off a letter that is still being written."""
    letter, _draft = writable(work, letter_id, version)
    require_draft(letter)
    found = next((one for one in attachments_of(work, letter_id) if one.id == file_id), None)
    if found is None:
        raise NotFoundError(_("Lampiran itu tidak ada."))
    work.session.delete(found)
    let_go(work, found.sha256)
    letter.version += 1
    work.audit("archives.letter.detached", ref_of(letter), sha256=found.sha256, name=found.name)


def letter_file(
    work: Work, letter_id: UUID, place: int, file: StoredFile, pages: int
) -> LetterFile:
    """A row for a stored file, with how many of its pages can be shown."""
    row = LetterFile(
        letter_id=letter_id,
        place=place,
        sha256=register_file(work, file),
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        pages=pages,
    )
    work.session.add(row)
    work.session.flush()
    return row


def writer_of(work: Work) -> UUID:
    """The person who writes; ConflictError for an account of nobody."""
    if work.identity.person_id is None:
        raise ConflictError(_("Surat hanya dapat disusun oleh seorang pegawai."))
    return work.identity.person_id


def _point(draft: Draft, content: LetterContent) -> None:
    draft.signer_id = UUID(content.signer) if content.signer else None
    draft.mode = content.mode


def _version(
    work: Work, letter_id: UUID, number: int, content: LetterContent, note: str
) -> DraftVersion:
    return DraftVersion(
        letter_id=letter_id,
        number=number,
        content=to_plain(content),
        note=note,
        saved_by=writer_of(work),
        saved_at=work.now,
    )


def _sender_of(view: View, answered: Letter) -> tuple[Party, ...]:
    """The post that signed a letter of the regency, else the words of who sent it."""
    draft = view.session.get(Draft, answered.id)
    if draft is not None and draft.signer_id is not None:
        post = view.session.get_one(Position, draft.signer_id)
        return (Party(post.title, str(post.id)),)
    return (Party(answered.sender),) if answered.sender else ()
