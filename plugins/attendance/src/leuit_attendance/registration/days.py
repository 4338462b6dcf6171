"""Registered for days: schedules, shifts, absences, editions, the judging of days."""

from typing import Any

from leuit.audit import AuditAction
from leuit.builtin.calendar import HolidaysChanged
from leuit.builtin.organisation import StaffChanged, UnitsMoved
from leuit.builtin.regulations import EditionActivated
from leuit.identity import Permission, Role
from leuit.plugins import MEGABYTE, Command, Route
from leuit.values import _
from leuit.work import JobKind, Listener, Schedule
from leuit_attendance.api import absences as absences_api
from leuit_attendance.cli import day, recap, sample, schedule, shifts
from leuit_attendance.pages import absences, schedules, shift_import
from leuit_attendance.service import compute, figures, triggers
from leuit_attendance.service.absences import ENTER
from leuit_attendance.service.attlog_import import IMPORT as IMPORT_PUNCHES
from leuit_attendance.service.devices import MANAGE as MANAGE_DEVICES
from leuit_attendance.service.devices import READ as READ_DEVICES
from leuit_attendance.service.explain import READ
from leuit_attendance.service.recap_documents import MAKE
from leuit_attendance.service.schedules import ASSIGN
from leuit_attendance.service.shifts import IMPORT as IMPORT_SHIFTS

EXPORT = "attendance.recap.export"

PERMISSIONS: list[Permission | Role] = [
    Permission(READ, _("Melihat hari absensi pegawai")),
    Permission(EXPORT, _("Mengunduh rekap absensi")),
    Permission(ENTER, _("Mencatat cuti, dinas luar, dan izin")),
    Permission(IMPORT_SHIFTS, _("Mengimpor jadwal sif")),
    Permission(ASSIGN, _("Memberikan jadwal kerja")),
    Role("attendance.own", _("Absensi sendiri"), {READ}, "everyone"),
    Role("attendance.superior", _("Atasan: absensi unit"), {READ, EXPORT, MAKE}, "head"),
    Role(
        "attendance.officer",
        _("Petugas absensi"),
        {READ, EXPORT, MAKE, READ_DEVICES, MANAGE_DEVICES, IMPORT_PUNCHES, IMPORT_SHIFTS},
    ),
    Role(
        "attendance.personnel",
        _("Kepegawaian: absensi"),
        {READ, EXPORT, MAKE, ENTER, IMPORT_SHIFTS, ASSIGN},
    ),
]

ROUTES: list[Route] = [
    Route("/absences", absences.show_absences, ENTER, name="absences"),
    Route(
        "/absences/new", absences.add_absence, ENTER, methods=("GET", "POST"), name="absence_add"
    ),
    Route(
        "/absences/{absence_id}/cancel",
        absences.cancel,
        ENTER,
        methods=("GET", "POST"),
        name="absence_cancel",
    ),
    Route("/schedules", schedules.show_uses, ASSIGN, name="schedules"),
    Route("/schedules/new", schedules.give, ASSIGN, methods=("GET", "POST"), name="schedule_give"),
    Route(
        "/schedules/{use_id}/end",
        schedules.end,
        ASSIGN,
        methods=("GET", "POST"),
        name="schedule_end",
    ),
    Route(
        "/shifts/import",
        shift_import.import_page,
        IMPORT_SHIFTS,
        methods=("GET", "POST"),
        name="shift_import",
        max_body=9 * MEGABYTE,
    ),
    Route(
        "/absences",
        absences_api.list_absences,
        ENTER,
        kind="api",
        name="absences_list",
        summary=_("Ketidakhadiran yang dicatat"),
        answer=absences_api.AbsenceList,
    ),
    Route(
        "/absences",
        absences_api.add_absence,
        ENTER,
        methods=("POST",),
        kind="api",
        name="absences_add",
        summary=_("Catat ketidakhadiran"),
        body=absences_api.AbsenceBody,
        answer=absences_api.AbsenceAnswer,
    ),
    Route(
        "/absences/{absence_id}/cancel",
        absences_api.cancel,
        ENTER,
        methods=("POST",),
        kind="api",
        name="absences_cancel",
        summary=_("Batalkan catatan ketidakhadiran"),
        body=absences_api.CancelBody,
        answer=absences_api.AbsenceAnswer,
    ),
]

LISTENERS: list[Listener] = [
    Listener(
        HolidaysChanged,
        "attendance.judge_holidays",
        triggers.holidays_changed,
        title=_("Menghitung hari setelah hari libur berubah"),
    ),
    Listener(
        EditionActivated,
        "attendance.judge_edition",
        triggers.edition_activated,
        title=_("Menghitung hari setelah peraturan berubah"),
    ),
    Listener(
        StaffChanged,
        "attendance.judge_staff",
        triggers.staff_changed,
        title=_("Menghitung hari setelah pegawai pindah"),
    ),
    Listener(
        UnitsMoved,
        "attendance.judge_units",
        triggers.units_moved,
        title=_("Menghitung hari setelah unit pindah"),
    ),
]

JOBS: list[JobKind | Schedule] = [
    JobKind(compute.RECOMPUTE, compute.run, title=_("Menghitung hari absensi")),
    JobKind(compute.CLOSE, compute.close_days, title=_("Menutup hari absensi")),
    Schedule(compute.CLOSE, "10 1 * * *", compute.CLOSE),
]

COMMANDS: list[Command] = [
    Command(("attendance", "day"), day.show_day, writes=True),
    Command(("attendance", "recap"), recap.show_recap, writes=True),
    Command(("attendance", "sample"), sample.make_sample, writes=True),
    Command(("attendance", "schedule", "give"), schedule.give, writes=True),
    Command(("attendance", "schedule", "end"), schedule.end, writes=True),
    Command(("attendance", "schedule", "list"), schedule.list_uses),
    Command(("attendance", "shifts"), shifts.import_file, writes=True),
]

ACTIONS: list[AuditAction] = [
    AuditAction(compute.JUDGED, _("Hari absensi dihitung")),
    AuditAction("attendance.shifts.imported", _("Jadwal sif diimpor")),
    AuditAction("attendance.schedule.given", _("Jadwal kerja diberikan")),
    AuditAction("attendance.schedule.ended", _("Jadwal kerja diakhiri")),
    AuditAction("attendance.absence.entered", _("Ketidakhadiran dicatat")),
    AuditAction("attendance.absence.cancelled", _("Catatan ketidakhadiran dibatalkan")),
]

REGULATIONS: list[Any] = figures.kinds()
