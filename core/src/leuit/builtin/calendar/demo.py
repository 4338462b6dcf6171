"""The calendar of the demonstration: the published days of the years that it covers, confirmed."""

import datetime as dt

from sqlalchemy import select

from leuit.plugins import CommandContext, DemoPlan

from .editing import confirm_holidays
from .models import HolidayRow
from .published import propose_year

BASIS = "SKB tiga menteri (data contoh, menurut daftar yang terbit)"


def fill(context: CommandContext, plan: DemoPlan) -> None:
    """Propose and confirm the year of today, and the one in which the records begin."""
    with context.app.change(context.identity) as work:
        begins = work.today - dt.timedelta(weeks=plan.weeks)
        for year in sorted({begins.year, work.today.year}):
            propose_year(work, year)
        proposed = work.session.scalars(
            select(HolidayRow.day).where(
                HolidayRow.status == "proposed",
                HolidayRow.day.between(
                    dt.date(begins.year, 1, 1), dt.date(work.today.year, 12, 31)
                ),
            )
        ).all()
        confirm_holidays(work, proposed, legal_basis=BASIS)
