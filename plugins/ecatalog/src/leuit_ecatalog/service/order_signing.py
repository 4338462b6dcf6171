"""A document of an order goes on: it is signed where some service signs, then filed.

One job moves it as far as it can go now, and does nothing the second time. What comes of the
signature is told by event; told twice, it is done once, and of an earlier round it is not heard.
Only what bears its signature is filed. When the archive destroys the record, its files are let go.
"""

from uuid import UUID

from sqlalchemy import select

from leuit.builtin.documents import footer_lines
from leuit.builtin.filing import FILE, ask_for_the_rest, hand_over
from leuit.contracts import (
    ArchiveRequest,
    DocumentSigned,
    RecordEnded,
    SigningEnded,
    SigningRequest,
    SigningStep,
)
from leuit.values import RecordRef, local_day
from leuit.work import JobContext, Work, register_file, release_file, store_file
from leuit_ecatalog.models import OrderDocument, OrderPayment, Purchase
from leuit_ecatalog.models.orders import MADE, SIGNED, UNSIGNED, WAITING
from leuit_ecatalog.models.purchases import REASON
from leuit_ecatalog.rules.purchase_states import DECLINED, DONE, LAPSED, STOPPED

from .order_content import PLACE, draw, title_of
from .order_documents import GO_ON, MADE_OF, SIGN_PORT, move_on, ref_of
from .order_payments import BACK
from .orders import COMPLETE
from .purchase_access import note_act

REST_JOB = "ecatalog.document.file_rest"
FILED = "ecatalog.document.filed"
RELEASED = "ecatalog.document.released"
OWNER = "ecatalog"
_NO_POST = "Penanda tangan tidak mempunyai jabatan."
_ENDED = (DONE, DECLINED, LAPSED, STOPPED)
"""States of a purchase that needs its documents no more."""


def go_on(context: JobContext) -> None:
    """Send the document for its signature, or file it, whichever comes next."""
    document_id = UUID(context.args["document_id"])
    with context.read() as view:
        document = view.session.get_one(OrderDocument, document_id)
    if document.state == MADE and context.app.has_port(SIGN_PORT):
        _send(context, document_id)
    elif document.state in COMPLETE and not document.filed_id and context.app.has_port(FILE):
        _file(context, document_id)


def document_signed(context: JobContext, event: DocumentSigned) -> None:
    """The PPK has signed: keep the signed file, and the purchase goes on."""
    with context.change() as work:
        held = _waiting(work, event)
        if held is None:
            return
        purchase, document = held
        document.state, document.signed_sha256 = SIGNED, event.sha256
        document.signed_at, document.signed_on = event.at, local_day(event.at, work.app.zone)
        move_on(work, purchase, document)


def signing_ended(context: JobContext, event: SigningEnded) -> None:
    """There will be no signature: keep why, and open the other ways again."""
    with context.change() as work:
        held = _waiting(work, event)
        if held is not None:
            _unsigned(work, *held, event.reason or event.outcome)


def record_ended(context: JobContext, event: RecordEnded) -> None:
    """Let the files of a destroyed record go, unless its purchase still runs."""
    if event.ref.kind not in _KINDS:
        return
    with context.change() as work:
        document = work.session.scalars(
            select(OrderDocument)
            .where(OrderDocument.filed_id != "", OrderDocument.signed_sha256 == event.sha256)
            .with_for_update()
        ).one_or_none()
        if document is None:
            return
        purchase = work.session.get_one(Purchase, document.purchase_id)
        payment = work.session.get(OrderPayment, document.purchase_id)
        if purchase.state not in _ENDED or (payment and payment.state == BACK):
            return
        for sha256 in sorted({one for one in (document.sha256, document.signed_sha256) if one}):
            release_file(work, sha256, OWNER)
        work.audit(RELEASED, ref_of(document), disposal=event.disposal)


def file_the_rest(context: JobContext) -> None:
    """Ask for documents that were signed before anybody filed."""
    rows = select(OrderDocument.id).where(
        OrderDocument.state.in_(COMPLETE), OrderDocument.filed_id == ""
    )
    ask_for_the_rest(context, GO_ON, "document_id", rows)


def _send(context: JobContext, document_id: UUID) -> None:
    with context.read() as view:
        document = view.session.get_one(OrderDocument, document_id)
        footer = footer_lines(view, document.dated)
        now = document.made_at
    drawn = draw(document, footer, now)
    name = f"{document.number.replace('/', '-')}.pdf"
    file = store_file(context.app, drawn.pdf, "application/pdf", name)
    with context.change() as work:
        purchase, document = _locked(work, document_id)
        if document.state != MADE:
            return
        if document.position_id is None:
            _unsigned(work, purchase, document, _NO_POST)
            return
        document.sha256 = register_file(work, file)
        request = SigningRequest(
            key=_key(document),
            ref=ref_of(document),
            title=title_of(document.kind, document.number),
            sha256=document.sha256,
            owner_id=document.made_by,
            steps=(SigningStep(document.position_id, "sign", 1, drawn.places[PLACE]),),
        )
        record: RecordRef = work.app.port(SIGN_PORT)(work, request)
        document.state = WAITING
        document.version += 1
        work.audit("ecatalog.document.sent", ref_of(document), record=record)


def _file(context: JobContext, document_id: UUID) -> None:
    with context.change() as work:
        purchase, document = _locked(work, document_id)
        if document.state not in COMPLETE:
            return
        assert document.signed_sha256 is not None
        ref = ref_of(document)
        request = ArchiveRequest(
            key=f"{ref.kind}:{document.id}",
            ref=ref,
            title=f"{ref.label}, {purchase.need}",
            sha256=document.signed_sha256,
            date=document.dated,
            number=document.number,
            unit_id=purchase.unit_id,
            signed=True,
        )
        hand_over(work, document, request, FILED)


def _unsigned(work: Work, purchase: Purchase, document: OrderDocument, reason: str) -> None:
    document.state, document.reason = UNSIGNED, reason[:REASON]
    document.version += 1
    note_act(work, purchase, f"{document.kind}_unsigned", note=document.reason)


def _waiting(
    work: Work, event: DocumentSigned | SigningEnded
) -> tuple[Purchase, OrderDocument] | None:
    """Purchase and document while the document waits for what is told."""
    if event.ref.kind not in _KINDS:
        return None
    purchase, document = _locked(work, UUID(event.ref.id))
    if document.state != WAITING or _key(document) != event.key:
        return None
    return purchase, document


def _locked(work: Work, document_id: UUID) -> tuple[Purchase, OrderDocument]:
    """Both as they are stored now; the purchase is held first, as everywhere."""
    known = work.session.get_one(OrderDocument, document_id)
    purchase = work.session.get_one(
        Purchase, known.purchase_id, with_for_update=True, populate_existing=True
    )
    document = work.session.get_one(
        OrderDocument, document_id, with_for_update=True, populate_existing=True
    )
    return purchase, document


def _key(document: OrderDocument) -> str:
    """Each round of signing has its own: to a known key a provider gives its first answer."""
    return f"ecatalog.{document.kind}:{document.id}:{document.round}"


_KINDS = frozenset(f"ecatalog.{kind}" for kind in MADE_OF)
