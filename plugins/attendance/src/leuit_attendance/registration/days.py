"""Registered for days: schedules, shifts, absences, editions, the judging of days."""

from typing import Any

from leuit.audit import AuditAction
from leuit.identity import Permission, Role
from leuit.plugins import Command, Route
from leuit.values import _
from leuit.work import JobKind, Listener, Schedule
from leuit_attendance.service import compute, figures

PERMISSIONS: list[Permission | Role] = []
ROUTES: list[Route] = []
LISTENERS: list[Listener] = []

JOBS: list[JobKind | Schedule] = [
    JobKind(compute.RECOMPUTE, compute.run, title=_("Menghitung hari absensi")),
    JobKind(compute.CLOSE, compute.close_days, title=_("Menutup hari absensi")),
    Schedule(compute.CLOSE, "10 1 * * *", compute.CLOSE),
]

COMMANDS: list[Command] = []

ACTIONS: list[AuditAction] = [
    AuditAction(compute.JUDGED, _("Hari absensi dihitung")),
]

REGULATIONS: list[Any] = figures.kinds()
