"""A paper goes on: it is signed where some service signs, then filed where some service files.

One job moves it as far as it can go now, and does nothing the second time. What comes of the
signatures is told by event; told twice, it is done once. A paper that was voided meanwhile is
neither sent nor filed. Without a service that signs, the paper is filed as it was drawn.
"""

from uuid import UUID

from leuit.builtin.documents import footer_lines
from leuit.contracts import (
    ArchiveRequest,
    DocumentSigned,
    SigningEnded,
    SigningRequest,
    SigningStep,
)
from leuit.identity import SYSTEM
from leuit.values import RecordRef
from leuit.work import JobContext, Work, register_file, store_file
from leuit_sp2d.models import Paper
from leuit_sp2d.rules.chain import DRAFT, SP2D, SPM, SPP

from .paper_content import STEPS, PaperContent
from .paper_drawing import paper_pdf, sheet_of
from .papers import FILE, GO_ON, SIGN, STANDING, find_paper, locked_paper, paper_ref

WAITING, SIGNED, UNFIT = "waiting", "signed", "unfit"
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
        if work.app.has_port(FILE):
            work.enqueue(GO_ON, {"paper_id": str(paper.id)})


def signing_ended(context: JobContext, event: SigningEnded) -> None:
    """There will be no electronic signature: keep why."""
    if not _is_ours(event.ref):
        return
    with context.change() as work:
        paper = _waiting(work, event)
        if paper is not None:
            _unsigned(work, paper, event.outcome, event.reason)


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
        if paper.state != STANDING or paper.filed_id:
            return
        sha256 = paper.signed_sha256 or paper.sha256
        ref = paper_ref(paper)
        request = ArchiveRequest(
            key=_key(paper),
            ref=ref,
            title=ref.label,
            sha256=sha256,
            date=paper.dated,
            number=paper.number,
            unit_id=paper.unit_id,
            signed=bool(paper.signed_sha256),
            secrecy="limited",  # it tells the account of a payee
        )
        record: RecordRef = work.app.port(FILE)(work, request)
        paper.filed_kind, paper.filed_id = record.kind, record.id
        work.audit("sp2d.paper.filed", ref, sha256=sha256, record=record)


def _unsigned(work: Work, paper: Paper, outcome: str, reason: str) -> None:
    paper.signing, paper.signing_note = outcome, reason[:500]
    work.audit("sp2d.paper.unsigned", paper_ref(paper), outcome=outcome, reason=reason[:500])


def _issuer(content: PaperContent, paper: Paper) -> UUID:
    return content.signers[STEPS[paper.kind]].person_id


def _key(paper: Paper) -> str:
    return f"sp2d.paper:{paper.id}"


def _is_ours(ref: RecordRef) -> bool:
    return ref.kind in {f"sp2d.{kind.lower()}" for kind in STEPS}


def _waiting(work: Work, event: DocumentSigned | SigningEnded) -> Paper | None:
    """The paper while it waits for what is told."""
    paper = locked_paper(work, UUID(event.ref.id))
    return paper if paper.signing == WAITING and _key(paper) == event.key else None
