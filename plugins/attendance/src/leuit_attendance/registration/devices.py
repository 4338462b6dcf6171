"""Registered for devices and their punches."""

from leuit.audit import AuditAction
from leuit.identity import Permission, Role
from leuit.plugins import Command, HealthCheck, MenuItem, Route
from leuit.work import JobKind, Schedule

PERMISSIONS: list[Permission | Role] = []
ROUTES: list[Route] = []
MENU: list[MenuItem] = []
JOBS: list[JobKind | Schedule] = []
COMMANDS: list[Command] = []
ACTIONS: list[AuditAction] = []
HEALTH: list[HealthCheck] = []
