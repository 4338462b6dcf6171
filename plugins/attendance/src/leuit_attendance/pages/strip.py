"""The day strip of one person's month, written here rather than in a template.

A page holds more than a thousand cells; what a cell looks like depends on few things, so each look
is written once a page and strips are joined from them.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from markupsafe import Markup

from leuit_attendance.rules import DeductionTable

KINDS = {
    "cuti": ("cuti", "C"),
    "izin": ("cuti", "I"),
    "dinas_luar": ("dinas", "D"),
    "tugas_belajar": ("dinas", "B"),
    "tanpa_keterangan": ("absen", "×"),
    "libur": ("libur", ""),
    "cuti_bersama": ("libur", ""),
    "bebas": ("kosong", ""),
    "belum": ("kosong", ""),
}
HEIGHTS = 4
_NOTHING = ("", "")


def class_marks(tables: Iterable[DeductionTable]) -> dict[str, str]:
    """Which mark (t1 to t4 from above, p1 to p4 from below) each class of the tables gets.

    Heights follow the order of the windows; a class for a missing tap that is no window, and what
    lies beyond the fourth, is as high as the cell.
    """
    marks: dict[str, str] = {}
    for table in tables:
        classes = table.classes
        for letter, windows, missing in (
            ("t", classes.late, classes.missing_in),
            ("p", classes.early, classes.missing_out),
        ):
            for number, window in enumerate(windows, 1):
                marks.setdefault(window.name, f"{letter}{min(number, HEIGHTS)}")
            if missing:
                marks.setdefault(missing, f"{letter}{HEIGHTS}")
    return marks


class Strips:
    """Strips over the same days with the same marks."""

    def __init__(self, days: Sequence[dt.date], marks: Mapping[str, str]) -> None:
        starts = week_starts(days)
        inside, first = _Looks("", marks), _Looks("w ", marks)
        self._places = [(first if day in starts else inside, day) for day in days]

    def of(self, known: Mapping[dt.date, tuple[str, str]]) -> Markup:
        """The strip of days with their status and classes, one cell for each day."""
        inner = "".join([looks[known.get(day, _NOTHING)] for looks, day in self._places])
        return Markup(f'<span class="strip" aria-hidden="true">{inner}</span>')  # noqa: S704 -- known words only


class _Looks(dict[tuple[str, str], str]):
    """Cells by status and classes, each written when it is first asked for."""

    def __init__(self, gap: str, marks: Mapping[str, str]) -> None:
        super().__init__()
        self._gap = gap
        self._marks = marks

    def __missing__(self, key: tuple[str, str]) -> str:
        status, classes = key
        if not status:
            kind, letter = "kosong", ""
        else:
            kind, letter = KINDS.get(status, ("", ""))
        found = " ".join(mark for name in classes.split() if (mark := self._marks.get(name)))
        words = f"{self._gap}{kind} {found}".strip()
        look = self[key] = f'<i class="{words}">{letter}</i>' if words else "<i></i>"
        return look


def week_starts(days: Sequence[dt.date]) -> set[dt.date]:
    """The first shown day of each week but the first: before them is a gap."""
    return {
        day for before, day in pairwise(days) if before.isocalendar()[:2] != day.isocalendar()[:2]
    }
