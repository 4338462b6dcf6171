"""A document on its way: its signers, what the reader has to do, and what happened so far."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import select

from leuit.builtin.core import confirm_password
from leuit.identity import Person
from leuit.values import (
    InvalidInputError,
    LeuitError,
    NotFoundError,
    PermissionDeniedError,
    TooManyRequestsError,
    _,
    format_date,
    format_time,
)
from leuit.web import Request, Response, local, page, redirect
from leuit.work import View, Work
from leuit_esign.models import DRAFT, PARAF, PREPARED, SIGN, Document, Step
from leuit_esign.providers import Secret
from leuit_esign.service.acting import give_paraf, readable, refuse, sign_step
from leuit_esign.service.chain import (
    NewStep,
    add_step,
    free_fields,
    recall,
    remove_step,
    start,
    steps_of,
)
from leuit_esign.service.documents import places_of, sheets_of
from leuit_esign.service.keys import NoKeyError, WrongPassphraseError, key_of
from leuit_esign.service.turn import step_of

from .changing import changed, faults_of
from .documents import STATES, id_of, path_of
from .placing import show_placing, shown_place, version_of

KINDS = {PARAF: _("Paraf"), SIGN: _("Tanda tangan")}


def show_document(request: Request, errors: dict[str, str] | None = None) -> Response:
    """The document's page by its state: placing, choosing signers, or on its way."""
    with request.read() as view:
        document = readable(view, id_of(request))
        values = None if document.state == DRAFT else _values(request, view, document)
    if values is None:
        return show_placing(request, errors)
    return page(
        request,
        "esign/letter.html",
        status=422 if errors else 200,
        errors=errors or {},
        typed={} if not errors else _typed(request),
        **values,
    )


def add(request: Request) -> Response:
    """Add a step."""
    number = request.form.get("number", "")
    wanted = NewStep(
        request.form.get("position", ""),
        request.form.get("kind", ""),
        int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0,
    )
    document_id, version = id_of(request), version_of(request)
    return _changed(
        request,
        lambda work: add_step(work, document_id, version, wanted),
        _("Langkah ditambahkan."),
    )


def remove(request: Request) -> Response:
    """Take a step away."""
    document_id, version = id_of(request), version_of(request)
    step = _uuid(request.form.get("step", ""))
    return _changed(
        request,
        lambda work: remove_step(work, document_id, version, step),
        _("Langkah dihapus."),
    )


def begin(request: Request) -> Response:
    """Send the document on its way."""
    document_id, version = id_of(request), version_of(request)
    return _changed(request, lambda work: start(work, document_id, version), _("Dokumen dikirim."))


def take_back(request: Request) -> Response:
    """Recall a running document."""
    document_id, version = id_of(request), version_of(request)
    reason = request.form.get("reason", "")
    return _changed(
        request,
        lambda work: recall(work, document_id, version, reason),
        _("Dokumen ditarik kembali."),
    )


def send_back(request: Request) -> Response:
    """Refuse the reader's step."""
    document_id = id_of(request)
    reason = request.form.get("reason", "")
    return _changed(
        request,
        lambda work: refuse(work, document_id, reason),
        _("Dokumen dikembalikan kepada pembuatnya."),
    )


def paraf(request: Request) -> Response:
    """Give the reader's paraf, after his password."""
    document_id = id_of(request)
    try:
        _confirm(request)
    except InvalidInputError as error:
        return show_document(request, faults_of(error, "position"))
    return _changed(request, lambda work: give_paraf(work, document_id), _("Paraf diberikan."))


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
            request_id=request.request_id,
        )
    except WrongPassphraseError as error:
        return show_document(request, {"passphrase": str(error)})
    except InvalidInputError as error:
        return show_document(request, faults_of(error, "position"))
    except (NotFoundError, TooManyRequestsError, PermissionDeniedError):
        raise
    except LeuitError as error:
        return show_document(request, {"": str(error)})
    return redirect(_path(request), _("Dokumen ditandatangani."))


def _confirm(request: Request) -> None:
    password = request.form.get("password", "")
    confirm_password(request.app, request.identity, password, request.request_id)


def _values(request: Request, view: View, document: Document) -> dict[str, Any]:
    steps = steps_of(view, document.id)
    people = {person.id: person for person in view.session.scalars(_people(steps, document))}
    owner = people[document.owner_id]
    mine = step_of(view, document)
    signed = {step.field for step in steps if step.state == "done"}
    owned = document.owner_id == view.identity.person_id
    certificate = ""
    if mine is not None and mine.kind == SIGN and view.identity.person_id:
        try:
            certificate = format_date(key_of(view, view.identity.person_id).not_after)
        except NoKeyError:
            certificate = ""
    return {
        "document": document,
        "path": path_of(document),
        "state": STATES[document.state],
        "sheets": [
            {
                "number": number + 1,
                "width": round(one.width, 2),
                "height": round(one.height, 2),
                "places": [
                    shown_place(row, one.height)
                    for row in places_of(view, document.id)
                    if row.page == number and row.field not in signed
                ],
            }
            for number, one in enumerate(sheets_of(document))
        ],
        "my_field": mine.field if mine else None,
        "owner": owner.name,
        "owned": owned,
        "mine": mine,
        "certificate": certificate,
        "kinds": KINDS,
        "history": [
            {
                "state": "done",
                "title": owner.name,
                "meta": _("Membawa dokumen · %s") % _when(request, document.created_at),
                "remark": "",
            },
            *(_told(request, step, people, mine) for step in steps),
        ],
        "steps": steps,
        "choosing": owned and document.state == PREPARED,
        "free": free_fields(view, document.id) if document.state == PREPARED else [],
        "next_number": max((step.number for step in steps), default=0) + 1,
    }


def _told(
    request: Request, step: Step, people: dict[UUID, Person], mine: Step | None
) -> dict[str, str]:
    kind = KINDS[step.kind]
    if step.state in ("done", "refused") and step.person_id:
        acting = "" if step.acting == "definitif" else f"{step.acting} "
        verb = kind if step.state == "done" else _("Menolak")
        return {
            "state": "done" if step.state == "done" else "next",
            "title": people[step.person_id].name,
            "meta": f"{verb} {acting}{step.title} · {_when(request, step.decided_at)}",
            "remark": step.note,
        }
    turn = step.state == "open"
    title = _("Anda") if mine is not None and step.id == mine.id else step.title
    since = _("menunggu sejak %s") % _when(request, step.opened_at) if turn else _("berikutnya")
    return {
        "state": "now" if turn else "next",
        "title": title,
        "meta": f"{kind} {step.title} · {since}",
        "remark": "",
    }


def _when(request: Request, moment: Any) -> str:
    if moment is None:
        return "–"
    there = local(request, moment)
    return f"{format_date(there, 'medium')}, {format_time(there)}"


def _people(steps: Any, document: Document) -> Any:
    ids = {step.person_id for step in steps if step.person_id} | {document.owner_id}
    return select(Person).where(Person.id.in_(ids))


def _changed(request: Request, act: Callable[[Work], Any], notice: str) -> Response:
    try:
        return changed(request, act, notice, show_document, "position")
    except NotFoundError as error:
        return show_document(request, {"position": str(error)})


def _typed(request: Request) -> dict[str, str]:
    """What was typed, without what is secret."""
    return {
        name: value
        for name, value in request.form.items()
        if name not in ("password", "passphrase")
    }


def _path(request: Request) -> str:
    return f"/esign/documents/{id_of(request)}"


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InvalidInputError(_("Muat ulang halaman, lalu ulangi perubahan Anda.")) from None
