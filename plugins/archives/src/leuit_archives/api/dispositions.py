"""Dispositions for programs: given, handed on, taken back, reported on; letters let be."""

import datetime as dt
from typing import Literal
from uuid import UUID

import attrs

from leuit.web import Request, Response, Upload, file_answer
from leuit.work import StoredFile
from leuit_archives.service.dispositions import (
    Instructed,
    hand_on,
    instruct,
    recall,
    report,
    report_file,
    require_own_receiver,
    settle,
)
from leuit_archives.service.letter_uploads import receive_upload

from .letters_values import changed


@attrs.frozen(kw_only=True)
class InstructBody:
    """Posts by their ids, codes of instructions, a note, and the day by which a report is wanted;
    the same `key` again gives the same sheet. One of the receivers may be the `coordinator`.
    """

    key: UUID
    receivers: list[UUID]
    instructions: list[str] = attrs.field(factory=list)
    note: str = ""
    due: dt.date | None = None
    coordinator: UUID | None = None


@attrs.frozen(kw_only=True)
class HandOnBody(InstructBody):
    """The version of the receiver's row that was read, and whom it is handed on to."""

    version: int


@attrs.frozen
class SettleBody:
    """Why nothing more is needed; may be empty."""

    outcome: str = ""


@attrs.frozen
class ReportBody:
    """The version of the receiver's row that was read, and how far it is; `done` ends it."""

    version: int
    report: str = ""
    done: bool = False


@attrs.frozen
class ReportForm:
    """The same with a file."""

    version: int
    file: Upload
    report: str = ""
    done: Literal["false", "true"] = "false"


def give(request: Request) -> Response:
    """The disposition of an addressee."""
    sent = request.decode(InstructBody)
    row = request.params["addressee_id"]
    return changed(request, lambda work: instruct(work, row, _told(sent), key=sent.key))


def let_be(request: Request) -> Response:
    """Nothing more is needed of an addressee."""
    sent = request.decode(SettleBody)
    return changed(request, lambda work: settle(work, request.params["addressee_id"], sent.outcome))


def give_on(request: Request) -> Response:
    """A disposition on the ground of one's own."""
    sent = request.decode(HandOnBody)
    row = request.params["receiver_id"]
    return changed(
        request, lambda work: hand_on(work, row, _told(sent), sent.version, key=sent.key)
    )


def take_back(request: Request) -> Response:
    """Take a disposition back while nobody has read it."""
    return changed(request, lambda work: recall(work, request.params["receiver_id"]))


def tell(request: Request) -> Response:
    """How far it is, or that it is done."""
    sent = request.decode(ReportBody)
    return _reported(request, sent.version, sent.report, done=sent.done)


def tell_with_file(request: Request) -> Response:
    """The same with a file."""
    sent = request.decode_form(ReportForm)
    with request.read() as view:  # before anything is read in the file
        require_own_receiver(view, request.params["receiver_id"])
    file = receive_upload(request.app, sent.file.filename, sent.file.data).file
    return _reported(request, sent.version, sent.report, done=sent.done == "true", file=file)


def download_report(request: Request) -> Response:
    """The file of a report."""
    with request.read() as view:
        sha256, name = report_file(view, request.params["receiver_id"])
    return file_answer(request.app.blobs.get(sha256), name, "application/octet-stream")


def _reported(
    request: Request, version: int, text: str, *, done: bool, file: StoredFile | None = None
) -> Response:
    row = request.params["receiver_id"]
    return changed(request, lambda work: report(work, row, text, version, done=done, file=file))


def _told(sent: InstructBody) -> Instructed:
    return Instructed(
        receivers=tuple(sent.receivers),
        instructions=tuple(sent.instructions),
        note=sent.note,
        due=sent.due,
        coordinator=sent.coordinator,
    )
