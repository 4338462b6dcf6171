"""What a month deducts from people over all units in which they worked in it.

The recap of a unit shows the days that were its own. Who is paid for the month loses what all his
days deduct, whichever unit they belonged to; free late days and the cap count once.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from leuit.work import View
from leuit_attendance.models import AttendanceDay
from leuit_attendance.rules import ClosedDay, DeductionTable, deduction_of, of_whole

CHUNK = 500


def month_deductions(
    view: View,
    people: Sequence[UUID],
    first: dt.date,
    last: dt.date,
    table: DeductionTable | None,
) -> tuple[dict[UUID, int], int]:
    """The deductions in 1/100 percent of the whole TPP, and how many of the days are still open."""
    days: dict[UUID, list[ClosedDay]] = defaultdict(list)
    unfinished = 0
    for start in range(0, len(people), CHUNK):
        rows: Any = view.connection.execute(
            select(
                AttendanceDay.person_id,
                AttendanceDay.status,
                AttendanceDay.late_minutes,
                AttendanceDay.deduction,
                AttendanceDay.late_deduction,
            )
            .where(
                AttendanceDay.person_id.in_(people[start : start + CHUNK]),
                AttendanceDay.day.between(first, last),
            )
            .order_by(AttendanceDay.person_id, AttendanceDay.day)
        )
        for person_id, status, late_minutes, deduction, late_deduction in rows:
            if status == "belum":
                unfinished += 1
            else:
                days[person_id].append(ClosedDay(late_minutes, deduction, late_deduction))
    found = {person_id: deduction_of(days[person_id], table) for person_id in people}
    if table is not None:
        return {one: of_whole(cut, table) for one, cut in found.items()}, unfinished
    return {one: min(cut, 10_000) for one, cut in found.items()}, unfinished
