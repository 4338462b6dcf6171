"""The figures that days are judged by: three kinds of regulation, and which edition holds when.

Schedules and shifts are named by codes, so that one edition holds several of them: a use or an
assignment names the code, and the edition of the day says what it means then.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import attrs

from leuit.builtin.regulations import Edition, RegulationKind, edition_by_id, editions
from leuit.values import _
from leuit.work import View
from leuit_attendance.data import seed_schedules, seed_shifts, seed_tables
from leuit_attendance.models import DayBasis
from leuit_attendance.rules import (
    DeductionTable,
    ShiftPattern,
    WeekSchedule,
    from_plain,
    to_plain,
)

SCHEDULES, SHIFTS, DEDUCTIONS = (
    "attendance.schedule",
    "attendance.shifts",
    "attendance.deductions",
)
CODE_LENGTH = 40


def _check_codes(codes: Sequence[str]) -> None:
    for code in codes:
        if not code or code != code.strip() or len(code) > CODE_LENGTH:
            raise ValueError(f"Kode “{code[:50]}” harus terisi, paling banyak 40 huruf.")
    if len({code.casefold() for code in codes}) != len(codes):
        raise ValueError("Dua kode tidak boleh sama.")


@attrs.frozen
class ScheduleBook:
    """Week schedules by code, as one edition fixes them."""

    schedules: dict[str, WeekSchedule] = attrs.field(hash=False)

    def __attrs_post_init__(self) -> None:
        _check_codes(list(self.schedules))


def _schedule_warnings(book: ScheduleBook) -> list[str]:
    """What the weeks of a book warn of, each with its code."""
    return [
        _("Jadwal “%(code)s”: %(warning)s") % {"code": code, "warning": warning}
        for code, week in book.schedules.items()
        for warning in week.warnings()
    ]


@attrs.frozen
class ShiftBook:
    """Shifts, each with its code, as one edition fixes them."""

    shifts: tuple[ShiftPattern, ...]
    by_code: dict[str, ShiftPattern] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        _check_codes([shift.code for shift in self.shifts])
        object.__setattr__(self, "by_code", {shift.code: shift for shift in self.shifts})


def _reader(kind: type) -> Callable[[Any], Any]:
    return lambda plain: from_plain(kind, plain)


_LABELS = {
    "schedules": _("Jadwal"),
    "shifts": _("Sif"),
    "title": _("Judul"),
    "code": _("Kode"),
    "basis": _("Dasar"),
    "source": _("Sumber"),
    "article": _("Pasal"),
    "confidence": _("Keyakinan"),
    "note": _("Catatan"),
    "monday": _("Senin"),
    "tuesday": _("Selasa"),
    "wednesday": _("Rabu"),
    "thursday": _("Kamis"),
    "friday": _("Jumat"),
    "saturday": _("Sabtu"),
    "sunday": _("Minggu"),
    "start": _("Mulai"),
    "end": _("Selesai"),
    "pattern": _("Jam kerja"),
    "break_minutes": _("Istirahat (menit)"),
    "tolerance_minutes": _("Toleransi (menit)"),
    "make_up_minutes": _("Ganti waktu (menit)"),
    "flexi_early_minutes": _("Fleksibel lebih awal (menit)"),
    "flexi_late_minutes": _("Fleksibel lebih lambat (menit)"),
    "expected_minutes": _("Jumlah seminggu menurut aturan (menit)"),
    "classes": _("Kelas"),
    "late": _("Terlambat"),
    "early": _("Pulang sebelum waktunya"),
    "name": _("Nama"),
    "from_minutes": _("Dari menit"),
    "to_minutes": _("Sampai sebelum menit"),
    "missing_in": _("Tanpa tap masuk"),
    "missing_out": _("Tanpa tap pulang"),
    "absent": _("Tanpa keterangan"),
    "seconds": _("Detik"),
    "percents": _("Persentase"),
    "percent": _("Persen"),
    "base": _("Dikenakan pada"),
    "part_percent": _("Bagian TPP (persen)"),
    "cap_percent": _("Potongan terbanyak sebulan (persen)"),
    "free_late_days": _("Hari terlambat yang dibebaskan sebulan"),
    "matching": _("Pencocokan tap"),
    "before_minutes": _("Sebelum jam masuk (menit)"),
    "after_minutes": _("Sesudah jam pulang (menit)"),
    "collapse_seconds": _("Tap berulang (detik)"),
}

_WORDS = {
    ("base", "tpp"): _("TPP sebulan"),
    ("base", "discipline_part"): _("bagian disiplin dari TPP"),
    ("seconds", "cut"): _("dibuang"),
    ("seconds", "up"): _("dibulatkan ke menit berikutnya"),
    ("confidence", "primary"): _("Naskah asli"),
    ("confidence", "secondary"): _("Kutipan"),
    ("confidence", "derived"): _("Hitungan"),
    ("confidence", "unverified"): _("Belum dipastikan"),
}


def kinds() -> list[RegulationKind]:
    """What attendance registers with the regulations of the core."""
    return [
        RegulationKind(
            SCHEDULES,
            _("Jadwal kerja"),
            ScheduleBook,
            _reader(ScheduleBook),
            to_plain,
            _LABELS,
            _WORDS,
            ScheduleBook({"kantor": seed_schedules()["schedule_permenpanrb_6_2018"]}),
            _schedule_warnings,
        ),
        RegulationKind(
            SHIFTS,
            _("Sif kerja"),
            ShiftBook,
            _reader(ShiftBook),
            to_plain,
            _LABELS,
            _WORDS,
            ShiftBook(tuple(seed_shifts().values())),
        ),
        RegulationKind(
            DEDUCTIONS,
            _("Kelas keterlambatan dan potongan TPP"),
            DeductionTable,
            _reader(DeductionTable),
            to_plain,
            _LABELS,
            _WORDS,
            seed_tables()["tpp_umum"],
        ),
    ]


@attrs.frozen
class Figures:
    """The editions of the three kinds in order of time, and which of them hold on a date."""

    deductions: tuple[Edition, ...]
    schedules: tuple[Edition, ...]
    shifts: tuple[Edition, ...]

    def on(self, day: dt.date) -> "DayFigures":
        """The editions of a date."""
        return DayFigures(
            _holding(self.deductions, day),
            _holding(self.schedules, day),
            _holding(self.shifts, day),
        )

    @property
    def first_day(self) -> dt.date | None:
        """The first day on which any deduction table holds: before it no day is judged."""
        return min((edition.effective_from for edition in self.deductions), default=None)


@attrs.frozen
class DayFigures:
    """The editions of one date; None where none holds."""

    deductions: Edition | None
    schedules: Edition | None
    shifts: Edition | None

    @property
    def table(self) -> DeductionTable | None:
        """The deduction table, without which nothing is judged."""
        return None if self.deductions is None else self.deductions.figures

    @property
    def ids(self) -> tuple[UUID | None, UUID | None, UUID | None]:
        """Ids of the editions: deductions, schedules, shifts."""
        return (
            None if self.deductions is None else self.deductions.id,
            None if self.schedules is None else self.schedules.id,
            None if self.shifts is None else self.shifts.id,
        )

    def week(self, code: str) -> WeekSchedule | None:
        """What a schedule's code means that day."""
        if self.schedules is None:
            return None
        book: ScheduleBook = self.schedules.figures
        return book.schedules.get(code)

    def shift(self, code: str) -> ShiftPattern | None:
        """What a shift's code means that day."""
        if self.shifts is None:
            return None
        book: ShiftBook = self.shifts.figures
        return book.by_code.get(code)


def figures_now(view: View) -> Figures:
    """All editions in force on any day; three SELECTs, the figures themselves are kept."""
    return Figures(*(editions(view, kind) for kind in (DEDUCTIONS, SCHEDULES, SHIFTS)))


def figures_of(view: View, basis: DayBasis) -> DayFigures:
    """The editions under which a stored day was judged."""
    return DayFigures(
        *(
            edition_by_id(view, edition_id) if edition_id else None
            for edition_id in (basis.deductions_id, basis.schedules_id, basis.shifts_id)
        )
    )


def _holding(known: tuple[Edition, ...], day: dt.date) -> Edition | None:
    return next((edition for edition in reversed(known) if edition.holds_on(day)), None)
