"""DPA editions and SPDs as they were stored, of the units that the reader may see."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from leuit.identity import Unit
from leuit.values import NotFoundError, _
from leuit.work import View
from leuit_sp2d.models import POCKETS, Dpa, DpaLine, Line, Spd, SpdLine
from leuit_sp2d.permissions import READ
from leuit_sp2d.rules.limits import Pockets

from .budget_view import LINE


@attrs.frozen
class DpaRow:
    """An edition; the `active` one of its unit and year has the last `sequence`."""

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
class SpdRow:
    """An SPD; `total` is what it released."""

    id: UUID
    unit_id: UUID
    unit: str
    year: int
    quarter: int
    number: str
    dated: dt.date
    total: int
    issued_at: dt.datetime


def dpas(
    view: View,
    unit_id: UUID | None = None,
    year: int | None = None,
    *,
    before: UUID | None = None,
    limit: int | None = None,
) -> list[DpaRow]:
    """Editions, the last that came in first; `before` is the last id seen."""
    rows = view.connection.execute(_narrowed(_DPA, Dpa, view, unit_id, year, before).limit(limit))
    return [DpaRow(*row) for row in rows]


def spds(
    view: View,
    unit_id: UUID | None = None,
    year: int | None = None,
    *,
    before: UUID | None = None,
    limit: int | None = None,
) -> list[SpdRow]:
    """SPDs, the last that was issued first; `before` is the last id seen."""
    rows = view.connection.execute(_narrowed(_SPD, Spd, view, unit_id, year, before).limit(limit))
    return [SpdRow(*row) for row in rows]


def dpa_of(view: View, dpa_id: UUID) -> DpaRow:
    """An edition; NotFoundError when there is none that the reader may see."""
    row = view.connection.execute(
        _DPA.where(Dpa.id == dpa_id, Dpa.unit_id.in_(view.units(READ)))
    ).first()
    if row is None:
        raise NotFoundError(_("DPA itu tidak ada."))
    return DpaRow(*row)


def spd_of(view: View, spd_id: UUID) -> SpdRow:
    """An SPD; NotFoundError when there is none that the reader may see."""
    row = view.connection.execute(
        _SPD.where(Spd.id == spd_id, Spd.unit_id.in_(view.units(READ)))
    ).first()
    if row is None:
        raise NotFoundError(_("SPD itu tidak ada."))
    return SpdRow(*row)


def page_of_dpa_lines(view: View, dpa_id: UUID, start: int, size: int) -> tuple[Sequence[Any], int]:
    """Some lines of an edition with what it gave to each, and their number."""
    return _page_of_lines(view, DpaLine, DpaLine.dpa_id == dpa_id, start, size)


def page_of_spd_lines(view: View, spd_id: UUID, start: int, size: int) -> tuple[Sequence[Any], int]:
    """Some lines of an SPD with what it gave to each and how they stand now, and their number."""
    return _page_of_lines(view, SpdLine, SpdLine.spd_id == spd_id, start, size)


def pockets_of_spd(view: View, spd_id: UUID) -> Pockets:
    """How the lines of an SPD stand now, taken together."""
    sums = [func.coalesce(func.sum(getattr(Line, pocket)), 0) for pocket in POCKETS]
    row = view.connection.execute(
        select(*sums).join(SpdLine, SpdLine.line_id == Line.id).where(SpdLine.spd_id == spd_id)
    ).one()
    return Pockets(*map(int, row))


def _page_of_lines(
    view: View, given: Any, wanted: Any, start: int, size: int
) -> tuple[Sequence[Any], int]:
    total = view.connection.execute(select(func.count()).select_from(given).where(wanted))
    rows = view.connection.execute(
        LINE.add_columns(given.amount)
        .join(given, given.line_id == Line.id)
        .where(wanted)
        .order_by(Line.activity, Line.account)
        .offset(start)
        .limit(size)
    )
    return rows.all(), total.scalar_one()


def _narrowed(
    query: Any,
    paper: Any,
    view: View,
    unit_id: UUID | None,
    year: int | None,
    before: UUID | None,
) -> Any:
    query = query.where(paper.unit_id.in_(view.units(READ))).order_by(paper.id.desc())
    if unit_id is not None:
        query = query.where(paper.unit_id == unit_id)
    if year is not None:
        query = query.where(paper.year == year)
    return query if before is None else query.where(paper.id < before)


_LATER = aliased(Dpa)
_DPA: Any = select(
    Dpa.id,
    Dpa.unit_id,
    Unit.name,
    Dpa.year,
    Dpa.sequence,
    Dpa.stage,
    Dpa.number,
    Dpa.dated,
    Dpa.skpd_code,
    Dpa.total,
    Dpa.imported_at,
    ~select(_LATER.id)
    .where(
        _LATER.unit_id == Dpa.unit_id,
        _LATER.year == Dpa.year,
        _LATER.sequence > Dpa.sequence,
    )
    .exists(),
).join(Unit, Unit.id == Dpa.unit_id)
_SPD: Any = select(
    Spd.id,
    Spd.unit_id,
    Unit.name,
    Spd.year,
    Spd.quarter,
    Spd.number,
    Spd.dated,
    Spd.total,
    Spd.issued_at,
).join(Unit, Unit.id == Spd.unit_id)
