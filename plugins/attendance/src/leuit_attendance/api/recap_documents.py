"""JSON routes of recap documents: list, make, send; scans come by the page."""

import datetime as dt
import re
from uuid import UUID

import attrs

from leuit.values import FieldError, InvalidInputError, _
from leuit.web import Request, Response, json_answer, parse_id
from leuit_attendance.models import RecapDocument
from leuit_attendance.pages.dates import month_of
from leuit_attendance.service.recap_documents import (
    MAKE,
    READ_RECAP,
    documents_of,
    find_document,
    make_document,
    send_document,
)
from leuit_attendance.service.unit_scope import readable_unit


@attrs.frozen
class RecapQuery:
    """The month, as 2026-10; the present one when left out."""

    month: str = ""


@attrs.frozen
class RecapBody:
    """The month whose document is to be made, as 2026-10."""

    month: str


@attrs.frozen
class SendBody:
    """Which state of the version is meant."""

    version: int


@attrs.frozen
class RecapAnswer:
    """A version. `state` is made, waiting, signed, by_hand or ended; `outcome` is refused,
    recalled, expired or unfit when it ended. `filed_kind` and `filed_id` name the archive's record.
    """

    id: UUID
    month: str
    number: int
    people: int
    state: str
    outcome: str
    reason: str
    sha256: str
    signed_sha256: str | None
    signed_on: dt.date | None
    filed_kind: str
    filed_id: str
    version: int


@attrs.frozen
class RecapList:
    """The versions of a unit's month, the newest first."""

    items: list[RecapAnswer]


def list_documents(request: Request) -> Response:
    """The versions of a month."""
    month = month_of(request)
    with request.read() as view:
        unit = readable_unit(view, str(request.params["code"]), READ_RECAP)
        rows = documents_of(view, unit, month)
    return json_answer(RecapList([_answer(row) for row in rows]))


def make(request: Request) -> Response:
    """Make the document of a month; 200 with the version there is when it says the same."""
    sent = request.decode(RecapBody)
    code = str(request.params["code"])
    made = make_document(request.app, request.identity, code, _month(sent.month))
    with request.read() as view:
        row, _unit = find_document(view, made.id, MAKE)
    return json_answer(_answer(row), 201 if made.fresh else 200)


def send(request: Request) -> Response:
    """Send a version for signature."""
    sent = request.decode(SendBody)
    with request.change() as work:
        row = send_document(work, parse_id(request.params["recap_id"]), sent.version)
    return json_answer(_answer(row))


def _month(text: str) -> dt.date:
    found = re.fullmatch(r"(20[0-9]{2})-(0[1-9]|1[0-2])", text)
    if found is None:
        sentence = _("Tulis bulan sebagai tahun-bulan, misalnya 2026-10.")
        raise InvalidInputError(sentence, fields=[FieldError("month", sentence)])
    return dt.date(int(found[1]), int(found[2]), 1)


def _answer(row: RecapDocument) -> RecapAnswer:
    return RecapAnswer(
        id=row.id,
        month=f"{row.month:%Y-%m}",
        number=row.number,
        people=row.people,
        state=row.state,
        outcome=row.outcome,
        reason=row.reason,
        sha256=row.sha256,
        signed_sha256=row.signed_sha256,
        signed_on=row.signed_on,
        filed_kind=row.filed_kind,
        filed_id=row.filed_id,
        version=row.version,
    )
