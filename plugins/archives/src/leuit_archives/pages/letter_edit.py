"""Mending a letter that came in, and putting further files beside it."""

from uuid import UUID

from leuit.values import (
    ConflictError,
    InvalidInputError,
    StaleEditError,
    TooLargeError,
    _,
)
from leuit.web import Request, Response, parse_id, redirect, version_of
from leuit.work import View
from leuit_archives.models import Letter
from leuit_archives.models.letters import COPY, IN, REGISTERED, TO
from leuit_archives.permissions import REGISTER
from leuit_archives.service.letter_access import find_letter
from leuit_archives.service.letter_uploads import receive_upload
from leuit_archives.service.letters_in import add_letter_file, parts_of, revise_letter, send_letter
from leuit_archives.service.posts import spelled_posts

from .letter import show_letter
from .letter_fields import incoming_of, letter_form, refuse, rows_of
from .letters import path_of


def mend(request: Request) -> Response:
    """The form with what was written down; what is changed stays in the audit log."""
    letter_id = _id(request)
    path = path_of(letter_id)
    with request.read() as view:
        letter = find_letter(view, letter_id)
        view.require(REGISTER, letter.unit_id)
        if letter.direction != IN:
            return redirect(path)
        form = letter_form(
            view,
            title=_("Perbaiki data surat"),
            lead=letter.subject,
            action=f"{path}/edit",
            mending=True,
            sent=letter.state != REGISTERED,
        )
        form.back, form.back_label = path, letter.number or _("Surat")
        if request.method != "POST":
            form.fill(_values(letter))
            form.values |= _rows(view, letter_id)
    more = "more" in request.form
    if request.method == "POST":
        incoming = incoming_of(request, form)
        if more:
            form.errors.clear()
        elif incoming is not None:
            try:
                with request.change() as work:
                    reason = form.values.get("reason", "")
                    revise_letter(work, letter_id, incoming, version_of(request.form), reason)
            except (InvalidInputError, StaleEditError) as error:
                refuse(form, error)
            else:
                return redirect(path, _("Perbaikan disimpan."))
    return form.answer(
        request,
        "archives/letter_form.html",
        rows=rows_of(form, more),
        pictures="",
        pages=0,
        name="",
        mending=True,
    )


def attach(request: Request) -> Response:
    """Put a further file beside a letter that was not passed on yet."""
    letter_id = _id(request)
    upload = request.files.get("file")
    if upload is None or not upload.data:
        return show_letter(request, {"file": _("Pilih berkas.")})
    with request.read() as view:
        view.require(REGISTER, find_letter(view, letter_id).unit_id)
    try:
        received = receive_upload(request.app, upload.filename, upload.data)
        with request.change() as work:
            add_letter_file(work, letter_id, received.file, received.reading.pages)
    except (InvalidInputError, TooLargeError, ConflictError) as error:
        return show_letter(request, {"file": str(error)})
    return redirect(path_of(letter_id), _("Lampiran disimpan."))


def send(request: Request) -> Response:
    """Pass a registered letter on to its addressees."""
    letter_id = _id(request)
    try:
        with request.change() as work:
            send_letter(work, letter_id, version_of(request.form))
    except (InvalidInputError, StaleEditError, ConflictError) as error:
        return show_letter(request, {"": str(error)})
    return redirect(path_of(letter_id), _("Surat diteruskan kepada penerimanya."))


def _values(letter: Letter) -> dict[str, object]:
    names = ("version", "number", "sender", "subject", "attached", "kind", "urgency")
    values: dict[str, object] = {name: getattr(letter, name) for name in names}
    for name in ("dated", "received_on"):
        day = getattr(letter, name)
        values[name] = f"{day:%d/%m/%Y}" if day else ""
    return values | {"secrecy": letter.secrecy_code}


def _rows(view: View, letter_id: UUID) -> dict[str, str]:
    parts = parts_of(view, letter_id)
    known = spelled_posts(view, [one.position_id for one in parts if one.position_id])
    found = {}
    for prefix, part in (("to", TO), ("cc", COPY)):
        rows = [one for one in parts if one.part == part]
        for row, one in enumerate(rows):
            found[f"{prefix}-{row}"] = known[one.position_id] if one.position_id else one.name
    return found


def _id(request: Request) -> UUID:
    return parse_id(str(request.params["letter_id"]))
