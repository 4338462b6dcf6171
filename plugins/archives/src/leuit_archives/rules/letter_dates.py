"""The date of a letter: that beside the town, not one that the letter speaks of.

Days are read as day, month, year. Hijri dates that stand beside are passed over. What a scan took
for another character is read as the digit, and is then not sure.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from .letter_lines import Lines, labelled
from .letter_proposal import Proposed

_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "januari jan",
            "februari pebruari feb peb",
            "maret mar",
            "april apr",
            "mei",
            "juni jun",
            "juli jul",
            "agustus agt agu ags",
            "september sept sep",
            "oktober okt",
            "november nopember nov nop",
            "desember des",
        ),
        start=1,
    )
    for name in names.split()
}
_HIJRI = re.compile(r"\b1[34]\d\d\s*H\b")
_DATE = re.compile(
    r"(?<![\w/.-])(?P<day>[0-9OolI]{1,2})\s*(?:"
    r"(?P<month>[A-Za-z01][A-Za-z01 ]{1,11}[A-Za-z01])\.?\s+|"
    r"[-/.]\s?(?P<number>[0-9OolI]{1,2})\s?[-/.]\s?)"
    r"(?P<year>[12][0-9OolI]{3})(?![\w/-])"
)
_PLACE = re.compile(r"(?:^|\s)[A-Z][A-Za-z.' ]{2,40},\s*(?:tanggal\s+)?$")
_SENTENCE = re.compile(r"\b(?:di|pada|tanggal|hari|dan)\s", re.IGNORECASE)
_TOWN_AND_DAY = re.compile(
    r"[A-Z][A-Za-z.' ]{2,40},\s*[0-9OolI._…-]{0,10}\s?"
    r"(?:(?P<month>[A-Za-z01]{3,12})\.?\s|[-/.][0-9OolI]{1,2}[-/.])\s?[12][0-9OolI]{3}\b"
)
_SIGNED_AT = re.compile(r"(?:ditetapkan|dikeluarkan|dibuat|diundangkan)\s+di\b", re.IGNORECASE)
_ON = re.compile(r"(?:pada\s+)?tanggal\s*[:;]?\s*$", re.IGNORECASE)
_DAYS = re.compile(
    r"\b(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad)\s*,\s*$", re.IGNORECASE
)
_ALIKE = str.maketrans("OolI", "0011")


def date_of(lines: Lines) -> Proposed[dt.date] | None:
    """Where the letter was dated: at its head, else where it was signed; None if they differ."""
    for candidates in (
        _beside_towns(lines.header, columns=True),
        _where_signed(lines.all),
        _beside_towns(lines.rest, columns=False),
        _after_labels(lines.header),
    ):
        found = list(candidates)
        if found:
            same = {one.value for one in found} == {found[0].value}
            return found[0] if same else None
    return None


def dates_in(line: str) -> Iterator[tuple[dt.date, bool, int, int]]:
    """Dates of a line: the day, whether it is sure, and where it begins and ends."""
    for found in _DATE.finditer(line):
        parts = (found["day"], found["number"] or "", found["year"])
        month = _month(found["month"]) if found["month"] else _number(found["number"])
        day, year = _number(found["day"]), _number(found["year"])
        if month is None or day is None or year is None or not 1945 <= year <= 2100:
            continue
        try:
            value = dt.date(year, month, day)
        except ValueError:
            continue
        sure = "".join(parts) == "".join(parts).translate(_ALIKE)
        named = found["month"] is None or found["month"].lower() in _MONTHS
        yield value, sure and named, found.start(), found.end()


def is_town_and_day(line: str) -> bool:
    """Whether a line is town and day, also where the day is still blank or does not exist."""
    if any("," in line[:start] for _value, _sure, start, _end in dates_in(line)):
        return True
    found = _TOWN_AND_DAY.match(line)
    return found is not None and (found["month"] is None or _month(found["month"]) is not None)


def _beside_towns(lines: Sequence[str], *, columns: bool) -> Iterator[Proposed[dt.date]]:
    """Town and day on a line, also with the Hijri date above or behind it.

    With `columns` something else may stand before them: the number, in a column of its own.
    """
    before = ""
    for line in lines:
        for value, sure, start, end in dates_in(line):
            ahead, behind = line[:start], line[end:].strip(" /()")
            place = _PLACE.search(ahead) if columns else _PLACE.match(ahead)
            town = place is not None and not _DAYS.search(ahead) and not _SENTENCE.search(place[0])
            common = not ahead.strip() and bool(_HIJRI.search(before)) and "," in before
            if (town or common) and (not behind or behind[:1] == "M" or _HIJRI.search(behind)):
                yield Proposed(value, line, sure)
        before = line or before


def _where_signed(lines: Sequence[str]) -> Iterator[Proposed[dt.date]]:
    """The day below "Ditetapkan di" and the like."""
    left = 0
    for line in lines:
        left = 3 if _SIGNED_AT.search(line) else left - bool(line)
        if left > 0:
            for value, sure, start, _end in dates_in(line):
                if _ON.search(line[:start]):
                    yield Proposed(value, line, sure)


def _after_labels(lines: Sequence[str]) -> Iterator[Proposed[dt.date]]:
    for one in labelled(lines):
        if one.name == "date":
            for value, sure, start, _end in dates_in(one.value):
                if start == 0:
                    yield Proposed(value, one.line, sure)


def _month(name: str) -> int | None:
    plain = name.replace(" ", "").lower().replace("0", "o")
    return _MONTHS.get(plain.replace("1", "l")) or _MONTHS.get(plain.replace("1", "i"))


def _number(digits: str) -> int | None:
    """The number, where at least one of its characters is a digit without doubt."""
    return int(digits.translate(_ALIKE)) if any(one.isdigit() for one in digits) else None
