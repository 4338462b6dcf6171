"""Reading the budget for people: totals by unit, lines by pocket, and how every rupiah moved."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, func, select

from leuit.identity import Unit
from leuit.values import NotFoundError, _
from leuit.work import View
from leuit_sp2d.models import POCKETS, Dpa, Entry, Line, Paper, Refund, Spd
from leuit_sp2d.permissions import READ
from leuit_sp2d.rules.limits import Pockets


@attrs.frozen
class UnitTotals:
    """The money of one unit and year; `lines` counts its lines."""

    unit_id: UUID
    name: str
    code: str
    pockets: Pockets
    lines: int = 0


@attrs.frozen
class Document:
    """The paper behind an entry: its kind, its number, and where it was decided about."""

    kind: str
    number: str = ""
    id: UUID | None = None


@attrs.frozen
class Movement:
    """One entry of the ledger, and the pockets of the line after it."""

    entry: Any
    document: Document
    after: Pockets


def budget_years(view: View) -> list[int]:
    """The years of which the reader may see lines, the newest first."""
    query = select(Line.year).where(_readable(view)).distinct().order_by(Line.year.desc())
    return list(view.connection.execute(query).scalars())


def units_of_year(view: View, year: int) -> list[UnitTotals]:
    """Every unit whose budget of the year the reader may see, by name."""
    sums = [func.sum(getattr(Line, pocket)) for pocket in POCKETS]
    rows = view.connection.execute(
        select(Unit.id, Unit.name, Unit.code, *sums, func.count())
        .join(Line, Line.unit_id == Unit.id)
        .where(Line.year == year, _readable(view))
        .group_by(Unit.id, Unit.name, Unit.code)
        .order_by(Unit.name, Unit.code)
    )
    return [
        UnitTotals(row[0], row[1], row[2], Pockets(*map(int, row[3:7])), int(row[7]))
        for row in rows
    ]


def unit_of(view: View, unit_id: UUID) -> Any:
    """Id, name and code of a unit that the reader may see; NotFoundError otherwise."""
    row = view.connection.execute(
        select(Unit.id, Unit.name, Unit.code).where(
            Unit.id == unit_id, Unit.id.in_(view.units(READ))
        )
    ).first()
    if row is None:
        raise NotFoundError(_("Unit itu tidak ada."))
    return row


def totals_of(view: View, unit_id: UUID, year: int) -> Pockets:
    """The money of a unit and year by pocket."""
    sums = [func.coalesce(func.sum(getattr(Line, pocket)), 0) for pocket in POCKETS]
    row = view.connection.execute(
        select(*sums).where(Line.unit_id == unit_id, Line.year == year)
    ).one()
    return Pockets(*map(int, row))


def activities_of(view: View, unit_id: UUID, year: int) -> Sequence[Any]:
    """Code and name of each sub-activity of a unit and year."""
    return view.connection.execute(
        select(Line.activity, func.min(Line.activity_name).label("name"))
        .where(Line.unit_id == unit_id, Line.year == year)
        .group_by(Line.activity)
        .order_by(Line.activity)
    ).all()


def page_of_lines(
    view: View, unit_id: UUID, year: int, activity: str, start: int, size: int
) -> tuple[Sequence[Any], int]:
    """Some lines of a unit and year in the order of their codes, and how many there are."""
    wanted = [Line.unit_id == unit_id, Line.year == year]
    if activity:
        wanted.append(Line.activity == activity)
    total = view.connection.execute(select(func.count()).select_from(Line).where(*wanted))
    rows = view.connection.execute(
        LINE.where(*wanted).order_by(Line.activity, Line.account).offset(start).limit(size)
    )
    return rows.all(), total.scalar_one()


def line_of(view: View, line_id: UUID) -> Any:
    """A line that the reader may see, with its unit's name; NotFoundError otherwise."""
    row = view.connection.execute(
        LINE.add_columns(Unit.name.label("unit_name"))
        .join(Unit, Unit.id == Line.unit_id)
        .where(Line.id == line_id, _readable(view))
    ).first()
    if row is None:
        raise NotFoundError(_("Baris anggaran itu tidak ada."))
    return row


def movements_of(
    view: View, line_id: UUID, *, after: UUID | None = None, limit: int | None = None
) -> list[Movement]:
    """The entries of a line in the order in which they were made, with the balances after each.

    All of them, or at most `limit` that follow the entry `after`. The order is that of the ids: an
    id is given once the line was moved, while `at` is when the unit of work began, which may have
    waited for another.
    """
    query = (
        select(
            Entry.id,
            Entry.from_pocket,
            Entry.to_pocket,
            Entry.amount,
            Entry.cause_kind,
            Entry.cause_id,
            Entry.reverses_id,
            Entry.at,
        )
        .where(Entry.line_id == line_id)
        .order_by(Entry.id)
        .limit(limit)
    )
    balances = dict.fromkeys(POCKETS, 0)
    if after is not None:
        query = query.where(Entry.id > after)
        balances = _balances_at(view, line_id, after)
    entries = view.connection.execute(query).all()
    documents = _documents(view, entries)
    movements = []
    for entry in entries:
        for pocket, sign in ((entry.from_pocket, -1), (entry.to_pocket, 1)):
            if pocket in balances:
                balances[pocket] += sign * entry.amount
        document = documents.get(entry.cause_id) or Document(entry.cause_kind)
        movements.append(Movement(entry, document, Pockets(**balances)))
    return movements


def _balances_at(view: View, line_id: UUID, last: UUID) -> dict[str, int]:
    """What a line held after an entry."""
    balances = dict.fromkeys(POCKETS, 0)
    for pocket, sign in ((Entry.from_pocket, -1), (Entry.to_pocket, 1)):
        rows = view.connection.execute(
            select(pocket.label("pocket"), func.sum(Entry.amount).label("moved"))
            .where(Entry.line_id == line_id, Entry.id <= last, pocket.in_(POCKETS))
            .group_by(pocket)
        )
        for row in rows:
            balances[row.pocket] += sign * int(row.moved)
    return balances


def _documents(view: View, entries: Sequence[Any]) -> Mapping[UUID, Document]:
    """The papers behind entries, by id; what is gone or unknown is missing."""
    kinds: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (Dpa, ("dpa",)),
        (Spd, ("spd",)),
        (Paper, ("spm", "sp2d", "void")),
        (Refund, ("refund",)),
    )
    found = {}
    for model, causes in kinds:
        ids = {entry.cause_id: entry.cause_kind for entry in entries if entry.cause_kind in causes}
        if ids:
            shown = model.payment_id if model in (Paper, Refund) else model.id
            query = select(model.id, model.number, shown.label("shown")).where(model.id.in_(ids))
            for row in view.connection.execute(query):
                found[row.id] = Document(ids[row.id], row.number, row.shown)
    return found


def _readable(view: View) -> ColumnElement[bool]:
    return Line.unit_id.in_(view.units(READ))


LINE = select(
    Line.id,
    Line.unit_id,
    Line.year,
    Line.activity,
    Line.activity_name,
    Line.account,
    Line.account_name,
    Line.unreleased,
    Line.free,
    Line.reserved,
    Line.spent,
    (Line.unreleased + Line.free + Line.reserved + Line.spent).label("ceiling"),
    (Line.free + Line.reserved + Line.spent).label("released"),
)
"""A line as it stands, by pocket."""
