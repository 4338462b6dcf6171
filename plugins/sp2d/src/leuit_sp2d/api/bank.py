"""The bank for programs: what waits, one file of orders out, a statement in; each of them once."""

import datetime as dt
from typing import Literal
from uuid import UUID

import attrs

from leuit.values import FieldError, InvalidInputError, NotFoundError, _
from leuit.web import Request, Response, Upload, file_answer, json_answer
from leuit.work import Work
from leuit_sp2d.bank.bookings import Booking
from leuit_sp2d.models import Batch
from leuit_sp2d.service.order_files import OrderFile, find_batch, make_orders, mark_sent, waiting
from leuit_sp2d.service.statements import ReceivedStatement, receive_statement, take_in

from .once import prepared
from .steps import confirm
from .values import InstructionAnswer, instruction_answer


@attrs.frozen
class WaitingAnswer:
    """The transfers that no file holds yet, the oldest first, and their sum."""

    items: list[InstructionAnswer]
    total: int


@attrs.frozen
class SendBody:
    """Which transfers go into the file, by their ids; with the asker's `password`."""

    orders: list[UUID]
    password: str = attrs.field(repr=False)


@attrs.frozen
class BatchAnswer:
    """A file of orders (pain.001): its name at the bank, how many orders, and their sum."""

    id: UUID
    message_id: str
    sha256: str
    count: int
    total: int
    made_at: dt.datetime


@attrs.frozen
class StatementForm:
    """A statement of the RKUD (camt.053)."""

    file: Upload


@attrs.frozen
class BookingAnswer:
    """A booking that no order of ours explains, as the bank tells it."""

    kind: Literal["paid", "returned", "other"]
    end_to_end: str | None
    amount: int
    booked_on: dt.date
    bank_ref: str
    reason: str


@attrs.frozen
class StatementAnswer:
    """What a statement told: paid, returned, told before, and what is not ours.

    `known_before` is a statement that was read already; nothing changed.
    """

    known_before: bool
    paid: int
    returned: int
    repeated: int
    unknown: list[BookingAnswer]


def show_waiting(request: Request) -> Response:
    """What waits to be sent."""
    with request.read() as view:
        rows = waiting(view)
        answer = WaitingAnswer(
            [instruction_answer(row) for row in rows], sum(row.amount for row in rows)
        )
    return json_answer(answer)


def send(request: Request) -> Response:
    """Put transfers into one file of orders and mark them as sent."""
    sent = request.decode(SendBody)
    if not sent.orders:
        sentence = _("Pilih sedikitnya satu perintah bayar.")
        raise InvalidInputError(sentence, fields=[FieldError("orders", sentence, "required")])

    def prepare() -> OrderFile | Batch:
        confirm(request, sent.password)
        return make_orders(request.app, request.identity, sent.orders)

    return prepared(request, prepare, lambda work, made: _told(mark_sent(work, made)), 201)


def download(request: Request) -> Response:
    """A file of orders for the bank, the same bytes each time."""
    with request.read() as view:
        batch = find_batch(view, request.params["batch_id"])
    if batch is None:
        raise NotFoundError(_("Berkas perintah bayar itu tidak ada."))
    data = request.app.blobs.get(batch.sha256)
    return file_answer(data, f"{batch.message_id}.xml", "application/xml")


def read(request: Request) -> Response:
    """Read a statement of the bank, whole or not at all."""
    sent = request.decode_form(StatementForm)

    def act(work: Work, received: ReceivedStatement) -> StatementAnswer:
        told = take_in(work, received)
        unknown = [_booking(one) for one in told.unknown]
        return StatementAnswer(told.known_before, told.paid, told.returned, told.repeated, unknown)

    return prepared(
        request,
        lambda: receive_statement(
            request.app, request.identity, sent.file.filename, sent.file.data
        ),
        act,
    )


def _told(batch: Batch) -> BatchAnswer:
    names = [field.name for field in attrs.fields(BatchAnswer)]
    return BatchAnswer(**{name: getattr(batch, name) for name in names})


def _booking(one: Booking) -> BookingAnswer:
    names = [field.name for field in attrs.fields(BookingAnswer)]
    return BookingAnswer(**{name: getattr(one, name) for name in names})
