"""Codes of classifications and schedules: parts joined by points, each digits or letters.

The code of Permendagri 83/2022 is digits alone, as 000.1.2.3 (Pasal 3(5)); schedules of their own
also have letters, as KP.05.01.a. A code stands below the code without its last part.
"""

import re

MOST = 40
"""The most characters of a code; published ones have at most 12."""

_CODE = re.compile(r"(?:[0-9]+|[A-Za-z]+)(?:\.(?:[0-9]+|[A-Za-z]+))*")

SortKey = tuple[tuple[int, int, str, str], ...]


def is_code(text: str) -> bool:
    """Whether the text has the form of a code; blanks around it are not part of one."""
    return len(text) <= MOST and _CODE.fullmatch(text) is not None


def parents_of(code: str) -> tuple[str, ...]:
    """The codes above this one, nearest first: 000.5.6, 000.5 and 000 for 000.5.6.2."""
    parts = code.split(".")
    return tuple(".".join(parts[:count]) for count in range(len(parts) - 1, 0, -1))


def level_of(code: str) -> int:
    """How deep a code stands, from 1: 4 for 000.5.6.2."""
    return code.count(".") + 1


def sort_key(code: str) -> SortKey:
    """The place of a code in order: parents first, digits by value and before letters.

    Any text has a key, as rows that are refused are listed too, and no two texts share one.
    """
    return tuple(_part_key(part) for part in code.split("."))


def _part_key(part: str) -> tuple[int, int, str, str]:
    if part.isascii() and part.isdigit():
        # As text by length: a number of any length compares by value and is never converted.
        value = part.lstrip("0")
        return 0, len(value), value, part
    return 1, 0, part.casefold(), part
