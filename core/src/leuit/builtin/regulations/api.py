"""JSON routes of regulations: what holds, what is being written, and the steps between."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs

from leuit.plugins import ApiPath, Route
from leuit.values import FieldError, InvalidInputError, NotFoundError, _, format_date
from leuit.web import Request, Response, json_answer, page_number
from leuit.work import Leuit

from .body import warnings_of
from .decisions import activate, propose, withdraw
from .drafting import Draft, draft_edition, revise_draft
from .kinds import kinds
from .lookup import edition
from .models import RegulationEdition
from .register import ACTIVATE, DRAFT, READ, find, listed

PAGE_SIZE = 50


@attrs.frozen
class EditionAnswer:
    """An edition; `effective_to` is the first day on which it no longer holds by itself.

    `warnings` are sentences about figures that are accepted but look wrong.
    """

    id: UUID
    kind: str
    title: str
    legal_basis: str
    source: str
    confidence: str
    effective_from: dt.date
    effective_to: dt.date | None
    status: str
    seeded: bool
    body: Any
    body_sha256: str
    version: int
    warnings: list[str] = attrs.field(factory=list)


@attrs.frozen
class EditionList:
    """One page of editions; `next` is the page's number after it, 0 at the end."""

    items: list[EditionAnswer]
    total: int
    next: int


@attrs.frozen
class ListQuery:
    """Filters of the list; empty means all."""

    kind: str = ""
    status: str = ""
    page: int = 1


@attrs.frozen
class DateQuery:
    """The edition of which kind, on which day."""

    kind: str
    on: dt.date


@attrs.frozen
class DraftBody:
    """A new draft; `body` is the plain form of the kind's figures."""

    kind: str
    title: str
    legal_basis: str
    confidence: str
    effective_from: dt.date
    body: Any
    source: str = ""
    effective_to: dt.date | None = None


@attrs.frozen
class RevisionBody:
    """New contents for the draft that was read as `version`."""

    version: int
    title: str
    legal_basis: str
    confidence: str
    effective_from: dt.date
    body: Any
    source: str = ""
    effective_to: dt.date | None = None


@attrs.frozen
class StepBody:
    """Which version the step is meant for."""

    version: int


@attrs.frozen
class WithdrawalBody:
    """Which version is given up, and why."""

    version: int
    reason: str


def list_editions(request: Request) -> Response:
    """Editions that the asker may see."""
    number = page_number(request)
    with request.read() as view:
        rows, total = listed(
            view,
            kind=request.query.get("kind", ""),
            status=request.query.get("status", ""),
            offset=(number - 1) * PAGE_SIZE,
            limit=PAGE_SIZE,
        )
    more = number * PAGE_SIZE < total
    return json_answer(
        EditionList([answer_of(request.app, row) for row in rows], total, number + 1 if more else 0)
    )


def in_force(request: Request) -> Response:
    """The edition of a kind that holds on a day."""
    kind, day = request.query.get("kind", ""), _day(request)
    known = kinds(request.app).get(kind)
    if known is None:
        message = _("Jenis peraturan itu tidak dikenal.")
        raise InvalidInputError(message, fields=[FieldError("kind", message, "unknown_kind")])
    with request.read() as view:
        found = edition(view, kind, day)
        if found is None:
            raise NotFoundError(
                _("Tidak ada edisi “%(title)s” yang berlaku pada %(day)s."),
                title=known.title,
                day=format_date(day),
            )
        row = find(view, found.id)
    return json_answer(answer_of(request.app, row))


def show(request: Request) -> Response:
    """One edition."""
    with request.read() as view:
        row = find(view, request.params["edition_id"])
    return json_answer(answer_of(request.app, row))


def create(request: Request) -> Response:
    """A new draft."""
    sent = request.decode(DraftBody)
    with request.change() as work:
        row = draft_edition(work, sent.kind, _draft(sent))
    return json_answer(answer_of(request.app, row), 201)


def revise(request: Request) -> Response:
    """New contents for a draft."""
    sent = request.decode(RevisionBody)
    with request.change() as work:
        row = revise_draft(work, request.params["edition_id"], sent.version, _draft(sent))
    return json_answer(answer_of(request.app, row))


def propose_one(request: Request) -> Response:
    """Hand a draft on for activation."""
    sent = request.decode(StepBody)
    with request.change() as work:
        row = propose(work, request.params["edition_id"], sent.version)
    return json_answer(answer_of(request.app, row))


def activate_one(request: Request) -> Response:
    """Put a proposal in force."""
    sent = request.decode(StepBody)
    with request.change() as work:
        row = activate(work, request.params["edition_id"], sent.version)
    return json_answer(answer_of(request.app, row))


def withdraw_one(request: Request) -> Response:
    """Give up a draft or a proposal."""
    sent = request.decode(WithdrawalBody)
    with request.change() as work:
        row = withdraw(work, request.params["edition_id"], sent.version, sent.reason)
    return json_answer(answer_of(request.app, row))


def answer_of(app: Leuit, row: RegulationEdition) -> EditionAnswer:
    """A row as it is told to programs, with what its kind warns of."""
    names = [field.name for field in attrs.fields(EditionAnswer) if field.name != "warnings"]
    return EditionAnswer(
        **{name: getattr(row, name) for name in names},
        warnings=[str(warning) for warning in warnings_of(row.body, kinds(app).get(row.kind))],
    )


def routes() -> list[Route]:
    """All JSON routes of regulations."""
    editions = ApiPath("/editions", EditionAnswer)
    one = editions / "{edition_id:uuid}"
    return [
        editions.get(list_editions, READ, "list_editions", query=ListQuery, answer=EditionList),
        editions.post(create, DRAFT, "draft_edition", body=DraftBody),
        ApiPath("/in-force", EditionAnswer).get(
            in_force, READ, "edition_in_force", query=DateQuery
        ),
        one.get(show, READ, "show_edition"),
        one.put(revise, DRAFT, "revise_edition", body=RevisionBody),
        (one / "propose").post(propose_one, DRAFT, "propose_edition", body=StepBody),
        (one / "activate").post(activate_one, ACTIVATE, "activate_edition", body=StepBody),
        (one / "withdraw").post(withdraw_one, READ, "withdraw_edition", body=WithdrawalBody),
    ]


def _draft(sent: DraftBody | RevisionBody) -> Draft:
    return Draft(**{field.name: getattr(sent, field.name) for field in attrs.fields(Draft)})


def _day(request: Request) -> dt.date:
    try:
        return dt.date.fromisoformat(request.query.get("on", ""))
    except ValueError:
        message = _("Tulis tanggal sebagai tahun-bulan-hari, misalnya 2026-11-24.")
        raise InvalidInputError(message, fields=[FieldError("on", message)]) from None
