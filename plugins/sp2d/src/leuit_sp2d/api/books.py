"""Registers, the budget of a unit, and whether the books agree, for programs."""

import datetime as dt
from typing import Literal, get_args
from uuid import UUID

import attrs

from leuit.values import NotFoundError, _
from leuit.web import Request, Response, cursor_after, cursor_page, json_answer
from leuit_sp2d.permissions import READ
from leuit_sp2d.service.budget_view import (
    Movement,
    line_of,
    movements_of,
    page_of_lines,
    totals_of,
    unit_of,
)
from leuit_sp2d.service.ledger_check import check_ledger
from leuit_sp2d.service.listing import Filter, count_register, register

from .paging import next_place, number_in, page_by_id, page_by_place

Register = Literal["spp", "spm", "sp2d"]


@attrs.frozen
class RegisterQuery:
    """`limit` documents (1 to 200) after `cursor`; `state` is standing or voided."""

    year: int = 0
    unit: UUID | None = None
    state: str = ""
    text: str = ""
    cursor: str = ""
    limit: int = 50


@attrs.frozen
class RegisterLine:
    """A document; `net` is what the bank transfers."""

    number: str
    dated: dt.date
    unit: str
    payee: str
    purpose: str
    amount: int
    net: int
    state: str
    void_reason: str
    payment_id: UUID


@attrs.frozen
class RegisterAnswer:
    """A page of a register, the last number first; `amount` sums all that hold."""

    items: list[RegisterLine]
    count: int
    amount: int
    next: str | None


@attrs.frozen
class BudgetQuery:
    """`limit` lines (1 to 200) after `cursor`, of an `activity` where it is given."""

    activity: str = ""
    cursor: str = ""
    limit: int = 50


@attrs.frozen
class PocketsAnswer:
    """Where the money lies, in rupiah; the ceiling is the sum of the four."""

    ceiling: int
    unreleased: int
    free: int
    reserved: int
    spent: int


@attrs.frozen
class BudgetLineAnswer:
    """A budget line and where its money lies."""

    id: UUID
    activity: str
    activity_name: str
    account: str
    account_name: str
    pockets: PocketsAnswer


@attrs.frozen
class BudgetAnswer:
    """The budget of a unit and year; `pockets` are of all its lines."""

    unit_id: UUID
    unit: str
    year: int
    pockets: PocketsAnswer
    lines: list[BudgetLineAnswer]
    next: str | None


@attrs.frozen
class MovementsQuery:
    """`limit` movements (1 to 200) after `cursor`, the oldest first."""

    cursor: str = ""
    limit: int = 50


@attrs.frozen
class MovementAnswer:
    """An entry: from one pocket into another, `outside` being none, and the pockets `after` it.

    `cause` is the kind of the document it follows from: dpa, spd, spm, sp2d, void or refund, of
    that `number`; `document_id` is the edition, SPD, or payment. `reverses` is the entry that this
    one takes back, in whole or in part.
    """

    id: UUID
    at: dt.datetime
    from_pocket: str
    to_pocket: str
    amount: int
    cause: str
    number: str
    document_id: UUID | None
    reverses: UUID | None
    after: PocketsAnswer


@attrs.frozen
class MovementsAnswer:
    """A page of a line's movements; `next` is the cursor of the one after, or null."""

    items: list[MovementAnswer]
    next: str | None


@attrs.frozen
class DisagreementAnswer:
    """Two figures that should be one."""

    what: str
    id: UUID
    kept: int
    worked_out: int


@attrs.frozen
class LedgerAnswer:
    """What was compared, and everything that differs, up to a hundred of each kind."""

    agrees: bool
    lines: int
    entries: int
    payments: int
    disagreements: list[DisagreementAnswer]


def show_register(request: Request) -> Response:
    """A page of the register of SPP, SPM or SP2D, voided documents too."""
    kind = str(request.params["kind"])
    if kind not in get_args(Register):
        raise NotFoundError(_("Register itu tidak ada."))
    query = request.decode_query(RegisterQuery)
    cursor, limit = cursor_page(request, 2)
    before = (number_in(cursor[0]), number_in(cursor[1])) if cursor else None
    wanted = Filter(query.year or None, query.unit, query.state, text=query.text[:100])
    with request.read() as view:
        count, amount = count_register(view, kind.upper(), wanted)
        rows = register(view, kind.upper(), wanted, 0, limit + 1, before=before)
    last = rows[limit - 1] if len(rows) > limit else None
    names = [field.name for field in attrs.fields(RegisterLine)]
    items = [RegisterLine(**{name: getattr(row, name) for name in names}) for row in rows[:limit]]
    more = cursor_after(str(last.year), str(last.value)) if last else None
    return json_answer(RegisterAnswer(items, count, amount, more))


def show_budget(request: Request) -> Response:
    """The budget lines of a unit and year, in the order of their codes."""
    unit_id, year = request.params["unit_id"], int(request.params["year"])
    if not 2000 <= year <= 2100:
        raise NotFoundError(_("Tidak ada anggaran untuk tahun itu."))
    query = request.decode_query(BudgetQuery)
    start, limit = page_by_place(request)
    with request.read() as view:
        unit = unit_of(view, unit_id)
        totals = totals_of(view, unit_id, year)
        rows, count = page_of_lines(view, unit_id, year, query.activity[:20], start, limit)
    lines = [
        BudgetLineAnswer(
            row.id,
            row.activity,
            row.activity_name,
            row.account,
            row.account_name,
            pockets_answer(row),
        )
        for row in rows
    ]
    more = next_place(start, limit, count)
    return json_answer(BudgetAnswer(unit.id, unit.name, year, pockets_answer(totals), lines, more))


def show_movements(request: Request) -> Response:
    """How every rupiah of a budget line came to lie where it lies."""
    line_id = request.params["line_id"]
    request.decode_query(MovementsQuery)
    after, limit = page_by_id(request)
    with request.read() as view:
        line_of(view, line_id)
        moves = movements_of(view, line_id, after=after, limit=limit + 1)
    more = cursor_after(str(moves[limit - 1].entry.id)) if len(moves) > limit else None
    return json_answer(MovementsAnswer([_movement(one) for one in moves[:limit]], more))


def check(request: Request) -> Response:
    """Compare every kept balance with its entries and documents, for the whole regency."""
    with request.read() as view:
        view.require_on_root(READ)
        report = check_ledger(view)
    found = [
        DisagreementAnswer(str(one.what), one.id, one.kept, one.worked_out)
        for one in report.disagreements
    ]
    return json_answer(
        LedgerAnswer(not found, report.lines, report.entries, report.payments, found)
    )


def _movement(move: Movement) -> MovementAnswer:
    entry, document = move.entry, move.document
    return MovementAnswer(
        entry.id,
        entry.at,
        entry.from_pocket,
        entry.to_pocket,
        entry.amount,
        document.kind,
        document.number,
        document.id,
        entry.reverses_id,
        pockets_answer(move.after),
    )


def pockets_answer(row: object) -> PocketsAnswer:
    """The pockets of a line, of an entry or of sums."""
    names = [field.name for field in attrs.fields(PocketsAnswer)]
    return PocketsAnswer(**{name: int(getattr(row, name)) for name in names})
