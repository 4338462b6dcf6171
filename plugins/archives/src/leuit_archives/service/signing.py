"""A letter out goes for paraf and signature, by a service that signs or by hand.

Sending it fixes who signs and its date and reserves its number, in one unit of work; a job then
draws it and asks the service, and does nothing the second time. What comes of the signatures is
told by event; told twice, it is done once. Signed by hand, parafs are given here and a scan of the
signed paper is uploaded. What ends unsigned is a draft again, and its number is void.
"""

from uuid import UUID

import attrs
from sqlalchemy import delete

from leuit.contracts import DocumentSigned, SigningEnded, SigningRequest, SigningStep, SigningTurn
from leuit.identity import Position
from leuit.storage import Blob
from leuit.values import ConflictError, FieldError, InvalidInputError, RecordRef, _, one_line
from leuit.work import JobContext, StoredFile, View, Work, register_file, store_file
from leuit_archives.documents import draw_letter
from leuit_archives.models import Draft, DraftStep, Letter
from leuit_archives.models.drafts import DONE, ELECTRONIC, OPEN, PARAF, SIGN, WET
from leuit_archives.models.letters import DRAFT, REVIEW, SIGNED, SIGNING, VOID
from leuit_archives.rules.letter_content import LetterContent
from leuit_archives.rules.letter_kinds import LetterKind

from .draft_content import checked
from .drafting import letter_file, pages_in
from .letter_access import ref_of
from .letter_ending import let_go
from .letter_numbers import check_numbering, drop_number, give_number, is_printed, keep_number
from .letter_rules import kind_of, kind_to_write
from .letter_sheets import Fixed, file_name, sheet_of
from .outgoing import (
    content_now,
    find_outgoing,
    locked_outgoing,
    require_draft,
    steps_of,
    writable,
)
from .posts import acting_posts
from .signatories import block_on, check_authority, check_kind, signing_post

SIGN_PORT = "sign_document"
GO_ON = "archives.letter_signing"
WAITING = "waiting"
REASON = 500


def send_for_signature(work: Work, letter_id: UUID, version: int) -> Letter:
    """Send a draft for parafs and signature of today.

    Raises InvalidInputError by field for what is missing, ConflictError when it is on its way
    already, StaleEditError, and what the services of posts and numbers raise.
    """
    letter, draft = writable(work, letter_id, version)
    require_draft(letter)
    content = checked(work, content_now(work, letter, draft))
    kind = kind_to_write(work, letter.kind)
    _complete(work, letter, content, kind)
    post = signing_post(work, content)
    assert post is not None
    block = block_on(work, content, work.today, kind.subgroup)
    letter.dated, letter.year = work.today, work.today.year
    draft.fixed = attrs.asdict(
        Fixed(
            shape=kind.page_shape,
            group=kind.group,
            subgroup=kind.subgroup,
            pattern=kind.number_pattern,
            abbreviation=kind.abbreviation,
            unit_id=str(post.unit_id),
            above=block.above,
            name=block.name,
            nip=block.nip,
        )
    )
    if is_printed(work, kind, work.today):
        give_number(work, letter, draft, kind)
    draft.signing, draft.signing_note, draft.drawn_sha256 = "", "", None
    draft.turn = None
    draft.signing_round += 1
    _write_steps(work, letter, content)
    by_hand = draft.mode == WET and bool(content.parafs)
    letter.state = REVIEW if by_hand else SIGNING
    letter.version += 1
    work.enqueue(GO_ON, {"letter_id": str(letter.id)})
    work.audit(
        "archives.letter.sent_for_signature",
        ref_of(letter),
        number=letter.number,
        mode=draft.mode,
        round=draft.signing_round,
    )
    return letter


def go_on(context: JobContext) -> None:
    """Draw the letter and hand it to the service that signs, whichever has not been done."""
    letter_id = UUID(context.args["letter_id"])
    with context.read() as view:
        letter, draft = find_outgoing(view, letter_id)
        if not _is_due(view, letter, draft):
            return
        sheet = sheet_of(view, letter, draft)
        seen, now, name = draft.signing_round, view.now, file_name(letter)
    drawn = draw_letter(sheet, now)
    file = store_file(context.app, drawn.pdf, "application/pdf", name)
    with context.change() as work:
        letter, draft = locked_outgoing(work, letter_id)
        if not _is_due(work, letter, draft) or draft.signing_round != seen:
            return
        draft.drawn_sha256 = register_file(work, file)
        if draft.mode == WET or not work.app.has_port(SIGN_PORT):
            work.audit("archives.letter.drawn", ref_of(letter), sha256=file.sha256)
            return
        steps = tuple(
            SigningStep(
                step.position_id,
                "sign" if step.kind == SIGN else "paraf",
                min(step.place, 99),
                drawn.places["signer"] if step.kind == SIGN else None,
            )
            for step in steps_of(work, letter_id)
        )
        request = SigningRequest(
            key=_key(letter, draft),
            ref=ref_of(letter),
            title=f"{letter.kind}: {letter.subject}"[:200],
            sha256=file.sha256,
            owner_id=letter.created_by,
            steps=steps,
        )
        record: RecordRef = work.app.port(SIGN_PORT)(work, request)
        draft.signing = WAITING
        work.audit(
            "archives.letter.handed_over", ref_of(letter), sha256=file.sha256, record=str(record)
        )


def try_again(work: Work, letter_id: UUID, version: int) -> Letter:
    """Ask for the job again where no service took the letter yet; ConflictError otherwise."""
    letter, draft = writable(work, letter_id, version)
    if letter.state != SIGNING or draft.signing or draft.mode == WET:
        raise ConflictError(_("Surat ini tidak sedang menunggu layanan tanda tangan."))
    work.enqueue(GO_ON, {"letter_id": str(letter.id)}, dedupe_key=f"archives:{letter.id}")
    work.audit("archives.letter.tried_again", ref_of(letter), round=draft.signing_round)
    return letter


def document_signed(context: JobContext, event: DocumentSigned) -> None:
    """All have signed electronically: keep the signed file."""
    if event.ref.kind != "archives.letter":
        return
    with context.read() as view:
        if view.session.get(Draft, UUID(event.ref.id)) is None:
            return
    pages = pages_in(context.app.blobs.get(event.sha256))
    with context.change() as work:
        found = _waiting(work, event)
        if found is not None:
            letter, draft = found
            draft.signed_at = event.at
            _signed(work, letter, draft, event.sha256, pages)


def signing_turn(context: JobContext, event: SigningTurn) -> None:
    """The service tells whose turn it is: the steps before are done, by whom it knows alone."""
    if event.ref.kind != "archives.letter":
        return
    with context.change() as work:
        found = _waiting(work, event)
        if found is None or event.number <= (found[1].turn or 0):
            return
        letter, draft = found
        draft.turn = event.number
        letter.version += 1
        for step in steps_of(work, letter.id):
            if step.place < event.number and step.state == OPEN:
                step.state, step.done_at = DONE, event.at
            elif step.place == event.number:
                step.since = event.at
        work.audit("archives.letter.turn_told", ref_of(letter), turn=event.number)


def signing_ended(context: JobContext, event: SigningEnded) -> None:
    """There will be no signature: it is a draft again, and says why."""
    if event.ref.kind != "archives.letter":
        return
    with context.change() as work:
        found = _waiting(work, event)
        if found is not None:
            letter, draft = found
            _unsigned(work, letter, draft, event.outcome, event.reason)


def give_paraf(work: Work, letter_id: UUID, step_id: UUID, note: str) -> Letter:
    """The paraf of who decides for the post of a step, once the steps before it are done.

    Given again by the same person it is the same. Raises ConflictError when it is not his turn.
    """
    letter, _draft, step = _my_step(work, letter_id, step_id)
    if step.state == DONE and step.person_id == work.identity.person_id:
        return letter
    _require_turn(work, letter, step)
    _do(work, step, note)
    if not [one for one in steps_of(work, letter_id) if one.state == OPEN and one.kind == PARAF]:
        letter.state = SIGNING
    letter.version += 1
    work.audit("archives.letter.initialled", ref_of(letter), position=step.title)
    return letter


def send_back(work: Work, letter_id: UUID, step_id: UUID, reason: str) -> Letter:
    """Who was to paraf sends the letter back to its writer; its number is void."""
    letter, draft, step = _my_step(work, letter_id, step_id)
    _require_turn(work, letter, step)
    _unsigned(work, letter, draft, "refused", _reason(reason))
    return letter


def sign_by_hand(
    work: Work, letter_id: UUID, version: int, file: StoredFile, pages: int = 0
) -> Letter:
    """Keep the scan of the letter as it was signed on paper.

    Raises ConflictError while parafs are missing, for letters signed electronically, and for a
    file that is no PDF.
    """
    letter, draft = writable(work, letter_id, version)
    if draft.mode != WET or letter.state != SIGNING:
        raise ConflictError(_("Surat ini tidak sedang menunggu tanda tangan basah."))
    if file.media_type != "application/pdf":
        sentence = _("Unggah hasil pindaian sebagai PDF.")
        raise InvalidInputError(sentence, fields=[FieldError("file", sentence, "not_pdf")])
    draft.signed_at = work.now
    _signed(work, letter, draft, register_file(work, file), pages)
    return letter


def take_back(work: Work, letter_id: UUID, version: int, reason: str) -> Letter:
    """The writer takes a letter back that nobody has signed; its number is void.

    What a service has in hand is recalled there. Raises ConflictError.
    """
    letter, draft = writable(work, letter_id, version)
    if letter.state not in (REVIEW, SIGNING):
        raise ConflictError(_("Surat ini tidak sedang menunggu paraf atau tanda tangan."))
    _require_not_in_hand(draft)
    _unsigned(work, letter, draft, "recalled", _reason(reason))
    return letter


def void_letter(work: Work, letter_id: UUID, version: int, reason: str) -> Letter:
    """End a letter that was not sent. A number that was signed for stays used, else it is void."""
    letter, draft = writable(work, letter_id, version)
    if letter.state not in (DRAFT, REVIEW, SIGNING, SIGNED):
        raise ConflictError(_("Surat yang sudah dikirim tidak dapat dibatalkan."))
    _require_not_in_hand(draft)
    words = _reason(reason)
    if letter.state != SIGNED and draft.number_id is not None:
        # The row keeps its number, so that it is found by it: the series says that it is void.
        number = letter.number
        drop_number(work, letter, draft, words)
        letter.number = number
    letter.state, draft.void_reason = VOID, words
    letter.version += 1
    work.audit("archives.letter.voided", ref_of(letter), reason=words)
    return letter


def is_lost(letter: Letter, draft: Draft) -> bool:
    """Whether an electronic letter waits without any service having it."""
    return letter.state == SIGNING and draft.mode == ELECTRONIC and not draft.signing


def open_step_of(view: View, letter: Letter) -> DraftStep | None:
    """The paraf that waits for the reader, if any."""
    if letter.state != REVIEW:
        return None
    step = next((one for one in steps_of(view, letter.id) if one.state == OPEN), None)
    if step is None or step.kind != PARAF or step.position_id not in acting_posts(view):
        return None
    return step


def _complete(work: Work, letter: Letter, content: LetterContent, kind: LetterKind) -> None:
    faults = []
    if not content.body.strip():
        faults.append(FieldError("body", _("Tulis isi suratnya."), "required"))
    if kind.page_shape == "korespondensi" and not content.to:
        faults.append(FieldError("to", _("Pilih sedikitnya satu tujuan."), "required"))
    if content.mode == ELECTRONIC and not work.app.has_port(SIGN_PORT):
        sentence = _("Tidak ada layanan tanda tangan elektronik; pilih tanda tangan basah.")
        faults.append(FieldError("mode", sentence, "no_provider"))
    if content.signer in content.parafs:
        sentence = _("Penanda tangan tidak perlu memaraf.")
        faults.append(FieldError("parafs", sentence, "twice"))
    if faults:
        raise InvalidInputError(_("Lengkapi surat sebelum dikirim."), fields=faults)
    check_authority(work, content, work.today)
    check_kind(work, kind, content, work.today)
    check_numbering(kind, letter)


def _write_steps(work: Work, letter: Letter, content: LetterContent) -> None:
    work.session.execute(delete(DraftStep).where(DraftStep.letter_id == letter.id))
    wanted = [*((PARAF, post) for post in content.parafs), (SIGN, content.signer)]
    for place, (kind, post) in enumerate(wanted, 1):
        title = work.session.get_one(Position, UUID(post)).title
        work.session.add(
            DraftStep(
                letter_id=letter.id,
                place=place,
                kind=kind,
                position_id=UUID(post),
                title=title,
                since=work.now,
            )
        )
    work.session.flush()


def _is_due(view: View, letter: Letter, draft: Draft) -> bool:
    """Whether the job has something to do: not drawn yet, or a service is there to take it."""
    if letter.state not in (REVIEW, SIGNING) or draft.signing:
        return False
    asks = draft.mode == ELECTRONIC and view.app.has_port(SIGN_PORT)
    return draft.drawn_sha256 is None or asks


def _my_step(work: Work, letter_id: UUID, step_id: UUID) -> tuple[Letter, Draft, DraftStep]:
    find_outgoing(work, letter_id)
    letter, draft = locked_outgoing(work, letter_id)
    step = next((one for one in steps_of(work, letter_id) if one.id == step_id), None)
    if step is None or step.position_id not in acting_posts(work):
        raise ConflictError(
            _("Paraf ini tidak menunggu Anda."), advice=_("Muat ulang halaman surat.")
        )
    return letter, draft, step


def _require_turn(work: Work, letter: Letter, step: DraftStep) -> None:
    earlier = [one for one in steps_of(work, letter.id) if one.state == OPEN]
    if letter.state != REVIEW or step.kind != PARAF or not earlier or earlier[0].id != step.id:
        raise ConflictError(
            _("Paraf ini tidak sedang menunggu Anda."), advice=_("Muat ulang halaman surat.")
        )


def _do(work: Work, step: DraftStep, note: str) -> None:
    step.state, step.done_at, step.person_id = DONE, work.now, work.identity.person_id
    step.note = one_line(note)[:REASON]
    following = [one for one in steps_of(work, step.letter_id) if one.state == OPEN]
    if following:
        following[0].since = work.now


def _signed(work: Work, letter: Letter, draft: Draft, sha256: str, pages: int) -> None:
    draft.signing, draft.signed_sha256 = "signed", sha256
    letter.state = SIGNED
    letter.version += 1
    if draft.number_id is None and draft.fixed["pattern"]:
        give_number(work, letter, draft, _fixed_kind(work, letter, draft))
    keep_number(work, draft)
    for step in steps_of(work, letter.id):
        if step.state == OPEN:
            step.state, step.done_at = DONE, draft.signed_at
    size = work.session.get_one(Blob, sha256).size
    file = StoredFile(sha256, size, "application/pdf", file_name(letter))
    letter_file(work, letter.id, 1, file, pages)
    work.audit("archives.letter.signed", ref_of(letter), number=letter.number, sha256=sha256)


def _fixed_kind(view: View, letter: Letter, draft: Draft) -> LetterKind:
    """The kind by which a letter on its way is numbered: as it was when it was sent."""
    return attrs.evolve(
        kind_of(view, letter),
        group=draft.fixed["group"],
        number_pattern=draft.fixed["pattern"],
        abbreviation=draft.fixed["abbreviation"],
    )


def _unsigned(work: Work, letter: Letter, draft: Draft, outcome: str, reason: str) -> None:
    words = reason[:REASON]
    number = letter.number
    drop_number(work, letter, draft, words or outcome)
    draft.signing, draft.signing_note = outcome, words
    drawn, draft.drawn_sha256 = draft.drawn_sha256, None
    draft.fixed, draft.turn = {}, None
    let_go(work, drawn)
    letter.state, letter.dated = DRAFT, None
    letter.version += 1
    work.audit(
        "archives.letter.unsigned", ref_of(letter), outcome=outcome, reason=words, number=number
    )


def _waiting(
    work: Work, event: DocumentSigned | SigningEnded | SigningTurn
) -> tuple[Letter, Draft] | None:
    """The letter while it waits for what is told; none for an event about what is not here."""
    if work.session.get(Draft, UUID(event.ref.id)) is None:
        return None
    letter, draft = locked_outgoing(work, UUID(event.ref.id))
    if draft.signing != WAITING or _key(letter, draft) != event.key:
        return None
    return letter, draft


def _key(letter: Letter, draft: Draft) -> str:
    """Each round has its own: to a known key a service gives its first answer."""
    return f"archives.letter:{letter.id}:{draft.signing_round}"


def _require_not_in_hand(draft: Draft) -> None:
    if draft.signing == WAITING:
        raise ConflictError(
            _("Surat ini sedang di layanan tanda tangan."),
            advice=_("Tarik dokumennya di halaman tanda tangan; setelah itu surat kembali kemari."),
        )


def _reason(text: str) -> str:
    words = one_line(text)
    if not words:
        sentence = _("Tulis alasannya.")
        raise InvalidInputError(sentence, fields=[FieldError("reason", sentence, "required")])
    return words[:REASON]
