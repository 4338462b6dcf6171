"""Keeping the derived closure of the dated unit tree in step with its links.

The closure is rebuilt from the links whenever one changes: a regency has a few hundred units, and
a rebuild costs less than a wrong right.
"""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from leuit.values import ConflictError, _

from .organisation import Unit, UnitClosure, UnitLink

Range = tuple[dt.date, dt.date | None]


def rebuild_closure(session: Session) -> None:
    """Compute every ancestor of every unit with its dates; raise ConflictError on a cycle."""
    session.flush()
    units = {
        row.id: (row.valid_from, row.valid_to)
        for row in session.execute(select(Unit.id, Unit.valid_from, Unit.valid_to))
    }
    links: dict[UUID, list[tuple[UUID, Range]]] = {}
    for row in session.execute(
        select(UnitLink.unit_id, UnitLink.parent_id, UnitLink.valid_from, UnitLink.valid_to)
    ):
        links.setdefault(row.unit_id, []).append((row.parent_id, (row.valid_from, row.valid_to)))
    rows = [
        {
            "ancestor_id": ancestor,
            "descendant_id": unit,
            "valid_from": span[0],
            "valid_to": span[1],
            "depth": depth,
        }
        for unit, own in units.items()
        for ancestor, span, depth in _ancestors(unit, own, links)
    ]
    session.execute(delete(UnitClosure))
    if rows:
        session.execute(insert(UnitClosure), rows)


def _ancestors(
    unit: UUID, own: Range, links: dict[UUID, list[tuple[UUID, Range]]]
) -> Iterable[tuple[UUID, Range, int]]:
    found: list[tuple[UUID, Range, int]] = []
    waiting: list[tuple[UUID, Range, tuple[UUID, ...]]] = [(unit, own, (unit,))]
    while waiting:
        current, span, path = waiting.pop()
        found.append((current, span, len(path) - 1))
        for parent, link_span in links.get(current, ()):
            common = _common(span, link_span)
            if common is None:
                continue
            if parent in path:
                raise ConflictError(
                    _("Pohon unit berputar: sebuah unit tidak boleh menjadi induknya sendiri.")
                )
            waiting.append((parent, common, (*path, parent)))
    return _merged(found)


def _merged(
    found: list[tuple[UUID, Range, int]],
) -> list[tuple[UUID, Range, int]]:
    """Join ranges of one ancestor that touch, as two parents may lead to the same grandparent.

    Not where the distance changes: who is nearest decides who the superior is.
    """
    merged: list[tuple[UUID, Range, int]] = []
    for ancestor, span, depth in sorted(found, key=lambda row: (row[0], row[1][0])):
        last = merged[-1] if merged else None
        if last and (last[0], last[1][1], last[2]) == (ancestor, span[0], depth):
            merged[-1] = (ancestor, (merged[-1][1][0], span[1]), merged[-1][2])
        else:
            merged.append((ancestor, span, depth))
    return merged


def _common(one: Range, other: Range) -> Range | None:
    start = max(one[0], other[0])
    ends = [end for end in (one[1], other[1]) if end is not None]
    end = min(ends) if ends else None
    return None if end is not None and end <= start else (start, end)
