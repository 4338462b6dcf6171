"""What programs are told of a letter out, and how a change of one is made and answered."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import attrs

from leuit.web import Request, Response, json_answer
from leuit.work import View, Work
from leuit_archives.models import Letter
from leuit_archives.service.outgoing import (
    attachments_of,
    content_now,
    find_outgoing,
    steps_of,
)
from leuit_archives.service.sending_out import receivers_of

from .values import each

ADDRESS = "/api/archives/v1/outgoing"


@attrs.frozen
class OutgoingStep:
    """Whose `paraf` or signature (`sign`): `open` or `done`; who acted where it is known."""

    id: UUID
    place: int
    kind: str
    position_id: UUID
    title: str
    state: str
    since: dt.datetime
    done_at: dt.datetime | None
    person_id: UUID | None
    note: str


@attrs.frozen
class OutgoingReceiver:
    """To whom it went (`to`, `copy`); outside of the regency without a position."""

    part: str
    name: str
    position_id: UUID | None
    delivered_at: dt.datetime | None
    read_at: dt.datetime | None
    outcome: str


@attrs.frozen
class OutgoingFile:
    """A file that goes with it."""

    id: UUID
    name: str
    media_type: str
    size: int


@attrs.frozen
class OutgoingAnswer:
    """A letter out as it stands; times in UTC, ISO 8601.

    `state` is `draft`, `review` (parafs), `signing`, `signed`, `sent` or `void`. A change names the
    `version` that was read, and answers with the one after it. `signing` says how the last signing
    went, `signing_note` why it ended. `draft` is the number of the newest version of its text.
    """

    id: UUID
    version: int
    state: str
    kind: str
    unit_id: UUID
    number: str
    agenda: int | None
    dated: dt.date | None
    subject: str
    body: str
    closing: str
    class_code: str
    secrecy: str
    urgency: str
    mode: str
    draft: int
    signing: str
    signing_note: str
    reply_to_id: UUID | None
    created_at: dt.datetime
    sent_at: dt.datetime | None
    steps: list[OutgoingStep]
    receivers: list[OutgoingReceiver]
    files: list[OutgoingFile]


@attrs.frozen
class OutgoingVersion:
    """The version that was read."""

    version: int


def answer_of(view: View, letter_id: UUID) -> OutgoingAnswer:
    """A letter that the asker may read; NotFoundError for any other."""
    letter, draft = find_outgoing(view, letter_id)
    content = content_now(view, letter, draft)
    return OutgoingAnswer(
        id=letter.id,
        version=letter.version,
        state=letter.state,
        kind=letter.kind,
        unit_id=letter.unit_id,
        number=letter.number,
        agenda=letter.agenda,
        dated=letter.dated,
        subject=letter.subject,
        body=content.body,
        closing=content.closing,
        class_code=letter.class_code,
        secrecy=letter.secrecy_code,
        urgency=letter.urgency,
        mode=draft.mode,
        draft=draft.latest,
        signing=draft.signing,
        signing_note=draft.signing_note,
        reply_to_id=letter.reply_to_id,
        created_at=letter.created_at,
        sent_at=letter.sent_at,
        steps=each(OutgoingStep, steps_of(view, letter.id)),
        receivers=each(OutgoingReceiver, receivers_of(view, letter.id)),
        files=each(OutgoingFile, attachments_of(view, letter.id)),
    )


def changed(request: Request, act: Callable[[Work], Letter], status: int = 200) -> Response:
    """Do it in a unit of work, and answer with the letter as it is then."""
    with request.change() as work:
        letter_id = act(work).id
        work.session.flush()
        answer = answer_of(work, letter_id)
    return told(answer, status)


def told(answer: OutgoingAnswer, status: int = 200) -> Response:
    """The answer with its version as the ETag, and its address when it is new."""
    response = json_answer(answer, status)
    response.headers["ETag"] = f'"{answer.version}"'
    if status == 201:
        response.headers["Location"] = f"{ADDRESS}/{answer.id}"
    return response
