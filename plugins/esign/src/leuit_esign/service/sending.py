"""Sending a document on its way: its deadline and number, the file that is signed, the first turn.

The number is reserved in one unit of work, the file is made outside, and a second unit starts the
chain. A crash between leaves the number reserved for the same document, whose next sending uses it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.documents import footer_lines
from leuit.identity import Identity
from leuit.values import ConflictError, _, read_paper_code
from leuit.work import Leuit, View, Work, register_file
from leuit_esign.models import (
    DONE,
    FOR_NUMBER,
    PARAF,
    RUNNING,
    SIGN,
    Document,
    Step,
)
from leuit_esign.settings import EsignSettings

from .chain import free_fields, prepared, steps_of
from .documents import locked, places_of, ref_of, require_version
from .faults import fault_at
from .final import final_file
from .numbering import check_numbering, give_back, reserve
from .places import free_name
from .progress import advance


@attrs.frozen
class SendOptions:
    """How a document goes on its way: what its owner may set before sending it.

    `due_at` is when it should be signed, and where it ends unsigned if `expires`. `pattern` is the
    name of a numbering, empty for none. `replaces` is the code of a document of one's own that
    this one supersedes once it is signed.
    """

    due_at: dt.datetime | None = None
    expires: bool = False
    pattern: str = ""
    classification: str = ""
    replaces: str = ""


@attrs.frozen
class Sent:
    """A document on its way; `bare` are its pages (from 1) that had no room for the footer."""

    document: Document
    bare: tuple[int, ...]


def set_options(work: Work, document_id: UUID, version: int, options: SendOptions) -> Document:
    """Keep the options; faults name the field of the form."""
    document = prepared(work, document_id, version)
    if options.due_at is not None and options.due_at <= work.now:
        raise fault_at("due", _("Tenggat harus sesudah sekarang."))
    if options.expires and options.due_at is None:
        raise fault_at("due", _("Isi tenggatnya, supaya dokumen dapat berakhir."))
    check_numbering(work, document, options.pattern, options.classification)
    if options.pattern != document.pattern:
        give_back(work, document)
    document.due_at, document.expires = options.due_at, options.expires
    document.pattern = options.pattern
    document.classification = options.classification.strip() if options.pattern else ""
    document.replaces_id = _replaced(work, document, options.replaces)
    work.audit(
        "esign.document.options",
        ref_of(document),
        due_at=document.due_at,
        expires=document.expires,
        pattern=document.pattern,
        replaces=document.replaces_id,
    )
    return document


def send(
    app: Leuit, identity: Identity, document_id: UUID, version: int, *, request_id: str = ""
) -> Sent:
    """Send a prepared document: the first group's turn begins.

    Raises ConflictError without a signature among the steps, while a place has nobody, or when the
    document changed meanwhile.
    """
    with app.change(identity, request_id=request_id) as work:
        document = prepared(work, document_id, version)
        check_ready(work, document)
        reserve(work, document)
        give_paraf_fields(work, document)
        work.audit("esign.document.sending", ref_of(document), number=document.number)
    with app.read(identity) as view:
        document = view.session.get_one(Document, document_id)
        steps, places = steps_of(view, document_id), places_of(view, document_id)
        footer = footer_lines(view, view.today)
    final = final_file(app, document, steps, places, footer)
    with app.change(identity, request_id=request_id) as work:
        document = locked(work, document_id)
        require_version(document, version + 1)
        document.current_sha256 = register_file(work, final.file)
        begin(work, document)
        if final.bare:
            work.audit("esign.document.unfooted", ref_of(document), pages=list(final.bare))
    return Sent(document, final.bare)


def check_ready(view: View, document: Document) -> None:
    """ConflictError unless everything that sending needs is there."""
    steps = steps_of(view, document.id)
    if not any(step.kind == SIGN for step in steps):
        raise ConflictError(_("Tambahkan dahulu sedikitnya satu penanda tangan."))
    if left := free_fields(view, document.id):
        raise ConflictError(
            _("Tempat %(fields)s belum punya penanda tangan."),
            advice=_("Tambahkan penanda tangannya, atau ubah tempatnya."),
            fields=", ".join(left),
        )
    if document.due_at is not None and document.due_at <= view.now:
        raise ConflictError(_("Tenggatnya sudah lewat; ubah dahulu."))
    numbered = [row for row in places_of(view, document.id) if row.purpose == FOR_NUMBER]
    if numbered and not document.pattern:
        raise ConflictError(
            _("Tempat nomor belum punya penomoran."),
            advice=_("Pilih penomorannya, atau hapus tempat nomornya."),
        )
    if document.replaces_id is not None:
        older = view.session.get_one(Document, document.replaces_id)
        if older.state != DONE:
            raise ConflictError(_("Dokumen yang diganti sudah tidak berlaku lagi."))
        if not last_signers(steps_of(view, older.id)) <= signers(steps):
            raise ConflictError(
                _("Dokumen yang diganti ditandatangani jabatan lain."),
                advice=_("Penggantinya memerlukan tanda tangan jabatan yang terakhir di sana."),
            )
        if _replaced_already(view, document):
            raise ConflictError(_("Dokumen itu sedang diganti oleh dokumen lain."))


def give_paraf_fields(work: Work, document: Document) -> None:
    """By setting, a paraf is an invisible signature: it needs a field before anybody signs."""
    settings: EsignSettings = work.app.vocabulary.settings["esign"]
    taken = {row.field for row in places_of(work, document.id)} | set(document.names)
    for step in steps_of(work, document.id):
        if step.kind != PARAF:
            continue
        step.field = None
        if settings.paraf == "signature":
            step.field = free_name("PARAF", taken)
            taken.add(step.field)


def begin(work: Work, document: Document) -> None:
    """The chain runs from now on, on the document's current file."""
    if document.replaces_id is not None:
        locked(work, document.replaces_id)  # of two that would replace it one is first
        check_ready(work, document)
    document.state, document.started_at = RUNNING, work.now
    advance(work, document)
    work.audit(
        "esign.document.started",
        ref_of(document),
        steps=len(steps_of(work, document.id)),
        number=document.number,
        sha256=document.current_sha256,
    )


def signers(steps: Iterable[Step]) -> set[UUID]:
    """The positions whose signature is among the steps."""
    return {step.position_id for step in steps if step.kind == SIGN}


def last_signers(steps: Sequence[Step]) -> set[UUID]:
    """The positions of the last group that signs: whose authority the document has in the end."""
    numbers = [step.number for step in steps if step.kind == SIGN]
    return {step.position_id for step in steps if step.kind == SIGN and step.number == max(numbers)}


def _replaced_already(view: View, document: Document) -> bool:
    """Whether another document is on its way to replace the same one."""
    others = select(Document.id).where(
        Document.replaces_id == document.replaces_id,
        Document.id != document.id,
        Document.state == RUNNING,
    )
    return view.session.execute(others.limit(1)).first() is not None


def _replaced(work: Work, document: Document, code: str) -> UUID | None:
    """The document of one's own with that code."""
    if not code.strip():
        return None
    found = work.session.execute(
        select(Document.id, Document.state).where(
            Document.code == read_paper_code(code), Document.owner_id == document.owner_id
        )
    ).first()
    if found is None or found.id == document.id:
        raise fault_at("replaces", _("Tidak ada dokumen Anda dengan kode itu."))
    if found.state != DONE:
        raise fault_at(
            "replaces", _("Hanya dokumen yang selesai dan masih berlaku yang dapat diganti.")
        )
    return UUID(str(found.id))
