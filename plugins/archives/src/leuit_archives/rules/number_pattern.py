"""Numbers of letters: the text of a number from its pattern, and the series that counts it.

Patterns are those of `letter_kinds`. A series is of a year, and by configuration of a unit and of a
kind or a group of kinds; within one no number is given twice.
"""

import datetime as dt
import re

import attrs

from .letter_kinds import PART

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
SCOPES = ("kind", "group", "all")
GIVEN = ("before", "after")


@attrs.frozen(kw_only=True)
class NumberParts:
    """What a pattern may name; `value` is the serial, `secrecy` the code on the letter."""

    value: int
    day: dt.date
    class_code: str = ""
    unit: str = ""
    secrecy: str = ""
    abbreviation: str = ""


@attrs.frozen(kw_only=True)
class Numbering:
    """How a region counts its letters.

    `per_unit`: each unit counts its own. `scope`: each kind of letter has its series (`kind`), each
    group of kinds (`group`), or all share one (`all`). `given`: a number is reserved and printed
    `before` signing, or given `after` the last signature.
    """

    per_unit: bool = True
    scope: str = "group"
    given: str = "before"

    def __attrs_post_init__(self) -> None:
        if self.scope not in SCOPES or self.given not in GIVEN:
            raise ValueError(f"{self.scope} or {self.given} is no way to number letters")


def number_of(pattern: str, parts: NumberParts) -> str:
    """The number as it is printed; the pattern is one without faults (`pattern_fault`)."""
    values = {
        "kode": parts.class_code,
        "unit": parts.unit,
        "tahun": str(parts.day.year),
        "bulan": f"{parts.day.month:02}",
        "bulan_romawi": ROMAN[parts.day.month - 1],
        "sifat": parts.secrecy,
        "singkatan": parts.abbreviation,
    }

    def filled(found: re.Match[str]) -> str:
        if found["name"] == "urut":
            return str(parts.value).zfill(int(found["digits"] or 0))
        return values[found["name"]]

    return PART.sub(filled, pattern)


def wants(pattern: str, name: str) -> bool:
    """Whether a pattern names a part."""
    return any(found["name"] == name for found in PART.finditer(pattern))


def series_key(numbering: Numbering, *, unit: str, kind: str, group: str, year: int) -> str:
    """The series that counts a letter, in words that stay the same through the year."""
    by = {"kind": kind.casefold(), "group": group, "all": "-"}[numbering.scope]
    return f"archives/letter/{unit if numbering.per_unit else '-'}/{by}/{year}"
