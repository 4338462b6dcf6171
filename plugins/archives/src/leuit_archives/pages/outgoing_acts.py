"""What is done with a letter out from its page; what is refused is told there."""

from collections.abc import Callable
from typing import Any

from leuit.values import ConflictError, InvalidInputError, TooLargeError, _
from leuit.web import Request, Response, parse_id, redirect, version_of
from leuit.work import StoredFile, Work
from leuit_archives.service.drafting import attach, detach
from leuit_archives.service.letter_uploads import MOST_OUT, receive_upload
from leuit_archives.service.sending_out import send_letter
from leuit_archives.service.signing import (
    give_paraf,
    send_back,
    send_for_signature,
    sign_by_hand,
    take_back,
    try_again,
    void_letter,
)

from .outgoing import show_letter
from .outgoing_words import id_of, path_of

MAX_BODY = MOST_OUT + 1024 * 1024


def start(request: Request) -> Response:
    """Send it for parafs and signature."""
    return _acted(
        request,
        lambda work: send_for_signature(work, id_of(request), version_of(request.form)),
        _("Surat dikirim untuk paraf dan tanda tangan."),
    )


def again(request: Request) -> Response:
    """Hand it to the service for signatures once more."""
    return _acted(
        request,
        lambda work: try_again(work, id_of(request), version_of(request.form)),
        _("Surat diteruskan lagi ke layanan tanda tangan."),
    )


def paraf(request: Request) -> Response:
    """The reader's paraf, or the letter back to its writer."""
    step_id = parse_id(request.form.get("step", ""))
    note = request.form.get("note", "")
    if request.form.get("act") == "back":
        return _acted(
            request,
            lambda work: send_back(work, id_of(request), step_id, request.form.get("reason", "")),
            _("Surat dikembalikan kepada pembuatnya."),
        )
    return _acted(
        request,
        lambda work: give_paraf(work, id_of(request), step_id, note),
        _("Paraf disimpan."),
    )


def scan(request: Request) -> Response:
    """The letter as it was signed on paper."""
    return _with_file(
        request,
        lambda work, file, pages: sign_by_hand(
            work, id_of(request), version_of(request.form), file, pages
        ),
        _("Surat bertanda tangan disimpan. Kirimkan sekarang."),
    )


def recall(request: Request) -> Response:
    """Take it back to change it."""
    return _acted(
        request,
        lambda work: take_back(
            work, id_of(request), version_of(request.form), request.form.get("reason", "")
        ),
        _("Surat ditarik kembali; nomornya batal."),
    )


def void(request: Request) -> Response:
    """End it."""
    return _acted(
        request,
        lambda work: void_letter(
            work, id_of(request), version_of(request.form), request.form.get("reason", "")
        ),
        _("Surat dibatalkan."),
    )


def send(request: Request) -> Response:
    """Send it to everybody."""
    return _acted(
        request,
        lambda work: send_letter(
            work, id_of(request), version_of(request.form), request.form.get("carried", "")
        ),
        _("Surat dikirim."),
    )


def add_file(request: Request) -> Response:
    """Put a file with it."""
    return _with_file(
        request,
        lambda work, file, pages: attach(
            work, id_of(request), version_of(request.form), file, pages
        ),
        _("Lampiran ditambahkan."),
    )


def remove_file(request: Request) -> Response:
    """Take a file off it."""
    file_id = parse_id(request.params["file_id"])
    return _acted(
        request,
        lambda work: detach(work, id_of(request), version_of(request.form), file_id),
        _("Lampiran dilepas."),
    )


def _with_file(
    request: Request, act: Callable[[Work, StoredFile, int], Any], notice: str
) -> Response:
    upload = request.files.get("file")
    try:
        name, data = (upload.filename, upload.data) if upload else ("", b"")
        received = receive_upload(request.app, name, data, MOST_OUT)
    except (InvalidInputError, TooLargeError) as error:
        return show_letter(request, {"file": str(error)})
    file, pages = received.file, received.reading.pages
    return _acted(request, lambda work: act(work, file, pages), notice)


def _acted(request: Request, act: Callable[[Work], Any], notice: str) -> Response:
    try:
        with request.change() as work:
            act(work)
    except (ConflictError, InvalidInputError) as error:
        return show_letter(request, _told(error))
    return redirect(path_of(id_of(request)), notice)


def _told(error: ConflictError | InvalidInputError) -> dict[str, str]:
    """Faults by field; those of the form of writing are told as one, with what to do."""
    here = {"reason", "carried", "file", "note"}
    fields = error.fields if isinstance(error, InvalidInputError) else ()
    told = {fault.path: fault.sentence() for fault in fields}
    if told and set(told) <= here:
        return told
    return {"": " ".join(told.values()) or str(error)}
