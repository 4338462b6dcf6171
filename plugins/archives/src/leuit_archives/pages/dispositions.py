"""What people do with letters and dispositions: each answers on the letter's page."""

from collections.abc import Callable
from uuid import UUID

from leuit.values import (
    ConflictError,
    FieldError,
    InvalidInputError,
    StaleEditError,
    TooLargeError,
    _,
    new_id,
    parse_date,
)
from leuit.web import Request, Response, file_answer, parse_id, redirect, version_of
from leuit.work import StoredFile, Work
from leuit_archives.service.disposition_sheet import draw_sheet
from leuit_archives.service.dispositions import (
    Instructed,
    hand_on,
    instruct,
    recall,
    report,
    report_file,
    settle,
)
from leuit_archives.service.letter_uploads import receive_upload

from .letter import show_letter
from .letters import path_of


def give(request: Request) -> Response:
    """A disposition by an addressee, or on the ground of one that a post got."""
    row = parse_id(request.form.get("row", ""))

    def act(work: Work) -> None:
        told = _told(request)
        key = parse_id(request.form.get("key") or str(new_id()))
        if request.form.get("kind") == "receiver":
            hand_on(work, row, told, version_of(request.form), key=key)
        else:
            instruct(work, row, told, key=key)

    return _done(request, act, _("Disposisi dikirim."))


def let_be(request: Request) -> Response:
    """Nothing more is needed of an addressee."""
    row = parse_id(request.form.get("row", ""))
    return _done(
        request,
        lambda work: settle(work, row, request.form.get("outcome", "")),
        _("Surat dicatat sudah cukup diketahui."),
    )


def take_back(request: Request) -> Response:
    """Take a disposition back while nobody has read it."""
    row = parse_id(request.form.get("row", ""))
    return _done(request, lambda work: recall(work, row), _("Disposisi ditarik kembali."))


def tell(request: Request) -> Response:
    """A report on a disposition: how far it is, or that it is done."""
    row = parse_id(request.form.get("row", ""))
    done = "done" in request.form
    try:
        file = _attached(request)
    except (InvalidInputError, TooLargeError) as error:
        return show_letter(request, {"report_file": str(error)}, doing=str(row))
    return _done(
        request,
        lambda work: report(
            work,
            row,
            request.form.get("report", ""),
            version_of(request.form),
            done=done,
            file=file,
        ),
        _("Disposisi selesai.") if done else _("Laporan disimpan."),
    )


def download_report(request: Request) -> Response:
    """The file of a report, for whoever may read the letter."""
    with request.read() as view:
        sha256, name = report_file(view, parse_id(str(request.params["receiver_id"])))
    return file_answer(request.app.blobs.get(sha256), name, "application/octet-stream")


def print_sheet(request: Request) -> Response:
    """The sheet of dispositions (lembar disposisi) of a letter as PDF."""
    letter_id = parse_id(str(request.params["letter_id"]))
    pdf, name = draw_sheet(request.app, request.identity, letter_id)
    return file_answer(pdf, name, "application/pdf")


def _told(request: Request) -> Instructed:
    """What the form says; a date that is none is a fault of its field."""
    due = request.form.get("due", "").strip()
    try:
        day = parse_date(due) if due else None
    except InvalidInputError as error:
        raise InvalidInputError(_("Disposisi belum lengkap."), fields=[error.at("due")]) from None
    coordinator = request.form.get("coordinator", "")
    return Instructed(
        receivers=tuple(parse_id(one) for one in request.form.all("receivers")),
        instructions=tuple(request.form.all("instructions")),
        note=request.form.get("note", ""),
        due=day,
        coordinator=parse_id(coordinator) if coordinator else None,
    )


def _attached(request: Request) -> StoredFile | None:
    upload = request.files.get("report_file")
    if upload is None or not upload.data:
        return None
    return receive_upload(request.app, upload.filename, upload.data).file


def _done(request: Request, act: Callable[[Work], object], notice: str) -> Response:
    letter_id: UUID = parse_id(str(request.params["letter_id"]))
    try:
        with request.change() as work:
            act(work)
    except InvalidInputError as error:
        faults: dict[str, str] = {}
        for fault in error.fields or [FieldError("", str(error))]:
            faults.setdefault(fault.path, fault.sentence())
        return show_letter(request, faults, doing=request.form.get("row", ""))
    except (ConflictError, StaleEditError) as error:
        return show_letter(request, {"": str(error)}, doing=request.form.get("row", ""))
    return redirect(path_of(letter_id), notice)
