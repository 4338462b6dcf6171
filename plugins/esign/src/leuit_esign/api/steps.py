"""Steps for programs: whose paraf or signature is wanted, and sending the document on its way."""

from typing import Literal
from uuid import UUID

import attrs

from leuit.values import NotFoundError, _
from leuit.web import Request, Response
from leuit.work import Work
from leuit_esign.service.chain import NewStep, add_step, remove_step, start, steps_of
from leuit_esign.service.documents import document_of

from .values import VersionBody, blamed, changed, version_in


@attrs.frozen
class StepBody:
    """A step of a position, named by its title or, for the head of a unit, by the unit's code.

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
    return changed(request, lambda work: start(work, document_id, sent.version))
