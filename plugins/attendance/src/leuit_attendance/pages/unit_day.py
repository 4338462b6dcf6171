"""A unit's day: who is in, with counts; filters live in the address."""

import datetime as dt

from leuit.values import RecordRef, _
from leuit.web import PAGE_SIZE, Listing, Request, Response, page, page_number
from leuit_attendance.service.unit_day import STATES, DayFilter, day_figures, day_people
from leuit_attendance.service.unit_scope import readable_unit

from .dates import day_of
from .unit_month import searchable
from .words import status_word

STATE_WORDS: dict[str, str] = {
    "": _("Semua pegawai"),
    "in": _("Sudah masuk"),
    "not_in": _("Belum masuk"),
    "late": _("Terlambat"),
    "early": _("Pulang cepat"),
    "away": _("Cuti, izin, atau dinas"),
    "absent": _("Tanpa keterangan"),
    "free": _("Libur atau tidak bertugas"),
}
_DAY = dt.timedelta(days=1)


def asked(request: Request) -> tuple[dt.date, DayFilter]:
    """The day and the filter of the address; an unknown state counts as none."""
    state = request.query.get("state", "")
    name = searchable(request.query.get("name", ""))
    return day_of(request), DayFilter(state if state in STATES else "", name)


def show_day(request: Request) -> Response:
    """The page of a unit's day; reading other people's days is noted."""
    day, wanted = asked(request)
    number = page_number(request)
    with request.read() as view:
        unit = readable_unit(view, str(request.params["code"]))
        figures = day_figures(view, unit, day)
        rows, total = day_people(view, unit, day, wanted, PAGE_SIZE, (number - 1) * PAGE_SIZE)
        view.note_access(RecordRef("core.unit", str(unit.id), unit.name), what="day", day=day)
    return page(
        request,
        "attendance/unit_day.html",
        unit=unit,
        day=day,
        previous=day - _DAY,
        following=day + _DAY if day < request.now.date() else None,
        is_today=day == request.now.date(),
        wanted=wanted,
        states=STATE_WORDS,
        figures=figures,
        listing=Listing.of(request, rows, total),
        word=status_word,
        filtered=bool(wanted.state or wanted.name),
    )
