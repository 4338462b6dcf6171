"""The steps of a document, as its owner sets them before it is sent."""

from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.organisation import holder_of, position_named
from leuit.values import ConflictError, _, one_line
from leuit.work import View, Work
from leuit_esign.models import FOR_SIGNATURE, PARAF, PREPARED, SIGN, Document, PlaceRow, Step

from .documents import changing, ref_of
from .faults import fault_at

MOST_STEPS = 40
NOTE = 500


@attrs.frozen
class NewStep:
    """A step that is wanted: the position as `position_named` takes it."""

    position: str
    kind: str
    number: int
    field: str = ""


def add_step(work: Work, document_id: UUID, version: int, wanted: NewStep) -> Step:
    """Add a step while the document has not started; faults name the field of the form."""
    document = prepared(work, document_id, version)
    steps = steps_of(work, document_id)
    if len(steps) >= MOST_STEPS:
        raise ConflictError(_("Paling banyak %s langkah.") % MOST_STEPS)
    if wanted.kind not in (PARAF, SIGN):
        raise fault_at("kind", _("Pilih paraf atau tanda tangan."))
    if not 1 <= wanted.number <= 99:
        raise fault_at("number", _("Urutan dari 1 sampai 99."))
    position_id = position_named(work, wanted.position, work.today)
    title = holder_of(work, position_id, work.today).title
    field: str | None = None
    if wanted.kind == SIGN:
        free = free_fields(work, document_id)
        field = wanted.field or (free[0] if free else "")
        if field not in free:
            raise fault_at("field", _("Tidak ada tempat tanda tangan yang masih kosong."))
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
    document = prepared(work, document_id, version)
    step = work.session.get(Step, step_id)
    if step is None or step.document_id != document.id:
        raise ConflictError(_("Langkah itu sudah tidak ada; muat ulang halaman."))
    work.session.delete(step)
    work.audit("esign.step.removed", ref_of(document), position=step.title, kind=step.kind)


def steps_of(view: View, document_id: UUID) -> Sequence[Step]:
    """The steps of a document in their order."""
    query = select(Step).where(Step.document_id == document_id).order_by(Step.number, Step.id)
    return view.session.scalars(query).all()


def free_fields(view: View, document_id: UUID) -> list[str]:
    """Signature fields of a document that no step has yet, from the top of the first page on."""
    taken = select(Step.field).where(Step.document_id == document_id, Step.field.is_not(None))
    query = select(PlaceRow.field).where(
        PlaceRow.document_id == document_id,
        PlaceRow.purpose == FOR_SIGNATURE,
        PlaceRow.field.not_in(taken),
    )
    order = (PlaceRow.page, PlaceRow.top.desc(), PlaceRow.left, PlaceRow.id)
    return list(view.session.scalars(query.order_by(*order)))


def said(text: str) -> str:
    """A reason as it is kept; InvalidInputError for none, or one that is too long."""
    words = one_line(text)
    if not words:
        raise fault_at("reason", _("Tulis alasannya."))
    if len(words) > NOTE:
        raise fault_at("reason", _("Paling banyak %s huruf.") % NOTE)
    return words


def prepared(work: Work, document_id: UUID, version: int) -> Document:
    """The document, locked, while it waits for its signers to be chosen; else ConflictError."""
    document = changing(work, document_id, version)
    if document.state != PREPARED:
        raise ConflictError(_("Langkah hanya dapat diatur pada dokumen yang sudah disiapkan."))
    return document
