"""Months and days in addresses: read, and listed for a choice."""

import datetime as dt
import re

from leuit.values import InvalidInputError, NotFoundError, _, parse_date
from leuit.web import Choice, Request

from .words import month_name

_DAY = dt.timedelta(days=1)
MONTHS_BACK = 13
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2100, 12, 1)


def month_of(request: Request) -> dt.date:
    """The first day of the month in the address, else of the present one.

    Raises InvalidInputError for what is no month.
    """
    text = request.query.get("month", "").strip()
    if not text:
        return request.now.date().replace(day=1)
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
    if found and 1 <= int(found[2]) <= 12 and EARLIEST.year <= int(found[1]) <= LATEST.year:
        return dt.date(int(found[1]), int(found[2]), 1)
    raise InvalidInputError(_("Itu bukan bulan."), advice=_("Tulis misalnya 2026-10."))


def month_end(first: dt.date) -> dt.date:
    """The last day of a month."""
    return (first + 31 * _DAY).replace(day=1) - _DAY


def month_choices(shown: dt.date, today: dt.date) -> list[Choice]:
    """The months of the last year, the newest first, and the one shown."""
    months = [today.replace(day=1)]
    while len(months) < MONTHS_BACK:
        months.append((months[-1] - _DAY).replace(day=1))
    if shown not in months:
        months = sorted({*months, shown}, reverse=True)
    return [Choice(f"{month:%Y-%m}", month_name(month)) for month in months]


def day_of(request: Request) -> dt.date:
    """The day in the address (`date`), as people or programs write it, else today."""
    text = request.query.get("date", "").strip()
    if not text:
        return request.now.date()
    return _sensible(parse_date(text[:40]))


def day_in_path(request: Request) -> dt.date:
    """The ISO day that is part of the address; anything else is no page."""
    try:
        return _sensible(dt.date.fromisoformat(str(request.params["date"])))
    except ValueError:
        raise NotFoundError(_("Halaman itu tidak ada.")) from None


def _sensible(day: dt.date) -> dt.date:
    if EARLIEST <= day < LATEST:
        return day
    raise InvalidInputError(
        _("Tanggal itu di luar jangkauan."), advice=_("Pilih tanggal antara 2000 dan 2100.")
    )
