"""One letter: its pages, what the reader has to do with it, its course and its facts."""

from collections.abc import Mapping
from typing import Any

from leuit.identity import Unit
from leuit.values import NotFoundError, _, format_date
from leuit.web import Request, Response, file_answer, page, parse_id, picture_answer
from leuit.work import View
from leuit_archives.models import Letter, LetterFile
from leuit_archives.models.letters import IN, REGISTERED, SENT
from leuit_archives.permissions import DRAFT, REGISTER
from leuit_archives.rules.secrecy import SECRET_FROM
from leuit_archives.rules.urgency import UrgencyLevel
from leuit_archives.service.letter_access import find_letter, ref_of
from leuit_archives.service.letter_course import answered_by, answers_of, course_of
from leuit_archives.service.letter_filing import record_of
from leuit_archives.service.letter_levels import grade_words, urgency_levels
from leuit_archives.service.letter_reading import is_unread, note_read
from leuit_archives.service.letters_in import files_of

from .letter_tree import shown_course
from .letter_turns import shown_turns
from .letters import HOME, STATES, path_of

PDF = "application/pdf"


def show_letter(
    request: Request, errors: Mapping[str, str] | None = None, doing: str = ""
) -> Response:
    """The letter's page; opening it is recorded where it was unread at a post of the reader's.

    With faults of what was just tried, and with what was typed; `doing` is the row it was about.
    """
    letter_id = parse_id(str(request.params["letter_id"]))
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
        values = _values(request, view, letter)
    return page(
        request,
        "archives/letter.html",
        status=422 if errors else 200,
        errors=dict(errors or {}),
        typed=request.form if errors else None,
        doing=doing,
        **values,
    )


def show_page(request: Request) -> Response:
    """A page of one of the letter's files as a picture; of a secret one no browser keeps it, so
    that none shows it after the right to it has ended.
    """
    with request.read() as view:
        letter, file = _file(view, request)
    if file.media_type != PDF:
        raise NotFoundError(_("Gambar itu tidak ada."))
    kept = letter.secrecy < SECRET_FROM
    return picture_answer(request, request.app.blobs.get(file.sha256), kept=kept)


def download(request: Request) -> Response:
    """One of the letter's files as it came."""
    with request.read() as view:
        _letter, file = _file(view, request)
    return file_answer(request.app.blobs.get(file.sha256), file.name, file.media_type)


def _file(view: View, request: Request) -> tuple[Letter, LetterFile]:
    """The letter and a file by its place; that somebody reads a secret one is noted."""
    letter = find_letter(view, parse_id(str(request.params["letter_id"])))
    place = str(request.params["place"])
    for file in files_of(view, letter.id):
        if str(file.place) == place:
            if letter.secrecy >= SECRET_FROM:
                view.note_access(ref_of(letter), fields=["file"], sha256=file.sha256)
            return letter, file
    raise NotFoundError(_("Berkas itu tidak ada."))


def _values(request: Request, view: View, letter: Letter) -> dict[str, Any]:
    course = course_of(view, letter.id)
    files = files_of(view, letter.id)
    grades = grade_words(view, letter.received_on or view.today)
    hurry = {one.code: one for one in urgency_levels(view, view.today)}
    registrar = letter.direction == IN and view.allows(REGISTER, letter.unit_id)
    return {
        "letter": letter,
        "path": path_of(letter.id),
        "home": HOME,
        "chip": STATES[letter.state],
        "secret": grades.get(letter.secrecy, "") if letter.secrecy >= SECRET_FROM else "",
        "urgent": hurry.get(letter.urgency) if _is_urgent(letter, hurry) else None,
        "main": files[0] if files else None,
        "has_pages": bool(files) and files[0].media_type == PDF,
        "attachments": files[1:],
        "facts": _facts(view, letter, grades, hurry),
        "course": shown_course(request, view, course),
        "answers": answers_of(view, letter.id),
        "answered": answered_by(view, letter),
        "record": record_of(view, letter.id),
        "to_send": registrar and letter.state == REGISTERED,
        "may_mend": registrar,
        "turns": shown_turns(request, view, letter, course),
        "has_sheets": any(part.sheets for part in course),
        "may_reply": letter.state == SENT and request.may(DRAFT),
    }


def _is_urgent(letter: Letter, hurry: Mapping[str, UrgencyLevel]) -> bool:
    lowest = min((one.order for one in hurry.values()), default=0)
    return letter.urgency in hurry and hurry[letter.urgency].order > lowest


def _facts(
    view: View, letter: Letter, grades: Mapping[int, str], hurry: Mapping[str, UrgencyLevel]
) -> list[tuple[str, str]]:
    unit = view.session.get_one(Unit, letter.unit_id)
    agenda = f"{letter.agenda}/{letter.year}" if letter.agenda is not None else "–"
    level = grades.get(letter.secrecy, "")
    if letter.secrecy_code:
        level = f"{level} ({letter.secrecy_code})"
    urgency = hurry[letter.urgency].name if letter.urgency in hurry else letter.urgency
    rows: list[tuple[str, str]] = [
        (_("Nomor"), letter.number or _("tanpa nomor")),
        (_("Tanggal surat"), format_date(letter.dated) if letter.dated else "–"),
        (_("Pengirim"), letter.sender or unit.name),
    ]
    if letter.received_on:
        rows.append((_("Diterima"), format_date(letter.received_on)))
    rows += [
        (_("Nomor agenda"), f"{agenda} · {unit.short}"),
        (_("Sifat dan keamanan"), " · ".join(word for word in (urgency, level) if word)),
    ]
    if letter.kind:
        rows.append((_("Jenis naskah"), letter.kind))
    if letter.attached:
        rows.append((_("Lampiran"), letter.attached))
    if letter.class_code:
        rows.append((_("Klasifikasi"), f"{letter.class_code} {letter.class_title}"))
    return rows
