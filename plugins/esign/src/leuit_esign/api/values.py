"""What programs are told of a document, and how a change of one is made and answered."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import attrs

from leuit.values import FieldError, InvalidInputError, NotFoundError, _
from leuit.web import Request, Response, json_answer
from leuit.work import View, Work
from leuit_esign.models import Document, PlaceRow, Step
from leuit_esign.service.chain import steps_of
from leuit_esign.service.documents import document_of, places_of, sheets_of
from leuit_esign.service.listing import actors_of, newest_sha256

ADDRESS = "/api/esign/v1/documents"


@attrs.frozen
class SheetAnswer:
    """A page as it is shown, counted from 1; width and height in points (1/72 inch)."""

    page: int
    width: float
    height: float


@attrs.frozen
class PlaceAnswer:
    """A place for a signature or the number: a box in points from the page's bottom left corner.

    `field` is its name in the PDF. One that the PDF `brought` cannot be moved or deleted.
    """

    id: UUID
    field: str
    purpose: str
    page: int
    left: float
    bottom: float
    right: float
    top: float
    brought: bool


@attrs.frozen
class StepAnswer:
    """A step: `waiting`, `open` (its turn), `done` or `refused`; steps of one number in any order.

    `position_id` and `title` name the position whose holder of the day acts. Who acted is in
    `person_id` and `person`, how he held the position in `acting` (`definitif`, `Plt.`, `Plh.`),
    his name line in `acted_as` (`a.n. Bupati, Sekretaris Daerah`).
    """

    id: UUID
    number: int
    kind: str
    position_id: UUID
    title: str
    field: str | None
    state: str
    opened_at: dt.datetime | None
    decided_at: dt.datetime | None
    person_id: UUID | None
    person: str | None
    acting: str
    acted_as: str
    note: str


@attrs.frozen
class DocumentAnswer:
    """A document as it stands; times in UTC, ISO 8601.

    A change names the `version` that was read, and answers with the one after it. `sha256` is of
    the file that `/pdf` gives. `code` is how the public asks for it, `number` what is printed on
    it. `signatures` counts those that it came with, `flattened` the form fields that became part
    of the page. `reason` says why it was refused or recalled. `filed_kind` and `filed_id` name the
    archive's record of a letter that all have signed.
    """

    id: UUID
    code: str
    title: str
    state: str
    version: int
    owner_id: UUID
    sha256: str
    number: str
    reason: str
    signatures: int
    flattened: int
    created_at: dt.datetime
    started_at: dt.datetime | None
    due_at: dt.datetime | None
    expires: bool
    ended_at: dt.datetime | None
    filed_kind: str
    filed_id: str
    sheets: list[SheetAnswer]
    places: list[PlaceAnswer]
    steps: list[StepAnswer]


@attrs.frozen
class VersionBody:
    """The version that was read."""

    version: int


@attrs.frozen
class VersionQuery:
    """The version that was read."""

    version: int


def answer_of(view: View, document: Document) -> DocumentAnswer:
    """A document with its places and steps."""
    steps = steps_of(view, document.id)
    names = actors_of(view, steps)
    return DocumentAnswer(
        id=document.id,
        code=document.code,
        title=document.title,
        state=document.state,
        version=document.version,
        owner_id=document.owner_id,
        sha256=newest_sha256(document),
        number=document.number,
        reason=document.reason,
        signatures=document.signatures,
        flattened=document.flattened,
        created_at=document.created_at,
        started_at=document.started_at,
        due_at=document.due_at,
        expires=document.expires,
        ended_at=document.ended_at,
        filed_kind=document.filed_kind,
        filed_id=document.filed_id,
        sheets=[
            SheetAnswer(number, sheet.width, sheet.height)
            for number, sheet in enumerate(sheets_of(document), 1)
        ],
        places=[_place(row) for row in places_of(view, document.id)],
        steps=[_step(step, names) for step in steps],
    )


def told(answer: DocumentAnswer, status: int = 200) -> Response:
    """The answer with its version as ETag, and its address when it is new."""
    response = json_answer(answer, status)
    response.headers["ETag"] = f'"{answer.version}"'
    response.headers["Cache-Control"] = "private, no-cache"
    if status == 201:
        response.headers["Location"] = f"{ADDRESS}/{answer.id}"
    return response


def changed(request: Request, act: Callable[[Work], Any]) -> Response:
    """Act in a unit of work on the document of the address, and tell how it stands then."""
    with request.change() as work:
        act(work)
        work.session.flush()
        answer = answer_of(work, document_of(work, request.params["document_id"]))
    return told(answer)


def version_in(request: Request) -> int:
    """The `version` of the address of a DELETE, which has no body."""
    text = request.query.get("version", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        sentence = _("Sebutkan versi yang Anda baca.")
        raise InvalidInputError(sentence, fields=[FieldError("version", sentence, "required")])
    return int(text)


@contextmanager
def blamed(field: str) -> Iterator[None]:
    """Name the field of a body that a refusal is about, where the service names none."""
    try:
        yield
    except (InvalidInputError, NotFoundError) as error:
        if isinstance(error, InvalidInputError) and error.fields:
            raise
        fault = FieldError(field, error.message, params=error.params)
        raise InvalidInputError(
            error.message, fields=[fault], advice=error.advice, **error.params
        ) from error


def _place(row: PlaceRow) -> PlaceAnswer:
    return PlaceAnswer(
        id=row.id,
        field=row.field,
        purpose=row.purpose,
        page=row.page + 1,
        left=row.left,
        bottom=row.bottom,
        right=row.right,
        top=row.top,
        brought=row.brought,
    )


def _step(step: Step, names: dict[UUID, str]) -> StepAnswer:
    return StepAnswer(
        id=step.id,
        number=step.number,
        kind=step.kind,
        position_id=step.position_id,
        title=step.title,
        field=step.field,
        state=step.state,
        opened_at=step.opened_at,
        decided_at=step.decided_at,
        person_id=step.person_id,
        person=names[step.person_id] if step.person_id else None,
        acting=step.acting,
        acted_as=step.acted_as,
        note=step.note,
    )
