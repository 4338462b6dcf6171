"""What happens to a document on its way, beside acting on it: handed on, reminded of, recalled.

And afterwards: revoked by who signed it last.
"""

import datetime as dt
from uuid import UUID

from sqlalchemy import select

from leuit.builtin.organisation import holder_of, position_named
from leuit.identity import Position, UnitClosure, holds_on
from leuit.values import ConflictError, PermissionDeniedError, _
from leuit.work import View, Work
from leuit_esign.models import (
    DONE,
    DRAFT,
    PREPARED,
    RECALLED,
    REVOKED,
    RUNNING,
    SIGN,
    Document,
    Handing,
    Step,
)

from .chain import said, steps_of
from .documents import changing, document_of, locked, ref_of
from .faults import fault_at
from .progress import stop
from .sending import last_signers
from .turn import decided_posts

REMIND_AGAIN = dt.timedelta(hours=20)
"""About once a working day, whatever the hour."""


def hand_on(work: Work, document: Document, step: Step, position: str, note: str) -> Step:
    """Give the reader's step to another position, which acts in his place.

    A paraf may go to any position. A signature goes to the head of a unit above, who signs by his
    own authority: nobody gains any by being handed a letter. A mandate needs no handing on, as the
    letter waits for its delegate anyway. Raises InvalidInputError.
    """
    words = said(note)
    target = position_named(work, position, work.today)
    if target == step.position_id:
        raise fault_at("to", _("Langkah ini sudah milik jabatan itu."))
    signer = holder_of(work, target, work.today)
    if step.kind == SIGN and not _is_above(work, target, step.position_id):
        raise fault_at("to", _("Tanda tangan hanya diteruskan kepada kepala unit atau atasannya."))
    handing = Handing(
        step_id=step.id,
        person_id=work.identity.person_id,
        from_title=step.title,
        to_title=signer.title,
        note=words,
        at=work.now,
    )
    work.session.add(handing)
    step.position_id, step.title = target, signer.title
    step.opened_at, step.reminded_at = work.now, None
    document.version += 1
    work.audit(
        "esign.step.handed",
        ref_of(document),
        from_position=handing.from_title,
        to_position=handing.to_title,
        note=words,
    )
    return step


def remind(work: Work, document_id: UUID) -> int:
    """Remind those whose turn it is, by the owner; returns how many.

    Nobody is reminded of one step more than about once a day.
    """
    document = document_of(work, document_id)
    if document.state != RUNNING:
        raise ConflictError(_("Dokumen ini tidak sedang berjalan."))
    count = remind_open(work, document)
    if not count:
        raise ConflictError(_("Hari ini sudah diingatkan."), advice=_("Ingatkan lagi besok."))
    return count


def to_remind(view: View, document: Document) -> list[Step]:
    """The open steps of which nobody was reminded lately."""
    return [
        step
        for step in steps_of(view, document.id)
        if step.state == "open"
        and (step.reminded_at is None or step.reminded_at <= view.now - REMIND_AGAIN)
    ]


def remind_open(work: Work, document: Document) -> int:
    """Mark the open steps as reminded, of which nobody was reminded lately."""
    reminded = to_remind(work, document)
    for step in reminded:
        step.reminded_at = work.now
        work.audit("esign.step.reminded", ref_of(document), position=step.title)
    return len(reminded)


def recall(work: Work, document_id: UUID, version: int, reason: str) -> Document:
    """Take a document back that is not done, saying why; signatures so far are worth nothing."""
    document = changing(work, document_id, version, asked=True)
    if document.state not in (DRAFT, PREPARED, RUNNING):
        raise ConflictError(_("Dokumen ini sudah berakhir."))
    if document.signing_until is not None and document.signing_until > work.now:
        raise ConflictError(_("Dokumen ini sedang ditandatangani; coba lagi sebentar lagi."))
    stop(work, document, RECALLED, said(reason))
    work.audit("esign.document.recalled", ref_of(document), reason=document.reason)
    return document


def may_revoke(view: View, document: Document) -> bool:
    """Whether the reader decides today for a position that signed the document last."""
    if document.state != DONE:
        return False
    decided = {post.position_id for post in decided_posts(view)}
    return bool(decided & last_signers(steps_of(view, document.id)))


def revoke(work: Work, document_id: UUID, reason: str) -> Document:
    """A signed document no longer holds, by word of a position that signed it last."""
    document = locked(work, document_id)
    if document.state != DONE:
        raise ConflictError(_("Hanya dokumen yang selesai dan berlaku yang dapat dicabut."))
    if not may_revoke(work, document):
        raise PermissionDeniedError(
            _("Dokumen dicabut oleh jabatan yang menandatanganinya terakhir."),
            advice=_("Minta pemegang jabatan itu mencabutnya."),
        )
    document.state, document.reason = REVOKED, said(reason)
    document.version += 1
    work.audit("esign.document.revoked", ref_of(document), reason=document.reason)
    return document


def _is_above(work: Work, target: UUID, position_id: UUID) -> bool:
    """Whether the target heads the unit of the position, or one above it."""
    above = (
        select(Position.id)
        .join(UnitClosure, UnitClosure.ancestor_id == Position.unit_id)
        .where(
            Position.id == target,
            Position.is_head,
            holds_on(UnitClosure.valid_from, UnitClosure.valid_to, work.today),
            UnitClosure.descendant_id
            == select(Position.unit_id).where(Position.id == position_id).scalar_subquery(),
        )
    )
    return work.session.execute(above.limit(1)).first() is not None
