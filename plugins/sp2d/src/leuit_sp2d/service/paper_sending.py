"""A paper goes on: it is signed where some service signs, then filed where some service files.

One job moves it as far as it can go now, and does nothing the second time. What comes of the
signatures is told by event; told twice, it is done once. A paper that was voided meanwhile is
neither sent nor filed. Without a service that signs, the paper is filed as it was drawn. A signing
that ended without a signature can be asked for anew.
"""

from uuid import UUID

from sqlalchemy import select

from leuit.builtin.documents import footer_lines
from leuit.builtin.filing import FILE, ask_for_the_rest, ask_to_file, hand_over
from leuit.contracts import (
    ArchiveRequest,
    DocumentSigned,
    SigningEnded,
    SigningRequest,
    SigningStep,
)
from leuit.identity import SYSTEM
from leuit.values import ConflictError, NotFoundError, RecordRef, StaleEditError, _
from leuit.work import JobContext, View, Work, register_file, store_file
from leuit_sp2d.models import STANDING, Paper
from leuit_sp2d.rules.chain import BY_KEY, DRAFT, SP2D, SPM, SPP, same_person

from .paper_content import STEPS, PaperContent, content_of
from .paper_drawing import paper_pdf, sheet_of
from .papers import GO_ON, SIGN, find_paper, locked_paper, paper_ref
from .payments import locked_payment
from .people import actor_of, step_of
from .same_request import digest_of, note_done, was_done

WAITING, SIGNED, UNFIT = "waiting", "signed", "unfit"
ENDED = frozenset({"refused", "recalled", "expired", UNFIT})
"""States of a signing that ended without a signature."""

REST_JOB = "sp2d.paper.file_rest"
_FILED_AS = "sp2d.paper:%s"
_NO_POST = "Penanda tangan tidak mempunyai jabatan."
_PLACES = {
    "SPP": ((DRAFT, "officer"), (SPP, "treasurer")),
    "SPM": ((SPM, "signer"), (SPM, "statement")),
    "SP2D": ((SP2D, "signer"),),
}
"""Who signs a paper in what order, by the step at which he acted, and where."""


def go_on(context: JobContext) -> None:
    """Send the paper for its signatures, or file it, whichever comes next."""
    paper_id = UUID(context.args["paper_id"])
    with context.read() as view:
        paper = find_paper(view, paper_id)
    if paper.state != STANDING:
        return
    if not paper.signing and context.app.has_port(SIGN):
        _send(context, paper_id)
    elif paper.signing in ("", SIGNED) and not paper.filed_id and context.app.has_port(FILE):
        _file(context, paper_id)


def ask_again(work: Work, payment_id: UUID, paper_id: UUID, seen: int) -> Paper:
    """Ask anew for the signatures of a paper whose signing ended without them.

    By whoever may act at the paper's step. `seen` is the round of signing that the asker saw; the
    same request again gives the first answer. Raises NotFoundError for a paper of others,
    StaleEditError for another round, ConflictError while there is nothing to ask for anew.
    """
    known = find_paper(work, paper_id)
    if known.payment_id != payment_id:
        raise NotFoundError(_("Dokumen itu tidak ada."), advice=_("Mulai dari daftar."))
    step = STEPS[known.kind]
    locked_payment(work, payment_id, BY_KEY[step].permission)
    held = step_of(work, payment_id, actor_of(work).person_id)
    if held is not None and held != step:
        raise same_person(held)
    paper = locked_paper(work, paper_id)
    asked = digest_of(work, "ask_again", paper_id, seen)
    if paper.signing_round == seen + 1 and was_done(work, asked):
        return paper
    if paper.signing_round != seen:
        raise StaleEditError(
            _("Tanda tangan dokumen ini baru saja diminta orang lain."),
            advice=_("Muat ulang halaman, lalu periksa lagi."),
        )
    if not can_be_asked_again(work, paper):
        raise ConflictError(
            _("Tanda tangan %(number)s tidak dapat diminta lagi."),
            advice=_("Hanya dokumen berlaku yang gagal ditandatangani, oleh pejabat berjabatan."),
            number=paper.number,
        )
    ended, note = paper.signing, paper.signing_note
    paper.signing, paper.signing_note = "", ""
    paper.signing_round += 1
    note_done(work, asked)
    work.enqueue(GO_ON, {"paper_id": str(paper.id)})
    work.audit("sp2d.paper.asked_again", paper_ref(paper), outcome=ended, reason=note)
    return paper


def can_be_asked_again(view: View, paper: Paper) -> bool:
    """Whether it stands unsigned for good, and somebody is there who asks and who may sign."""
    if paper.state != STANDING or paper.signing not in ENDED or not view.app.has_port(SIGN):
        return False
    signers = content_of(paper).signers
    return all(signers[step].position_id is not None for step, _place in _PLACES[paper.kind])


def document_signed(context: JobContext, event: DocumentSigned) -> None:
    """All have signed: keep the signed file, which is the one to be filed."""
    if not _is_ours(event.ref):
        return
    with context.change() as work:
        paper = _waiting(work, event)
        if paper is None:
            return
        paper.signing, paper.signed_sha256 = SIGNED, event.sha256
        work.audit(
            "sp2d.paper.signed", paper_ref(paper), sha256=event.sha256, at=event.at.isoformat()
        )
        ask_to_file(work, GO_ON, paper_id=str(paper.id))


def signing_ended(context: JobContext, event: SigningEnded) -> None:
    """There will be no electronic signature: keep why."""
    if not _is_ours(event.ref):
        return
    with context.change() as work:
        paper = _waiting(work, event)
        if paper is not None:
            _unsigned(work, paper, event.outcome, event.reason)


def file_the_rest(context: JobContext) -> None:
    """Ask for standing papers that were finished before anybody filed.

    Where somebody signs, only those that were signed: the others wait for their signatures.
    """
    done = (SIGNED,) if context.app.has_port(SIGN) else ("", SIGNED)
    rows = select(Paper.id).where(
        Paper.state == STANDING, Paper.signing.in_(done), Paper.filed_id == ""
    )
    ask_for_the_rest(context, GO_ON, "paper_id", rows)


def _send(context: JobContext, paper_id: UUID) -> None:
    with context.read() as view:
        paper = find_paper(view, paper_id)
        sheet = sheet_of(view, paper)
        footer = footer_lines(view, paper.dated)
    drawn = sheet.drawn(footer)
    file = store_file(context.app, drawn.pdf, "application/pdf", sheet.name)
    wanted = _PLACES[paper.kind]
    signers = [sheet.content.signers[step] for step, _place in wanted]
    steps = [
        SigningStep(who.position_id, "sign", number, drawn.places[place])
        for number, ((_step, place), who) in enumerate(zip(wanted, signers, strict=True), 1)
        if who.position_id is not None
    ]
    with context.change() as work:
        paper = locked_paper(work, paper_id)
        if paper.state != STANDING or paper.signing:
            return
        sha256 = register_file(work, file)
        if not footer:  # what somebody reads before it is signed has no words about signatures
            paper.sha256 = sha256
        if len(steps) < len(wanted):
            _unsigned(work, paper, UNFIT, _NO_POST)
            return
        request = SigningRequest(
            key=_key(paper),
            ref=paper_ref(paper),
            title=sheet.title,
            sha256=sha256,
            owner_id=_issuer(sheet.content, paper),
            steps=tuple(steps),
        )
        record: RecordRef = work.app.port(SIGN)(work, request)
        paper.signing = WAITING
        work.audit("sp2d.paper.sent", paper_ref(paper), sha256=sha256, record=record)


def _file(context: JobContext, paper_id: UUID) -> None:
    paper_pdf(context.app, SYSTEM, paper_id)
    with context.change() as work:
        paper = locked_paper(work, paper_id)
        if paper.state != STANDING:
            return
        sha256 = paper.signed_sha256 or paper.sha256
        ref = paper_ref(paper)
        request = ArchiveRequest(
            key=_FILED_AS % paper.id,
            ref=ref,
            title=ref.label,
            sha256=sha256,
            date=paper.dated,
            number=paper.number,
            unit_id=paper.unit_id,
            signed=bool(paper.signed_sha256),
            secrecy="limited",  # it tells the account of a payee
        )
        hand_over(work, paper, request, "sp2d.paper.filed")


def _unsigned(work: Work, paper: Paper, outcome: str, reason: str) -> None:
    paper.signing, paper.signing_note = outcome, reason[:500]
    work.audit("sp2d.paper.unsigned", paper_ref(paper), outcome=outcome, reason=reason[:500])


def _issuer(content: PaperContent, paper: Paper) -> UUID:
    return content.signers[STEPS[paper.kind]].person_id


def _key(paper: Paper) -> str:
    """Each round of signatures has its own: to a known key a provider gives its first answer."""
    key = _FILED_AS % paper.id
    return f"{key}:{paper.signing_round}" if paper.signing_round else key


def _is_ours(ref: RecordRef) -> bool:
    return ref.kind in {f"sp2d.{kind.lower()}" for kind in STEPS}


def _waiting(work: Work, event: DocumentSigned | SigningEnded) -> Paper | None:
    """The paper while it waits for what is told."""
    paper = locked_paper(work, UUID(event.ref.id))
    return paper if paper.signing == WAITING and _key(paper) == event.key else None
