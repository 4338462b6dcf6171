"""The taps of people: punches found by the PINs that people had on the dates of the punches.

Read as the driver gives them: these rows are most of what judging reads.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple, cast
from uuid import UUID

import attrs
from sqlalchemy import or_, select

from leuit.identity import PersonPin
from leuit.work import View
from leuit_attendance.rules import Punch


@attrs.frozen
class PinSpan:
    """A PIN of a person over [valid_from, valid_to)."""

    pin: str
    valid_from: dt.date
    valid_to: dt.date | None


def pins_of(
    view: View, people: Iterable[UUID], first: dt.date, last: dt.date
) -> dict[UUID, list[PinSpan]]:
    """The PINs of people that hold on some date of the range."""
    rows = view.session.execute(
        select(PersonPin.person_id, PersonPin.pin, PersonPin.valid_from, PersonPin.valid_to).where(
            PersonPin.person_id.in_(list(people)),
            PersonPin.valid_from <= last,
            or_(PersonPin.valid_to.is_(None), PersonPin.valid_to > first),
        )
    )
    found: dict[UUID, list[PinSpan]] = defaultdict(list)
    for person_id, pin, since, until in rows:
        found[person_id].append(PinSpan(pin, since, until))
    return found


class _Tap(NamedTuple):
    """What the rules read of a punch; a plain tuple, since millions are made."""

    at: dt.datetime
    status: int


class Taps:
    """The punches of some PINs on the dates of a range, in order of time."""

    def __init__(self, view: View, pins: Iterable[str], first: dt.date, last: dt.date) -> None:
        self._first, self._last = first, last
        self._by_pin: dict[str, list[_Tap]] = defaultdict(list)
        wanted = sorted(set(pins))
        if not wanted:
            return
        if view.app.database.dialect == "postgresql":
            for pin, at, status in _rows(view, _POSTGRESQL, (wanted, first, last + _DAY)):
                self._by_pin[pin].append(_Tap(at, status))
            return
        parse = dt.datetime.fromisoformat
        marks = ",".join("?" * len(wanted))
        ends = (first.isoformat(), (last + _DAY).isoformat())
        for pin, at, status in _rows(view, _SQLITE % marks, (*wanted, *ends)):
            self._by_pin[pin].append(_Tap(parse(at), status))

    def of(self, spans: Iterable[PinSpan]) -> list[Punch]:
        """The punches of one person by the PINs he had."""
        found: list[_Tap] = []
        for span in spans:
            taps = self._by_pin.get(span.pin)
            if taps is None:
                continue
            whole = span.valid_from <= self._first and (
                span.valid_to is None or span.valid_to > self._last
            )
            found += taps if whole else _within(taps, span)
        return cast("list[Punch]", found)


_DAY = dt.timedelta(days=1)
_SQLITE = (
    "SELECT pin, at, status FROM attendance_punch"
    " WHERE pin IN (%s) AND at >= ? AND at < ? ORDER BY pin, at"
)
_POSTGRESQL = (
    "SELECT pin, at, status FROM attendance_punch"
    " WHERE pin = ANY(%s) AND at >= %s AND at < %s ORDER BY pin, at"
)


def _rows(view: View, statement: str, parameters: tuple[Any, ...]) -> Any:
    result = view.connection.exec_driver_sql(statement, parameters)
    assert result.cursor is not None
    return result.cursor.fetchall()


def _within(taps: list[_Tap], span: PinSpan) -> list[_Tap]:
    return [
        tap
        for tap in taps
        if span.valid_from <= tap.at.date()
        and (span.valid_to is None or tap.at.date() < span.valid_to)
    ]
