"""Steps for programs: whose paraf or signature is wanted, and sending the document on its way."""

import datetime as dt
from typing import Literal
from uuid import UUID

import attrs

from leuit.values import FieldError, InvalidInputError, NotFoundError, _
from leuit.web import Request, Response
from leuit.work import Work
from leuit_esign.service.chain import NewStep, add_step, remove_step, steps_of
from leuit_esign.service.documents import document_of
from leuit_esign.service.sending import SendOptions, send, set_options

from .values import VersionBody, answer_of, blamed, changed, told, version_in


@attrs.frozen
class StepBody:
    """A step of a position: its title, `title · unit code` where several units have that title,
    the code of the unit that it heads, or its id.

    Steps of one `number` (1 to 99) act side by side, and after all those of a lower one. `field`
    names the place of a signature; empty takes the first that is free.
    """

    version: int
    position: str
    kind: Literal["paraf", "sign"]
    number: int
    field: str = ""


def add(request: Request) -> Response:
    """Add a step."""
    sent = request.decode(StepBody)
    wanted = NewStep(sent.position, sent.kind, sent.number, sent.field)
    document_id: UUID = request.params["document_id"]

    def act(work: Work) -> None:
        document_of(work, document_id)  # what is not found from here on is the position
        with blamed("position"):
            add_step(work, document_id, sent.version, wanted)

    return changed(request, act)


def remove(request: Request) -> Response:
    """Take a step away."""
    document_id, step_id = request.params["document_id"], request.params["step_id"]
    version = version_in(request)

    def act(work: Work) -> None:
        document_of(work, document_id)
        if all(step.id != step_id for step in steps_of(work, document_id)):
            raise NotFoundError(_("Langkah itu tidak ada."))
        remove_step(work, document_id, version, step_id)

    return changed(request, act)


def begin(request: Request) -> Response:
    """Send the document on its way."""
    sent = request.decode(VersionBody)
    document_id = request.params["document_id"]
    send(request.app, request.identity, document_id, sent.version, request_id=request.request_id)
    with request.read() as view:
        return told(answer_of(view, document_of(view, document_id)))


@attrs.frozen
class OptionsBody:
    """The deadline, at which the document ends unsigned if it `expires`; its number; what it ends.

    `pattern` is the name of a numbering in force, empty for none; a pattern may ask for a
    `classification`. `replaces` is the code of a document of one's own that is done.
    """

    version: int
    due_at: dt.datetime | None = None
    expires: bool = False
    pattern: str = ""
    classification: str = ""
    replaces: str = ""


def options(request: Request) -> Response:
    """Set how the document will go on its way."""
    sent = request.decode(OptionsBody)
    if sent.due_at is not None and sent.due_at.tzinfo is None:
        sentence = _("Harus berupa waktu seperti 2026-10-05T07:30:00+07:00.")
        raise InvalidInputError(sentence, fields=[FieldError("due_at", sentence)])
    wanted = SendOptions(
        sent.due_at, sent.expires, sent.pattern, sent.classification, sent.replaces
    )
    document_id = request.params["document_id"]
    return changed(request, lambda work: set_options(work, document_id, sent.version, wanted))
