"""Budget lines as a claim names them: what may be chosen, and how a line is called."""

from collections.abc import Iterable
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.identity import Unit
from leuit.work import View
from leuit_sp2d.models import Line


@attrs.frozen
class LineChoice:
    """A line that a claim may name, and what is free on it."""

    id: UUID
    label: str
    free: int


def line_choices(view: View, unit_id: UUID, year: int) -> list[LineChoice]:
    """The lines of a unit and year that have a budget, by sub-activity and account."""
    rows = view.connection.execute(
        select(Line.id, Line.activity, Line.account, Line.account_name, Line.free)
        .where(
            Line.unit_id == unit_id,
            Line.year == year,
            Line.unreleased + Line.free + Line.reserved + Line.spent > 0,
        )
        .order_by(Line.activity, Line.account)
    )
    return [
        LineChoice(row.id, f"{row.account} {row.account_name} · {row.activity}", row.free)
        for row in rows
    ]


def lines_by_account(view: View, unit_id: UUID, year: int) -> dict[str, list[UUID]]:
    """The lines of a unit and year by the code of their account."""
    rows = view.connection.execute(
        select(Line.account, Line.id)
        .where(Line.unit_id == unit_id, Line.year == year)
        .order_by(Line.activity)
    )
    found: dict[str, list[UUID]] = {}
    for row in rows:
        found.setdefault(row.account, []).append(row.id)
    return found


def line_names(view: View, line_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Account and name of lines, by id."""
    rows = view.connection.execute(
        select(Line.id, Line.account, Line.account_name).where(Line.id.in_(list(line_ids)))
    )
    return {row.id: f"{row.account} {row.account_name}" for row in rows}


def units_with_budget(view: View, permission: str, year: int) -> list[tuple[UUID, str]]:
    """The units on which a permission is held and which have a DPA of the year, by name."""
    rows = view.connection.execute(
        select(Unit.id, Unit.name)
        .where(
            Unit.id.in_(view.units(permission)),
            select(Line.id).where(Line.unit_id == Unit.id, Line.year == year).exists(),
        )
        .order_by(Unit.name)
    )
    return [(row.id, row.name) for row in rows]
