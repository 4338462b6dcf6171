"""Writing a letter out: the form beside the picture of its pages, drawn from what is typed.

The picture comes with the button or, where a script runs, by itself a moment after typing. Drawing
happens outside of any unit of work, and how often somebody may ask for it is limited.
"""

import base64
import datetime as dt
from collections.abc import Mapping
from uuid import UUID

import attrs

from leuit.builtin.organisation import likely_posts
from leuit.builtin.regulations import edition
from leuit.pdf_pages import PICTURE_WIDTHS, count_pages, picture_of
from leuit.values import InvalidInputError, _, new_id, one_line
from leuit.web import (
    Choice,
    Form,
    RateLimit,
    Request,
    Response,
    json_answer,
    page,
    parse_id,
    redirect,
    version_of,
)
from leuit.work import View
from leuit_archives.documents import LetterSheet, draw_letter
from leuit_archives.permissions import DRAFT
from leuit_archives.rules.letter_content import LetterContent, Party
from leuit_archives.rules.letter_kinds import LetterKind
from leuit_archives.service import classification
from leuit_archives.service.draft_content import (
    GROUPS,
    spelled_post,
    urgencies_on,
)
from leuit_archives.service.drafting import create, first_content, save
from leuit_archives.service.letter_levels import current_levels
from leuit_archives.service.letter_rules import kind_of, kind_to_write, letter_kinds_on
from leuit_archives.service.letter_sheets import preview_sheet
from leuit_archives.service.offered_units import units_with
from leuit_archives.service.outgoing import content_now, find_outgoing, may_write
from leuit_archives.service.typed_letter import TypedLetter, content_of

from .outgoing_words import HOME, id_of, path_of

MOST_SHOWN = 6
BLANKS = 2
POST = 250
PREVIEWS = RateLimit(60, dt.timedelta(minutes=1), people=True)
"""Pictures that one person may ask for; typing asks for one a second at most."""
_POSTS = 200


@attrs.define
class Typed:
    """What the form shows: single values, and those that may be repeated."""

    values: dict[str, str]
    lists: dict[str, list[str]]

    @classmethod
    def of_form(cls, form: Form) -> "Typed":
        names = ("to", "copy", "paraf", "to_group", "copy_group")
        return cls(dict(form), {name: [one for one in form.all(name) if one] for name in names})

    @classmethod
    def of_content(cls, view: View, content: LetterContent) -> "Typed":
        values = {name: str(getattr(content, name)) for name in _SINGLE}
        for name in ("signer", "principal", "through"):
            values[name] = spelled_post(view, getattr(content, name))
        lists: dict[str, list[str]] = {
            "paraf": [spelled_post(view, post) for post in content.parafs]
        }
        for name, parties in (("to", content.to), ("copy", content.copies)):
            lists[name] = [
                spelled_post(view, one.post) for one in parties if one.post and not one.group
            ]
            lists[f"{name}_group"] = _groups_in(parties)
            values[f"{name}_outside"] = "\n".join(one.name for one in parties if not one.post)
        return cls(values, lists)


_SINGLE = (
    "subject",
    "body",
    "closing",
    "attached",
    "place",
    "urgency",
    "secrecy",
    "class_code",
    "authority",
    "mode",
)


def new_letter(request: Request) -> Response:
    """Choose a kind, then write a letter of it; a reply begins from the letter that it answers."""
    name = request.form.get("kind") or request.query.get("kind", "")
    reply = request.form.get("reply") or request.query.get("reply", "")
    reply_to = parse_id(reply) if reply else None
    with request.read() as view:
        if not name:
            kinds = letter_kinds_on(view, view.today)
            return page(
                request, "archives/outgoing_kinds.html", kinds=kinds, reply=reply, home=HOME
            )
        kind = kind_to_write(view, name)
        begun = Typed.of_content(view, first_content(view, kind, reply_to))
    hidden = {"kind": kind.kind, "reply": reply, "key": request.form.get("key") or str(new_id())}
    if request.method == "GET":
        return _show(request, kind, begun, hidden)
    typed = Typed.of_form(request.form)
    if request.form.get("act") in ("preview", "search"):
        return _shown_again(request, kind, typed, hidden)
    try:
        with request.change() as work:
            content = read_content(work, request.form)
            unit_id = parse_id(request.form.get("unit", ""))
            letter = create(work, parse_id(hidden["key"]), unit_id, kind.kind, content, reply_to)
            path = path_of(letter.id)
    except InvalidInputError as error:
        return _show(request, kind, typed, hidden, _faults(error))
    return redirect(path, _("Naskah surat disimpan."))


def edit_letter(request: Request) -> Response:
    """Write on; each saving that changes something is a version."""
    letter_id = id_of(request)
    with request.read() as view:
        letter, draft = find_outgoing(view, letter_id)
        if not may_write(view, letter):
            raise view.refusal("archives.letter.draft")
        kind = kind_of(view, letter)
        kept = Typed.of_content(view, content_now(view, letter, draft))
        hidden = {"letter": str(letter.id), "version": str(letter.version)}
    if request.method == "GET":
        return _show(request, kind, kept, hidden)
    typed = Typed.of_form(request.form)
    hidden["version"] = request.form.get("version", "")
    if request.form.get("act") in ("preview", "search"):
        return _shown_again(request, kind, typed, hidden)
    try:
        with request.change() as work:
            content = read_content(work, request.form)
            save(
                work,
                letter_id,
                version_of(request.form),
                content,
                request.form.get("note", ""),
            )
    except InvalidInputError as error:
        return _show(request, kind, typed, hidden, _faults(error))
    return redirect(path_of(letter_id), _("Naskah surat disimpan."))


def preview(request: Request) -> Response:
    """Pictures of what is typed, for the script of the form; 422 with what cannot be drawn."""
    PREVIEWS.count(request)
    with request.read() as view:
        kind = _kind_typed(view, request.form)
        sheet, unit = _sheet(view, kind, request.form), view.now
    return json_answer({"pages": _pictures(sheet, unit)})


def read_content(view: View, form: Form) -> LetterContent:
    """What the form says; InvalidInputError with every fault by its field."""
    typed = TypedLetter(
        **{name: form.get(name, "") for name in _WORDS},
        class_code=form.get("class_pick", "") or form.get("class_code", ""),
        to=tuple(form.all("to")),
        to_groups=tuple(form.all("to_group")),
        copies=tuple(form.all("copy")),
        copy_groups=tuple(form.all("copy_group")),
        parafs=tuple(form.all("paraf")),
    )
    return content_of(view, typed)


_WORDS = (
    "subject",
    "body",
    "closing",
    "attached",
    "place",
    "to_outside",
    "copy_outside",
    "urgency",
    "secrecy",
    "signer",
    "authority",
    "principal",
    "through",
    "mode",
)
_FIELDS = {"copies": "copy", "parafs": "paraf"}
"""Fields of the form that have another name than what they make."""


def _shown_again(
    request: Request, kind: LetterKind, typed: Typed, hidden: dict[str, str]
) -> Response:
    """The form as it was typed, with the picture or the codes that were asked for."""
    if picked := request.form.get("class_pick"):
        typed.values["class_code"] = picked
    if request.form.get("act") == "search":
        return _show(request, kind, typed, hidden, searched=True)
    PREVIEWS.count(request)
    try:
        with request.read() as view:
            sheet, now = _sheet(view, kind, request.form), view.now
        pictures = _pictures(sheet, now)
    except InvalidInputError as error:
        return _show(request, kind, typed, hidden, _faults(error))
    return _show(request, kind, typed, hidden, pictures=pictures)


def _show(
    request: Request,
    kind: LetterKind,
    typed: Typed,
    hidden: dict[str, str],
    errors: Mapping[str, str] | None = None,
    *,
    pictures: list[str] | None = None,
    searched: bool = False,
) -> Response:
    letter_id = hidden.get("letter", "")
    with request.read() as view:
        units = [] if letter_id else units_with(view, DRAFT)
        classes = _classes(view, typed.values.get("class_q", "")) if searched else []
        context = {
            "posts": [Choice(one.text, one.holder) for one in likely_posts(view, _POSTS)],
            "levels": [(one.code, one.name) for one in current_levels(view, view.today)],
            "urgencies": urgencies_on(view),
        }
    rows = {name: [*typed.lists.get(name, []), *[""] * BLANKS] for name in ("to", "copy", "paraf")}
    return page(
        request,
        "archives/outgoing_form.html",
        status=422 if errors else 200,
        kind=kind,
        values=typed.values,
        rows=rows,
        chosen=typed.lists,
        hidden=hidden,
        errors=dict(errors or {}),
        units=units,
        groups=GROUPS,
        pictures=pictures or [],
        first_picture=f"{path_of(UUID(letter_id))}/pages/1?v={hidden['version']}"
        if letter_id and not pictures and request.method == "GET"
        else "",
        classes=classes,
        searched=searched,
        back=path_of(UUID(letter_id)) if letter_id else HOME,
        most=POST,
        preview_path=f"{HOME}/preview",
        **context,
    )


def _sheet(view: View, kind: LetterKind, form: Form) -> LetterSheet:
    content = read_content(view, form)
    if form.get("letter"):
        letter, _draft = find_outgoing(view, parse_id(form["letter"]))
        unit_id = letter.unit_id
    else:
        unit_id = parse_id(form.get("unit", ""))
        view.require("archives.letter.draft", unit_id)
    return preview_sheet(view, unit_id, kind, content)


def _kind_typed(view: View, form: Form) -> LetterKind:
    if form.get("letter"):
        letter, _draft = find_outgoing(view, parse_id(form["letter"]))
        return kind_of(view, letter)
    return kind_to_write(view, form.get("kind", ""))


def _pictures(sheet: LetterSheet, now: dt.datetime) -> list[str]:
    """The first pages as addresses that hold their pictures."""
    pdf = draw_letter(sheet, now).pdf
    count = min(count_pages(pdf), MOST_SHOWN)
    pictures = [picture_of(pdf, number, PICTURE_WIDTHS[1]) for number in range(count)]
    return ["data:image/png;base64," + base64.b64encode(one).decode() for one in pictures]


def _classes(view: View, text: str) -> list[classification.ListedClass]:
    found = edition(view, classification.REGULATION, view.today)
    words = one_line(text)[:80]
    return classification.search(view, found, words) if found and words else []


def _groups_in(parties: tuple[Party, ...]) -> list[str]:
    shown = {one.group for one in parties if one.group}
    return [kind for kind, words in GROUPS.items() if words[1] in shown]


def _faults(error: InvalidInputError) -> dict[str, str]:
    if not error.fields:
        return {"": str(error)}
    return {_FIELDS.get(fault.path, fault.path): fault.sentence() for fault in error.fields}
