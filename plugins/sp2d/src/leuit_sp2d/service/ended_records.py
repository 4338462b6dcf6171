"""When the archive destroys a paper of a payment lawfully, its files are let go.

The rows stay, with number, amount and hashes. The paper of a payment that is still under way is not
let go: the archive tells so beside its record.
"""

from uuid import UUID

from sqlalchemy import select

from leuit.contracts import RecordEnded
from leuit.work import JobContext, release_file
from leuit_sp2d.models import Paper, Payment
from leuit_sp2d.rules.chain import CANCELLED, PAID

from .paper_content import STEPS
from .papers import paper_ref

OWNER = "sp2d"
RELEASED = "sp2d.paper.released"


def record_ended(context: JobContext, event: RecordEnded) -> None:
    """Release what a paper was drawn and signed as."""
    if event.ref.kind not in {f"sp2d.{kind.lower()}" for kind in STEPS}:
        return
    with context.change() as work:
        paper = work.session.scalars(
            select(Paper).where(Paper.id == UUID(event.ref.id)).with_for_update()
        ).one_or_none()
        if paper is None or event.sha256 not in (paper.sha256, paper.signed_sha256):
            return
        payment = work.session.get_one(Payment, paper.payment_id)
        if payment.state not in (PAID, CANCELLED):
            return
        for sha256 in sorted({paper.sha256, paper.signed_sha256} - {"", None}):
            release_file(work, sha256, OWNER)
        work.audit(RELEASED, paper_ref(paper), disposal=event.disposal)
