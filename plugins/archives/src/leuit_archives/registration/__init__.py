"""What archives register with the host, by part of the service."""

from leuit.audit import AuditAction
from leuit.plugins import Command, MenuItem, Route
from leuit.work import JobKind, Schedule

from . import instruments, search
from .instruments import REGULATIONS

ACTIONS: list[AuditAction] = [*instruments.ACTIONS]
COMMANDS: list[Command] = [*instruments.COMMANDS, *search.COMMANDS]
JOBS: list[JobKind | Schedule] = [*search.JOBS]
MENU: list[MenuItem] = [*instruments.MENU, *search.MENU]
ROUTES: list[Route] = [*instruments.ROUTES, *search.ROUTES]

__all__ = ["ACTIONS", "COMMANDS", "JOBS", "MENU", "REGULATIONS", "ROUTES"]
