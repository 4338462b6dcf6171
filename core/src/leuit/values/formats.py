"""Dates, times and numbers as Indonesians write and type them (CLDR id_ID)."""

import datetime as dt
import re
from decimal import Decimal
from typing import Literal

from .errors import InvalidInputError
from .text import _

_MONTHS = (
    *("januari", "februari", "maret", "april", "mei", "juni"),
    *("juli", "agustus", "september", "oktober", "november", "desember"),
)
_SHORT = (*(name[:3] for name in _MONTHS[:7]), "agu", "sep", "okt", "nov", "des")
DateStyle = Literal["short", "medium", "long", "full", "day", "weekday", "heading"]
# CLDR writes the day of the longest form with two digits, unlike the others: 08 Oktober.
_PATTERNS = {
    "full": "EEEE, d MMMM yyyy",
    "day": "d MMM",
    "weekday": "EEE, d MMM",
    "heading": "EEEE d MMMM",
}
NO_BREAK = "\N{NO-BREAK SPACE}"


def format_date(day: dt.date, style: DateStyle = "long", locale: str = "id_ID") -> str:
    """`24/11/26`, `24 Nov 2026`, `24 November 2026` or `Selasa, 24 November 2026`.

    Without the year `24 Nov` (`day`), `Sel, 24 Nov` (`weekday`), `Selasa 24 November` (`heading`).
    """
    from babel.dates import format_date as by_cldr  # late: rules and scripts do not need Babel

    return by_cldr(day, _PATTERNS.get(style, style), locale=locale)


def format_time(moment: dt.time | dt.datetime, seconds: bool = False) -> str:
    """Wall time with dots, `07.14` or `07.14.09`; the caller has already chosen the zone."""
    return moment.strftime("%H.%M.%S" if seconds else "%H.%M")


def format_number(number: int | float | Decimal, decimals: int = 0) -> str:
    """Dots for thousands, comma for decimals: `1.234.567,5`."""
    plain = f"{number:,.{decimals}f}"
    return plain.translate(str.maketrans(",.", ".,"))


def format_percent(percent: Decimal | int | float, decimals: int = 2) -> str:
    """A percent figure (40.25 means 40,25%), without space before the sign."""
    return format_number(percent, decimals) + "%"


def format_rupiah(amount: int) -> str:
    """Whole rupiah: `Rp1.450.000`, with a minus before the sign of the currency."""
    return f"{'-' if amount < 0 else ''}Rp{format_number(abs(amount))}"


def parse_date(text: str) -> dt.date:
    """Read a date as people type it: day first or ISO; never month first.

    Raises InvalidInputError for anything else, `31/11/2026` and `11/24/2026` included.
    """
    given = " ".join(text.strip().lower().split())
    try:
        if found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", given):
            year, month, day = (int(part) for part in found.groups())
            return dt.date(year, month, day)
        if found := re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", given):
            day, month, year = (int(part) for part in found.groups())
            return dt.date(year, month, day)
        if found := re.fullmatch(r"(\d{1,2}) ([a-z]+) (\d{4})", given):
            name = found[2]
            month = _MONTHS.index(name) + 1 if name in _MONTHS else _SHORT.index(name) + 1
            return dt.date(int(found[3]), month, int(found[1]))
    except ValueError:
        pass  # an impossible day or an unknown month gets the same answer as any other text
    raise InvalidInputError(
        _("“%(text)s” bukan tanggal."),
        advice=_("Tulis hari, bulan, tahun, misalnya 24/11/2026."),
        text=text,
    )
