"""The steps of a document: set by its owner, started once, recalled while they run."""

from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.values import ConflictError, FieldError, InvalidInputError, _
from leuit.work import View, Work
from leuit_esign.models import (
    DONE,
    PARAF,
    PREPARED,
    RECALLED,
    REFUSED,
    RUNNING,
    SIGN,
    Document,
    PlaceRow,
    Step,
)
from leuit_esign.rules import Link, opened, state_of

from .documents import changing, ref_of
from .signers import position_named, signer_of

MOST_STEPS = 40
NOTE = 500


@attrs.frozen
class NewStep:
    """A step that is wanted: the position by its name or the code of its unit."""

    position: str
    kind: str
    number: int
    field: str = ""


def add_step(work: Work, document_id: UUID, version: int, wanted: NewStep) -> Step:
    """Add a step while the document has not started; faults name the field of the form."""
    document = _prepared(work, document_id, version)
    steps = steps_of(work, document_id)
    if len(steps) >= MOST_STEPS:
        raise ConflictError(_("Paling banyak %s langkah.") % MOST_STEPS)
    if wanted.kind not in (PARAF, SIGN):
        raise _at("kind", _("Pilih paraf atau tanda tangan."))
    if not 1 <= wanted.number <= 99:
        raise _at("number", _("Urutan dari 1 sampai 99."))
    position_id = position_named(work, wanted.position, work.today)
    title = signer_of(work, position_id, work.today).title
    field: str | None = None
    if wanted.kind == SIGN:
        free = free_fields(work, document_id)
        field = wanted.field or (free[0] if free else "")
        if field not in free:
            raise _at("field", _("Tidak ada tempat tanda tangan yang masih kosong."))
    step = Step(
        document_id=document.id,
        number=wanted.number,
        kind=wanted.kind,
        position_id=position_id,
        title=title,
        field=field,
    )
    work.session.add(step)
    work.audit("esign.step.added", ref_of(document), position=title, kind=wanted.kind)
    return step


def remove_step(work: Work, document_id: UUID, version: int, step_id: UUID) -> None:
    """Take a step away while the document has not started."""
    document = _prepared(work, document_id, version)
    step = work.session.get(Step, step_id)
    if step is None or step.document_id != document.id:
        raise ConflictError(_("Langkah itu sudah tidak ada; muat ulang halaman."))
    work.session.delete(step)
    work.audit("esign.step.removed", ref_of(document), position=step.title, kind=step.kind)


def start(work: Work, document_id: UUID, version: int) -> Document:
    """Send the document on its way: the first group's turn begins.

    Raises ConflictError without a signature among the steps, or while a place has nobody.
    """
    document = _prepared(work, document_id, version)
    steps = steps_of(work, document_id)
    if not any(step.kind == SIGN for step in steps):
        raise ConflictError(_("Tambahkan dahulu sedikitnya satu penanda tangan."))
    if left := free_fields(work, document_id):
        raise ConflictError(
            _("Tempat %(fields)s belum punya penanda tangan."),
            advice=_("Tambahkan penanda tangannya, atau ubah tempatnya."),
            fields=", ".join(left),
        )
    document.state, document.current_sha256 = RUNNING, document.prepared_sha256
    document.started_at = work.now
    advance(work, document, steps)
    work.audit("esign.document.started", ref_of(document), steps=len(steps))
    return document


def recall(work: Work, document_id: UUID, version: int, reason: str) -> Document:
    """Take a running document back, saying why; signatures made so far are worth nothing more."""
    document = changing(work, document_id, version)
    if document.state != RUNNING:
        raise ConflictError(_("Dokumen ini tidak sedang berjalan."))
    if document.signing_until is not None and document.signing_until > work.now:
        raise ConflictError(_("Dokumen ini sedang ditandatangani; coba lagi sebentar lagi."))
    document.state, document.reason = RECALLED, said(reason)
    document.ended_at = work.now
    for step in steps_of(work, document_id):
        if step.state == "open":
            step.state = "waiting"
    work.audit("esign.document.recalled", ref_of(document), reason=document.reason)
    return document


def advance(work: Work, document: Document, steps: Sequence[Step]) -> None:
    """Open the group whose turn it is, or end the document when its steps have ended."""
    links = [Link(step.number, step.state) for step in steps]  # type: ignore[arg-type]  # checked by the table
    for step, link in zip(steps, opened(links), strict=True):
        if link.state == "open" and step.state != "open":
            step.opened_at = work.now
        step.state = link.state
    state = state_of(links)
    if state != "running":
        document.state = DONE if state == "done" else REFUSED
        document.ended_at = work.now


def steps_of(view: View, document_id: UUID) -> Sequence[Step]:
    """The steps of a document in their order."""
    query = select(Step).where(Step.document_id == document_id).order_by(Step.number, Step.id)
    return view.session.scalars(query).all()


def free_fields(view: View, document_id: UUID) -> list[str]:
    """Signature fields of a document that no step has yet, from the top of the first page on."""
    taken = select(Step.field).where(Step.document_id == document_id, Step.field.is_not(None))
    query = select(PlaceRow.field).where(
        PlaceRow.document_id == document_id, PlaceRow.field.not_in(taken)
    )
    order = (PlaceRow.page, PlaceRow.top.desc(), PlaceRow.left, PlaceRow.id)
    return list(view.session.scalars(query.order_by(*order)))


def said(text: str) -> str:
    """A reason as it is kept; InvalidInputError for none, or one that is too long."""
    words = text.strip()
    if not words:
        raise _at("reason", _("Tulis alasannya."))
    if len(words) > NOTE:
        raise _at("reason", _("Paling banyak %s huruf.") % NOTE)
    return words


def _prepared(work: Work, document_id: UUID, version: int) -> Document:
    document = changing(work, document_id, version)
    if document.state != PREPARED:
        raise ConflictError(_("Langkah hanya dapat diatur pada dokumen yang sudah disiapkan."))
    return document


def _at(field: str, sentence: str) -> InvalidInputError:
    return InvalidInputError(sentence, fields=[FieldError(field, sentence)])
