"""A signed recap is filed as a record of its unit, where some service files records.

Each signed version is a record of its own: what was signed stays, also after a newer one.
"""

from uuid import UUID

from sqlalchemy import select

from leuit.builtin.filing import ask_for_the_rest, ask_to_file, hand_over
from leuit.contracts import ArchiveRequest
from leuit.identity import Unit
from leuit.values import _
from leuit.work import JobContext, Work
from leuit_attendance.models import BY_HAND, SIGNED, RecapDocument

from .recap_names import REF_KIND, ref_of

FILE_JOB = "attendance.recap.file"
FILED = "attendance.recap.filed"
REST_JOB = "attendance.recap.file_rest"


def ask_to_file_recap(work: Work, row: RecapDocument) -> None:
    """Leave a job behind that files a recap which was just signed."""
    ask_to_file(work, FILE_JOB, document_id=str(row.id))


def file_recap(context: JobContext) -> None:
    """Hand a signed recap over, once; it tells of people's absences, so it is not for everybody."""
    with context.change() as work:
        row = work.session.scalars(
            select(RecapDocument)
            .where(RecapDocument.id == UUID(context.args["document_id"]))
            .with_for_update()
        ).one_or_none()
        if row is None or row.state not in (SIGNED, BY_HAND):
            return
        ref = ref_of(row, work.session.get_one(Unit, row.unit_id))
        version = str(_("naskah %s") % row.number)
        sha256, signed_on = row.signed_sha256, row.signed_on
        assert sha256 is not None  # of a version that was signed
        assert signed_on is not None
        request = ArchiveRequest(
            key=f"{REF_KIND}:{row.id}",
            ref=ref,
            title=ref.label if row.number == 1 else f"{ref.label}, {version}",
            sha256=sha256,
            date=signed_on,
            unit_id=row.unit_id,
            signed=True,
            secrecy="limited",
        )
        hand_over(work, row, request, FILED)


def file_the_rest(context: JobContext) -> None:
    """Ask for recaps that were signed before anybody filed."""
    rows = select(RecapDocument.id).where(
        RecapDocument.state.in_((SIGNED, BY_HAND)), RecapDocument.filed_id == ""
    )
    ask_for_the_rest(context, FILE_JOB, "document_id", rows)
