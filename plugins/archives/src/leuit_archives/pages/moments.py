"""Instants as pages of letters show them."""

import datetime as dt

from leuit.values import format_date, format_time
from leuit.web import Request, local


def when(request: Request, moment: dt.datetime | None) -> str:
    """`24 Nov 2026, 09.12`, a dash for none."""
    if moment is None:
        return "–"
    there = local(request, moment)
    return f"{format_date(there, 'medium')}, {format_time(there)}"


def when_day(request: Request, moment: dt.datetime | None) -> str:
    """The day of an instant, empty for none."""
    return format_date(local(request, moment), "medium") if moment else ""
