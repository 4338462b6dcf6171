"""Registering a letter that came in: its file first, then what the file proposes, to be confirmed.

The file is read in a process of its own. A letter on paper only is registered without one.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from leuit.builtin.organisation import spelled
from leuit.identity import Position, Unit
from leuit.values import InvalidInputError, TooLargeError, _, new_id
from leuit.web import (
    Choice,
    Field,
    FormPage,
    Request,
    Response,
    parse_id,
    picture_answer,
    redirect,
)
from leuit.work import View
from leuit_archives.models import BroughtFile, Letter
from leuit_archives.permissions import REGISTER
from leuit_archives.service.brought_files import brought_file, keep_file
from leuit_archives.service.letter_levels import secrecy_levels
from leuit_archives.service.letter_registering import register_brought
from leuit_archives.service.letter_uploads import MOST_IN, receive_upload
from leuit_archives.service.letters_in import KnownLetterError, registered_with
from leuit_archives.service.offered_units import OfferedUnit, units_with

from .letter_fields import (
    incoming_of,
    kind_choices,
    letter_form,
    proposed,
    refuse,
    rows_of,
)
from .letters import HOME, path_of

NEW = f"{HOME}/new"
PAPER = "paper"
MAX_BODY = MOST_IN + 1024 * 1024
_TEMPLATE = "archives/letter_form.html"


def bring_letter(request: Request) -> Response:
    """The first step: which unit, and the letter's file."""
    with request.read() as view:
        units = units_with(view, REGISTER)
        if not units or view.identity.person_id is None:
            raise view.refusal(REGISTER)
        secrecy_levels(view, view.today)  # without an edition nothing can be registered
    form = _first_form(units)
    if request.method != "POST":
        return form.answer(request)
    values = form.read(request.form, request.files)
    upload = values["file"]
    if upload is None and not values["paper"]:
        form.errors["file"] = _("Pilih berkas, atau centang bahwa surat hanya di kertas.")
    if not form.ok:
        return form.answer(request)
    unit_id = parse_id(values["unit"]) if len(units) > 1 else units[0].id
    if upload is None:
        return redirect(f"{NEW}/{PAPER}?unit={unit_id}")
    try:
        received = receive_upload(request.app, upload.filename, upload.data)
    except (InvalidInputError, TooLargeError) as error:
        form.errors["file"] = str(error)
        return form.answer(request)
    with request.change() as work:
        brought = keep_file(work, unit_id, received.file, received.reading)
        path = f"{NEW}/{brought.id}"
    return redirect(path)


def register(request: Request) -> Response:
    """The second step: confirm or mend what was read, say to whom, and write it down."""
    asked = str(request.params["file_id"])
    with request.read() as view:
        if request.method == "POST":  # this very form has written a letter down: it came twice
            written = registered_with(view, parse_id(request.form.get("key", "")))
            if written is not None:
                return redirect(path_of(written.id))
        brought = None if asked == PAPER else brought_file(view, parse_id(asked))
        unit_id = brought.unit_id if brought else _unit_asked(request)
        view.require(REGISTER, unit_id)
        form = letter_form(
            view,
            title=_("Catat surat masuk"),
            lead=view.session.get_one(Unit, unit_id).name,
            action=f"{NEW}/{asked}",
            hints=_read_from(brought),
            to_first=_head_of(view, unit_id),
        )
    form.values |= {"key": str(new_id()), "unit": str(unit_id)}
    form.fill(proposed(brought.proposals if brought else {}, kind_choices(form)))
    more = "more" in request.form
    if request.method == "POST":
        answer = _registered(request, form, unit_id, brought, more=more)
        if answer is not None:
            return answer
    return form.answer(
        request,
        _TEMPLATE,
        rows=rows_of(form, more),
        pictures=f"{NEW}/{asked}/pages" if brought and has_pages(brought) else "",
        pages=brought.pages if brought else 0,
        name=brought.name if brought else "",
        mending=False,
    )


def show_brought_page(request: Request) -> Response:
    """A page of a file that the reader brought; no browser keeps it, since nobody has said yet
    whether it is secret.
    """
    with request.read() as view:
        brought = brought_file(view, parse_id(str(request.params["file_id"])))
    return picture_answer(request, request.app.blobs.get(brought.sha256), kept=False)


def has_pages(file: BroughtFile) -> bool:
    """Whether its pages can be shown as pictures."""
    return file.media_type == "application/pdf"


def _registered(
    request: Request, form: FormPage, unit_id: UUID, brought: BroughtFile | None, *, more: bool
) -> Response | None:
    """Write it down, and pass it on if that is asked; None when the form is to be shown again."""
    incoming = incoming_of(request, form)
    if more:
        form.errors.clear()
    if incoming is None or more:
        return None
    send = bool(request.form.get("send"))
    try:
        with request.change() as work:
            letter = register_brought(
                work,
                unit_id,
                incoming,
                key=parse_id(form.values["key"]),
                file_id=brought.id if brought else None,
                again=form.values.get("again") == "ya",
                send=send,
            )
            path, agenda = path_of(letter.id), _shown_agenda(letter)
    except (InvalidInputError, KnownLetterError) as error:
        refuse(form, error)
        return None
    told = (
        _("Surat dicatat dengan nomor agenda %s dan diteruskan.")
        if send
        else _("Surat dicatat dengan nomor agenda %s.")
    )
    return redirect(path, told % agenda)


def _shown_agenda(letter: Letter) -> str:
    return f"{letter.agenda}/{letter.year}"


def _first_form(units: Sequence[OfferedUnit]) -> FormPage:
    fields = [
        Field(
            "file",
            _("Berkas surat"),
            "file",
            required=False,
            accept=".pdf,.png,.jpg,.jpeg,.docx,.odt",
            hint=_("PDF, DOCX, ODT, PNG atau JPEG, paling besar 50 MB."),
        ),
        Field("paper", _("Surat hanya di kertas, tanpa berkas"), "checkbox", required=False),
    ]
    if len(units) > 1:
        choices = [Choice(str(one.id), one.name) for one in units]
        fields.insert(0, Field("unit", _("Unit penerima"), "select", choices=choices))
    return FormPage(
        title=_("Catat surat masuk"),
        lead=_("Nomor, tanggal, hal dan pengirim diusulkan dari berkasnya; Anda yang memastikan."),
        fields=fields,
        submit=_("Lanjut"),
        action=NEW,
        back=HOME,
        back_label=_("Surat"),
    )


def _unit_asked(request: Request) -> UUID:
    return parse_id(request.form.get("unit") or request.query.get("unit", ""))


def _read_from(brought: BroughtFile | None) -> dict[str, str]:
    """By field: the line that its proposal was read from, and a warning where it was not plain."""
    found = {}
    for name, one in (brought.proposals if brought else {}).items():
        sentence = (
            _("Terbaca dari: “%s”.") if one["sure"] else _("Terbaca dari: “%s”. Cocokkan lagi.")
        )
        found[name] = sentence % one["line"]
    return found


def _head_of(view: View, unit_id: UUID) -> str:
    """The head of the unit, to whom most letters go, as the form spells him."""
    row = view.session.execute(
        select(Position.title, Unit.code)
        .join(Unit, Unit.id == Position.unit_id)
        .where(Position.unit_id == unit_id, Position.is_head)
    ).first()
    return spelled(row.title, row.code) if row else ""
