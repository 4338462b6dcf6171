"""The archivist's desk: what is due, waits, is held or lies unfiled; counted and listed in SQL."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, and_, case, func, literal_column, or_, select

from leuit.identity import Unit, UnitClosure, holds_on
from leuit.values import Text, _
from leuit.work import View
from leuit_archives.models import WAITING, Dossier, Record, Retention
from leuit_archives.rules.lifecycle import ACTIVE, INACTIVE

from .appraisals import sent_back
from .hold_rule import is_held
from .record_access import readable_dossiers, visible_records

Pile = Literal["transfer", "disposal", "appraise", "event", "decide", "held"]

PILES: Mapping[Pile, Text] = {
    "transfer": _("Waktunya dipindahkan"),
    "disposal": _("Waktunya disusutkan"),
    "appraise": _("Dinilai kembali"),
    "event": _("Menunggu peristiwa"),
    "decide": _("Perlu diputuskan"),
    "held": _("Ditahan"),
}
_DISPOSAL = ("destroy", "hand_over")
YEARS_AHEAD = 9


@attrs.frozen
class Piled:
    """A dossier on the desk with its unit and retention."""

    dossier: Dossier
    unit: str
    retention: Retention


@attrs.frozen
class DueYear:
    """How many dossiers come to their next step in a year; `late` stands for all before today."""

    label: str
    count: int
    late: bool


def on_pile(view: View, pile: Pile) -> ColumnElement[bool]:
    """The condition on `Dossier` and `Retention` that a dossier lies on a pile today."""
    due = Retention.due_on <= view.today
    conditions: dict[Pile, ColumnElement[bool]] = {
        "transfer": and_(Retention.next_step == "transfer", due),
        "disposal": and_(
            Retention.state == INACTIVE, Retention.next_step.in_(_DISPOSAL), due, ~is_held()
        ),
        "appraise": to_appraise(view),
        "event": Retention.next_step == "event",
        "decide": Retention.next_step == "decide",
        "held": is_held(),
    }
    return conditions[pile]


def to_appraise(view: View) -> ColumnElement[bool]:
    """The condition that people have to appraise a dossier today.

    Its periods are over and its rule is conditional, or a committee sent it back; it is not held.
    """
    return and_(
        Retention.state == INACTIVE,
        Retention.due_on <= view.today,
        or_(
            Retention.next_step == "appraise", and_(Retention.next_step.in_(_DISPOSAL), sent_back())
        ),
        ~is_held(),
    )


def pile_counts(view: View) -> dict[Pile, int]:
    """How many dossiers lie on each pile, of the units whose records the reader may read."""
    names = list(PILES)
    query = (
        select(*(func.sum(case((on_pile(view, name), 1), else_=0)) for name in names))
        .select_from(Dossier)
        .join(Retention, Retention.dossier_id == Dossier.id)
        .where(readable_dossiers(view))
    )
    row = view.connection.execute(query).one()
    return {name: int(value or 0) for name, value in zip(names, row, strict=True)}


def unfiled_count(view: View) -> int:
    """How many records wait for a dossier, of those that the reader may read."""
    query = (
        select(func.count())
        .select_from(Record)
        .where(Record.state == WAITING, visible_records(view))
    )
    return int(view.connection.execute(query).scalar_one())


def pile(view: View, name: Pile, limit: int, *, after: UUID | None = None) -> Sequence[Piled]:
    """The dossiers of a pile in the order of their coming; `after` is the last one seen."""
    query = (
        select(Dossier, Unit.short, Retention)
        .join(Retention, Retention.dossier_id == Dossier.id)
        .join(Unit, Unit.id == Dossier.unit_id)
        .where(readable_dossiers(view), on_pile(view, name))
    )
    if after is not None:
        query = query.where(Dossier.id > after)
    found = view.session.execute(query.order_by(Dossier.id).limit(limit))
    return [Piled(*row) for row in found]


def due_by_year(view: View) -> list[DueYear]:
    """How many dossiers are due before today, the rest of this year, and each year ahead."""
    first = view.today.year
    last = dt.date(first + YEARS_AHEAD, 1, 1)
    year = func.extract("year", Retention.due_on)
    late = Retention.due_on <= view.today
    query = (
        select(case((late, 0), else_=year).label("due_year"), func.count())
        .select_from(Dossier)
        .join(Retention, Retention.dossier_id == Dossier.id)
        .where(
            readable_dossiers(view),
            Retention.state.in_((ACTIVE, INACTIVE)),
            or_(late, Retention.due_on < last),
        )
        .group_by(literal_column("due_year"))
    )
    counts = {int(key): int(count) for key, count in view.connection.execute(query)}
    return [
        DueYear(str(_("Lewat")), counts.get(0, 0), late=True),
        *(
            DueYear(str(one), counts.get(one, 0), late=False)
            for one in range(first, first + YEARS_AHEAD)
        ),
    ]


def units_with_pile(view: View, name: Pile, permission: str) -> list[tuple[UUID, str]]:
    """The units that have dossiers on a pile and on which the reader holds a permission."""
    query = (
        select(Unit.id, Unit.name)
        .join(Dossier, Dossier.unit_id == Unit.id)
        .join(Retention, Retention.dossier_id == Dossier.id)
        .where(Unit.id.in_(view.units(permission)), readable_dossiers(view), on_pile(view, name))
        .distinct()
        .order_by(Unit.name)
    )
    return [(row.id, row.name) for row in view.connection.execute(query)]


def units_from_top(view: View, permission: str) -> list[tuple[UUID, str]]:
    """The units on which the reader holds a permission, those with most below them first."""
    size = (
        select(func.count())
        .where(
            UnitClosure.ancestor_id == Unit.id,
            holds_on(UnitClosure.valid_from, UnitClosure.valid_to, view.today),
        )
        .correlate(Unit)
        .scalar_subquery()
    )
    query = select(Unit.id, Unit.name).where(Unit.id.in_(view.units(permission)))
    rows = view.connection.execute(query.order_by(size.desc(), Unit.name))
    return [(row.id, row.name) for row in rows]
