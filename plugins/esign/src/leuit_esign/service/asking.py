"""The port `sign_document`: another service hands over a PDF, and hears of its end by event.

Accepting is a row and a job in the caller's unit of work. The job takes the PDF in, makes its
signature fields and starts the chain; a PDF that is not fit ends the document with that reason.
"""

from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.contracts import SigningRequest
from leuit.identity import Person, Position
from leuit.storage import Blob
from leuit.values import (
    ConflictError,
    InvalidInputError,
    RecordRef,
    TooLargeError,
    _,
    new_paper_code,
    one_line,
)
from leuit.work import JobContext, Work, register_file
from leuit_esign.intake import RefusedPdfError
from leuit_esign.models import DRAFT, FOR_SIGNATURE, PARAF, SIGN, Document, PlaceRow, Step
from leuit_esign.rules import Place, fault_of

from .chain import MOST_STEPS, steps_of
from .documents import TITLE, Received, places_of, receive, ref_of, sheets_of
from .final import final_file
from .places import FAULTS, free_name, place_of
from .progress import stop
from .sending import begin, give_paraf_fields

TAKE_IN = "esign.take_in"


def sign_document(work: Work, request: SigningRequest) -> RecordRef:
    """Accept a request; the same key again, of the same kind of record, gives the first answer.

    Raises InvalidInputError for what can be seen without opening the PDF.
    """
    asked_key = f"{request.ref.kind}:{request.key}"
    known = work.session.scalar(select(Document).where(Document.asked_key == asked_key))
    if known is not None:
        return ref_of(known)
    _check(work, request)
    document = Document(
        code=new_paper_code(),
        title=one_line(request.title),
        owner_id=request.owner_id,
        source_sha256=request.sha256,
        pdf_sha256=request.sha256,
        sheets=[],
        due_at=request.due_at,
        asked_by={**attrs.asdict(request.ref), "key": request.key},
        asked_key=asked_key,
        created_at=work.now,
    )
    work.session.add(document)
    work.session.flush()
    signatures = 0
    for step in request.steps:
        field = None
        if step.kind == SIGN:
            signatures += 1
            field = f"TTE{signatures}"
        title = work.session.get_one(Position, step.position_id).title
        work.session.add(
            Step(
                document_id=document.id,
                number=step.number,
                kind=step.kind,
                position_id=step.position_id,
                title=title,
                field=field,
            )
        )
        if field is not None and step.place is not None:
            box = attrs.asdict(step.place)
            work.session.add(
                PlaceRow(document_id=document.id, field=field, purpose=FOR_SIGNATURE, **box)
            )
    work.audit(
        "esign.document.asked",
        ref_of(document),
        asked_by=str(request.ref),
        sha256=request.sha256,
        steps=len(request.steps),
    )
    work.enqueue(TAKE_IN, {"document_id": str(document.id)}, dedupe_key=f"esign:{document.id}")
    return ref_of(document)


def take_in(context: JobContext) -> None:
    """Read the PDF of a request and send it on its way; done twice, the second does nothing."""
    document_id = UUID(context.args["document_id"])
    with context.read() as view:
        document = view.session.get_one(Document, document_id)
        if document.state != DRAFT:
            return
        name = f"{document.title}.pdf"
    try:
        received = receive(context.app, context.app.blobs.get(document.source_sha256), name)
    except (RefusedPdfError, TooLargeError) as error:
        with context.change() as work:
            _unfit(work, document_id, str(error))
        return
    with context.change() as work:
        document = work.session.get_one(Document, document_id, with_for_update=True)
        if document.state != DRAFT:
            return
        _describe(work, document, received)
        _rename(work, document)
        if fault := _misplaced(work, document):
            _unfit(work, document_id, fault)
            return
        give_paraf_fields(work, document)
        work.audit("esign.document.taken_in", ref_of(document), pdf_sha256=document.pdf_sha256)
    with context.read() as view:
        document = view.session.get_one(Document, document_id)
        steps, places = steps_of(view, document_id), places_of(view, document_id)
    try:
        file = final_file(context.app, document, steps, places).file
    except (ConflictError, InvalidInputError) as error:
        with context.change() as work:
            _unfit(work, document_id, str(error))
        return
    with context.change() as work:
        document = work.session.get_one(Document, document_id, with_for_update=True)
        if document.state == DRAFT:
            document.current_sha256 = register_file(work, file)
            document.version += 1
            begin(work, document)


def _check(work: Work, request: SigningRequest) -> None:
    steps = request.steps
    if not any(step.kind == SIGN for step in steps):
        raise InvalidInputError(_("Permintaan tanda tangan tidak memuat penanda tangan."))
    odd = any(step.kind not in (PARAF, SIGN) or not 1 <= step.number <= 99 for step in steps)
    if len(steps) > MOST_STEPS or odd:
        raise InvalidInputError(_("Langkah tanda tangan tidak dapat dipakai."))
    if request.due_at is not None and request.due_at <= work.now:
        raise InvalidInputError(_("Tenggat harus sesudah sekarang."))
    if work.session.get(Person, request.owner_id) is None:
        raise InvalidInputError(_("Pemilik dokumen itu tidak dikenal."))
    if not 0 < len(one_line(request.title)) <= TITLE:
        raise InvalidInputError(_("Isi judul, paling banyak %s huruf.") % TITLE)
    if not request.key or len(request.key) > 200:
        raise InvalidInputError(_("Kunci permintaan tanda tangan tidak dapat dipakai."))
    if work.session.get(Blob, request.sha256) is None:
        raise InvalidInputError(_("Berkas yang akan ditandatangani belum tersimpan."))
    wanted = {step.position_id for step in steps}
    known = work.session.scalars(select(Position.id).where(Position.id.in_(wanted))).all()
    if len(known) != len(wanted):
        raise InvalidInputError(_("Jabatan penanda tangan tidak dikenal."))


def _describe(work: Work, document: Document, received: Received) -> None:
    intake = received.intake
    document.pdf_sha256 = register_file(work, received.pdf)
    document.sheets = [attrs.astuple(sheet) for sheet in intake.pages]
    document.signatures, document.flattened = intake.signatures, intake.flattened
    document.names = list(intake.names)
    document.version += 1


def _rename(work: Work, document: Document) -> None:
    """Give our fields names that the PDF does not have yet."""
    places = {row.field: row for row in places_of(work, document.id)}
    steps = steps_of(work, document.id)
    taken = set(document.names) | {step.field for step in steps if step.field}
    for step in steps:
        if step.field in document.names and step.field is not None:
            old, step.field = step.field, free_name("TTE", taken)
            taken.add(step.field)
            if old in places:
                places[old].field = step.field
    work.session.flush()


def _misplaced(work: Work, document: Document) -> str:
    sheets = sheets_of(document)
    places: list[Place] = [place_of(row) for row in places_of(work, document.id)]
    faults = [FAULTS[fault] for place in places if (fault := fault_of(place, sheets))]
    return faults[0] if faults else ""


def _unfit(work: Work, document_id: UUID, reason: str) -> None:
    document = work.session.get_one(Document, document_id, with_for_update=True)
    if document.state == DRAFT:
        document.version += 1
        stop(work, document, "unfit", reason)
        work.audit("esign.document.unfit", ref_of(document), reason=reason)
