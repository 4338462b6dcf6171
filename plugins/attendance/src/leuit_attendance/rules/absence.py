"""Absence: approved leave, study, duty trip or permission that covers whole dates.

Law: cuti by PP 11/2017 jo. PP 17/2020 and BKN 24/2017; a duty trip (dinas luar) by an SPT. A person
covered by an approved document is not absent without reason although no punch exists. When several
cover one day the order is cuti, tugas belajar, dinas luar, izin (order in use, unverified).
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import frozen

AbsenceKind = Literal["cuti", "tugas_belajar", "dinas_luar", "izin"]
ABSENCE_PRIORITY: tuple[AbsenceKind, ...] = ("cuti", "tugas_belajar", "dinas_luar", "izin")
"""Which kind names the day when several cover it, the strongest first. Holidays stand above all."""


@frozen
class Absence:
    """An approved absence over whole dates, both ends included.

    It covers the duties that start on `first_day` to `last_day`. `document` is the number or label
    of the approving document ("SPT 094/12/2026") and becomes the article of the day's reason;
    `title` tells the kind more exactly ("Cuti tahunan").
    """

    kind: AbsenceKind
    first_day: date
    last_day: date
    document: str = ""
    title: str = ""

    def __attrs_post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError("Hari terakhir ketidakhadiran tidak boleh sebelum hari pertama.")

    def covers(self, day: date) -> bool:
        """Whether the duty starting on that local date is covered."""
        return self.first_day <= day <= self.last_day
