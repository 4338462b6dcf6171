"""Whether a dossier is held, as one condition for rows, lists, counts and the last check.

It is held while any hold that has not ended names it, names a record in it, or asks for what it is;
so what arrives later is caught too, and it is free only when all of them have ended. A question of
a unit is one of all units that lie below it, now or at any time since the hold began: what moves
away meanwhile is not let go by it.

What a hold does is decided by all records. What a reader is told of it only by those that he may
read (`seen`): else the words of a question would tell of titles that he may not read.
"""

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true

from leuit.identity import UnitClosure
from leuit_archives.models import Dossier, Hold, HoldItem, Record


def is_held() -> ColumnElement[bool]:
    """The condition on `Dossier`."""
    return exists(select(Hold.id).where(holds_dossier()).correlate(Dossier))


def holds_dossier(seen: ColumnElement[bool] | None = None) -> ColumnElement[bool]:
    """The condition on `Hold` and `Dossier` that a running hold reaches the dossier.

    With a condition on `Record` by its own words and those records alone.
    """
    return and_(Hold.ended_on.is_(None), reaches_dossier(seen))


def reaches_dossier(seen: ColumnElement[bool] | None = None) -> ColumnElement[bool]:
    """The same of a hold that runs or has ended."""
    seen = true() if seen is None else seen
    item = select(HoldItem.id).where(HoldItem.hold_id == Hold.id).correlate(Hold, Dossier)
    named = exists(item.where(HoldItem.dossier_id == Dossier.id))
    inside = exists(
        item.join(Record, Record.id == HoldItem.record_id).where(
            Record.dossier_id == Dossier.id, seen
        )
    )
    return or_(named, inside, and_(Hold.asks, _asked(seen)))


def _asked(seen: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the question of a hold fits: by the dossier's own words or those of its records."""
    inside = select(Record.id).where(Record.dossier_id == Dossier.id, seen)
    record = inside.correlate(Hold, Dossier)
    below = select(UnitClosure.descendant_id).where(
        UnitClosure.ancestor_id == Hold.unit_id,
        UnitClosure.descendant_id == Dossier.unit_id,
        or_(UnitClosure.valid_to.is_(None), UnitClosure.valid_to >= Hold.begun_on),
    )
    unit = or_(
        Hold.unit_id.is_(None),
        Hold.unit_id == Dossier.unit_id,
        exists(below.correlate(Hold, Dossier)),
    )
    code = or_(
        Hold.code == "",
        Dossier.class_code == Hold.code,
        Dossier.class_code.startswith(Hold.code + "."),
        exists(
            record.where(
                or_(Record.class_code == Hold.code, Record.class_code.startswith(Hold.code + "."))
            )
        ),
    )
    words = func.lower(Hold.words)
    text = or_(
        Hold.words == "",
        func.lower(Dossier.title).contains(words),
        exists(record.where(func.lower(Record.title).contains(words))),
    )
    late_enough = or_(Hold.since.is_(None), Record.date >= Hold.since)
    early_enough = or_(Hold.until.is_(None), Record.date <= Hold.until)
    opened = and_(
        or_(Hold.since.is_(None), Dossier.closed_on.is_(None), Dossier.closed_on >= Hold.since),
        or_(Hold.until.is_(None), Dossier.opened_on <= Hold.until),
    )
    days = or_(opened, exists(record.where(late_enough, early_enough)))
    return and_(unit, code, text, days)
