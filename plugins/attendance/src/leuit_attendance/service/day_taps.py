"""The taps around one day of a person, with the device and the key, for whoever reads the day."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from leuit.identity import PersonPin
from leuit.work import View
from leuit_attendance.models import Device, PunchRow
from leuit_attendance.rules import DayVerdict

_BEFORE, _AFTER = dt.timedelta(hours=4), dt.timedelta(hours=6)


def taps_of_day(view: View, person_id: UUID, verdict: DayVerdict) -> Sequence[Any]:
    """Taps of the date and of the hours around its duty, in order of time.

    A tap belongs to whoever had its PIN on the tap's own date.
    """
    first = dt.datetime.combine(verdict.day, dt.time())
    last = first + dt.timedelta(days=1)
    if verdict.starts is not None and verdict.ends is not None:
        first = min(first, verdict.starts - _BEFORE)
        last = max(last, verdict.ends + _AFTER)
    pins = view.session.execute(
        select(PersonPin.pin, PersonPin.valid_from, PersonPin.valid_to).where(
            PersonPin.person_id == person_id,
            PersonPin.valid_from <= last.date(),
            or_(PersonPin.valid_to.is_(None), PersonPin.valid_to > first.date()),
        )
    ).all()
    if not pins:
        return []
    mine = [
        and_(
            PunchRow.pin == pin,
            PunchRow.at >= max(first, dt.datetime.combine(since, dt.time())),
            PunchRow.at < (min(last, dt.datetime.combine(until, dt.time())) if until else last),
        )
        for pin, since, until in pins
    ]
    return view.session.execute(
        select(
            PunchRow.at,
            PunchRow.status,
            PunchRow.verify,
            PunchRow.source,
            PunchRow.received_at,
            Device.serial,
            Device.name.label("device"),
        )
        .join(Device, Device.id == PunchRow.device_id)
        .where(or_(*mine))
        .order_by(PunchRow.at, PunchRow.status, Device.serial)
    ).all()
