"""Which salary a claim pays: month, type and running number; together they are paid once.

The ordinary salary (induk) and the extra income (TPP) of a unit are paid once a month. What is paid
afterwards (susulan), made good (kekurangan), continued (terusan) or given at a death (uang duka) is
for single employees and may come again in the same month, each with its own running number.
"""

import datetime as dt
import re

import attrs

from leuit.values import Text, _

INDUK = "induk"
TYPES: dict[str, Text] = {
    INDUK: _("Gaji induk"),
    "susulan": _("Gaji susulan"),
    "kekurangan": _("Kekurangan gaji"),
    "terusan": _("Gaji terusan"),
    "uang_duka": _("Uang duka"),
    "tpp": _("TPP"),
}
ONCE_A_MONTH = frozenset({INDUK, "tpp"})
MOST_RUNS = 99
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@attrs.frozen
class Salary:
    """`month` is written 2026-10; `run` counts the payments of a type that may repeat, from 1."""

    month: str
    type: str
    run: int = 1


def faults_of_salary(salary: Salary, year: int) -> list[tuple[str, Text, str]]:
    """Field, sentence and code of what is wrong with it in a budget year.

    What belongs to the year before may still be paid in this one, but for the ordinary salary.
    """
    faults: list[tuple[str, Text, str]] = []
    if salary.type not in TYPES:
        faults.append(("salary_type", _("Pilih jenis gaji."), "unknown_type"))
    years = {f"{year}"} if salary.type == INDUK else {f"{year}", f"{year - 1}"}
    if not _MONTH.fullmatch(salary.month):
        faults.append(("salary_month", _("Pilih bulan gaji."), "month"))
    elif salary.month[:4] not in years:
        faults.append(("salary_month", _("Bulan itu di luar tahun anggaran."), "year"))
    if not 1 <= salary.run <= MOST_RUNS:
        faults.append(("salary_run", _("Tulis angka dari 1 sampai 99."), "run"))
    elif salary.type in ONCE_A_MONTH and salary.run != 1:
        faults.append(("salary_run", _("Jenis gaji ini hanya sekali dalam sebulan."), "once"))
    return faults


def first_of(month: str) -> dt.date:
    """The first day of a month written 2026-10."""
    return dt.date.fromisoformat(f"{month}-01")
