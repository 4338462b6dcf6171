"""What archives register with the host, by part of the service."""

from typing import Any

from leuit.audit import AuditAction
from leuit.plugins import Command, MenuItem, Route
from leuit.work import JobKind, Schedule
from leuit_archives.service.disposition_rules import KIND as DISPOSITION

from . import instruments, letters, outgoing
from .outgoing import INBOX, LISTENERS

__all__ = ["INBOX", "LISTENERS"]

ROUTES: list[Route] = [*instruments.ROUTES, *letters.ROUTES, *outgoing.ROUTES]
MENU: list[MenuItem] = [*letters.MENU, *outgoing.MENU, *instruments.MENU]
COMMANDS: list[Command] = [*instruments.COMMANDS, *outgoing.COMMANDS]
REGULATIONS: tuple[Any, ...] = (*instruments.REGULATIONS, *outgoing.REGULATIONS, DISPOSITION)
JOBS: list[JobKind | Schedule] = [*letters.JOBS, *outgoing.JOBS]
ACTIONS: list[AuditAction] = [*instruments.ACTIONS, *letters.ACTIONS, *outgoing.ACTIONS]
