"""What a signer does: paraf, signature, refusal, handing on; and revoking what was signed."""

from uuid import UUID

from leuit.builtin.core import confirm_password
from leuit.values import (
    ConflictError,
    InvalidInputError,
    LeuitError,
    NotFoundError,
    PermissionDeniedError,
    TooManyRequestsError,
    _,
)
from leuit.web import Field, FormPage, Request, Response, redirect
from leuit_esign.providers import Secret
from leuit_esign.service.acting import give_paraf, pass_on, readable, refuse, sign_step
from leuit_esign.service.chain import NOTE
from leuit_esign.service.keys import WrongPassphraseError
from leuit_esign.service.passing import revoke
from leuit_esign.service.turn import step_of

from .changing import changed, faults_of
from .choices import POSITION, positions
from .documents import id_of
from .letter import show_document
from .sending import path


def send_back(request: Request) -> Response:
    """Refuse the reader's step."""
    document_id = id_of(request)
    reason = request.form.get("reason", "")
    return changed(
        request,
        lambda work: refuse(work, document_id, reason, seen=_seen(request)),
        _("Dokumen dikembalikan kepada pembuatnya."),
        show_document,
    )


def paraf(request: Request) -> Response:
    """Give the reader's paraf, after his password."""
    document_id = id_of(request)
    note = request.form.get("note", "").strip()
    if len(note) > NOTE:
        return show_document(request, {"note": _("Paling banyak %s huruf.") % NOTE})
    try:
        _confirm(request)
    except InvalidInputError as error:
        return show_document(request, faults_of(error))
    return changed(
        request,
        lambda work: give_paraf(work, document_id, note, seen=_seen(request)),
        _("Paraf diberikan."),
        show_document,
    )


def sign(request: Request) -> Response:
    """Sign the reader's step: his password, then the passphrase of his key, each once."""
    document_id = id_of(request)
    try:
        _confirm(request)
        sign_step(
            request.app,
            request.identity,
            document_id,
            Secret(request.form.get("passphrase", "")),
            seen=_seen(request),
            request_id=request.request_id,
        )
    except WrongPassphraseError as error:
        return show_document(request, {"passphrase": str(error)})
    except InvalidInputError as error:
        return show_document(request, faults_of(error))
    except (NotFoundError, TooManyRequestsError, PermissionDeniedError):
        raise
    except LeuitError as error:
        return show_document(request, {"": str(error)})
    return redirect(path(request), _("Dokumen ditandatangani."))


def hand_on(request: Request) -> Response:
    """Hand the reader's step on to another position."""
    with request.read() as view:
        document = readable(view, id_of(request))
        turn = step_of(view, document)
        listed = positions(view)
    form = FormPage(
        title=_("Teruskan ke jabatan lain"),
        lead=document.title,
        fields=[
            Field("step", "", "hidden", required=False),
            Field(
                "to",
                _("Jabatan"),
                hint=_("Nama jabatan, atau kode unit untuk kepalanya"),
                most=POSITION,
                suggest="positions",
            ),
            Field("reason", _("Alasan"), "textarea", most=NOTE, rows=3),
        ],
        submit=_("Teruskan"),
        back=path(request),
        back_label=document.title,
        lists={"positions": listed},
    ).fill({"step": turn.id if turn else ""})
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok:
            try:
                with request.change() as work:
                    step = pass_on(
                        work, document.id, values["to"], values["reason"], seen=_seen(request)
                    )
            except InvalidInputError as error:
                form.refuse(error)
            except (ConflictError, NotFoundError) as error:
                form.errors["to"] = str(error)
            else:
                return redirect("/tasks", _("Diteruskan kepada %s.") % step.title)
    return form.answer(request)


def take_out(request: Request) -> Response:
    """Revoke a signed document, after the password."""
    with request.read() as view:
        document = readable(view, id_of(request))
    form = FormPage(
        title=_("Cabut dokumen"),
        lead=_("“%s” tidak berlaku lagi setelah dicabut. Ini tidak dapat dibatalkan.")
        % document.title,
        fields=[
            Field("reason", _("Alasan"), "textarea", most=NOTE, rows=3),
            Field("password", _("Kata sandi akun"), "password", autocomplete="current-password"),
        ],
        submit=_("Cabut dokumen"),
        back=path(request),
        back_label=document.title,
        danger=True,
    )
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok:
            try:
                _confirm(request)
                with request.change() as work:
                    revoke(work, document.id, values["reason"])
            except InvalidInputError as error:
                form.refuse(error)
            except ConflictError as error:
                form.errors[""] = str(error)
            else:
                return redirect(path(request), _("Dokumen dicabut."))
    return form.answer(request)


def _seen(request: Request) -> UUID | None:
    """The step that the page showed."""
    try:
        return UUID(request.form.get("step", ""))
    except ValueError:
        return None


def _confirm(request: Request) -> None:
    password = request.form.get("password", "")
    confirm_password(request.app, request.identity, password, request.request_id)
