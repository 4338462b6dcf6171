"""Gapless numbers: reserved in one unit of work, printed outside, then confirmed or voided.

A series counts from 1 without a gap and gives no number twice: reserving moves the series and
writes the number's row in one transaction, so that a unit that fails uses up nothing. A voided
number keeps its row and its reason.
"""

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID

import attrs
from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    String,
    UniqueConstraint,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from leuit.storage import DIALECTS, CoreBase, Prepared, insert_into
from leuit.values import ConflictError, RecordRef, _, new_id

if TYPE_CHECKING:
    from .unit import Work

RESERVED, CONFIRMED, VOIDED = "reserved", "confirmed", "voided"
LONGEST_SERIES = 200


class NumberSeries(CoreBase):
    """The last number that a series gave; its key names service, unit, kind and year."""

    __tablename__ = "number_series"

    key: Mapped[str] = mapped_column(String(LONGEST_SERIES), primary_key=True)
    last: Mapped[int]


class Number(CoreBase):
    """One number of a series, and for whom (`ref_kind`, `ref_id`); `reason` says why it is void."""

    __tablename__ = "number"
    __table_args__ = (
        UniqueConstraint("series", "value"),
        CheckConstraint("state IN ('reserved', 'confirmed', 'voided')", name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    series: Mapped[str] = mapped_column(
        String(LONGEST_SERIES), ForeignKey("number_series.key", ondelete="RESTRICT")
    )
    value: Mapped[int]
    ref_kind: Mapped[str] = mapped_column(String(60))
    ref_id: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(10), default=RESERVED)
    reason: Mapped[str] = mapped_column(String(500), default="")
    reserved_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]


@attrs.frozen
class ReservedNumber:
    """What a unit of work is given: the number, and the id by which it ends."""

    id: UUID
    value: int


def reserve_number(work: "Work", series: str, ref: RecordRef) -> ReservedNumber:
    """The next number of a series, for a record; others of the series wait until the unit ends."""
    value = _NEXT.scalar(work.connection, {"series": series})
    if value is None:  # once in the life of a series
        begin = _BEGIN[work.database.dialect]
        work.connection.execute(begin, {"key": series, "last": 0})
        value = _NEXT.scalar(work.connection, {"series": series})
    number = ReservedNumber(new_id(), value)
    row = {
        "id": number.id,
        "series": series,
        "value": value,
        "ref_kind": ref.kind,
        "ref_id": ref.id,
        "state": RESERVED,
        "reason": "",
        "reserved_at": work.now,
    }
    _INSERT.run(work.connection, row)
    work.audit("core.number.reserved", ref, series=series, value=value)
    return number


# Built once: others of the series wait while a number is reserved.
_NEXT = Prepared(
    update(NumberSeries)
    .where(NumberSeries.key == bindparam("series"))
    .values(last=NumberSeries.last + 1)
    .returning(NumberSeries.last)
)
_INSERT = Prepared(insert(Number))
_BEGIN = {one: insert_into(one, NumberSeries).on_conflict_do_nothing() for one in DIALECTS}


def confirm_number(work: "Work", number_id: UUID) -> Number:
    """The number is in use for good; ConflictError when it was voided."""
    return _ended(work, number_id, CONFIRMED, "")


def void_number(work: "Work", number_id: UUID, reason: str) -> Number:
    """The number will not be used, and is given to nobody else; ConflictError when it is in use."""
    return _ended(work, number_id, VOIDED, reason)


def _ended(work: "Work", number_id: UUID, state: str, reason: str) -> Number:
    number = work.session.scalar(select(Number).where(Number.id == number_id).with_for_update())
    if number is None or number.state not in (RESERVED, state):
        raise ConflictError(_("Nomor itu tidak sedang dipesan."))
    if number.state == RESERVED:
        number.state, number.reason, number.ended_at = state, reason[:500], work.now
        ref = RecordRef(number.ref_kind, number.ref_id)
        work.audit(
            f"core.number.{state}", ref, series=number.series, value=number.value, reason=reason
        )
    return number
