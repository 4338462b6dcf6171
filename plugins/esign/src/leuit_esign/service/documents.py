"""Documents come in: read by a process of its own, kept by their hash, shown to their owner."""

import atexit
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.values import (
    ConflictError,
    FieldError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
    RecordRef,
    StaleEditError,
    TooLargeError,
    _,
    new_paper_code,
    one_line,
)
from leuit.work import Leuit, StoredFile, View, Work, register_file, store_file
from leuit_esign.intake import Intake, Reader
from leuit_esign.models import Document, PlaceRow
from leuit_esign.rules import Place, Sheet, as_shown

BRING = "esign.document.bring"
REF_KIND = "esign.document"
MOST_MEGABYTES = 20
TITLE = 200

# Two processes, so that a large upload keeps no small question waiting.
_intake, _questions = Reader(), Reader()
atexit.register(_intake.close)
atexit.register(_questions.close)


@attrs.frozen
class Received:
    """A file that was read and stored, before any row names it."""

    source: StoredFile
    pdf: StoredFile
    intake: Intake


def receive(app: Leuit, data: bytes, name: str) -> Received:
    """Read and store a file; call it outside a unit of work.

    Raises TooLargeError, or RefusedPdfError with the reason and what to do.
    """
    if len(data) > MOST_MEGABYTES * 1024 * 1024:
        raise TooLargeError(
            _("PDF paling besar %(most)s MB."),
            advice=_("Perkecil dokumennya, lalu unggah lagi."),
            most=MOST_MEGABYTES,
        )
    with _as_file(data) as path:
        intake = _intake.take_in(path)
    shown = "".join(letter for letter in name if letter.isprintable()) or "dokumen.pdf"
    source = store_file(app, data, "application/pdf", shown)
    pdf = source if intake.pdf == data else store_file(app, intake.pdf, "application/pdf", shown)
    return Received(source, pdf, intake)


def bring(work: Work, title: str, received: Received) -> Document:
    """A document of one's own out of a received file, with a place for each empty field in it."""
    owner = work.identity.person_id
    if owner is None or not work.is_own(BRING, owner):
        raise work.refusal(BRING)
    words = one_line(title)
    if not words or len(words) > TITLE:
        sentence = _("Isi judul, paling banyak %s huruf.") % TITLE
        raise InvalidInputError(sentence, fields=[FieldError("title", sentence)])
    intake = received.intake
    document = Document(
        code=new_paper_code(),
        title=words,
        owner_id=owner,
        source_sha256=register_file(work, received.source),
        pdf_sha256=register_file(work, received.pdf),
        sheets=[attrs.astuple(sheet) for sheet in intake.pages],
        names=list(intake.names),
        signatures=intake.signatures,
        flattened=intake.flattened,
        created_at=work.now,
    )
    work.session.add(document)
    work.session.flush()
    for found in intake.fields:
        work.session.add(
            PlaceRow(
                document_id=document.id,
                field=found.name,
                brought=True,
                **attrs.asdict(as_shown(found.place, intake.pages[found.place.page])),
            )
        )
    work.audit(
        "esign.document.brought",
        ref_of(document),
        source_sha256=document.source_sha256,
        pdf_sha256=document.pdf_sha256,
        flattened=document.flattened,
        signatures=document.signatures,
    )
    return document


def document_of(view: View, document_id: UUID) -> Document:
    """A document of one's own; NotFoundError for none, a refusal for somebody else's."""
    found = view.session.get(Document, document_id)
    if found is None:
        raise NotFoundError(_("Dokumen itu tidak ada."))
    if found.owner_id != view.identity.person_id:
        raise PermissionDeniedError(
            _("Dokumen ini milik orang lain."),
            advice=_("Minta salinannya kepada pemiliknya."),
        )
    return found


def changing(work: Work, document_id: UUID, version: int, *, asked: bool = False) -> Document:
    """The document, locked to be changed as it was seen; StaleEditError when it has moved on.

    What another service asked for is not changed by its owner, but where `asked` says so.
    """
    if document_of(work, document_id).asked_by is not None and not asked:
        raise ConflictError(
            _("Dokumen ini diatur oleh layanan yang memintanya."),
            advice=_("Ubah di layanan itu, atau tarik kembali."),
        )
    found = locked(work, document_id)
    require_version(found, version)
    found.version += 1
    return found


def locked(work: Work, document_id: UUID) -> Document:
    """The document as it is stored now, locked until the unit ends."""
    return work.session.get_one(Document, document_id, with_for_update=True, populate_existing=True)


def require_version(document: Document, version: int) -> None:
    """StaleEditError unless the document is still as it was seen."""
    if document.version != version:
        raise StaleEditError(
            _("Dokumen ini sudah berubah sejak Anda membukanya."),
            advice=_("Buka lagi dokumennya, lalu ulangi perubahan Anda pada versi terbarunya."),
        )


def places_of(view: View, document_id: UUID) -> Sequence[PlaceRow]:
    """The places of a document, page by page from the top."""
    query = select(PlaceRow).where(PlaceRow.document_id == document_id)
    return view.session.scalars(
        query.order_by(PlaceRow.page, PlaceRow.top.desc(), PlaceRow.left, PlaceRow.id)
    ).all()


def sheets_of(document: Document) -> list[Sheet]:
    """The sizes of a document's pages."""
    return [Sheet(*values) for values in document.sheets]


def marks_of(app: Leuit, document: Document, character: str) -> list[Place]:
    """Where a character stands in the text of a document's pages, as they are shown."""
    sheets = sheets_of(document)
    with _as_file(app.blobs.get(document.pdf_sha256)) as path:
        return [as_shown(mark, sheets[mark.page]) for mark in _questions.where(path, character)]


def laid_over(pdf: bytes, overlay: bytes, read: dict[int, str] | None = None) -> bytes:
    """A PDF that nobody has signed, with the overlay's pages over its own.

    `read` has by page the words of the overlay that are read aloud; see `Reader.laid_over`.
    """
    with _as_file(pdf) as path, _as_file(overlay) as above:
        return _intake.laid_over(path, above, read or {})


def free_parts(pdf: bytes, boxes: Sequence[Place]) -> list[Place]:
    """The highest part of each box on which nothing stands; without height where there is none."""
    with _as_file(pdf) as path:
        return _intake.free_parts(path, boxes)


def ref_of(document: Document) -> RecordRef:
    """The reference by which logs and other services name a document."""
    return RecordRef(REF_KIND, str(document.id), document.title)


@contextmanager
def _as_file(data: bytes) -> Iterator[Path]:
    """Bytes as a file while the block lasts, for the process that reads them."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        yield Path(file.name)
