"""The columns of counts of a unit's month, as page, workbook and document show them."""

from collections.abc import Sequence

from leuit.values import _

from .unit_month import MonthFigures, PersonLine

COLUMNS: tuple[tuple[str, str], ...] = (
    (_("Hadir"), "hadir"),
    (_("TL"), "late"),
    (_("PSW"), "early"),
    (_("Cuti"), "cuti"),
    (_("DL"), "dinas_luar"),
    (_("Izin"), "izin"),
    (_("TB"), "tugas_belajar"),
    (_("TK"), "tanpa_keterangan"),
)
"""Columns of counts in order; izin and TB are shown only in months in which they occur."""
_RARE = ("izin", "tugas_belajar")


def columns_of(figures: MonthFigures) -> list[tuple[str, str]]:
    """The columns of counts of this month."""
    return [(label, key) for label, key in COLUMNS if key not in _RARE or key in figures.statuses]


def counts_of(line: PersonLine, columns: Sequence[tuple[str, str]]) -> tuple[int, ...]:
    """A person's counts in the order of the columns."""
    statuses, sums = line.statuses, {"late": line.late, "early": line.early}
    return tuple(sums[key] if key in sums else statuses.get(key, 0) for _label, key in columns)
