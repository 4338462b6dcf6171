"""DPA editions and SPDs for programs: listed by unit and year, and one with its lines."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs

from leuit.web import Request, Response, json_answer
from leuit_sp2d.service.budget_papers import (
    dpa_of,
    dpas,
    page_of_dpa_lines,
    page_of_spd_lines,
    pockets_of_spd,
    spd_of,
    spds,
)

from .books import BudgetLineAnswer, PocketsAnswer, pockets_answer
from .paging import cut, next_place, page_by_id, page_by_place


@attrs.frozen
class DpasQuery:
    """`limit` editions (1 to 200) after `cursor`, of a `unit` and `year` where they are given."""

    year: int = 0
    unit: UUID | None = None
    cursor: str = ""
    limit: int = 50


@attrs.frozen
class SpdsQuery:
    """`limit` SPDs (1 to 200) after `cursor`, of a `unit` and `year` where they are given."""

    year: int = 0
    unit: UUID | None = None
    cursor: str = ""
    limit: int = 50


@attrs.frozen
class PaperLinesQuery:
    """`limit` lines (1 to 200) after `cursor`."""

    cursor: str = ""
    limit: int = 50


@attrs.frozen
class DpaListed:
    """An edition of a DPA: `stage` is M, P or P.04, `total` the ceilings of all its lines.

    The `active` one of its unit and year has the last `sequence`.
    """

    id: UUID
    unit_id: UUID
    unit: str
    year: int
    sequence: int
    stage: str
    number: str
    dated: dt.date
    skpd_code: str
    total: int
    imported_at: dt.datetime
    active: bool


@attrs.frozen
class DpasAnswer:
    """A page of editions, the last that came in first; `next` is the cursor after it, or null."""

    items: list[DpaListed]
    next: str | None


@attrs.frozen
class DpaLineAnswer:
    """A line and the ceiling that the edition gave to it; names are those of today."""

    id: UUID
    activity: str
    activity_name: str
    account: str
    account_name: str
    amount: int


@attrs.frozen
class DpaAnswer(DpaListed):
    """An edition with a page of its lines, in the order of their codes."""

    lines: list[DpaLineAnswer]
    next: str | None


@attrs.frozen
class SpdListed:
    """An SPD; `total` is what it released of its unit's budget."""

    id: UUID
    unit_id: UUID
    unit: str
    year: int
    quarter: int
    number: str
    dated: dt.date
    total: int
    issued_at: dt.datetime


@attrs.frozen
class SpdsAnswer:
    """A page of SPDs, the last that was issued first; `next` is the cursor after it, or null."""

    items: list[SpdListed]
    next: str | None


@attrs.frozen
class SpdLineAnswer(BudgetLineAnswer):
    """A line as it stands now, and the `amount` that the SPD released of it."""

    amount: int


@attrs.frozen
class SpdAnswer(SpdListed):
    """An SPD with a page of its lines; `pockets` are those of all of them now.

    Money is spent from a line, not from an SPD: `free` is what is left of everything released.
    """

    pockets: PocketsAnswer
    lines: list[SpdLineAnswer]
    next: str | None


def list_dpas(request: Request) -> Response:
    """The editions of DPAs that the asker may see."""
    query = request.decode_query(DpasQuery)
    before, limit = page_by_id(request)
    with request.read() as view:
        rows = dpas(view, query.unit, query.year or None, before=before, limit=limit + 1)
    shown, more = cut(rows, limit)
    return json_answer(DpasAnswer([DpaListed(**attrs.asdict(row)) for row in shown], more))


def show_dpa(request: Request) -> Response:
    """One edition and its lines."""
    request.decode_query(PaperLinesQuery)
    start, limit = page_by_place(request)
    with request.read() as view:
        found = dpa_of(view, request.params["dpa_id"])
        rows, count = page_of_dpa_lines(view, found.id, start, limit)
    lines = [DpaLineAnswer(**_named(row), amount=row.amount) for row in rows]
    more = next_place(start, limit, count)
    return json_answer(DpaAnswer(**attrs.asdict(found), lines=lines, next=more))


def list_spds(request: Request) -> Response:
    """The SPDs that the asker may see."""
    query = request.decode_query(SpdsQuery)
    before, limit = page_by_id(request)
    with request.read() as view:
        rows = spds(view, query.unit, query.year or None, before=before, limit=limit + 1)
    shown, more = cut(rows, limit)
    return json_answer(SpdsAnswer([SpdListed(**attrs.asdict(row)) for row in shown], more))


def show_spd(request: Request) -> Response:
    """One SPD, its lines, and what is left of them."""
    request.decode_query(PaperLinesQuery)
    start, limit = page_by_place(request)
    with request.read() as view:
        found = spd_of(view, request.params["spd_id"])
        rows, count = page_of_spd_lines(view, found.id, start, limit)
        together = pockets_answer(pockets_of_spd(view, found.id))
    lines = [
        SpdLineAnswer(**_named(row), pockets=pockets_answer(row), amount=row.amount) for row in rows
    ]
    more = next_place(start, limit, count)
    return json_answer(SpdAnswer(**attrs.asdict(found), pockets=together, lines=lines, next=more))


def _named(row: Any) -> dict[str, Any]:
    names = ("id", "activity", "activity_name", "account", "account_name")
    return {name: getattr(row, name) for name in names}
