"""What the owner does with his document: its steps, deadline and number; sending, recalling."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    _,
    to_utc,
)
from leuit.web import Choice, Field, FormPage, Request, Response, local, redirect, version_of
from leuit.work import View, Work
from leuit_esign.models import Document
from leuit_esign.service.chain import NewStep, add_step, remove_step
from leuit_esign.service.documents import document_of
from leuit_esign.service.numbering import CLASSIFICATION, patterns_on
from leuit_esign.service.passing import recall, remind
from leuit_esign.service.sending import SendOptions, send, set_options

from .changing import changed
from .documents import id_of
from .letter import show_document

END_OF_DAY = dt.time(16, 0)
TOLD = 12
"""Pages that are named one by one."""


def add(request: Request) -> Response:
    """Add a step."""
    number = request.form.get("number", "")
    wanted = NewStep(
        request.form.get("position", ""),
        request.form.get("kind", ""),
        int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0,
    )
    document_id, version = id_of(request), version_of(request.form)
    return _changed(
        request,
        lambda work: add_step(work, document_id, version, wanted),
        _("Langkah ditambahkan."),
    )


def remove(request: Request) -> Response:
    """Take a step away."""
    document_id, version = id_of(request), version_of(request.form)
    step = _uuid(request.form.get("step", ""))
    return _changed(
        request,
        lambda work: remove_step(work, document_id, version, step),
        _("Langkah dihapus."),
    )


def begin(request: Request) -> Response:
    """Send the document on its way."""
    document_id, version = id_of(request), version_of(request.form)
    try:
        sent = send(
            request.app,
            request.identity,
            document_id,
            version,
            request_id=request.request_id,
        )
    except (ConflictError, InvalidInputError) as error:
        return show_document(request, {"": str(error)})
    notice: str = _("Dokumen dikirim.")
    if sent.bare:
        pages = ", ".join(str(number) for number in sent.bare[:TOLD])
        pages += " …" if len(sent.bare) > TOLD else ""
        words = _("Dokumen dikirim. Kaki dokumen tidak dicetak pada halaman %s: tidak ada ruang.")
        notice = words % pages
    return redirect(path(request), notice)


def take_back(request: Request) -> Response:
    """Recall a running document."""
    document_id, version = id_of(request), version_of(request.form)
    reason = request.form.get("reason", "")
    return _changed(
        request,
        lambda work: recall(work, document_id, version, reason),
        _("Dokumen ditarik kembali."),
    )


def nudge(request: Request) -> Response:
    """Remind those whose turn it is."""
    document_id = id_of(request)
    return _changed(
        request, lambda work: remind(work, document_id), _("Penanda tangan diingatkan.")
    )


def options(request: Request) -> Response:
    """The deadline, the number, and what the document supersedes."""
    with request.read() as view:
        document = document_of(view, id_of(request))
        form = _options_form(request, view, document)
    if request.method != "POST":
        return form.answer(request)
    values = form.read(request.form, request.files)
    if form.ok:
        due = None
        if values["due"] is not None:
            at = dt.datetime.combine(values["due"], values["due_time"] or END_OF_DAY)
            due = to_utc(at, request.app.zone)
        wanted = SendOptions(
            due,
            values["expires"],
            values["pattern"] or "",
            values["classification"] or "",
            values["replaces"] or "",
        )
        try:
            with request.change() as work:
                set_options(work, document.id, version_of(request.form), wanted)
        except InvalidInputError as error:
            form.refuse(error)
        except ConflictError as error:
            form.errors[""] = str(error)
        else:
            return redirect(path(request), _("Tenggat dan nomor disimpan."))
    return form.answer(request)


def _options_form(request: Request, view: View, document: Document) -> FormPage:
    older = view.session.get(Document, document.replaces_id) if document.replaces_id else None
    due = local(request, document.due_at) if document.due_at else None
    choices = [Choice("", _("Tanpa nomor"))]
    choices += [Choice(one.name, f"{one.name} · {one.pattern}") for one in patterns_on(view)]
    form = FormPage(
        title=_("Tenggat dan nomor"),
        lead=document.title,
        fields=[
            Field("version", "", "hidden"),
            Field("due", _("Tenggat"), "date", required=False),
            Field(
                "due_time",
                _("Pukul"),
                convert=_clock,
                hint=_("Misalnya 16.00"),
                required=False,
                width="short",
            ),
            Field("expires", _("Dokumen berakhir sendiri bila lewat tenggat"), "checkbox"),
            Field("pattern", _("Penomoran"), "select", choices=choices, required=False),
            Field(
                "classification",
                _("Kode klasifikasi"),
                hint=_("Misalnya 000.1.5"),
                required=False,
                most=CLASSIFICATION,
                width="medium",
            ),
            Field(
                "replaces",
                _("Menggantikan dokumen"),
                hint=_("Kode verifikasi dokumen Anda yang tidak berlaku lagi setelah ini"),
                required=False,
                most=20,
                width="medium",
            ),
        ],
        submit=_("Simpan"),
        back=path(request),
        back_label=document.title,
    )
    return form.fill(
        {
            "version": document.version,
            "due": due.strftime("%d/%m/%Y") if due else "",
            "due_time": f"{due:%H.%M}" if due else "",
            "expires": "ya" if document.expires else "",
            "pattern": document.pattern,
            "classification": document.classification,
            "replaces": older.code if older else "",
        }
    )


def _clock(text: str) -> dt.time:
    """A time of day as it is typed: 16.00 or 16:00."""
    try:
        return dt.datetime.strptime(text.replace(":", "."), "%H.%M").time()  # noqa: DTZ007 -- a time of day
    except ValueError:
        raise InvalidInputError(_("Tulis jam seperti 16.00.")) from None


def _changed(request: Request, act: Callable[[Work], Any], notice: str) -> Response:
    try:
        return changed(request, act, notice, show_document, "position")
    except NotFoundError as error:
        return show_document(request, {"position": str(error)})


def path(request: Request) -> str:
    """The address of the document's page."""
    return f"/esign/documents/{id_of(request)}"


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InvalidInputError(_("Muat ulang halaman, lalu ulangi perubahan Anda.")) from None
