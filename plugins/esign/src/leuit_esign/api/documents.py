"""Documents for programs: bring a PDF, follow it, take back what runs, fetch the file."""

import datetime as dt
from typing import Literal, get_args
from uuid import UUID

import attrs

from leuit.values import FieldError, InvalidInputError, _
from leuit.web import (
    Request,
    Response,
    Upload,
    cursor_after,
    cursor_page,
    file_answer,
    json_answer,
    wrong_cursor,
)
from leuit_esign.models import Document
from leuit_esign.service.acting import readable
from leuit_esign.service.documents import bring, receive
from leuit_esign.service.listing import newest_sha256, own_documents
from leuit_esign.service.passing import recall

from .values import answer_of, changed, told

State = Literal[
    "",
    "draft",
    "prepared",
    "running",
    "done",
    "refused",
    "recalled",
    "expired",
    "superseded",
    "revoked",
]


@attrs.frozen
class NewDocumentForm:
    """A PDF and its title (at most 200 characters)."""

    title: str
    file: Upload


@attrs.frozen
class DocumentsQuery:
    """`limit` documents (1 to 200) of a state, empty for all, after `cursor`."""

    state: State = ""
    cursor: str = ""
    limit: int = 50


@attrs.frozen
class RecallBody:
    """The version that was read, and why the document is taken back (at most 500 characters)."""

    version: int
    reason: str


@attrs.frozen
class DocumentLine:
    """A document in the list."""

    id: UUID
    code: str
    title: str
    state: str
    version: int
    number: str
    created_at: dt.datetime
    started_at: dt.datetime | None
    due_at: dt.datetime | None
    ended_at: dt.datetime | None


@attrs.frozen
class DocumentsAnswer:
    """A page of documents, the newest first; `next` is the cursor of the one after, or null."""

    items: list[DocumentLine]
    next: str | None


def create(request: Request) -> Response:
    """Take a PDF in."""
    sent = request.decode_form(NewDocumentForm)
    received = receive(request.app, sent.file.data, sent.file.filename)
    with request.change() as work:
        document = bring(work, sent.title, received)
        work.session.flush()
        answer = answer_of(work, document)
    return told(answer, 201)


def list_own(request: Request) -> Response:
    """The asker's own documents."""
    state = request.query.get("state", "")
    if state not in get_args(State):
        sentence = _("Keadaan dokumen itu tidak dikenal.")
        raise InvalidInputError(sentence, fields=[FieldError("state", sentence, "unknown")])
    cursor, limit = cursor_page(request, 2)
    after = _place_in_list(*cursor) if cursor else None
    with request.read() as view:
        rows, more = own_documents(view, state, after, limit)
    names = [field.name for field in attrs.fields(DocumentLine)]
    lines = [DocumentLine(**{name: getattr(row, name) for name in names}) for row in rows]
    return json_answer(DocumentsAnswer(lines, _cursor_of(rows[-1]) if more else None))


def show(request: Request) -> Response:
    """One document, to its owner and to those whose turn has come."""
    with request.read() as view:
        answer = answer_of(view, readable(view, request.params["document_id"]))
    return told(answer)


def take_back(request: Request) -> Response:
    """Recall a running document."""
    sent = request.decode(RecallBody)
    document_id = request.params["document_id"]
    return changed(request, lambda work: recall(work, document_id, sent.version, sent.reason))


def download(request: Request) -> Response:
    """The PDF as it stands; its SHA-256 is the ETag."""
    with request.read() as view:
        document = readable(view, request.params["document_id"])
    newest = newest_sha256(document)
    answer = file_answer(request.app.blobs.get(newest), f"{document.title}.pdf", "application/pdf")
    answer.headers["ETag"] = f'"{newest}"'
    return answer


def _cursor_of(row: Document) -> str:
    return cursor_after(row.created_at.isoformat(), str(row.id))


def _place_in_list(at: str, last: str) -> tuple[dt.datetime, UUID]:
    try:
        return dt.datetime.fromisoformat(at).astimezone(dt.UTC), UUID(last)
    except (ValueError, OverflowError):
        raise wrong_cursor() from None
