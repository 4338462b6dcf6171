"""Places for programs: by a box, a usual spot or a mark in the text."""

from typing import Literal
from uuid import UUID

import attrs

from leuit.values import FieldError, InvalidInputError, NotFoundError, _
from leuit.web import Request, Response
from leuit.work import Work
from leuit_esign.rules import Place
from leuit_esign.service.documents import document_of, places_of
from leuit_esign.service.places import (
    add_place,
    add_preset,
    close_placing,
    find_mark,
    remove_place,
    reopen,
)

from .values import VersionBody, blamed, changed, version_in

Spot = Literal[
    "bottom_right", "bottom_middle", "bottom_left", "middle_right", "top_right", "top_left"
]


@attrs.frozen
class BoxBody:
    """A box on a page (from 1), in points from its bottom left corner as it is shown."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


@attrs.frozen
class PresetBody:
    """A usual spot of a page (from 1); moved aside while another place is there."""

    page: int
    name: Spot


@attrs.frozen
class PlaceBody:
    """A place by just one of the three; `mark` is a character that stands once in the text.

    `purpose` is `sign`, or `number` for the one line on which the number is printed.
    """

    version: int
    box: BoxBody | None = None
    preset: PresetBody | None = None
    mark: str | None = None
    purpose: Literal["sign", "number"] = "sign"


def add(request: Request) -> Response:
    """Add a place."""
    sent = request.decode(PlaceBody)
    if sum(way is not None for way in (sent.box, sent.preset, sent.mark)) != 1:
        sentence = _("Sebutkan tepat satu: box, preset, atau mark.")
        raise InvalidInputError(sentence, fields=[FieldError("body", sentence)])
    document_id: UUID = request.params["document_id"]
    if sent.mark is not None:
        with request.read() as view:
            found = find_mark(request.app, view, document_id, sent.mark, sent.purpose)
        return changed(
            request, lambda work: add_place(work, document_id, sent.version, found, sent.purpose)
        )

    def act(work: Work) -> None:
        document_of(work, document_id)  # what is not found from here on is about the body
        if sent.box is not None:
            with blamed("box"):
                add_place(work, document_id, sent.version, _box(sent.box), sent.purpose)
        if sent.preset is not None:
            name, page = sent.preset.name, sent.preset.page - 1
            with blamed("preset"):
                add_preset(work, document_id, sent.version, name, page, sent.purpose)

    return changed(request, act)


def remove(request: Request) -> Response:
    """Take a place away."""
    document_id, place_id = request.params["document_id"], request.params["place_id"]
    version = version_in(request)

    def act(work: Work) -> None:
        document_of(work, document_id)
        if all(row.id != place_id for row in places_of(work, document_id)):
            raise NotFoundError(_("Tempat tanda tangan itu tidak ada."))
        remove_place(work, document_id, version, place_id)

    return changed(request, act)


def prepare(request: Request) -> Response:
    """Go on to the steps; the fields are made in the PDF when the document is sent."""
    sent = request.decode(VersionBody)
    document_id = request.params["document_id"]
    return changed(request, lambda work: close_placing(work, document_id, sent.version))


def open_again(request: Request) -> Response:
    """Go back to placing."""
    sent = request.decode(VersionBody)
    document_id = request.params["document_id"]
    return changed(request, lambda work: reopen(work, document_id, sent.version))


def _box(sent: BoxBody) -> Place:
    return Place(sent.page - 1, sent.left, sent.bottom, sent.right, sent.top)
