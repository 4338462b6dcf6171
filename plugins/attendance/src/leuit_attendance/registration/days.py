"""Registered for days: schedules, shifts, absences, editions, the judging of days."""

from typing import Any

from leuit.audit import AuditAction
from leuit.identity import Permission, Role
from leuit.plugins import Command, Route
from leuit.work import JobKind, Listener, Schedule

PERMISSIONS: list[Permission | Role] = []
ROUTES: list[Route] = []
LISTENERS: list[Listener] = []
JOBS: list[JobKind | Schedule] = []
COMMANDS: list[Command] = []
ACTIONS: list[AuditAction] = []
REGULATIONS: list[Any] = []
