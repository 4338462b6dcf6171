"""Acting on a step: paraf, signature, refusal; by who holds the position that day, in turn.

A signature is reserved, made outside any unit of work, checked, and then confirmed: a crash between
leaves the document as it was, and the reservation ends by itself.
"""

import datetime as dt
from uuid import UUID

from sqlalchemy import and_, exists, or_, select

from leuit.identity import Assignment, Identity, holds_on
from leuit.values import (
    ConflictError,
    LeuitError,
    NotFoundError,
    PermissionDeniedError,
    _,
    one_line,
)
from leuit.work import Leuit, StoredFile, View, Work, register_file, store_file
from leuit_esign.models import RUNNING, SIGN, Document, Handing, Step
from leuit_esign.providers import Secret, SignOrder
from leuit_esign.rules import in_one_line, onto_page

from .chain import said
from .documents import ref_of, sheets_of
from .passing import hand_on
from .places import place_of
from .progress import advance
from .results import check_result
from .sign import chosen_provider
from .stamp import address_of, look_of, place_of_step, stamp_lines
from .trust import trust_on
from .turn import capacities, lapsed, lines_of, step_of

RESERVED = dt.timedelta(minutes=2)


def readable(view: View, document_id: UUID) -> Document:
    """A document of one's own, or one whose turn was that of a position that one holds.

    Under a mandate one sees what waits for one's signature, not what the principal signed before.

    Reading somebody else's is noted (UU PDP art. 31). Raises NotFoundError or a refusal.
    """
    document = view.session.get(Document, document_id)
    if document is None:
        raise NotFoundError(_("Dokumen itu tidak ada."))
    person_id = view.identity.person_id
    if document.owner_id == person_id:
        return document
    held = select(Assignment.position_id).where(
        Assignment.person_id == person_id,
        holds_on(Assignment.valid_from, Assignment.valid_to, view.today),
    )
    lent = [one for one, right in capacities(view).items() if right.mandate is not None]
    mine = or_(
        Step.person_id == person_id,
        Step.position_id.in_(held),
        and_(Step.position_id.in_(lent), Step.kind == SIGN, Step.state == "open"),
        exists().where(Handing.step_id == Step.id, Handing.person_id == person_id),
    )
    turned = select(Step.id).where(
        Step.document_id == document_id, Step.opened_at.is_not(None), mine
    )
    if person_id is None or view.session.execute(turned.limit(1)).first() is None:
        raise PermissionDeniedError(
            _("Dokumen ini milik orang lain."),
            advice=_("Minta salinannya kepada pemiliknya."),
        )
    view.note_access(ref_of(document))
    return document


def give_paraf(work: Work, document_id: UUID, note: str = "", *, seen: UUID | None = None) -> Step:
    """Record the approval of the reader's step; `seen` is the step that he was shown."""
    document, step = _turn(work, document_id, seen)
    if step.field is not None:
        raise ConflictError(_("Langkah ini meminta tanda tangan, bukan paraf."))
    _decide(work, document, step, "done", one_line(note))
    work.audit("esign.step.paraf", ref_of(document), acted_as=step.acted_as)
    return step


def refuse(work: Work, document_id: UUID, reason: str, *, seen: UUID | None = None) -> Step:
    """Refuse the reader's step, saying why: the document goes back to its owner."""
    document, step = _turn(work, document_id, seen)
    document.reason = said(reason)
    _decide(work, document, step, "refused", document.reason)
    work.audit("esign.step.refused", ref_of(document), position=step.title, reason=document.reason)
    return step


def sign_step(
    app: Leuit,
    identity: Identity,
    document_id: UUID,
    secret: Secret,
    *,
    seen: UUID | None = None,
    request_id: str = "",
) -> Step:
    """Sign the reader's step with his own key; nothing is stored unless all of it went well.

    Raises what the provider raises, ConflictError while another signature is being made, and
    RefusedResultError for a result that is not accepted (both files are kept).
    """
    provider = chosen_provider(app)
    with app.change(identity, request_id=request_id) as work:
        document, step = _turn(work, document_id, seen)
        if step.field is None or document.current_sha256 is None:
            raise ConflictError(_("Langkah ini meminta paraf, bukan tanda tangan."))
        document.signing_step_id, document.signing_until = step.id, work.now + RESERVED
        work.audit("esign.step.reserved", ref_of(document), position=step.title)
        trust, now, before_sha256 = trust_on(work, work.today), work.now, document.current_sha256
        field, step_id, person_id = step.field, step.id, identity.person_id
        assert person_id is not None
        lines, row = stamp_lines(work, document, step), place_of_step(work, document, step)
        address = address_of(work, document.code)
    file: StoredFile | None = None
    try:
        pdf = app.blobs.get(before_sha256)
        look = look_of(document, row, lines, address) if row else None
        place = onto_page(place_of(row), sheets_of(document)[row.page]) if row else None
        order = SignOrder(pdf, person_id, secret, field, trust.level, now, place=place, look=look)
        signed = provider.sign(app, order)
        file = store_file(app, signed, "application/pdf", "dokumen.pdf")
        check_result(pdf, signed, field, trust, provider.certificate(app, person_id))
    except Exception as error:
        code = error.code if isinstance(error, LeuitError) else "unexpected"
        _release(app, identity, document_id, step_id, code, file)
        raise
    with app.change(identity, request_id=request_id) as work:
        document, step = _reserved(work, document_id, step_id, before_sha256)
        document.current_sha256 = step.result_sha256 = register_file(work, file)
        document.signing_step_id = document.signing_until = None
        _decide(work, document, step, "done", "")
        work.audit(
            "esign.step.signed",
            ref_of(document),
            acted_as=step.acted_as,
            provider=provider.name,
            level=trust.level,
            before_sha256=before_sha256,
            after_sha256=file.sha256,
        )
        return step


def pass_on(
    work: Work, document_id: UUID, position: str, note: str, *, seen: UUID | None = None
) -> Step:
    """Hand the reader's step on to another position, saying why."""
    document, step = _turn(work, document_id, seen)
    return hand_on(work, document, step, position, note)


def _turn(work: Work, document_id: UUID, seen: UUID | None) -> tuple[Document, Step]:
    """The document, locked, and the step of it that is the reader's turn.

    Somebody may have two turns, one after the other: a form sent twice acts on the first alone.
    """
    document = work.session.get(Document, document_id, with_for_update=True)
    if document is None:
        raise NotFoundError(_("Dokumen itu tidak ada."))
    if document.state == RUNNING and lapsed(work, document):
        raise ConflictError(_("Tenggat dokumen ini sudah lewat; tidak dapat ditandatangani lagi."))
    step = step_of(work, document)
    if step is None:
        raise PermissionDeniedError(
            _("Dokumen ini tidak sedang menunggu Anda."),
            advice=_("Muat ulang halaman untuk melihat keadaannya."),
        )
    if seen is not None and step.id != seen:
        raise ConflictError(
            _("Langkah yang Anda lihat sudah selesai."),
            advice=_("Muat ulang halaman untuk melihat keadaannya."),
        )
    if document.signing_until is not None and document.signing_until > work.now:
        raise ConflictError(
            _("Dokumen ini sedang ditandatangani."), advice=_("Coba lagi sebentar lagi.")
        )
    return document, step


def _reserved(
    work: Work, document_id: UUID, step_id: UUID, before_sha256: str
) -> tuple[Document, Step]:
    document = work.session.get_one(Document, document_id, with_for_update=True)
    step = work.session.get_one(Step, step_id)
    mine = document.signing_step_id == step_id and document.current_sha256 == before_sha256
    turn = step.state == "open" and step.position_id in capacities(work)
    if not mine or document.state != RUNNING or not turn:
        raise ConflictError(
            _("Dokumen ini berubah ketika ditandatangani; tanda tangannya tidak dipakai."),
            advice=_("Muat ulang halaman, lalu ulangi bila masih perlu."),
        )
    return document, step


def _release(
    app: Leuit,
    identity: Identity,
    document_id: UUID,
    step_id: UUID,
    code: str,
    file: StoredFile | None,
) -> None:
    """End the reservation; a result that was not accepted is kept, and named in the log."""
    with app.change(identity) as work:
        document = work.session.get_one(Document, document_id, with_for_update=True)
        if document.signing_step_id == step_id:
            document.signing_step_id = document.signing_until = None
        refused = register_file(work, file) if file else ""
        work.audit("esign.step.failed", ref_of(document), code=code, refused_sha256=refused)


def _decide(work: Work, document: Document, step: Step, state: str, note: str) -> None:
    assert work.identity.person_id is not None
    step.state, step.note, step.decided_at = state, note, work.now
    capacity = capacities(work)[step.position_id]
    step.person_id, step.acting = work.identity.person_id, capacity.kind
    step.acted_as = in_one_line(lines_of(work, step, capacity))
    document.version += 1
    work.session.flush()
    advance(work, document)
