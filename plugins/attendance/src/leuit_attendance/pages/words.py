"""Words of days for people: what a status, a flag and a key are called, and in which tone."""

import datetime as dt
from zoneinfo import ZoneInfo

import attrs

from leuit.values import _

NO_BREAK = "\N{NO-BREAK SPACE}"


@attrs.frozen
class StatusWord:
    """A status in words; `tone` is a chip's, `ordinary` what needs none in a list."""

    word: str
    tone: str
    ordinary: bool = False


STATUSES: dict[str, StatusWord] = {
    "hadir": StatusWord(_("Hadir"), "daun", ordinary=True),
    "tanpa_keterangan": StatusWord(_("Tanpa keterangan"), "bata"),
    "libur": StatusWord(_("Libur"), "abu", ordinary=True),
    "cuti_bersama": StatusWord(_("Cuti bersama"), "abu", ordinary=True),
    "cuti": StatusWord(_("Cuti"), "nila"),
    "tugas_belajar": StatusWord(_("Tugas belajar"), "nila"),
    "dinas_luar": StatusWord(_("Dinas luar"), "nila"),
    "izin": StatusWord(_("Izin"), "nila"),
    "bebas": StatusWord(_("Tidak bertugas"), "abu", ordinary=True),
    "belum": StatusWord(_("Belum selesai"), "tunggu"),
}
FLAGS: dict[str, str] = {
    "missing_in": _("Tidak ada tap masuk."),
    "missing_out": _("Tidak ada tap pulang."),
    "wrong_key": _("Tombol yang ditekan tidak sesuai. Tap tetap dihitung."),
    "tolerated": _("Terlambat dalam batas toleransi."),
    "flexi": _("Jam kerja bergeser menurut aturan fleksibel."),
    "punched_while_away": _("Ada tap pada hari yang tercatat tidak masuk."),
}
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
SHORT_DAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")


def status_word(status: str | None) -> StatusWord:
    """The word of a stored status; a day that is not stored has none yet."""
    return STATUSES[status] if status else StatusWord(_("Belum dihitung"), "abu")


def month_name(day: dt.date) -> str:
    """`Oktober 2026`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def weekday_and_day(day: dt.date) -> str:
    """`Senin, 12 Oktober`."""
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]}"


def zone_name(zone: ZoneInfo, day: dt.date) -> str:
    """WIB, WITA or WIT where the zone has such a name, else its offset."""
    return dt.datetime.combine(day, dt.time(12), zone).tzname() or ""


def minutes_text(minutes: int) -> str:
    """`1 jam 5 menit`, `25 menit`."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}{NO_BREAK}{_('jam')}"] if hours else []
    if rest or not hours:
        parts.append(f"{rest}{NO_BREAK}{_('menit')}")
    return " ".join(parts)
