"""Proposals for a year from the published list of Indonesian national days.

The package `holidays` carries the dates of the joint decree (SKB) where it is out, and estimates
for years to come; it offers national days as `public` and cuti bersama as `government`. Therefore
everything arrives as a proposal.
"""

import datetime as dt

import holidays
from importlib_metadata import version
from sqlalchemy import select

from leuit.values import InvalidInputError, RecordRef, _
from leuit.work import Work

from .editing import EDIT
from .models import TITLE, HolidayRow

CATEGORIES = (("public", "libur"), ("government", "cuti_bersama"))
FIRST_YEAR, LAST_YEAR = 2003, 2100


def published(year: int) -> dict[dt.date, tuple[str, str]]:
    """Kind and Indonesian title of each published day of a year; a national day wins over a
    cuti bersama of the same date.
    """
    found: dict[dt.date, tuple[str, str]] = {}
    for category, kind in CATEGORIES:
        listed = holidays.country_holidays(
            "ID", years=year, categories=(category,), language="id", expand=False
        )
        for day, title in listed.items():
            found.setdefault(day, (kind, title[:TITLE]))
    return dict(sorted(found.items()))


def propose_year(work: Work, year: int) -> list[dt.date]:
    """Enter the published days of a year as proposals where the calendar has no entry yet.

    Returns the new days; asking twice adds nothing.
    """
    work.require_on_root(EDIT)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidInputError(
            _("Daftar hari nasional tersedia untuk tahun %(first)s sampai %(last)s."),
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    known = set(
        work.session.scalars(
            select(HolidayRow.day).where(
                HolidayRow.day.between(dt.date(year, 1, 1), dt.date(year, 12, 31))
            )
        )
    )
    new = {day: entry for day, entry in published(year).items() if day not in known}
    work.session.add_all(
        HolidayRow(
            day=day,
            kind=kind,
            title=title,
            legal_basis="",
            status="proposed",
            edited_by=work.identity.account_id,
            edited_at=work.now,
            version=1,
        )
        for day, (kind, title) in new.items()
    )
    if new:
        work.audit(
            "core.holiday.proposed",
            RecordRef("core.holiday", str(year), str(year)),
            days=list(new),
            source=f"holidays {version('holidays')}",
        )
    return list(new)
