"""Counting working days: the one calendar by which every service counts.

A working day is a day of the working week that is no confirmed holiday or cuti bersama. The week is
Monday to Friday (Perpres 21/2023 Pasal 3 ayat (1)); units that still work six days pass SIX_DAYS.
All ranges include both ends.
"""

import datetime as dt

import attrs
from sqlalchemy import bindparam, select

from leuit.values import InvalidInputError, _
from leuit.work import View

from .models import HolidayRow

FIVE_DAYS = frozenset({0, 1, 2, 3, 4})
SIX_DAYS = frozenset({0, 1, 2, 3, 4, 5})
"""Weekdays as `date.weekday()` counts them, Monday 0."""

LONGEST = 366 * 20


@attrs.frozen
class Holiday:
    """A confirmed day off; `kind` is `libur` or `cuti_bersama`, `legal_basis` the decree."""

    day: dt.date
    kind: str
    title: str
    legal_basis: str = ""


def holidays_between(view: View, first: dt.date, last: dt.date) -> dict[dt.date, Holiday]:
    """Confirmed holidays and cuti bersama of the range, by date in order."""
    rows = view.connection.execute(_CONFIRMED, {"first": first, "last": last})
    return {row.day: Holiday(row.day, row.kind, row.title, row.legal_basis) for row in rows}


_CONFIRMED = (
    select(HolidayRow.day, HolidayRow.kind, HolidayRow.title, HolidayRow.legal_basis)
    .where(
        HolidayRow.day.between(bindparam("first"), bindparam("last")),
        HolidayRow.status == "confirmed",
    )
    .order_by(HolidayRow.day)
)
"""Built once: nearly every page of a service counts days."""


def working_days(
    view: View, first: dt.date, last: dt.date, week: frozenset[int] = FIVE_DAYS
) -> list[dt.date]:
    """Working days of the range in order; empty when it ends before it begins.

    Raises InvalidInputError for ranges longer than twenty years.
    """
    length = (last - first).days + 1
    if length > LONGEST:
        raise InvalidInputError(_("Rentang tanggal paling panjang 20 tahun."))
    off = holidays_between(view, first, last)
    days = (first + dt.timedelta(days=number) for number in range(length))
    return [day for day in days if day.weekday() in week and day not in off]
