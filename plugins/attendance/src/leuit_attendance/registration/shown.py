"""Registered for what people see: pages, cards, the demonstration."""

from typing import Any

from leuit.identity import Permission, Role
from leuit.plugins import HomeCard, MenuItem, Route
from leuit.values import _
from leuit_attendance.api import days as days_api
from leuit_attendance.demo import fill_demo
from leuit_attendance.pages import (
    cards,
    month_workbook,
    person_day,
    person_month,
    unit_day,
    unit_month,
    units,
)
from leuit_attendance.service.absences import ENTER
from leuit_attendance.service.explain import READ
from leuit_attendance.service.schedules import ASSIGN
from leuit_attendance.service.shifts import IMPORT as IMPORT_SHIFTS

PERMISSIONS: list[Permission | Role] = []

PAGES: list[Route] = [
    Route("/", units.choose_unit, READ, name="attendance"),
    Route("/me", person_month.show_own, READ, name="own_month"),
    Route("/me/{date}", person_day.show_own, READ, name="own_day"),
    Route("/people/{person_id}", person_month.show_person, READ, name="person_month"),
    Route("/people/{person_id}/{date}", person_day.show_person, READ, name="person_day"),
    Route("/units/{code}/day", unit_day.show_day, READ, name="unit_day"),
    Route("/units/{code}/month", unit_month.show_month, READ, name="unit_month"),
    Route(
        "/units/{code}/month.xlsx",
        month_workbook.download_month,
        unit_month.EXPORT,
        name="unit_month_workbook",
    ),
]

API: list[Route] = [
    Route(
        "/units/{code}/day",
        days_api.show_unit_day,
        READ,
        kind="api",
        name="attendance_unit_day",
        summary=_("Siapa masuk di satu unit pada satu hari"),
        query=days_api.UnitDayQuery,
        answer=days_api.UnitDayAnswer,
    ),
    Route(
        "/units/{code}/month",
        days_api.show_month,
        READ,
        kind="api",
        name="attendance_unit_month",
        summary=_("Rekap satu bulan satu unit"),
        query=days_api.MonthQuery,
        answer=days_api.MonthAnswer,
    ),
    Route(
        "/people/{person_id}/days/{date}",
        days_api.show_person_day,
        READ,
        kind="api",
        name="attendance_person_day",
        summary=_("Satu hari absensi dengan alasannya"),
        answer=days_api.PersonDayAnswer,
    ),
]

ROUTES: list[Route] = [*PAGES, *API]

MENU: list[MenuItem | HomeCard] = [
    MenuItem("attendance", _("Absensi"), "clock-check", "/attendance", READ, order=20),
    MenuItem(
        "attendance_absences",
        _("Ketidakhadiran"),
        "calendar-off",
        "/attendance/absences",
        ENTER,
        order=280,
        section="administration",
    ),
    MenuItem(
        "attendance_schedules",
        _("Jadwal kerja"),
        "calendar-check",
        "/attendance/schedules",
        ASSIGN,
        order=285,
        section="administration",
    ),
    MenuItem(
        "attendance_shifts",
        _("Jadwal sif"),
        "file-spreadsheet",
        "/attendance/shifts/import",
        IMPORT_SHIFTS,
        order=290,
        section="administration",
    ),
    HomeCard(
        "attendance_today", _("Absensi hari ini"), cards.today_card, READ, priority=10, hero=True
    ),
    HomeCard("attendance_week", _("Minggu ini"), cards.week_card, READ, priority=20),
    HomeCard("attendance_unit", _("Unit hari ini"), cards.unit_card, READ, priority=30),
]

DEMO: list[Any] = [fill_demo]
