"""What the clock does to documents: reminding before the deadline, ending after it."""

import datetime as dt
from uuid import UUID

from sqlalchemy import exists, or_, select

from leuit.values import _
from leuit.work import JobContext, Work
from leuit_esign.models import EXPIRED, RUNNING, Document, Step

from .documents import ref_of
from .passing import REMIND_AGAIN, remind_open
from .progress import stop

BEFORE = dt.timedelta(days=1)
AT_ONCE = 500
"""Documents that one run looks at; the next run, minutes later, takes the rest."""


def watch(context: JobContext) -> None:
    """End documents whose time is over, and remind of those that are due within a day."""
    now = context.now()
    with context.read() as view:
        over = view.session.scalars(
            select(Document.id)
            .where(Document.state == RUNNING, Document.expires, Document.due_at <= now)
            .order_by(Document.due_at)
            .limit(AT_ONCE)
        ).all()
        waiting = exists().where(
            Step.document_id == Document.id,
            Step.state == "open",
            or_(Step.reminded_at.is_(None), Step.reminded_at <= now - REMIND_AGAIN),
        )
        due = view.session.scalars(
            select(Document.id)
            .where(
                Document.state == RUNNING,
                Document.due_at > now,
                Document.due_at <= now + BEFORE,
                waiting,
            )
            .order_by(Document.due_at)
            .limit(AT_ONCE)
        ).all()
    for document_id in over:
        with context.change() as work:
            _expire(work, document_id)
    for document_id in due:
        with context.change() as work:
            _remind(work, document_id)


def _expire(work: Work, document_id: UUID) -> None:
    """End one document, unless somebody is signing it just now: then the next run looks again."""
    document = work.session.get_one(Document, document_id, with_for_update=True)
    signing = document.signing_until is not None and document.signing_until > work.now
    due = document.due_at is not None and document.due_at <= work.now
    if document.state != RUNNING or not document.expires or not due or signing:
        return
    document.version += 1
    stop(work, document, EXPIRED, _("Tenggatnya lewat sebelum selesai ditandatangani."))
    work.audit("esign.document.expired", ref_of(document), due_at=document.due_at)


def _remind(work: Work, document_id: UUID) -> None:
    document = work.session.get_one(Document, document_id, with_for_update=True)
    if document.state == RUNNING:
        remind_open(work, document)
