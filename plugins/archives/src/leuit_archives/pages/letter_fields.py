"""The questions of a letter that came in, shared by registering and mending it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from leuit.builtin.organisation import likely_posts
from leuit.values import ConflictError, InvalidInputError, _
from leuit.web import Choice, Field, FormPage, Request
from leuit.work import View
from leuit_archives.models.letters import ATTACHED, NUMBER, SENDER, SUBJECT
from leuit_archives.service.letter_levels import letter_kinds, secrecy_levels, urgency_levels
from leuit_archives.service.letters_in import MOST_ADDRESSEES, Incoming

from .letters import HOME

ROWS, MORE = 2, 5
"""Rows for addressees that a form shows at least, and how many more on request."""
POST = 250
_POSTS_OFFERED = 200
_OF_PROPOSAL = {"date": "dated", "attachment": "attached"}


def letter_form(
    view: View,
    *,
    title: str,
    lead: str,
    action: str,
    hints: Mapping[str, str] = {},
    to_first: str = "",
    mending: bool = False,
    sent: bool = False,
) -> FormPage:
    """The form; `hints` say where a proposal was read. A letter that was `sent` needs a reason."""
    today = view.today
    levels = secrecy_levels(view, today)
    hurry = urgency_levels(view, today)
    kinds = letter_kinds(view, today)

    def told(name: str, otherwise: str = "") -> str:
        return hints.get(name) or otherwise

    fields = [
        Field("key", "", "hidden", required=False),
        Field("unit", "", "hidden", required=False),
        Field("version", "", "hidden", required=False),
        Field("number", _("Nomor surat"), required=False, most=NUMBER, hint=told("number")),
        Field("dated", _("Tanggal surat"), "date", required=False, hint=told("date")),
        Field("received_on", _("Diterima tanggal"), "date"),
        Field("sender", _("Pengirim"), most=SENDER, hint=told("sender")),
        Field("subject", _("Hal"), "textarea", rows=2, most=SUBJECT, hint=told("subject")),
        Field(
            "attached",
            _("Lampiran"),
            required=False,
            most=ATTACHED,
            hint=told("attachment", _("Misalnya 1 (satu) berkas.")),
        ),
    ]
    if kinds:
        names = [Choice("", "–"), *(Choice(one.kind, one.kind) for one in kinds)]
        fields.append(
            Field(
                "kind",
                _("Jenis naskah"),
                "select",
                required=False,
                choices=names,
                hint=told("kind"),
            )
        )
    fields.append(
        Field(
            "secrecy",
            _("Keamanan"),
            "radio",
            choices=[Choice(one.code, f"{one.name} ({one.code})") for one in levels],
            hint=told("secrecy"),
        )
    )
    if hurry:
        fields.append(
            Field(
                "urgency",
                _("Kecepatan"),
                "radio",
                choices=[Choice(one.code, one.name) for one in hurry],
                hint=told("urgency"),
            )
        )
    if sent:
        fields.append(
            Field(
                "reason",
                _("Alasan perbaikan"),
                most=500,
                hint=_("Surat sudah diteruskan; perbaikan tercatat di log audit."),
            )
        )
    form = FormPage(
        title=title,
        lead=lead,
        fields=fields,
        submit=_("Simpan perbaikan") if mending else _("Simpan dan teruskan"),
        action=action,
        back=HOME,
        back_label=_("Surat"),
        lists={
            "posts": [Choice(one.text, one.holder) for one in likely_posts(view, _POSTS_OFFERED)]
        },
    )
    first = {"secrecy": levels[0].code, "received_on": f"{today:%d/%m/%Y}"}
    if hurry:
        first["urgency"] = hurry[0].code
    form.values |= first | ({"to-0": to_first} if to_first else {})
    return form


def proposed(proposals: Mapping[str, Any], kinds: Sequence[Choice] = ()) -> dict[str, str]:
    """What fields show at first of what was read in the file."""
    found = {_OF_PROPOSAL.get(name, name): str(one["value"]) for name, one in proposals.items()}
    if "dated" in found:
        found["dated"] = f"{dt.date.fromisoformat(found['dated']):%d/%m/%Y}"
    if word := found.pop("kind", ""):
        named = [one.value for one in kinds if word.casefold() in one.value.casefold()]
        if named:
            found["kind"] = min(named, key=len)
    return found


def kind_choices(form: FormPage) -> Sequence[Choice]:
    """The kinds that the form offers."""
    return next((field.choices for field in form.fields if field.name == "kind"), ())


def incoming_of(request: Request, form: FormPage) -> Incoming | None:
    """What was typed; None when a question is not answered, with the faults in the form."""
    values = form.read(request.form, request.files)
    form.values |= {name: text for name, text in request.form.items() if name[:3] in ("to-", "cc-")}
    form.values["again"] = request.form.get("again", "")
    if not form.ok:
        return None
    return Incoming(
        sender=values["sender"],
        subject=values["subject"],
        received_on=values["received_on"],
        secrecy=values["secrecy"],
        to=_posts(form, "to"),
        number=values["number"] or "",
        dated=values["dated"],
        kind=values.get("kind") or "",
        attached=values["attached"] or "",
        urgency=values.get("urgency") or "",
        copies=_posts(form, "cc"),
    )


def refuse(form: FormPage, error: InvalidInputError | ConflictError) -> None:
    """Put the faults where they belong; those of addressees at their first row."""
    if not isinstance(error, InvalidInputError):
        form.errors["again" if "again" in form.values else ""] = str(error)
        return
    known = {field.name for field in form.fields}
    if not error.fields:
        form.errors[""] = str(error)
    for fault in error.fields:
        place = {"to": "to-0", "copies": "cc-0"}.get(fault.path, fault.path)
        place = place if place in known or place in ("to-0", "cc-0") else ""
        form.errors.setdefault(place, fault.sentence())


def rows_of(form: FormPage, more: bool = False) -> dict[str, int]:
    """How many rows the form shows for addressees and for copies: one more than are filled."""
    found = {}
    for prefix in ("to", "cc"):
        filled = [int(name[3:]) for name in _row_names(form, prefix) if form.values[name].strip()]
        last = max(filled, default=-1) + 2
        found[prefix] = min(MOST_ADDRESSEES, max(ROWS, last + (MORE if more else 0)))
    return found


def _posts(form: FormPage, prefix: str) -> tuple[str, ...]:
    rows = sorted((int(name[3:]), name) for name in _row_names(form, prefix))
    texts = (form.values[name].strip() for _row, name in rows)
    return tuple(text for text in texts if text)


def _row_names(form: FormPage, prefix: str) -> list[str]:
    """Names such as `to-0` among what was sent; what is no number of a row is passed over."""
    start = f"{prefix}-"
    return [
        name
        for name in form.values
        if name.startswith(start)
        and name[3:].isascii()
        and name[3:].isdigit()
        and len(name) <= len("to-99")
        and int(name[3:]) < MOST_ADDRESSEES
    ]
