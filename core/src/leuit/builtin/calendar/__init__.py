"""Holidays and cuti bersama, and the working days that every service counts by."""

from leuit.plugins import Plugin
from leuit.values import _

from .days import (
    FIVE_DAYS,
    SIX_DAYS,
    Holiday,
    holidays_between,
    working_days,
)
from .editing import confirm_holidays, remove_holiday, set_holiday
from .events import HolidaysChanged
from .models import HolidayRow
from .published import propose_year

plugin = Plugin(
    name="calendar",
    title=_("Kalender"),
    version="0.1.0",
    module="leuit.builtin.calendar",
    hooks="leuit.builtin.calendar.hooks",
    namespace="core",
)

__all__ = [
    "FIVE_DAYS",
    "SIX_DAYS",
    "Holiday",
    "HolidayRow",
    "HolidaysChanged",
    "confirm_holidays",
    "holidays_between",
    "plugin",
    "propose_year",
    "remove_holiday",
    "set_holiday",
    "working_days",
]
