"""Cards of the home page: one's own day, one's week, and the unit that one heads."""

import datetime as dt

from sqlalchemy import select

from leuit.identity import Unit
from leuit.plugins import CardContent, WeekCell
from leuit.values import _, format_time, local_time
from leuit.work import View
from leuit_attendance.models import AttendanceDay
from leuit_attendance.service.unit_day import AWAY, day_figures, headed_units
from leuit_attendance.service.unit_month import FREE

from .words import SHORT_DAYS, status_word, zone_name

_DAY = dt.timedelta(days=1)


def today_card(view: View) -> CardContent | None:
    """Today: the tap in, or the clock while there is none; working hours; the way to the day."""
    person_id = view.identity.person_id
    if person_id is None:
        return None
    row = view.session.execute(
        select(AttendanceDay, Unit.short)
        .join(Unit, Unit.id == AttendanceDay.unit_id)
        .where(AttendanceDay.person_id == person_id, AttendanceDay.day == view.today)
    ).one_or_none()
    day: AttendanceDay | None = row[0] if row else None
    place = f" · {row[1]}" if row else ""
    zone = zone_name(view.app.zone, view.today)
    now = f"{format_time(local_time(view.now, view.app.zone))} {zone}"
    chip, tone = _state(day)
    if day is not None and day.check_in is not None:
        fact = format_time(day.check_in)
        fact += f"–{format_time(day.check_out)}" if day.check_out else f" {zone}"
    else:
        fact = now
    if day is not None and day.schedule_start and day.schedule_end:
        hours = f"{format_time(day.schedule_start)}–{format_time(day.schedule_end)}"
        meta = _("Jam kerja %s") % hours + place
    elif day is not None:
        meta = _("Tidak ada jam kerja hari ini") + place
    else:
        meta = _("Hari ini belum dihitung")
    return CardContent(
        fact=fact,
        meta=meta,
        chip=chip,
        chip_tone=tone,
        action_label=_("Lihat hari saya") if day else _("Lihat bulan saya"),
        action_path=f"/attendance/me/{view.today}" if day else "/attendance/me",
    )


def week_card(view: View) -> CardContent | None:
    """Monday to Friday of this week, and the weekend days that have a duty."""
    person_id = view.identity.person_id
    if person_id is None:
        return None
    monday = view.today - _DAY * view.today.weekday()
    stored = {
        row.day: row
        for row in view.session.scalars(
            select(AttendanceDay).where(
                AttendanceDay.person_id == person_id,
                AttendanceDay.day.between(monday, monday + 6 * _DAY),
            )
        )
    }
    cells = []
    for number in range(7):
        day = monday + number * _DAY
        row = stored.get(day)
        if number < 5 or (row is not None and row.status not in FREE):
            cells.append(_cell(day, row, today=view.today))
    return CardContent(
        action_label=_("Riwayat saya"), action_path="/attendance/me", cells=tuple(cells)
    )


def unit_card(view: View) -> CardContent | None:
    """How many of those who have to come today are in, for who heads a unit."""
    units = headed_units(view) if view.identity.person_id else ()
    if not units:
        return None
    unit = units[0]
    figures = day_figures(view, unit, view.today)
    parts = [
        _("%s terlambat") % figures.late if figures.late else "",
        _("%s cuti, izin, atau dinas") % figures.away if figures.away else "",
        _("%s tanpa keterangan") % figures.absent if figures.absent else "",
    ]
    said = ", ".join(part for part in parts if part)
    return CardContent(
        fact=_("%(came)s dari %(all)s hadir") % {"came": figures.came, "all": figures.expected},
        meta=f"{unit.short} · {said}" if said else unit.short,
        action_label=_("Lihat unit"),
        action_path=f"/attendance/units/{unit.code}/day",
    )


def _state(day: AttendanceDay | None) -> tuple[str, str]:
    if day is None:
        return _("Belum dihitung"), "abu"
    if day.status != "belum":
        word = status_word(day.status)
        return word.word, word.tone
    if day.check_in is None:
        return _("Belum absen masuk"), "tunggu"
    if day.late_minutes:
        return _("Terlambat %s menit") % day.late_minutes, "tunggu"
    return _("Sudah absen masuk"), "daun"


def _cell(day: dt.date, row: AttendanceDay | None, *, today: dt.date) -> WeekCell:
    lines, tone = ("–", "–"), ""
    if row is not None and row.status in AWAY:
        words = str(status_word(row.status).word).split()
        lines = (words[0], words[1] if len(words) > 1 else "")
    elif row is not None and row.status in FREE:
        lines = (_("Libur"), "")
    elif row is not None and row.status == "tanpa_keterangan":
        lines, tone = (_("tanpa"), _("ket.")), "bata"
    elif row is not None and (row.check_in or row.check_out):
        lines = (
            format_time(row.check_in) if row.check_in else "–",
            format_time(row.check_out) if row.check_out else "–",
        )
    elif row is not None and day == today:
        lines, tone = (_("belum"), "–"), "tunggu"
    return WeekCell(
        SHORT_DAYS[day.weekday()],
        day.day,
        tuple(line for line in lines if line),
        current=day == today,
        tone=tone,
    )
