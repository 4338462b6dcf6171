"""What the service that signs tells of recap documents; told twice, it is done once.

A telling counts while its version waits, and for the round it was asked in: an earlier round may
still be told of when the document was sent anew.
"""

from uuid import UUID

from sqlalchemy import select

from leuit.contracts import DocumentSigned, SigningEnded
from leuit.identity import Unit
from leuit.values import local_day
from leuit.work import JobContext, Work
from leuit_attendance.models import ENDED, SIGNED, WAITING, RecapDocument
from leuit_attendance.models.documents import REASON

from .recap_claims import ask_for_payment
from .recap_documents import key_of
from .recap_filing import ask_to_file_recap
from .recap_names import REF_KIND, ref_of


def document_signed(context: JobContext, event: DocumentSigned) -> None:
    """The head has signed: keep the signed file's hash."""
    if event.ref.kind != REF_KIND:
        return
    with context.change() as work:
        row = _waiting(work, event)
        if row is None:
            return
        row.state, row.signed_sha256, row.ended_at = SIGNED, event.sha256, event.at
        row.signed_on = local_day(event.at, work.app.zone)
        row.version += 1
        ask_for_payment(work, row)
        ask_to_file_recap(work, row)
        ref = ref_of(row, work.session.get_one(Unit, row.unit_id))
        work.audit("attendance.recap.signed", ref, sha256=event.sha256, at=event.at.isoformat())


def signing_ended(context: JobContext, event: SigningEnded) -> None:
    """There will be no signature: keep why, and open the other ways again."""
    if event.ref.kind != REF_KIND:
        return
    with context.change() as work:
        row = _waiting(work, event)
        if row is None:
            return
        row.state, row.outcome, row.ended_at = ENDED, event.outcome, event.at
        row.reason = event.reason[:REASON]
        row.version += 1
        ref = ref_of(row, work.session.get_one(Unit, row.unit_id))
        work.audit("attendance.recap.unsigned", ref, outcome=event.outcome, reason=row.reason)


def _waiting(work: Work, event: DocumentSigned | SigningEnded) -> RecapDocument | None:
    row = work.session.scalars(
        select(RecapDocument).where(RecapDocument.id == UUID(event.ref.id)).with_for_update()
    ).one_or_none()
    if row is None or row.state != WAITING or key_of(row) != event.key:
        return None
    return row
