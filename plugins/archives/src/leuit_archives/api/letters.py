"""Letters in for programs: their file brought, registered, listed, read, mended, passed on."""

import datetime as dt
from typing import Literal
from uuid import UUID

import attrs

from leuit.values import NotFoundError, _
from leuit.web import Request, Response, Upload, cursor_after, cursor_page, file_answer
from leuit.work import View
from leuit_archives.models import LetterFile
from leuit_archives.permissions import REGISTER
from leuit_archives.rules.secrecy import SECRET_FROM
from leuit_archives.service.brought_files import brought_file, keep_file
from leuit_archives.service.disposition_sheet import draw_sheet
from leuit_archives.service.letter_access import find_letter, ref_of
from leuit_archives.service.letter_list import LetterFilter, letters
from leuit_archives.service.letter_reading import is_unread, note_read
from leuit_archives.service.letter_registering import register_brought
from leuit_archives.service.letter_uploads import receive_upload
from leuit_archives.service.letters_in import (
    Incoming,
    add_letter_file,
    files_of,
    revise_letter,
    send_letter,
)

from .letters_values import (
    ADDRESS,
    brought_answer,
    changed,
    letter_answer,
    letter_told,
    turns_answer,
)
from .values import each, id_of, told


@attrs.frozen
class BroughtForm:
    """The letter's file, for the agenda of a unit."""

    unit_id: UUID
    file: Upload


@attrs.frozen
class LetterFileForm:
    """A further file of a letter that was not passed on yet."""

    file: Upload


@attrs.frozen(kw_only=True)
class LetterBody:
    """What is written down of a letter. `secrecy` and `urgency` are codes of the editions of today;
    posts are titles, `title · unit code`, codes of units that they head, or ids.
    """

    sender: str
    subject: str
    received_on: dt.date
    secrecy: str
    to: list[str]
    copies: list[str] = attrs.field(factory=list)
    number: str = ""
    dated: dt.date | None = None
    kind: str = ""
    attached: str = ""
    urgency: str = ""


@attrs.frozen(kw_only=True)
class NewLetterBody(LetterBody):
    """A letter for the agenda of a unit; the same `key` again gives the first one.

    `file_id` is a file that was brought, null for a letter on paper only. `again` registers one
    whose number and date the unit has already. `send` passes it on at once.
    """

    key: UUID
    unit_id: UUID
    file_id: UUID | None = None
    again: bool = False
    send: bool = False


@attrs.frozen(kw_only=True)
class RevisedLetterBody(LetterBody):
    """The version that was read, the whole data anew, and why: required once it was passed on."""

    version: int
    reason: str = ""


@attrs.frozen
class LetterVersion:
    """The version that was read."""

    version: int


@attrs.frozen
class LettersQuery:
    """`limit` letters (1 to 200) after `cursor`; the others narrow the list where they are given.

    `waiting` is the name of a tile: letters that wait for the asker's posts. `text` is looked for
    in number, subject and sender.
    """

    waiting: Literal[
        "",
        "unread",
        "unsettled",
        "dispositions",
        "open-dispositions",
        "copies",
        "to-sign",
        "signed-unsent",
        "to-verify",
    ] = ""
    direction: Literal["", "in", "out"] = ""
    state: Literal["", "registered", "draft", "review", "signing", "signed", "sent", "void"] = ""
    unit: UUID | None = None
    year: int = 0
    text: str = ""
    cursor: str = ""
    limit: int = 50


@attrs.frozen
class LetterLine:
    """A letter in the list; `grade` is 1 (open) to 4 (top secret)."""

    id: UUID
    direction: str
    state: str
    unit_id: UUID
    agenda: int | None
    number: str
    subject: str
    sender: str
    dated: dt.date | None
    received_on: dt.date | None
    created_at: dt.datetime
    grade: int
    urgency: str


@attrs.frozen
class LetterLines:
    """A page of letters, the newest first; `next` is the cursor of the one after, or null."""

    items: list[LetterLine]
    next: str | None


def bring(request: Request) -> Response:
    """Read the file of a letter that is to be registered."""
    sent = request.decode_form(BroughtForm)
    with request.read() as view:
        view.require(REGISTER, sent.unit_id)
    received = receive_upload(request.app, sent.file.filename, sent.file.data)
    with request.change() as work:
        answer = brought_answer(keep_file(work, sent.unit_id, received.file, received.reading))
    response = told(answer, 201)
    response.headers["Location"] = f"{ADDRESS}/files/{answer.id}"
    return response


def show_brought(request: Request) -> Response:
    """A file that the asker brought."""
    with request.read() as view:
        answer = brought_answer(brought_file(view, request.params["file_id"]))
    return told(answer)


def list_letters(request: Request) -> Response:
    """Letters in and out that the asker may read."""
    query = request.decode_query(LettersQuery)
    cursor, limit = cursor_page(request, 1)
    wanted = LetterFilter(
        direction=query.direction,
        year=query.year or None,
        unit_id=query.unit,
        state=query.state,
        text=query.text[:100],
        waiting=query.waiting,
    )
    before = id_of(cursor[0]) if cursor else None
    with request.read() as view:
        rows = letters(view, wanted, limit + 1, before=before)
    lines = each(LetterLine, rows[:limit])
    more = cursor_after(str(lines[-1].id)) if len(rows) > limit else None
    return told(LetterLines(lines, more))


def register(request: Request) -> Response:
    """Write a letter into the agenda."""
    sent = request.decode(NewLetterBody)
    return changed(
        request,
        lambda work: register_brought(
            work,
            sent.unit_id,
            _incoming(sent),
            key=sent.key,
            file_id=sent.file_id,
            again=sent.again,
            send=sent.send,
        ),
        201,
    )


def show(request: Request) -> Response:
    """One letter; that a post of the asker's has read it now is recorded, as on its page."""
    letter_id = _id(request)
    with request.read() as view:
        find_letter(view, letter_id)
        unread = is_unread(view, letter_id)
    if unread:
        with request.change() as work:
            note_read(work, letter_id)
    with request.read() as view:
        letter = find_letter(view, letter_id)
        if letter.secrecy >= SECRET_FROM:
            view.note_access(ref_of(letter), fields=["letter"])
        answer = letter_answer(view, letter)
    return letter_told(answer)


def show_turns(request: Request) -> Response:
    """What the asker may do with it, and to whom he may hand it."""
    with request.read() as view:
        answer = turns_answer(view, find_letter(view, _id(request)))
    return told(answer)


def mend(request: Request) -> Response:
    """Mend what was written down."""
    sent = request.decode(RevisedLetterBody)
    return changed(
        request,
        lambda work: revise_letter(work, _id(request), _incoming(sent), sent.version, sent.reason),
    )


def send(request: Request) -> Response:
    """Pass it on to its addressees."""
    sent = request.decode(LetterVersion)
    return changed(request, lambda work: send_letter(work, _id(request), sent.version))


def attach(request: Request) -> Response:
    """Put a further file beside it."""
    sent = request.decode_form(LetterFileForm)
    with request.read() as view:
        view.require(REGISTER, find_letter(view, _id(request)).unit_id)
    received = receive_upload(request.app, sent.file.filename, sent.file.data)
    return changed(
        request,
        lambda work: add_letter_file(work, _id(request), received.file, received.reading.pages),
    )


def download(request: Request) -> Response:
    """One of its files as it came; that somebody reads a secret one is noted."""
    with request.read() as view:
        file = _file(view, _id(request), request.params["place"])
    return file_answer(request.app.blobs.get(file.sha256), file.name, "application/octet-stream")


def print_sheet(request: Request) -> Response:
    """The sheet of its dispositions."""
    pdf, name = draw_sheet(request.app, request.identity, _id(request))
    return file_answer(pdf, name, "application/pdf")


def _file(view: View, letter_id: UUID, place: int) -> LetterFile:
    letter = find_letter(view, letter_id)
    for file in files_of(view, letter.id):
        if file.place == place:
            if letter.secrecy >= SECRET_FROM:
                view.note_access(ref_of(letter), fields=["file"], sha256=file.sha256)
            return file
    raise NotFoundError(_("Berkas itu tidak ada."))


def _incoming(sent: LetterBody) -> Incoming:
    return Incoming(
        sender=sent.sender,
        subject=sent.subject,
        received_on=sent.received_on,
        secrecy=sent.secrecy,
        to=tuple(sent.to),
        number=sent.number,
        dated=sent.dated,
        kind=sent.kind,
        attached=sent.attached,
        urgency=sent.urgency,
        copies=tuple(sent.copies),
    )


def _id(request: Request) -> UUID:
    found: UUID = request.params["letter_id"]
    return found
