"""A letter that people brought is filed once all have signed it, where some service files records.

What another service asked to be signed is that service's record, and is filed by it. The unit that
made the letter is that of its last signer, as for its number.
"""

from uuid import UUID

from sqlalchemy import select

from leuit.builtin.filing import ask_for_the_rest, ask_to_file, hand_over
from leuit.contracts import ArchiveRequest
from leuit.identity import Position
from leuit.values import local_day
from leuit.work import JobContext, View, Work
from leuit_esign.models import DONE, SIGN, SUPERSEDED, Document

from .chain import steps_of
from .documents import REF_KIND, ref_of

FILE_JOB = "esign.document.file"
FILED = "esign.document.filed"
REST_JOB = "esign.document.file_rest"


def ask_to_file_letter(work: Work, document: Document) -> None:
    """Leave a job behind that files a letter which was just signed by all."""
    if document.asked_key is None:
        ask_to_file(work, FILE_JOB, document_id=str(document.id))


def file_letter(context: JobContext) -> None:
    """Hand a signed letter over, once; one that was revoked meanwhile is not filed."""
    with context.change() as work:
        document = work.session.get_one(
            Document, UUID(context.args["document_id"]), with_for_update=True
        )
        if document.state not in (DONE, SUPERSEDED):
            return
        assert document.current_sha256 is not None  # of a document that is done
        assert document.ended_at is not None
        request = ArchiveRequest(
            key=f"{REF_KIND}:{document.id}",
            ref=ref_of(document),
            title=document.title,
            sha256=document.current_sha256,
            date=local_day(document.ended_at, work.app.zone),
            unit_id=_office(work, document),
            signed=True,
            number=document.number,
        )
        hand_over(work, document, request, FILED)


def file_the_rest(context: JobContext) -> None:
    """Ask for letters that were signed by all before anybody filed."""
    rows = select(Document.id).where(
        Document.state.in_((DONE, SUPERSEDED)),
        Document.asked_key.is_(None),
        Document.filed_id == "",
    )
    ask_for_the_rest(context, FILE_JOB, "document_id", rows)


def _office(view: View, document: Document) -> UUID:
    """The unit of who signed last."""
    signed = [step.position_id for step in steps_of(view, document.id) if step.kind == SIGN]
    return view.session.scalars(select(Position.unit_id).where(Position.id == signed[-1])).one()
