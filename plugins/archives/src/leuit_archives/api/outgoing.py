"""Letters out for programs: drafted, revised, sent for signature, ended, sent, followed."""

import datetime as dt
from typing import Literal
from uuid import UUID

import attrs

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
from leuit_archives.service.drafting import create, save
from leuit_archives.service.letter_sheets import letter_pdf
from leuit_archives.service.letter_uploads import MOST_OUT, receive_upload
from leuit_archives.service.outgoing_list import GROUPS, outgoing_after
from leuit_archives.service.sending_out import send_letter
from leuit_archives.service.signing import (
    give_paraf,
    send_back,
    send_for_signature,
    sign_by_hand,
    take_back,
    void_letter,
)
from leuit_archives.service.typed_letter import TypedLetter, content_of

from .outgoing_values import OutgoingVersion, answer_of, changed, told
from .values import each


@attrs.frozen(kw_only=True)
class OutgoingBody:
    """What a letter says. Posts are titles, `title · unit code`, codes of units that they head, or
    ids; groups are kinds of units (`kecamatan`, `kelurahan`, `dinas`, `badan`). Empty lines part
    the body; `label : value` makes rows, `1. …` points.
    """

    subject: str
    body: str = ""
    closing: str = ""
    attached: str = ""
    place: str = ""
    to: list[str] = attrs.field(factory=list)
    to_groups: list[str] = attrs.field(factory=list)
    to_outside: list[str] = attrs.field(factory=list)
    copies: list[str] = attrs.field(factory=list)
    copy_groups: list[str] = attrs.field(factory=list)
    copy_outside: list[str] = attrs.field(factory=list)
    urgency: str = ""
    secrecy: str = ""
    class_code: str = ""
    signer: str = ""
    authority: Literal["", "a.n.", "u.b."] = ""
    principal: str = ""
    through: str = ""
    parafs: list[str] = attrs.field(factory=list)
    mode: Literal["electronic", "wet"] = "electronic"


@attrs.frozen(kw_only=True)
class NewOutgoingBody(OutgoingBody):
    """A new letter of a kind by a unit; the same `key` again gives the first one."""

    key: UUID
    unit_id: UUID
    kind: str
    reply_to_id: UUID | None = None


@attrs.frozen(kw_only=True)
class RevisedOutgoingBody(OutgoingBody):
    """The version that was read, the whole letter anew, and a note on the change."""

    version: int
    note: str = ""


@attrs.frozen
class OutgoingReasonBody:
    """The version that was read, and why."""

    version: int
    reason: str


@attrs.frozen
class OutgoingSendBody:
    """The version that was read, and how it goes to those outside."""

    version: int
    carried: str = ""


@attrs.frozen
class OutgoingParafBody:
    """A step of the asker's: his paraf with a note, or with `back` the letter back and why."""

    step_id: UUID
    note: str = ""
    back: bool = False


@attrs.frozen
class OutgoingScanForm:
    """The letter as it was signed on paper, as PDF."""

    version: str
    file: Upload


@attrs.frozen
class OutgoingQuery:
    """`limit` letters (1 to 200) of a group, all if empty, after `cursor`."""

    show: Literal["", "open", "moving", "signed", "sent", "void"] = ""
    cursor: str = ""
    limit: int = 50


@attrs.frozen
class OutgoingLine:
    """A letter in the list."""

    id: UUID
    state: str
    kind: str
    unit_id: UUID
    number: str
    dated: dt.date | None
    subject: str
    version: int
    created_at: dt.datetime


@attrs.frozen
class OutgoingLines:
    """A page of letters, the newest first; `next` is the cursor of the one after, or null."""

    items: list[OutgoingLine]
    next: str | None


def list_letters(request: Request) -> Response:
    """Letters out that the asker may read."""
    show = request.decode_query(OutgoingQuery).show
    cursor, limit = cursor_page(request, 2)
    after = _place(*cursor) if cursor else None
    with request.read() as view:
        rows = outgoing_after(view, show if show in GROUPS else "", after, limit + 1)
    lines = each(OutgoingLine, rows[:limit])
    more = len(rows) > limit
    last = rows[limit - 1] if more else None
    following = cursor_after(last.created_at.isoformat(), str(last.id)) if last else None
    return json_answer(OutgoingLines(lines, following))


def show(request: Request) -> Response:
    """One letter."""
    with request.read() as view:
        answer = answer_of(view, _id(request))
    return told(answer)


def draft(request: Request) -> Response:
    """Begin a letter."""
    sent = request.decode(NewOutgoingBody)
    return changed(
        request,
        lambda work: create(
            work,
            sent.key,
            sent.unit_id,
            sent.kind,
            content_of(work, _typed(sent)),
            sent.reply_to_id,
        ),
        201,
    )


def revise(request: Request) -> Response:
    """Write a letter anew, as its next version."""
    sent = request.decode(RevisedOutgoingBody)
    return changed(
        request,
        lambda work: save(
            work, _id(request), sent.version, content_of(work, _typed(sent)), sent.note
        ),
    )


def start(request: Request) -> Response:
    """Send it for parafs and signature."""
    sent = request.decode(OutgoingVersion)
    return changed(request, lambda work: send_for_signature(work, _id(request), sent.version))


def paraf(request: Request) -> Response:
    """The asker's paraf, or the letter back to its writer."""
    sent = request.decode(OutgoingParafBody)
    act = send_back if sent.back else give_paraf
    return changed(request, lambda work: act(work, _id(request), sent.step_id, sent.note))


def scan(request: Request) -> Response:
    """The letter as it was signed on paper."""
    sent = request.decode_form(OutgoingScanForm)
    version = int(sent.version) if sent.version.isascii() and sent.version.isdigit() else 0
    received = receive_upload(request.app, sent.file.filename, sent.file.data, MOST_OUT)
    file, pages = received.file, received.reading.pages
    return changed(request, lambda work: sign_by_hand(work, _id(request), version, file, pages))


def recall(request: Request) -> Response:
    """Take it back to change it."""
    sent = request.decode(OutgoingReasonBody)
    return changed(request, lambda work: take_back(work, _id(request), sent.version, sent.reason))


def void(request: Request) -> Response:
    """End it."""
    sent = request.decode(OutgoingReasonBody)
    return changed(request, lambda work: void_letter(work, _id(request), sent.version, sent.reason))


def send(request: Request) -> Response:
    """Send it to everybody."""
    sent = request.decode(OutgoingSendBody)
    return changed(
        request, lambda work: send_letter(work, _id(request), sent.version, sent.carried)
    )


def download(request: Request) -> Response:
    """The letter's PDF: signed where it is."""
    pdf, name = letter_pdf(request.app, request.identity, _id(request))
    return file_answer(pdf, name, "application/pdf")


def _id(request: Request) -> UUID:
    found: UUID = request.params["outgoing_id"]
    return found


def _typed(sent: OutgoingBody) -> TypedLetter:
    return TypedLetter(
        subject=sent.subject,
        body=sent.body,
        closing=sent.closing,
        attached=sent.attached,
        place=sent.place,
        to=tuple(sent.to),
        to_groups=tuple(sent.to_groups),
        to_outside="\n".join(sent.to_outside),
        copies=tuple(sent.copies),
        copy_groups=tuple(sent.copy_groups),
        copy_outside="\n".join(sent.copy_outside),
        urgency=sent.urgency,
        secrecy=sent.secrecy,
        class_code=sent.class_code,
        signer=sent.signer,
        authority=sent.authority,
        principal=sent.principal,
        through=sent.through,
        parafs=tuple(sent.parafs),
        mode=sent.mode,
    )


def _place(at: str, last: str) -> tuple[dt.datetime, UUID]:
    try:
        return dt.datetime.fromisoformat(at).astimezone(dt.UTC), UUID(last)
    except (ValueError, OverflowError):
        raise wrong_cursor() from None
