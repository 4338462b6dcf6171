"""When the archive destroys a signed document lawfully, its file and earlier versions are let go.

The rows stay, with the hashes by which a copy can still be compared. What is not finished here is
not let go, whatever the archive says.
"""

from sqlalchemy import select

from leuit.contracts import RecordEnded
from leuit.work import JobContext, release_file
from leuit_esign.models import DONE, REVOKED, SUPERSEDED, Document, Step

from .documents import ref_of

OWNER = "esign"
RELEASED = "esign.document.released"


def record_ended(context: JobContext, event: RecordEnded) -> None:
    """Release every version of the documents that end in this file."""
    with context.change() as work:
        documents = work.session.scalars(
            select(Document).where(Document.current_sha256 == event.sha256).with_for_update()
        ).all()
        if not documents or {one.state for one in documents} - {DONE, SUPERSEDED, REVOKED}:
            return
        for document in documents:
            steps = work.session.scalars(
                select(Step.result_sha256).where(Step.document_id == document.id)
            )
            versions = {document.source_sha256, document.pdf_sha256, event.sha256, *steps}
            for sha256 in sorted(one for one in versions if one):
                release_file(work, sha256, OWNER)
            work.audit(RELEASED, ref_of(document), disposal=event.disposal)
