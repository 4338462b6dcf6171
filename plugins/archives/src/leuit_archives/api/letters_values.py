"""What programs are told of a letter that came, and how a change of one is made and answered."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import attrs

from leuit.web import Request, Response
from leuit.work import View, Work
from leuit_archives.models import BroughtFile, Letter
from leuit_archives.service.dispositions import receivers_of, sheets_of
from leuit_archives.service.letter_course import answered_by, answers_of, course_of
from leuit_archives.service.letter_filing import record_of
from leuit_archives.service.letter_turns import turns_of
from leuit_archives.service.letters_in import files_of, parts_of

from .values import each, told

ADDRESS = "/api/archives/v1/letters"


@attrs.frozen
class ProposalAnswer:
    """A value that was read in the file, the line it stood in, and whether it was plain."""

    value: str
    line: str
    sure: bool


@attrs.frozen
class BroughtAnswer:
    """A file that was brought, with what its text proposes for a person to confirm.

    Proposals are by field: `number`, `date`, `subject`, `sender`, `attachment`, `urgency`,
    `secrecy`, `kind`. It is kept for seven days, or until its letter is registered.
    """

    id: UUID
    unit_id: UUID
    name: str
    media_type: str
    size: int
    pages: int
    sha256: str
    brought_at: dt.datetime
    proposals: dict[str, ProposalAnswer]


@attrs.frozen
class LetterFileAnswer:
    """A file of the letter by its place: 1 is the letter itself."""

    place: int
    name: str
    media_type: str
    size: int
    pages: int
    sha256: str


@attrs.frozen
class AddresseeAnswer:
    """To whom it went (`to`, `copy`); outside of the regency without a position."""

    id: UUID
    part: str
    place: int
    name: str
    position_id: UUID | None
    delivered_at: dt.datetime | None
    read_at: dt.datetime | None
    read_by: UUID | None
    settled_at: dt.datetime | None
    settled_by: UUID | None
    outcome: str


@attrs.frozen
class InstructionAnswer:
    """An instruction of the edition of its day."""

    code: str
    text: str


@attrs.frozen
class ReceiverAnswer:
    """A post that got a disposition: `new`, `read`, `acted`, `done` or `cancelled`.

    `report_name` is the name of the file that was reported with, empty for none.
    """

    id: UUID
    position_id: UUID
    title: str
    coordinator: bool
    state: str
    read_at: dt.datetime | None
    read_by: UUID | None
    acted_at: dt.datetime | None
    handed_at: dt.datetime | None
    report: str
    report_name: str
    ended_at: dt.datetime | None
    ended_by: UUID | None
    version: int


@attrs.frozen
class DispositionAnswer:
    """A sheet: given by an addressee (`addressee_id`), or by the post of a receiver who handed his
    own on (`from_id`); by these the sheets are a tree.
    """

    id: UUID
    addressee_id: UUID | None
    from_id: UUID | None
    position_id: UUID
    person_id: UUID
    acted_as: str
    instructions: list[InstructionAnswer]
    note: str
    due_at: dt.datetime | None
    created_at: dt.datetime
    receivers: list[ReceiverAnswer]


@attrs.frozen
class ReplyAnswer:
    """A letter that answers it, of those that the asker may read."""

    id: UUID
    number: str
    subject: str
    state: str


@attrs.frozen
class LetterAnswer:
    """A letter as it stands; times in UTC, ISO 8601.

    `state` is `registered` until it is passed on, then `sent`; those of letters out are told at
    `/outgoing`. `secrecy` is the code on the letter, `grade` 1 (open) to 4 (top secret). A change
    names the `version` that was read, and answers with the one after it. `ended_at` is when its
    content was lawfully destroyed.
    """

    id: UUID
    version: int
    direction: str
    state: str
    unit_id: UUID
    year: int
    agenda: int | None
    kind: str
    number: str
    dated: dt.date | None
    received_on: dt.date | None
    subject: str
    sender: str
    attached: str
    secrecy: str
    grade: int
    urgency: str
    class_code: str
    reply_to_id: UUID | None
    record_id: UUID | None
    created_at: dt.datetime
    sent_at: dt.datetime | None
    ended_at: dt.datetime | None
    files: list[LetterFileAnswer]
    addressees: list[AddresseeAnswer]
    dispositions: list[DispositionAnswer]
    replies: list[ReplyAnswer]


@attrs.frozen
class OfferedPost:
    """A post that may receive a disposition, and who decides for it today."""

    id: UUID
    title: str
    unit: str
    holder: str


@attrs.frozen
class TurnAnswer:
    """A post of the asker's that has something to do with the letter.

    `kind` is `addressee` or `receiver`, `row_id` the row that an act names, `version` that of a
    receiver's row. `open` says whether something is still wanted.
    """

    kind: str
    row_id: UUID
    version: int | None
    position_id: UUID
    title: str
    open: bool
    due_at: dt.datetime | None
    receivers: list[OfferedPost]
    instructions: list[InstructionAnswer]


@attrs.frozen
class TurnsAnswer:
    """What the asker may do with a letter."""

    items: list[TurnAnswer]


def brought_answer(file: BroughtFile) -> BroughtAnswer:
    """A file with its proposals."""
    return BroughtAnswer(
        file.id,
        file.unit_id,
        file.name,
        file.media_type,
        file.size,
        file.pages,
        file.sha256,
        file.brought_at,
        {name: ProposalAnswer(**one) for name, one in file.proposals.items()},
    )


def letter_answer(view: View, letter: Letter) -> LetterAnswer:
    """A letter that the asker may read, or has just changed."""
    got = receivers_of(view, letter.id)
    record = record_of(view, letter.id)
    answered = answered_by(view, letter)
    return LetterAnswer(
        id=letter.id,
        version=letter.version,
        direction=letter.direction,
        state=letter.state,
        unit_id=letter.unit_id,
        year=letter.year,
        agenda=letter.agenda,
        kind=letter.kind,
        number=letter.number,
        dated=letter.dated,
        received_on=letter.received_on,
        subject=letter.subject,
        sender=letter.sender,
        attached=letter.attached,
        secrecy=letter.secrecy_code,
        grade=letter.secrecy,
        urgency=letter.urgency,
        class_code=letter.class_code,
        reply_to_id=answered.id if answered else None,
        record_id=record.id if record else None,
        created_at=letter.created_at,
        sent_at=letter.sent_at,
        ended_at=letter.ended_at,
        files=each(LetterFileAnswer, files_of(view, letter.id)),
        addressees=each(AddresseeAnswer, parts_of(view, letter.id)),
        dispositions=[
            DispositionAnswer(
                sheet.id,
                sheet.addressee_id,
                sheet.from_id,
                sheet.position_id,
                sheet.person_id,
                sheet.acted_as,
                [InstructionAnswer(one["code"], one["text"]) for one in sheet.instructions],
                sheet.note,
                sheet.due_at,
                sheet.created_at,
                each(ReceiverAnswer, [one for one in got if one.disposition_id == sheet.id]),
            )
            for sheet in sheets_of(view, letter.id)
        ],
        replies=each(ReplyAnswer, answers_of(view, letter.id)),
    )


def turns_answer(view: View, letter: Letter) -> TurnsAnswer:
    """What the asker may do with it."""
    return TurnsAnswer(
        [
            TurnAnswer(
                kind=one.kind,
                row_id=one.row.id,
                version=getattr(one.row, "version", None),
                position_id=one.position_id,
                title=one.title,
                open=one.is_open,
                due_at=one.sheet.due_at if one.sheet else None,
                receivers=each(OfferedPost, one.receivers),
                instructions=each(InstructionAnswer, one.instructions),
            )
            for one in turns_of(view, letter, course_of(view, letter.id))
        ]
    )


def changed(request: Request, act: Callable[[Work], Any], status: int = 200) -> Response:
    """Do it in a unit of work, and answer with the letter as it is then; `act` returns the letter,
    or a row that names it.
    """
    with request.change() as work:
        row = act(work)
        work.session.flush()
        letter = row if isinstance(row, Letter) else work.session.get_one(Letter, row.letter_id)
        answer = letter_answer(work, letter)
    return letter_told(answer, status)


def letter_told(answer: LetterAnswer, status: int = 200) -> Response:
    """The answer with its version as the ETag, and its address when it is new."""
    response = told(answer, status)
    response.headers["ETag"] = f'"{answer.version}"'
    if status == 201:
        response.headers["Location"] = f"{ADDRESS}/{answer.id}"
    return response
