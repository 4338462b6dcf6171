"""Numbers set aside, for programs: reserved, listed, accounted for."""

import datetime as dt
from uuid import UUID

import attrs

from leuit.values import parse_date
from leuit.web import Request, Response, Upload, json_answer
from leuit.work import View
from leuit_archives.models import NumberBlock
from leuit_archives.service.letter_uploads import MOST_OUT, receive_upload
from leuit_archives.service.number_blocks import (
    PaperLetter,
    blocks_of,
    cancel_number,
    enter_letter,
    find_block,
    find_number,
    numbers_of,
    reserve_block,
)

from .values import each

MOST = 200


@attrs.frozen
class NewBlockBody:
    """So many numbers (1 to 200) of a kind of letter of a unit; the same `key` gives the same."""

    key: UUID
    unit_id: UUID
    kind: str
    count: int
    reason: str


@attrs.frozen
class CancelNumberBody:
    """Why a number was not used."""

    reason: str


@attrs.frozen
class PaperLetterForm:
    """The letter that bears a number, with its scan as PDF; `dated` as 24/11/2026, `secrecy` the
    code of a level in use.
    """

    dated: str
    subject: str
    secrecy: str
    file: Upload
    to: str = ""
    class_code: str = ""


@attrs.frozen
class BlockNumberAnswer:
    """A number: `open`, `used` by a letter, or `cancelled` with its reason."""

    id: UUID
    value: int
    state: str
    letter_id: UUID | None
    reason: str


@attrs.frozen
class BlockAnswer:
    """A block of numbers of one series, from `first` to `last`."""

    id: UUID
    unit_id: UUID
    kind: str
    year: int
    first: int
    last: int
    reason: str
    created_at: dt.datetime
    numbers: list[BlockNumberAnswer]


@attrs.frozen
class BlockList:
    """The newest blocks of the asker's units, without their numbers, and how many there are."""

    items: list[BlockAnswer]
    total: int


def list_blocks(request: Request) -> Response:
    """Blocks of units for which the asker registers letters."""
    with request.read() as view:
        rows, total = blocks_of(view, MOST)
        items = [_answer(row, []) for row in rows]
    return json_answer(BlockList(items, total))


def show(request: Request) -> Response:
    """One block with its numbers."""
    with request.read() as view:
        answer = _whole(view, find_block(view, request.params["block_id"]))
    return json_answer(answer)


def reserve(request: Request) -> Response:
    """Set numbers aside."""
    sent = request.decode(NewBlockBody)
    with request.change() as work:
        block = reserve_block(work, sent.key, sent.unit_id, sent.kind, sent.count, sent.reason)
        answer = _whole(work, block)
    return json_answer(answer, 201)


def enter(request: Request) -> Response:
    """Enter the letter that bears a number."""
    sent = request.decode_form(PaperLetterForm)
    number_id = request.params["number_id"]
    with request.read() as view:
        find_number(view, number_id)
    paper = PaperLetter(
        dated=parse_date(sent.dated),
        subject=sent.subject,
        secrecy=sent.secrecy,
        to=sent.to,
        class_code=sent.class_code,
    )
    received = receive_upload(request.app, sent.file.filename, sent.file.data, MOST_OUT)
    with request.change() as work:
        enter_letter(work, number_id, paper, received.file, received.reading.pages)
        answer = _whole(work, find_number(work, number_id)[0])
    return json_answer(answer)


def cancel(request: Request) -> Response:
    """Account for a number that was not used."""
    sent = request.decode(CancelNumberBody)
    with request.change() as work:
        row = cancel_number(work, request.params["number_id"], sent.reason)
        answer = _whole(work, find_block(work, row.block_id))
    return json_answer(answer)


def _whole(view: View, block: NumberBlock) -> BlockAnswer:
    return _answer(block, each(BlockNumberAnswer, numbers_of(view, block.id)))


def _answer(block: NumberBlock, numbers: list[BlockNumberAnswer]) -> BlockAnswer:
    return BlockAnswer(
        block.id,
        block.unit_id,
        block.kind,
        block.year,
        block.first,
        block.last,
        block.reason,
        block.created_at,
        numbers,
    )
