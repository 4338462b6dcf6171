"""A berita acara goes for electronic signatures, and does what it is for when it comes back.

Asking fixes its number, its day and who signs, in one unit of work; a job then draws it and hands
it over, and does nothing the second time. What comes of it is told by event; told twice, it is done
once. What cannot be done any more by then, because an event was corrected or a hold came, is left
and told beside the signed file. Signing by hand and a scan stay possible.
"""

from collections.abc import Sequence
from uuid import UUID

from leuit.builtin.checks import TextChecker
from leuit.builtin.organisation import holder_of
from leuit.contracts import DocumentSigned, SigningEnded, SigningRequest, SigningStep
from leuit.identity import DEFINITIF
from leuit.storage import Blob
from leuit.values import (
    ConflictError,
    InvalidInputError,
    RecordRef,
    _,
    format_date,
)
from leuit.work import JobContext, StoredFile, View, Work, register_file, store_file
from leuit_archives.models import Disposal, MinutesRound, MinutesSigner, Transfer
from leuit_archives.models.disposals import DISPOSAL_REASON, PAPER_TEXT
from leuit_archives.models.minutes_rounds import (
    ASKED,
    OPEN,
    SIGNER_WORDS,
    UNSIGNED,
    UNUSED,
    USED,
    WAITING,
)
from leuit_archives.models.transfers import PAPER_NUMBER
from leuit_archives.permissions import DECIDE, TRANSFER

from .disposal_steps import Minutes, advance, check_order, checked_minutes, disposal_at
from .disposals import disposal_ref
from .ending_papers import (
    DISPOSAL_ROLES,
    TRANSFER_ROLES,
    EndingSheet,
    Signer,
    disposal_sheet,
    transfer_sheet,
)
from .minutes_rounds import SIGN_PORT, last_round, require_no_round, signers_of, subject_of
from .papers import Paper
from .record_access import open_titles
from .transfers import locked_transfer, move_by_minutes, require_due, transfer_ref

GO_ON = "archives.minutes_signing"
ASKED_ACTION = "archives.minutes.asked"
HANDED_OVER = "archives.minutes.handed_over"
SIGNED_ACTION = "archives.minutes.signed"
UNUSED_ACTION = "archives.minutes.unused"
ENDED_ACTION = "archives.minutes.ended"
_KEY = "archives.minutes:"
LEAST = 2
"""How many sign at least."""


def ask_for_transfer(
    work: Work, transfer_id: UUID, version: int, number: str, posts: Sequence[UUID | None]
) -> MinutesRound:
    """Ask for the signatures on the berita acara of a prepared transfer, dated today.

    `posts` hand over and receive. Raises ConflictError for a dossier that is not due any more, a
    vacant post, and what is being signed already; InvalidInputError by field.
    """
    transfer = locked_transfer(work, transfer_id, version)
    require_no_round(work, transfer)
    require_due(work, transfer)
    made = MinutesRound(transfer_id=transfer.id)
    _ask(work, made, transfer_ref(transfer), number, TRANSFER_ROLES, posts)
    transfer.version += 1
    return made


def ask_for_disposal(
    work: Work,
    disposal_id: UUID,
    version: int,
    number: str,
    posts: Sequence[UUID | None],
    *,
    text: str,
    minutes: Minutes,
) -> MinutesRound:
    """Ask for the signatures on the berita acara of a determined disposal, dated today.

    `posts` are the executor and one or two witnesses; `text` tells the manner. Raises ConflictError
    out of turn and as `ask_for_transfer`, InvalidInputError by field.
    """
    disposal = disposal_at(work, disposal_id, version, "sign")
    require_no_round(work, disposal)
    check_order(work, disposal, work.today)
    said = checked_minutes(work, disposal, minutes)
    check = TextChecker()
    words = check.read("text", text, most=PAPER_TEXT)
    if check.faults:
        raise InvalidInputError(_("Naskah belum lengkap."), fields=check.faults)
    made = MinutesRound(
        disposal_id=disposal.id,
        text=words,
        backups_until=said.backups_until,
        statement=said.statement,
    )
    _ask(work, made, disposal_ref(disposal), number, DISPOSAL_ROLES, posts)
    disposal.version += 1
    return made


def drop_round(work: Work, subject: Transfer | Disposal) -> None:
    """End a round that no service has in hand, since none took it or it is gone.

    The caller has asked for the right to record the berita acara. Raises ConflictError while a
    service has it, which recalls it, and where there is none.
    """
    found = last_round(work, subject)
    if found is not None:  # first: it may be signed, or handed over, just now
        work.session.refresh(found, with_for_update=True)
    if found is None or found.state not in OPEN:
        raise ConflictError(_("Berita acara ini tidak sedang menunggu tanda tangan."))
    if found.state == WAITING and work.app.has_port(SIGN_PORT):
        raise ConflictError(
            _("Berita acara ini sedang di layanan tanda tangan."),
            advice=_("Tarik dokumennya di halaman tanda tangan."),
        )
    _end(work, found, "recalled", str(_("Dilepas sebelum diterima layanan tanda tangan.")))


def go_on(context: JobContext) -> None:
    """Draw the berita acara and hand it to the service that signs, once."""
    round_id = UUID(context.args["round_id"])
    with context.read() as view:
        one = view.session.get_one(MinutesRound, round_id)
        if one.state != ASKED:
            return
        sheet, now = _sheet(view, one), view.now
    drawn = sheet.drawn(now)
    file = store_file(context.app, drawn.pdf, "application/pdf", sheet.name)
    with context.change() as work:
        one = work.session.get_one(MinutesRound, round_id, with_for_update=True)
        if one.state != ASKED:
            return
        one.drawn_sha256 = register_file(work, file)
        if not work.app.has_port(SIGN_PORT):
            _end(work, one, "unfit", str(_("Tidak ada layanan tanda tangan elektronik.")))
            return
        request = SigningRequest(
            key=_KEY + str(one.id),
            ref=_ref(work, one),
            title=f"{sheet.title} {one.number}"[:200],
            sha256=file.sha256,
            owner_id=one.asked_by,
            steps=tuple(
                SigningStep(who.position_id, "sign", who.place, drawn.places[str(who.place)])
                for who in signers_of(work, one.id)
            ),
        )
        record: RecordRef = work.app.port(SIGN_PORT)(work, request)
        one.state = WAITING
        work.audit(HANDED_OVER, request.ref, sha256=file.sha256, record=str(record))


def document_signed(context: JobContext, event: DocumentSigned) -> None:
    """All have signed: the transfer is made, or the disposal goes on to its execution."""
    if not event.key.startswith(_KEY):
        return
    with context.change() as work:
        one = _waiting(work, event.key)
        if one is None:
            return
        size = work.session.get_one(Blob, event.sha256).size
        file = StoredFile(event.sha256, size, "application/pdf", "berita-acara.pdf")
        paper = Paper(one.number, one.dated, file, one.text)
        one.signed_sha256 = event.sha256
        against = _use(work, one, paper)
        ref = _ref(work, one)
        if against is None:
            one.state = USED
            work.audit(SIGNED_ACTION, ref, sha256=event.sha256, number=one.number)
        else:
            one.state, one.note = UNUSED, against[:DISPOSAL_REASON]
            work.audit(UNUSED_ACTION, ref, sha256=event.sha256, reason=one.note)


def signing_ended(context: JobContext, event: SigningEnded) -> None:
    """There will be no signature: the list waits for its berita acara again."""
    if not event.key.startswith(_KEY):
        return
    with context.change() as work:
        one = _waiting(work, event.key)
        if one is not None:
            _end(work, one, event.outcome, event.reason)


def _ask(
    work: Work,
    made: MinutesRound,
    ref: RecordRef,
    number: str,
    roles: Sequence[str],
    posts: Sequence[UUID | None],
) -> None:
    if not work.app.has_port(SIGN_PORT):
        raise ConflictError(
            _("Tidak ada layanan tanda tangan elektronik."),
            advice=_("Cetak berita acaranya, lalu catat pindaiannya."),
        )
    person = work.identity.person_id
    if person is None:
        raise work.refusal(TRANSFER if made.transfer_id else DECIDE)
    check = TextChecker()
    made.number = check.read("number", number, most=PAPER_NUMBER)
    chosen = [(role, post) for role, post in zip(roles, posts, strict=False) if post is not None]
    for place in range(1, LEAST + 1):
        if len(posts) < place or posts[place - 1] is None:
            check.fault(f"signer_{place}", _("Pilih jabatan penanda tangan."), "required")
    known = [post for _role, post in chosen]
    if len(set(known)) < len(known):
        check.fault("signer_2", _("Tiap penanda tangan jabatan yang berbeda."), "twice")
    if check.faults:
        raise InvalidInputError(_("Naskah belum lengkap."), fields=check.faults)
    made.dated, made.asked_by, made.asked_at = work.today, person, work.now
    work.session.add(made)
    work.session.flush()
    for place, (role, post) in enumerate(chosen, 1):
        held = holder_of(work, post, work.today)  # a vacant post signs nothing
        title = held.title if held.kind == DEFINITIF else f"{held.kind} {held.title}"
        work.session.add(
            MinutesSigner(
                round_id=made.id,
                place=place,
                position_id=post,
                role=role,
                title=title[:SIGNER_WORDS],
                name=held.name[:SIGNER_WORDS],
                nip=held.nip or "",
            )
        )
    work.session.flush()
    work.enqueue(GO_ON, {"round_id": str(made.id)})
    work.audit(ASKED_ACTION, ref, number=made.number, signers=known)


def _sheet(view: View, one: MinutesRound) -> EndingSheet:
    subject = subject_of(view, one)
    signers = [Signer(who.role, who.title, who.name, who.nip) for who in signers_of(view, one.id)]
    if isinstance(subject, Transfer):
        return transfer_sheet(view, subject, one.number, one.dated, signers, open_titles)
    more = [("Tanggal", format_date(one.dated)), ("Cara", one.text)]
    if one.backups_until:
        more.append(("Terhapus dari cadangan", format_date(one.backups_until)))
    return disposal_sheet(view, subject, one.number, signers, more, open_titles)


def _ref(view: View, one: MinutesRound) -> RecordRef:
    subject = subject_of(view, one)
    return transfer_ref(subject) if isinstance(subject, Transfer) else disposal_ref(subject)


def _use(work: Work, one: MinutesRound, paper: Paper) -> str | None:
    """Do what the signed berita acara is for; why not, where it cannot be done any more."""
    subject = subject_of(work, one)
    work.session.refresh(subject, with_for_update=True)
    try:
        if isinstance(subject, Transfer):
            require_due(work, subject)
            move_by_minutes(work, subject, paper, one.asked_by)
        else:
            subject.backups_until = one.backups_until
            advance(work, subject, "sign", paper, by=one.asked_by)
    except ConflictError as error:
        return str(error)
    return None


def _waiting(work: Work, key: str) -> MinutesRound | None:
    """The round while it waits for what is told."""
    round_id = UUID(key.removeprefix(_KEY))
    one = work.session.get(MinutesRound, round_id, with_for_update=True)
    return one if one is not None and one.state == WAITING else None


def _end(work: Work, one: MinutesRound, outcome: str, reason: str) -> None:
    one.state, one.note = UNSIGNED, reason[:DISPOSAL_REASON] or outcome
    work.audit(ENDED_ACTION, _ref(work, one), outcome=outcome, reason=one.note)
