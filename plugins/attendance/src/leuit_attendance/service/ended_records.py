"""When the archive destroys a signed recap lawfully, its files are let go; the row stays.

A recap by which a claim is still being paid is not let go.
"""

from sqlalchemy import select

from leuit.contracts import PAYMENT_REPLACED, RecordEnded
from leuit.identity import Unit
from leuit.work import JobContext, release_file
from leuit_attendance.models import RecapDocument

from .recap_names import REF_KIND, ref_of

OWNER = "attendance"
RELEASED = "attendance.recap.released"
_SETTLED = ("", "paid", "refused", PAYMENT_REPLACED)


def record_ended(context: JobContext, event: RecordEnded) -> None:
    """Release what a recap was drawn and signed as."""
    if event.ref.kind != REF_KIND:
        return
    with context.change() as work:
        row = work.session.scalars(
            select(RecapDocument)
            .where(RecapDocument.filed_id != "", RecapDocument.signed_sha256 == event.sha256)
            .with_for_update()
        ).one_or_none()
        if row is None or row.claim_state not in _SETTLED:
            return
        for sha256 in sorted(
            one for one in {row.sha256, row.electronic_sha256, row.signed_sha256} if one
        ):
            release_file(work, sha256, OWNER)
        unit = work.session.get_one(Unit, row.unit_id)
        work.audit(RELEASED, ref_of(row, unit), disposal=event.disposal)
